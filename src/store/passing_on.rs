//! To whom an ask can be passed on: mentors and peers of whoever has it.
//!
//! Owns: who of them gets it, and who is shown to get it. Must not: change anything.

use super::db::Tx;
use super::failure::StoreFailure;
use super::{introduction_rows, may_be_introduced, people, profiles};
use crate::domain::identifiers::PersonId;
use crate::domain::introductions::IntroductionRequest;
use crate::domain::org_chart::SameManager;
use crate::domain::people::{Person, Standing};
use crate::domain::reminders_introduction::{IntroductionOfPeople, RequestOfIntroduction};

/// Somebody to whom an ask is passed on.
#[derive(Clone, Debug)]
pub struct Receiver {
    /// Who.
    pub person: Person,
    /// A "not with" list stands between them and the asker: they never get it, and nobody can tell.
    pub is_silent: bool,
}

/// Whether the holder of a request has anybody to pass it on to.
///
/// # Errors
/// When the database fails.
pub async fn is_possible(tx: &mut Tx, ask: &RequestOfIntroduction) -> Result<bool, StoreFailure> {
    if ask.of.introduction.may_pass_on(ask.request.id).is_err() {
        return Ok(false);
    }
    Ok(!without_it(tx, &ask.of, &ask.request).await?.is_empty())
}

/// To whom it is passed on, in the order of their names; rule 1 holds between each, the asker and whoever passes it on.
///
/// # Errors
/// When the database fails.
pub async fn receivers(
    tx: &mut Tx,
    of: &IntroductionOfPeople,
    request: &IntroductionRequest,
    same_manager: SameManager,
) -> Result<Vec<Receiver>, StoreFailure> {
    let asker = of.introduction.asker;
    let mut receivers = Vec::new();
    for person in without_it(tx, of, request).await? {
        if may_be_introduced::keeps_apart(tx, asker, person.id, &[request.person], same_manager).await? {
            continue;
        }
        let is_silent = profiles::said_not_with(tx, asker, person.id).await?
            || profiles::said_not_with(tx, person.id, asker).await?;
        receivers.push(Receiver { person, is_silent });
    }
    receivers.sort_by(|one, other| (&one.person.name, one.person.id).cmp(&(&other.person.name, other.person.id)));
    Ok(receivers)
}

/// Mentors and peers who are here and do not have it yet.
async fn without_it(
    tx: &mut Tx,
    of: &IntroductionOfPeople,
    request: &IntroductionRequest,
) -> Result<Vec<Person>, StoreFailure> {
    let mut found = Vec::new();
    let has_it = |id: PersonId| id == of.introduction.asker || of.introduction.request_of(id).is_some();
    for id in introduction_rows::known_to(tx, request.person).await?.into_iter().filter(|id| !has_it(*id)) {
        let person = people::get(tx, id).await?;
        let is_here = !person.deactivated && !person.is_forgotten() && !person.is_contact();
        if is_here && person.standing != Standing::Bot {
            found.push(person);
        }
    }
    Ok(found)
}
