//! *We talked*: what came of it goes to whoever brought the two together, with thanks.

use crate::ctx::Ctx;
use crate::domain::introductions::FollowUp;
use crate::domain::permissions::{FollowUpAsk, Permit};
use crate::render::introduction_asker::CAME_OF_IT;
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{introductions, screens};
use crate::surfaces::actions::follow_up::told_before;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::growth::written;

/// Keeps it, and thanks.
pub struct WeTalked;

impl Handler for WeTalked {
    type Action = FollowUpAsk;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<FollowUpAsk>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let mut of = permit.object;
        let came_of_it = match written(&form, CAME_OF_IT) {
            Ok(came_of_it) => came_of_it,
            Err(problem) => return Ok(problem),
        };
        if of.introduction.follow_up(FollowUp::Talked, now).is_err() {
            return Ok(Answer::notice(told_before()));
        }
        of.came_of_it = came_of_it;
        introductions::save(tx, &mut of, None).await?;
        for owed in of.thanks(&ctx.programme(), now) {
            queue::enqueue(tx, &owed, &ctx.ids, now).await?;
        }
        screens::refresh_introduction(tx, &of.introduction, now).await?;
        Ok(Answer::Nothing)
    }
}
