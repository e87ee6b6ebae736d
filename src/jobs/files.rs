//! Files: uploaded and shared, once; and calendar files, which are drawn here.
//!
//! Only the last of the three calls puts anything on a screen; what fails before it is simply done again. Whether the last
//! one took effect is found out by the file's name, which carries the nonce (see `doubt`). A workspace that takes no files
//! loses nothing else: the file is parked, and nothing waits for it.
//!
//! Owns: how such an attempt goes and ends. Must not: decide who is owed a file (see `store::calendars`).

use chrono::TimeDelta;

use super::deliver::{Began, Safe, after, open_conversation};
use super::speaker::Speaker;
use crate::domain::calendar::Entry;
use crate::domain::pairs::PairOfPeople;
use crate::mail::ics::{self, CalendarEntry};
use crate::render::calendar_links;
use crate::slack::api::{CallFailure, Share, name_with_nonce};
use crate::slack::method::Method;
use crate::store::calendars::{self, FilePlace};
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::Message;
use crate::store::outbox::settle::Ending;
use crate::store::{letters, pairs, people};

/// Between two attempts at an upload that failed for a reason of Slack's or the line's.
const UPLOAD_AGAIN: TimeDelta = TimeDelta::minutes(2);
/// Between two looks whether the message it goes with has been sent.
const MESSAGE_FIRST: TimeDelta = TimeDelta::seconds(5);

/// Refusals that hold for files only, although they read as if they held for the whole installation.
const ABOUT_FILES: [&str; 4] = ["access_denied", "missing_scope", "no_permission", "not_allowed_token_type"];

/// The files an app's name for a calendar file begins with.
const STEM: &str = "mentoring";

/// A slot of a pair's rhythm as calendar programs are told it.
pub fn calendar_entry<'a>(of: &'a PairOfPeople, entry: &Entry) -> CalendarEntry<'a> {
    CalendarEntry {
        pair: of.pair.id,
        slot_at: entry.slot_at,
        sequence: entry.revision,
        names: [&of.mentee.name, &of.mentor.name],
        starts_at: entry.starts_at,
        length_minutes: entry.length_minutes,
        skipped: entry.cancelled,
        changed_at: entry.changed_at,
        invited: None,
    }
}

/// What is said with a file for somebody outside.
const TO_FORWARD: &str = "The file for their calendar: attach it to your e-mail.";

/// Draws, uploads, shares.
///
/// # Errors
/// When the database fails before anything was shared.
pub(super) async fn attempt(speaker: &Speaker, message: &Message, began: Began) -> Result<Ending, StoreFailure> {
    let ctx = &speaker.ctx;
    let now = ctx.now();
    let mut reading = ctx.db.read().await?;
    let file = calendars::file(&mut reading, message.id).await?;
    let of = pairs::find(&mut reading, file.pair).await?.ok_or(StoreFailure::Unexpected("calendar_files.pair_id"))?;
    let known = people::conversation(&mut reading, message.to).await?;
    drop(reading);
    let reader = of.half(message.to);
    if now > message.until || reader.deactivated || file.entries.is_empty() || file.place == FilePlace::Nowhere {
        return Ok(Ending::Dropped { reason: "no_longer_owed" });
    }
    let (channel, thread_ts) = match file.place {
        FilePlace::Thread { channel, ts } => (channel, Some(ts)),
        FilePlace::NotYet | FilePlace::Nowhere => return Ok(Ending::GivenBack { not_before: now + MESSAGE_FIRST }),
        FilePlace::ByItself => match known {
            Some(channel) => (channel, None),
            None => match open_conversation(speaker, message.to, &reader.slack.user_id).await? {
                Ok(channel) => (channel, None),
                Err(failure) => return Ok(before_sharing(speaker, failure)),
            },
        },
    };
    let entries: Vec<CalendarEntry<'_>> = file.entries.iter().map(|entry| calendar_entry(&of, entry)).collect();
    let bytes = ics::file(&entries, now).into_bytes();
    let other = of.other(message.to);
    let (title, comment) = (ics::title(&other.name), calendar_links::file_comment(other));
    let share = Share {
        channel: &channel,
        thread_ts: thread_ts.as_deref(),
        title: &title,
        comment: thread_ts.is_none().then_some(comment.as_str()),
    };
    let name = name_with_nonce(STEM, &message.nonce, "ics");
    Ok(sent(speaker, began, &name, ics::CONTENT_TYPE, &bytes, share).await)
}

/// Uploads and shares a file, whatever is in it; `name` carries the nonce.
pub(super) async fn sent(
    speaker: &Speaker,
    began: Began,
    name: &str,
    content_type: &str,
    bytes: &[u8],
    share: Share<'_>,
) -> Ending {
    for method in [Method::FilesGetUploadUrlExternal, Method::FilesCompleteUploadExternal] {
        if let Err(not_before) = speaker.permit(method, None) {
            return Ending::GivenBack { not_before };
        }
    }
    match uploaded(speaker, name, content_type, bytes).await {
        Err(failure) => before_sharing(speaker, failure),
        Ok(_) if began.is_late(speaker) => Ending::GivenBack { not_before: speaker.ctx.now() },
        Ok(file_id) => {
            let channel = share.channel.to_owned();
            let shared = speaker.api.share_file(&file_id, share).await;
            speaker.learn_pace(Method::FilesCompleteUploadExternal, &shared);
            match shared {
                // Slack does not say as which message; the file's id is what there is.
                Ok(()) => Ending::Sent { channel, ts: file_id },
                Err(failure) => settled(speaker, Safe::No, failure),
            }
        }
    }
}

/// The file of one meeting, for a mentee who sends it to their mentor outside: after the message that says so.
///
/// # Errors
/// When the database fails before anything was shared.
pub(super) async fn attempt_to_forward(
    speaker: &Speaker,
    message: &Message,
    began: Began,
) -> Result<Ending, StoreFailure> {
    let ctx = &speaker.ctx;
    let now = ctx.now();
    let mut reading = ctx.db.read().await?;
    let found = letters::find(&mut reading, message.subject, now).await?;
    let known = people::conversation(&mut reading, message.to).await?;
    drop(reading);
    let entry = found.as_ref().and_then(|found| Some((&found.letter.of, found.letter.entry.as_ref()?)));
    let Some((of, entry)) = entry.filter(|(of, _)| now <= message.until && !of.mentee.deactivated) else {
        return Ok(Ending::Dropped { reason: "no_longer_owed" });
    };
    // The message stands there before, so the conversation is known.
    let Some(channel) = known else { return Ok(Ending::GivenBack { not_before: now + MESSAGE_FIRST }) };
    for method in [Method::FilesGetUploadUrlExternal, Method::FilesCompleteUploadExternal] {
        if let Err(not_before) = speaker.permit(method, None) {
            return Ok(Ending::GivenBack { not_before });
        }
    }
    let bytes = calendar_entry(of, entry).file(now).into_bytes();
    let title = ics::title(&of.mentee.name);
    let share = Share { channel: &channel, thread_ts: None, title: &title, comment: Some(TO_FORWARD) };
    match uploaded(speaker, &name_with_nonce(STEM, &message.nonce, "ics"), ics::CONTENT_TYPE, &bytes).await {
        Err(failure) => Ok(before_sharing(speaker, failure)),
        Ok(_) if began.is_late(speaker) => Ok(Ending::GivenBack { not_before: ctx.now() }),
        Ok(file_id) => {
            let shared = speaker.api.share_file(&file_id, share).await;
            speaker.learn_pace(Method::FilesCompleteUploadExternal, &shared);
            Ok(match shared {
                Ok(()) => Ending::Sent { channel, ts: file_id },
                Err(failure) => settled(speaker, Safe::No, failure),
            })
        }
    }
}

/// Brings the bytes to Slack, where nobody sees them yet; the file's id.
async fn uploaded(speaker: &Speaker, name: &str, content_type: &str, bytes: &[u8]) -> Result<String, CallFailure> {
    let address = speaker.api.upload_address(name, bytes.len()).await;
    speaker.learn_pace(Method::FilesGetUploadUrlExternal, &address);
    let address = address?;
    speaker.api.upload(&address, content_type, bytes).await?;
    Ok(address.file_id)
}

pub(super) fn before_sharing(speaker: &Speaker, failure: CallFailure) -> Ending {
    match settled(speaker, Safe::Yes, failure) {
        Ending::GivenBack { not_before } => {
            Ending::GivenBack { not_before: not_before.max(speaker.ctx.now() + UPLOAD_AGAIN) }
        }
        other => other,
    }
}

fn settled(speaker: &Speaker, safe: Safe, failure: CallFailure) -> Ending {
    match failure.code() {
        Some(code) if ABOUT_FILES.contains(&code) => Ending::Parked { reason: code.to_owned() },
        _ => after(speaker, safe, failure),
    }
}
