//! Putting a snapshot together, entry by entry: everybody once, and managers found by whatever they are called.
//!
//! Owns: names, doubles and dangling ends. Must not: know what kind of directory the entries are from. A million entries
//! fit: names are kept once, and looked up by their hashes.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::domain::directory::{BadRows, Entry, Snapshot};

/// The most entries of a snapshot.
pub const MOST: usize = 2_000_000;

/// A snapshot in the making.
#[derive(Debug, Default)]
pub struct Assembly {
    entries: Vec<Entry>,
    lines: Vec<u64>,
    // Of every name of every entry: where it is. Names are compared once they are found.
    found: HashMap<u64, u32>,
    /// Other names of entries that are none of their fields.
    others: HashMap<Box<str>, u32>,
    /// What was left out, or taken otherwise than it was written.
    pub bad: BadRows,
}

impl Assembly {
    /// Adds somebody; `others` is what else the directory calls them. One who is there already is left out and noted.
    pub fn add(&mut self, line: u64, entry: Entry, others: impl IntoIterator<Item = Box<str>>) {
        if self.entries.len() >= MOST {
            return self.bad.note(line, "two million people are the most that are read");
        }
        let names = [Some(&entry.key), entry.user_id.as_ref(), entry.email.as_ref()];
        let before = names.into_iter().flatten().find_map(|name| self.place(name));
        if let Some(place) = before {
            let first = self.lines.get(place).copied().unwrap_or_default();
            return self.bad.note(line, format!("the same person as number {first}; the first counts"));
        }
        let Ok(place) = u32::try_from(self.entries.len()) else { return };
        for name in [Some(&entry.key), entry.user_id.as_ref(), entry.email.as_ref()].into_iter().flatten() {
            self.found.insert(hash(name), place);
        }
        for other in others {
            self.others.entry(other).or_insert(place);
        }
        self.entries.push(entry);
        self.lines.push(line);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether somebody has this key.
    pub fn has_key(&self, key: &str) -> bool {
        self.place(key).and_then(|place| self.entries.get(place)).is_some_and(|entry| &*entry.key == key)
    }

    fn place(&self, name: &str) -> Option<usize> {
        let place = *self.found.get(&hash(name))? as usize;
        let entry = self.entries.get(place)?;
        let is_name =
            &*entry.key == name || entry.user_id.as_deref() == Some(name) || entry.email.as_deref() == Some(name);
        is_name.then_some(place)
    }

    /// The snapshot: managers by their keys, whatever they were called by. One who has no entry stays named.
    pub fn finish(mut self) -> (Snapshot, BadRows) {
        for index in 0..self.entries.len() {
            let Some(manager) = self.entries.get(index).and_then(|entry| entry.manager.clone()) else { continue };
            let other = || self.others.get(&manager).map(|place| *place as usize);
            let Some(place) = self.place(&manager).or_else(other) else { continue };
            let key = self.entries.get(place).map(|entry| entry.key.clone());
            let line = self.lines.get(index).copied().unwrap_or_default();
            if place == index {
                self.bad.note(line, "reports to themselves; taken as reporting to nobody");
            }
            if let Some(entry) = self.entries.get_mut(index) {
                entry.manager = key.filter(|_| place != index);
            }
        }
        (Snapshot { entries: self.entries }, self.bad)
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}
