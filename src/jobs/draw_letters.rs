//! Messages to a mentee about letters to their mentor outside: what they say at this moment.

use super::draw::Drawing;
use crate::ctx::Ctx;
use crate::domain::identifiers::PairId;
use crate::domain::reminders::MessageKind;
use crate::render::outside_messages;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::Message;
use crate::store::{letters, pairs};

const GONE: StoreFailure = StoreFailure::Unexpected("outbox.subject_id");

/// Draws one of them.
///
/// # Errors
/// When the database fails, or what the message is about is gone.
pub async fn draw(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    let now = ctx.now();
    if message.kind == MessageKind::LettersStopped {
        let of = pairs::find(tx, PairId(message.subject)).await?.ok_or(GONE)?;
        let still_owed = now <= message.until && of.pair.is_live() && !of.mentee.deactivated;
        return Ok(Drawing { outgoing: outside_messages::stopped(&of), still_owed, channel: None });
    }
    let found = letters::find(tx, message.subject, now).await?.ok_or(GONE)?;
    let still_owed = now <= message.until && found.letter.is_owed(now);
    let still_owed = still_owed && found.why.is_some();
    let outgoing = outside_messages::to_forward(&found);
    Ok(Drawing { outgoing, still_owed, channel: None })
}
