//! Messages to a group of people: the one in which names meet, and what comes later in its thread.
//!
//! The conversation is opened once and remembered before anything is said in it, so that a message that may have arrived is looked
//! for where it would stand. When Slack definitely refuses the group, the message is dropped with its reason, and in the same
//! transaction everybody is owed a message of their own that still connects them. Words are `render::introduction_meeting`.
//!
//! Owns: how such an attempt goes and ends. Must not: decide that names meet.

use super::deliver::{Began, Safe, after};
use super::draw::draw;
use super::learn;
use super::speaker::Speaker;
use crate::ctx::Ctx;
use crate::domain::identifiers::IntroductionId;
use crate::domain::introduction_meeting::names_meet_apart;
use crate::domain::people::Person;
use crate::domain::reminders::MessageKind;
use crate::domain::reminders_introduction::IntroductionOfPeople;
use crate::render::introduction_meeting::Together;
use crate::slack::api::CallFailure;
use crate::slack::method::Method;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::introduction_threads::{self, Thread};
use crate::store::introductions;
use crate::store::outbox::doubt::Look;
use crate::store::outbox::queue::{self, Message};
use crate::store::outbox::settle::Ending;

/// Why a message is dropped that nobody is owed any more.
const NOT_OWED: Ending = Ending::Dropped { reason: "no_longer_owed" };
/// Whoever agreed has no account any more.
const NOMINEE_LEFT: &str = "nominee_left";
/// There is no thread to write in: names met apart.
const NO_THREAD: &str = "no_thread";
/// It was tried often enough and certainly never arrived.
const NEVER_ARRIVED: &str = "never_arrived";
/// Slack refuses, in a word that is not in [`REFUSALS`].
const REFUSED: &str = "refused";
/// The words with which Slack refuses a group, or a message to one, as documented or seen. An installation that is older than
/// introductions lacks the scope until somebody installs the app again; people are not kept waiting for that.
const REFUSALS: [&str; 13] = [
    "invalid_user_combination",
    "user_disabled",
    "user_not_found",
    "user_not_visible",
    "cannot_dm_bot",
    "too_many_users",
    "not_enough_users",
    "restricted_action",
    "channel_not_found",
    "not_in_channel",
    "is_archived",
    "method_not_supported_for_channel_type",
    "missing_scope",
];

/// Whether a message of this kind goes to a group.
pub(super) fn goes_to_a_group(kind: MessageKind) -> bool {
    matches!(kind, MessageKind::NamesMeet | MessageKind::NamesMeetNudge)
}

/// Opens the group, once, and writes in it.
///
/// # Errors
/// When the database fails before anything was sent.
pub(super) async fn attempt(speaker: &Speaker, message: &Message, began: Began) -> Result<Ending, StoreFailure> {
    let ctx = &speaker.ctx;
    let id = IntroductionId(message.subject);
    let mut reading = ctx.db.read().await?;
    let Some(of) = introductions::find(&mut reading, id).await? else { return Ok(NOT_OWED) };
    let drawing = draw(ctx, &mut reading, message).await?;
    let thread = introduction_threads::find(&mut reading, id).await?;
    drop(reading);
    if !drawing.still_owed {
        return Ok(NOT_OWED);
    }
    if message.kind == MessageKind::NamesMeet && !Together::of(&of).is_some_and(|together| together.can_meet()) {
        return Ok(Ending::Dropped { reason: NOMINEE_LEFT });
    }
    let place = match (message.kind, thread) {
        (MessageKind::NamesMeet, Some(Thread { channel, .. })) => (channel, None),
        (MessageKind::NamesMeet, None) => match open(speaker, &of).await? {
            Ok(channel) => (channel, None),
            Err(ending) => return Ok(ending),
        },
        (_, Some(Thread { channel, ts: Some(ts) })) => (channel, Some(ts)),
        _ => return Ok(Ending::Dropped { reason: NO_THREAD }),
    };
    // The conversation's own pace: messages to it are owed to different people. The workspace's permit was taken before the claim;
    // with a second one, several of these would take each other's for ever.
    if let Err(not_before) = speaker.permit_in(&place.0) {
        return Ok(Ending::GivenBack { not_before });
    }
    if began.is_late(speaker) {
        return Ok(Ending::GivenBack { not_before: ctx.now() });
    }
    let posted = speaker.api.post_message(&place.0, &drawing.outgoing, &message.nonce, place.1.as_deref()).await;
    speaker.learn_pace(Method::ChatPostMessage, &posted);
    Ok(match posted {
        Ok(posted) => Ending::Sent { channel: posted.channel, ts: posted.ts },
        Err(failure) => refused(&failure).unwrap_or_else(|| after(speaker, Safe::No, failure)),
    })
}

/// Opens the conversation of those who are brought together, and remembers it; the error is how the attempt ends.
async fn open(speaker: &Speaker, of: &IntroductionOfPeople) -> Result<Result<String, Ending>, StoreFailure> {
    let Some(together) = Together::of(of) else { return Ok(Err(NOT_OWED)) };
    if let Err(not_before) = speaker.permit(Method::ConversationsOpen, None) {
        return Ok(Err(Ending::GivenBack { not_before }));
    }
    let people = together.here();
    let users: Vec<&str> = people.iter().map(|person| person.slack.user_id.as_str()).collect();
    let opened = speaker.api.open_conversation(&users).await;
    speaker.learn_pace(Method::ConversationsOpen, &opened);
    match opened {
        Ok(channel) => {
            let mut tx = speaker.ctx.db.begin().await?;
            introduction_threads::opened(&mut tx, of.introduction.id, &channel).await?;
            tx.commit().await?;
            Ok(Ok(channel))
        }
        Err(failure) => {
            if matches!(failure.code(), Some("user_disabled" | "user_not_found")) {
                learn_anew(speaker, &people).await;
            }
            Ok(Err(refused(&failure).unwrap_or_else(|| after(speaker, Safe::Yes, failure))))
        }
    }
}

/// Somebody's account was switched off and we have not heard of it: what everybody is told next shall be true.
async fn learn_anew(speaker: &Speaker, people: &[&Person]) {
    for person in people {
        if let Err(failure) = learn::person(speaker, &person.slack.user_id).await {
            tracing::warn!(%failure, "somebody of a group could not be looked up");
        }
    }
}

/// How the attempt ends when Slack says no to the group itself.
fn refused(failure: &CallFailure) -> Option<Ending> {
    let code = failure.code()?;
    let known = REFUSALS.into_iter().find(|known| *known == code);
    if known.is_none() && failure.is_about_installation() {
        return None;
    }
    tracing::warn!(%failure, "Slack refuses a group; its people are told one by one");
    Some(Ending::Dropped { reason: known.unwrap_or(REFUSED) })
}

/// What follows from how an attempt ended, in the same transaction: where the thread is, or a message for each of them.
///
/// # Errors
/// When the database fails.
pub(super) async fn follow(ctx: &Ctx, tx: &mut Tx, message: &Message, ending: &Ending) -> Result<(), StoreFailure> {
    if message.kind != MessageKind::NamesMeet {
        return Ok(());
    }
    match ending {
        Ending::Sent { channel, ts } => {
            introduction_threads::stands(tx, IntroductionId(message.subject), channel, ts).await
        }
        Ending::Dropped { reason }
            if REFUSALS.contains(reason) || [REFUSED, NOMINEE_LEFT, NEVER_ARRIVED].contains(reason) =>
        {
            owe_apart(ctx, tx, IntroductionId(message.subject)).await
        }
        _ => Ok(()),
    }
}

/// The same for a doubt that was resolved.
///
/// # Errors
/// When the database fails.
pub(super) async fn follow_look(ctx: &Ctx, tx: &mut Tx, message: &Message, look: &Look) -> Result<(), StoreFailure> {
    let ending = match look {
        Look::Arrived { channel, ts } => Ending::Sent { channel: channel.clone(), ts: ts.clone() },
        Look::NotThereForGood => Ending::Dropped { reason: NEVER_ARRIVED },
        _ => return Ok(()),
    };
    follow(ctx, tx, message, &ending).await
}

async fn owe_apart(ctx: &Ctx, tx: &mut Tx, id: IntroductionId) -> Result<(), StoreFailure> {
    let Some(of) = introductions::find(tx, id).await? else { return Ok(()) };
    let Some(together) = Together::of(&of) else { return Ok(()) };
    let now = ctx.now();
    for person in together.here() {
        queue::enqueue(tx, &names_meet_apart(id, person.id, now), &ctx.ids, now).await?;
    }
    Ok(())
}

/// How an attempt at the message for one of them ends: that somebody cannot be written to is no fault of the installation.
pub(super) fn settled_apart(kind: MessageKind, ending: Ending) -> Ending {
    match ending {
        Ending::Parked { reason } if kind == MessageKind::NamesMeetApart => {
            let known = REFUSALS.into_iter().find(|known| *known == reason);
            known.map_or(Ending::Parked { reason }, |reason| Ending::Dropped { reason })
        }
        other => other,
    }
}

/// Where a message to a group would stand: the conversation, and the message in whose thread it goes.
///
/// # Errors
/// When the database fails.
pub(super) async fn place(tx: &mut Tx, message: &Message) -> Result<Option<(String, Option<String>)>, StoreFailure> {
    let thread = introduction_threads::find(tx, IntroductionId(message.subject)).await?;
    let in_thread = message.kind == MessageKind::NamesMeetNudge;
    Ok(thread.map(|thread| (thread.channel, thread.ts.filter(|_| in_thread))))
}
