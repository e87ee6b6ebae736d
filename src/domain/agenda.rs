//! The five-part agenda.
//!
//! Owns: the parts, their order, titles and what each asks for. Must not: know how it is shown or kept.

use std::collections::BTreeMap;

use super::identifiers::words;
use super::private_text::PrivateText;

words!(
    /// A part of the agenda, in the order in which it is talked through.
    Part {
        /// Understand reasons, not steps.
        Why = "why",
        /// After-action review.
        Challenge = "challenge",
        /// Defend a plan, avoid pitfalls.
        Upcoming = "upcoming",
        /// How the organisation thinks.
        Topic = "topic",
        /// Close the loop.
        Homework = "homework",
    }
);

impl Part {
    /// The title on the screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Why => "Learn the why",
            Self::Challenge => "Biggest challenge since last time",
            Self::Upcoming => "Upcoming work",
            Self::Topic => "A topic I'm curious about",
            Self::Homework => "Homework I'm returning",
        }
    }

    /// What the mentee is asked to write.
    pub const fn prompt(self) -> &'static str {
        match self {
            Self::Why => "A task or rule you follow without knowing the reason",
            Self::Challenge => "What was most puzzling? What you expected, what happened, what you would do next time",
            Self::Upcoming => "Your next piece of planned work, and how you intend to do it",
            Self::Topic => "One subject: how does our organisation handle it?",
            Self::Homework => "What you found out about the homework below",
        }
    }
}

/// What the mentee prepared for one meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    /// The parts that say something.
    pub parts: BTreeMap<Part, PrivateText>,
}

impl Agenda {
    /// Whether nothing was prepared.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// How many parts say something.
    pub fn len(&self) -> usize {
        self.parts.len()
    }
}
