//! By when: a day that somebody chose.
//!
//! Owns: which days make sense. Must not: know what is due then.

use chrono::{Days, NaiveDate};

/// The furthest day that makes sense, in days from today.
const FURTHEST: u64 = 5 * 366;

/// Why a day is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDay {
    /// Not a day at all.
    #[error("That is no day of the calendar. Choose another, or leave it empty.")]
    NoDay,
    /// Before today.
    #[error("That day is over. Choose a day to come, or leave it empty.")]
    Over,
    /// Further away than anybody plans.
    #[error("That is more than five years away. Choose a nearer day, or leave it empty.")]
    TooFar,
}

/// Reads a day as a form gives it, `YYYY-MM-DD`; nothing chosen is fine.
///
/// # Errors
/// [`BadDay`] when it is none, or none that makes sense.
pub fn due_on(chosen: Option<&str>, today: NaiveDate) -> Result<Option<NaiveDate>, BadDay> {
    let Some(chosen) = chosen else { return Ok(None) };
    let day = NaiveDate::parse_from_str(chosen, "%Y-%m-%d").map_err(|_| BadDay::NoDay)?;
    if day < today {
        return Err(BadDay::Over);
    }
    let furthest = today.checked_add_days(Days::new(FURTHEST)).unwrap_or(NaiveDate::MAX);
    if day > furthest { Err(BadDay::TooFar) } else { Ok(Some(day)) }
}
