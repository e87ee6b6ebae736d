//! What pausing and going on do to a pair's calendar.
//!
//! A pause leaves out what it covers and touches nothing else: what follows is planned from the rhythm's own slots.

use chrono::{DateTime, Utc};

use super::carrying::{Uncovered, carry};
use super::db::Tx;
use super::failure::StoreFailure;
use super::outbox::queue;
use super::{changeover, meetings, pairs, pauses, reviews, rhythm_proposals, screens};
use crate::domain::identifiers::{MeetingId, PairId};
use crate::domain::meetings::{Meeting, MeetingOfPair};
use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::pauses::{Pause, Pauses};
use crate::domain::rhythm_proposals::ProposalState;
use crate::domain::working_time::WorkingTime;
use crate::ids::Ids;

/// Pauses a pair, instead of an earlier pause of the same person: what has not begun and falls before the day on which the
/// pair goes on is left out, with its agenda carried; a rhythm proposed and not decided is open no more. Returns the pauses
/// that stand now.
///
/// # Errors
/// When the pair is live no more, or the database fails.
pub async fn pause(
    tx: &mut Tx,
    of: &mut PairOfPeople,
    pause: &Pause,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<Pauses, StoreFailure> {
    for earlier in pauses::standing(tx, of.pair.id).await?.0 {
        if earlier.person == pause.person {
            pauses::end(tx, &earlier, now).await?;
            screens::refresh_messages(tx, earlier.id, now).await?;
        }
    }
    pauses::insert(tx, pause).await?;
    if of.pair.state != PairState::Paused {
        pauses::set_pair(tx, of.pair.id, PairState::Active, PairState::Paused).await?;
        of.pair.state = PairState::Paused;
    }
    let standing = pauses::standing(tx, of.pair.id).await?;
    if let Some((_, goes_on_at)) = standing.last(of, now) {
        leave_out(tx, of, goes_on_at, ids, now).await?;
    }
    overtake_proposals(tx, of.pair.id, now).await?;
    refresh(tx, of, now).await?;
    Ok(standing)
}

/// Rhythms proposed and not decided are open no more: the pair pauses, or has another rhythm by now.
///
/// # Errors
/// When the database fails.
pub async fn overtake_proposals(tx: &mut Tx, pair: PairId, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    for proposal in rhythm_proposals::unsettled(tx, pair, DateTime::UNIX_EPOCH).await? {
        let from = proposal.state;
        // What was turned down is told when its time is over; after that there is nothing to take back.
        if from == ProposalState::Lapsed || (from == ProposalState::Kept && now >= proposal.answer_by) {
            continue;
        }
        let overtaken = proposal.settled(ProposalState::Overtaken, now);
        rhythm_proposals::settle(tx, &overtaken, from).await?;
        queue::drop_waiting(tx, overtaken.id, now).await?;
        screens::refresh_messages(tx, overtaken.id, now).await?;
    }
    Ok(())
}

async fn leave_out(
    tx: &mut Tx,
    of: &PairOfPeople,
    goes_on_at: DateTime<Utc>,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    for meeting in meetings::without_outcome(tx, of.pair.id).await? {
        if meeting.starts_at >= goes_on_at {
            continue;
        }
        // What has begun takes place.
        let Ok(left_out) = meeting.left_out(now) else { continue };
        let left_out = MeetingOfPair { meeting: left_out, of: of.clone() };
        meetings::report(tx, &left_out.meeting, now).await?;
        carry(tx, &left_out, &Uncovered::everything(), ids, now).await?;
        queue::drop_waiting(tx, left_out.meeting.id.0, now).await?;
        screens::refresh_messages(tx, left_out.meeting.id.0, now).await?;
    }
    Ok(())
}

/// A paused pair goes on: its next meeting is on the calendar, the first slot of the rhythm after `after` and after every
/// meeting there was, so that what was left out stays left out. Returns that meeting.
///
/// # Errors
/// When the pair is not paused, or the database fails.
pub async fn go_on(
    tx: &mut Tx,
    of: &mut PairOfPeople,
    after: DateTime<Utc>,
    programme: &WorkingTime,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<Option<Meeting>, StoreFailure> {
    pauses::set_pair(tx, of.pair.id, PairState::Paused, PairState::Active).await?;
    of.pair.state = PairState::Active;
    for pause in pauses::standing(tx, of.pair.id).await?.0 {
        pauses::end(tx, &pause, now).await?;
        screens::refresh_messages(tx, pause.id, now).await?;
    }
    reviews::ask_anew(tx, of, ids, now).await?;
    let to_come =
        meetings::without_outcome(tx, of.pair.id).await?.into_iter().filter(|meeting| meeting.starts_at > now);
    let to_come: Vec<Meeting> = to_come.collect();
    for meeting in &to_come {
        // Nothing was said about it meanwhile.
        meetings::set_attention(tx, meeting.id, Some(now)).await?;
    }
    let mut next = to_come.into_iter().next();
    if let (None, Some(rhythm)) = (&next, &of.pair.rhythm) {
        let after = changeover::latest(tx, of.pair.id, now).await?.map_or(after, |at| at.max(after));
        next =
            Meeting::by_rhythm(MeetingId(ids.opaque()), of.pair.id, rhythm, &of.working_times(programme), after, now);
        if let Some(next) = &next {
            meetings::plan(tx, next).await?;
        }
    }
    refresh(tx, of, now).await?;
    Ok(next)
}

/// Everything about a pair shows what is; the planner looks at it at once.
///
/// # Errors
/// When the database fails.
pub async fn refresh(tx: &mut Tx, of: &PairOfPeople, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    pairs::set_attention(tx, of.pair.id, Some(now)).await?;
    screens::refresh_messages(tx, of.pair.id.0, now).await?;
    screens::refresh_homes(tx, of).await
}
