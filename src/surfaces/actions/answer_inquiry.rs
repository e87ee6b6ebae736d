//! *Answer*: opens the form with what the mentor would like to know, or says why it is too late.

use crate::ctx::Ctx;
use crate::domain::inquiry::{InquiryOfPair, InquiryState};
use crate::domain::pairs::PairState;
use crate::domain::permissions::{AnswerInquiry, Permit};
use crate::render::inquiry_screens;
use crate::render::words::mention;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenAnswerForm;

impl Handler for OpenAnswerForm {
    type Action = AnswerInquiry;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, _tx: &mut Tx, permit: Permit<AnswerInquiry>, (): ()) -> Result<Answer, Failure> {
        let of = &permit.object;
        if of.is_open(ctx.now()) {
            return Ok(Answer::Modal(inquiry_screens::answer(of)));
        }
        Ok(Answer::notice(too_late(of)))
    }
}

/// Why a question cannot be answered any more. It says nothing about what the mentor has answered, except yes.
pub fn too_late(of: &InquiryOfPair) -> Markup {
    let mentor = mention(&of.of.mentor);
    if of.inquiry.state == InquiryState::Answered {
        return Markup::words("You answered ").piece(&mentor).and(" already. Nothing was changed.");
    }
    if matches!(of.of.pair.state, PairState::Active | PairState::Paused | PairState::Ended) {
        return mentor.and(" has said yes; the question needs no answer any more.");
    }
    Markup::words("The time to answer ").piece(&mentor).and("’s question is over. Your request stands as it was.")
}
