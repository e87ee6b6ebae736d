//! How often a pair meets: a cron expression on local wall-clock time, of whose moments every n-th counts.
//!
//! Owns: the calendar of a pair. Must not: know what became of earlier meetings, so that nothing makes it drift.

use std::str::FromStr as _;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike as _, Utc, Weekday};
use chrono_tz::Tz;
use cron::Schedule;

use super::pairs::PairKind;
use super::working_time::instant;

/// The longest a meeting may be, in minutes: an hour is a lot to give.
pub const LONGEST_MEETING: u16 = 60;
/// The most moments of an expression of which only one counts.
pub const LONGEST_STRIDE: u16 = 12;
/// How far ahead an expression must fire at least once.
const MUST_FIRE_WITHIN: TimeDelta = TimeDelta::days(800);
/// How many moments of an expression are looked at to find out how close together they come.
const LOOKED_AT: usize = 60;
/// Two meetings of a pair are at least this far apart by the wall clock.
const CLOSEST: TimeDelta = TimeDelta::hours(20);

/// A pair's rhythm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// Seconds, minutes, hours, day of month, month, day of week; evaluated on local wall-clock time. A day must fit both
    /// the day of month and the day of week.
    pub cron: String,
    /// Of the moments of the expression every n-th counts, 1 to [`LONGEST_STRIDE`].
    pub every: u16,
    /// The local date from which they are counted: the first moment on or after it counts.
    pub anchor: NaiveDate,
    /// The zone whose wall clocks the expression speaks of.
    pub zone: Tz,
    /// Length of a meeting in minutes, 1 to [`LONGEST_MEETING`].
    pub length_minutes: u16,
}

/// Which one of its weekday in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeekOfMonth {
    /// Days 1 to 7.
    First,
    /// Days 8 to 14.
    Second,
    /// Days 15 to 21.
    Third,
    /// Days 22 to 28.
    Fourth,
}

impl WeekOfMonth {
    /// In order.
    pub const ALL: [Self; 4] = [Self::First, Self::Second, Self::Third, Self::Fourth];

    const fn days(self) -> &'static str {
        match self {
            Self::First => "1-7",
            Self::Second => "8-14",
            Self::Third => "15-21",
            Self::Fourth => "22-28",
        }
    }
}

/// How often, in the words of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// Every week.
    Weekly,
    /// Every two weeks.
    EveryTwoWeeks,
    /// Every month, by weekday: a true calendar month, not every 28 days.
    Monthly(WeekOfMonth),
    /// Every two months, by weekday.
    EveryTwoMonths(WeekOfMonth),
}

impl Frequency {
    /// Everything that can be chosen, the most frequent first.
    pub const ALL: [Self; 10] = [
        Self::Weekly,
        Self::EveryTwoWeeks,
        Self::Monthly(WeekOfMonth::First),
        Self::Monthly(WeekOfMonth::Second),
        Self::Monthly(WeekOfMonth::Third),
        Self::Monthly(WeekOfMonth::Fourth),
        Self::EveryTwoMonths(WeekOfMonth::First),
        Self::EveryTwoMonths(WeekOfMonth::Second),
        Self::EveryTwoMonths(WeekOfMonth::Third),
        Self::EveryTwoMonths(WeekOfMonth::Fourth),
    ];

    /// How often a kind of pair meets unless it says otherwise.
    pub const fn default_of(kind: PairKind) -> Self {
        match kind {
            PairKind::InOrg => Self::Weekly,
            PairKind::External => Self::Monthly(WeekOfMonth::First),
            PairKind::Peer => Self::EveryTwoWeeks,
        }
    }

    const fn days(self) -> &'static str {
        match self {
            Self::Weekly | Self::EveryTwoWeeks => "*",
            Self::Monthly(week) | Self::EveryTwoMonths(week) => week.days(),
        }
    }

    const fn every(self) -> u16 {
        match self {
            Self::Weekly | Self::Monthly(_) => 1,
            Self::EveryTwoWeeks | Self::EveryTwoMonths(_) => 2,
        }
    }
}

/// What a rhythm says, when it is one of those that people choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Regular {
    /// How often.
    pub frequency: Frequency,
    /// On which day.
    pub day: Weekday,
    /// At which wall-clock time.
    pub time: NaiveTime,
}

/// Why a rhythm is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RhythmRefused {
    /// Longer than an hour, or no time at all.
    #[error("A meeting takes between 1 and 60 minutes; an hour is a lot to give.")]
    Length,
    /// Not five fields that make sense.
    #[error(
        "That is not a cron expression I can read: write minute, hour, day of month, month and day of week, such as `0 10 1-7 * Tue` for the first Tuesday at 10:00."
    )]
    Unreadable,
    /// A date that does not come.
    #[error("That expression never fires within two years.")]
    Never,
    /// More than once a day.
    #[error("That expression fires more than once a day; a pair meets once a day at most.")]
    TooOften,
    /// A stride that is none.
    #[error("Every first to every twelfth moment can count.")]
    Stride,
}

impl Rhythm {
    /// As often as people say, on this day at this wall-clock time, counted from a local date.
    ///
    /// # Errors
    /// [`RhythmRefused::Length`] when a meeting would be empty or longer than an hour.
    pub fn regular(regular: Regular, anchor: NaiveDate, zone: Tz, length_minutes: u16) -> Result<Self, RhythmRefused> {
        let Regular { frequency, day, time } = regular;
        let cron = format!("0 {} {} {} * {day}", time.minute(), time.hour(), frequency.days());
        Self::kept(cron, frequency.every(), anchor, zone, length_minutes)
    }

    /// By a cron expression as people write it: minute, hour, day of month, month, day of week.
    ///
    /// # Errors
    /// [`RhythmRefused`], in words for whoever wrote it.
    pub fn by_expression(
        expression: &str,
        anchor: NaiveDate,
        zone: Tz,
        length_minutes: u16,
    ) -> Result<Self, RhythmRefused> {
        let fields: Vec<&str> = expression.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = fields.as_slice() else { return Err(RhythmRefused::Unreadable) };
        let cron = format!("0 {minute} {hour} {day} {month} {}", named_days(weekday));
        let rhythm = Self::kept(cron, 1, anchor, zone, length_minutes)?;
        let from = anchor.and_time(NaiveTime::MIN);
        let moments: Vec<NaiveDateTime> = rhythm.moments_from(from).take(LOOKED_AT).collect();
        if moments.first().is_none_or(|first| *first - from > MUST_FIRE_WITHIN) {
            return Err(RhythmRefused::Never);
        }
        if moments.windows(2).any(|two| matches!(two, [one, next] if *next - *one < CLOSEST)) {
            return Err(RhythmRefused::TooOften);
        }
        Ok(rhythm)
    }

    /// The expression as people write it, when the rhythm is one of their own.
    pub fn as_expression(&self) -> Option<&str> {
        if self.as_regular().is_some() { None } else { self.cron.strip_prefix("0 ") }
    }

    /// As kept: an expression of six fields that was accepted before.
    ///
    /// # Errors
    /// [`RhythmRefused`] when a part is out of bounds or the expression is not one.
    pub fn kept(
        cron: String,
        every: u16,
        anchor: NaiveDate,
        zone: Tz,
        length_minutes: u16,
    ) -> Result<Self, RhythmRefused> {
        if !(1..=LONGEST_MEETING).contains(&length_minutes) {
            return Err(RhythmRefused::Length);
        }
        if !(1..=LONGEST_STRIDE).contains(&every) {
            return Err(RhythmRefused::Stride);
        }
        Schedule::from_str(&cron).map_err(|_| RhythmRefused::Unreadable)?;
        Ok(Self { cron, every, anchor, zone, length_minutes })
    }

    /// Frequency, day and time, when they are among those that people choose from.
    pub fn as_regular(&self) -> Option<Regular> {
        let fields: Vec<&str> = self.cron.split(' ').collect();
        let [_, minute, hour, days, "*", day] = fields.as_slice() else { return None };
        let frequency = Frequency::ALL
            .into_iter()
            .find(|frequency| frequency.days() == *days && frequency.every() == self.every)?;
        let time = NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)?;
        Some(Regular { frequency, day: day.parse().ok()?, time })
    }

    /// The first meeting strictly after `after`; `None` when the expression never fires again.
    ///
    /// The expression is evaluated on naive local time, as if it were UTC, and then mapped with the zone's rules: asked
    /// with a zone, the `cron` crate leaves out the times that do not exist.
    pub fn next_after(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        // Around a clock change a later wall-clock time can be an earlier instant; look from a few hours before.
        let from = after.with_timezone(&self.zone).naive_local() - TimeDelta::hours(3);
        self.counted_from(from).take(1_000).map(|local| instant(self.zone, local)).find(|at| *at > after)
    }

    /// The local moments that count, on or after a local time.
    fn counted_from(&self, from: NaiveDateTime) -> impl Iterator<Item = NaiveDateTime> {
        let begin = self.anchor.and_time(NaiveTime::MIN);
        // One that counts each need not be counted from the anchor.
        let start = if self.every == 1 { from.max(begin) } else { begin };
        self.moments_from(start).step_by(usize::from(self.every)).skip_while(move |local| *local < from)
    }

    fn moments_from(&self, from: NaiveDateTime) -> impl Iterator<Item = NaiveDateTime> {
        // `after` leaves out the moment it is given.
        let from = from.and_utc() - TimeDelta::seconds(1);
        let schedule = Schedule::from_str(&self.cron).ok();
        schedule.into_iter().flat_map(move |schedule| schedule.after_owned(from).map(|at| at.naive_utc()))
    }
}

/// Days of the week by name where people wrote numbers: everywhere else 0 and 7 are Sunday and 1 is Monday, while the `cron`
/// crate counts from Sunday as 1.
fn named_days(field: &str) -> String {
    const DAYS: [&str; 8] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let number = |text: &str| text.parse::<usize>().ok().filter(|day| text.len() == 1 && *day < DAYS.len());
    let named = |part: &str| match part.split_once('-') {
        None => number(part).and_then(|day| DAYS.get(day)).map_or_else(|| part.to_owned(), |day| (*day).to_owned()),
        Some((from, to)) => match number(from).zip(number(to)) {
            Some((from, to)) if from <= to => DAYS[from..=to].join(","),
            _ => part.to_owned(),
        },
    };
    field.split(',').map(named).collect::<Vec<_>>().join(",")
}
