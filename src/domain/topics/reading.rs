//! A topic, read: its words with stems and corrections, and the phrases that mean something.
//!
//! Owns: how the thesaurus is applied to a topic. Must not: compare topics, or know how they are found.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::letters::Token;
use super::{Thesaurus, Topic, forms, letters};

/// How many ways to correct a phrase are tried.
const WAYS: usize = 16;

/// A topic as the thesaurus reads it; all that [`super::fit`] needs.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The whole topic without case and accents.
    pub(super) folded: String,
    /// The words that say something, in order, and their units.
    pub(super) words: Vec<Word>,
    pub(super) units: Vec<Unit>,
    /// The words in the order of the alphabet, and their stems.
    pub(super) bag: String,
    pub(super) stem_bag: String,
    /// Everything written as one word.
    pub(super) compact: String,
}

/// A word of a topic.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) typed: String,
    pub(super) text: String,
    pub(super) stem: String,
    /// Too general to match alone.
    pub(super) general: bool,
    /// Nobody knows it: it may be typed wrongly.
    pub(super) unknown: bool,
    /// Stems of the words it may have been.
    pub(super) corrections: Vec<String>,
}

/// A phrase of the thesaurus in a topic, or a single word.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) words: Range<usize>,
    /// The phrase by its stems, in the order of the alphabet.
    pub(super) phrase: String,
    /// The groups it is in, none for a word that the thesaurus does not have.
    pub(super) meanings: Vec<Arc<str>>,
    /// It was found by correcting a word.
    pub(super) corrected: bool,
}

impl Unit {
    /// Whether it can carry a match.
    pub(super) fn is_content(&self, words: &[Word]) -> bool {
        (self.words.len() > 1 && !self.meanings.is_empty())
            || words[self.words.clone()].iter().any(|word| !word.general)
    }
}

impl Thesaurus {
    /// Reads a topic.
    pub fn read(&self, topic: &Topic) -> Reading {
        let words: Vec<Word> = self.tokens(topic.as_str()).into_iter().map(|token| self.word(token)).collect();
        let units = self.units(&words);
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let stems: Vec<&str> = words.iter().map(|word| word.stem.as_str()).collect();
        Reading {
            folded: letters::folded(topic.as_str()),
            bag: sorted(&texts),
            stem_bag: sorted(&stems),
            compact: forms::stem(&texts.concat()),
            words,
            units,
        }
    }

    fn word(&self, token: Token) -> Word {
        let Token { typed, text, .. } = token;
        let stem = forms::stem(&text);
        let unknown = !self.knows(&text, &stem);
        let corrections: BTreeSet<String> =
            if unknown { self.corrections(&text).into_iter().map(forms::stem).collect() } else { BTreeSet::new() };
        let general = forms::general(&stem) || corrections.iter().any(|stem| forms::general(stem));
        Word { typed, text, stem, general, unknown, corrections: corrections.into_iter().collect() }
    }

    /// The longest phrases first from the left; a word in none is a unit of its own.
    fn units(&self, words: &[Word]) -> Vec<Unit> {
        let mut units = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let most = self.longest().min(words.len() - at);
            let unit = (1..=most).rev().find_map(|length| self.phrase(words, at..at + length)).unwrap_or_else(|| {
                Unit { words: at..at + 1, phrase: words[at].stem.clone(), meanings: Vec::new(), corrected: false }
            });
            at = unit.words.end;
            units.push(unit);
        }
        units
    }

    fn phrase(&self, words: &[Word], range: Range<usize>) -> Option<Unit> {
        let these = &words[range.clone()];
        let exact: Vec<&str> = these.iter().map(|word| word.text.as_str()).collect();
        let stems: Vec<&str> = these.iter().map(|word| word.stem.as_str()).collect();
        if let Some(found) = self.meanings(&exact.join(" "), &stems) {
            return Some(Unit { words: range, phrase: found.phrase, meanings: found.groups, corrected: false });
        }
        if these.iter().all(|word| word.corrections.is_empty()) {
            return None;
        }
        // As it was perhaps meant, in at most a few ways.
        let mut ways: Vec<Vec<&str>> = vec![Vec::new()];
        for word in these {
            let stems: Vec<&str> = match word.corrections.as_slice() {
                [] => vec![&word.stem],
                corrections => corrections.iter().map(String::as_str).collect(),
            };
            let longer = ways.iter().flat_map(|way| stems.iter().map(|stem| [way.as_slice(), &[*stem]].concat()));
            ways = longer.take(WAYS).collect();
        }
        let found: Vec<_> = ways.iter().filter_map(|way| self.meanings(&way.join(" "), way)).collect();
        let phrase = found.first()?.phrase.clone();
        let mut meanings: Vec<Arc<str>> = found.into_iter().flat_map(|found| found.groups).collect();
        meanings.sort_unstable();
        meanings.dedup();
        Some(Unit { words: range, phrase, meanings, corrected: true })
    }
}

fn sorted(words: &[&str]) -> String {
    let mut words = words.to_vec();
    words.sort_unstable();
    words.join(" ")
}
