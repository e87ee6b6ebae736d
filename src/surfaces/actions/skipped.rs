//! *Skipped*: left out on purpose; the rhythm stays.

use super::reported::{cannot_report, keep};
use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, ReportMeeting};
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// They left it out.
pub struct Skipped;

impl Handler for Skipped {
    type Action = ReportMeeting;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ReportMeeting>, (): ()) -> Result<Answer, Failure> {
        let (me, mut of) = permit.take();
        match of.meeting.clone().skipped(ctx.now()) {
            Ok(meeting) => of.meeting = meeting,
            Err(reason) => return Ok(Answer::notice(cannot_report(&of, me.id, reason))),
        }
        keep(ctx, tx, &of).await?;
        Ok(Answer::Nothing)
    }
}
