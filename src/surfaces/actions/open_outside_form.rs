//! *Add an outside mentor*, and `/mentor add external`: opens the form, with what was understood of a command.

use crate::ctx::Ctx;
use crate::domain::permissions::{AddOutside, Permit};
use crate::render::outside_forms::{Understood, open};
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenOutsideForm;

impl Handler for OpenOutsideForm {
    type Action = AddOutside;
    type Input = Understood;
    const CHANGES: bool = false;

    async fn run(
        ctx: &Ctx,
        _tx: &mut Tx,
        permit: Permit<AddOutside>,
        understood: Understood,
    ) -> Result<Answer, Failure> {
        let me = &permit.actor;
        let days = me.working_time(&ctx.programme()).days;
        Ok(Answer::Modal(open(&understood, me, &days, ctx.sends_mail)))
    }
}
