//! Not for life: when two people look back, what each may answer, and how a pair goes on or finishes.
//!
//! Owns: review dates, three quarters of the way, missed meetings in a row, and what becomes of the answers.
//! Must not: know how it is shown or kept.

use chrono::{DateTime, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::identifiers::{PairId, PersonId, ReviewId};
use super::pairs::PairOfPeople;
use super::private_text::PrivateText;
use super::working_time::instant;

/// Months to the next review when nobody says otherwise.
pub const USUAL_MONTHS: u32 = 6;
/// The months that can be chosen.
pub const MONTHS: [u32; 4] = [3, 6, 9, 12];
/// Days after the review date in which an answer still counts; then the pair goes on.
pub const ANSWER_DAYS: i64 = 7;
/// Days until the review date when missed meetings brought it forward.
pub const BROUGHT_FORWARD_DAYS: i64 = 7;
/// Missed meetings in a row that bring the review forward.
pub const MISSES: i64 = 3;
/// The farthest a review may be, in months.
const FARTHEST: u32 = 24;

/// A time at which two people look back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Its identifier.
    pub id: ReviewId,
    /// Whose it is.
    pub pair: PairId,
    /// Where the way to it begins.
    pub counts_from: DateTime<Utc>,
    /// The review date.
    pub review_on: NaiveDate,
    /// When both were asked.
    pub asked_at: Option<DateTime<Utc>>,
    /// The first of the missed meetings in a row that brought it forward.
    pub streak_from: Option<DateTime<Utc>>,
    /// When it was over: both answered, or time did.
    pub closed_at: Option<DateTime<Utc>>,
    /// Who carries on, and until when.
    pub answers: Vec<CarryOn>,
}

/// Somebody carries on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CarryOn {
    /// Who.
    pub person: PersonId,
    /// When they would look back the next time.
    pub next_review_on: NaiveDate,
}

/// A review together with the pair whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewOfPair {
    /// The review.
    pub review: Review,
    /// Whose it is.
    pub of: PairOfPeople,
}

/// So many months later: the same day of the month, or the last one there is.
pub fn months_after(start: NaiveDate, months: u32) -> NaiveDate {
    start.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// Why a day cannot be a review date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadReviewDate {
    /// None was chosen.
    #[error("Choose a day for the review, or one of the months above.")]
    Missing,
    /// It is not to come.
    #[error("That day is over. Choose one to come.")]
    Past,
    /// Farther than two years.
    #[error("That is more than two years away. A review is to be sooner than that.")]
    TooFar,
}

/// Takes a day as a review date.
///
/// # Errors
/// [`BadReviewDate`] with what to say at the field.
pub fn usable(day: Option<NaiveDate>, today: NaiveDate) -> Result<NaiveDate, BadReviewDate> {
    let day = day.ok_or(BadReviewDate::Missing)?;
    if day <= today {
        return Err(BadReviewDate::Past);
    }
    if day > months_after(today, FARTHEST) { Err(BadReviewDate::TooFar) } else { Ok(day) }
}

/// The moment a review date begins.
pub fn begins_at(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    instant(zone, day.and_time(NaiveTime::MIN))
}

/// The moment at three quarters of the way.
pub fn three_quarters(from: DateTime<Utc>, until: DateTime<Utc>) -> DateTime<Utc> {
    from + (until - from).max(TimeDelta::zero()) * 3 / 4
}

impl Review {
    /// The way to the next review date begins.
    pub fn begin(id: ReviewId, pair: PairId, counts_from: DateTime<Utc>, review_on: NaiveDate) -> Self {
        Self {
            id,
            pair,
            counts_from,
            review_on,
            asked_at: None,
            streak_from: None,
            closed_at: None,
            answers: Vec::new(),
        }
    }

    /// When both are asked, on a clock of this zone.
    pub fn ask_at(&self, zone: Tz) -> DateTime<Utc> {
        three_quarters(self.counts_from, begins_at(self.review_on, zone))
    }

    /// When the review date begins.
    pub fn due_at(&self, zone: Tz) -> DateTime<Utc> {
        begins_at(self.review_on, zone)
    }

    /// When whoever has not answered is asked once more: at the review date, unless that is when they were asked at all.
    pub fn ask_again_at(&self, zone: Tz) -> Option<DateTime<Utc>> {
        let asked_at = self.asked_at?;
        Some(self.due_at(zone)).filter(|at| *at >= asked_at + TimeDelta::days(1))
    }

    /// When answers do not count any more. Nobody who is asked late has less time.
    pub fn over_at(&self, zone: Tz) -> DateTime<Utc> {
        let from = self.due_at(zone);
        self.asked_at.map_or(from, |asked_at| from.max(asked_at)) + TimeDelta::days(ANSWER_DAYS)
    }

    /// What somebody answered.
    pub fn answer_of(&self, person: PersonId) -> Option<CarryOn> {
        self.answers.iter().copied().find(|answer| answer.person == person)
    }

    /// Whether it waits for somebody's answer.
    pub fn awaits(&self, person: PersonId) -> bool {
        self.asked_at.is_some() && self.closed_at.is_none() && self.answer_of(person).is_none()
    }

    /// The next review date: the earlier of what the two said, else the usual time from today. Silence carries on, too.
    pub fn next_on(&self, today: NaiveDate) -> NaiveDate {
        let said = self.answers.iter().map(|answer| answer.next_review_on).min();
        said.filter(|day| *day > today).unwrap_or_else(|| months_after(today, USUAL_MONTHS))
    }
}

/// Missed meetings since the last one that was held; skipped ones do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Streak {
    /// How many.
    pub misses: i64,
    /// When the first of them was.
    pub first: Option<DateTime<Utc>>,
}

impl Streak {
    /// The first missed meeting, when they are enough to bring the review forward.
    pub fn brings_forward(self) -> Option<DateTime<Utc>> {
        self.first.filter(|_| self.misses >= MISSES)
    }
}

/// What one of the two said when they finished, or when the other had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What they got out of it.
    pub got_out: Option<PrivateText>,
    /// Thanks.
    pub thanks: Option<PrivateText>,
    /// What comes next.
    pub what_next: Option<PrivateText>,
    /// Whether they would like to stay in touch; `None` without a word.
    pub stay_in_touch: Option<bool>,
}

impl Words {
    /// Whether there is something to read.
    pub fn say_something(&self) -> bool {
        self.got_out.is_some() || self.thanks.is_some() || self.what_next.is_some() || self.stay_in_touch.is_some()
    }
}

/// How one of the two finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finish {
    /// Whose pair it was.
    pub pair: PairId,
    /// Who.
    pub person: PersonId,
    /// What they said.
    pub words: Words,
    /// Whether this ended the pair; the other's is an answer to it.
    pub ended_it: bool,
    /// When.
    pub finished_at: DateTime<Utc>,
}
