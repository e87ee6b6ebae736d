//! Wins as kept.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::pair_keys;
use super::statements::statements;
use super::vault::Place;
use crate::domain::identifiers::{PairId, PersonId};
use crate::domain::private_text::PrivateText;

statements! {
    INSERT = "INSERT INTO wins (id, pair_id, person_id, body, logged_at) VALUES ($1, $2, $3, $4, $5)";
    LATEST = "SELECT id, body, logged_at FROM wins WHERE pair_id = $1 ORDER BY logged_at DESC, id LIMIT $2";
}

fn place(row: Uuid) -> Place {
    Place { table: "wins", column: "body", row }
}

/// Logs a win.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &mut Tx,
    id: Uuid,
    pair: PairId,
    person: PersonId,
    text: &PrivateText,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    let sealed = pair_keys::get(tx, pair).await?.seal(place(id), text)?;
    changed!(tx, sqlx::query(INSERT).bind(id).bind(pair.0).bind(person.0).bind(&sealed).bind(now))?;
    Ok(())
}

/// A pair's latest wins, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn latest(tx: &mut Tx, pair: PairId, limit: i64) -> Result<Vec<(PrivateText, DateTime<Utc>)>, StoreFailure> {
    let rows: Vec<(Uuid, Vec<u8>, DateTime<Utc>)> =
        on!(tx, connection => sqlx::query_as(LATEST).bind(pair.0).bind(limit).fetch_all(connection))?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = pair_keys::get(tx, pair).await?;
    rows.into_iter().map(|(id, sealed, at)| Ok((key.open(place(id), &sealed)?, at))).collect()
}
