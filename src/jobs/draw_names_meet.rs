//! Messages in which names meet, and those about somebody outside: what they say at this moment.

use super::draw::Drawing;
use crate::ctx::Ctx;
use crate::domain::identifiers::{IntroductionId, NominationId};
use crate::domain::introductions::NominationState;
use crate::domain::reminders::MessageKind;
use crate::render::{introduction_meeting, outside_introduction};
use crate::slack::api::Outgoing;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::Message;
use crate::store::{introductions, outside_letters};

/// Draws one of them.
///
/// # Errors
/// When the database fails.
pub async fn draw(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    match message.kind {
        MessageKind::OutsideNominated | MessageKind::OutsideNominatedReminder | MessageKind::OutsideLetterFailed => {
            outside(ctx, tx, message).await
        }
        _ => meeting(ctx, tx, message).await,
    }
}

/// What a message says of which nothing is left is said to nobody any more.
fn gone(outgoing: Outgoing) -> Drawing {
    Drawing { outgoing, still_owed: false, channel: None }
}

async fn meeting(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    let Some(of) = introductions::find(tx, IntroductionId(message.subject)).await? else {
        return Ok(gone(introduction_meeting::gone()));
    };
    let outgoing = match message.kind {
        MessageKind::NamesMeet => introduction_meeting::meet(&of),
        MessageKind::NamesMeetNudge => introduction_meeting::nudge(&of),
        MessageKind::NamesMeetApart => introduction_meeting::apart(&of, message.to),
        _ => outside_introduction::asker_hears(&of),
    };
    let still_owed = ctx.now() <= message.until && of.still_owed(message.kind, message.subject);
    Ok(Drawing { outgoing, still_owed, channel: None })
}

async fn outside(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    let id = NominationId(message.subject);
    let Some(found) = introductions::find_nomination(tx, id).await? else {
        return Ok(gone(outside_introduction::gone()));
    };
    let letter = outside_letters::find(tx, id).await?;
    let waits = found.nomination.state == NominationState::ToWrite;
    let (outgoing, owed) = match message.kind {
        MessageKind::OutsideLetterFailed => (outside_introduction::failed(&found, letter), waits),
        kind => {
            let outgoing = outside_introduction::turn(kind, &found, letter, ctx.sends_mail);
            // Who has clicked needs no reminder.
            (outgoing, found.of.still_owed(kind, message.subject) && letter.is_none())
        }
    };
    Ok(Drawing { outgoing, still_owed: owed && ctx.now() <= message.until, channel: None })
}
