//! *We met*: opens the form about homework, what was most useful, and a win.

use super::reported::cannot_report;
use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, ReportMeeting};
use crate::render;
use crate::render::agenda_form::parts_with_content;
use crate::store::db::Tx;
use crate::store::{agenda, agenda_items};
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
            return Ok(Answer::notice(cannot_report(of, reason)));
        }
        let written = agenda::get(tx, &of.meeting).await?;
        let entries = agenda_items::of_meeting(tx, &of.meeting).await?;
        let points = entries.points().next().is_some();
        Ok(Answer::Modal(render::meeting_form::open(of, &parts_with_content(&written, &entries), points)))
    }
}
