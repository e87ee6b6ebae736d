//! Doubt: messages that may or may not have arrived, and how each doubt ends.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::together;
use crate::domain::identifiers::PersonId;
use crate::store::db::{Tx, changed, on};
use crate::store::failure::StoreFailure;
use crate::store::statements::statements;

statements! {
    // In flight when its process died or its lease ran out: it may have arrived. Three such ends and it is poison.
    ABANDONED = "UPDATE outbox SET deaths = deaths + 1, looks = 0, lease_until = NULL, not_before = $2,
        state = CASE WHEN deaths + 1 >= 3 THEN 'parked' ELSE 'doubt' END,
        reason = CASE WHEN deaths + 1 >= 3 THEN 'three_deaths' ELSE reason END,
        settled_at = CASE WHEN deaths + 1 >= 3 THEN $3 ELSE settled_at END
        WHERE state = 'claimed' AND lease_until < $1";
    DUE = "SELECT id, person_id, nonce, attempt, attempt_at, looks FROM outbox
        WHERE state = 'doubt' AND not_before <= $1 ORDER BY not_before, id LIMIT $2";
    ARRIVED = "UPDATE outbox SET state = 'sent', channel = $3, ts = $4, settled_at = $5
        WHERE id = $1 AND attempt = $2 AND state = 'doubt'";
    NOT_FOUND = "UPDATE outbox SET looks = looks + 1, not_before = $3 WHERE id = $1 AND attempt = $2 AND state = 'doubt'";
    NOT_THERE = "UPDATE outbox SET state = 'pending', looks = 0, not_before = $3
        WHERE id = $1 AND attempt = $2 AND state = 'doubt'";
    PARK = "UPDATE outbox SET state = 'parked', reason = 'too_many_attempts', settled_at = $3
        WHERE id = $1 AND attempt = $2 AND state = 'doubt'";
    UNCLEAR = "UPDATE outbox SET state = 'dropped', reason = 'unclear', settled_at = $3
        WHERE id = $1 AND attempt = $2 AND state = 'doubt'";
    LOOK_LATER = "UPDATE outbox SET not_before = $3 WHERE id = $1 AND attempt = $2 AND state = 'doubt'";
}

/// A message in doubt.
#[derive(Clone, Debug, FromRow)]
pub struct Doubt {
    /// The row.
    pub id: Uuid,
    person_id: Uuid,
    /// What to look for.
    pub nonce: String,
    /// The fence.
    pub attempt: i32,
    /// When it was claimed: nothing arrived before that.
    pub attempt_at: DateTime<Utc>,
    /// Complete looks so far that did not find it.
    pub looks: i32,
}

impl Doubt {
    /// In whose conversation to look.
    pub fn to(&self) -> PersonId {
        PersonId(self.person_id)
    }
}

/// How a look into the history ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// It stands there.
    Arrived {
        /// The conversation.
        channel: String,
        /// The message's timestamp there.
        ts: String,
    },
    /// The history was read fully and it is not there; look once more at this moment.
    NotFoundYet(DateTime<Utc>),
    /// Not there twice: send it, not before this moment.
    NotThere(DateTime<Utc>),
    /// Not there twice, and it was tried often enough.
    NotThereForGood,
    /// There is no history to read: nobody will ever know, and it is not sent again.
    CannotBeKnown,
    /// The history could not be read fully; look again at this moment.
    Unread(DateTime<Utc>),
}

/// Puts in doubt what was in flight when its process died: claims whose lease ended before `lease_time`. Three deaths park.
/// Returns how many there were.
///
/// # Errors
/// When the database fails.
pub async fn abandoned(
    tx: &mut Tx,
    lease_time: DateTime<Utc>,
    look_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<u64, StoreFailure> {
    let count = changed!(tx, sqlx::query(ABANDONED).bind(lease_time).bind(look_at).bind(now))?;
    if count > 0 {
        together::put_back_of_parked(tx).await?;
    }
    Ok(count)
}

/// Doubts to look into now.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<Doubt>, StoreFailure> {
    on!(tx, connection => sqlx::query_as(DUE).bind(now).bind(limit).fetch_all(connection))
}

/// Keeps what a look found. False when somebody else has resolved the doubt meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn resolve(tx: &mut Tx, doubt: &Doubt, look: &Look, now: DateTime<Utc>) -> Result<bool, StoreFailure> {
    let (id, fence) = (doubt.id, doubt.attempt);
    let changed = match look {
        Look::Arrived { channel, ts } => {
            changed!(tx, sqlx::query(ARRIVED).bind(id).bind(fence).bind(channel).bind(ts).bind(now))
        }
        Look::NotFoundYet(at) => changed!(tx, sqlx::query(NOT_FOUND).bind(id).bind(fence).bind(at)),
        Look::NotThere(at) => changed!(tx, sqlx::query(NOT_THERE).bind(id).bind(fence).bind(at)),
        Look::NotThereForGood => changed!(tx, sqlx::query(PARK).bind(id).bind(fence).bind(now)),
        Look::CannotBeKnown => changed!(tx, sqlx::query(UNCLEAR).bind(id).bind(fence).bind(now)),
        Look::Unread(at) => changed!(tx, sqlx::query(LOOK_LATER).bind(id).bind(fence).bind(at)),
    }?;
    if changed == 1 && matches!(look, Look::NotThere(_) | Look::NotThereForGood | Look::CannotBeKnown) {
        together::put_back(tx, id).await?;
    }
    Ok(changed == 1)
}
