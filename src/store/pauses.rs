//! Pauses as kept, and the state of a pair that follows from them.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::pairs;
use super::statements::statements;
use crate::domain::identifiers::{PairId, PersonId};
use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::pauses::{Pause, Pauses};

statements! {
    INSERT = "INSERT INTO pauses (id, pair_id, person_id, until_on, set_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (pair_id, person_id) WHERE ended_at IS NULL DO NOTHING";
    BY_ID = "SELECT id, pair_id, person_id, until_on, set_at, ended_at FROM pauses WHERE id = $1";
    STANDING = "SELECT id, pair_id, person_id, until_on, set_at, ended_at FROM pauses
        WHERE pair_id = $1 AND ended_at IS NULL ORDER BY set_at, id";
    END = "UPDATE pauses SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    SET_PAIR = "UPDATE pairs SET state = $3 WHERE id = $1 AND state = $2";
    PAUSED = "SELECT id FROM pairs WHERE state = 'paused' ORDER BY asked_at, id";
}

#[derive(FromRow)]
struct PauseRow {
    id: Uuid,
    pair_id: Uuid,
    person_id: Uuid,
    until_on: NaiveDate,
    set_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
}

impl From<PauseRow> for Pause {
    fn from(row: PauseRow) -> Self {
        Self {
            id: row.id,
            pair: PairId(row.pair_id),
            person: PersonId(row.person_id),
            until: row.until_on,
            set_at: row.set_at,
            ended_at: row.ended_at,
        }
    }
}

/// Keeps a new pause.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when this person has paused this pair already.
pub async fn insert(tx: &mut Tx, pause: &Pause) -> Result<(), StoreFailure> {
    let changed = changed!(
        tx,
        sqlx::query(INSERT).bind(pause.id).bind(pause.pair.0).bind(pause.person.0).bind(pause.until).bind(pause.set_at)
    )?;
    one_row(changed, "a pause")
}

/// Finds a pause with its pair and its people.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<(Pause, PairOfPeople)>, StoreFailure> {
    let row: Option<PauseRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let pause = Pause::from(row);
    let of = pairs::find(tx, pause.pair).await?.ok_or(StoreFailure::Unexpected("pauses.pair_id"))?;
    Ok(Some((pause, of)))
}

/// A pair's pauses that stand.
///
/// # Errors
/// When the database fails.
pub async fn standing(tx: &mut Tx, pair: PairId) -> Result<Pauses, StoreFailure> {
    let rows: Vec<PauseRow> = on!(tx, connection => sqlx::query_as(STANDING).bind(pair.0).fetch_all(connection))?;
    Ok(Pauses(rows.into_iter().map(Pause::from).collect()))
}

/// A pause stands no more.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it has ended already.
pub async fn end(tx: &mut Tx, pause: &Pause, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    let changed = changed!(tx, sqlx::query(END).bind(pause.id).bind(now))?;
    one_row(changed, "the pause")
}

/// A pair is paused, or goes on.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it is not in `from`.
pub async fn set_pair(tx: &mut Tx, pair: PairId, from: PairState, to: PairState) -> Result<(), StoreFailure> {
    let changed = changed!(tx, sqlx::query(SET_PAIR).bind(pair.0).bind(from.word()).bind(to.word()))?;
    one_row(changed, "the pair's state")
}

/// Every pair that is paused, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn paused_pairs(tx: &mut Tx) -> Result<Vec<PairOfPeople>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(PAUSED).fetch_all(connection))?;
    let mut pairs = Vec::with_capacity(ids.len());
    for id in ids {
        pairs.extend(pairs::find(tx, PairId(id)).await?);
    }
    Ok(pairs)
}
