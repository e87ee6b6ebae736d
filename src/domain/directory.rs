//! What a directory says about an organisation at one moment, and what it means to take that over.
//!
//! Owns: a snapshot's entries, who of it counts as a manager, and when so many are gone that somebody should look first.
//! Must not: know how a directory is read or kept.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::identifiers::words;

/// Of the managers known before, the part in a hundred that a sync may take away without asking.
pub const MOST_GONE: usize = 20;

words!(
    /// Where an org chart comes from. What several say adds up.
    Source {
        /// A SCIM 2.0 server.
        Scim = "scim",
        /// A file that was imported.
        Csv = "csv",
        /// A field of Slack's own profiles.
        SlackProfile = "slack_profile",
    }
);

/// Somebody in a directory. Strings are as the directory writes them, e-mail addresses in lower case.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// What the directory calls them; unique in it.
    pub key: Box<str>,
    /// Their Slack user id, when the directory has it.
    pub user_id: Option<Box<str>>,
    /// Their e-mail address.
    pub email: Option<Box<str>>,
    /// What the directory calls their manager.
    pub manager: Option<Box<str>>,
    /// Their department.
    pub department: Option<Box<str>>,
}

/// Nothing of anybody: who reports to whom is nobody's business in a log.
impl fmt::Debug for Entry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Entry(…)")
    }
}

/// Everybody in a directory at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Everybody, each key once.
    pub entries: Vec<Entry>,
}

/// A row or a resource that was left out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Its line in the file, or its number in the list, from 1.
    pub line: u64,
    /// What is wrong with it, in words for whoever keeps the directory; no names of people.
    pub reason: String,
}

/// What became of rows that are not right: the first of them, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BadRows {
    /// The first [`BadRows::SHOWN`].
    pub first: Vec<BadRow>,
    /// All of them.
    pub count: usize,
}

impl BadRows {
    /// As many as anybody reads.
    pub const SHOWN: usize = 50;

    /// Notes one.
    pub fn note(&mut self, line: u64, reason: impl Into<String>) {
        self.count += 1;
        if self.first.len() < Self::SHOWN {
            self.first.push(BadRow { line, reason: reason.into() });
        }
    }
}

/// What taking over a snapshot changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// People in the chart before.
    pub people_before: usize,
    /// People in the snapshot.
    pub people: usize,
    /// Managers in the chart before.
    pub managers_before: usize,
    /// Managers in the snapshot, those without an entry of their own included.
    pub managers: usize,
    /// Managers before who are none in the snapshot.
    pub managers_gone: usize,
}

impl Change {
    /// Between the managers that a source had before, by what it calls them, and what it says now.
    pub fn between(people_before: usize, managers_before: &BTreeSet<String>, snapshot: &Snapshot) -> Self {
        let now: BTreeSet<&str> = snapshot.managers().collect();
        Self {
            people_before,
            people: snapshot.entries.len(),
            managers_before: managers_before.len(),
            managers: now.len(),
            managers_gone: managers_before.iter().filter(|key| !now.contains(key.as_str())).count(),
        }
    }

    /// Whether so many managers are gone that somebody should look before it counts.
    pub fn takes_too_many(&self) -> bool {
        self.managers_gone * 100 > self.managers_before * MOST_GONE
    }
}

impl Snapshot {
    /// Whoever somebody reports to, by what the directory calls them. Who is their own manager is nobody's.
    pub fn managers(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter_map(|entry| entry.manager.as_deref().filter(|manager| *manager != &*entry.key))
    }

    /// Managers who are named and have no entry.
    pub fn missing_managers(&self) -> BTreeSet<&str> {
        // There are far fewer managers than people.
        let mut missing: BTreeSet<&str> = self.managers().collect();
        for entry in &self.entries {
            missing.remove(&*entry.key);
        }
        missing
    }

    /// How many people stand in a circle: following their managers leads back to themselves.
    pub fn in_circles(&self) -> usize {
        // Whoever stands in one is somebody's manager, and there are far fewer managers than people.
        let managers: BTreeSet<&str> = self.managers().collect();
        let leading = self.entries.iter().filter(|entry| managers.contains(&*entry.key));
        let above: BTreeMap<&str, &str> =
            leading.filter_map(|entry| Some((&*entry.key, entry.manager.as_deref()?))).collect();
        // Everybody is walked through once: 1 on the way now, 2 done.
        let mut state: BTreeMap<&str, u8> = BTreeMap::new();
        let mut circling = 0;
        for start in above.keys().copied() {
            let mut path: Vec<&str> = Vec::new();
            let mut here = Some(start);
            while let Some(key) = here.filter(|key| !state.contains_key(key)) {
                state.insert(key, 1);
                path.push(key);
                here = above.get(key).copied().filter(|manager| *manager != key);
            }
            if let Some(met) = here.filter(|key| state.get(key) == Some(&1)) {
                circling += path.iter().rev().take_while(|key| **key != met).count() + 1;
            }
            for key in path {
                state.insert(key, 2);
            }
        }
        circling
    }
}

/// An e-mail address as it is compared; `None` when it is none.
pub fn email(text: &str) -> Option<Box<str>> {
    let text = text.trim();
    let (name, host) = text.rsplit_once('@')?;
    let plain = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace) && !part.contains(['<', '>', ',']);
    (plain(name) && plain(host) && text.len() <= 254 && host.contains('.')).then(|| text.to_lowercase().into())
}

/// A Slack user id; `None` when it is none.
pub fn user_id(text: &str) -> Option<Box<str>> {
    let text = text.trim();
    let letters = text.strip_prefix(['U', 'W'])?;
    let fits = (6..=20).contains(&letters.len());
    let plain = letters.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit());
    (fits && plain).then(|| text.into())
}
