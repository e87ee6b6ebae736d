//! Distinct topics as kept, with the keys under which a search finds them.
//!
//! A topic is kept with its keys when a profile is saved. What an older thesaurus read, and what came here in another way, is
//! read by a job.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::FromRow;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::slots::{self, rows, slots};
use super::statements::statements;
use crate::domain::topics::{InCommon, KnownTopics, Parts, Reading, Spelling};

statements! {
    READ_BY = "SELECT read_by FROM topics WHERE topic = $1";
    KEEP = "INSERT INTO topics (topic, read_by) VALUES ($1, $2)
        ON CONFLICT (topic) DO UPDATE SET read_by = excluded.read_by";
    FORGET_KEYS = "DELETE FROM topic_keys WHERE topic = $1";
    KEEP_KEY = "INSERT INTO topic_keys (key, topic, stands_for, parts) VALUES ($1, $2, $3, $4)
        ON CONFLICT (key, topic) DO NOTHING";
    KEEP_SPELLING = "INSERT INTO topic_spellings (rest, word, key) VALUES ($1, $2, $3)
        ON CONFLICT (rest, word) DO UPDATE SET key = excluded.key";
    // A key may be that of thousands of topics, which come as one text.
    WITH_KEYS = concat!("SELECT key, stands_for, parts, string_agg(topic, $51) AS topics FROM topic_keys
        WHERE key IN (", slots!(), ") GROUP BY key, stands_for, parts");
    SPELT = concat!("SELECT DISTINCT word, key FROM topic_spellings WHERE rest IN (", slots!(), ")");
    READ_BY_ANOTHER = "SELECT topic FROM topics WHERE read_by <> $1 ORDER BY topic LIMIT $2";
    NEVER_READ = "SELECT DISTINCT p.topic FROM profile_topics p
        WHERE NOT EXISTS (SELECT 1 FROM topics t WHERE t.topic = p.topic) LIMIT $1";
    FORGET_KEYS_OF_UNUSED = "DELETE FROM topic_keys WHERE topic IN (SELECT t.topic FROM topics t
        WHERE NOT EXISTS (SELECT 1 FROM profile_topics p WHERE p.topic = t.topic))";
    // Whoever keeps a topic with one of these words at this moment is waited for, and then seen by the statement after it.
    HOLD_SPELLINGS_OF_UNUSED = "UPDATE topic_spellings SET key = key
        WHERE NOT EXISTS (SELECT 1 FROM topic_keys k WHERE k.key = topic_spellings.key)";
    FORGET_SPELLINGS_OF_UNUSED = "DELETE FROM topic_spellings
        WHERE NOT EXISTS (SELECT 1 FROM topic_keys k WHERE k.key = topic_spellings.key)";
    FORGET_UNUSED = "DELETE FROM topics WHERE NOT EXISTS (SELECT 1 FROM profile_topics p WHERE p.topic = topics.topic)
        AND NOT EXISTS (SELECT 1 FROM topic_keys k WHERE k.topic = topics.topic)";
}

/// Between topics that come as one text, because many rows take longer to hand over than to find: a topic is one line.
pub(super) const LINE: &str = "\n";

#[derive(FromRow)]
struct KeyRow {
    key: String,
    stands_for: i64,
    parts: i64,
    topics: String,
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
    // In one order, so that two who keep the same ones do not wait for each other.
    let topics: BTreeSet<&String> = topics.into_iter().collect();
    let mut spellings = BTreeSet::new();
    for topic in topics {
        let read_by: Option<i64> =
            on!(tx, connection => sqlx::query_scalar(READ_BY).bind(topic).fetch_optional(connection))?;
        if read_by == Some(fingerprint) {
            continue;
        }
        changed!(tx, sqlx::query(KEEP).bind(topic).bind(fingerprint))?;
        changed!(tx, sqlx::query(FORGET_KEYS).bind(topic))?;
        let Some(reading) = known.read(topic) else { continue };
        let all = reading.parts().bits();
        for (key, parts) in reading.keys() {
            changed!(tx, sqlx::query(KEEP_KEY).bind(key).bind(topic).bind(parts.bits()).bind(all))?;
        }
        spellings.extend(reading.spellings());
    }
    for Spelling { rest, word, key } in spellings {
        changed!(tx, sqlx::query(KEEP_SPELLING).bind(rest).bind(word).bind(key))?;
    }
    Ok(())
}

/// The topics that have enough in common with what is searched for, each once: whatever fits is among them.
///
/// # Errors
/// When the database fails.
pub async fn alike(tx: &mut Tx, searched: &Reading) -> Result<Vec<String>, StoreFailure> {
    let keys = keys(tx, searched).await?;
    let mut rows: Vec<KeyRow> = Vec::new();
    for some in slots::filled(keys.keys().map(String::as_str)) {
        let more: Vec<KeyRow> = rows!(tx, WITH_KEYS, some, LINE)?;
        rows.extend(more);
    }
    let mut alike: HashMap<&str, (InCommon, Parts)> = HashMap::new();
    for row in &rows {
        let parts = keys.get(&row.key).copied().unwrap_or_default();
        for topic in row.topics.split(LINE) {
            let (in_common, offered) = alike.entry(topic).or_default();
            in_common.add(parts, Parts::of_bits(row.stands_for));
            *offered = Parts::of_bits(row.parts);
        }
    }
    let all = searched.parts();
    alike.retain(|_, (in_common, offered)| in_common.may_fit(all, *offered));
    let mut found: Vec<String> = alike.into_keys().map(str::to_owned).collect();
    found.sort_unstable();
    Ok(found)
}

/// The keys to search with: those of the topic, and those of words that its own may be if they were typed wrongly.
async fn keys(tx: &mut Tx, searched: &Reading) -> Result<BTreeMap<String, Parts>, StoreFailure> {
    let rests: BTreeSet<String> = searched.spellings().into_iter().map(|spelling| spelling.rest).collect();
    let mut spelt: Vec<(String, String)> = Vec::new();
    for some in slots::filled(rests.iter().map(String::as_str)) {
        let more: Vec<(String, String)> = rows!(tx, SPELT, some)?;
        spelt.extend(more);
    }
    Ok(searched.keys_and_errors(spelt.iter().map(|(word, key)| (word.as_str(), key.as_str()))))
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
    changed!(tx, sqlx::query(HOLD_SPELLINGS_OF_UNUSED))?;
    changed!(tx, sqlx::query(FORGET_SPELLINGS_OF_UNUSED))?;
    changed!(tx, sqlx::query(FORGET_UNUSED))?;
    Ok(())
}
