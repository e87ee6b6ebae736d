//! *Ask somebody to mentor me*: opens the form, with a choice of people.

use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::render;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenAskForm;

impl Handler for OpenAskForm {
    type Action = SeeOwnStatus;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, _tx: &mut Tx, _permit: Permit<SeeOwnStatus>, (): ()) -> Result<Answer, Failure> {
        Ok(Answer::Modal(render::ask_form::open(None)))
    }
}
