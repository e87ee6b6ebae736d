//! The thesaurus of this programme, made when it is first needed, and the topics read with it.
//!
//! Owns: what is remembered, and how much of it. Remembering changes no answer. What somebody searches for is read and not
//! remembered; only what profiles hold is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use super::{Reading, Thesaurus, Topic};

/// Readings remembered at most, about a kilobyte each; then all of them are forgotten.
const MOST_READINGS: usize = 20_000;

/// A thesaurus and what was read with it.
#[derive(Debug, Default)]
pub struct KnownTopics {
    /// Lines that hold as long as the app runs.
    set: String,
    now: RwLock<Arc<Known>>,
}

/// What is known by the lines of one moment.
#[derive(Debug, Default)]
struct Known {
    added: String,
    thesaurus: OnceLock<Arc<Thesaurus>>,
    readings: Mutex<HashMap<String, Arc<Reading>>>,
}

impl KnownTopics {
    /// With more lines than come with the app, like those of `aliases.csv`. Lines that say nothing were refused before.
    pub fn new(set: String) -> Self {
        let now = Known { added: set.clone(), ..Known::default() };
        Self { set, now: RwLock::new(Arc::new(now)) }
    }

    /// From now on these lines hold beside those that are set, in the place of any before. Returns whether that is a change;
    /// then what is kept of topics must be read anew.
    pub fn heed(&self, lines: &str) -> bool {
        let added = if lines.is_empty() { self.set.clone() } else { format!("{}\n{lines}", self.set.trim_end()) };
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        if now.added == added {
            return false;
        }
        *now = Arc::new(Known { added, ..Known::default() });
        true
    }

    /// The thesaurus. Making it takes a moment, the first time.
    pub fn thesaurus(&self) -> Arc<Thesaurus> {
        self.known().thesaurus()
    }

    /// Which thesaurus this is, as it is kept beside what was read with it.
    pub fn fingerprint(&self) -> i64 {
        self.thesaurus().fingerprint().cast_signed()
    }

    /// The topic of a profile, read; `None` for something that is no topic, such as a lone sign.
    pub fn read(&self, kept: &str) -> Option<Arc<Reading>> {
        self.known().read(kept)
    }

    fn known(&self) -> Arc<Known> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Known {
    fn thesaurus(&self) -> Arc<Thesaurus> {
        let made = self.thesaurus.get_or_init(|| {
            let built_in = Thesaurus::built_in();
            Arc::new(built_in.with(&self.added).unwrap_or(built_in))
        });
        made.clone()
    }

    fn read(&self, kept: &str) -> Option<Arc<Reading>> {
        let mut readings = self.readings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = readings.get(kept) {
            return Some(known.clone());
        }
        let reading = Arc::new(self.thesaurus().read(&Topic::parse(kept).ok()?));
        if readings.len() >= MOST_READINGS {
            readings.clear();
        }
        readings.insert(kept.to_owned(), reading.clone());
        Some(reading)
    }
}
