//! How many messages stand where: for health, metrics and stories. Counts, never content.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::store::db::{Tx, on};
use crate::store::failure::StoreFailure;
use crate::store::statements::statements;

statements! {
    BY_STATE = "SELECT state, COUNT(*) FROM outbox GROUP BY state";
    OLD_DOUBTS = "SELECT COUNT(*) FROM outbox WHERE state = 'doubt' AND attempt_at < $1";
}

/// How many messages are in each state.
///
/// # Errors
/// When the database fails.
pub async fn by_state(tx: &mut Tx) -> Result<BTreeMap<String, i64>, StoreFailure> {
    let rows: Vec<(String, i64)> = on!(tx, connection => sqlx::query_as(BY_STATE).fetch_all(connection))?;
    Ok(rows.into_iter().collect())
}

/// How many doubts are older than a moment.
///
/// # Errors
/// When the database fails.
pub async fn doubts_before(tx: &mut Tx, moment: DateTime<Utc>) -> Result<i64, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(OLD_DOUBTS).bind(moment).fetch_one(connection))
}
