//! *Read the e-mail*, *Send it*, *I have sent it*: somebody outside is written to by whoever named them.

use crate::ctx::Ctx;
use crate::domain::introduction_meeting::{OutsideLetter, outside_letter};
use crate::domain::introductions::{IntroductionState, NominationState, TooLate};
use crate::domain::permissions::{Permit, WriteOutside};
use crate::domain::reminders_introduction::NominationOfIntroduction;
use crate::render::outside_introduction::letter;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{outside_letters, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows the e-mail, for reading and copying.
pub struct ReadIt;

impl Handler for ReadIt {
    type Action = WriteOutside;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<WriteOutside>, (): ()) -> Result<Answer, Failure> {
        let (_, found) = permit.take();
        let stands = outside_letters::find(tx, found.nomination.id).await?;
        letter(&found, stands, ctx.sends_mail).map(Answer::Modal).ok_or(Failure::Refused)
    }
}

/// Has the app send it.
pub struct SendIt;

impl Handler for SendIt {
    type Action = WriteOutside;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<WriteOutside>, (): ()) -> Result<Answer, Failure> {
        let (me, found) = permit.take();
        let (id, now) = (found.nomination.id, ctx.now());
        screens::refresh_messages(tx, id.0, now).await?;
        if let Some(late) = too_late(&found) {
            return Ok(Answer::notice(late));
        }
        if !ctx.sends_mail {
            let words =
                "I have no mail server to send it by. Copy it into an e-mail of your own, then click *I have sent it*.";
            return Ok(Answer::notice(Markup::words(words)));
        }
        let words = match outside_letters::find(tx, id).await? {
            None => {
                let until = found.of.introduction.answer_by;
                queue::enqueue(tx, &outside_letter(id, me.id, until, now), &ctx.ids, now).await?;
                return Ok(Answer::Nothing);
            }
            Some(OutsideLetter::OnItsWay | OutsideLetter::Out) => "It is on its way already. Nothing was changed.",
            Some(OutsideLetter::NotOut(_)) => {
                "I have tried, and do not send it twice. Send it yourself, then click *I have sent it*."
            }
        };
        Ok(Answer::notice(Markup::words(words)))
    }
}

/// Takes their word that they have sent it.
pub struct HaveSentIt;

impl Handler for HaveSentIt {
    type Action = WriteOutside;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<WriteOutside>, (): ()) -> Result<Answer, Failure> {
        let (_, found) = permit.take();
        screens::refresh_messages(tx, found.nomination.id.0, ctx.now()).await?;
        if let Some(late) = too_late(&found) {
            return Ok(Answer::notice(late));
        }
        Ok(match outside_letters::written(tx, found, &ctx.ids, ctx.now()).await? {
            Ok(()) => Answer::Nothing,
            Err(late) => Answer::notice(said(late)),
        })
    }
}

/// Why nothing can be done about it any more.
fn too_late(found: &NominationOfIntroduction) -> Option<Markup> {
    match (found.nomination.state, found.of.introduction.state) {
        (NominationState::ToWrite, IntroductionState::Open) => None,
        (NominationState::Written, _) => Some(said(TooLate::NomineeAnswered(NominationState::Written))),
        (_, state) => Some(said(TooLate::Ended(state))),
    }
}

fn said(late: TooLate) -> Markup {
    Markup::words(match late {
        TooLate::NomineeAnswered(NominationState::Written) => "You have written to them already. Nothing was changed.",
        _ => "This is not needed any more, thank you. Nothing was changed.",
    })
}
