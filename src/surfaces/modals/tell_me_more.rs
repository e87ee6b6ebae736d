//! A mentor asks for more before answering: the mentee is asked at once, and the mentor's own clock stands still.

use crate::ctx::Ctx;
use crate::domain::identifiers::InquiryId;
use crate::domain::inquiry::{Inquiry, InquiryOfPair, may_inquire};
use crate::domain::permissions::{AnswerProposal, Permit};
use crate::render::inquiry_screens::QUESTION;
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{inquiries, screens};
use crate::surfaces::actions::tell_me_more::why_not;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::growth::needed;

/// Asks.
pub struct AskForMore;

impl Handler for AskForMore {
    type Action = AnswerProposal;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerProposal>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let of = permit.object;
        let before = inquiries::of_pair(tx, of.pair.id).await?;
        if let Err(reason) = may_inquire(&of, &before) {
            inquiries::refresh(tx, of.pair.id, now).await?;
            return Ok(Answer::notice(why_not(&of, reason)));
        }
        let question = match needed(&form, QUESTION, "Write what you would like to know.") {
            Ok(question) => question,
            Err(problem) => return Ok(problem),
        };
        let programme = ctx.programme();
        let inquiry = Inquiry::ask(InquiryId(ctx.ids.opaque()), &of, &before, question, &programme, now);
        // As late as it can get: should nothing else ever happen, the proposal still comes to its end.
        let latest = inquiry.proposal_answer_by(&of, &programme, inquiry.answer_by);
        inquiries::insert(tx, &inquiry, latest).await?;
        let asked = InquiryOfPair { inquiry, of };
        queue::enqueue(tx, &asked.asked(now), &ctx.ids, now).await?;
        inquiries::refresh(tx, asked.of.pair.id, now).await?;
        screens::refresh_homes(tx, &asked.of).await?;
        Ok(Answer::Nothing)
    }
}
