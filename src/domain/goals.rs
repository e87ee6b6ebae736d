//! Goals: what a mentee works towards.
//!
//! Owns: what a goal is made of, who may write one, and how it ends. Must not: know how it is shown or kept.

use chrono::{DateTime, NaiveDate, Utc};

use super::identifiers::{GoalId, PairId, PersonId, words};
use super::pairs::PairOfPeople;
use super::private_text::PrivateText;

/// Steps of one goal; more would be a plan, not a goal.
pub const MOST_STEPS: usize = 6;

words!(
    /// Where a goal stands.
    GoalState {
        /// Worked towards.
        Open = "open",
        /// Reached.
        Reached = "reached",
        /// Given up on purpose.
        Dropped = "dropped",
    }
);

/// What somebody works towards in a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Its identifier.
    pub id: GoalId,
    /// The pair that reads it.
    pub pair: PairId,
    /// Who works towards it: the mentee, or either of two peers.
    pub owner: PersonId,
    /// The goal itself.
    pub goal: PrivateText,
    /// The steps, one a line, at most [`MOST_STEPS`].
    pub steps: Option<PrivateText>,
    /// How they will know.
    pub measure: Option<PrivateText>,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// Where it stands.
    pub state: GoalState,
    /// When it was set.
    pub set_at: DateTime<Utc>,
}

impl Goal {
    /// It ends, one way or the other.
    ///
    /// # Errors
    /// The state it has had since before.
    pub fn ended(mut self, state: GoalState) -> Result<Self, GoalState> {
        if self.state != GoalState::Open {
            return Err(self.state);
        }
        self.state = state;
        Ok(self)
    }
}

/// A goal together with the pair that reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalOfPair {
    /// The goal.
    pub goal: Goal,
    /// Whose it is.
    pub of: PairOfPeople,
}

/// Whether somebody sets goals in a pair: the mentee does, and each of two peers.
pub fn sets_goals(of: &PairOfPeople, person: PersonId) -> bool {
    of.pair.prepares(person)
}
