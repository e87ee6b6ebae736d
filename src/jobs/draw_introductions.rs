//! From what a message about an ask is about to what it says, at this moment.

use super::draw::Drawing;
use crate::ctx::Ctx;
use crate::domain::identifiers::{IntroductionId, IntroductionRequestId, NominationId};
use crate::domain::reminders::MessageKind;
use crate::render::{introduction_asker, introduction_mentor, introduction_nominee, leaving_messages};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::Message;
use crate::store::{introductions, passing_on};

/// Draws one. An ask that was erased, or a part of it, leaves a line that says so.
///
/// # Errors
/// When the database fails.
pub async fn draw(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    let (kind, subject) = (message.kind, message.subject);
    let drawn = match kind {
        MessageKind::IntroductionAsked | MessageKind::IntroductionAskedReminder | MessageKind::IntroductionHelped => {
            let found = introductions::find_request(tx, IntroductionRequestId(subject)).await?;
            let can_pass_on = match &found {
                Some(found) => passing_on::is_possible(tx, found).await?,
                None => false,
            };
            found.map(|found| {
                let outgoing = if kind == MessageKind::IntroductionHelped {
                    introduction_asker::helped(&found.of, &found.request)
                } else {
                    introduction_mentor::draw(kind, &found.of, &found.request, can_pass_on)
                };
                (found.of, outgoing)
            })
        }
        MessageKind::NomineeAsked | MessageKind::NomineeAskedReminder => {
            let found = introductions::find_nomination(tx, NominationId(subject)).await?;
            found.map(|found| {
                let outgoing = introduction_nominee::draw(kind, &found.of, &found.nomination);
                (found.of, outgoing)
            })
        }
        kind => {
            let found = introductions::find(tx, IntroductionId(subject)).await?;
            found.map(|of| {
                let outgoing = introduction_asker::draw(kind, &of, message.due_at);
                (of, outgoing)
            })
        }
    };
    let Some((of, outgoing)) = drawn else {
        return Ok(Drawing { outgoing: leaving_messages::ask_taken_back(), still_owed: false, channel: None });
    };
    let still_owed = ctx.now() <= message.until && of.still_owed(kind, subject);
    Ok(Drawing { outgoing, still_owed, channel: None })
}
