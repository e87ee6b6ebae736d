//! *We talked*, *Not yet*, *No longer needed*: what the asker says came of it.

use crate::ctx::Ctx;
use crate::domain::introductions::{FollowUp, IntroductionState};
use crate::domain::permissions::{FollowUpAsk, Permit};
use crate::domain::reminders::MessageKind;
use crate::render::introduction_asker::what_came;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{introductions, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// What is said to somebody who has said so before.
pub fn told_before() -> Markup {
    Markup::words("You have told me already. Thank you!")
}

/// *We talked*: opens the form that asks what came of it.
pub struct OpenWhatCame;

impl Handler for OpenWhatCame {
    type Action = FollowUpAsk;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, _tx: &mut Tx, permit: Permit<FollowUpAsk>, (): ()) -> Result<Answer, Failure> {
        let of = permit.object;
        if of.awaits_follow_up() { Ok(Answer::Modal(what_came(&of))) } else { Ok(Answer::notice(told_before())) }
    }
}

/// *Not yet*, or *No longer needed*.
pub struct SayWhatCame;

impl Handler for SayWhatCame {
    type Action = FollowUpAsk;
    type Input = FollowUp;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<FollowUpAsk>, answer: FollowUp) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, mut of) = permit.take();
        if of.introduction.follow_up(answer, now).is_err() {
            return Ok(Answer::notice(told_before()));
        }
        // The planner looks at once, and asks once more in a week.
        introductions::save(tx, &mut of, Some(now)).await?;
        if answer == FollowUp::NotYet && of.introduction.state == IntroductionState::Met {
            let mut nudge = of.news(MessageKind::NamesMeetNudge, of.introduction.id.0, now);
            nudge.due_at = me.working_time(&ctx.programme()).next_open(now);
            queue::enqueue(tx, &nudge, &ctx.ids, now).await?;
        }
        screens::refresh_introduction(tx, &of.introduction, now).await?;
        Ok(Answer::Nothing)
    }
}
