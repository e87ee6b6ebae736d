//! Wins as kept.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use super::vault::Place;
use super::{pair_keys, pairs};
use crate::domain::identifiers::{PairId, PersonId, WinId};
use crate::domain::private_text::PrivateText;
use crate::domain::wins::{Win, WinOfPair};

statements! {
    INSERT = "INSERT INTO wins (id, pair_id, person_id, body, logged_at) VALUES ($1, $2, $3, $4, $5)";
    LATEST = "SELECT id, body, logged_at FROM wins WHERE pair_id = $1 ORDER BY logged_at DESC, id LIMIT $2";
    BY_ID = "SELECT id, pair_id, person_id, body, logged_at, channel FROM wins WHERE id = $1";
    SET_CHANNEL = "UPDATE wins SET channel = $2 WHERE id = $1";
}

#[derive(FromRow)]
struct WinRow {
    id: Uuid,
    pair_id: Uuid,
    person_id: Uuid,
    body: Vec<u8>,
    logged_at: DateTime<Utc>,
    channel: Option<String>,
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

/// Keeps a win, with the channel it shall be told in, if its owner chose one.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, win: &Win) -> Result<(), StoreFailure> {
    insert(tx, win.id.0, win.pair, win.person, &win.text, win.logged_at).await?;
    if let Some(channel) = &win.channel {
        changed!(tx, sqlx::query(SET_CHANNEL).bind(win.id.0).bind(channel))?;
    }
    Ok(())
}

/// Finds a win with its pair and its people.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: WinId) -> Result<Option<WinOfPair>, StoreFailure> {
    let row: Option<WinRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let pair = PairId(row.pair_id);
    let text = pair_keys::get(tx, pair).await?.open(place(row.id), &row.body)?;
    let of = pairs::find(tx, pair).await?.ok_or(StoreFailure::Unexpected("wins.pair_id"))?;
    let person = PersonId(row.person_id);
    let win = Win { id: WinId(row.id), pair, person, text, logged_at: row.logged_at, channel: row.channel };
    Ok(Some(WinOfPair { win, of }))
}
