//! *Read what it is about*: what the asker wrote, and the line of whoever named one.

use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, ReadNomination};
use crate::render::introduction_nominee;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows it.
pub struct ReadAbout;

impl Handler for ReadAbout {
    type Action = ReadNomination;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, _tx: &mut Tx, permit: Permit<ReadNomination>, (): ()) -> Result<Answer, Failure> {
        let named = permit.object;
        if !named.of.introduction.nominee_may_read(&named.nomination) {
            return Ok(Answer::notice(introduction_nominee::outcome(&named.of, &named.nomination)));
        }
        Ok(Answer::Modal(introduction_nominee::read(&named.of, &named.nomination)))
    }
}
