//! What somebody says about themselves: topics, a line, and who may ask them.
//!
//! Owns: the limits, how a list of topics is read, and whether somebody has room for one more mentee. Everything is off until
//! they say so. Must not: hold whom they want nothing to do with; that is read apart and shown to nobody else.

use super::identifiers::{PersonId, words};
use super::private_text::cleaned;

/// Topics a list takes.
pub const MOST_TOPICS: usize = 20;
/// Characters of one topic.
pub const LONGEST_TOPIC: usize = 60;
/// Characters of the line about oneself.
pub const LONGEST_ABOUT: usize = 200;
/// People a "not with" list takes.
pub const MOST_NOT_WITH: usize = 20;
/// Mentees somebody can take at most.
pub const MOST_MENTEES: u8 = 10;
/// Mentees that are filled in at first.
pub const USUAL_MENTEES: u8 = 3;
/// Characters of what was understood that an answer shows back.
const SHOWN_BACK: usize = 80;

words!(
    /// Who may ask somebody to mentor them.
    OpenTo {
        /// Everybody: they are listed and found.
        Anybody = "anybody",
        /// Whoever knows their name; they are listed nowhere.
        ByName = "by_name",
        /// Nobody at the moment.
        Nobody = "nobody",
    }
);

words!(
    /// Which list a topic is on.
    TopicKind {
        /// What somebody can help with.
        Offered = "offered",
        /// What somebody wants to grow in.
        Sought = "sought",
    }
);

/// What somebody says about themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Whose it is.
    pub person: PersonId,
    /// What they can help with, as they wrote it.
    pub offered: Vec<String>,
    /// What they want to grow in, as they wrote it.
    pub sought: Vec<String>,
    /// One line about them.
    pub about: Option<String>,
    /// Who may ask them.
    pub open_to: OpenTo,
    /// How many mentees they take, 1 to 10.
    pub most_mentees: u8,
    /// Whether others may be introduced to them.
    pub introductions: bool,
}

/// Why somebody cannot be asked, or cannot accept, for lack of room or of will. Both are their own public choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRoom {
    /// They take nobody at the moment.
    Closed,
    /// They mentor as many as they take.
    Full {
        /// How many that is.
        most: u8,
    },
}

impl Profile {
    /// The profile of somebody who has said nothing.
    pub fn empty(person: PersonId) -> Self {
        Self {
            person,
            offered: Vec::new(),
            sought: Vec::new(),
            about: None,
            open_to: OpenTo::ByName,
            most_mentees: USUAL_MENTEES,
            introductions: false,
        }
    }

    /// Whether one more mentee fits beside so many.
    ///
    /// # Errors
    /// [`NoRoom::Full`].
    pub fn has_room(&self, mentees: usize) -> Result<(), NoRoom> {
        if mentees < usize::from(self.most_mentees) { Ok(()) } else { Err(NoRoom::Full { most: self.most_mentees }) }
    }

    /// Whether this person can be asked by somebody who names them, having so many mentees.
    ///
    /// # Errors
    /// Why not.
    pub fn can_be_asked(&self, mentees: usize) -> Result<(), NoRoom> {
        if self.open_to == OpenTo::Nobody { Err(NoRoom::Closed) } else { self.has_room(mentees) }
    }
}

/// Why a list of topics is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadTopics {
    /// More than [`MOST_TOPICS`].
    TooMany {
        /// How many there are.
        count: usize,
        /// What was understood, shortened.
        understood: String,
    },
    /// One is longer than [`LONGEST_TOPIC`].
    TooLong {
        /// How it begins.
        topic: String,
        /// Its length in characters.
        length: usize,
    },
}

/// Reads topics as people type them: between commas, semicolons or on lines of their own; one said twice counts once.
///
/// # Errors
/// [`BadTopics`] with what was understood.
pub fn read_topics(typed: &str) -> Result<Vec<String>, BadTopics> {
    let mut topics: Vec<String> = Vec::new();
    for piece in cleaned(typed).split([',', ';', '\n', '、', '،', '•']) {
        let bare = piece.trim().trim_start_matches(['-', '*', '–']).trim_end_matches('.');
        let topic = bare.split_whitespace().collect::<Vec<_>>().join(" ");
        let said = topics.iter().any(|said| said.to_lowercase() == topic.to_lowercase());
        if !topic.is_empty() && !said {
            topics.push(topic);
        }
    }
    for topic in &topics {
        let length = topic.chars().count();
        if length > LONGEST_TOPIC {
            return Err(BadTopics::TooLong { topic: topic.chars().take(30).collect(), length });
        }
    }
    if topics.len() > MOST_TOPICS {
        let all = topics.join(", ");
        let mut understood: String = all.chars().take(SHOWN_BACK).collect();
        if understood.len() < all.len() {
            understood.push('…');
        }
        return Err(BadTopics::TooMany { count: topics.len(), understood });
    }
    Ok(topics)
}

/// The line about oneself on one line; `Err` with its length in characters when it is too long.
///
/// # Errors
/// Its length.
pub fn read_about(typed: &str) -> Result<Option<String>, usize> {
    let line = cleaned(typed).split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        0 => Ok(None),
        length if length > LONGEST_ABOUT => Err(length),
        _ => Ok(Some(line)),
    }
}
