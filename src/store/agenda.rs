//! Agendas as kept: one sealed row a part.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use super::vault::Place;
use super::{agenda_items, pair_keys};
use crate::domain::agenda::{Agenda, Part};
use crate::domain::identifiers::MeetingId;
use crate::domain::meetings::Meeting;

statements! {
    SELECT = "SELECT part, body FROM agenda_parts WHERE meeting_id = $1";
    COUNT = "SELECT COUNT(*) FROM (SELECT part FROM agenda_parts WHERE meeting_id = $1
        UNION SELECT part FROM agenda_items WHERE meeting_id = $1 AND part IS NOT NULL) AS parts";
    WRITTEN = "SELECT COUNT(*) FROM agenda_parts WHERE meeting_id = $1";
    UPSERT = "INSERT INTO agenda_parts (meeting_id, part, body, written_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (meeting_id, part) DO UPDATE SET body = excluded.body, written_at = excluded.written_at";
    DELETE = "DELETE FROM agenda_parts WHERE meeting_id = $1 AND part = $2";
}

fn place(meeting: MeetingId, part: Part) -> Place {
    // The part is the row here: a text moved to another part of the same agenda must not open.
    let column = match part {
        Part::Why => "body.why",
        Part::Challenge => "body.challenge",
        Part::Upcoming => "body.upcoming",
        Part::Topic => "body.topic",
        Part::Homework => "body.homework",
    };
    Place { table: "agenda_parts", column, row: meeting.0 }
}

/// Reads a meeting's agenda.
///
/// # Errors
/// When the database fails.
pub async fn get(tx: &mut Tx, meeting: &Meeting) -> Result<Agenda, StoreFailure> {
    let rows: Vec<(String, Vec<u8>)> =
        on!(tx, connection => sqlx::query_as(SELECT).bind(meeting.id.0).fetch_all(connection))?;
    let mut agenda = Agenda::default();
    if rows.is_empty() {
        return Ok(agenda);
    }
    let key = pair_keys::get(tx, meeting.pair).await?;
    for (part, sealed) in rows {
        let part = Part::from_word(&part).ok_or(StoreFailure::Unexpected("agenda_parts.part"))?;
        agenda.parts.insert(part, key.open(place(meeting.id, part), &sealed)?);
    }
    Ok(agenda)
}

/// Whether anything was put on an agenda for this very meeting: written in its parts, or between meetings. What was carried
/// on, and the mentor's points, prepare nothing.
///
/// # Errors
/// When the database fails.
pub async fn is_prepared(tx: &mut Tx, meeting: MeetingId) -> Result<bool, StoreFailure> {
    let written: i64 = on!(tx, connection => sqlx::query_scalar(WRITTEN).bind(meeting.0).fetch_one(connection))?;
    Ok(written > 0 || agenda_items::prepared(tx, meeting).await? > 0)
}

/// How many parts of a meeting's agenda say something, whoever put it there and when; opens nothing.
///
/// # Errors
/// When the database fails.
pub async fn count(tx: &mut Tx, meeting: MeetingId) -> Result<usize, StoreFailure> {
    let count: i64 = on!(tx, connection => sqlx::query_scalar(COUNT).bind(meeting.0).fetch_one(connection))?;
    usize::try_from(count).map_err(|_| StoreFailure::Unexpected("agenda_parts"))
}

/// Keeps a meeting's agenda as it is now; parts that say nothing go.
///
/// # Errors
/// When the database fails.
pub async fn set(tx: &mut Tx, meeting: &Meeting, agenda: &Agenda, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    let key = pair_keys::get(tx, meeting.pair).await?;
    let id: Uuid = meeting.id.0;
    for part in Part::ALL {
        match agenda.parts.get(part) {
            Some(text) => {
                let sealed = key.seal(place(meeting.id, *part), text)?;
                changed!(tx, sqlx::query(UPSERT).bind(id).bind(part.word()).bind(&sealed).bind(now))?;
            }
            None => {
                changed!(tx, sqlx::query(DELETE).bind(id).bind(part.word()))?;
            }
        }
    }
    Ok(())
}
