//! *Finish*, of a pair that rule 1 holds back: either half, without a reason.

use crate::ctx::Ctx;
use crate::domain::held::Outcome;
use crate::domain::permissions::{Permit, SettleHeldPair};
use crate::domain::reviews::Words;
use crate::render::held_messages::settled_before;
use crate::store::db::Tx;
use crate::store::held;
use crate::surfaces::answer::Answer;
use crate::surfaces::ending;
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
        if !held::latest(tx, of.pair.id).await?.is_some_and(|held| held.stands()) {
            return Ok(Answer::notice(settled_before(&of, me.id)));
        }
        held::settle(tx, of.pair.id, me.id, Outcome::Finished, ctx.now()).await?;
        ending::finish(ctx, tx, &of, &me, Words::default()).await?;
        Ok(Answer::Nothing)
    }
}
