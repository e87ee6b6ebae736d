//! Exports: gathered, written and shared at the moment they are sent; never kept.
//!
//! Owns: how such an attempt goes. Must not: decide who is owed one, or what belongs to it (see `store::exports`).

use super::deliver::{Began, open_conversation};
use super::files;
use super::speaker::Speaker;
use crate::domain::reminders::MessageKind;
use crate::render::{export_json, export_text, privacy};
use crate::slack::api::{Share, name_with_nonce};
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::Message;
use crate::store::outbox::settle::Ending;
use crate::store::{exports, people};

/// The name of an export's files begins with this.
const STEM: &str = "my-mentor-data";

/// Gathers, writes, uploads, shares.
///
/// # Errors
/// When the database fails before anything was shared.
pub(super) async fn attempt(speaker: &Speaker, message: &Message, began: Began) -> Result<Ending, StoreFailure> {
    let ctx = &speaker.ctx;
    let mut reading = ctx.db.read().await?;
    let reader = people::get(&mut reading, message.to).await?;
    let known = people::conversation(&mut reading, message.to).await?;
    if ctx.now() > message.until || reader.deactivated {
        return Ok(Ending::Dropped { reason: "no_longer_owed" });
    }
    let export = exports::gather(&mut reading, message.to, ctx.now()).await?;
    drop(reading);
    let channel = match known {
        Some(channel) => channel,
        None => match open_conversation(speaker, message.to, &reader.slack.user_id).await? {
            Ok(channel) => channel,
            Err(failure) => return Ok(files::before_sharing(speaker, failure)),
        },
    };
    let (text, extension, content_type, title) = match message.kind {
        MessageKind::ExportJson => (export_json::draw(&export), "json", "application/json", "My Mentor data.json"),
        _ => (export_text::draw(&export), "txt", "text/plain; charset=utf-8", "My Mentor data.txt"),
    };
    let comment = privacy::file_comment();
    let share = Share { channel: &channel, thread_ts: None, title, comment: Some(comment.as_str()) };
    let name = name_with_nonce(STEM, &message.nonce, extension);
    Ok(files::sent(speaker, began, &name, content_type, text.as_bytes(), share).await)
}
