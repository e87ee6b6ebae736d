//! *Prepare*: opens the five parts, with what was written before and the homework that comes back.

use super::reported::too_late;
use serde_json::Value;

use crate::ctx::Ctx;
use crate::domain::agreements::{AgreementState, SIGN_WITHIN};
use crate::domain::identifiers::PersonId;
use crate::domain::meetings::MeetingOfPair;
use crate::domain::permissions::{Permit, PrepareAgenda};
use crate::render;
use crate::render::agenda_form::OnAgenda;
use crate::render::agreement_messages;
use crate::store::db::Tx;
use crate::store::{agenda, agenda_items, agreements, homework};
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
        let me = permit.actor.id;
        let view = form(tx, of, me).await?;
        let working = of.of.half(me).working_time(&ctx.programme());
        let unsigned = agreements::standing(tx, of.of.pair.id).await?.is_some_and(|standing| {
            standing.state == AgreementState::Draft && working.days_after(standing.written_at, SIGN_WITHIN) <= ctx.now()
        });
        Ok(Answer::Modal(if unsigned { agreement_messages::not_signed(view, &of.of, me) } else { view }))
    }
}

/// The form for somebody's own agenda of a meeting.
///
/// # Errors
/// When the database fails.
pub async fn form(tx: &mut Tx, of: &MeetingOfPair, writer: PersonId) -> Result<Value, Failure> {
    let by = of.of.pair.preparer(writer);
    let written = agenda::get(tx, &of.meeting, by.role).await?;
    let entries = agenda_items::of_meeting(tx, &of.meeting).await?.on_agenda_of(by.person);
    let homework = homework::carried(tx, of.meeting.pair).await?;
    let on = OnAgenda { written: &written, entries: &entries, homework: &homework };
    Ok(render::agenda_form::write(of, on, writer))
}
