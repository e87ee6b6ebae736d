//! Somebody is put on one's own network, or what was noted of them is changed. Adding the same person again adds to what was
//! noted.

use crate::ctx::Ctx;
use crate::domain::contacts::EmailAddress;
use crate::domain::identifiers::{NetworkEntryId, PersonId};
use crate::domain::network::{Acquaintance, LONGEST_NAME, MOST_ENTRIES, NetworkEntry, can_add, read_note};
use crate::domain::permissions::{ChangeNetworkEntry, KeepNetwork, Permit};
use crate::domain::private_text::PrivateText;
use crate::domain::profile::{MOST_TOPICS, read_topics};
use crate::render::network_form::{
    EMAIL, NAME, NOTE, PERSON, TOPICS, cannot_add, full, note_too_long, too_many_together,
};
use crate::render::profile_form::bad_topics;
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::{network, people};
use crate::surfaces::answer::Answer;
use crate::surfaces::commands::add_outside::name_of;
use crate::surfaces::commands::network::list_with;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::growth::Filled;

/// Adds somebody.
pub struct AddEntry;

/// Changes what was noted of somebody.
pub struct SaveEntry;

impl Handler for AddEntry {
    type Action = KeepNetwork;
    type Input = Filled<FormState>;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<KeepNetwork>,
        form: Filled<FormState>,
    ) -> Result<Answer, Failure> {
        let me = permit.actor.id;
        let noted = match Noted::read(&form.fields) {
            Ok(noted) => noted,
            Err(problem) => return Ok(*problem),
        };
        let whom = match whom(tx, me, &form.fields).await? {
            Ok(whom) => whom,
            Err(problem) => return Ok(*problem),
        };
        network::hold(tx, me).await?;
        let entries = network::of_owner(tx, me).await?;
        let count = entries.len();
        let entry = match entries.into_iter().find(|entry| entry.is_about(&whom)) {
            Some(before) => match noted.added_to(before, whom) {
                Ok(entry) => {
                    network::change(tx, &entry).await?;
                    entry
                }
                Err(problem) => return Ok(*problem),
            },
            None if count >= MOST_ENTRIES => return Ok(Answer::error(PERSON, full())),
            None => {
                let id = NetworkEntryId(ctx.ids.opaque());
                let Noted { topics, note } = noted;
                let entry = NetworkEntry { id, owner: me, whom, topics, note, added_at: ctx.now() };
                network::insert(tx, &entry).await?;
                entry
            }
        };
        shown(tx, me, entry.id, form.below).await
    }
}

impl Handler for SaveEntry {
    type Action = ChangeNetworkEntry;
    type Input = Filled<FormState>;
    const CHANGES: bool = true;

    async fn run(
        _ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<ChangeNetworkEntry>,
        form: Filled<FormState>,
    ) -> Result<Answer, Failure> {
        let (me, entry) = permit.take();
        let noted = match Noted::read(&form.fields) {
            Ok(noted) => noted,
            Err(problem) => return Ok(*problem),
        };
        let whom = match entry.whom {
            Acquaintance::InSlack(person) => Acquaintance::InSlack(person),
            Acquaintance::Outside { .. } => match outside(&form.fields) {
                Ok(whom) => whom,
                Err(problem) => return Ok(*problem),
            },
        };
        network::hold(tx, me.id).await?;
        let others = network::of_owner(tx, me.id).await?;
        if others.iter().any(|other| other.id != entry.id && other.is_about(&whom)) {
            return Ok(Answer::error(EMAIL, "Somebody else on your network has this address."));
        }
        let Noted { topics, note } = noted;
        let entry = NetworkEntry { whom, topics, note, ..entry };
        network::change(tx, &entry).await?;
        shown(tx, me.id, entry.id, form.below).await
    }
}

/// The list, in the place of the form or below it.
async fn shown(tx: &mut Tx, me: PersonId, entry: NetworkEntryId, below: Option<String>) -> Result<Answer, Failure> {
    let view = list_with(tx, me, entry).await?;
    Ok(match below {
        Some(view_id) => Answer::Redrawn { view_id, view },
        None => Answer::Modal(view),
    })
}

/// What the form says of somebody, whoever they are.
struct Noted {
    topics: Vec<PrivateText>,
    note: Option<PrivateText>,
}

impl Noted {
    fn read(form: &FormState) -> Result<Self, Box<Answer>> {
        let wrong = |field, words: String| Box::new(Answer::error(field, words));
        let topics =
            read_topics(form.text(TOPICS).unwrap_or_default()).map_err(|bad| wrong(TOPICS, bad_topics(&bad)))?;
        // A lone sign is no topic, here as anywhere.
        if !topics.iter().any(|topic| topic.chars().any(char::is_alphanumeric)) {
            return Err(wrong(
                TOPICS,
                "Write at least one topic, such as “pricing”: it is how I find them for you.".to_owned(),
            ));
        }
        let note =
            read_note(form.text(NOTE).unwrap_or_default()).map_err(|length| wrong(NOTE, note_too_long(length)))?;
        Ok(Self { topics: topics.into_iter().map(PrivateText::kept).collect(), note })
    }

    /// Beside what was noted before; a line that is left empty stays as it was.
    fn added_to(self, before: NetworkEntry, whom: Acquaintance) -> Result<NetworkEntry, Box<Answer>> {
        let mut topics = before.topics;
        for topic in self.topics {
            let said = topic.reveal().to_lowercase();
            if !topics.iter().any(|one| one.reveal().to_lowercase() == said) {
                topics.push(topic);
            }
        }
        if topics.len() > MOST_TOPICS {
            return Err(Box::new(Answer::error(TOPICS, too_many_together(topics.len()))));
        }
        Ok(NetworkEntry { whom, topics, note: self.note.or(before.note), ..before })
    }
}

/// Whom the form names.
async fn whom(tx: &mut Tx, me: PersonId, form: &FormState) -> Result<Result<Acquaintance, Box<Answer>>, Failure> {
    let wrong = |field, words: &str| Ok(Err(Box::new(Answer::error(field, words))));
    let says = |field| form.text(field).is_some_and(|text| !name_of(text).is_empty());
    let names_somebody_outside = says(NAME) || says(EMAIL);
    let Some(user_id) = form.user(PERSON) else {
        if !names_somebody_outside {
            return wrong(PERSON, "Choose somebody here, or fill in a name and an e-mail address below.");
        }
        return Ok(outside(form));
    };
    if names_somebody_outside {
        return wrong(
            NAME,
            "Somebody in Slack or somebody outside, not both: leave this empty, or nobody chosen above.",
        );
    }
    let person = people::find_user(tx, user_id).await?.ok_or_else(|| Failure::Unknown(user_id.to_owned()))?;
    match can_add(me, &person) {
        Ok(()) => Ok(Ok(Acquaintance::InSlack(person))),
        Err(why) => wrong(PERSON, cannot_add(why)),
    }
}

fn outside(form: &FormState) -> Result<Acquaintance, Box<Answer>> {
    let wrong = |field, words: String| Box::new(Answer::error(field, words));
    let name = name_of(form.text(NAME).unwrap_or_default());
    if name.chars().count() > LONGEST_NAME {
        return Err(wrong(NAME, format!("That is too long for a name: at most {LONGEST_NAME} characters.")));
    }
    let Some(name) = PrivateText::typed(&name) else { return Err(wrong(NAME, "Type their name.".to_owned())) };
    let email = EmailAddress::typed(form.text(EMAIL).unwrap_or_default())
        .map_err(|problem| wrong(EMAIL, problem.to_string()))?;
    Ok(Acquaintance::Outside { name, email })
}
