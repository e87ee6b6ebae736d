//! *Read what came of it*: for whoever brought two people together.

use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, ReadThanks};
use crate::render::introduction_asker::read_what_came;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows it.
pub struct ReadWhatCame;

impl Handler for ReadWhatCame {
    type Action = ReadThanks;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, _tx: &mut Tx, permit: Permit<ReadThanks>, (): ()) -> Result<Answer, Failure> {
        Ok(Answer::Modal(read_what_came(&permit.object)))
    }
}
