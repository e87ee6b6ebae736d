//! Word forms: which words are one word, and which say little or nothing.
//!
//! Owns: stems (Snowball's, with a list of words it would confuse), words to leave out, words that are too general to match
//! alone. Must not: know synonyms.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

/// Words that Snowball confuses or tears apart: `stem,word,word …`.
static FORMS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("forms.csv").lines().filter(|line| !line.starts_with('#'));
    lines
        .flat_map(|line| {
            let stem = line.split(',').next().unwrap_or_default();
            line.split(',').map(move |word| (word.trim(), stem))
        })
        .filter(|(word, _)| !word.is_empty())
        .collect()
});

/// Words that say nothing about a subject.
static EMPTY: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "a an the and or of for to in on at by from with without within into about as is are be do does did how i we you me \
     my our your their it's this that these those what who whom whose when where which can could should would may might \
     some any more most better good best great improve improving improved getting get learn need want help helping \
     skill skills basics basic fundamentals fundamental introduction intro tips tricks beginner beginners advanced \
     und oder der die das den dem ein eine fur mit im in von zu zum zur uber wie"
        .split_whitespace()
        .collect()
});

/// Stems of words that many topics share and that name none alone.
static GENERAL: LazyLock<HashSet<String>> = LazyLock::new(|| {
    "management manager strategy process development engineering planning plan analysis practice technique tool work \
     working business software system building making working general experience knowledge thing stuff team \
     use using technology technologies field area matter subject topic question programme program culture operations"
        .split_whitespace()
        .map(stem)
        .collect()
});

/// Every word the list of forms names.
pub(super) fn listed() -> impl Iterator<Item = &'static str> {
    FORMS.keys().copied()
}

/// Whether a folded word is left out.
pub(super) fn says_nothing(word: &str) -> bool {
    EMPTY.contains(word)
}

/// Whether a stem is too general to match alone.
pub(super) fn general(stem: &str) -> bool {
    GENERAL.contains(stem)
}

/// What the forms of a folded word have in common.
pub(super) fn stem(word: &str) -> String {
    if let Some(stem) = FORMS.get(word) {
        return (*stem).to_owned();
    }
    // Signs and numbers belong to names; so do words of a letter or two.
    if word.chars().count() <= 2 || !word.chars().all(char::is_alphabetic) {
        return word.to_owned();
    }
    // Abbreviations in the plural: RFPs.
    if !word.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
        return word.strip_suffix('s').filter(|one| !one.ends_with('s')).unwrap_or(word).to_owned();
    }
    if word.len() >= 8 && GERMAN_ENDINGS.iter().any(|ending| word.ends_with(ending)) {
        return Stemmer::create(Algorithm::German).stem(word).into_owned();
    }
    Stemmer::create(Algorithm::English).stem(&american(word)).into_owned()
}

/// Endings of German nouns that no English word has.
const GERMAN_ENDINGS: [&str; 8] = ["ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften"];

/// One spelling for words that are spelt in two ways.
fn american(word: &str) -> String {
    const ENDINGS: [(&str, &str); 12] = [
        ("isation", "ization"),
        ("isations", "izations"),
        ("ising", "izing"),
        ("ise", "ize"),
        ("ised", "ized"),
        ("iser", "izer"),
        ("ises", "izes"),
        ("iours", "iors"),
        ("iour", "ior"),
        ("abour", "abor"),
        ("elling", "eling"),
        ("entre", "enter"),
    ];
    let other = ENDINGS.iter().find_map(|(british, american)| Some((word.strip_suffix(british)?, american)));
    match other.filter(|(before, _)| before.chars().count() >= 3) {
        Some((before, american)) => format!("{before}{american}"),
        None => word.to_owned(),
    }
}
