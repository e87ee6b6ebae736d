//! The thesaurus of this programme, made when it is first needed, and the topics read with it.
//!
//! Owns: what is remembered, and how much of it. Remembering changes no answer. What somebody searches for is read and not
//! remembered; only what profiles hold is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{Reading, Thesaurus, Topic};

/// Readings remembered at most, about a kilobyte each; then all of them are forgotten.
const MOST_READINGS: usize = 20_000;

/// A thesaurus and what was read with it.
#[derive(Debug, Default)]
pub struct KnownTopics {
    added: String,
    thesaurus: OnceLock<Thesaurus>,
    readings: Mutex<HashMap<String, Arc<Reading>>>,
}

impl KnownTopics {
    /// With more lines than come with the app, like those of `aliases.csv`. Lines that say nothing were refused before.
    pub fn new(added: String) -> Self {
        Self { added, ..Self::default() }
    }

    /// The thesaurus. Making it takes a moment, the first time.
    pub fn thesaurus(&self) -> &Thesaurus {
        self.thesaurus.get_or_init(|| {
            let built_in = Thesaurus::built_in();
            built_in.with(&self.added).unwrap_or(built_in)
        })
    }

    /// Which thesaurus this is, as it is kept beside what was read with it.
    pub fn fingerprint(&self) -> i64 {
        self.thesaurus().fingerprint().cast_signed()
    }

    /// The topic of a profile, read; `None` for something that is no topic, such as a lone sign.
    pub fn read(&self, kept: &str) -> Option<Arc<Reading>> {
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
