//! Working days and hours, on local wall-clock time.
//!
//! Owns: counting in working days, and the next moment at which somebody may be spoken to. Days off are no working days.
//! Must not: know what is said then.

use chrono::{
    DateTime, Datelike as _, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _, Utc, Weekday,
};
use chrono_tz::Tz;

use super::days_off::DaysOff;
use super::leads::Leads;

/// When somebody works: days of the week without the days off, and hours in their own zone; and how many of these days
/// ahead of a meeting they are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingTime {
    /// Zone of the hours.
    pub zone: Tz,
    /// Days of the week, at least one.
    pub days: Vec<Weekday>,
    /// First minute of a working day.
    pub from: NaiveTime,
    /// End of a working day; after `from`.
    pub until: NaiveTime,
    /// Dates, in that zone, that are no working days whatever the day of the week.
    pub days_off: DaysOff,
    /// How long ahead of a meeting they are told.
    pub leads: Leads,
}

impl Default for WorkingTime {
    /// Monday to Friday, 09:00 to 17:00 UTC.
    fn default() -> Self {
        Self {
            zone: Tz::UTC,
            days: vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri],
            from: NaiveTime::MIN + TimeDelta::hours(9),
            until: NaiveTime::MIN + TimeDelta::hours(17),
            days_off: DaysOff::default(),
            leads: Leads::default(),
        }
    }
}

impl WorkingTime {
    /// The same with more days off.
    #[must_use]
    pub fn without(&self, days_off: &DaysOff) -> Self {
        Self { days_off: self.days_off.and(days_off), ..self.clone() }
    }

    /// Whether this is a working day.
    pub fn works_on(&self, date: NaiveDate) -> bool {
        self.days.contains(&date.weekday()) && !self.days_off.contains(date)
    }

    /// Whether somebody may be spoken to at this moment.
    pub fn contains(&self, at: DateTime<Utc>) -> bool {
        let local = at.with_timezone(&self.zone);
        self.works_on(local.date_naive()) && (self.from..self.until).contains(&local.time())
    }

    /// `at` itself when it is inside working hours, else the beginning of the next working day.
    pub fn next_open(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        if self.contains(at) {
            return at;
        }
        let local = at.with_timezone(&self.zone);
        let today = local.date_naive();
        let opens_today = self.works_on(today) && local.time() < self.from;
        let date = if opens_today { today } else { self.working_day_after(today) };
        instant(self.zone, date.and_time(self.from))
    }

    /// `at` itself when it is inside working hours, else the last minute of the working day before.
    pub fn last_open(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        if self.contains(at) {
            return at;
        }
        let local = at.with_timezone(&self.zone);
        let today = local.date_naive();
        let closed_today = self.works_on(today) && local.time() >= self.until;
        let date = if closed_today { today } else { self.working_day_before(today) };
        instant(self.zone, date.and_time(self.last_minute()))
    }

    /// The last minute of working hours on the local day of `at`.
    pub fn closes(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        instant(self.zone, at.with_timezone(&self.zone).date_naive().and_time(self.last_minute()))
    }

    /// The moment that lies `count` working days before `at`, at the same wall-clock time, moved into working hours:
    /// earlier than opening becomes opening, later than closing becomes the last minute of that day.
    pub fn days_before(&self, at: DateTime<Utc>, count: u32) -> DateTime<Utc> {
        let local = at.with_timezone(&self.zone);
        let date = steps(local.date_naive(), count, |date| self.working_day_before(date));
        self.inside(date, local.time())
    }

    /// The moment that lies `count` working days after `at`, at the same wall-clock time, moved into working hours.
    pub fn days_after(&self, at: DateTime<Utc>, count: u32) -> DateTime<Utc> {
        let local = at.with_timezone(&self.zone);
        let date = steps(local.date_naive(), count, |date| self.working_day_after(date));
        self.inside(date, local.time())
    }

    /// The first working day after a date; the date itself when there is none, which takes a week without working days.
    pub fn working_day_after(&self, date: NaiveDate) -> NaiveDate {
        self.search(date, NaiveDate::succ_opt)
    }

    /// The last working day before a date; the date itself when there is none.
    pub fn working_day_before(&self, date: NaiveDate) -> NaiveDate {
        self.search(date, NaiveDate::pred_opt)
    }

    /// A week has a working day unless that is off, so that many steps meet one, however many days are off in a row.
    fn search(&self, from: NaiveDate, step: impl Fn(&NaiveDate) -> Option<NaiveDate>) -> NaiveDate {
        let enough = 7 * (self.days_off.len() + 1);
        std::iter::successors(Some(from), step).skip(1).take(enough).find(|date| self.works_on(*date)).unwrap_or(from)
    }

    fn inside(&self, date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        instant(self.zone, date.and_time(time.clamp(self.from, self.last_minute())))
    }

    fn last_minute(&self) -> NaiveTime {
        (self.until - TimeDelta::minutes(1)).max(self.from)
    }
}

/// So many steps, or fewer when there is nowhere to go.
fn steps(mut date: NaiveDate, count: u32, step: impl Fn(NaiveDate) -> NaiveDate) -> NaiveDate {
    for _ in 0..count {
        let next = step(date);
        if next == date {
            break;
        }
        date = next;
    }
    date
}

/// The instant of a local wall-clock time. A time that does not exist becomes the first instant after the gap; one that
/// happens twice, the earlier.
pub fn instant(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) => at.to_utc(),
        LocalResult::Ambiguous(first, second) => first.min(second).to_utc(),
        LocalResult::None => first_after_gap(zone, local),
    }
}

fn first_after_gap(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    // Gaps are whole minutes in every zone since 1972 and at most a day (Samoa, 2011); walk to the first that exists.
    (1..=26 * 60)
        .find_map(|minutes| {
            let later = local.with_second_zero() + TimeDelta::minutes(minutes);
            match zone.from_local_datetime(&later) {
                LocalResult::Single(at) => Some(at.to_utc()),
                LocalResult::Ambiguous(first, second) => Some(first.min(second).to_utc()),
                LocalResult::None => None,
            }
        })
        .unwrap_or_else(|| local.and_utc())
}

trait WithSecondZero {
    fn with_second_zero(self) -> Self;
}

impl WithSecondZero for NaiveDateTime {
    fn with_second_zero(self) -> Self {
        use chrono::Timelike as _;
        self.with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or(self)
    }
}
