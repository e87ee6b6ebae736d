//! *We met*: opens the form about homework, what was most useful, and a win.

use std::collections::BTreeSet;

use super::reported::cannot_report;
use crate::ctx::Ctx;
use crate::domain::agenda::Part;
use crate::domain::permissions::{Permit, ReportMeeting};
use crate::render;
use crate::render::agenda_form::parts_with_content;
use crate::store::db::Tx;
use crate::store::{agenda, agenda_items, carrying};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenMeetingForm;

impl Handler for OpenMeetingForm {
    type Action = ReportMeeting;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ReportMeeting>, (): ()) -> Result<Answer, Failure> {
        let of = &permit.object;
        if let Err(reason) = of.meeting.may_report(ctx.now()) {
            return Ok(Answer::notice(cannot_report(of, permit.actor.id, reason)));
        }
        let entries = agenda_items::of_meeting(tx, &of.meeting).await?;
        let mut said = BTreeSet::new();
        for (preparer, _) in of.of.agendas() {
            let by = of.of.pair.preparer(preparer.id);
            let written = agenda::get(tx, &of.meeting, by.role).await?;
            said.extend(parts_with_content(&written, &entries.clone().on_agenda_of(by.person)));
        }
        let points = entries.points().next().is_some();
        let parts: Vec<Part> = said.into_iter().collect();
        let next = carrying::next_to_come(tx, of.of.pair.id, ctx.now()).await?;
        Ok(Answer::Modal(render::meeting_form::open(of, permit.actor.id, &parts, points, next.as_ref())))
    }
}
