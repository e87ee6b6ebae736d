//! *Prepare*: opens the five parts, with what was written before and the homework that comes back.

use super::reported::too_late;
use serde_json::Value;

use crate::ctx::Ctx;
use crate::domain::meetings::MeetingOfPair;
use crate::domain::permissions::{Permit, PrepareAgenda};
use crate::render;
use crate::render::agenda_form::OnAgenda;
use crate::store::db::Tx;
use crate::store::{agenda, agenda_items, homework};
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
        Ok(Answer::Modal(form(tx, of).await?))
    }
}

/// The form for a meeting's agenda.
///
/// # Errors
/// When the database fails.
pub async fn form(tx: &mut Tx, of: &MeetingOfPair) -> Result<Value, Failure> {
    let written = agenda::get(tx, &of.meeting).await?;
    let entries = agenda_items::of_meeting(tx, &of.meeting).await?;
    let homework = homework::carried(tx, of.meeting.pair).await?;
    Ok(render::agenda_form::write(of, OnAgenda { written: &written, entries: &entries, homework: &homework }))
}
