//! *Send it myself*: shows a letter to a mentor outside for copying. What it says is on this screen only.

use crate::ctx::Ctx;
use crate::domain::permissions::{CopyLetter, Permit};
use crate::render::outside_forms::copy;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows it.
pub struct CopyIt;

impl Handler for CopyIt {
    type Action = CopyLetter;
    type Input = ();
    const CHANGES: bool = false;
    // A word of goodbye is sent after the end.
    const AFTER_THE_END: bool = true;

    async fn run(_ctx: &Ctx, _tx: &mut Tx, permit: Permit<CopyLetter>, (): ()) -> Result<Answer, Failure> {
        let (_, found) = permit.take();
        Ok(Answer::Modal(copy(&found.letter, &found.contact)))
    }
}
