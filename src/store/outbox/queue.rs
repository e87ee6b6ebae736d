//! Into the outbox, and out of it again: enqueue, look for what is due, claim.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use crate::domain::identifiers::PersonId;
use crate::domain::reminders::{MessageKind, Owed};
use crate::ids::Ids;
use crate::store::db::{Tx, changed, on};
use crate::store::failure::StoreFailure;
use crate::store::statements::statements;

statements! {
    INSERT = "INSERT INTO outbox (id, dedupe_key, kind, subject_id, person_id, nonce, state, due_at, until_at, not_before, reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $10) ON CONFLICT (dedupe_key) DO NOTHING";
    // One conversation is served in order: nothing goes while an earlier one is in flight, in doubt or due. A file waits
    // like any other, but nothing waits for a file, nor for a letter that a mail server does not take yet.
    DUE = "SELECT o.id, o.kind, o.subject_id, o.person_id, o.nonce, o.attempt, o.due_at, o.until_at FROM outbox o
        WHERE o.state = 'pending' AND o.not_before <= $1 AND NOT EXISTS (
            SELECT 1 FROM outbox e WHERE e.person_id = o.person_id AND e.id <> o.id AND e.kind NOT IN ('calendar_file', 'export_text', 'export_json', 'outside_letter') AND (
                e.state IN ('claimed', 'doubt')
                OR (e.state = 'pending' AND e.due_at <= $1 AND (e.due_at < o.due_at OR (e.due_at = o.due_at AND e.id < o.id)))))
        ORDER BY o.attempt, o.due_at, o.id LIMIT $2";
    CLAIM = "UPDATE outbox SET state = 'claimed', attempt = attempt + 1, attempt_at = $3, lease_until = $4
        WHERE id = $1 AND state = 'pending' AND attempt = $2 AND NOT EXISTS (
            SELECT 1 FROM outbox e WHERE e.person_id = outbox.person_id AND e.id <> outbox.id
            AND e.kind NOT IN ('calendar_file', 'export_text', 'export_json', 'outside_letter') AND e.state IN ('claimed', 'doubt'))";
    ONE = "SELECT id, kind, subject_id, person_id, nonce, attempt, due_at, until_at FROM outbox WHERE id = $1";
    SENT_AS = "SELECT channel, ts FROM outbox WHERE id = $1 AND state = 'sent'";
    // A nudge about homework is about the meeting at any time, and is owed once.
    DROP_WAITING = "UPDATE outbox SET state = 'dropped', reason = 'changed', settled_at = $2
        WHERE subject_id = $1 AND state = 'pending' AND kind <> 'homework_nudge'";
    // What is carried by a message that is not out would wait again, should that message not go out.
    DROP_CARRIED = "UPDATE outbox SET reason = 'changed', said_with = NULL
        WHERE subject_id = $1 AND state = 'dropped' AND kind <> 'homework_nudge'
        AND said_with IN (SELECT id FROM outbox WHERE state <> 'sent')";
    NEXT = "SELECT MIN(not_before) FROM outbox WHERE state IN ('pending', 'doubt') AND not_before > $1";
    WAITING = "SELECT COUNT(*) FROM outbox WHERE subject_id = $1 AND kind = $2 AND person_id = $3 AND state = 'pending'";
    ABOUT_TO = "SELECT COUNT(*) FROM outbox WHERE subject_id = $1 AND person_id = $2 AND kind <> 'starting_soon'
        AND (state <> 'dropped' OR said_with IS NOT NULL)";
    REASON = "SELECT reason FROM outbox WHERE subject_id = $1 AND kind = $2";
    SENT_TO = "SELECT COUNT(*) FROM outbox
        WHERE subject_id = $1 AND kind = $2 AND (state IN ('claimed', 'sent', 'doubt') OR said_with IS NOT NULL)";
}

/// A message on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The row.
    pub id: Uuid,
    /// What kind of message.
    pub kind: MessageKind,
    /// The pair or meeting it is about.
    pub subject: Uuid,
    /// Who gets it.
    pub to: PersonId,
    /// The nonce that travels with it.
    pub nonce: String,
    /// How often it was claimed: the fence.
    pub attempt: i32,
    /// When it was due.
    pub due_at: DateTime<Utc>,
    /// After this it is not worth saying any more.
    pub until: DateTime<Utc>,
}

#[derive(FromRow)]
pub(super) struct MessageRow {
    id: Uuid,
    kind: String,
    subject_id: Uuid,
    person_id: Uuid,
    nonce: String,
    attempt: i32,
    due_at: DateTime<Utc>,
    until_at: DateTime<Utc>,
}

impl MessageRow {
    pub(super) fn into_message(self) -> Result<Message, StoreFailure> {
        Ok(Message {
            id: self.id,
            kind: MessageKind::from_word(&self.kind).ok_or(StoreFailure::Unexpected("outbox.kind"))?,
            subject: self.subject_id,
            to: PersonId(self.person_id),
            nonce: self.nonce,
            attempt: self.attempt,
            due_at: self.due_at,
            until: self.until_at,
        })
    }
}

/// Owes somebody a message; one that was owed before is not owed twice. When its window is over already, it is kept as
/// dropped, so that what was skipped can be counted. True when it is new.
///
/// # Errors
/// When the database fails.
pub async fn enqueue(tx: &mut Tx, owed: &Owed, ids: &Ids, now: DateTime<Utc>) -> Result<bool, StoreFailure> {
    let too_late = owed.due_at.max(now) > owed.until;
    let (state, reason) = if too_late { ("dropped", Some("window_over")) } else { ("pending", None) };
    let changed = changed!(
        tx,
        sqlx::query(INSERT)
            .bind(ids.ordered(now))
            .bind(owed.dedupe_key())
            .bind(owed.kind.word())
            .bind(owed.subject)
            .bind(owed.to.0)
            .bind(ids.nonce())
            .bind(state)
            .bind(owed.due_at)
            .bind(owed.until)
            .bind(reason)
    )?;
    Ok(changed == 1)
}

/// The message each conversation is waiting for, the longest due first; what has been tried before goes behind what has
/// not, so that a message that kills its process cannot keep the others from going.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<Message>, StoreFailure> {
    let rows: Vec<MessageRow> = on!(tx, connection => sqlx::query_as(DUE).bind(now).bind(limit).fetch_all(connection))?;
    rows.into_iter().map(MessageRow::into_message).collect()
}

/// Claims a message before any work on it: the attempt counts from here, whatever happens. `None` when somebody else has
/// it or its conversation is busy.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    tx: &mut Tx,
    message: &Message,
    now: DateTime<Utc>,
    lease: TimeDelta,
) -> Result<Option<Message>, StoreFailure> {
    let changed = changed!(tx, sqlx::query(CLAIM).bind(message.id).bind(message.attempt).bind(now).bind(now + lease))?;
    Ok((changed == 1).then(|| Message { attempt: message.attempt + 1, ..message.clone() }))
}

/// Reads a message.
///
/// # Errors
/// When the database fails or there is no such message.
pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Message, StoreFailure> {
    let row: MessageRow = on!(tx, connection => sqlx::query_as(ONE).bind(id).fetch_one(connection))?;
    row.into_message()
}

/// Where a sent message stands in Slack: channel and timestamp.
///
/// # Errors
/// When the database fails.
pub async fn sent_as(tx: &mut Tx, id: Uuid) -> Result<Option<(String, String)>, StoreFailure> {
    let row: Option<(Option<String>, Option<String>)> =
        on!(tx, connection => sqlx::query_as(SENT_AS).bind(id).fetch_optional(connection))?;
    Ok(row.and_then(|(channel, ts)| channel.zip(ts)))
}

/// Whether a message of this kind about this subject is out, or may be.
///
/// # Errors
/// When the database fails.
pub async fn is_out(tx: &mut Tx, subject: Uuid, kind: MessageKind) -> Result<bool, StoreFailure> {
    let count: i64 =
        on!(tx, connection => sqlx::query_scalar(SENT_TO).bind(subject).bind(kind.word()).fetch_one(connection))?;
    Ok(count > 0)
}

/// Whether a message of this kind about this subject waits to be sent to somebody.
///
/// # Errors
/// When the database fails.
pub async fn is_waiting(tx: &mut Tx, subject: Uuid, kind: MessageKind, person: PersonId) -> Result<bool, StoreFailure> {
    let count: i64 = on!(tx, connection => sqlx::query_scalar(WAITING)
        .bind(subject).bind(kind.word()).bind(person.0).fetch_one(connection))?;
    Ok(count > 0)
}

/// Messages about something that wait to be sent are not worth saying any more.
///
/// # Errors
/// When the database fails.
pub async fn drop_waiting(tx: &mut Tx, subject: Uuid, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(DROP_WAITING).bind(subject).bind(now))?;
    changed!(tx, sqlx::query(DROP_CARRIED).bind(subject))?;
    Ok(())
}

/// How many messages about this subject a person got or is about to get, without the one they asked for.
///
/// # Errors
/// When the database fails.
pub async fn count_to(tx: &mut Tx, subject: Uuid, person: PersonId) -> Result<i64, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(ABOUT_TO).bind(subject).bind(person.0).fetch_one(connection))
}

/// Why the message of this kind about this subject was dropped or parked, if it was.
///
/// # Errors
/// When the database fails.
pub async fn reason(tx: &mut Tx, subject: Uuid, kind: MessageKind) -> Result<Option<String>, StoreFailure> {
    let reason: Option<Option<String>> =
        on!(tx, connection => sqlx::query_scalar(REASON).bind(subject).bind(kind.word()).fetch_optional(connection))?;
    Ok(reason.flatten())
}

/// When, after `now`, there is something to deliver or to look into.
///
/// # Errors
/// When the database fails.
pub async fn next_due(tx: &mut Tx, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(NEXT).bind(now).fetch_one(connection))
}
