//! A mentee answers what a mentor would like to know: the mentor's clock goes on, and they hear that there is an answer.

use crate::ctx::Ctx;
use crate::domain::inquiry::InquiryOfPair;
use crate::domain::pairs::PairState;
use crate::domain::permissions::{AnswerInquiry, Permit};
use crate::render::inquiry_screens::ANSWER;
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{inquiries, screens};
use crate::surfaces::actions::answer_inquiry::too_late;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::growth::needed;

/// Sends the answer.
pub struct SendAnswer;

impl Handler for SendAnswer {
    type Action = AnswerInquiry;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerInquiry>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let InquiryOfPair { inquiry, mut of } = permit.object;
        let text = match needed(&form, ANSWER, "Write a line or two.") {
            Ok(text) => text,
            Err(problem) => return Ok(problem),
        };
        let before = InquiryOfPair { inquiry: inquiry.clone(), of: of.clone() };
        let answered = match inquiry.answer(text, now) {
            Ok(answered) if before.is_open(now) => answered,
            _ => {
                inquiries::refresh(tx, of.pair.id, now).await?;
                return Ok(Answer::notice(too_late(&before)));
            }
        };
        inquiries::settle(tx, &answered).await?;
        of.pair.answer_by = answered.proposal_answer_by(&of, &ctx.programme(), now);
        inquiries::start_clock(tx, of.pair.id, of.pair.answer_by, now).await?;
        let after = InquiryOfPair { inquiry: answered, of };
        // A mentor who has said "not now" meanwhile has nothing to hear; the mentee cannot tell.
        if after.of.pair.state == PairState::Proposed {
            queue::enqueue(tx, &after.answered(now), &ctx.ids, now).await?;
        }
        inquiries::refresh(tx, after.of.pair.id, now).await?;
        screens::refresh_homes(tx, &after.of).await?;
        Ok(Answer::Nothing)
    }
}
