//! People, page by page or one by one.
//!
//! Owns: `users.list`, `users.info`. Must not: keep or judge them.

use serde::Deserialize;

use super::{Api, CallFailure};
use crate::slack::inbound::SlackPerson;
use crate::slack::method::Method;

/// Slack's own advice for `users.list`.
const PEOPLE_A_PAGE: &str = "200";

/// Slack tells somebody's language only when asked for it.
const WITH_LOCALE: (&str, Option<&str>) = ("include_locale", Some("true"));

/// Some of the workspace's people, bots and deactivated accounts included.
#[derive(Clone, Debug)]
pub struct PeoplePage {
    /// Up to two hundred.
    pub people: Vec<SlackPerson>,
    /// Where the next page begins; `None` after the last.
    pub next: Option<String>,
}

#[derive(Deserialize)]
struct Listed {
    members: Vec<SlackPerson>,
    #[serde(default)]
    response_metadata: Option<Continuation>,
}

#[derive(Deserialize)]
struct Found {
    user: SlackPerson,
}

/// How Slack continues a list.
#[derive(Deserialize)]
pub(super) struct Continuation {
    #[serde(default)]
    next_cursor: Option<String>,
}

impl Continuation {
    /// Slack ends a list with an empty cursor.
    pub(super) fn next(continuation: Option<Self>) -> Option<String> {
        continuation.and_then(|continuation| continuation.next_cursor).filter(|cursor| !cursor.is_empty())
    }
}

impl Api {
    /// A page of everybody in the workspace; `None` begins.
    ///
    /// # Errors
    /// See [`CallFailure`].
    pub async fn people_page(&self, cursor: Option<&str>) -> Result<PeoplePage, CallFailure> {
        let parameters = vec![("limit", Some(PEOPLE_A_PAGE)), ("cursor", cursor), WITH_LOCALE];
        let listed: Listed = self.get(Method::UsersList, &parameters).await?;
        Ok(PeoplePage { people: listed.members, next: Continuation::next(listed.response_metadata) })
    }

    /// One person, of any workspace we share a conversation with.
    ///
    /// # Errors
    /// See [`CallFailure`]; `Refused` with `user_not_found` or `user_not_visible`.
    pub async fn person(&self, user_id: &str) -> Result<SlackPerson, CallFailure> {
        let found: Found = self.get(Method::UsersInfo, &vec![("user", Some(user_id)), WITH_LOCALE]).await?;
        Ok(found.user)
    }
}
