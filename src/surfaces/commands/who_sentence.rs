//! Sentences that ask for somebody to talk to, and what they are about: "who can I talk to about pricing experiments?" is about
//! pricing experiments.
//!
//! Owns: the words around a topic. Must not: look anybody up.

use std::collections::BTreeMap;

use super::parse::{Wish, plain_word};
use crate::domain::private_text::PrivateText;
use crate::slack::readable;

/// Words with which such a sentence begins, up to what is done with somebody.
const LEAD: &[&str] = &[
    "who",
    "whom",
    "who's",
    "who’s",
    "whos",
    "can",
    "could",
    "should",
    "would",
    "might",
    "may",
    "must",
    "do",
    "does",
    "did",
    "i",
    "i'm",
    "i’m",
    "we",
    "you",
    "is",
    "are",
    "was",
    "am",
    "be",
    "there",
    "any",
    "anyone",
    "anybody",
    "someone",
    "somebody",
    "people",
    "person",
    "best",
    "right",
    "here",
    "the",
    "a",
    "an",
    "need",
    "want",
    "like",
    "looking",
    "look",
    "searching",
    "search",
    "seeking",
    "for",
    "to",
    "that",
    "please",
];
/// What is done with somebody, or what they do.
const VERBS: &[&str] = &[
    "talk",
    "speak",
    "chat",
    "ask",
    "knows",
    "know",
    "understands",
    "understand",
    "help",
    "helps",
    "advise",
    "advises",
    "contact",
    "turn",
    "reach",
    "go",
    "good",
    "great",
    "expert",
    "experienced",
    "familiar",
    "has",
    "have",
    "done",
    "works",
    "work",
    "worked",
    "explain",
    "explains",
    "teach",
    "teaches",
    "show",
    "consult",
    "discuss",
    "about",
];
/// Words between that and the topic.
const BETWEEN: &[&str] = &[
    "to",
    "with",
    "about",
    "on",
    "in",
    "at",
    "of",
    "for",
    "regarding",
    "around",
    "over",
    "out",
    "into",
    "me",
    "us",
    "somebody",
    "someone",
    "anybody",
    "anyone",
    "people",
    "a",
    "an",
    "the",
    "lot",
    "much",
    "more",
    "most",
    "something",
    "anything",
    "everything",
    "question",
    "questions",
    "advice",
    "experience",
    "expertise",
    "knowledge",
    "done",
    "worked",
    "seen",
    "been",
    "how",
];
/// Words with which a sentence begins that may ask for somebody without "who".
const OPENERS: &[&str] = &[
    "i", "i'm", "i’m", "is", "are", "does", "can", "could", "need", "looking", "anybody", "anyone", "somebody",
    "someone",
];
/// Somebody, whoever it is.
const SOMEBODY: &[&str] = &["somebody", "someone", "anybody", "anyone", "people", "person"];

/// Whether a sentence asks for somebody to talk to.
pub fn is_meant(words: &[String]) -> bool {
    let Some(first) = words.first().map(String::as_str) else { return false };
    let says = |some: &[&str]| words.iter().any(|word| some.contains(&word.as_str()));
    match first {
        "who" | "whom" | "who's" | "who’s" | "whos" => true,
        _ => OPENERS.contains(&first) && says(SOMEBODY) && says(VERBS),
    }
}

/// What such a sentence wants. Who sees what, who one's mentors are and who could mentor are other questions.
pub fn read(text: &str, words: &[String]) -> Wish {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let begins = |at: usize, with: &[&str]| with.iter().enumerate().all(|(place, said)| word(at + place) == *said);
    if word(1) == "sees" || begins(1, &["can", "see"]) {
        return Wish::Privacy;
    }
    if ["is", "are"].contains(&word(1)) && word(2) == "my" {
        return Wish::Status;
    }
    let said = readable::text(text, &BTreeMap::new());
    for at in 1..words.len().min(6) {
        for asked in [&["mentor", "me"][..], &["mentors", "me"], &["be", "my", "mentor"]] {
            if begins(at, asked) {
                return Wish::Find { topic: behind(&said, at + asked.len()) };
            }
        }
    }
    Wish::Who { topic: topic(&said) }
}

/// The words of a sentence with where each begins.
fn placed(said: &str) -> Vec<(usize, String)> {
    let mut from = 0;
    let place = |word: &str| {
        let at = from + said[from..].find(word).unwrap_or(0);
        from = at + word.len();
        (at, plain_word(word))
    };
    said.split_whitespace().map(place).collect()
}

/// What stands behind so many words, without what is only in between.
fn behind(said: &str, count: usize) -> Option<PrivateText> {
    let words = placed(said);
    let mut at = count;
    while words.get(at).is_some_and(|(_, word)| BETWEEN.contains(&word.as_str())) {
        at += 1;
    }
    words.get(at).and_then(|(from, _)| PrivateText::typed(&said[*from..]))
}

/// What a sentence is about; `None` when it does not say.
pub fn topic(said: &str) -> Option<PrivateText> {
    let mut words = placed(said);
    while words.last().is_some_and(|(_, word)| word.is_empty() || word == "please") {
        words.pop();
    }
    let last = words.len().checked_sub(1)?;
    let is = |at: usize, some: &[&str]| some.contains(&words[at].1.as_str());
    let mut at = 0;
    while at < last && is(at, LEAD) {
        at += 1;
    }
    let has_verb = at < last && is(at, VERBS);
    if has_verb {
        at += 1;
    }
    while at < last && is(at, BETWEEN) {
        at += 1;
    }
    // Nothing but the words around it: "who can help me?"
    if at == last && (is(at, BETWEEN) || is(at, LEAD) || (is(at, VERBS) && !has_verb)) {
        return None;
    }
    let end = words
        .get(last)
        .map_or(said.len(), |(from, _)| *from + said[*from..].find(char::is_whitespace).unwrap_or(said.len() - *from));
    PrivateText::typed(said[words[at].0..end].trim_end_matches(['?', '!', '.', ',', ';', ':']))
}

/// What a question is about that asks for somebody to talk to; `None` for any other.
pub fn topic_of_question(said: &str) -> Option<PrivateText> {
    let words: Vec<String> = placed(said).into_iter().map(|(_, word)| word).collect();
    if is_meant(&words) { topic(said) } else { None }
}
