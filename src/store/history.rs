//! What a pair wrote over its time, for looking back: identifiers only; each thing is read where it is kept.

use uuid::Uuid;

use super::db::{Tx, on};
use super::failure::StoreFailure;
use super::statements::statements;
use crate::domain::history::{Chapter, Counts};
use crate::domain::identifiers::{GoalId, HomeworkId, MeetingId, PairId, PersonId, WinId};

statements! {
    ENDED = "SELECT id FROM pairs WHERE (mentee_id = $1 OR mentor_id = $1) AND state = 'ended' ORDER BY asked_at DESC, id";
    COUNT_ENDED = "SELECT COUNT(*) FROM pairs WHERE (mentee_id = $1 OR mentor_id = $1) AND state = 'ended'";
    MEETINGS = "SELECT id FROM meetings WHERE pair_id = $1 ORDER BY starts_at DESC, id LIMIT $2 OFFSET $3";
    COUNT_MEETINGS = "SELECT COUNT(*) FROM meetings WHERE pair_id = $1";
    HOMEWORK = "SELECT id FROM homework WHERE pair_id = $1 ORDER BY set_at DESC, id LIMIT $2 OFFSET $3";
    COUNT_HOMEWORK = "SELECT COUNT(*) FROM homework WHERE pair_id = $1";
    GOALS = "SELECT id FROM goals WHERE pair_id = $1 ORDER BY set_at DESC, id LIMIT $2 OFFSET $3";
    COUNT_GOALS = "SELECT COUNT(*) FROM goals WHERE pair_id = $1";
    WINS = "SELECT id FROM wins WHERE pair_id = $1 ORDER BY logged_at DESC, id LIMIT $2 OFFSET $3";
    COUNT_WINS = "SELECT COUNT(*) FROM wins WHERE pair_id = $1";
}

async fn page(
    tx: &mut Tx,
    pair: PairId,
    sql: &'static str,
    offset: i64,
    limit: i64,
) -> Result<Vec<Uuid>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(sql).bind(pair.0).bind(limit).bind(offset).fetch_all(connection))
}

async fn count(tx: &mut Tx, pair: PairId, sql: &'static str) -> Result<i64, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(sql).bind(pair.0).fetch_one(connection))
}

/// How much a pair wrote.
///
/// # Errors
/// When the database fails.
pub async fn counts(tx: &mut Tx, pair: PairId) -> Result<Counts, StoreFailure> {
    Ok(Counts {
        meetings: count(tx, pair, COUNT_MEETINGS).await?,
        goals: count(tx, pair, COUNT_GOALS).await?,
        wins: count(tx, pair, COUNT_WINS).await?,
        homework: count(tx, pair, COUNT_HOMEWORK).await?,
    })
}

/// The pairs somebody has finished, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn ended(tx: &mut Tx, person: PersonId) -> Result<Vec<PairId>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(ENDED).bind(person.0).fetch_all(connection))?;
    Ok(ids.into_iter().map(PairId).collect())
}

/// How many pairs somebody has finished.
///
/// # Errors
/// When the database fails.
pub async fn count_ended(tx: &mut Tx, person: PersonId) -> Result<i64, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(COUNT_ENDED).bind(person.0).fetch_one(connection))
}

/// The meetings of a pair, those of which nobody said how they went among them: the newest first, after `offset`, as many as stand on a page.
///
/// # Errors
/// When the database fails.
pub async fn meetings(tx: &mut Tx, pair: PairId, offset: i64) -> Result<Vec<MeetingId>, StoreFailure> {
    let ids = page(tx, pair, MEETINGS, offset, Chapter::Meetings.on_a_page()).await?;
    Ok(ids.into_iter().map(MeetingId).collect())
}

/// All homework, whatever became of it: the newest first, after `offset`, as many as stand on a page.
///
/// # Errors
/// When the database fails.
pub async fn homework(tx: &mut Tx, pair: PairId, offset: i64) -> Result<Vec<HomeworkId>, StoreFailure> {
    let ids = page(tx, pair, HOMEWORK, offset, Chapter::Homework.on_a_page()).await?;
    Ok(ids.into_iter().map(HomeworkId).collect())
}

/// All goals, whatever became of them: the newest first, after `offset`, as many as stand on a page.
///
/// # Errors
/// When the database fails.
pub async fn goals(tx: &mut Tx, pair: PairId, offset: i64) -> Result<Vec<GoalId>, StoreFailure> {
    let ids = page(tx, pair, GOALS, offset, Chapter::Goals.on_a_page()).await?;
    Ok(ids.into_iter().map(GoalId).collect())
}

/// All wins: the newest first, after `offset`, as many as stand on a page.
///
/// # Errors
/// When the database fails.
pub async fn wins(tx: &mut Tx, pair: PairId, offset: i64) -> Result<Vec<WinId>, StoreFailure> {
    let ids = page(tx, pair, WINS, offset, Chapter::Wins.on_a_page()).await?;
    Ok(ids.into_iter().map(WinId).collect())
}
