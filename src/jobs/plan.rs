//! Planning: what is owed by now goes into the outbox, and what time alone decides is decided.
//!
//! Owns: looking at pairs and meetings whose moment has come. Must not: talk to Slack.

use chrono::{DateTime, TimeDelta, Utc};

use super::departures::{self, Departed};
use super::watch::watch;
use super::{place, plan_asking, plan_introductions, plan_peers, plan_rhythm, together};
use crate::ctx::Ctx;
use crate::domain::identifiers::{MeetingId, PairId};
use crate::domain::inquiry::with_inquiries;
use crate::domain::letters;
use crate::domain::meetings::{Meeting, MeetingOfPair, MeetingState};
use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::reminders::{Plan, about_meeting, about_proposal};
use crate::domain::reminders_homework::{self, Between};
use crate::store::carrying::{self, Uncovered};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue;
use crate::store::{
    agenda, calendars, changeover, held, homework, inquiries, meetings, pairs, peer_questions, reviews, screens,
};

/// Pairs or meetings looked at in one tick.
pub(super) const A_TICK: i64 = 200;

/// How long what could not be looked at is left alone.
pub(super) const AFTER_FAILURE: TimeDelta = TimeDelta::hours(1);

/// Between two looks for a day on which a pair can meet.
const WITHOUT_A_DAY: TimeDelta = TimeDelta::days(1);

/// Looks at everything whose moment has come. Returns when there is something to look at next; a moment that has passed
/// means that there is more to do at once.
///
/// # Errors
/// When the database fails; what was planned before stays planned.
pub async fn tick(ctx: &Ctx) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    let now = ctx.now();
    let mut reading = ctx.db.read().await?;
    let mut due_pairs = pairs::due(&mut reading, now, A_TICK).await?;
    due_pairs.extend(reviews::pairs_without(&mut reading, A_TICK).await?);
    let due_meetings = meetings::due(&mut reading, now, A_TICK).await?;
    let due_peers = peer_questions::due(&mut reading, now, A_TICK).await?;
    drop(reading);
    for id in &due_peers {
        let mut tx = ctx.db.begin().await?;
        match plan_peers::look_at(ctx, &mut tx, *id).await {
            Ok(()) => tx.commit().await?,
            Err(failure) => {
                let mut tx = postpone(ctx, tx, failure).await?;
                peer_questions::set_attention(&mut tx, *id, Some(now + AFTER_FAILURE)).await?;
                tx.commit().await?;
            }
        }
    }
    for id in &due_pairs {
        let mut tx = ctx.db.begin().await?;
        match look_at_pair(ctx, &mut tx, *id).await {
            Ok(()) => tx.commit().await?,
            Err(failure) => {
                let mut tx = postpone(ctx, tx, failure).await?;
                pairs::set_attention(&mut tx, *id, Some(now + AFTER_FAILURE)).await?;
                tx.commit().await?;
            }
        }
    }
    for id in &due_meetings {
        let mut tx = ctx.db.begin().await?;
        match look_at_meeting(ctx, &mut tx, *id).await {
            Ok(()) => tx.commit().await?,
            Err(failure) => {
                let mut tx = postpone(ctx, tx, failure).await?;
                meetings::set_attention(&mut tx, *id, Some(now + AFTER_FAILURE)).await?;
                tx.commit().await?;
            }
        }
    }
    if !due_pairs.is_empty() || !due_meetings.is_empty() || !due_peers.is_empty() {
        ctx.bell.notify_one();
    }
    let asking = plan_asking::tick(ctx).await?;
    let asks = plan_introductions::tick(ctx).await?;
    let mut reading = ctx.db.read().await?;
    let next = [
        pairs::next_attention(&mut reading).await?,
        meetings::next_attention(&mut reading).await?,
        peer_questions::next_attention(&mut reading).await?,
        asking,
        asks,
    ];
    Ok(next.into_iter().flatten().min())
}

/// One row that cannot be read must not keep everybody else from being looked at. Takes back what was begun and opens a
/// transaction to put the row off; a database that is away fails the tick.
pub(super) async fn postpone(ctx: &Ctx, begun: Tx, failure: StoreFailure) -> Result<Tx, StoreFailure> {
    if failure.is_passing() {
        return Err(failure);
    }
    tracing::error!(%failure, "something cannot be planned; it is looked at again in an hour");
    drop(begun);
    ctx.db.begin().await
}

async fn look_at_pair(ctx: &Ctx, tx: &mut Tx, id: PairId) -> Result<(), StoreFailure> {
    let now = ctx.now();
    if !pairs::take_look(tx, id, now).await? {
        return Ok(());
    }
    let Some(mut of) = pairs::find(tx, id).await? else { return Ok(()) };
    let closes_at = match departures::look_at(ctx, tx, &of).await? {
        Departed::Closed => return Ok(()),
        Departed::ClosesAt(at) => Some(at),
        Departed::Nobody => None,
    };
    let inquiries = inquiries::of_pair(tx, id).await?;
    let mut plan = with_inquiries(about_proposal(&of, &ctx.programme(), now), &of, &inquiries, &ctx.programme(), now);
    if plan.time_is_up
        && let Ok(expired) = of.pair.clone().expire()
    {
        pairs::set_state(tx, &expired, PairState::Proposed, now).await?;
        of.pair = expired;
        inquiries::refresh(tx, id, now).await?;
        plan = about_proposal(&of, &ctx.programme(), now);
    }
    watch(ctx, tx, &of, &mut plan).await?;
    owe(ctx, tx, &plan, now).await?;
    if now >= of.pair.answer_by {
        // What the mentee sees changes when the time is over, not when the mentor answers.
        screens::refresh_homes(tx, &of).await?;
    }
    plan_rhythm::look_at(ctx, tx, &mut of, &mut plan).await?;
    if let Some(at) = closes_at {
        plan.look_at(at);
    }
    make_sure_they_meet(ctx, tx, &of, &mut plan).await?;
    pairs::look_again(tx, id, plan.look_again_at).await
}

/// A pair that meets has a meeting to come. Where its calendars leave no day for one, it is looked for every day.
async fn make_sure_they_meet(ctx: &Ctx, tx: &mut Tx, of: &PairOfPeople, plan: &mut Plan) -> Result<(), StoreFailure> {
    let (now, programme, id) = (ctx.now(), ctx.programme(), of.pair.id);
    let Some(rhythm) = of.pair.rhythm.as_ref().filter(|_| of.pair.state == PairState::Active) else { return Ok(()) };
    if carrying::next_to_come(tx, id, now).await?.is_some() || held::is_held(tx, id).await? {
        return Ok(());
    }
    let after = changeover::latest(tx, id, now).await?.map_or(now, |at| at.max(now));
    let new = MeetingId(ctx.ids.opaque());
    match Meeting::by_rhythm(new, id, rhythm, &of.working_times(&programme), after, now) {
        Some(next) => {
            meetings::plan(tx, &next).await?;
            calendars::go_on(tx, id, &programme, &ctx.ids, now).await?;
            screens::refresh_homes(tx, of).await
        }
        None => {
            plan.look_at(now + WITHOUT_A_DAY);
            Ok(())
        }
    }
}

async fn look_at_meeting(ctx: &Ctx, tx: &mut Tx, id: MeetingId) -> Result<(), StoreFailure> {
    let now = ctx.now();
    if !meetings::take_look(tx, id, now).await? {
        return Ok(());
    }
    let Some(mut of) = meetings::find(tx, id).await? else { return Ok(()) };
    // While a pair is paused, only what took place before is asked about.
    let took_place = of.of.pair.state == PairState::Paused && now >= of.meeting.starts_at;
    let is_held = held::is_held(tx, of.of.pair.id).await?;
    if is_held || (of.of.pair.state != PairState::Active && !took_place) {
        return meetings::set_attention(tx, id, None).await;
    }
    let placed_anew = place::place_anew(ctx, tx, &mut of).await?;
    if of.meeting.state != MeetingState::Planned {
        return meetings::set_attention(tx, id, None).await;
    }
    let empty = agenda::not_prepared(tx, &of).await?;
    let mut plan = about_meeting(&of, |person| empty.contains(&person), &ctx.programme(), now);
    let between = Between {
        before: meetings::last_before(tx, of.of.pair.id, of.meeting.starts_at).await?,
        homework: &homework::carried(tx, of.of.pair.id).await?,
        mentor_got: queue::count_to(tx, id.0, of.of.mentor.id).await?,
    };
    letters::invitation(&mut plan, &of, between.before.is_none(), &ctx.programme(), now);
    reminders_homework::nudge(&mut plan, &of, between, &ctx.programme(), now);
    if placed_anew {
        place::forget_what_was_asked(ctx, tx, &mut plan, &of).await?;
    }
    owe(ctx, tx, &plan, now).await?;
    if now >= of.meeting.starts_at {
        meetings::plan_following(tx, &of, &ctx.programme(), &ctx.ids, now).await?;
        calendars::go_on(tx, of.of.pair.id, &ctx.programme(), &ctx.ids, now).await?;
        // What says "next meeting" says so no more.
        if let Some(before) = meetings::last_held_before(tx, &of.meeting).await? {
            screens::refresh_messages(tx, before.0, now).await?;
        }
    }
    if plan.time_is_up {
        return give_up(ctx, tx, &mut of).await;
    }
    if now >= of.meeting.ends_at() {
        // Agendas close and "did you meet?" opens.
        screens::refresh_messages(tx, id.0, now).await?;
        screens::refresh_homes(tx, &of.of).await?;
    }
    meetings::look_again(tx, id, plan.look_again_at).await
}

async fn give_up(ctx: &Ctx, tx: &mut Tx, of: &mut MeetingOfPair) -> Result<(), StoreFailure> {
    let now = ctx.now();
    if let Ok(missed) = of.meeting.clone().missed(now) {
        of.meeting = missed;
        meetings::report(tx, &of.meeting, now).await?;
        carrying::carry(tx, of, &Uncovered::everything(), &ctx.ids, now).await?;
    }
    // Three in a row bring the review forward.
    pairs::set_attention(tx, of.of.pair.id, Some(now)).await?;
    debug_assert!(of.meeting.state != MeetingState::Planned, "a meeting given up has an outcome");
    screens::refresh_messages(tx, of.meeting.id.0, now).await?;
    screens::refresh_homes(tx, &of.of).await
}

pub(super) async fn owe(ctx: &Ctx, tx: &mut Tx, plan: &Plan, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    for owed in &plan.owed {
        if queue::enqueue(tx, owed, &ctx.ids, now).await? {
            together::owe_the_days(ctx, tx, owed, now).await?;
        }
    }
    Ok(())
}
