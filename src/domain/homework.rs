//! Homework: something to look into before the next meeting.
//!
//! Owns: its states and their order. Must not: know how it is shown or kept.

use chrono::{DateTime, NaiveDate, Utc};

use super::identifiers::{HomeworkId, PairId, PersonId, words};
use super::pairs::PairOfPeople;
use super::people::Person;
use super::private_text::PrivateText;

words!(
    /// Where a piece of homework stands.
    HomeworkState {
        /// Still to be looked into.
        Open = "open",
        /// Findings were written; to be talked about at the next meeting.
        Returned = "returned",
        /// Talked about.
        Reviewed = "reviewed",
        /// Given up on purpose.
        Dropped = "dropped",
    }
);

/// A piece of homework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Homework {
    /// Its identifier.
    pub id: HomeworkId,
    /// The pair it belongs to.
    pub pair: PairId,
    /// Who looks into it: either of the two.
    pub owner: PersonId,
    /// What to look into.
    pub task: PrivateText,
    /// What was found out.
    pub findings: Option<PrivateText>,
    /// Where it stands.
    pub state: HomeworkState,
    /// The day it is due in the owner's zone; `None` means the next meeting.
    pub due_on: Option<NaiveDate>,
    /// When it was set.
    pub set_at: DateTime<Utc>,
    /// Meetings held since it was set: how often it was carried on to the next.
    pub carried: usize,
}

/// A piece of homework together with its pair and its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeworkOfPair {
    /// The homework.
    pub homework: Homework,
    /// Whose it is.
    pub of: PairOfPeople,
}

impl HomeworkOfPair {
    /// Who looks into it.
    pub fn owner(&self) -> &Person {
        self.of.half(self.homework.owner)
    }
}

/// Why something cannot be done to a piece of homework: it stands somewhere else by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandsElsewhere(pub HomeworkState);

impl Homework {
    /// Whether it still belongs on the next agenda: open, or returned and not yet talked about.
    pub fn is_carried(&self) -> bool {
        matches!(self.state, HomeworkState::Open | HomeworkState::Returned)
    }

    /// It comes back, with what was found, if that was written.
    #[must_use]
    pub fn returned(mut self, findings: Option<PrivateText>) -> Self {
        self.state = HomeworkState::Returned;
        self.findings = findings.or(self.findings);
        self
    }

    /// It does not come back yet; what was found so far stays.
    #[must_use]
    pub fn reopened(mut self) -> Self {
        self.state = HomeworkState::Open;
        self
    }

    /// It was talked about.
    ///
    /// # Errors
    /// [`StandsElsewhere`] unless it was returned.
    pub fn reviewed(mut self) -> Result<Self, StandsElsewhere> {
        if self.state != HomeworkState::Returned {
            return Err(StandsElsewhere(self.state));
        }
        self.state = HomeworkState::Reviewed;
        Ok(self)
    }

    /// It is given up on purpose.
    ///
    /// # Errors
    /// [`StandsElsewhere`] when it is over already.
    pub fn dropped(mut self) -> Result<Self, StandsElsewhere> {
        if !self.is_carried() {
            return Err(StandsElsewhere(self.state));
        }
        self.state = HomeworkState::Dropped;
        Ok(self)
    }

    /// Whether its owner can still write what was found.
    ///
    /// # Errors
    /// [`StandsElsewhere`] unless it is open.
    pub fn must_be_open(&self) -> Result<(), StandsElsewhere> {
        if self.state == HomeworkState::Open { Ok(()) } else { Err(StandsElsewhere(self.state)) }
    }
}
