//! One meeting is moved or left out, before it begins: the other half is told, and nothing else moves.

use chrono::{NaiveDate, NaiveTime};

use crate::ctx::Ctx;
use crate::domain::meetings::{CannotChange, MeetingOfPair, MeetingState};
use crate::domain::pairs::PairState;
use crate::domain::people::Person;
use crate::domain::permissions::{ChangeMeeting, Permit};
use crate::domain::reminders::{MessageKind, Owed};
use crate::domain::working_time::instant;
use crate::render::change_forms::{DATE, TIME};
use crate::render::words::{mention, when};
use crate::slack::blocks::Markup;
use crate::slack::inbound::FormState;
use crate::store::carrying::{Uncovered, carry};
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{calendars, meetings, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Moves it.
pub struct Move;

impl Handler for Move {
    type Action = ChangeMeeting;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ChangeMeeting>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, mut of) = permit.take();
        if let Some(paused) = is_paused(&of, &me) {
            return Ok(Answer::notice(paused));
        }
        let Some(day) = form.date(DATE).and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()) else {
            return Ok(Answer::error(DATE, "Choose a day."));
        };
        let Some(time) = form.time(TIME).and_then(|text| NaiveTime::parse_from_str(text, "%H:%M").ok()) else {
            return Ok(Answer::error(TIME, "Choose a time of day, such as 10:00."));
        };
        let to = instant(me.zone(), day.and_time(time));
        let Some(rhythm) = of.of.pair.rhythm.clone() else {
            return Ok(Answer::error(DATE, "This pair has no rhythm any more."));
        };
        match of.meeting.clone().moved(to, &rhythm, now) {
            Ok(moved) => of.meeting = moved,
            Err(reason @ (CannotChange::Already(_) | CannotChange::Begun)) => {
                return Ok(Answer::notice(cannot_change(&of, &me, reason)));
            }
            Err(CannotChange::Past) => return Ok(Answer::error(DATE, "That time is over. Choose one to come.")),
            Err(CannotChange::Same) => return Ok(Answer::error(TIME, "That is when you meet already.")),
            Err(CannotChange::PastTheNext(next)) => {
                let next = next.with_timezone(&me.zone()).format("%A, %-d %B, %H:%M");
                return Ok(Answer::error(
                    DATE,
                    format!("You meet again on {next}. Choose a time before that, or skip this one."),
                ));
            }
        }
        if meetings::is_taken(tx, of.of.pair.id, to).await? {
            return Ok(Answer::error(TIME, "You have skipped a meeting at exactly this time. Choose another minute."));
        }
        meetings::set_start(tx, &of.meeting).await?;
        queue::drop_waiting(tx, of.meeting.id.0, now).await?;
        tell(ctx, tx, &of, &me, MessageKind::MeetingMoved).await?;
        Ok(Answer::Nothing)
    }
}

/// Leaves it out.
pub struct LeaveOut;

impl Handler for LeaveOut {
    type Action = ChangeMeeting;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ChangeMeeting>, _form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, mut of) = permit.take();
        if let Some(paused) = is_paused(&of, &me) {
            return Ok(Answer::notice(paused));
        }
        match of.meeting.clone().left_out(now) {
            Ok(left_out) => of.meeting = left_out,
            Err(reason) => return Ok(Answer::notice(cannot_change(&of, &me, reason))),
        }
        meetings::report(tx, &of.meeting, now).await?;
        meetings::plan_following(tx, &of, &ctx.programme(), &ctx.ids, now).await?;
        carry(tx, &of, &Uncovered::everything(), &ctx.ids, now).await?;
        queue::drop_waiting(tx, of.meeting.id.0, now).await?;
        tell(ctx, tx, &of, &me, MessageKind::MeetingLeftOut).await?;
        Ok(Answer::Nothing)
    }
}

async fn tell(ctx: &Ctx, tx: &mut Tx, of: &MeetingOfPair, me: &Person, kind: MessageKind) -> Result<(), Failure> {
    let now = ctx.now();
    let told = Owed::meeting_changed(kind, of, me.id, now);
    queue::enqueue(tx, &told, &ctx.ids, now).await?;
    calendars::changed(tx, of.of.pair.id, &[&told], &ctx.programme(), &ctx.ids, now).await?;
    screens::refresh_messages(tx, of.meeting.id.0, now).await?;
    if let Some(before) = meetings::last_held_before(tx, &of.meeting).await? {
        screens::refresh_messages(tx, before.0, now).await?;
    }
    screens::refresh_homes(tx, &of.of).await?;
    Ok(())
}

/// Why a meeting stays as it is.
pub fn cannot_change(of: &MeetingOfPair, me: &Person, reason: CannotChange) -> Markup {
    let meeting = mention(of.of.other(me.id)).and(", ").piece(&when(of.meeting.starts_at));
    match reason {
        CannotChange::Already(MeetingState::Skipped) => {
            Markup::words("Your meeting with ").piece(&meeting).and(" is skipped already.")
        }
        _ => Markup::words("Your meeting with ")
            .piece(&meeting)
            .and(" has begun; it can't be moved or skipped any more."),
    }
}

/// Why nothing is moved or left out while a pair is paused.
pub fn is_paused(of: &MeetingOfPair, me: &Person) -> Option<Markup> {
    let with = mention(of.of.other(me.id));
    (of.of.pair.state == PairState::Paused).then(|| {
        Markup::words("Your meetings with ")
            .piece(&with)
            .and(" are paused. Nothing was changed; you can when you go on.")
    })
}
