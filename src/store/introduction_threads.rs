//! Where names meet: the group conversation of an introduction, and the first message in it.

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use crate::domain::identifiers::IntroductionId;

statements! {
    FIND = "SELECT channel, ts FROM introduction_threads WHERE introduction_id = $1";
    OPENED = "INSERT INTO introduction_threads (introduction_id, channel) VALUES ($1, $2)
        ON CONFLICT (introduction_id) DO UPDATE SET channel = excluded.channel, ts = NULL";
    STANDS = "UPDATE introduction_threads SET ts = $3 WHERE introduction_id = $1 AND channel = $2";
}

/// A group conversation.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Thread {
    /// The conversation.
    pub channel: String,
    /// The message in which names meet; `None` until it is known to stand there.
    pub ts: Option<String>,
}

/// Where names meet, once the conversation was opened.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, introduction: IntroductionId) -> Result<Option<Thread>, StoreFailure> {
    on!(tx, connection => sqlx::query_as(FIND).bind(introduction.0).fetch_optional(connection))
}

/// The conversation was opened; nothing stands in it yet.
///
/// # Errors
/// When the database fails.
pub async fn opened(tx: &mut Tx, introduction: IntroductionId, channel: &str) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(OPENED).bind(introduction.0).bind(channel))?;
    Ok(())
}

/// The first message stands there.
///
/// # Errors
/// When the database fails.
pub async fn stands(tx: &mut Tx, introduction: IntroductionId, channel: &str, ts: &str) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(STANDS).bind(introduction.0).bind(channel).bind(ts))?;
    Ok(())
}
