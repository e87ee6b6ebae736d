//! The last message to somebody who was forgotten, and an empty Home in the place of theirs.
//!
//! Their row has no account any more; the sealed mark of the erasure has, until they come back. Owns: how such an attempt goes.
//! Must not: erase (see `forgetting`).

use super::deliver::{Began, Safe, after, open_conversation, post};
use super::speaker::Speaker;
use crate::render::forget_form;
use crate::slack::method::Method;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::Message;
use crate::store::outbox::settle::Ending;
use crate::store::{erasures, people};

/// Draws and sends.
///
/// # Errors
/// When the database fails before anything was sent.
pub(super) async fn attempt(speaker: &Speaker, message: &Message, began: Began) -> Result<Ending, StoreFailure> {
    let ctx = &speaker.ctx;
    let mut reading = ctx.db.read().await?;
    let erasure = erasures::find(&mut reading, message.subject).await?;
    let known = people::conversation(&mut reading, message.to).await?;
    drop(reading);
    let Some(erasure) = erasure.filter(|_| ctx.now() <= message.until) else {
        return Ok(Ending::Dropped { reason: "no_longer_owed" });
    };
    if let Some(account) = &erasure.account {
        if let Err(not_before) = speaker.permit(Method::ViewsPublish, None) {
            return Ok(Ending::GivenBack { not_before });
        }
        // Safe to repeat; an account that takes no Home shows none.
        let shown = speaker.api.publish_home(&account.user_id, &forget_form::empty_home(), None).await;
        speaker.learn_pace(Method::ViewsPublish, &shown);
    }
    let channel = match (known, &erasure.account) {
        (Some(channel), _) => channel,
        (None, None) => return Ok(Ending::Dropped { reason: "no_longer_owed" }),
        (None, Some(account)) => {
            if let Err(not_before) = speaker.permit(Method::ConversationsOpen, None) {
                return Ok(Ending::GivenBack { not_before });
            }
            match open_conversation(speaker, message.to, &account.user_id).await? {
                Ok(channel) => channel,
                Err(failure) => return Ok(after(speaker, Safe::Yes, failure)),
            }
        }
    };
    if began.is_late(speaker) {
        return Ok(Ending::GivenBack { not_before: ctx.now() });
    }
    Ok(post(speaker, message, &channel, &forget_form::receipt(&erasure.erased, erasure.at)).await)
}
