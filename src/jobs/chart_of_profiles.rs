//! The org chart out of Slack's own profiles: a field of type user that names somebody's manager.
//!
//! Owns: asking about everybody, at Slack's pace. Must not: keep anything.

use std::time::Duration;

use super::speaker::Speaker;
use crate::directory::assemble::Assembly;
use crate::domain::directory::{BadRows, Entry, Snapshot, user_id};
use crate::slack::api::CallFailure;
use crate::slack::method::Method;
use crate::store::failure::StoreFailure;
use crate::store::people;

/// The longest wait for the pace before it is looked at again.
const SHORTEST_WAIT: Duration = Duration::from_millis(200);

/// Why profiles could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CannotRead {
    /// Slack.
    #[error(transparent)]
    Slack(#[from] CallFailure),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreFailure),
    /// There is no such field.
    #[error("no profile field is called {wanted}; there are: {known}. Set MENTOR_MANAGER_FIELD to one of type user")]
    NoSuchField {
        /// What was asked for.
        wanted: String,
        /// What there is.
        known: String,
    },
    /// It holds something else than people.
    #[error("the profile field {0} holds no people: it must be of type user")]
    NotPeople(String),
}

/// Reads the managers of everybody who is known.
///
/// # Errors
/// [`CannotRead`], in words for an installer; half a chart is none.
pub async fn read(speaker: &Speaker, field: &str) -> Result<(Snapshot, BadRows), CannotRead> {
    let field = find_field(speaker, field).await?;
    let mut reading = speaker.ctx.db.read().await?;
    let everybody = people::members(&mut reading).await?;
    drop(reading);
    let mut assembly = Assembly::default();
    for (number, member) in (1..).zip(everybody) {
        let manager = match manager_of(speaker, &member, &field).await {
            Err(CallFailure::Refused { code, .. }) if code == "user_not_found" => {
                assembly.bad.note(number, "Slack does not show this person any more");
                continue;
            }
            other => other?,
        };
        let key = member.as_str().into();
        let entry = Entry { key, user_id: Some(member.into()), email: None, manager, department: None };
        assembly.add(number, entry, []);
    }
    Ok(assembly.finish())
}

/// The id of the field that is called so.
///
/// # Errors
/// [`CannotRead`], in words for an installer.
pub async fn find_field(speaker: &Speaker, wanted: &str) -> Result<String, CannotRead> {
    permitted(speaker, Method::TeamProfileGet).await;
    let fields = speaker.api.profile_fields().await;
    speaker.learn_pace(Method::TeamProfileGet, &fields);
    let fields = fields?;
    let found =
        fields.iter().find(|field| field.id == wanted || field.label.trim().eq_ignore_ascii_case(wanted.trim()));
    match found {
        Some(field) if field.kind == "user" => Ok(field.id.clone()),
        Some(field) => Err(CannotRead::NotPeople(field.label.clone())),
        None => {
            let known: Vec<&str> = fields.iter().map(|field| field.label.as_str()).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            Err(CannotRead::NoSuchField { wanted: wanted.to_owned(), known })
        }
    }
}

async fn manager_of(speaker: &Speaker, member: &str, field: &str) -> Result<Option<Box<str>>, CallFailure> {
    loop {
        permitted(speaker, Method::UsersProfileGet).await;
        let value = speaker.api.profile_field(member, field).await;
        speaker.learn_pace(Method::UsersProfileGet, &value);
        match value {
            Err(CallFailure::RateLimited { .. }) => {}
            // Of several, the first.
            value => return Ok(value?.and_then(|ids| ids.split(',').next().and_then(user_id))),
        }
    }
}

/// Waits for the pace.
async fn permitted(speaker: &Speaker, method: Method) {
    while let Err(at) = speaker.permit(method, None) {
        let wait = (at - speaker.ctx.now()).to_std().unwrap_or_default();
        tokio::time::sleep(wait.max(SHORTEST_WAIT)).await;
    }
}
