//! Words that mean the same, as coordinators have added them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use crate::domain::identifiers::TopicAliasId;
use crate::domain::topic_aliases::TopicAlias;

statements! {
    KEEP = "INSERT INTO topic_aliases (id, words, added_at) VALUES ($1, $2, $3) ON CONFLICT (words) DO NOTHING";
    // In one order everywhere: the thesauruses of all replicas are to be the same.
    ALL = "SELECT words FROM topic_aliases ORDER BY added_at, id";
    PAGE = "SELECT id, words FROM topic_aliases ORDER BY added_at DESC, id DESC LIMIT $1 OFFSET $2";
    COUNT = "SELECT COUNT(*) FROM topic_aliases";
    REMOVE = "DELETE FROM topic_aliases WHERE id = $1";
}

/// Keeps a group. False when it is there already.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, group: &TopicAlias, now: DateTime<Utc>) -> Result<bool, StoreFailure> {
    Ok(changed!(tx, sqlx::query(KEEP).bind(group.id.0).bind(&group.words).bind(now))? == 1)
}

/// Every group, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn all(tx: &mut Tx) -> Result<Vec<String>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(ALL).fetch_all(connection))
}

/// Some of the groups, the newest first, from one on.
///
/// # Errors
/// When the database fails.
pub async fn some(tx: &mut Tx, most: usize, from: usize) -> Result<Vec<TopicAlias>, StoreFailure> {
    let [most, from] = [most, from].map(|number| i64::try_from(number).unwrap_or(i64::MAX));
    let rows: Vec<(Uuid, String)> =
        on!(tx, connection => sqlx::query_as(PAGE).bind(most).bind(from).fetch_all(connection))?;
    Ok(rows.into_iter().map(|(id, words)| TopicAlias { id: TopicAliasId(id), words }).collect())
}

/// How many groups there are.
///
/// # Errors
/// When the database fails.
pub async fn count(tx: &mut Tx) -> Result<usize, StoreFailure> {
    let count: i64 = on!(tx, connection => sqlx::query_scalar(COUNT).fetch_one(connection))?;
    usize::try_from(count).map_err(|_| StoreFailure::Unexpected("topic_aliases"))
}

/// Takes a group away. False when it was gone.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, id: TopicAliasId) -> Result<bool, StoreFailure> {
    Ok(changed!(tx, sqlx::query(REMOVE).bind(id.0))? == 1)
}
