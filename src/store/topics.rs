//! Distinct topics as kept, with the keys under which a search finds them.
//!
//! A topic is kept with its keys when a profile is saved. What an older thesaurus read, and what came here in another way, is
//! read by a job.

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::slots::{self, rows, slots};
use super::statements::statements;
use crate::domain::topics::{KnownTopics, Reading};

statements! {
    READ_BY = "SELECT read_by FROM topics WHERE topic = $1";
    KEEP = "INSERT INTO topics (topic, read_by) VALUES ($1, $2)
        ON CONFLICT (topic) DO UPDATE SET read_by = excluded.read_by";
    FORGET_KEYS = "DELETE FROM topic_keys WHERE topic = $1";
    KEEP_KEY = "INSERT INTO topic_keys (key, topic) VALUES ($1, $2) ON CONFLICT (key, topic) DO NOTHING";
    WITH_KEYS = concat!("SELECT topic FROM topic_keys WHERE key IN (", slots!(), ")");
    READ_BY_ANOTHER = "SELECT topic FROM topics WHERE read_by <> $1 ORDER BY topic LIMIT $2";
    NEVER_READ = "SELECT DISTINCT p.topic FROM profile_topics p
        WHERE NOT EXISTS (SELECT 1 FROM topics t WHERE t.topic = p.topic) LIMIT $1";
    FORGET_KEYS_OF_UNUSED = "DELETE FROM topic_keys WHERE topic IN (SELECT t.topic FROM topics t
        WHERE NOT EXISTS (SELECT 1 FROM profile_topics p WHERE p.topic = t.topic))";
    FORGET_UNUSED = "DELETE FROM topics WHERE NOT EXISTS (SELECT 1 FROM profile_topics p WHERE p.topic = topics.topic)
        AND NOT EXISTS (SELECT 1 FROM topic_keys k WHERE k.topic = topics.topic)";
}

/// Keeps topics with the keys that this thesaurus makes, unless it has made them before.
///
/// # Errors
/// When the database fails.
pub async fn know(
    tx: &mut Tx,
    known: &KnownTopics,
    topics: impl IntoIterator<Item = &String> + Send,
) -> Result<(), StoreFailure> {
    let fingerprint = known.fingerprint();
    let topics: Vec<&String> = topics.into_iter().collect();
    for topic in topics {
        let read_by: Option<i64> =
            on!(tx, connection => sqlx::query_scalar(READ_BY).bind(topic).fetch_optional(connection))?;
        if read_by == Some(fingerprint) {
            continue;
        }
        changed!(tx, sqlx::query(KEEP).bind(topic).bind(fingerprint))?;
        changed!(tx, sqlx::query(FORGET_KEYS).bind(topic))?;
        for key in known.read(topic).map(|reading| reading.keys()).unwrap_or_default() {
            changed!(tx, sqlx::query(KEEP_KEY).bind(key).bind(topic))?;
        }
    }
    Ok(())
}

/// The topics that have a key in common with what is searched for, each once: whatever fits is among them.
///
/// # Errors
/// When the database fails.
pub async fn alike(tx: &mut Tx, searched: &Reading) -> Result<Vec<String>, StoreFailure> {
    let mut found: Vec<String> = Vec::new();
    for keys in slots::filled(searched.keys().iter().map(String::as_str)) {
        let rows: Vec<(String,)> = rows!(tx, WITH_KEYS, keys)?;
        found.extend(rows.into_iter().map(|(topic,)| topic));
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Some of the topics whose keys were made by another thesaurus, or never.
///
/// # Errors
/// When the database fails.
pub async fn to_read(tx: &mut Tx, fingerprint: i64, most: i64) -> Result<Vec<String>, StoreFailure> {
    let before: Vec<String> = on!(tx, connection => sqlx::query_scalar(READ_BY_ANOTHER)
        .bind(fingerprint).bind(most).fetch_all(connection))?;
    if !before.is_empty() {
        return Ok(before);
    }
    on!(tx, connection => sqlx::query_scalar(NEVER_READ).bind(most).fetch_all(connection))
}

/// Forgets the topics that no profile has any more.
///
/// # Errors
/// When the database fails.
pub async fn forget_unused(tx: &mut Tx) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(FORGET_KEYS_OF_UNUSED))?;
    changed!(tx, sqlx::query(FORGET_UNUSED))?;
    Ok(())
}
