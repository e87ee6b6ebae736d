//! The end of an attempt. Every statement carries the fence: only the claim that did the work may settle it.

use chrono::{DateTime, Utc};

use super::queue::Message;
use super::together;
use crate::store::db::{Tx, changed};
use crate::store::failure::StoreFailure;
use crate::store::statements::statements;

statements! {
    SENT = "UPDATE outbox SET state = 'sent', channel = $3, ts = $4, settled_at = $5, lease_until = NULL
        WHERE id = $1 AND attempt = $2 AND state = 'claimed'";
    // Untouched: the attempt did not happen.
    GIVE_BACK = "UPDATE outbox SET state = 'pending', attempt = attempt - 1, not_before = $3, lease_until = NULL
        WHERE id = $1 AND attempt = $2 AND state = 'claimed'";
    DOUBT = "UPDATE outbox SET state = 'doubt', not_before = $3, looks = 0, lease_until = NULL
        WHERE id = $1 AND attempt = $2 AND state = 'claimed'";
    END = "UPDATE outbox SET state = $3, reason = $4, settled_at = $5, lease_until = NULL
        WHERE id = $1 AND attempt = $2 AND state = 'claimed'";
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It stands in the conversation.
    Sent {
        /// The conversation.
        channel: String,
        /// The message's timestamp there.
        ts: String,
    },
    /// It certainly does not stand there, and that was not its own fault; as if nothing had been attempted.
    GivenBack {
        /// Not before this.
        not_before: DateTime<Utc>,
    },
    /// It may stand there; look before doing anything else.
    Doubt {
        /// Not before this.
        look_at: DateTime<Utc>,
    },
    /// Nobody is owed it any more.
    Dropped {
        /// In one word.
        reason: &'static str,
    },
    /// Slack refuses it for good, or it was tried often enough.
    Parked {
        /// Slack's error code or ours.
        reason: String,
    },
}

/// Settles an attempt. False when somebody else has taken the message over meanwhile: then nothing was changed.
///
/// # Errors
/// When the database fails.
pub async fn settle(tx: &mut Tx, message: &Message, ending: &Ending, now: DateTime<Utc>) -> Result<bool, StoreFailure> {
    let (id, fence) = (message.id, message.attempt);
    let changed = match ending {
        Ending::Sent { channel, ts } => {
            changed!(tx, sqlx::query(SENT).bind(id).bind(fence).bind(channel).bind(ts).bind(now))
        }
        Ending::GivenBack { not_before } => changed!(tx, sqlx::query(GIVE_BACK).bind(id).bind(fence).bind(not_before)),
        Ending::Doubt { look_at } => changed!(tx, sqlx::query(DOUBT).bind(id).bind(fence).bind(look_at)),
        Ending::Dropped { reason } => {
            changed!(tx, sqlx::query(END).bind(id).bind(fence).bind("dropped").bind(*reason).bind(now))
        }
        Ending::Parked { reason } => {
            changed!(tx, sqlx::query(END).bind(id).bind(fence).bind("parked").bind(reason).bind(now))
        }
    }?;
    // Unless it stands in the conversation, or may, what it was to carry waits by itself again.
    if changed == 1 && !matches!(ending, Ending::Sent { .. } | Ending::Doubt { .. }) {
        together::put_back(tx, id).await?;
    }
    Ok(changed == 1)
}
