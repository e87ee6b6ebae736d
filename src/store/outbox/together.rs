//! Messages that are said together: one goes out and carries the others, whose rows follow it.
//!
//! While the one that carries is on its way or out, the others are dropped with the reason `said_together`. Should it not go
//! out after all, they stand for themselves again: nothing is lost by having been gathered.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::queue::{Message, MessageRow};
use crate::domain::reminders::MessageKind;
use crate::store::db::{Tx, changed, on};
use crate::store::failure::StoreFailure;
use crate::store::statements::statements;

/// Messages that one message carries at most, beside itself: Slack takes 50 blocks, and each needs up to five.
const MOST_CARRIED: usize = 8;

statements! {
    WAITING_WITH = "SELECT id, kind FROM outbox
        WHERE person_id = $1 AND id <> $2 AND state = 'pending' AND attempt = 0 AND due_at <= $3 AND until_at >= $3
        ORDER BY due_at, id";
    CARRY = "UPDATE outbox SET state = 'dropped', reason = 'said_together', said_with = $2, settled_at = $3
        WHERE id = $1 AND state = 'pending'";
    CARRIED = "SELECT id, kind, subject_id, person_id, nonce, attempt, due_at, until_at FROM outbox
        WHERE said_with = $1 ORDER BY due_at, id";
    PUT_BACK = "UPDATE outbox SET state = 'pending', reason = NULL, said_with = NULL, settled_at = NULL
        WHERE said_with = $1 AND state = 'dropped'";
    PUT_BACK_PARKED = "UPDATE outbox SET state = 'pending', reason = NULL, said_with = NULL, settled_at = NULL
        WHERE state = 'dropped' AND said_with IN (SELECT id FROM outbox WHERE state = 'parked' AND reason = 'three_deaths')";
    PUT_ONE_BACK = "UPDATE outbox SET state = 'pending', reason = NULL, said_with = NULL, settled_at = NULL
        WHERE id = $1 AND said_with = $2";
    LEAVE_OUT = "UPDATE outbox SET reason = 'no_longer_owed', said_with = NULL WHERE id = $1 AND said_with = $2";
}

#[derive(FromRow)]
struct WaitingRow {
    id: Uuid,
    kind: String,
}

/// A message that was just claimed takes along what else its reader is waiting for by now.
///
/// # Errors
/// When the database fails.
pub async fn gather(tx: &mut Tx, carrier: &Message, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    if !carrier.kind.may_be_said_together() {
        return Ok(());
    }
    let waiting: Vec<WaitingRow> = on!(
        tx,
        connection => sqlx::query_as(WAITING_WITH).bind(carrier.to.0).bind(carrier.id).bind(now).fetch_all(connection)
    )?;
    let fitting =
        waiting.iter().filter(|row| MessageKind::from_word(&row.kind).is_some_and(MessageKind::may_be_said_together));
    for row in fitting.take(MOST_CARRIED) {
        changed!(tx, sqlx::query(CARRY).bind(row.id).bind(carrier.id).bind(now))?;
    }
    Ok(())
}

/// What a message carries beside itself, in order.
///
/// # Errors
/// When the database fails.
pub async fn carried(tx: &mut Tx, carrier: Uuid) -> Result<Vec<Message>, StoreFailure> {
    let rows: Vec<MessageRow> = on!(tx, connection => sqlx::query_as(CARRIED).bind(carrier).fetch_all(connection))?;
    rows.into_iter().map(MessageRow::into_message).collect()
}

/// The carrier did not go out: what it carried waits by itself again.
///
/// # Errors
/// When the database fails.
pub async fn put_back(tx: &mut Tx, carrier: Uuid) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(PUT_BACK).bind(carrier))?;
    Ok(())
}

/// Of what a message carries, this is not owed any more and does not stand in it.
///
/// # Errors
/// When the database fails.
pub async fn leave_out(tx: &mut Tx, carrier: Uuid, carried: Uuid) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(LEAVE_OUT).bind(carried).bind(carrier))?;
    Ok(())
}

/// What a message carries cannot be drawn: it stands for itself again, so that it alone is parked for that.
///
/// # Errors
/// When the database fails.
pub async fn put_one_back(tx: &mut Tx, carrier: Uuid, carried: Uuid) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(PUT_ONE_BACK).bind(carried).bind(carrier))?;
    Ok(())
}

/// Messages parked at their third death carry nothing any more.
///
/// # Errors
/// When the database fails.
pub async fn put_back_of_parked(tx: &mut Tx) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(PUT_BACK_PARKED))?;
    Ok(())
}
