//! A pair changes to another rhythm: its next meeting takes another slot, as the same row with everything on its agenda.

use chrono::{DateTime, TimeDelta, Utc};

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::outbox::queue;
use super::statements::statements;
use super::{meetings, pairs, screens};
use crate::domain::identifiers::{MeetingId, PairId};
use crate::domain::meetings::Meeting;
use crate::domain::pairs::PairOfPeople;
use crate::domain::rhythm::Rhythm;
use crate::domain::rhythm_proposals::{self, Changeover, ENOUGH_TIME};
use crate::domain::working_time::WorkingTime;
use crate::ids::Ids;

statements! {
    SET_SLOT = "UPDATE meetings SET slot_at = $2, starts_at = $3, length_minutes = $4, planned_at = $5, attention_at = $5,
        placed_at = $3, revision = $6 WHERE id = $1 AND state = 'planned'";
    LATEST = "SELECT MAX(CASE WHEN slot_at > starts_at THEN slot_at ELSE starts_at END) FROM meetings
        WHERE pair_id = $1 AND NOT (state = 'planned' AND starts_at > $2)";
}

/// The last slot or start of all meetings of a pair, but for planned ones that start after a moment.
///
/// # Errors
/// When the database fails.
pub async fn latest(
    tx: &mut Tx,
    pair: PairId,
    but_after: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(LATEST).bind(pair.0).bind(but_after).fetch_one(connection))
}

/// Where meetings would go if a pair changed to another rhythm now.
///
/// # Errors
/// When the database fails.
pub async fn preview(
    tx: &mut Tx,
    of: &PairOfPeople,
    new: &Rhythm,
    programme: &WorkingTime,
    now: DateTime<Utc>,
) -> Result<Changeover, StoreFailure> {
    let latest = latest(tx, of.pair.id, now + ENOUGH_TIME).await?;
    let planned = meetings::without_outcome(tx, of.pair.id).await?;
    Ok(rhythm_proposals::changeover(&planned, latest, new, &of.working_times(programme), now))
}

/// Changes a pair's rhythm: the meeting that can still move takes the first slot of the new one; without one, a meeting is
/// planned there. What waits to be sent about the old time is dropped.
///
/// # Errors
/// When the pair is live no more, or the database fails.
pub async fn change(
    tx: &mut Tx,
    of: &mut PairOfPeople,
    new: &Rhythm,
    programme: &WorkingTime,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    let Changeover { moves, first } = preview(tx, of, new, programme, now).await?;
    pairs::set_rhythm(tx, of.pair.id, new).await?;
    of.pair.rhythm = Some(new.clone());
    match (moves, first) {
        (Some(meeting), _) => {
            set_slot(tx, &meeting).await?;
            queue::drop_waiting(tx, meeting.id.0, now).await?;
            screens::refresh_messages(tx, meeting.id.0, now).await?;
        }
        (None, Some(first)) => {
            let just_before = first - TimeDelta::seconds(1);
            let (id, both) = (MeetingId(ids.opaque()), of.working_times(programme));
            if let Some(next) = Meeting::by_rhythm(id, of.pair.id, new, &both, just_before, now) {
                meetings::plan(tx, &next).await?;
            }
        }
        (None, None) => pairs::set_attention(tx, of.pair.id, Some(now)).await?,
    }
    Ok(())
}

/// Keeps another slot of a planned meeting; the planner looks at it at once.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it has an outcome already.
async fn set_slot(tx: &mut Tx, meeting: &Meeting) -> Result<(), StoreFailure> {
    let changed = changed!(
        tx,
        sqlx::query(SET_SLOT)
            .bind(meeting.id.0)
            .bind(meeting.slot_at)
            .bind(meeting.starts_at)
            .bind(i32::from(meeting.length_minutes))
            .bind(meeting.planned_at)
            .bind(meetings::revision(meeting)?)
    )?;
    one_row(changed, "the meeting's slot")
}
