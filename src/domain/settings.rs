//! What people set for themselves: when they work, when they are off, how long ahead they are told.
//!
//! Owns: what may be set, and what it makes of the programme's working time. Must not: know the form.

use chrono::{NaiveDate, NaiveTime, Weekday};
use chrono_tz::Tz;

use super::days_off::DaysOff;
use super::leads::Leads;
use super::working_time::WorkingTime;

/// What somebody has set; `None` is as the programme has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Days of the week, at least one.
    pub days: Option<Vec<Weekday>>,
    /// First minute and end of a working day.
    pub hours: Option<Hours>,
    /// Days off, in their order, apart from each other.
    pub days_off: Vec<OffRange>,
    /// Working days ahead of a meeting at which the agenda is asked for, in every kind of pair.
    pub agenda_days: Option<u32>,
    /// Working days ahead at which this person, as a mentor, is told of the agenda.
    pub notice_days: Option<u32>,
    /// Minutes ahead at which this person is told that a meeting starts; 0 is never.
    pub starting_soon_minutes: Option<u32>,
}

/// Working hours, `from` before `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// First minute of a working day.
    pub from: NaiveTime,
    /// End of a working day.
    pub until: NaiveTime,
}

/// Days off in a row, the first and the last among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OffRange {
    /// The first.
    pub first: NaiveDate,
    /// The last; the first or later.
    pub last: NaiveDate,
}

/// Hours that are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The end must come after the beginning: {} is not after {}.", .until.format("%H:%M"), .from.format("%H:%M"))]
pub struct HoursRefused {
    /// The beginning that was given.
    pub from: NaiveTime,
    /// The end that was given.
    pub until: NaiveTime,
}

impl Hours {
    /// Hours of a working day.
    ///
    /// # Errors
    /// [`HoursRefused`] when the end does not come after the beginning.
    pub fn new(from: NaiveTime, until: NaiveTime) -> Result<Self, HoursRefused> {
        if from < until { Ok(Self { from, until }) } else { Err(HoursRefused { from, until }) }
    }
}

impl OffRange {
    /// Every day of it.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.first.iter_days().take_while(move |day| *day <= self.last)
    }

    /// The same days in their order, those that touch joined.
    pub fn joined(mut ranges: Vec<Self>) -> Vec<Self> {
        ranges.sort();
        let mut joined: Vec<Self> = Vec::new();
        for range in ranges {
            match joined.last_mut() {
                Some(before) if before.last.succ_opt().is_none_or(|next| range.first <= next) => {
                    before.last = before.last.max(range.last);
                }
                _ => joined.push(range),
            }
        }
        joined
    }
}

impl Settings {
    /// The programme's working time as this person has it, in their zone.
    pub fn applied_to(&self, programme: &WorkingTime, zone: Tz) -> WorkingTime {
        let own: DaysOff = self.days_off.iter().flat_map(|range| range.days()).collect();
        let hours = self.hours.unwrap_or(Hours { from: programme.from, until: programme.until });
        let usual = programme.leads;
        WorkingTime {
            zone,
            days: self.days.clone().unwrap_or_else(|| programme.days.clone()),
            from: hours.from,
            until: hours.until,
            days_off: programme.days_off.and(&own),
            leads: Leads {
                agenda_days: self.agenda_days.unwrap_or(usual.agenda_days),
                external_agenda_days: self.agenda_days.unwrap_or(usual.external_agenda_days),
                notice_days: self.notice_days.unwrap_or(usual.notice_days),
                starting_soon_minutes: self.starting_soon_minutes.unwrap_or(usual.starting_soon_minutes),
            },
        }
    }

    /// Days off that are not over.
    pub fn days_off_from(&self, today: NaiveDate) -> impl Iterator<Item = OffRange> {
        self.days_off.iter().copied().filter(move |range| range.last >= today)
    }
}
