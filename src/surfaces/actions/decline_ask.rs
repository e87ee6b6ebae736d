//! *Not this time*: reads the same as no answer.

use crate::ctx::Ctx;
use crate::domain::permissions::{AnswerAsk, Permit};
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::introducing::{Clicked, keep, to_holder, too_late_for_holder};

/// Declines.
pub struct NotThisTime;

impl Handler for NotThisTime {
    type Action = AnswerAsk;
    type Input = Clicked;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerAsk>, clicked: Clicked) -> Result<Answer, Failure> {
        let (_, ask) = permit.take();
        let (mut of, request) = (ask.of, ask.request);
        let before = of.introduction.clone();
        if of.introduction.decline(request.id).is_err() {
            return Ok(too_late_for_holder(ctx, tx, &of, &request).await?);
        }
        keep(ctx, tx, &mut of, &before).await?;
        Ok(to_holder(&of, &request, clicked))
    }
}
