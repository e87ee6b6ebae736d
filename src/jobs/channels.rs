//! Messages to a channel instead of a person: what is different about their end.
//!
//! The app is in no channel and reads none, so a post that may have arrived cannot be looked for. Said twice in front of
//! everybody is worse than not at all: such a post is never repeated, and who chose the channel is asked to look.
//!
//! Owns: how such an attempt ends, and telling the owner. Must not: send.

use crate::ctx::Ctx;
use crate::domain::reminders::{MessageKind, Owed};
use crate::domain::reminders_homework::UNCLEAR;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::{self, Message};
use crate::store::outbox::settle::Ending;

/// Refusals that have words of their own (see `render::win_messages`).
const REFUSALS: [&str; 3] = ["is_archived", "not_in_channel", "channel_not_found"];

/// How an attempt at a channel ends: a refusal is the owner's news, not a fault of the installation; doubt stays doubt.
pub fn settled(ending: Ending) -> Ending {
    match ending {
        Ending::Parked { reason } => {
            let known = REFUSALS.into_iter().find(|known| *known == reason);
            Ending::Dropped { reason: known.unwrap_or("refused") }
        }
        Ending::Doubt { .. } => Ending::Dropped { reason: UNCLEAR },
        other => other,
    }
}

/// Owes the owner the word that their win does not stand in the channel.
///
/// # Errors
/// When the database fails.
pub async fn tell_owner(ctx: &Ctx, tx: &mut Tx, message: &Message, ending: &Ending) -> Result<(), StoreFailure> {
    let is_over = matches!(ending, Ending::Dropped { .. } | Ending::Parked { .. });
    if message.kind == MessageKind::WinToChannel && is_over {
        let now = ctx.now();
        queue::enqueue(tx, &Owed::win_not_in_channel(message.subject, message.to, now), &ctx.ids, now).await?;
    }
    Ok(())
}
