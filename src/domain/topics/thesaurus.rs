//! The thesaurus: words and phrases that mean the same, and the words that are known to exist.
//!
//! Owns: the built-in groups, those a coordinator adds, and what a wrongly typed word may have been. Must not: judge topics.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, LazyLock};

use super::letters::{self, Token};
use super::{NotATopic, Topic, forms, spelling};

const BUILT_IN: &str = include_str!("aliases.csv");
/// Words that exist and look like others: nobody who types one means the other.
const WORDS: &str = include_str!("words.txt");

/// Counts the ways in which keys were made so far: one more whenever code changes them.
const KEYS: u64 = 2;

/// Which words and phrases mean the same.
#[derive(Clone, Debug, Default)]
pub struct Thesaurus {
    /// Phrases exactly, then by their stems, to the names of their groups.
    exact: HashMap<String, Vec<Arc<str>>>,
    stems: HashMap<String, Vec<Arc<str>>>,
    /// Words that exist, with their letters as bits.
    known: HashMap<String, u64>,
    /// Stems of the words in phrases.
    known_stems: HashSet<String>,
    longest: usize,
    fingerprint: u64,
}

/// A line that adds nothing to a thesaurus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Counted from 1.
    pub line: usize,
    /// What stands there and is no topic.
    pub typed: String,
    /// Why not.
    pub why: NotATopic,
}

/// What a phrase of a topic may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meanings {
    /// The stems by which it was found, in the order of the alphabet.
    pub(super) phrase: String,
    /// The names of the groups, more than one for an ambiguous phrase.
    pub(super) groups: Vec<Arc<str>>,
}

static BUILT_IN_THESAURUS: LazyLock<Thesaurus> = LazyLock::new(|| {
    let mut thesaurus = Thesaurus::default();
    let words = WORDS.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    for word in words.chain(forms::listed()) {
        thesaurus.know(word);
    }
    let mut hasher = DefaultHasher::new();
    (KEYS, WORDS, include_str!("forms.csv")).hash(&mut hasher);
    thesaurus.fingerprint = hasher.finish();
    thesaurus.add(BUILT_IN);
    thesaurus
});

impl Thesaurus {
    /// What comes with the app.
    pub fn built_in() -> Self {
        BUILT_IN_THESAURUS.clone()
    }

    /// This one and more lines like those of `aliases.csv`: the name of a group, then what means the same, divided by commas.
    /// A line whose name is there already extends its group.
    ///
    /// # Errors
    /// Every phrase that is no topic; nothing is added then.
    pub fn with(&self, lines: &str) -> Result<Self, Vec<BadLine>> {
        let mut extended = self.clone();
        let bad = extended.add(lines);
        if bad.is_empty() { Ok(extended) } else { Err(bad) }
    }

    /// Changes whenever the keys of a topic may have changed.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    fn add(&mut self, lines: &str) -> Vec<BadLine> {
        let mut bad = Vec::new();
        let mut hasher = DefaultHasher::new();
        self.fingerprint.hash(&mut hasher);
        let mut groups: Vec<Vec<Topic>> = Vec::new();
        for (index, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with('#')) {
            let mut group = Vec::new();
            for typed in line.split(',').filter(|typed| !typed.trim().is_empty()) {
                match Topic::parse(typed) {
                    Ok(topic) => group.push(topic),
                    Err(why) => bad.push(BadLine { line: index + 1, typed: typed.trim().to_owned(), why }),
                }
            }
            group.hash(&mut hasher);
            groups.push(group);
        }
        // Every word is known before the first phrase is read: what a word is depends on those that exist.
        for word in groups.iter().flatten().flat_map(|topic| letters::words(topic.as_str())) {
            self.known_stems.insert(forms::stem(&word.text));
            self.know(&word.text);
        }
        for group in &groups {
            let Some(name) = group.first().map(|topic| self.name(topic)) else { continue };
            for phrase in group {
                self.mean(phrase, &name);
            }
        }
        self.fingerprint = hasher.finish();
        bad
    }

    fn name(&self, topic: &Topic) -> Arc<str> {
        let texts: Vec<String> = self.tokens(topic.as_str()).into_iter().map(|token| token.text).collect();
        texts.join(" ").into()
    }

    fn mean(&mut self, phrase: &Topic, name: &Arc<str>) {
        let tokens = self.tokens(phrase.as_str());
        self.longest = self.longest.max(tokens.len());
        let exact: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
        let stems: Vec<String> = tokens.iter().map(|token| forms::stem(&token.text)).collect();
        let stems: Vec<&str> = stems.iter().map(String::as_str).collect();
        for (phrases, key) in [(&mut self.exact, exact.join(" ")), (&mut self.stems, in_order(&stems))] {
            let names = phrases.entry(key).or_default();
            if !names.contains(name) {
                names.push(Arc::clone(name));
            }
        }
    }

    fn know(&mut self, word: &str) {
        self.known.insert(word.to_owned(), spelling::letters(word));
    }

    /// The words of a text that say something. Two that are known as one ("java script", "on-boarding") become one.
    pub(super) fn tokens(&self, text: &str) -> Vec<Token> {
        let mut joined: Vec<Token> = Vec::new();
        for token in letters::words(text) {
            let both = joined.last().map(|last| format!("{}{}", last.text, token.text));
            match (joined.last_mut(), both) {
                (Some(last), Some(both)) if both.chars().count() > 4 && self.known.contains_key(&both) => {
                    let between = if token.hyphened { "-" } else { " " };
                    *last = Token { typed: format!("{}{between}{}", last.typed, token.typed), text: both, ..token };
                }
                _ => joined.push(token),
            }
        }
        if joined.iter().all(|token| forms::says_nothing(&token.text)) {
            return joined;
        }
        joined.retain(|token| !forms::says_nothing(&token.text));
        joined
    }

    /// How many words the longest phrase has.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// What a phrase means: exactly as written if that is known, else in other forms and in any order.
    pub(super) fn meanings(&self, exact: &str, stems: &[&str]) -> Option<Meanings> {
        let phrase = in_order(stems);
        let groups = self.exact.get(exact).or_else(|| self.stems.get(&phrase))?;
        Some(Meanings { phrase, groups: groups.clone() })
    }

    /// Whether a word exists: it is no typing error.
    pub(super) fn knows(&self, word: &str, stem: &str) -> bool {
        // Much that was cut off may have been typed wrongly: "accessability".
        let ending = word.chars().count().saturating_sub(stem.chars().count());
        let singular = word.strip_suffix('s').filter(|singular| !singular.ends_with('s'));
        self.known.contains_key(word)
            || (ending <= 4 && self.known_stems.contains(stem))
            || singular.is_some_and(|singular| self.known.contains_key(singular))
    }

    /// The known words that a word nobody knows may have been: those with the fewest errors, in the order of the alphabet.
    pub(super) fn corrections(&self, word: &str) -> Vec<&str> {
        let allowed = spelling::allowed(word.chars().count());
        if allowed == 0 {
            return Vec::new();
        }
        let bits = spelling::letters(word);
        let near = self.known.iter().filter(|(_, letters)| (bits ^ **letters).count_ones() as usize <= 2 * allowed);
        let near: Vec<(usize, &str)> =
            near.filter_map(|(known, _)| Some((spelling::errors(word, known)?, known.as_str()))).collect();
        let fewest = near.iter().map(|(errors, _)| *errors).min();
        let mut nearest: Vec<&str> =
            near.into_iter().filter(|(errors, _)| Some(*errors) == fewest).map(|(_, known)| known).collect();
        nearest.sort_unstable();
        nearest
    }
}

/// Words in the order of the alphabet: "managing products" is "product management".
fn in_order(stems: &[&str]) -> String {
    let mut stems = stems.to_vec();
    stems.sort_unstable();
    stems.join(" ")
}
