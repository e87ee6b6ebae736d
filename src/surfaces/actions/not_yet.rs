//! *Not yet*: asked once more after 48 hours.

use super::reported::{cannot_report, keep};
use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, ReportMeeting};
use crate::domain::reminders::MessageKind;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::outbox::queue;
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
        let (me, mut of) = permit.take();
        if of.meeting.not_yet_at.is_some() {
            return Ok(Answer::notice(Markup::words(
                "I know: not yet. I ask once more, two days after your first answer.",
            )));
        }
        if queue::is_out(tx, of.meeting.id.0, MessageKind::DidYouMeetAgain).await? {
            return Ok(Answer::notice(Markup::words(
                "I have asked twice and will not ask again. Choose “We met” or “Skipped”, or leave it: then it counts as missed.",
            )));
        }
        match of.meeting.clone().not_yet(ctx.now()) {
            Ok(meeting) => of.meeting = meeting,
            Err(reason) => return Ok(Answer::notice(cannot_report(&of, me.id, reason))),
        }
        keep(ctx, tx, &of).await?;
        Ok(Answer::Nothing)
    }
}
