//! Words that mean the same in this organisation, as coordinators type them: a group a line.
//!
//! Owns: what a line has to be, and in what words it is refused. Must not: know what a thesaurus makes of a group.

use std::fmt;

use super::identifiers::TopicAliasId;
use super::topics::{NotATopic, Topic};

/// The most groups there are beside those that come with the app: what every search reads stays small.
pub const MOST_GROUPS: usize = 2_000;
/// How much of a line is shown back, in characters.
const SHOWN_BACK: usize = 40;

/// One group, as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicAlias {
    /// Its identifier.
    pub id: TopicAliasId,
    /// Words and phrases with commas between.
    pub words: String,
}

/// A line that is no group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadAlias {
    /// Counted from 1.
    pub line: usize,
    /// How what is wrong begins.
    pub shown: String,
    /// Why not.
    pub why: WhyNot,
}

/// Why a line is no group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WhyNot {
    /// Something on it is no topic.
    #[error(transparent)]
    NotATopic(#[from] NotATopic),
    /// It means the same as nothing.
    #[error("there is nothing that means the same; put both on one line, with a comma between them")]
    Alone,
    /// Files have remarks; a form has none.
    #[error("a line that begins with # is a remark and adds nothing")]
    Remark,
}

impl fmt::Display for BadAlias {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Line {}, “{}”: {}.", self.line, self.shown, self.why)
    }
}

/// Reads what was typed: each group as it is kept, one said twice once. Empty lines say nothing.
///
/// # Errors
/// Every line that is no group.
pub fn read(typed: &str) -> Result<Vec<String>, Vec<BadAlias>> {
    let (mut groups, mut bad) = (Vec::new(), Vec::new());
    for (index, line) in typed.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match group(line) {
            Ok(group) if groups.contains(&group) => {}
            Ok(group) => groups.push(group),
            Err((shown, why)) => bad.push(BadAlias { line: index + 1, shown: shortened(shown), why }),
        }
    }
    if bad.is_empty() { Ok(groups) } else { Err(bad) }
}

fn group(line: &str) -> Result<String, (&str, WhyNot)> {
    let mut phrases: Vec<Topic> = Vec::new();
    for typed in line.split(',').filter(|typed| !typed.trim().is_empty()) {
        let phrase = Topic::parse(typed).map_err(|why| (typed, why.into()))?;
        if !phrases.iter().any(|known| known.as_str().to_lowercase() == phrase.as_str().to_lowercase()) {
            phrases.push(phrase);
        }
    }
    // As a line of a thesaurus it would be passed over.
    if phrases.first().is_some_and(|first| first.as_str().starts_with('#')) {
        return Err((line, WhyNot::Remark));
    }
    if phrases.len() < 2 {
        return Err((line, WhyNot::Alone));
    }
    Ok(phrases.iter().map(Topic::as_str).collect::<Vec<_>>().join(", "))
}

fn shortened(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(SHOWN_BACK) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words,
    }
}
