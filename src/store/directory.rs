//! What directories say, as kept: one snapshot of each source counts, another may be on its way in or out.
//!
//! A snapshot is written in small transactions beside the one that counts and begins to count in one step, so that a sync
//! that ends half way changes nothing, and a large one keeps nobody waiting.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::directory_rows::{self, AT_ONCE};
use super::failure::{StoreFailure, one_row};
use super::statements::statements;
use crate::domain::directory::{Change, Entry, Source};

statements! {
    KNOW = "INSERT INTO directory_sources (source, sync_at) VALUES ($1, $2) ON CONFLICT (source) DO NOTHING";
    DUE = "SELECT sync_at FROM directory_sources WHERE source = $1";
    TAKE = "UPDATE directory_sources SET sync_at = $3 WHERE source = $1 AND sync_at <= $2";
    STATUS = "SELECT source, snapshot_id, good_at, problem, tag, people, managers, managers_gone FROM directory_sources
        ORDER BY source";
    MANAGERS = "SELECT DISTINCT m.name FROM directory_entries e JOIN directory_sources s ON s.snapshot_id = e.snapshot_id
        JOIN directory_entries m ON m.id = e.manager_id WHERE s.source = $1 AND m.id <> e.id";
    INSERT = "INSERT INTO directory_entries (id, source, snapshot_id, name, user_id, email, manager_id, department, listed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    INSERT_MANY = directory_rows::INSERT_MANY;
    // Of entries from one identifier to another. No other condition: by any index but that of the identifiers, each of many such
    // steps would look at all that was written before.
    RECOGNISE = "UPDATE directory_entries SET person_id = COALESCE(
            (SELECT p.id FROM people p WHERE p.user_id = directory_entries.user_id AND p.standing <> 'bot'
                ORDER BY CASE p.standing WHEN 'member' THEN 0 WHEN 'guest' THEN 1 ELSE 2 END, p.id LIMIT 1),
            (SELECT p.id FROM people_emails k JOIN people p ON p.id = k.person_id WHERE k.email = directory_entries.email
                ORDER BY p.deactivated, CASE p.standing WHEN 'member' THEN 0 WHEN 'guest' THEN 1 ELSE 2 END, p.id LIMIT 1))
        WHERE id >= $1 AND id <= $2
        AND (user_id IN (SELECT user_id FROM people) OR email IN (SELECT email FROM people_emails))";
    COUNT = "SELECT COUNT(*) FROM directory_entries WHERE snapshot_id = $1";
    MATCHED = "SELECT COUNT(*) FROM directory_entries WHERE snapshot_id = $1 AND listed = TRUE AND person_id IS NOT NULL";
    TURN = "UPDATE directory_sources SET snapshot_id = $2, good_at = $3, problem = NULL, tag = $4, people = $5, managers = $6,
        managers_gone = NULL, sync_at = $7 WHERE source = $1";
    SAME = "UPDATE directory_sources SET good_at = $2, problem = NULL, managers_gone = NULL, sync_at = $3 WHERE source = $1";
    FAIL = "UPDATE directory_sources SET problem = $2, sync_at = $3 WHERE source = $1";
    STOP = "UPDATE directory_sources SET managers_gone = $2, problem = NULL, sync_at = $3 WHERE source = $1";
    SWEEP = "DELETE FROM directory_entries WHERE id IN (
        SELECT e.id FROM directory_entries e JOIN directory_sources s ON s.source = e.source
        WHERE e.source = $1 AND (s.snapshot_id IS NULL OR e.snapshot_id <> s.snapshot_id) LIMIT 5000)";
}

#[derive(FromRow)]
struct SourceRow {
    source: String,
    snapshot_id: Option<Uuid>,
    good_at: Option<DateTime<Utc>>,
    problem: Option<String>,
    tag: Option<String>,
    people: i64,
    managers: i64,
    managers_gone: Option<i64>,
}

/// How a source stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceStatus {
    /// Which.
    pub source: Source,
    /// Something of it counts.
    pub counts: bool,
    /// When it was last read without failing.
    pub good_at: Option<DateTime<Utc>>,
    /// What went wrong when it was read last, in words for an installer.
    pub problem: Option<String>,
    /// The server's mark of what it said last.
    pub tag: Option<String>,
    /// People in what counts.
    pub people: i64,
    /// Managers in what counts.
    pub managers: i64,
    /// How many managers the last sync would have taken; it waits for somebody to say yes.
    pub managers_gone: Option<i64>,
}

/// Whether the time has come to read a source.
///
/// # Errors
/// When the database fails.
pub async fn is_due(tx: &mut Tx, source: Source, now: DateTime<Utc>) -> Result<bool, StoreFailure> {
    let at: Option<DateTime<Utc>> =
        on!(tx, connection => sqlx::query_scalar(DUE).bind(source.word()).fetch_optional(connection))?;
    Ok(at.is_none_or(|at| at <= now))
}

/// A source is known from now on; nothing of it counts yet.
///
/// # Errors
/// When the database fails.
pub async fn know(tx: &mut Tx, source: Source, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(KNOW).bind(source.word()).bind(now))?;
    Ok(())
}

/// Whether a source is to be read now, by whoever asks: it is put off until `until` for everybody else.
///
/// # Errors
/// When the database fails.
pub async fn take(tx: &mut Tx, source: Source, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<bool, StoreFailure> {
    know(tx, source, now).await?;
    Ok(changed!(tx, sqlx::query(TAKE).bind(source.word()).bind(now).bind(until))? == 1)
}

/// How every source stands.
///
/// # Errors
/// When the database fails.
pub async fn status(tx: &mut Tx) -> Result<Vec<SourceStatus>, StoreFailure> {
    let rows: Vec<SourceRow> = on!(tx, connection => sqlx::query_as(STATUS).fetch_all(connection))?;
    let read = |row: SourceRow| {
        Ok(SourceStatus {
            source: Source::from_word(&row.source).ok_or(StoreFailure::Unexpected("directory_sources.source"))?,
            counts: row.snapshot_id.is_some(),
            good_at: row.good_at,
            problem: row.problem,
            tag: row.tag,
            people: row.people,
            managers: row.managers,
            managers_gone: row.managers_gone,
        })
    };
    rows.into_iter().map(read).collect()
}

/// What a source calls those who have somebody reporting to them, in what counts.
///
/// # Errors
/// When the database fails.
pub async fn managers(tx: &mut Tx, source: Source) -> Result<BTreeSet<String>, StoreFailure> {
    let names: Vec<String> =
        on!(tx, connection => sqlx::query_scalar(MANAGERS).bind(source.word()).fetch_all(connection))?;
    Ok(names.into_iter().collect())
}

/// A snapshot on its way in.
#[derive(Debug)]
pub struct Incoming<'a> {
    /// Its source.
    pub source: Source,
    /// Its identifier.
    pub id: Uuid,
    /// The identifier of every entry, by what the directory calls it.
    pub ids: &'a BTreeMap<&'a str, Uuid>,
}

impl Incoming<'_> {
    fn id_of(&self, key: &str) -> Result<Uuid, StoreFailure> {
        self.ids.get(key).copied().ok_or(StoreFailure::Unexpected("an entry without an identifier"))
    }

    fn manager_of(&self, entry: &Entry) -> Option<Uuid> {
        entry.manager.as_deref().and_then(|key| self.ids.get(key)).copied()
    }
}

/// Writes some entries of a snapshot that does not count yet. Who is known in Slack is recognised.
///
/// # Errors
/// When the database fails.
pub async fn write(tx: &mut Tx, into: &Incoming<'_>, entries: &[Entry]) -> Result<(), StoreFailure> {
    let (many, rest) = entries.as_chunks::<AT_ONCE>();
    for entries in many {
        insert_many(tx, into, entries).await?;
    }
    for entry in rest {
        insert(tx, into, &entry.key, Some(entry)).await?;
    }
    let written = || entries.iter().filter_map(|entry| into.ids.get(&*entry.key).copied());
    match written().min().zip(written().max()) {
        Some((first, last)) => recognise(tx, first, last).await,
        None => Ok(()),
    }
}

/// Writes somebody who is named as a manager and has no entry.
///
/// # Errors
/// When the database fails.
pub async fn write_missing(tx: &mut Tx, into: &Incoming<'_>, name: &str) -> Result<(), StoreFailure> {
    insert(tx, into, name, None).await?;
    let id = into.id_of(name)?;
    recognise(tx, id, id).await
}

async fn recognise(tx: &mut Tx, first: Uuid, last: Uuid) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(RECOGNISE).bind(first).bind(last)).map(drop)
}

async fn insert(tx: &mut Tx, into: &Incoming<'_>, key: &str, entry: Option<&Entry>) -> Result<(), StoreFailure> {
    let id = into.id_of(key)?;
    let manager = entry.and_then(|entry| into.manager_of(entry));
    // A manager without an entry may be named by what Slack knows.
    let (user_id, email) = match entry {
        Some(entry) => (entry.user_id.clone(), entry.email.clone()),
        None => (crate::domain::directory::user_id(key), crate::domain::directory::email(key)),
    };
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(id)
            .bind(into.source.word())
            .bind(into.id)
            .bind(key)
            .bind(user_id.as_deref())
            .bind(email.as_deref())
            .bind(manager)
            .bind(entry.and_then(|entry| entry.department.as_deref()))
            .bind(entry.is_some())
    )?;
    Ok(())
}

/// One statement instead of many: a million people take seconds instead of minutes.
async fn insert_many(tx: &mut Tx, into: &Incoming<'_>, entries: &[Entry; AT_ONCE]) -> Result<(), StoreFailure> {
    macro_rules! with_rows {
        ($query:expr) => {{
            let mut query = $query.bind(into.source.word()).bind(into.id);
            for entry in entries {
                query = query
                    .bind(into.id_of(&entry.key)?)
                    .bind(&*entry.key)
                    .bind(entry.user_id.as_deref())
                    .bind(entry.email.as_deref())
                    .bind(into.manager_of(entry))
                    .bind(entry.department.as_deref());
            }
            query
        }};
    }
    // A macro, since the two databases have queries of different types.
    changed!(tx, with_rows!(sqlx::query(INSERT_MANY))).map(drop)
}

/// From now on this snapshot counts, and the one before does not.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when not all of it is there: somebody else read the same source at the same time.
pub async fn turn(
    tx: &mut Tx,
    into: &Incoming<'_>,
    change: Change,
    tag: Option<&str>,
    now: DateTime<Utc>,
    again_at: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    let people = i64::try_from(change.people).unwrap_or(i64::MAX);
    let managers = i64::try_from(change.managers).unwrap_or(i64::MAX);
    let changed = changed!(
        tx,
        sqlx::query(TURN)
            .bind(into.source.word())
            .bind(into.id)
            .bind(now)
            .bind(tag)
            .bind(people)
            .bind(managers)
            .bind(again_at)
    )?;
    one_row(changed, "the directory")?;
    let written: i64 = on!(tx, connection => sqlx::query_scalar(COUNT).bind(into.id).fetch_one(connection))?;
    let complete = usize::try_from(written).is_ok_and(|written| written == into.ids.len());
    if complete { Ok(()) } else { Err(StoreFailure::Overtaken("the directory's snapshot")) }
}

/// How many people of a snapshot are known in Slack.
///
/// # Errors
/// When the database fails.
pub async fn recognised(tx: &mut Tx, snapshot: Uuid) -> Result<i64, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(MATCHED).bind(snapshot).fetch_one(connection))
}

/// The source says the same as before.
///
/// # Errors
/// When the database fails.
pub async fn same(
    tx: &mut Tx,
    source: Source,
    now: DateTime<Utc>,
    again_at: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(SAME).bind(source.word()).bind(now).bind(again_at))?;
    Ok(())
}

/// The source could not be read.
///
/// # Errors
/// When the database fails.
pub async fn failed(tx: &mut Tx, source: Source, problem: &str, again_at: DateTime<Utc>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(FAIL).bind(source.word()).bind(problem).bind(again_at))?;
    Ok(())
}

/// What the source says would take so many managers that somebody is asked first.
///
/// # Errors
/// When the database fails.
pub async fn stopped(
    tx: &mut Tx,
    source: Source,
    managers_gone: usize,
    again_at: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    let gone = i64::try_from(managers_gone).unwrap_or(i64::MAX);
    changed!(tx, sqlx::query(STOP).bind(source.word()).bind(gone).bind(again_at))?;
    Ok(())
}

/// Clears away some rows of a source that do not count. Returns how many there were; none when there are no more.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, source: Source) -> Result<u64, StoreFailure> {
    changed!(tx, sqlx::query(SWEEP).bind(source.word()))
}
