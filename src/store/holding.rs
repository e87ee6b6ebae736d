//! What holding a pair back does to the pair and its calendar, and what becomes of both when one of the two has acted.
//!
//! Nothing of the pair's is touched while it is held. What would have taken place meanwhile is left out, with its agenda
//! carried; the rhythm goes on from its own slots.

use chrono::{DateTime, Utc};

use super::carrying::{Uncovered, carry};
use super::db::Tx;
use super::failure::StoreFailure;
use super::outbox::queue;
use super::{calendars, held, meetings, pairs, pauses, reviews, screens};
use crate::domain::held::{Held, Outcome};
use crate::domain::identifiers::{MeetingId, PersonId};
use crate::domain::meetings::{Meeting, MeetingOfPair, MeetingState};
use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::working_time::WorkingTime;
use crate::ids::Ids;

/// Holds a live pair back and owes both the news. Does nothing to one that is held already.
///
/// # Errors
/// When the database fails.
pub async fn hold(
    tx: &mut Tx,
    of: &PairOfPeople,
    programme: &WorkingTime,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<bool, StoreFailure> {
    let pair = of.pair.id;
    let was_paused = !held::move_pair(tx, pair, PairState::Active, PairState::Paused).await?;
    let news = Held { pair, held_at: now, was_paused, settled: None };
    if !held::hold(tx, ids.opaque(), &news).await? {
        return Ok(false);
    }
    for owed in news.news(of, programme, now) {
        queue::enqueue(tx, &owed, ids, now).await?;
    }
    refresh(tx, of, now).await?;
    Ok(true)
}

/// They go on: unless the pair was paused besides, it meets again, by its rhythm.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when the pair is not held any more.
pub async fn go_on(
    tx: &mut Tx,
    of: &PairOfPeople,
    standing: &Held,
    by: PersonId,
    programme: &WorkingTime,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    held::settle(tx, of.pair.id, by, Outcome::GoesOn, now).await?;
    let mut of = of.clone();
    if pauses::standing(tx, of.pair.id).await?.0.is_empty() {
        of.pair.state = PairState::Active;
        held::move_pair(tx, of.pair.id, PairState::Paused, PairState::Active).await?;
        reviews::ask_anew(tx, &of, ids, now).await?;
    }
    queue::enqueue(tx, &standing.told(&of, by, now), ids, now).await?;
    let planned = meetings::without_outcome(tx, of.pair.id).await?;
    let mut passed = Vec::new();
    for meeting in planned {
        if meeting.starts_at > now {
            meetings::set_attention(tx, meeting.id, Some(now)).await?;
        } else if meeting.starts_at >= standing.held_at {
            passed.push(meeting);
        } else {
            // It took place before the pair was held: how it went is asked as ever.
            meetings::set_attention(tx, meeting.id, Some(now)).await?;
        }
    }
    plan_next(tx, &of, passed.last(), programme, ids, now).await?;
    for meeting in passed {
        let skipped = Meeting { state: MeetingState::Skipped, ..meeting.clone() };
        meetings::report(tx, &skipped, now).await?;
        let left_out = MeetingOfPair { meeting, of: of.clone() };
        carry(tx, &left_out, &Uncovered::everything(), ids, now).await?;
        screens::refresh_messages(tx, left_out.meeting.id.0, now).await?;
    }
    pairs::set_attention(tx, of.pair.id, Some(now)).await?;
    let told = standing.told(&of, by, now);
    calendars::changed(tx, of.pair.id, &[&told], programme, ids, now).await?;
    refresh(tx, &of, now).await
}

/// Makes sure that a meeting is to come, for nobody has planned one meanwhile.
async fn plan_next(
    tx: &mut Tx,
    of: &PairOfPeople,
    last: Option<&Meeting>,
    programme: &WorkingTime,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    // A pause of one of the two goes on.
    if of.pair.state != PairState::Active {
        return Ok(());
    }
    let is_planned = meetings::without_outcome(tx, of.pair.id).await?.iter().any(|meeting| meeting.starts_at > now);
    if is_planned {
        return Ok(());
    }
    match (last, &of.pair.rhythm) {
        (Some(last), _) => {
            let last = MeetingOfPair { meeting: last.clone(), of: of.clone() };
            meetings::plan_following(tx, &last, programme, ids, now).await
        }
        (None, Some(rhythm)) => {
            let both = of.working_times(programme);
            match Meeting::first(MeetingId(ids.opaque()), of.pair.id, rhythm, &both, now) {
                Some(next) => meetings::plan(tx, &next).await,
                None => Ok(()),
            }
        }
        (None, None) => Ok(()),
    }
}

async fn refresh(tx: &mut Tx, of: &PairOfPeople, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    screens::refresh_messages(tx, of.pair.id.0, now).await?;
    screens::refresh_homes(tx, of).await
}
