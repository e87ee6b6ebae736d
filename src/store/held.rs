//! Pairs that rule 1 holds back, as kept: paused until one of the two acts.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::statements::statements;
use crate::domain::held::{Held, Outcome};
use crate::domain::identifiers::{PairId, PersonId};
use crate::domain::pairs::PairState;

statements! {
    INSERT = "INSERT INTO pairs_held (id, pair_id, held_at, was_paused) VALUES ($1, $2, $3, $4)
        ON CONFLICT (pair_id) WHERE settled_at IS NULL DO NOTHING";
    LATEST = "SELECT pair_id, held_at, was_paused, settled_by, outcome FROM pairs_held WHERE pair_id = $1 ORDER BY held_at DESC LIMIT 1";
    SETTLE = "UPDATE pairs_held SET settled_at = $2, settled_by = $3, outcome = $4
        WHERE pair_id = $1 AND settled_at IS NULL";
    COUNT = "SELECT COUNT(*) FROM pairs_held h JOIN pairs p ON p.id = h.pair_id
        WHERE h.settled_at IS NULL AND p.state IN ('active', 'paused')";
    SET_PAIR = "UPDATE pairs SET state = $3 WHERE id = $1 AND state = $2";
    // Pairs that live, and are not held already.
    LIVE = "SELECT id FROM pairs WHERE state IN ('active', 'paused')
        AND NOT EXISTS (SELECT 1 FROM pairs_held h WHERE h.pair_id = pairs.id AND h.settled_at IS NULL)
        ORDER BY asked_at, id";
}

#[derive(FromRow)]
struct HeldRow {
    pair_id: Uuid,
    held_at: DateTime<Utc>,
    was_paused: bool,
    settled_by: Option<Uuid>,
    outcome: Option<String>,
}

/// Holds a pair back. False when it is held already.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx, id: Uuid, held: &Held) -> Result<bool, StoreFailure> {
    let changed =
        changed!(tx, sqlx::query(INSERT).bind(id).bind(held.pair.0).bind(held.held_at).bind(held.was_paused))?;
    Ok(changed == 1)
}

/// The last time a pair was held back, whatever became of it.
///
/// # Errors
/// When the database fails.
pub async fn latest(tx: &mut Tx, pair: PairId) -> Result<Option<Held>, StoreFailure> {
    let row: Option<HeldRow> = on!(tx, connection => sqlx::query_as(LATEST).bind(pair.0).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let outcome = match row.outcome.as_deref() {
        Some(word) => Some(Outcome::from_word(word).ok_or(StoreFailure::Unexpected("pairs_held.outcome"))?),
        None => None,
    };
    Ok(Some(Held {
        pair: PairId(row.pair_id),
        held_at: row.held_at,
        was_paused: row.was_paused,
        settled: outcome.zip(row.settled_by.map(PersonId)),
    }))
}

/// Whether a pair is held back now: nothing about its meetings is sent then.
///
/// # Errors
/// When the database fails.
pub async fn is_held(tx: &mut Tx, pair: PairId) -> Result<bool, StoreFailure> {
    Ok(latest(tx, pair).await?.is_some_and(|held| held.stands()))
}

/// One of the two has acted.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when the pair is not held any more.
pub async fn settle(
    tx: &mut Tx,
    pair: PairId,
    by: PersonId,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    let changed = changed!(tx, sqlx::query(SETTLE).bind(pair.0).bind(now).bind(by.0).bind(outcome.word()))?;
    one_row(changed, "the pair that was held back")
}

/// Moves a pair from one state to another, its rhythm untouched. False when it is not in `from`.
///
/// # Errors
/// When the database fails.
pub(super) async fn move_pair(tx: &mut Tx, pair: PairId, from: PairState, to: PairState) -> Result<bool, StoreFailure> {
    Ok(changed!(tx, sqlx::query(SET_PAIR).bind(pair.0).bind(from.word()).bind(to.word()))? == 1)
}

/// Pairs that live and are not held back.
///
/// # Errors
/// When the database fails.
pub async fn to_look_at(tx: &mut Tx) -> Result<Vec<PairId>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(LIVE).fetch_all(connection))?;
    Ok(ids.into_iter().map(PairId).collect())
}

/// How many pairs are held back now.
///
/// # Errors
/// When the database fails.
pub async fn count(tx: &mut Tx) -> Result<i64, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(COUNT).fetch_one(connection))
}
