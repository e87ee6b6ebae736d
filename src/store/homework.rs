//! Homework as kept.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::statements::statements;
use super::vault::{OwnKey, Place};
use super::{pair_keys, pairs};
use crate::domain::homework::{Homework, HomeworkOfPair, HomeworkState};
use crate::domain::identifiers::{HomeworkId, MeetingId, PairId, PersonId};

statements! {
    INSERT = "INSERT INTO homework (id, pair_id, owner_id, task, state, due_on, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    CARRIED = "SELECT id, pair_id, owner_id, task, findings, state, due_on, set_at,
        (SELECT COUNT(*) FROM meetings m WHERE m.pair_id = homework.pair_id AND m.state = 'held' AND m.starts_at > set_at) AS carried
        FROM homework WHERE pair_id = $1 AND state IN ('open', 'returned') ORDER BY set_at, id";
    BY_ID = "SELECT id, pair_id, owner_id, task, findings, state, due_on, set_at,
        (SELECT COUNT(*) FROM meetings m WHERE m.pair_id = homework.pair_id AND m.state = 'held' AND m.starts_at > set_at) AS carried
        FROM homework WHERE id = $1";
    RETURN = "UPDATE homework SET findings = $2, state = $3, returned_for = $4 WHERE id = $1 AND state IN ('open', 'returned')";
    // Everything returned stands on the agenda of the next meeting, also what was returned for one that did not take place.
    REVIEW = "UPDATE homework SET state = 'reviewed' WHERE state = 'returned'
        AND pair_id = (SELECT pair_id FROM meetings WHERE id = $1)
        AND (returned_for IS NULL OR returned_for IN (SELECT m.id FROM meetings m, meetings h WHERE h.id = $1
            AND m.pair_id = h.pair_id AND (m.starts_at <= h.starts_at OR m.state <> 'planned')))";
    SET_STATE = "UPDATE homework SET state = $2 WHERE id = $1 AND state = $3";
    MOVE = "UPDATE homework SET pair_id = $2, task = $3 WHERE id = $1 AND state = 'open' AND findings IS NULL";
    CARRY_RETURNED = "UPDATE homework SET returned_for = $2 WHERE returned_for = $1 AND state = 'returned'";
}

#[derive(FromRow)]
struct HomeworkRow {
    id: Uuid,
    pair_id: Uuid,
    owner_id: Uuid,
    task: Vec<u8>,
    findings: Option<Vec<u8>>,
    state: String,
    due_on: Option<NaiveDate>,
    set_at: DateTime<Utc>,
    carried: i64,
}

impl HomeworkRow {
    fn into_homework(self, key: &OwnKey) -> Result<Homework, StoreFailure> {
        let findings =
            self.findings.as_deref().map(|sealed| key.open(place("findings", self.id), sealed)).transpose()?;
        Ok(Homework {
            id: HomeworkId(self.id),
            pair: PairId(self.pair_id),
            owner: PersonId(self.owner_id),
            task: key.open(place("task", self.id), &self.task)?,
            findings,
            state: HomeworkState::from_word(&self.state).ok_or(StoreFailure::Unexpected("homework.state"))?,
            due_on: self.due_on,
            set_at: self.set_at,
            carried: usize::try_from(self.carried).map_err(|_| StoreFailure::Unexpected("homework.carried"))?,
        })
    }
}

fn place(column: &'static str, row: Uuid) -> Place {
    Place { table: "homework", column, row }
}

/// Sets homework.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, homework: &Homework) -> Result<(), StoreFailure> {
    let key = pair_keys::get(tx, homework.pair).await?;
    let task = key.seal(place("task", homework.id.0), &homework.task)?;
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(homework.id.0)
            .bind(homework.pair.0)
            .bind(homework.owner.0)
            .bind(&task)
            .bind(homework.state.word())
            .bind(homework.due_on)
            .bind(homework.set_at)
    )?;
    Ok(())
}

/// The homework that belongs on a pair's next agenda, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn carried(tx: &mut Tx, pair: PairId) -> Result<Vec<Homework>, StoreFailure> {
    let rows: Vec<HomeworkRow> = on!(tx, connection => sqlx::query_as(CARRIED).bind(pair.0).fetch_all(connection))?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = pair_keys::get(tx, pair).await?;
    rows.into_iter().map(|row| row.into_homework(&key)).collect()
}

/// Finds a piece of homework with its pair and its people.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: HomeworkId) -> Result<Option<HomeworkOfPair>, StoreFailure> {
    let row: Option<HomeworkRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let key = pair_keys::get(tx, PairId(row.pair_id)).await?;
    let homework = row.into_homework(&key)?;
    let of = pairs::find(tx, homework.pair).await?.ok_or(StoreFailure::Unexpected("homework.pair_id"))?;
    Ok(Some(HomeworkOfPair { homework, of }))
}

/// Keeps the findings and the state of a piece of homework that is still carried, and at which meeting it comes back; without
/// one, at the next that is held.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it was reviewed or dropped meanwhile.
pub async fn set_findings(
    tx: &mut Tx,
    homework: &Homework,
    meeting: impl Into<Option<MeetingId>>,
) -> Result<(), StoreFailure> {
    let key = pair_keys::get(tx, homework.pair).await?;
    let findings =
        homework.findings.as_ref().map(|text| key.seal(place("findings", homework.id.0), text)).transpose()?;
    let meeting = meeting.into().filter(|_| homework.state == HomeworkState::Returned);
    let returned_for = meeting.map(|meeting| meeting.0);
    let changed = changed!(
        tx,
        sqlx::query(RETURN)
            .bind(homework.id.0)
            .bind(findings.as_deref())
            .bind(homework.state.word())
            .bind(returned_for)
    )?;
    one_row(changed, "the homework")
}

/// Keeps that a piece of homework moved on from `from` to the state it has now.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it is no longer in `from`.
pub async fn set_state(tx: &mut Tx, homework: &Homework, from: HomeworkState) -> Result<(), StoreFailure> {
    let (id, state) = (homework.id.0, homework.state.word());
    let changed = changed!(tx, sqlx::query(SET_STATE).bind(id).bind(state).bind(from.word()))?;
    one_row(changed, "the homework")
}

/// Moves a piece of open homework to another pair, sealed with that pair's key; the pair it leaves cannot read it any more.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when something was found out about it, or it is not open.
pub async fn move_to(tx: &mut Tx, homework: &Homework, pair: PairId) -> Result<(), StoreFailure> {
    let task = pair_keys::get(tx, pair).await?.seal(place("task", homework.id.0), &homework.task)?;
    let changed = changed!(tx, sqlx::query(MOVE).bind(homework.id.0).bind(pair.0).bind(&task))?;
    one_row(changed, "the homework")
}

/// A meeting was held: what was returned by then has been talked about.
///
/// # Errors
/// When the database fails.
pub async fn review_returned(tx: &mut Tx, meeting: MeetingId) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(REVIEW).bind(meeting.0))?;
    Ok(())
}

/// What was returned for a meeting is talked about at another.
///
/// # Errors
/// When the database fails.
pub async fn carry_returned(tx: &mut Tx, from: MeetingId, to: MeetingId) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(CARRY_RETURNED).bind(from.0).bind(to.0))?;
    Ok(())
}
