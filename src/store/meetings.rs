//! Meetings as kept.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::statements::statements;
use super::vault::Place;
use super::{agenda_items, pair_keys, pairs};
use crate::domain::identifiers::{MeetingId, PairId, PersonId};
use crate::domain::meetings::{Meeting, MeetingOfPair, MeetingState};
use crate::domain::pairs::PairState;
use crate::domain::working_time::WorkingTime;
use crate::ids::Ids;

statements! {
    INSERT = "INSERT INTO meetings (id, pair_id, slot_at, starts_at, length_minutes, state, planned_at, attention_at, placed_at, revision)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $4, $8) ON CONFLICT (pair_id, starts_at) DO NOTHING";
    BY_ID = "SELECT id, pair_id, COALESCE(slot_at, starts_at) AS slot_at, starts_at, length_minutes, state, planned_at, not_yet_at, most_useful, revision
        FROM meetings WHERE id = $1";
    UPCOMING = "SELECT id, pair_id, COALESCE(slot_at, starts_at) AS slot_at, starts_at, length_minutes, state, planned_at, not_yet_at, most_useful, revision
        FROM meetings WHERE pair_id = $1 AND state = 'planned' ORDER BY starts_at";
    FIRST_OF_LATER_SLOT = "SELECT id, pair_id, COALESCE(slot_at, starts_at) AS slot_at, starts_at, length_minutes, state, planned_at, not_yet_at, most_useful, revision
        FROM meetings WHERE pair_id = $1 AND slot_at > $2 ORDER BY slot_at, starts_at LIMIT 1";
    REPORT = "UPDATE meetings SET state = $2, not_yet_at = $3, most_useful = $4, attention_at = $5, revision = $6
        WHERE id = $1 AND state = 'planned'";
    MOVE = "UPDATE meetings SET starts_at = $2, planned_at = $3, attention_at = $3, revision = $4 WHERE id = $1 AND state = 'planned'";
    AT = "SELECT COUNT(*) FROM meetings WHERE pair_id = $1 AND starts_at = $2";
    SET_ATTENTION = "UPDATE meetings SET attention_at = $2 WHERE id = $1";
    TAKE_LOOK = "UPDATE meetings SET attention_at = NULL WHERE id = $1 AND attention_at <= $2";
    // What somebody else wants looked at earlier stays so.
    LOOK_AGAIN = "UPDATE meetings SET attention_at = CASE WHEN attention_at IS NULL OR attention_at > $2 THEN $2
        ELSE attention_at END WHERE id = $1";
    DUE = "SELECT id FROM meetings WHERE attention_at <= $1 ORDER BY attention_at, id LIMIT $2";
    TO_COME_OF = "SELECT m.id FROM meetings m JOIN pairs p ON p.id = m.pair_id
        WHERE m.state = 'planned' AND p.state = 'active' AND (p.mentee_id = $1 OR p.mentor_id = $1) AND m.starts_at > $2
        ORDER BY m.starts_at, m.id";
    LAST_BEFORE = "SELECT MAX(starts_at) FROM meetings WHERE pair_id = $1 AND starts_at < $2 AND state <> 'moved'";
    LAST_HELD_BEFORE = "SELECT id FROM meetings WHERE pair_id = $1 AND slot_at < $2 AND state = 'held'
        ORDER BY slot_at DESC LIMIT 1";
    NEXT_ATTENTION = "SELECT MIN(attention_at) FROM meetings WHERE attention_at IS NOT NULL";
}

#[derive(FromRow)]
struct MeetingRow {
    id: Uuid,
    pair_id: Uuid,
    slot_at: DateTime<Utc>,
    starts_at: DateTime<Utc>,
    length_minutes: i32,
    state: String,
    planned_at: DateTime<Utc>,
    not_yet_at: Option<DateTime<Utc>>,
    most_useful: Option<Vec<u8>>,
    revision: i32,
}

fn most_useful(id: Uuid) -> Place {
    Place { table: "meetings", column: "most_useful", row: id }
}

pub(super) fn revision(meeting: &Meeting) -> Result<i32, StoreFailure> {
    i32::try_from(meeting.revision).map_err(|_| StoreFailure::Unexpected("meetings.revision"))
}

impl MeetingRow {
    async fn into_meeting(self, tx: &mut Tx) -> Result<Meeting, StoreFailure> {
        let pair = PairId(self.pair_id);
        let most_useful = match &self.most_useful {
            Some(sealed) => Some(pair_keys::get(tx, pair).await?.open(most_useful(self.id), sealed)?),
            None => None,
        };
        Ok(Meeting {
            id: MeetingId(self.id),
            pair,
            slot_at: self.slot_at,
            starts_at: self.starts_at,
            length_minutes: u16::try_from(self.length_minutes)
                .map_err(|_| StoreFailure::Unexpected("meetings.length"))?,
            state: MeetingState::from_word(&self.state).ok_or(StoreFailure::Unexpected("meetings.state"))?,
            planned_at: self.planned_at,
            not_yet_at: self.not_yet_at,
            most_useful,
            revision: u32::try_from(self.revision).map_err(|_| StoreFailure::Unexpected("meetings.revision"))?,
        })
    }
}

/// Puts a meeting on the calendar; one at the same moment stays as it is.
///
/// # Errors
/// When the database fails.
pub async fn plan(tx: &mut Tx, meeting: &Meeting) -> Result<(), StoreFailure> {
    let planned = changed!(
        tx,
        sqlx::query(INSERT)
            .bind(meeting.id.0)
            .bind(meeting.pair.0)
            .bind(meeting.slot_at)
            .bind(meeting.starts_at)
            .bind(i32::from(meeting.length_minutes))
            .bind(meeting.state.word())
            .bind(meeting.planned_at)
            .bind(revision(meeting)?)
    )?;
    // What waited for the pair's next meeting is on the agenda of this one.
    if planned == 1 { agenda_items::adopt(tx, meeting).await } else { Ok(()) }
}

/// Makes sure that the meeting after this one is on the calendar, on a day that both work.
///
/// # Errors
/// When the database fails.
pub async fn plan_following(
    tx: &mut Tx,
    of: &MeetingOfPair,
    programme: &WorkingTime,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    let Some(rhythm) = &of.of.pair.rhythm else { return Ok(()) };
    // While a pair is paused nothing is put on its calendar.
    if of.of.pair.state == PairState::Paused {
        return Ok(());
    }
    if first_of_later_slot(tx, of.of.pair.id, of.meeting.slot_at).await?.is_some() {
        return Ok(());
    }
    match of.meeting.following(MeetingId(ids.opaque()), rhythm, &of.of.working_times(programme), now) {
        Some(next) => plan(tx, &next).await,
        // There is no day as yet on which they could meet: the pair is looked at until there is one.
        None => pairs::set_attention(tx, of.of.pair.id, Some(now)).await,
    }
}

/// Finds a meeting with its pair and its people.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: MeetingId) -> Result<Option<MeetingOfPair>, StoreFailure> {
    let row: Option<MeetingRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let meeting = row.into_meeting(tx).await?;
    let of = pairs::find(tx, meeting.pair).await?.ok_or(StoreFailure::Unexpected("meetings.pair_id"))?;
    Ok(Some(MeetingOfPair { meeting, of }))
}

/// A pair's meetings without an outcome, the earliest first: to come, or waiting for a report.
///
/// # Errors
/// When the database fails.
pub async fn without_outcome(tx: &mut Tx, pair: PairId) -> Result<Vec<Meeting>, StoreFailure> {
    let rows: Vec<MeetingRow> = on!(tx, connection => sqlx::query_as(UPCOMING).bind(pair.0).fetch_all(connection))?;
    let mut meetings = Vec::with_capacity(rows.len());
    for row in rows {
        meetings.push(row.into_meeting(tx).await?);
    }
    Ok(meetings)
}

/// The pair's first meeting on the calendar whose slot lies after another, whatever its state.
///
/// # Errors
/// When the database fails.
pub async fn first_of_later_slot(
    tx: &mut Tx,
    pair: PairId,
    after: DateTime<Utc>,
) -> Result<Option<Meeting>, StoreFailure> {
    let row: Option<MeetingRow> =
        on!(tx, connection => sqlx::query_as(FIRST_OF_LATER_SLOT).bind(pair.0).bind(after).fetch_optional(connection))?;
    match row {
        Some(row) => Ok(Some(row.into_meeting(tx).await?)),
        None => Ok(None),
    }
}

/// Keeps what was reported about a planned meeting. One with an outcome needs no more attention; one without is looked at
/// `look_at`.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it has an outcome already.
pub async fn report(tx: &mut Tx, meeting: &Meeting, look_at: DateTime<Utc>) -> Result<(), StoreFailure> {
    let sealed = match &meeting.most_useful {
        Some(text) => Some(pair_keys::get(tx, meeting.pair).await?.seal(most_useful(meeting.id.0), text)?),
        None => None,
    };
    let attention = (meeting.state == MeetingState::Planned).then_some(look_at);
    let changed = changed!(
        tx,
        sqlx::query(REPORT)
            .bind(meeting.id.0)
            .bind(meeting.state.word())
            .bind(meeting.not_yet_at)
            .bind(sealed.as_deref())
            .bind(attention)
            .bind(revision(meeting)?)
    )?;
    one_row(changed, "the meeting's outcome")
}

/// Keeps another start of a planned meeting; the planner looks at it at once.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it has an outcome already.
pub async fn set_start(tx: &mut Tx, meeting: &Meeting) -> Result<(), StoreFailure> {
    let changed = changed!(
        tx,
        sqlx::query(MOVE).bind(meeting.id.0).bind(meeting.starts_at).bind(meeting.planned_at).bind(revision(meeting)?)
    )?;
    one_row(changed, "the meeting's start")
}

/// Whether a pair has a meeting at a moment, whatever its state.
///
/// # Errors
/// When the database fails.
pub async fn is_taken(tx: &mut Tx, pair: PairId, at: DateTime<Utc>) -> Result<bool, StoreFailure> {
    let count: i64 = on!(tx, connection => sqlx::query_scalar(AT).bind(pair.0).bind(at).fetch_one(connection))?;
    Ok(count > 0)
}

/// Says when the planner shall look at a meeting again.
///
/// # Errors
/// When the database fails.
pub async fn set_attention(tx: &mut Tx, id: MeetingId, at: Option<DateTime<Utc>>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(SET_ATTENTION).bind(id.0).bind(at))?;
    Ok(())
}

/// The planner begins to look at a meeting: what others change from here on waits for the end of this look, and asks for another.
/// False when there is no look to be taken any more.
///
/// # Errors
/// When the database fails.
pub async fn take_look(tx: &mut Tx, id: MeetingId, now: DateTime<Utc>) -> Result<bool, StoreFailure> {
    Ok(changed!(tx, sqlx::query(TAKE_LOOK).bind(id.0).bind(now))? == 1)
}

/// The planner has looked at a meeting, and looks again then, or earlier if that is wanted already.
///
/// # Errors
/// When the database fails.
pub async fn look_again(tx: &mut Tx, id: MeetingId, at: Option<DateTime<Utc>>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(LOOK_AGAIN).bind(id.0).bind(at))?;
    Ok(())
}

/// Meetings the planner shall look at by now, the longest waiting first.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<MeetingId>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(DUE).bind(now).bind(limit).fetch_all(connection))?;
    Ok(ids.into_iter().map(MeetingId).collect())
}

/// When the planner has something to look at next.
///
/// # Errors
/// When the database fails.
pub async fn next_attention(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(NEXT_ATTENTION).fetch_one(connection))
}

/// When the pair's meeting before a moment began, whatever became of it.
///
/// # Errors
/// When the database fails.
pub async fn last_before(
    tx: &mut Tx,
    pair: PairId,
    before: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(LAST_BEFORE).bind(pair.0).bind(before).fetch_one(connection))
}

/// Every meeting to come of somebody's pairs, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn to_come_of(tx: &mut Tx, person: PersonId, now: DateTime<Utc>) -> Result<Vec<MeetingId>, StoreFailure> {
    let ids: Vec<Uuid> =
        on!(tx, connection => sqlx::query_scalar(TO_COME_OF).bind(person.0).bind(now).fetch_all(connection))?;
    Ok(ids.into_iter().map(MeetingId).collect())
}

/// The pair's last meeting that was held before another: the one whose messages say when they meet next.
///
/// # Errors
/// When the database fails.
pub async fn last_held_before(tx: &mut Tx, meeting: &Meeting) -> Result<Option<MeetingId>, StoreFailure> {
    let id: Option<Uuid> = on!(tx, connection => sqlx::query_scalar(LAST_HELD_BEFORE)
        .bind(meeting.pair.0).bind(meeting.slot_at).fetch_optional(connection))?;
    Ok(id.map(MeetingId))
}
