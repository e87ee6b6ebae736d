//! Goals as kept.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::statements::statements;
use super::vault::{OwnKey, Place};
use super::{pair_keys, pairs};
use crate::domain::goals::{Goal, GoalOfPair, GoalState};
use crate::domain::identifiers::{GoalId, PairId, PersonId};
use crate::domain::private_text::PrivateText;

statements! {
    INSERT = "INSERT INTO goals (id, pair_id, owner_id, goal, steps, measure, due_on, state, set_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    OPEN = "SELECT id, pair_id, owner_id, goal, steps, measure, due_on, state, set_at FROM goals
        WHERE pair_id = $1 AND state = 'open' ORDER BY set_at, id";
    BY_ID = "SELECT id, pair_id, owner_id, goal, steps, measure, due_on, state, set_at FROM goals WHERE id = $1";
    CHANGE = "UPDATE goals SET goal = $2, steps = $3, measure = $4, due_on = $5 WHERE id = $1 AND state = 'open'";
    END = "UPDATE goals SET state = $2 WHERE id = $1 AND state = 'open'";
}

#[derive(FromRow)]
struct GoalRow {
    id: Uuid,
    pair_id: Uuid,
    owner_id: Uuid,
    goal: Vec<u8>,
    steps: Option<Vec<u8>>,
    measure: Option<Vec<u8>>,
    due_on: Option<NaiveDate>,
    state: String,
    set_at: DateTime<Utc>,
}

fn place(column: &'static str, row: Uuid) -> Place {
    Place { table: "goals", column, row }
}

impl GoalRow {
    fn into_goal(self, key: &OwnKey) -> Result<Goal, StoreFailure> {
        let open =
            |column, sealed: Option<&[u8]>| sealed.map(|sealed| key.open(place(column, self.id), sealed)).transpose();
        Ok(Goal {
            id: GoalId(self.id),
            pair: PairId(self.pair_id),
            owner: PersonId(self.owner_id),
            goal: key.open(place("goal", self.id), &self.goal)?,
            steps: open("steps", self.steps.as_deref())?,
            measure: open("measure", self.measure.as_deref())?,
            due_on: self.due_on,
            state: GoalState::from_word(&self.state).ok_or(StoreFailure::Unexpected("goals.state"))?,
            set_at: self.set_at,
        })
    }
}

/// What a goal says, sealed.
struct Sealed {
    goal: Vec<u8>,
    steps: Option<Vec<u8>>,
    measure: Option<Vec<u8>>,
}

async fn seal(tx: &mut Tx, goal: &Goal) -> Result<Sealed, StoreFailure> {
    let key = pair_keys::get(tx, goal.pair).await?;
    let seal =
        |column, text: Option<&PrivateText>| text.map(|text| key.seal(place(column, goal.id.0), text)).transpose();
    Ok(Sealed {
        goal: key.seal(place("goal", goal.id.0), &goal.goal)?,
        steps: seal("steps", goal.steps.as_ref())?,
        measure: seal("measure", goal.measure.as_ref())?,
    })
}

/// Sets a goal.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, goal: &Goal) -> Result<(), StoreFailure> {
    let sealed = seal(tx, goal).await?;
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(goal.id.0)
            .bind(goal.pair.0)
            .bind(goal.owner.0)
            .bind(&sealed.goal)
            .bind(sealed.steps.as_deref())
            .bind(sealed.measure.as_deref())
            .bind(goal.due_on)
            .bind(goal.state.word())
            .bind(goal.set_at)
    )?;
    Ok(())
}

/// The goals a pair works towards, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn open(tx: &mut Tx, pair: PairId) -> Result<Vec<Goal>, StoreFailure> {
    let rows: Vec<GoalRow> = on!(tx, connection => sqlx::query_as(OPEN).bind(pair.0).fetch_all(connection))?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = pair_keys::get(tx, pair).await?;
    rows.into_iter().map(|row| row.into_goal(&key)).collect()
}

/// Finds a goal with its pair and its people.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: GoalId) -> Result<Option<GoalOfPair>, StoreFailure> {
    let row: Option<GoalRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let key = pair_keys::get(tx, PairId(row.pair_id)).await?;
    let goal = row.into_goal(&key)?;
    let of = pairs::find(tx, goal.pair).await?.ok_or(StoreFailure::Unexpected("goals.pair_id"))?;
    Ok(Some(GoalOfPair { goal, of }))
}

/// Keeps what an open goal says now.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it is not worked towards any more.
pub async fn change(tx: &mut Tx, goal: &Goal) -> Result<(), StoreFailure> {
    let sealed = seal(tx, goal).await?;
    let changed = changed!(
        tx,
        sqlx::query(CHANGE)
            .bind(goal.id.0)
            .bind(&sealed.goal)
            .bind(sealed.steps.as_deref())
            .bind(sealed.measure.as_deref())
            .bind(goal.due_on)
    )?;
    one_row(changed, "the goal")
}

/// Keeps how an open goal ended.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it ended before.
pub async fn end(tx: &mut Tx, goal: &Goal) -> Result<(), StoreFailure> {
    let changed = changed!(tx, sqlx::query(END).bind(goal.id.0).bind(goal.state.word()))?;
    one_row(changed, "the goal")
}
