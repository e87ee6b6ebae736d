//! *End now*: the pair is finished, without a word.

use crate::ctx::Ctx;
use crate::domain::permissions::{FinishPair, Permit};
use crate::domain::reviews::Words;
use crate::render::finish_forms::done;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::ending::finish;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Ends it.
pub struct EndNow;

impl Handler for EndNow {
    type Action = FinishPair;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<FinishPair>, (): ()) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        finish(ctx, tx, &of, &me, Words::default()).await?;
        Ok(Answer::Turned(done(&of, &me)))
    }
}
