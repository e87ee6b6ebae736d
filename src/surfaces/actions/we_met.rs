//! *We met*: opens the form about homework, what was most useful, and a win.

use super::reported::cannot_report;
use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, ReportMeeting};
use crate::render;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenMeetingForm;

impl Handler for OpenMeetingForm {
    type Action = ReportMeeting;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, _tx: &mut Tx, permit: Permit<ReportMeeting>, (): ()) -> Result<Answer, Failure> {
        let of = &permit.object;
        Ok(match of.meeting.may_report(ctx.now()) {
            Ok(()) => Answer::Modal(render::meeting_form::open(of)),
            Err(reason) => Answer::notice(cannot_report(of, reason)),
        })
    }
}
