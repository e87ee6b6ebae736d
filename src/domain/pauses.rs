//! Pauses: one half of a pair, or both, stop meeting until a day.
//!
//! Owns: until when a pause may be, when it ends, and when a pair goes on. Must not: know why (nobody is asked), or what is
//! said about it. The rhythm is not touched, so that nothing drifts.

use chrono::{DateTime, Months, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::identifiers::{PairId, PersonId};
use super::pairs::PairOfPeople;
use super::people::Person;
use super::working_time::instant;

/// The longest pause, in months: for longer, finishing is kinder.
pub const LONGEST: u32 = 12;

/// One person's pause of one pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// Its identifier.
    pub id: Uuid,
    /// What is paused.
    pub pair: PairId,
    /// Who paused.
    pub person: PersonId,
    /// The day on which it goes on, on the calendar of who paused.
    pub until: NaiveDate,
    /// When it was set.
    pub set_at: DateTime<Utc>,
    /// When it was taken back or was over; `None` while it stands.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Why a day to go on is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReturnRefused {
    /// Today, or before.
    #[error("Choose the day on which you go on: tomorrow or later.")]
    NotToCome,
    /// Too far away.
    #[error("A pause is at most twelve months long: {} is the latest.", .latest.format("%-d %B %Y"))]
    TooFar {
        /// The last day that is taken.
        latest: NaiveDate,
    },
}

/// Whether somebody may pause until a day, given their today.
///
/// # Errors
/// [`ReturnRefused`], in words for whoever chose it.
pub fn may_return_on(day: NaiveDate, today: NaiveDate) -> Result<(), ReturnRefused> {
    if day <= today {
        return Err(ReturnRefused::NotToCome);
    }
    let latest = today.checked_add_months(Months::new(LONGEST)).unwrap_or(NaiveDate::MAX);
    if day > latest { Err(ReturnRefused::TooFar { latest }) } else { Ok(()) }
}

impl Pause {
    /// The moment it ends: the first of that day on the clock of who paused.
    pub fn ends_at(&self, zone: Tz) -> DateTime<Utc> {
        instant(zone, self.until.and_time(NaiveTime::MIN))
    }
}

/// The pauses of a pair that stand, at most one of each half.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pauses(pub Vec<Pause>);

impl Pauses {
    /// This person's pause, if it is in effect.
    pub fn of(&self, person: &Person, now: DateTime<Utc>) -> Option<&Pause> {
        self.0.iter().find(|pause| pause.person == person.id && now < pause.ends_at(person.zone()))
    }

    /// The pause that ends last among those in effect, and when: the pair goes on then. `None` when it may go on now.
    pub fn last<'a>(&'a self, of: &'a PairOfPeople, now: DateTime<Utc>) -> Option<(&'a Pause, DateTime<Utc>)> {
        self.ends(of).filter(|(_, ends_at)| now < *ends_at).max_by_key(|(_, ends_at)| *ends_at)
    }

    /// When the next of the pauses in effect ends.
    pub fn next_end(&self, of: &PairOfPeople, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.ends(of).map(|(_, ends_at)| ends_at).filter(|ends_at| now < *ends_at).min()
    }

    /// The first slot of the rhythm after the pair goes on by itself; `None` when it may go on now or never meets again.
    pub fn first_after(&self, of: &PairOfPeople, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let (_, goes_on_at) = self.last(of, now)?;
        of.pair.rhythm.as_ref()?.next_after(goes_on_at)
    }

    /// Every pause, and when it ends.
    pub fn ends<'a>(&'a self, of: &'a PairOfPeople) -> impl Iterator<Item = (&'a Pause, DateTime<Utc>)> {
        self.0.iter().map(|pause| (pause, pause.ends_at(of.half(pause.person).zone())))
    }
}
