//! Topics: what people offer to help with and want to grow in, when a searched one matches an offered one, how well, and
//! why.
//!
//! Owns: what a topic is ([`Topic`]), the words that mean the same ([`Thesaurus`]), how a topic is read ([`Reading`]), and
//! the judgement of two readings ([`fit`]). Must not: know who offers what, or where it is kept.
//!
//! A topic is read once. Reading folds letters (case, accents), divides words without tearing `C++`, `.NET` or `R&D`, leaves
//! out words such as "how to", reduces each word to its stem, corrects a word that nobody knows towards one that is known,
//! and finds the longest phrases of the thesaurus, whose groups are the meanings. [`fit`] then compares readings: it needs
//! neither thesaurus nor any other state.
//!
//! To search among many, [`Reading::keys`] gives the texts under which a topic is kept in an indexed table. Whatever `fit`
//! finds has enough keys in common ([`InCommon::may_fit`]), so a query for equal keys finds every candidate. Keys follow from
//! the thesaurus: where [`Thesaurus::fingerprint`] is another, what is kept must be read anew. Why it is so: adr/0020.

mod fitting;
mod forms;
mod keys;
mod letters;
mod memory;
mod reading;
mod spelling;
mod thesaurus;

pub use fitting::{Fit, Reason, fit};
pub use keys::{InCommon, Parts, Spelling};
pub use memory::KnownTopics;
pub use reading::Reading;
pub use thesaurus::{BadLine, Thesaurus};

/// The most characters a topic has.
pub const MOST_CHARACTERS: usize = 60;

/// A subject as a person typed it, cleaned: 1 to 60 characters on one line, with a letter or a number among them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Topic(String);

/// Why something typed is no topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotATopic {
    /// Nothing but blanks.
    #[error("a topic needs a word")]
    Empty,
    /// Neither a letter nor a number.
    #[error("a topic needs at least one letter or number")]
    NoLetter,
    /// Too long.
    #[error("a topic has at most {MOST_CHARACTERS} characters; this one has {characters}")]
    TooLong {
        /// How many characters there are.
        characters: usize,
    },
}

impl Topic {
    /// The topic somebody typed. Blanks at the ends, line breaks and invisible characters go; a sign that only separates or
    /// ends a sentence goes from the ends.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(typed: &str) -> Result<Self, NotATopic> {
        let visible: String =
            typed.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).filter(shows).collect();
        let words: Vec<&str> = visible.split_whitespace().collect();
        let joined = words.join(" ");
        let cleaned = joined
            .trim_start_matches([',', ';', '•', '*', '·', ' '])
            .trim_end_matches([',', ';', ':', '.', '!', '?', ' '])
            .trim_start_matches("- ");
        if joined.is_empty() {
            return Err(NotATopic::Empty);
        }
        if !cleaned.chars().any(char::is_alphanumeric) {
            return Err(NotATopic::NoLetter);
        }
        match cleaned.chars().count() {
            characters if characters > MOST_CHARACTERS => Err(NotATopic::TooLong { characters }),
            _ => Ok(Self(cleaned.to_owned())),
        }
    }

    /// The words, as they are shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What somebody typed into a field for several topics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedTopics {
    /// The topics, each once, in the order typed.
    pub topics: Vec<Topic>,
    /// What is none, as typed, and why.
    pub refused: Vec<(String, NotATopic)>,
}

/// Divides "pricing, public speaking; Kubernetes" at commas, semicolons, bullets and line breaks; not within brackets. Empty
/// places are passed over; of two topics that are the same but for case and accents, the first stays.
pub fn typed_list(typed: &str) -> TypedTopics {
    let mut found = TypedTopics::default();
    let mut seen = std::collections::HashSet::new();
    for part in divided(typed).into_iter().filter(|part| !part.trim().is_empty()) {
        match Topic::parse(part) {
            Ok(topic) if seen.insert(letters::folded(topic.as_str())) => found.topics.push(topic),
            Ok(_) => {}
            Err(why) => found.refused.push((part.trim().to_owned(), why)),
        }
    }
    found
}

fn divided(typed: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, letter) in typed.char_indices() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '\n' | ';' | '•' => {}
            ',' if depth == 0 => {}
            _ => continue,
        }
        if matches!(letter, '\n' | ';' | '•' | ',') {
            parts.push(&typed[start..at]);
            start = at + letter.len_utf8();
            depth = 0;
        }
    }
    parts.push(&typed[start..]);
    parts
}

/// Whether a character leaves a mark: not the invisible ones that come along when text is copied.
fn shows(letter: &char) -> bool {
    !matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}
