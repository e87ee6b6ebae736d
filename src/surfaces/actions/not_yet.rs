//! *Not yet*: asked once more after 48 hours.

use super::reported::{cannot_report, keep};
use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, ReportMeeting};
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// They have not met yet.
pub struct NotYet;

impl Handler for NotYet {
    type Action = ReportMeeting;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ReportMeeting>, (): ()) -> Result<Answer, Failure> {
        let (_, mut of) = permit.take();
        if of.meeting.not_yet_at.is_some() {
            return Ok(Answer::notice(Markup::words(
                "I know: not yet. I ask once more, two days after your first answer.",
            )));
        }
        match of.meeting.clone().not_yet(ctx.now()) {
            Ok(meeting) => of.meeting = meeting,
            Err(reason) => return Ok(Answer::notice(cannot_report(&of, reason))),
        }
        keep(ctx, tx, &of).await?;
        Ok(Answer::Nothing)
    }
}
