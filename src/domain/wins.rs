//! Wins: something to celebrate, small or large.
//!
//! Owns: what a win is. Must not: know how it is shown or kept.

use chrono::{DateTime, Utc};

use super::identifiers::{PairId, PersonId, WinId};
use super::pairs::PairOfPeople;
use super::private_text::PrivateText;

/// A win, as one pair sees it; shared with two pairs, it is kept twice, each with the pair's own key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Win {
    /// Its identifier.
    pub id: WinId,
    /// The pair that reads it.
    pub pair: PairId,
    /// Whose win it is.
    pub person: PersonId,
    /// What is to be celebrated.
    pub text: PrivateText,
    /// When it was logged.
    pub logged_at: DateTime<Utc>,
    /// The channel its owner wants it told in, and only then.
    pub channel: Option<String>,
}

/// A win together with the pair that reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WinOfPair {
    /// The win.
    pub win: Win,
    /// Whose it is.
    pub of: PairOfPeople,
}
