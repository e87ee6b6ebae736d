//! *Open agenda*: the agenda for reading; the mentor's copy with a coaching question for each part.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::ctx::Ctx;
use crate::domain::identifiers::PersonId;
use crate::domain::meetings::MeetingOfPair;
use crate::domain::permissions::{Permit, ReadAgenda};
use crate::render;
use crate::render::agenda_form::{OnAgenda, parts_with_content};
use crate::store::db::Tx;
use crate::store::{agenda, agenda_items, coaching, homework};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows the agenda.
pub struct OpenAgenda;

impl Handler for OpenAgenda {
    type Action = ReadAgenda;
    type Input = ();
    // The questions are chosen when it is opened for the first time.
    const CHANGES: bool = true;
    const AFTER_THE_END: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ReadAgenda>, (): ()) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        Ok(Answer::Modal(view(ctx, tx, &of, me.id).await?))
    }
}

/// A meeting's agenda as one of the two reads it.
///
/// # Errors
/// When the database fails.
pub async fn view(ctx: &Ctx, tx: &mut Tx, of: &MeetingOfPair, reader: PersonId) -> Result<Value, Failure> {
    let now = ctx.now();
    let whose = of.of.pair.agenda_read_by(reader);
    let written = agenda::get(tx, &of.meeting, whose.role).await?;
    let entries = agenda_items::of_meeting(tx, &of.meeting).await?.on_agenda_of(whose.person);
    let homework = homework::carried(tx, of.meeting.pair).await?;
    let questions = if of.of.pair.reads(reader) {
        coaching::of_meeting(tx, &of.meeting, &parts_with_content(&written, &entries), &ctx.ids, now).await?
    } else {
        BTreeMap::new()
    };
    let on = OnAgenda { written: &written, entries: &entries, homework: &homework };
    Ok(render::agenda_form::read(of, on, &questions, reader, of.meeting.takes_agenda(now)))
}
