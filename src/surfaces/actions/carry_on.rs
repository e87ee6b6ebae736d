//! *Carry on*: opens the form with the next review date.

use crate::ctx::Ctx;
use crate::domain::permissions::{AnswerReview, Permit};
use crate::domain::reviews::Review;
use crate::render::review_forms::carry_on;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenCarryOnForm;

impl Handler for OpenCarryOnForm {
    type Action = AnswerReview;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, _tx: &mut Tx, permit: Permit<AnswerReview>, (): ()) -> Result<Answer, Failure> {
        let (me, found) = permit.take();
        if let Some(why) = not_open(&found.review) {
            return Ok(Answer::notice(why));
        }
        let today = ctx.now().with_timezone(&me.zone()).date_naive();
        Ok(Answer::Modal(carry_on(&found, &me, today)))
    }
}

/// Why a review takes no answer.
pub fn not_open(review: &Review) -> Option<Markup> {
    if review.closed_at.is_some() {
        return Some(Markup::words("That review is over, and you two carry on. Nothing was changed."));
    }
    if review.asked_at.is_none() {
        return Some(Markup::words("Your review is still to come. You will be asked."));
    }
    None
}
