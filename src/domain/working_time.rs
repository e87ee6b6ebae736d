//! Working days and hours, on local wall-clock time.
//!
//! Owns: counting in working days, and the next moment at which somebody may be spoken to.
//! Must not: know what is said then.

use chrono::{
    DateTime, Datelike as _, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _, Utc,
    Weekday,
};
use chrono_tz::Tz;

/// When somebody works: days of the week, and hours in their own zone.
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
}

impl Default for WorkingTime {
    /// Monday to Friday, 09:00 to 17:00 UTC.
    fn default() -> Self {
        Self {
            zone: Tz::UTC,
            days: vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri],
            from: NaiveTime::MIN + TimeDelta::hours(9),
            until: NaiveTime::MIN + TimeDelta::hours(17),
        }
    }
}

impl WorkingTime {
    /// Whether this is a working day.
    pub fn works_on(&self, date: NaiveDate) -> bool {
        self.days.contains(&date.weekday())
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
        let today_is_over = local.time() >= self.from;
        let first = if today_is_over { next_day(local.date_naive()) } else { local.date_naive() };
        self.opening(first)
    }

    /// `at` itself when it is inside working hours, else the last minute of the working day before.
    pub fn last_open(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        if self.contains(at) {
            return at;
        }
        let local = at.with_timezone(&self.zone);
        let last_minute = self.until - TimeDelta::minutes(1);
        if self.works_on(local.date_naive()) && local.time() > last_minute {
            return instant(self.zone, local.date_naive().and_time(last_minute));
        }
        self.days_before(instant(self.zone, local.date_naive().and_time(last_minute)), 1)
    }

    /// The moment that lies `count` working days before `at`, at the same wall-clock time, moved into working hours:
    /// earlier than opening becomes opening, later than closing becomes the last minute of that day.
    pub fn days_before(&self, at: DateTime<Utc>, count: u32) -> DateTime<Utc> {
        let local = at.with_timezone(&self.zone);
        let mut date = local.date_naive();
        let mut left = count;
        while left > 0 {
            date = date.pred_opt().unwrap_or(date);
            if self.works_on(date) {
                left -= 1;
            }
        }
        self.inside(date, local.time())
    }

    /// The moment that lies `count` working days after `at`, at the same wall-clock time, moved into working hours.
    pub fn days_after(&self, at: DateTime<Utc>, count: u32) -> DateTime<Utc> {
        let local = at.with_timezone(&self.zone);
        let mut date = local.date_naive();
        let mut left = count;
        while left > 0 {
            date = next_day(date);
            if self.works_on(date) {
                left -= 1;
            }
        }
        self.inside(date, local.time())
    }

    fn inside(&self, date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        let last_minute = self.until - TimeDelta::minutes(1);
        instant(self.zone, date.and_time(time.clamp(self.from, last_minute)))
    }

    fn opening(&self, mut date: NaiveDate) -> DateTime<Utc> {
        // A week has at least one working day, so seven steps are enough.
        for _ in 0..7 {
            if self.works_on(date) {
                break;
            }
            date = next_day(date);
        }
        instant(self.zone, date.and_time(self.from))
    }
}

fn next_day(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1)).unwrap_or(date)
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
