//! *Read it*: shows a win.

use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, ReadWin};
use crate::render::win_form;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows it.
pub struct ShowWin;

impl Handler for ShowWin {
    type Action = ReadWin;
    type Input = ();
    const CHANGES: bool = false;
    const AFTER_THE_END: bool = true;

    async fn run(_ctx: &Ctx, _tx: &mut Tx, permit: Permit<ReadWin>, (): ()) -> Result<Answer, Failure> {
        Ok(Answer::Modal(win_form::read(&permit.object)))
    }
}
