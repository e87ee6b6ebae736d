//! Doubt: a message that may have arrived is looked for before anything else is done about it.
//!
//! Owns: reading the conversation's history, matching nonce and app. Must not: send.

use chrono::{DateTime, TimeDelta, Utc};

use super::letters;
use super::speaker::{MOST_ATTEMPTS, Speaker};
use super::{channels, groups, outside_letters};
use crate::domain::reminders::MessageKind;
use crate::domain::reminders_homework::UNCLEAR;
use crate::slack::api::{CallFailure, HistoryMessage};
use crate::slack::method::Method;
use crate::store::failure::StoreFailure;
use crate::store::outbox::doubt::{self, Doubt, Look};
use crate::store::outbox::queue;
use crate::store::outbox::settle::Ending;
use crate::store::{calendars, people};

/// Doubts looked into in one tick.
const A_TICK: i64 = 50;
/// Slack's clock and ours may differ by this much.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(5);
/// The longest wait before a conversation that could not be read is read again.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(5);
/// A doubt older than this is told to whoever runs the app.
const WORRYING: TimeDelta = TimeDelta::minutes(15);

/// Looks into every doubt whose settle window is over. Returns how many there were.
///
/// # Errors
/// When the database fails.
pub async fn tick(speaker: &Speaker) -> Result<usize, StoreFailure> {
    let ctx = &speaker.ctx;
    let mut reading = ctx.db.read().await?;
    let doubts = doubt::due(&mut reading, ctx.now(), A_TICK).await?;
    drop(reading);
    for doubt in &doubts {
        let look = look(speaker, doubt).await?;
        let mut tx = ctx.db.begin().await?;
        if doubt::resolve(&mut tx, doubt, &look, ctx.now()).await? {
            let message = queue::get(&mut tx, doubt.id).await?;
            groups::follow_look(ctx, &mut tx, &message, &look).await?;
            if look == Look::CannotBeKnown {
                channels::tell_owner(ctx, &mut tx, &message, &Ending::Dropped { reason: UNCLEAR }).await?;
                letters::tell_mentee(ctx, &mut tx, &message, &Ending::Dropped { reason: UNCLEAR }).await?;
                outside_letters::follow(ctx, &mut tx, &message, &Ending::Dropped { reason: UNCLEAR }).await?;
            }
            tx.commit().await?;
        }
    }
    Ok(doubts.len())
}

async fn look(speaker: &Speaker, doubt: &Doubt) -> Result<Look, StoreFailure> {
    let now = speaker.ctx.now();
    let mut reading = speaker.ctx.db.read().await?;
    let message = queue::get(&mut reading, doubt.id).await?;
    let kind = message.kind;
    if kind == MessageKind::OutsideLetter {
        // As below: it goes by e-mail, though it is owed to somebody in Slack.
        return Ok(Look::CannotBeKnown);
    }
    if kind == MessageKind::WinToChannel {
        // Its process died while it was on its way to a channel, which the app cannot read.
        return Ok(Look::CannotBeKnown);
    }
    if people::get(&mut reading, doubt.to()).await?.is_contact() {
        // Its process died while it was being posted, and nobody can look into a mailbox.
        return Ok(Look::CannotBeKnown);
    }
    let (channel, thread) = if groups::goes_to_a_group(kind) {
        groups::place(&mut reading, &message).await?.map_or((None, None), |(channel, thread)| (Some(channel), thread))
    } else {
        let thread = match kind {
            MessageKind::CalendarFile => calendars::file(&mut reading, doubt.id).await?.place.thread(),
            _ => None,
        };
        (people::conversation(&mut reading, doubt.to()).await?, thread)
    };
    drop(reading);
    let Some(channel) = channel else {
        // No conversation was ever opened, so nothing can stand in it.
        return Ok(Look::NotThere(now));
    };
    Ok(match find(speaker, &channel, thread.as_deref(), doubt).await {
        Ok(Some(ts)) => Look::Arrived { channel, ts },
        Ok(None) if doubt.looks == 0 => Look::NotFoundYet(now + speaker.between_looks()),
        Ok(None) if doubt.attempt >= MOST_ATTEMPTS => {
            tracing::error!("a message was tried eight times and never arrived; it is parked");
            Look::NotThereForGood
        }
        Ok(None) => Look::NotThere(speaker.retry_at(doubt.attempt)),
        Err(wait) => {
            let age = now - doubt.attempt_at;
            if age > WORRYING {
                tracing::error!(
                    minutes = age.num_minutes(),
                    "a message is still in doubt: its conversation cannot be read"
                );
            }
            // The longer it could not be read, the less often it is tried, between seconds and minutes.
            Look::Unread(now + wait.max(TimeDelta::seconds(age.num_seconds() / 4).min(LONGEST_WAIT)))
        }
    })
}

/// Reads the whole window of a conversation, or of a thread in it, which the history does not show. The error is how long to wait before reading again.
async fn find(
    speaker: &Speaker,
    channel: &str,
    thread: Option<&str>,
    doubt: &Doubt,
) -> Result<Option<String>, TimeDelta> {
    let oldest = seconds(doubt.attempt_at - CLOCKS_DIFFER);
    let latest = seconds(speaker.ctx.now() + CLOCKS_DIFFER);
    let mut cursor = None;
    let method = if thread.is_some() { Method::ConversationsReplies } else { Method::ConversationsHistory };
    loop {
        if let Err(at) = speaker.permit(method, None) {
            return Err((at - speaker.ctx.now()).max(TimeDelta::seconds(1)));
        }
        let page = match thread {
            Some(ts) => speaker.api.replies(channel, ts, &oldest, &latest, cursor.as_deref()).await,
            None => speaker.api.history(channel, &oldest, &latest, cursor.as_deref()).await,
        };
        speaker.learn_pace(method, &page);
        let page = page.map_err(|failure| match failure {
            CallFailure::RateLimited { retry_after, .. } => {
                TimeDelta::from_std(retry_after).unwrap_or(speaker.between_looks())
            }
            _ => TimeDelta::seconds(5).min(speaker.between_looks()),
        })?;
        if let Some(found) = page.messages.iter().find(|message| is_it(speaker, message, doubt)) {
            return Ok(Some(found.ts.clone()));
        }
        match page.next {
            Some(next) => cursor = Some(next),
            None => return Ok(None),
        }
    }
}

/// The nonce alone is not enough: any app in the conversation can read it and repeat it.
fn is_it(speaker: &Speaker, message: &HistoryMessage, doubt: &Doubt) -> bool {
    let installation = &speaker.ctx.installation;
    let ours = match (&installation.bot_id, &message.bot_id) {
        (Some(our_bot), Some(bot)) => our_bot == bot,
        _ => message.user.as_deref() == Some(installation.bot_user_id.as_str()),
    };
    ours && message.nonce.as_deref() == Some(doubt.nonce.as_str())
}

fn seconds(at: DateTime<Utc>) -> String {
    format!("{}.000000", at.timestamp())
}
