//! A pair is paused, or goes on: either half alone may pause, without a reason, and takes only their own pause back.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::ctx::Ctx;
use crate::domain::overview::PairOverview;
use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::pauses::{Pause, may_return_on};
use crate::domain::people::Person;
use crate::domain::permissions::{PausePair, Permit};
use crate::domain::reminders_rhythm::{pair_paused, pair_resumed_by};
use crate::render::pause_forms::{self, UNTIL};
use crate::render::words::mention;
use crate::slack::blocks::Markup;
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{calendars, carrying, held, pauses, pausing, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Who goes on earlier than the other could know has at least so long until the next meeting.
const ENOUGH_TIME: TimeDelta = TimeDelta::hours(24);

/// Pauses.
pub struct PauseIt;

impl Handler for PauseIt {
    type Action = PausePair;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<PausePair>, form: FormState) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        let day = form.date(UNTIL).and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok());
        let Some(day) = day else { return Ok(Answer::error(UNTIL, "Choose the day on which you go on.")) };
        if let Err(refused) = may_return_on(day, ctx.now().with_timezone(&me.zone()).date_naive()) {
            return Ok(Answer::error(UNTIL, refused.to_string()));
        }
        Ok(Answer::notice(pause(ctx, tx, &me, of, day).await?))
    }
}

/// Pauses a pair until a day that is known to be fine; what to say to who paused.
///
/// # Errors
/// When the pair is live no more, or the database fails.
pub async fn pause(
    ctx: &Ctx,
    tx: &mut Tx,
    me: &Person,
    mut of: PairOfPeople,
    until: NaiveDate,
) -> Result<Markup, Failure> {
    let now = ctx.now();
    let id = ctx.ids.opaque();
    let pause = Pause { id, pair: of.pair.id, person: me.id, until, set_at: now, ended_at: None };
    let standing = pausing::pause(tx, &mut of, &pause, &ctx.ids, now).await?;
    let told = pair_paused(&pause, &of, pause.ends_at(me.zone()), now);
    queue::enqueue(tx, &told, &ctx.ids, now).await?;
    calendars::changed(tx, of.pair.id, &[&told], &ctx.programme(), &ctx.ids, now).await?;
    let longer = standing.last(&of, now).map(|(last, _)| last).filter(|last| last.person != me.id);
    let planned = carrying::next_to_come(tx, of.pair.id, now).await?.map(|meeting| meeting.starts_at);
    let first = planned.or_else(|| standing.first_after(&of, now));
    Ok(pause_forms::is_paused(me, of.other(me.id), until, longer.map(|pause| pause.until), first))
}

/// Takes one's own pause back.
pub struct Resume;

impl Handler for Resume {
    type Action = PausePair;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<PausePair>, (): ()) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        Ok(Answer::notice(resume(ctx, tx, &me, of).await?))
    }
}

/// Takes somebody's pause of a pair back; what to say to them.
///
/// # Errors
/// When the database fails.
pub async fn resume(ctx: &Ctx, tx: &mut Tx, me: &Person, mut of: PairOfPeople) -> Result<Markup, Failure> {
    let now = ctx.now();
    let other = of.other(me.id).clone();
    if of.pair.state != PairState::Paused {
        let next = carrying::next_to_come(tx, of.pair.id, now).await?.map(|meeting| meeting.starts_at);
        return Ok(pause_forms::not_paused(&other, next));
    }
    let standing = pauses::standing(tx, of.pair.id).await?;
    let mine = standing.of(me, now).cloned();
    if let Some(theirs) = standing.of(&other, now) {
        if let Some(mine) = &mine {
            pauses::end(tx, mine, now).await?;
            screens::refresh_messages(tx, mine.id, now).await?;
            pausing::refresh(tx, &of, now).await?;
        }
        return Ok(pause_forms::other_pauses(&other, theirs.until, mine.is_some()));
    }
    if held::is_held(tx, of.pair.id).await? {
        // Rule 1 holds it back besides: what waits for them on Home decides.
        if let Some(mine) = &mine {
            pauses::end(tx, mine, now).await?;
            screens::refresh_messages(tx, mine.id, now).await?;
            pausing::refresh(tx, &of, now).await?;
        }
        let words = Markup::words("You and ").piece(&mention(&other)).and(
            " do not go on yet: your organisation’s chart holds your pair back. Home shows what the two of you can do.",
        );
        return Ok(words);
    }
    let next = pausing::go_on(tx, &mut of, now + ENOUGH_TIME, &ctx.programme(), &ctx.ids, now).await?;
    let told = mine.as_ref().map(|mine| pair_resumed_by(mine, &of, now));
    if let Some(told) = &told {
        queue::enqueue(tx, told, &ctx.ids, now).await?;
    }
    calendars::changed(tx, of.pair.id, &told.iter().collect::<Vec<_>>(), &ctx.programme(), &ctx.ids, now).await?;
    Ok(pause_forms::goes_on(&other, next.map(|next| next.starts_at)))
}

/// What is said to who wants to go on although it is the other who paused.
pub fn paused_by_other(pair: &PairOverview, me: &Person, now: DateTime<Utc>) -> Markup {
    let other = pair.of.other(me.id);
    match pair.pauses.of(other, now) {
        Some(theirs) => pause_forms::other_pauses(other, theirs.until, false),
        None => pause_forms::not_paused(other, None),
    }
}
