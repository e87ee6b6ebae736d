//! What people's own calendars were told, and the files that tell them.
//!
//! A file is an outbox row of its own, owed together with the change and delivered after the message that speaks of it.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::outbox::queue;
use super::statements::statements;
use super::{meetings, pairs};
use crate::domain::calendar::{self, Entry};
use crate::domain::identifiers::{PairId, PersonId};
use crate::domain::reminders::Owed;
use crate::domain::working_time::WorkingTime;
use crate::ids::Ids;

statements! {
    TOLD_SINCE = "SELECT slot_at, starts_at, length_minutes, cancelled, revision, changed_at FROM calendar_entries
        WHERE pair_id = $1 AND revision > $2 ORDER BY slot_at";
    TELL = "INSERT INTO calendar_entries (pair_id, slot_at, starts_at, length_minutes, cancelled, revision, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (pair_id, slot_at) DO UPDATE SET starts_at = excluded.starts_at,
        length_minutes = excluded.length_minutes, cancelled = excluded.cancelled, revision = excluded.revision,
        changed_at = excluded.changed_at";
    REVISION = "SELECT calendar_revision FROM pairs WHERE id = $1";
    RAISE = "UPDATE pairs SET calendar_revision = $2 WHERE id = $1";
    LAST_SLOT = "SELECT MAX(slot_at) FROM meetings WHERE pair_id = $1";
    BESIDE = "SELECT id, due_at FROM outbox WHERE dedupe_key = $1 AND state NOT IN ('dropped', 'parked')";
    // Not on its way yet: the next file holds what it would have held.
    OVERTAKEN = "UPDATE outbox SET state = 'dropped', reason = 'changed', settled_at = $3
        WHERE kind = 'calendar_file' AND state = 'pending' AND person_id = $2
        AND id IN (SELECT id FROM calendar_files WHERE pair_id = $1 AND person_id = $2)";
    ROW = "SELECT id, due_at FROM outbox WHERE dedupe_key = $1";
    INSERT_FILE = "INSERT INTO calendar_files (id, pair_id, person_id, revision, beside) VALUES ($1, $2, $3, $4, $5)";
    FILE = "SELECT f.pair_id, f.person_id, b.state, b.channel, b.ts FROM calendar_files f
        LEFT JOIN outbox b ON b.id = f.beside WHERE f.id = $1";
    // What certainly arrived; what is in doubt is told again, which calendars do not mind.
    ARRIVED = "SELECT MAX(f.revision) FROM calendar_files f JOIN outbox o ON o.id = f.id
        WHERE f.pair_id = $1 AND f.person_id = $2 AND o.state = 'sent'";
}

#[derive(FromRow)]
struct EntryRow {
    slot_at: DateTime<Utc>,
    starts_at: DateTime<Utc>,
    length_minutes: i32,
    cancelled: bool,
    revision: i32,
    changed_at: DateTime<Utc>,
}

impl EntryRow {
    fn into_entry(self) -> Result<Entry, StoreFailure> {
        Ok(Entry {
            slot_at: self.slot_at,
            starts_at: self.starts_at,
            length_minutes: u16::try_from(self.length_minutes)
                .map_err(|_| StoreFailure::Unexpected("calendar_entries.length"))?,
            cancelled: self.cancelled,
            revision: number(self.revision)?,
            changed_at: self.changed_at,
        })
    }
}

fn number(revision: i32) -> Result<u32, StoreFailure> {
    u32::try_from(revision).map_err(|_| StoreFailure::Unexpected("calendar revision"))
}

fn column(revision: u32) -> Result<i32, StoreFailure> {
    i32::try_from(revision).map_err(|_| StoreFailure::Unexpected("calendar revision"))
}

/// The one thing to call, last in the transaction, whenever the times at which a pair meets may have changed: it begins, one
/// meeting is moved, left out or placed elsewhere, the rhythm changes, the pair pauses, goes on or ends.
///
/// Compares what is kept now with what calendars were told, and when anything differs owes both a file with just that.
/// `with` are the messages that speak of the change, at most one for each of the two, enqueued before or earlier: the file
/// comes in that message's thread, and not at all when the message is dropped. Who has none in `with` (who made the change
/// needs none) gets the file by itself. Nothing differs: nothing happens. So one call too many does no harm.
///
/// # Errors
/// When the database fails, or there is no such pair.
pub async fn changed(
    tx: &mut Tx,
    pair: PairId,
    with: &[&Owed],
    programme: &WorkingTime,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    tell_both(tx, pair, with, (programme, AtOnce::Yes), ids, now).await
}

/// Whether a file goes at once, since somebody has just done something, or waits for its reader's working hours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AtOnce {
    Yes,
    No,
}

/// What a schedule calls when it has planned a pair's next meeting: once the calendars have come to their end, they are filled
/// for another half year, in the working hours of `programme`. Somebody who was never given a file is not given one by
/// this.
///
/// # Errors
/// As [`changed()`].
pub async fn go_on(
    tx: &mut Tx,
    pair: PairId,
    programme: &WorkingTime,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    if told(tx, pair).await?.is_empty() {
        return Ok(());
    }
    tell_both(tx, pair, &[], (programme, AtOnce::No), ids, now).await
}

async fn tell_both(
    tx: &mut Tx,
    pair: PairId,
    with: &[&Owed],
    (programme, at_once): (&WorkingTime, AtOnce),
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    let of = pairs::find(tx, pair).await?.ok_or(StoreFailure::Unexpected("calendar_entries.pair_id"))?;
    let planned = meetings::without_outcome(tx, pair).await?;
    let last_slot: Option<DateTime<Utc>> =
        on!(tx, connection => sqlx::query_scalar(LAST_SLOT).bind(pair.0).fetch_one(connection))?;
    let told = told_since(tx, pair, 0).await?;
    let before: i32 = on!(tx, connection => sqlx::query_scalar(REVISION).bind(pair.0).fetch_one(connection))?;
    let revision = number(before)? + 1;
    let changes = calendar::changes(&of.pair, &of.working_times(programme), &planned, last_slot, &told, revision, now);
    if changes.is_empty() {
        return Ok(());
    }
    changed!(tx, sqlx::query(RAISE).bind(pair.0).bind(column(revision)?))?;
    for entry in &changes {
        tell(tx, pair, entry).await?;
    }
    for person in [&of.mentee, &of.mentor].into_iter().filter(|person| !person.deactivated && !person.is_contact()) {
        changed!(tx, sqlx::query(OVERTAKEN).bind(pair.0).bind(person.id.0).bind(now))?;
        let message = with.iter().find(|owed| owed.to == person.id);
        let beside = match message {
            Some(owed) => row(tx, BESIDE, &owed.dedupe_key()).await?,
            None => None,
        };
        let open = match at_once {
            AtOnce::Yes => now,
            AtOnce::No => person.working_time(programme).next_open(now),
        };
        let due_at = beside.map_or(open, |(_, due_at)| due_at.max(open));
        let file = Owed::calendar_file(ids.opaque(), person.id, due_at);
        queue::enqueue(tx, &file, ids, now).await?;
        let (id, _) = row(tx, ROW, &file.dedupe_key()).await?.ok_or(StoreFailure::Unexpected("outbox.dedupe_key"))?;
        changed!(
            tx,
            sqlx::query(INSERT_FILE)
                .bind(id)
                .bind(pair.0)
                .bind(person.id.0)
                .bind(column(revision)?)
                .bind(beside.map(|(id, _)| id))
        )?;
    }
    Ok(())
}

async fn row(tx: &mut Tx, sql: &'static str, key: &str) -> Result<Option<(Uuid, DateTime<Utc>)>, StoreFailure> {
    on!(tx, connection => sqlx::query_as(sql).bind(key).fetch_optional(connection))
}

async fn tell(tx: &mut Tx, pair: PairId, entry: &Entry) -> Result<(), StoreFailure> {
    changed!(
        tx,
        sqlx::query(TELL)
            .bind(pair.0)
            .bind(entry.slot_at)
            .bind(entry.starts_at)
            .bind(i32::from(entry.length_minutes))
            .bind(entry.cancelled)
            .bind(column(entry.revision)?)
            .bind(entry.changed_at)
    )?;
    Ok(())
}

async fn told_since(tx: &mut Tx, pair: PairId, revision: i32) -> Result<Vec<Entry>, StoreFailure> {
    let rows: Vec<EntryRow> =
        on!(tx, connection => sqlx::query_as(TOLD_SINCE).bind(pair.0).bind(revision).fetch_all(connection))?;
    rows.into_iter().map(EntryRow::into_entry).collect()
}

/// Everything that a pair's calendars were told, the earliest slot first.
///
/// # Errors
/// When the database fails.
pub async fn told(tx: &mut Tx, pair: PairId) -> Result<Vec<Entry>, StoreFailure> {
    told_since(tx, pair, 0).await
}

/// A file that is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFile {
    /// Whose meetings.
    pub pair: PairId,
    /// Where it goes.
    pub place: FilePlace,
    /// What has changed since the last file that arrived, the earliest slot first.
    pub entries: Vec<Entry>,
}

/// Where a file goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilePlace {
    /// Into the conversation with its reader, by itself.
    ByItself,
    /// Into the thread of a message.
    Thread {
        /// The conversation.
        channel: String,
        /// The message.
        ts: String,
    },
    /// The message has not been sent yet.
    NotYet,
    /// The message was never sent and will not be.
    Nowhere,
}

impl FilePlace {
    /// The message in whose thread it goes.
    pub fn thread(self) -> Option<String> {
        match self {
            Self::Thread { ts, .. } => Some(ts),
            Self::ByItself | Self::NotYet | Self::Nowhere => None,
        }
    }
}

/// Reads what an outbox row of kind `calendar_file` is to bring, as of now.
///
/// # Errors
/// When the database fails or the row is no such file.
pub async fn file(tx: &mut Tx, id: Uuid) -> Result<CalendarFile, StoreFailure> {
    type Row = (Uuid, Uuid, Option<String>, Option<String>, Option<String>);
    let row: Option<Row> = on!(tx, connection => sqlx::query_as(FILE).bind(id).fetch_optional(connection))?;
    let (pair, person, state, channel, ts) = row.ok_or(StoreFailure::Unexpected("calendar_files.id"))?;
    let place = match (state.as_deref(), channel.zip(ts)) {
        (None, _) => FilePlace::ByItself,
        (Some("sent"), Some((channel, ts))) => FilePlace::Thread { channel, ts },
        (Some("pending" | "claimed" | "doubt"), _) => FilePlace::NotYet,
        (Some(_), _) => FilePlace::Nowhere,
    };
    let (pair, person) = (PairId(pair), PersonId(person));
    let arrived: Option<i32> =
        on!(tx, connection => sqlx::query_scalar(ARRIVED).bind(pair.0).bind(person.0).fetch_one(connection))?;
    let entries = told_since(tx, pair, arrived.unwrap_or_default()).await?;
    Ok(CalendarFile { pair, place, entries })
}
