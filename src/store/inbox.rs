//! What Slack told us, so that telling it twice does nothing.

use chrono::{DateTime, Utc};

use super::db::{Tx, changed};
use super::failure::StoreFailure;
use super::statements::statements;

statements! {
    INSERT = "INSERT INTO inbox (dedupe_key, received_at) VALUES ($1, $2) ON CONFLICT (dedupe_key) DO NOTHING";
    FORGET = "DELETE FROM inbox WHERE received_at < $1";
}

/// Records an envelope in the transaction that carries out what it asks for. False when it was carried out before.
///
/// # Errors
/// When the database fails.
pub async fn record(tx: &mut Tx, dedupe_key: &str, now: DateTime<Utc>) -> Result<bool, StoreFailure> {
    Ok(changed!(tx, sqlx::query(INSERT).bind(dedupe_key).bind(now))? == 1)
}

/// Forgets envelopes older than a moment; Slack repeats within minutes, we keep a day.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, moment: DateTime<Utc>) -> Result<u64, StoreFailure> {
    changed!(tx, sqlx::query(FORGET).bind(moment))
}
