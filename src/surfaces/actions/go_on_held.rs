//! *We checked: go on*, of a pair that rule 1 holds back: only once the chart no longer says so.

use crate::ctx::Ctx;
use crate::domain::held::Held;
use crate::domain::permissions::{Permit, SettleHeldPair};
use crate::render::held_messages::{settled_before, still_too_close};
use crate::store::db::Tx;
use crate::store::{held, holding, org_chart};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::never_the_boss::keeps_apart;

/// Goes on.
pub struct GoOn;

impl Handler for GoOn {
    type Action = SettleHeldPair;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<SettleHeldPair>, (): ()) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        let Some(held) = held::latest(tx, of.pair.id).await?.filter(Held::stands) else {
            return Ok(Answer::notice(settled_before(&of, me.id)));
        };
        org_chart::hold_still(tx).await?;
        if keeps_apart(ctx, tx, &[&of.mentee, &of.mentor], of.pair.kind).await?.is_some() {
            return Ok(Answer::notice(still_too_close(of.other(me.id))));
        }
        holding::go_on(tx, &of, &held, me.id, &ctx.programme(), &ctx.ids, ctx.now()).await?;
        Ok(Answer::Nothing)
    }
}
