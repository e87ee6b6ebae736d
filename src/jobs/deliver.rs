//! Delivering: each message that is due is claimed, drawn, sent and settled; one that may have arrived is in doubt.
//!
//! Owns: the outbound protocol (see `docs/architecture.md`). Must not: decide what is owed, or look into doubts.

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::StreamExt as _;

use super::draw::draw;
use super::files;
use super::letters;
use super::speaker::{LEASE, NOT_ITS_FAULT, Progress, Speaker};
use super::{channels, exports, groups, outside_letters, outsiders, receipts, together};
use crate::domain::identifiers::PersonId;
use crate::domain::reminders::MessageKind;
use crate::slack::api::{CallFailure, Outgoing};
use crate::slack::method::Method;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::{self, Message};
use crate::store::outbox::settle::{Ending, settle};
use crate::store::outbox::together as gathering;
use crate::store::people;

/// Conversations looked at in one tick.
const A_TICK: i64 = 500;
/// Messages on their way at the same time; more would only wait for the workspace's pace.
const AT_ONCE: usize = 8;

/// Jitter of a fourth attempt, up to 16 s, for a line that is down: everybody's messages come back spread out.
const LINE_DOWN: i32 = 4;

/// Delivers what is due and what the pace lets through, one message a conversation.
///
/// # Errors
/// When the database fails; what was in flight is found in doubt later.
pub async fn tick(speaker: &Speaker) -> Result<Progress, StoreFailure> {
    let ctx = &speaker.ctx;
    let mut reading = ctx.db.read().await?;
    let due = queue::due(&mut reading, ctx.now(), A_TICK).await?;
    drop(reading);
    let mut progress = Progress::default();
    let mut ready = Vec::new();
    for message in due {
        match speaker.permit(Method::ChatPostMessage, Some(&message.to.to_string())) {
            Ok(()) => ready.push(message),
            Err(at) => progress.hold(at),
        }
    }
    progress.handled = ready.len();
    // All are heard to their end, so that none is cut off while Slack is being talked to.
    let done: Vec<Result<(), StoreFailure>> = futures_util::stream::iter(ready)
        .map(|message| deliver(speaker, message))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    done.into_iter().collect::<Result<(), _>>()?;
    Ok(progress)
}

/// Claims, draws, sends, settles.
async fn deliver(speaker: &Speaker, message: Message) -> Result<(), StoreFailure> {
    let ctx = &speaker.ctx;
    let mut tx = ctx.db.begin().await?;
    let claimed_at = tx.lease_time(&ctx.clock).await?;
    let began = Began { wall: ctx.now(), monotonic: ctx.clock.monotonic() };
    let Some(message) = queue::claim(&mut tx, &message, claimed_at, LEASE).await? else { return Ok(()) };
    gathering::gather(&mut tx, &message, ctx.now()).await?;
    tx.commit().await?;

    let ending = match attempt(speaker, &message, began).await {
        Ok(ending) => ending,
        // Before anything was sent: the database is away, or what the message is about cannot be read.
        Err(failure) if failure.is_passing() => Ending::GivenBack { not_before: ctx.now() + NOT_ITS_FAULT },
        Err(failure) => {
            tracing::error!(%failure, "a message cannot be drawn");
            Ending::Parked { reason: "cannot_be_drawn".to_owned() }
        }
    };
    if let Ending::Parked { reason } = &ending {
        tracing::error!(kind = message.kind.word(), reason, "message parked");
    }
    let mut tx = ctx.db.begin().await?;
    if settle(&mut tx, &message, &ending, ctx.now()).await? {
        channels::tell_owner(ctx, &mut tx, &message, &ending).await?;
        outsiders::tell_mentee(ctx, &mut tx, &message, &ending).await?;
        letters::tell_mentee(ctx, &mut tx, &message, &ending).await?;
        groups::follow(ctx, &mut tx, &message, &ending).await?;
        outside_letters::follow(ctx, &mut tx, &message, &ending).await?;
        tx.commit().await?;
    } else {
        tracing::warn!(kind = message.kind.word(), "somebody else has taken this message over");
    }
    Ok(())
}

/// When an attempt began, on both clocks: either may be the one that notices that this process was stopped for a while.
#[derive(Clone, Copy)]
pub(super) struct Began {
    wall: DateTime<Utc>,
    monotonic: Duration,
}

impl Began {
    /// Whether more than half the lease has passed by either clock: then somebody else may soon take the message over.
    pub(super) fn is_late(self, speaker: &Speaker) -> bool {
        let half = LEASE / 2;
        let ctx = &speaker.ctx;
        let monotonic = ctx.clock.monotonic().saturating_sub(self.monotonic);
        let wall = ctx.now() - self.wall;
        wall > half || half.to_std().is_ok_and(|half| monotonic > half)
    }
}

async fn attempt(speaker: &Speaker, message: &Message, began: Began) -> Result<Ending, StoreFailure> {
    let ctx = &speaker.ctx;
    let mut reading = ctx.db.read().await?;
    let person = people::get(&mut reading, message.to).await?;
    drop(reading);
    match message.kind {
        MessageKind::Receipt => return receipts::attempt(speaker, message, began).await,
        kind if groups::goes_to_a_group(kind) => return groups::attempt(speaker, message, began).await,
        // Owed to somebody who was forgotten since.
        _ if person.is_forgotten() => return Ok(Ending::Dropped { reason: "no_longer_owed" }),
        _ if person.is_contact() => return letters::attempt(speaker, message, began).await,
        MessageKind::OutsideLetter => return outside_letters::attempt(speaker, message, began).await,
        MessageKind::CalendarFile => return files::attempt(speaker, message, began).await,
        MessageKind::FileToForward => return files::attempt_to_forward(speaker, message, began).await,
        MessageKind::ExportText | MessageKind::ExportJson => return exports::attempt(speaker, message, began).await,
        _ => {}
    }
    let mut reading = ctx.db.read().await?;
    let drawing = draw(ctx, &mut reading, message).await?;
    let carried = together::carried(ctx, &mut reading, message).await?;
    let known = people::conversation(&mut reading, message.to).await?;
    drop(reading);
    if known.is_none()
        && drawing.channel.is_none()
        && let Err(not_before) = speaker.permit(Method::ConversationsOpen, None)
    {
        return Ok(Ending::GivenBack { not_before });
    }
    if !drawing.still_owed {
        return Ok(Ending::Dropped { reason: "no_longer_owed" });
    }
    if let Some(channel) = &drawing.channel {
        if began.is_late(speaker) {
            return Ok(Ending::GivenBack { not_before: ctx.now() });
        }
        return Ok(channels::settled(post(speaker, message, channel, &drawing.outgoing).await));
    }
    let channel = match known {
        Some(channel) => channel,
        None => match open_conversation(speaker, message.to, &person.slack.user_id).await? {
            Ok(channel) => channel,
            Err(failure) => {
                let ending = groups::settled_apart(message.kind, after(speaker, Safe::Yes, failure));
                return Ok(outsiders::settled(&person, ending));
            }
        },
    };
    let outgoing = together::to_send(ctx, message, drawing.outgoing, carried).await?;
    if began.is_late(speaker) {
        return Ok(Ending::GivenBack { not_before: ctx.now() });
    }
    let ending = groups::settled_apart(message.kind, post(speaker, message, &channel, &outgoing).await);
    Ok(outsiders::settled(&person, ending))
}

pub(super) async fn open_conversation(
    speaker: &Speaker,
    person: PersonId,
    user_id: &str,
) -> Result<Result<String, CallFailure>, StoreFailure> {
    let opened = speaker.api.open_conversation(&[user_id]).await;
    speaker.learn_pace(Method::ConversationsOpen, &opened);
    if let Ok(channel) = &opened {
        let mut tx = speaker.ctx.db.begin().await?;
        people::set_conversation(&mut tx, person, channel).await?;
        tx.commit().await?;
    }
    Ok(opened)
}

pub(super) async fn post(speaker: &Speaker, message: &Message, channel: &str, outgoing: &Outgoing) -> Ending {
    let posted = speaker.api.post_message(channel, outgoing, &message.nonce, None).await;
    speaker.learn_pace(Method::ChatPostMessage, &posted);
    match posted {
        Ok(posted) => Ending::Sent { channel: posted.channel, ts: posted.ts },
        Err(failure) => after(speaker, Safe::No, failure),
    }
}

/// Whether a call may be repeated without harm.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Safe {
    Yes,
    No,
}

/// What follows from a failed call. Only what certainly did nothing is tried again without looking; and what is not the
/// message's own fault does not count as an attempt of it, since a line that is down or a token that was revoked must not
/// park everything that is due meanwhile. How long it is worth trying, its window says.
pub(super) fn after(speaker: &Speaker, safe: Safe, failure: CallFailure) -> Ending {
    let now = speaker.ctx.now();
    match failure {
        CallFailure::Uncertain { .. } if safe == Safe::No => Ending::Doubt { look_at: now + speaker.settle },
        CallFailure::Refused { .. } if failure.is_about_installation() => {
            tracing::error!(%failure, "Slack refuses this installation; messages wait until that is mended");
            Ending::GivenBack { not_before: now + NOT_ITS_FAULT }
        }
        CallFailure::Refused { code, .. } => Ending::Parked { reason: code },
        CallFailure::RateLimited { retry_after, .. } => Ending::GivenBack { not_before: now + retry_after },
        CallFailure::Uncertain { .. } | CallFailure::NotSent { .. } => {
            Ending::GivenBack { not_before: speaker.retry_at(LINE_DOWN) }
        }
    }
}
