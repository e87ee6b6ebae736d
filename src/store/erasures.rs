//! That somebody was forgotten, as kept: how much it was, until when their last message is on its way, and a sealed mark by which
//! the account is not learnt again unless its owner comes back.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Db, Pools, Tx, changed, on};
use super::erasing;
use super::failure::StoreFailure;
use super::statements::statements;
use crate::domain::identifiers::PersonId;
use crate::domain::leaving::Erased;
use crate::domain::people::SlackIdentity;

statements! {
    INSERT = "INSERT INTO erasures (id, person_id, mark, pairs_ended, pairs_kept, pairs_erased, agendas, homework, goals, wins,
        asked_at, wipe_not_before) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)";
    BY_ID = "SELECT id, mark, pairs_ended, pairs_kept, pairs_erased, agendas, homework, goals, wins, asked_at
        FROM erasures WHERE id = $1";
    MARKS = "SELECT id, mark FROM erasures WHERE mark IS NOT NULL";
    UNMARK = "UPDATE erasures SET mark = NULL WHERE id = $1";
    UNSETTLED = "SELECT e.id, e.person_id FROM erasures e WHERE e.settled_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = e.person_id AND o.state IN ('pending', 'claimed', 'doubt'))
        AND NOT EXISTS (SELECT 1 FROM screens s WHERE s.person_id = e.person_id AND s.wanted > s.shown)";
    CLEAR_SCREENS = "DELETE FROM screens WHERE person_id = $1";
    CLEAR_OUTBOX = "DELETE FROM outbox WHERE person_id = $1";
    CLEAR_CONVERSATION = "UPDATE people SET conversation = NULL WHERE id = $1";
    SETTLE = "UPDATE erasures SET settled_at = $2 WHERE id = $1 AND settled_at IS NULL";
    OPEN = "SELECT COUNT(*) FROM erasures WHERE wiped_at IS NULL";
    UNWIPED = "SELECT COUNT(*) FROM erasures WHERE settled_at IS NOT NULL AND wiped_at IS NULL AND wipe_not_before <= $1";
    WIPE_AGAIN = "UPDATE erasures SET wipe_not_before = $1 WHERE settled_at IS NOT NULL AND wiped_at IS NULL";
    WIPED = "UPDATE erasures SET wiped_at = $1 WHERE settled_at IS NOT NULL AND wiped_at IS NULL";
}

/// How much was erased, for the receipt.
#[derive(Clone, Debug)]
pub struct Erasure {
    /// How much.
    pub erased: Erased,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose account it is, unless they have come back.
    pub account: Option<SlackIdentity>,
}

#[derive(FromRow)]
struct ErasureRow {
    id: Uuid,
    mark: Option<Vec<u8>>,
    pairs_ended: i32,
    pairs_kept: i32,
    pairs_erased: i32,
    agendas: i32,
    homework: i32,
    goals: i32,
    wins: i32,
    asked_at: DateTime<Utc>,
}

/// Keeps that somebody was forgotten.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &mut Tx,
    id: Uuid,
    person: PersonId,
    account: &SlackIdentity,
    erased: &Erased,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    let mark = tx.vault.seal_mark(id, &format!("{} {}", account.team_id, account.user_id))?;
    let number = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(id)
            .bind(person.0)
            .bind(&mark)
            .bind(number(erased.pairs_ended))
            .bind(number(erased.pairs_kept))
            .bind(number(erased.pairs_erased))
            .bind(number(erased.agendas))
            .bind(number(erased.homework))
            .bind(number(erased.goals))
            .bind(number(erased.wins))
            .bind(now)
    )?;
    Ok(())
}

fn account(tx: &Tx, id: Uuid, mark: &[u8]) -> Result<SlackIdentity, StoreFailure> {
    let text = tx.vault.open_mark(id, mark)?;
    let (team, user) = text.reveal().split_once(' ').ok_or(StoreFailure::Unexpected("erasures.mark"))?;
    Ok(SlackIdentity { team_id: team.to_owned(), user_id: user.to_owned() })
}

/// Finds what the receipt says.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Erasure>, StoreFailure> {
    let row: Option<ErasureRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let erased = Erased {
        pairs_ended: row.pairs_ended.into(),
        pairs_kept: row.pairs_kept.into(),
        pairs_erased: row.pairs_erased.into(),
        agendas: row.agendas.into(),
        homework: row.homework.into(),
        goals: row.goals.into(),
        wins: row.wins.into(),
    };
    let account = row.mark.map(|mark| account(tx, row.id, &mark)).transpose()?;
    Ok(Some(Erasure { erased, at: row.asked_at, account }))
}

/// The accounts that asked to be forgotten and have not come back. Slack tells about them as about everybody; they are not
/// learnt from that.
///
/// # Errors
/// When the database fails.
pub async fn forgotten(tx: &mut Tx) -> Result<Vec<(Uuid, SlackIdentity)>, StoreFailure> {
    let rows: Vec<(Uuid, Vec<u8>)> = on!(tx, connection => sqlx::query_as(MARKS).fetch_all(connection))?;
    rows.into_iter().map(|(id, mark)| Ok((id, account(tx, id, &mark)?))).collect()
}

/// Somebody is back, or somebody else asks for them by name: from now on they are learnt like everybody.
///
/// # Errors
/// When the database fails.
pub async fn welcome(tx: &mut Tx, account: &SlackIdentity) -> Result<(), StoreFailure> {
    for (id, forgotten) in forgotten(tx).await? {
        if forgotten == *account {
            changed!(tx, sqlx::query(UNMARK).bind(id))?;
        }
    }
    Ok(())
}

/// Whether somebody was forgotten and it is not finished yet.
///
/// # Errors
/// When the database fails.
pub async fn is_anything_open(tx: &mut Tx) -> Result<bool, StoreFailure> {
    let count: i64 = on!(tx, connection => sqlx::query_scalar(OPEN).fetch_one(connection))?;
    Ok(count > 0)
}

/// Nothing is on its way any more to those who were forgotten: what was needed for that goes, too. Returns how many they were.
///
/// # Errors
/// When the database fails.
pub async fn settle(tx: &mut Tx, now: DateTime<Utc>) -> Result<usize, StoreFailure> {
    let rows: Vec<(Uuid, Uuid)> = on!(tx, connection => sqlx::query_as(UNSETTLED).fetch_all(connection))?;
    for (id, person) in &rows {
        erasing::sweep(tx, PersonId(*person)).await?;
        for statement in [CLEAR_SCREENS, CLEAR_OUTBOX, CLEAR_CONVERSATION] {
            changed!(tx, sqlx::query(statement).bind(*person))?;
        }
        changed!(tx, sqlx::query(SETTLE).bind(*id).bind(now))?;
    }
    Ok(rows.len())
}

/// Whether free pages may hold traces of somebody who was forgotten, and it is time to wipe them. Until they are wiped, it is
/// time again at `again_at`.
///
/// # Errors
/// When the database fails.
pub async fn is_to_be_wiped(tx: &mut Tx, now: DateTime<Utc>, again_at: DateTime<Utc>) -> Result<bool, StoreFailure> {
    let count: i64 = on!(tx, connection => sqlx::query_scalar(UNWIPED).bind(now).fetch_one(connection))?;
    if count > 0 {
        changed!(tx, sqlx::query(WIPE_AGAIN).bind(again_at))?;
    }
    Ok(count > 0)
}

/// Free pages are wiped.
///
/// # Errors
/// When the database fails.
pub async fn wiped(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(WIPED).bind(now))?;
    Ok(())
}

/// Writes the file anew without free pages and empties the write-ahead log, so that nothing deleted is left in either. False
/// when a reader was in the way and it has to be done again. On PostgreSQL this is the installer's (`VACUUM`), and true.
///
/// # Errors
/// When the database fails.
pub async fn wipe(db: &Db) -> Result<bool, StoreFailure> {
    let Pools::Sqlite { writer, .. } = db.pools() else { return Ok(true) };
    let mut connection = writer.acquire().await?;
    sqlx::query("VACUUM").execute(&mut *connection).await?;
    let (busy, _, _): (i64, i64, i64) =
        sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await?;
    Ok(busy == 0)
}
