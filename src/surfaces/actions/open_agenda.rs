//! *Open agenda*: the agenda for reading; the mentor's copy with a coaching question for each part.

use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, ReadAgenda};
use crate::render;
use crate::store::db::Tx;
use crate::store::{agenda, homework};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows the agenda.
pub struct OpenAgenda;

impl Handler for OpenAgenda {
    type Action = ReadAgenda;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<ReadAgenda>, (): ()) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        let written = agenda::get(tx, &of.meeting).await?;
        let carried = homework::carried(tx, of.meeting.pair).await?;
        Ok(Answer::Modal(render::agenda_form::read(&of, &written, &carried, me.id)))
    }
}
