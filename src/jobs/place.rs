//! Placing anew: a planned meeting whose day is no working day any more, or is one again, goes where the calendar puts it.
//!
//! Owns: what happens to the meeting, its agenda and its messages then. Must not: touch a meeting that somebody has moved,
//! nor say whose day off it was.

use chrono::TimeDelta;

use crate::ctx::Ctx;
use crate::domain::meetings::{MeetingOfPair, MeetingState};
use crate::domain::placing::Placed;
use crate::domain::reminders::{MessageKind, Owed, Plan};
use crate::store::carrying::{self, Uncovered};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue;
use crate::store::{calendars, meetings, screens, working_times};

/// Puts a meeting where it belongs by the calendars of this moment, or leaves it out where there is no place; both are told.
/// A meeting that is where it belongs, or was moved by hand, stays. Returns whether it is elsewhere now.
///
/// # Errors
/// When the database fails.
pub async fn place_anew(ctx: &Ctx, tx: &mut Tx, of: &mut MeetingOfPair) -> Result<bool, StoreFailure> {
    let (now, programme) = (ctx.now(), ctx.programme());
    let Some(rhythm) = of.of.pair.rhythm.as_ref().filter(|_| of.of.both_are_here()) else { return Ok(false) };
    let Some(placed) = of.meeting.to_be_placed(rhythm, &of.of.working_times(&programme), now) else { return Ok(false) };
    if !working_times::is_put_by_the_calendar(tx, &of.meeting).await? {
        return Ok(false);
    }
    let was_at = of.meeting.starts_at;
    let kind = match (placed, of.meeting.clone().left_out(now)) {
        // A meeting that was skipped by hand at exactly that moment is in the way.
        (Placed::At(at), _) if meetings::is_taken(tx, of.of.pair.id, at).await? => return Ok(false),
        (Placed::At(at), _) => {
            of.meeting = of.meeting.clone().placed_anew(at, now);
            if !working_times::place_anew(tx, &of.meeting).await? {
                return Ok(false);
            }
            MessageKind::MeetingPlacedAnew
        }
        (Placed::Skipped, Ok(left_out)) => {
            of.meeting = left_out;
            debug_assert!(of.meeting.state == MeetingState::Skipped, "left out is skipped");
            meetings::report(tx, &of.meeting, now).await?;
            meetings::plan_following(tx, of, &programme, &ctx.ids, now).await?;
            carrying::carry(tx, of, &Uncovered::everything(), &ctx.ids, now).await?;
            MessageKind::MeetingFellOut
        }
        (Placed::Skipped, Err(_)) => return Ok(false),
    };
    queue::drop_waiting(tx, of.meeting.id.0, now).await?;
    let news = [&of.of.mentee, &of.of.mentor].map(|half| Owed::calendar_news(kind, of, half, was_at, &programme, now));
    for owed in &news {
        queue::enqueue(tx, owed, &ctx.ids, now).await?;
        screens::refresh_home(tx, owed.to).await?;
    }
    calendars::changed(tx, of.of.pair.id, &news.each_ref(), &programme, &ctx.ids, now).await?;
    screens::refresh_messages(tx, of.meeting.id.0, now).await?;
    Ok(true)
}

/// Takes out of the plan of a meeting that was placed anew what would be asked a second time at once: the question that is
/// out shows the new time.
///
/// # Errors
/// When the database fails.
pub async fn forget_what_was_asked(
    ctx: &Ctx,
    tx: &mut Tx,
    plan: &mut Plan,
    of: &MeetingOfPair,
) -> Result<(), StoreFailure> {
    let now = ctx.now();
    if !queue::is_out(tx, of.meeting.id.0, MessageKind::AgendaRequest).await? {
        return Ok(());
    }
    for owed in plan.owed.iter_mut().filter(|owed| owed.kind == MessageKind::AgendaRequest) {
        // Its window is over before it opens: it is kept as said.
        owed.until = now - TimeDelta::seconds(1);
    }
    Ok(())
}
