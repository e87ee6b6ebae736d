//! `/mentor history`, *Past pairs*: the pairs somebody has finished.

use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::render::history::list;
use crate::store::db::Tx;
use crate::store::{finishes, history, pairs};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows them.
pub struct PastPairs;

impl Handler for PastPairs {
    type Action = SeeOwnStatus;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<SeeOwnStatus>, (): ()) -> Result<Answer, Failure> {
        let mut ended = Vec::new();
        for id in history::ended(tx, permit.actor.id).await? {
            let at = finishes::of_pair(tx, id).await?.first().map(|finish| finish.finished_at);
            ended.extend(pairs::find(tx, id).await?.map(|of| (of, at)));
        }
        Ok(Answer::Modal(list(&permit.actor, &ended)))
    }
}
