//! Agendas as kept: one sealed row a part, of each half of a pair who prepares.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use super::vault::Place;
use super::{agenda_items, pair_keys};
use crate::domain::agenda::{Agenda, Part};
use crate::domain::identifiers::{MeetingId, PersonId};
use crate::domain::meetings::{Meeting, MeetingOfPair};
use crate::domain::pairs::Role;
use crate::domain::preparing::Preparer;

statements! {
    SELECT = "SELECT part, body FROM agenda_parts WHERE meeting_id = $1 AND half = $2";
    COUNT = "SELECT COUNT(*) FROM (SELECT part FROM agenda_parts WHERE meeting_id = $1 AND half = $2
        UNION SELECT part FROM agenda_items WHERE meeting_id = $1 AND author_id = $3 AND part IS NOT NULL) AS parts";
    WRITTEN = "SELECT COUNT(*) FROM agenda_parts WHERE meeting_id = $1 AND half = $2";
    UPSERT = "INSERT INTO agenda_parts (meeting_id, half, part, body, written_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (meeting_id, half, part) DO UPDATE SET body = excluded.body, written_at = excluded.written_at";
    DELETE = "DELETE FROM agenda_parts WHERE meeting_id = $1 AND half = $2 AND part = $3";
}

fn place(meeting: MeetingId, half: Role, part: Part) -> Place {
    // Half and part are the row here: a text moved to the other's agenda or to another part of the same must not open. What
    // was sealed before peers wrote, too, is the mentee's and keeps its name.
    let column = match (half, part) {
        (Role::Mentee, Part::Why) => "body.why",
        (Role::Mentee, Part::Challenge) => "body.challenge",
        (Role::Mentee, Part::Upcoming) => "body.upcoming",
        (Role::Mentee, Part::Topic) => "body.topic",
        (Role::Mentee, Part::Homework) => "body.homework",
        (Role::Mentor, Part::Why) => "body.mentor.why",
        (Role::Mentor, Part::Challenge) => "body.mentor.challenge",
        (Role::Mentor, Part::Upcoming) => "body.mentor.upcoming",
        (Role::Mentor, Part::Topic) => "body.mentor.topic",
        (Role::Mentor, Part::Homework) => "body.mentor.homework",
    };
    Place { table: "agenda_parts", column, row: meeting.0 }
}

/// Reads what one half of a pair wrote for a meeting.
///
/// # Errors
/// When the database fails.
pub async fn get(tx: &mut Tx, meeting: &Meeting, half: Role) -> Result<Agenda, StoreFailure> {
    let rows: Vec<(String, Vec<u8>)> =
        on!(tx, connection => sqlx::query_as(SELECT).bind(meeting.id.0).bind(half.word()).fetch_all(connection))?;
    let mut agenda = Agenda::default();
    if rows.is_empty() {
        return Ok(agenda);
    }
    let key = pair_keys::get(tx, meeting.pair).await?;
    for (part, sealed) in rows {
        let part = Part::from_word(&part).ok_or(StoreFailure::Unexpected("agenda_parts.part"))?;
        agenda.parts.insert(part, key.open(place(meeting.id, half, part), &sealed)?);
    }
    Ok(agenda)
}

/// Whether anything was put on somebody's agenda for this very meeting: written in its parts, or between meetings. What was carried
/// on, and the mentor's points, prepare nothing.
///
/// # Errors
/// When the database fails.
pub async fn is_prepared(tx: &mut Tx, meeting: MeetingId, by: Preparer) -> Result<bool, StoreFailure> {
    let half = by.role.word();
    let written: i64 =
        on!(tx, connection => sqlx::query_scalar(WRITTEN).bind(meeting.0).bind(half).fetch_one(connection))?;
    Ok(written > 0 || agenda_items::prepared(tx, meeting, by.person).await? > 0)
}

/// Who prepares a meeting and has put nothing on their agenda for it; what was carried on prepares nothing.
///
/// # Errors
/// When the database fails.
pub async fn not_prepared(tx: &mut Tx, of: &MeetingOfPair) -> Result<Vec<PersonId>, StoreFailure> {
    let mut empty = Vec::new();
    for (preparer, _) in of.of.agendas() {
        if !is_prepared(tx, of.meeting.id, of.of.pair.preparer(preparer.id)).await? {
            empty.push(preparer.id);
        }
    }
    Ok(empty)
}

/// How many parts of somebody's agenda say something, whenever it was put there; opens nothing.
///
/// # Errors
/// When the database fails.
pub async fn count(tx: &mut Tx, meeting: MeetingId, by: Preparer) -> Result<usize, StoreFailure> {
    let count: i64 = on!(tx, connection => sqlx::query_scalar(COUNT)
        .bind(meeting.0).bind(by.role.word()).bind(by.person.0).fetch_one(connection))?;
    usize::try_from(count).map_err(|_| StoreFailure::Unexpected("agenda_parts"))
}

/// Keeps what one half of a pair writes for a meeting as it is now; parts that say nothing go.
///
/// # Errors
/// When the database fails.
pub async fn set(
    tx: &mut Tx,
    meeting: &Meeting,
    half: Role,
    agenda: &Agenda,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    let key = pair_keys::get(tx, meeting.pair).await?;
    let id: Uuid = meeting.id.0;
    for part in Part::ALL {
        match agenda.parts.get(part) {
            Some(text) => {
                let sealed = key.seal(place(meeting.id, half, *part), text)?;
                changed!(tx, sqlx::query(UPSERT).bind(id).bind(half.word()).bind(part.word()).bind(&sealed).bind(now))?;
            }
            None => {
                changed!(tx, sqlx::query(DELETE).bind(id).bind(half.word()).bind(part.word()))?;
            }
        }
    }
    Ok(())
}
