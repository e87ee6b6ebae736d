//! *Read it*, *Withdraw* and *Ask again*: what an asker does with an ask of theirs.

use crate::ctx::Ctx;
use crate::domain::asks::{Typed, read_topic};
use crate::domain::permissions::{Action, AskAround, Permit, ReadOwnAsk, UseQuestion, WithdrawAsk};
use crate::domain::private_text::PrivateText;
use crate::domain::reminders_introduction::IntroductionOfPeople;
use crate::render::asks_home::{ended_before, read, withdrawn};
use crate::render::introduction_ask_form::{Prefilled, open};
use crate::slack::blocks::{Markup, notice};
use crate::store::db::Tx;
use crate::store::{introductions, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::commands::who::{about, no_room};
use crate::surfaces::commands::who_sentence;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows an ask to its asker.
pub struct ReadAsk;

impl Handler for ReadAsk {
    type Action = ReadOwnAsk;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, _tx: &mut Tx, permit: Permit<ReadOwnAsk>, (): ()) -> Result<Answer, Failure> {
        Ok(Answer::Modal(read(&permit.object)))
    }
}

/// Takes an ask back. Whoever was asked sees that there is nothing to do.
pub struct Withdraw;

impl Handler for Withdraw {
    type Action = WithdrawAsk;
    /// Whether it was clicked in a modal that shows the ask.
    type Input = bool;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<WithdrawAsk>, in_modal: bool) -> Result<Answer, Failure> {
        let now = ctx.now();
        let mut of = permit.object;
        if of.introduction.withdraw(now).is_err() {
            return Ok(Answer::notice(ended_before(&of)));
        }
        introductions::save(tx, &mut of, None).await?;
        screens::refresh_introduction(tx, &of.introduction, now).await?;
        Ok(if in_modal { Answer::Turned(notice("Withdrawn", &withdrawn())) } else { Answer::Nothing })
    }
}

/// Opens the form with what was asked before.
pub struct AskAgain;

impl Handler for AskAgain {
    type Action = ReadOwnAsk;
    /// Whether it was clicked in a modal that shows the ask, which the form takes the place of.
    type Input = bool;
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ReadOwnAsk>, in_modal: bool) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        AskAround::rule(&me, &())?;
        if let Some(full) = no_room(ctx, tx, &me).await? {
            return Ok(Answer::notice(Markup::default().text(&full)));
        }
        let form = open(again(&of));
        Ok(if in_modal { Answer::Turned(form) } else { Answer::Modal(form) })
    }
}

fn again(of: &IntroductionOfPeople) -> Prefilled<'_> {
    Prefilled {
        typed: Typed {
            topic: of.text.topic.reveal(),
            why: of.text.why.as_ref().map_or("", PrivateText::reveal),
            would_help: of.text.would_help.as_ref().map_or("", PrivateText::reveal),
            give_back: of.text.give_back.as_ref().map_or("", PrivateText::reveal),
        },
        may_pass_on: of.introduction.may_pass_on,
        question: None,
    }
}

/// *Find someone to talk to*: opens the form with a question that was typed, which is kept until the ask is sent.
pub struct FindSomeone;

impl Handler for FindSomeone {
    type Action = UseQuestion;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<UseQuestion>, (): ()) -> Result<Answer, Failure> {
        let (me, question) = permit.take();
        AskAround::rule(&me, &())?;
        if let Some(full) = no_room(ctx, tx, &me).await? {
            return Ok(Answer::notice(Markup::default().text(&full)));
        }
        let topic = who_sentence::topic_of_question(question.body.reveal());
        // One that is too long to be a topic stays as it was typed.
        let said = topic.as_ref().filter(|topic| read_topic(topic.reveal()).is_ok()).unwrap_or(&question.body);
        Ok(Answer::Modal(open(Prefilled {
            typed: about(said.reveal()),
            may_pass_on: false,
            question: Some(question.id),
        })))
    }
}
