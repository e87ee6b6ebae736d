//! Homework as kept.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::pair_keys;
use super::statements::statements;
use super::vault::Place;
use crate::domain::homework::{Homework, HomeworkState};
use crate::domain::identifiers::{HomeworkId, MeetingId, PairId, PersonId};

statements! {
    INSERT = "INSERT INTO homework (id, pair_id, owner_id, task, state, due_on, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    CARRIED = "SELECT id, pair_id, owner_id, task, findings, state, due_on, set_at FROM homework
        WHERE pair_id = $1 AND state IN ('open', 'returned') ORDER BY set_at, id";
    RETURN = "UPDATE homework SET findings = $2, state = $3, returned_for = $4 WHERE id = $1 AND state IN ('open', 'returned')";
    REVIEW = "UPDATE homework SET state = 'reviewed' WHERE returned_for = $1 AND state = 'returned'";
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
    rows.into_iter()
        .map(|row| {
            let findings =
                row.findings.as_deref().map(|sealed| key.open(place("findings", row.id), sealed)).transpose()?;
            Ok(Homework {
                id: HomeworkId(row.id),
                pair: PairId(row.pair_id),
                owner: PersonId(row.owner_id),
                task: key.open(place("task", row.id), &row.task)?,
                findings,
                state: HomeworkState::from_word(&row.state).ok_or(StoreFailure::Unexpected("homework.state"))?,
                due_on: row.due_on,
                set_at: row.set_at,
            })
        })
        .collect()
}

/// Keeps the findings and the state of a piece of homework that is still carried, and at which meeting it comes back.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it was reviewed or dropped meanwhile.
pub async fn set_findings(tx: &mut Tx, homework: &Homework, meeting: MeetingId) -> Result<(), StoreFailure> {
    let key = pair_keys::get(tx, homework.pair).await?;
    let findings =
        homework.findings.as_ref().map(|text| key.seal(place("findings", homework.id.0), text)).transpose()?;
    let returned_for = (homework.state == HomeworkState::Returned).then_some(meeting.0);
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

/// A meeting was held: what was returned for it has been talked about.
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
