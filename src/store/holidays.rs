//! Holidays as kept: what calendars that others keep said when they were last read.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use crate::domain::days_off::Holiday;
use crate::domain::identifiers::PersonId;

statements! {
    KNOW = "INSERT INTO holiday_calendars (source, read_at) VALUES ($1, $2) ON CONFLICT (source) DO NOTHING";
    DUE = "SELECT read_at FROM holiday_calendars WHERE source = $1";
    TAKE = "UPDATE holiday_calendars SET read_at = $3 WHERE source = $1 AND read_at <= $2";
    READ = "UPDATE holiday_calendars SET read_at = $2, good_at = $3 WHERE source = $1";
    GOOD_AT = "SELECT good_at FROM holiday_calendars WHERE source = $1";
    CLEAR = "DELETE FROM holidays WHERE source = $1";
    ADD = "INSERT INTO holidays (source, day, name) VALUES ($1, $2, $3)";
    LOOK_AT_PAIRS = "UPDATE pairs SET attention_at = $1 WHERE attention_at > $1";
    LOOK_AT_MEETINGS = "UPDATE meetings SET attention_at = $1 WHERE attention_at > $1";
    WAITING = "SELECT id, due_at, person_id FROM outbox WHERE state = 'pending' AND due_at > $1";
    PUT_OFF = "UPDATE outbox SET due_at = $2, not_before = $2 WHERE id = $1 AND state = 'pending'";
    OF_SOURCE = "SELECT day, name FROM holidays WHERE source = $1 ORDER BY day";
}

#[derive(FromRow)]
struct HolidayRow {
    day: NaiveDate,
    name: String,
}

#[derive(FromRow)]
struct WaitingRow {
    id: Uuid,
    due_at: DateTime<Utc>,
    person_id: Uuid,
}

/// A message that waits for its reader's working hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The message.
    pub id: Uuid,
    /// What it waits for.
    pub due_at: DateTime<Utc>,
    /// Its reader.
    pub to: PersonId,
}

/// Whether the time has come to read a calendar.
///
/// # Errors
/// When the database fails.
pub async fn is_due(tx: &mut Tx, source: &str, now: DateTime<Utc>) -> Result<bool, StoreFailure> {
    let read_at: Option<DateTime<Utc>> =
        on!(tx, connection => sqlx::query_scalar(DUE).bind(source).fetch_optional(connection))?;
    Ok(read_at.is_none_or(|at| at <= now))
}

/// Whether a calendar is to be read now, by whoever asks: it is put off until `until` for everybody else.
///
/// # Errors
/// When the database fails.
pub async fn take(tx: &mut Tx, source: &str, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<bool, StoreFailure> {
    changed!(tx, sqlx::query(KNOW).bind(source).bind(now))?;
    Ok(changed!(tx, sqlx::query(TAKE).bind(source).bind(now).bind(until))? == 1)
}

/// A calendar was read: its holidays are these and no others.
///
/// # Errors
/// When the database fails.
pub async fn keep(
    tx: &mut Tx,
    source: &str,
    holidays: &[Holiday],
    now: DateTime<Utc>,
    again_at: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(KNOW).bind(source).bind(now))?;
    changed!(tx, sqlx::query(READ).bind(source).bind(again_at).bind(now))?;
    changed!(tx, sqlx::query(CLEAR).bind(source))?;
    for holiday in holidays {
        changed!(tx, sqlx::query(ADD).bind(source).bind(holiday.day).bind(&holiday.name))?;
    }
    Ok(())
}

/// The holidays of a calendar as it was last read, in their order.
///
/// # Errors
/// When the database fails.
pub async fn of_source(tx: &mut Tx, source: &str) -> Result<Vec<Holiday>, StoreFailure> {
    let rows: Vec<HolidayRow> = on!(tx, connection => sqlx::query_as(OF_SOURCE).bind(source).fetch_all(connection))?;
    Ok(rows.into_iter().map(|row| Holiday { day: row.day, name: row.name }).collect())
}

/// When a calendar was last read without failing.
///
/// # Errors
/// When the database fails.
pub async fn last_good(tx: &mut Tx, source: &str) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    let found: Option<Option<DateTime<Utc>>> =
        on!(tx, connection => sqlx::query_scalar(GOOD_AT).bind(source).fetch_optional(connection))?;
    Ok(found.flatten())
}

/// Working days are others than before: the planner looks at everything that is to come now, instead of when it meant to.
///
/// # Errors
/// When the database fails.
pub async fn look_again(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(LOOK_AT_PAIRS).bind(now))?;
    changed!(tx, sqlx::query(LOOK_AT_MEETINGS).bind(now))?;
    Ok(())
}

/// Messages that are due later than now.
///
/// # Errors
/// When the database fails.
pub async fn waiting(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Waiting>, StoreFailure> {
    let rows: Vec<WaitingRow> = on!(tx, connection => sqlx::query_as(WAITING).bind(now).fetch_all(connection))?;
    Ok(rows.into_iter().map(|row| Waiting { id: row.id, due_at: row.due_at, to: PersonId(row.person_id) }).collect())
}

/// A message waits for longer.
///
/// # Errors
/// When the database fails.
pub async fn put_off(tx: &mut Tx, message: Uuid, until: DateTime<Utc>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(PUT_OFF).bind(message).bind(until))?;
    Ok(())
}
