//! *Pass on to my mentors*: shows who gets it, then passes it on, one step.

use crate::ctx::Ctx;
use crate::domain::identifiers::IntroductionRequestId;
use crate::domain::introductions::CannotPassOn;
use crate::domain::people::Person;
use crate::domain::permissions::{AnswerAsk, Permit};
use crate::domain::reminders_introduction::{IntroductionOfPeople, answer_by};
use crate::render::introduction_mentor;
use crate::render::words::mention;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::passing_on;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::introducing::{Clicked, keep, to_holder, too_late_for_holder};

/// Shows who gets it.
pub struct WhoGetsIt;

impl Handler for WhoGetsIt {
    type Action = AnswerAsk;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerAsk>, (): ()) -> Result<Answer, Failure> {
        let (_, ask) = permit.take();
        if let Err(reason) = ask.of.introduction.may_pass_on(ask.request.id) {
            return Ok(Answer::notice(why_not(&ask.of, reason, &ask.request)));
        }
        let receivers = passing_on::receivers(tx, &ask.of, &ask.request, ctx.same_manager).await?;
        if receivers.is_empty() {
            return Ok(Answer::notice(why_not(&ask.of, CannotPassOn::Nobody, &ask.request)));
        }
        let people: Vec<Person> = receivers.into_iter().map(|receiver| receiver.person).collect();
        Ok(Answer::Modal(introduction_mentor::pass_on(&ask.of, &ask.request, &people)))
    }
}

/// Passes it on.
pub struct PassItOn;

impl Handler for PassItOn {
    type Action = AnswerAsk;
    type Input = Clicked;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerAsk>, clicked: Clicked) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (_, ask) = permit.take();
        let (mut of, request) = (ask.of, ask.request);
        let before = of.introduction.clone();
        let receivers = passing_on::receivers(tx, &of, &request, ctx.same_manager).await?;
        let mut to = Vec::with_capacity(receivers.len());
        let mut silent = Vec::new();
        for receiver in receivers {
            let id = IntroductionRequestId(ctx.ids.opaque());
            silent.extend(receiver.is_silent.then_some(id));
            to.push((id, receiver.person.id, answer_by(&receiver.person, &ctx.programme(), now)));
        }
        match of.introduction.pass_on(request.id, to, now) {
            Ok(_) => of.introduction.leave_silent(&silent),
            Err(CannotPassOn::TooLate(_)) => return Ok(too_late_for_holder(ctx, tx, &of, &request).await?),
            Err(reason) => return Ok(Answer::notice(why_not(&of, reason, &request))),
        }
        keep(ctx, tx, &mut of, &before).await?;
        Ok(to_holder(&of, &request, clicked))
    }
}

fn why_not(
    of: &IntroductionOfPeople,
    reason: CannotPassOn,
    request: &crate::domain::introductions::IntroductionRequest,
) -> Markup {
    let asker = of.asker().map_or_else(|| Markup::words("Who asks"), mention);
    match reason {
        CannotPassOn::TooLate(_) => introduction_mentor::outcome(of, request, introduction_mentor::Shown::ToThemAlone),
        CannotPassOn::NotAllowed => asker.and(" wants you alone to read this, so it cannot be passed on."),
        CannotPassOn::OneStepOnly => Markup::words(
            "It was passed on to you already, and goes one step only. You can name somebody, or help yourself.",
        ),
        CannotPassOn::Nobody => Markup::words(
            "There is nobody to pass it on to: your mentors and peers have it already, or cannot be asked. You can name somebody, or help yourself.",
        ),
    }
}
