//! *Finish*, of a pair that rule 1 holds back: either half, without a reason.

use crate::ctx::Ctx;
use crate::domain::held::Held;
use crate::domain::permissions::{Permit, SettleHeldPair};
use crate::render::held_messages::settled_before;
use crate::store::db::Tx;
use crate::store::{held, holding};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Finishes.
pub struct FinishHeld;

impl Handler for FinishHeld {
    type Action = SettleHeldPair;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<SettleHeldPair>, (): ()) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        match held::latest(tx, of.pair.id).await?.filter(Held::stands) {
            Some(held) => holding::finish(tx, &of, &held, me.id, &ctx.ids, ctx.now()).await?,
            None => return Ok(Answer::notice(settled_before(&of, me.id))),
        }
        Ok(Answer::Nothing)
    }
}
