//! Keys: short texts under which topics are kept in an indexed table, so that a search reads and judges only what may fit.
//!
//! Owns: which keys a reading has, how words that nobody knows meet, and what two topics must have in common. Must not: judge;
//! whatever [`super::fit`] finds is [`InCommon::may_fit`], never the other way round.
//!
//! Each key stands for the parts of its topic that it comes from. In two topics that fit, every part of one that says something
//! is found in the other: so a search for "pricing for games" passes over what shares nothing but "games" with it, unless that
//! is all that the other says.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::{Reading, Unit, Word};
use super::spelling;

/// Some of the parts of a topic that say something, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Parts(i64);

impl Parts {
    /// As they are kept.
    pub const fn bits(self) -> i64 {
        self.0
    }

    /// As they were kept; 0 stands for nothing that must be found.
    pub const fn of_bits(bits: i64) -> Self {
        Self(bits)
    }

    /// The part at a place. A topic has at most 60 letters, so it has fewer parts than there are bits.
    fn at(place: usize) -> Self {
        Self(1 << (place % 63))
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    const fn has_all(self, all: Self) -> bool {
        self.0 & all.0 == all.0
    }
}

/// What two topics have in common, as far as their keys say.
#[derive(Clone, Copy, Debug, Default)]
pub struct InCommon {
    searched: Parts,
    offered: Parts,
}

impl InCommon {
    /// A key that both have, for these parts of the topic that is searched for and those of the offered one.
    pub fn add(&mut self, searched: Parts, offered: Parts) {
        self.searched.add(searched);
        self.offered.add(offered);
    }

    /// Whether two topics of which one has these parts and the other those may fit; if not, they do not.
    pub fn may_fit(self, searched: Parts, offered: Parts) -> bool {
        self.searched.has_all(searched) || self.offered.has_all(offered)
    }
}

/// A word that nobody knows, as it may be typed: two such words of which one may be the other have a [`Self::rest`] in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spelling {
    /// The beginning of the word without as many letters as it may have errors.
    pub rest: String,
    /// The word.
    pub word: String,
    /// The key of the topics that have it.
    pub key: String,
}

impl Reading {
    /// The parts of this topic that say something.
    pub fn parts(&self) -> Parts {
        let mut all = Parts::default();
        self.units_by_part().for_each(|(part, _)| all.add(part));
        all
    }

    /// The texts under which this topic is found, with the parts they stand for. Each begins with its kind (`m:` a meaning,
    /// `s:` a stem, `b:` all stems, `j:` written as one word) and is short, except that `b:` and `j:` may be as long as the
    /// topic. Two readings that [`super::fit`] have one in common, or a word that nobody knows is another one, typed wrongly.
    pub fn keys(&self) -> BTreeMap<String, Parts> {
        let all = self.parts();
        let mut keys = BTreeMap::from([(format!("b:{}", self.stem_bag), all), (format!("j:{}", self.compact), all)]);
        let mut add = |key: String, part: Parts| keys.entry(key).or_default().add(part);
        for (part, unit) in self.units_by_part() {
            for meaning in &unit.meanings {
                add(format!("m:{meaning}"), part);
            }
            for word in self.telling_words(unit) {
                add(stem_key(&word.stem), part);
                word.corrections.iter().for_each(|stem| add(stem_key(stem), part));
            }
        }
        keys
    }

    /// The words that nobody knows, in all the ways by which they are found.
    pub fn spellings(&self) -> BTreeSet<Spelling> {
        let unknown = self.unknown_words().map(|(_, word)| word);
        let ways = |word: &Word| {
            let (text, key) = (word.text.clone(), stem_key(&word.stem));
            spelling::deletions(&word.text).into_iter().map(move |rest| (rest, text.clone(), key.clone()))
        };
        unknown.flat_map(ways).map(|(rest, word, key)| Spelling { rest, word, key }).collect()
    }

    /// The keys to search with: [`Self::keys`], and those of other words, each given with its key, that words of this topic may
    /// be if they were typed wrongly.
    pub fn keys_and_errors<'a>(&self, others: impl IntoIterator<Item = (&'a str, &'a str)>) -> BTreeMap<String, Parts> {
        let mut keys = self.keys();
        let unknown: Vec<(Parts, &Word)> = self.unknown_words().collect();
        for (other, key) in others {
            for (part, _) in unknown.iter().filter(|(_, word)| spelling::errors(&word.text, other).is_some()) {
                keys.entry(key.to_owned()).or_default().add(*part);
            }
        }
        keys
    }

    fn unknown_words(&self) -> impl Iterator<Item = (Parts, &Word)> {
        let of_unit = |(part, unit)| self.telling_words(unit).map(move |word| (part, word));
        self.units_by_part().flat_map(of_unit).filter(|(_, word)| word.unknown)
    }

    /// Every unit, with its part if it is one.
    fn units_by_part(&self) -> impl Iterator<Item = (Parts, &Unit)> {
        let part = |place, unit: &Unit| if unit.is_content(&self.words) { Parts::at(place) } else { Parts::default() };
        self.units.iter().enumerate().map(move |(place, unit)| (part(place, unit), unit))
    }

    /// The words of a unit that a topic may be found by: general ones only where there are no others.
    fn telling_words(&self, unit: &Unit) -> impl Iterator<Item = &Word> {
        let says_something = self.parts() != Parts::default();
        self.words[unit.words.clone()].iter().filter(move |word| !(says_something && word.general))
    }
}

fn stem_key(stem: &str) -> String {
    format!("s:{stem}")
}
