//! *Prepare*: opens the five parts, with what was written before and the homework that comes back.

use super::reported::too_late;
use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, PrepareAgenda};
use crate::render;
use crate::store::db::Tx;
use crate::store::{agenda, homework};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the five parts.
pub struct OpenAgendaForm;

impl Handler for OpenAgendaForm {
    type Action = PrepareAgenda;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<PrepareAgenda>, (): ()) -> Result<Answer, Failure> {
        let of = &permit.object;
        if !of.meeting.takes_agenda(ctx.now()) {
            return Ok(Answer::notice(too_late(of)));
        }
        let written = agenda::get(tx, &of.meeting).await?;
        let carried = homework::carried(tx, of.meeting.pair).await?;
        Ok(Answer::Modal(render::agenda_form::write(of, &written, &carried)))
    }
}
