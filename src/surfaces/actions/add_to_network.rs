//! *Add somebody*, *Add to my network*, and the same by name: opens the form, or what was noted of them before.

use crate::ctx::Ctx;
use crate::domain::identifiers::PersonId;
use crate::domain::network::{Acquaintance, NetworkEntry, can_add};
use crate::domain::pairs::PairOfPeople;
use crate::domain::people::Person;
use crate::domain::permissions::{KeepNetwork, NetworkFromPair, Permit};
use crate::render::network_form::{self, Prefilled, cannot_add};
use crate::render::words::subject;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::{contacts, network, people};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Whom somebody would like to add.
#[derive(Debug)]
pub enum Whom {
    /// Nobody is named yet.
    Nobody,
    /// Somebody in Slack, by user id.
    User(String),
    /// Somebody outside, as they were typed.
    Outside {
        /// The name.
        name: String,
        /// The address.
        email: String,
    },
}

/// What somebody would like to do.
#[derive(Debug)]
pub struct Wanted {
    /// Whom to add.
    pub whom: Whom,
    /// The list that is open, if it is.
    pub below: Option<String>,
}

/// Opens the form.
pub struct OpenAddForm;

/// Opens the form for the other half of a pair.
pub struct OpenForPair;

impl Handler for OpenAddForm {
    type Action = KeepNetwork;
    type Input = Wanted;
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<KeepNetwork>, wanted: Wanted) -> Result<Answer, Failure> {
        let me = permit.actor.id;
        let below = wanted.below.as_deref();
        match wanted.whom {
            Whom::Nobody => Ok(Answer::Modal(network_form::add(&Prefilled::default(), below))),
            Whom::Outside { name, email } => {
                Ok(Answer::Modal(network_form::add(&Prefilled { user_id: None, name, email }, below)))
            }
            Whom::User(user_id) => {
                let person = people::find_user(tx, &user_id).await?.ok_or(Failure::Unknown(user_id))?;
                in_slack(tx, me, &person).await
            }
        }
    }
}

impl Handler for OpenForPair {
    type Action = NetworkFromPair;
    type Input = ();
    const CHANGES: bool = false;
    const AFTER_THE_END: bool = true;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<NetworkFromPair>, (): ()) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        let other = of.other(me.id);
        if other.is_contact() { outside(tx, me.id, &of, other).await } else { in_slack(tx, me.id, other).await }
    }
}

/// Somebody in Slack: what was noted of them before, else an empty form in which they are chosen.
async fn in_slack(tx: &mut Tx, me: PersonId, person: &Person) -> Result<Answer, Failure> {
    if person.is_forgotten() {
        return Ok(Answer::notice(subject(person).and(" cannot be on your network.")));
    }
    if let Some(entry) = network::about(tx, me, person.id).await? {
        return Ok(Answer::Modal(network_form::edit(&entry, None)));
    }
    Ok(match can_add(me, person) {
        Ok(()) => {
            let user_id = Some(person.slack.user_id.clone());
            Answer::Modal(network_form::add(&Prefilled { user_id, ..Prefilled::default() }, None))
        }
        Err(why) => Answer::notice(Markup::words(cannot_add(why))),
    })
}

/// A mentor who has only an e-mail address, whom their mentee knows by name and address.
async fn outside(tx: &mut Tx, me: PersonId, of: &PairOfPeople, other: &Person) -> Result<Answer, Failure> {
    let contact = contacts::find(tx, other.id).await?.filter(|contact| contact.pair == of.pair.id);
    let Some(contact) = contact else {
        let prefilled = Prefilled { name: other.name.clone(), ..Prefilled::default() };
        return Ok(Answer::Modal(network_form::add(&prefilled, None)));
    };
    let email = contact.email.reveal();
    let is_theirs = |entry: &NetworkEntry| match &entry.whom {
        Acquaintance::Outside { email: noted, .. } => noted.reveal().eq_ignore_ascii_case(email),
        Acquaintance::InSlack(_) => false,
    };
    let noted = network::of_owner(tx, me).await?.into_iter().find(is_theirs);
    Ok(Answer::Modal(match noted {
        Some(entry) => network_form::edit(&entry, None),
        None => {
            let prefilled = Prefilled { user_id: None, name: other.name.clone(), email: email.to_owned() };
            network_form::add(&prefilled, None)
        }
    }))
}
