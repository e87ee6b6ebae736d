//! How often a pair meets: a cron expression on local wall-clock time.
//!
//! Owns: when the next meeting is. Must not: know what happened at earlier ones, so that nothing makes it drift.

use std::str::FromStr as _;

use chrono::{DateTime, NaiveTime, Timelike as _, Utc, Weekday};
use chrono_tz::Tz;
use cron::Schedule;

use super::working_time::instant;

/// The longest a meeting may be, in minutes: an hour is a lot to give.
pub const LONGEST_MEETING: u16 = 60;

/// A pair's rhythm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// Seconds, minutes, hours, day of month, month, day of week; evaluated on local wall-clock time.
    pub cron: String,
    /// The zone whose wall clocks the expression speaks of.
    pub zone: Tz,
    /// Length of a meeting in minutes, 1 to [`LONGEST_MEETING`].
    pub length_minutes: u16,
}

/// Why a rhythm is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RhythmRefused {
    /// Longer than an hour, or no time at all.
    #[error("a meeting takes between 1 and 60 minutes; an hour is a lot to give")]
    Length,
    /// Not an expression that ever fires.
    #[error("that cron expression never fires")]
    Never,
}

impl Rhythm {
    /// Every week on this day at this wall-clock time.
    ///
    /// # Errors
    /// [`RhythmRefused::Length`] when a meeting would be empty or longer than an hour.
    pub fn weekly(day: Weekday, time: NaiveTime, zone: Tz, length_minutes: u16) -> Result<Self, RhythmRefused> {
        let cron = format!("0 {} {} * * {day}", time.minute(), time.hour());
        Self::from_cron(cron, zone, length_minutes)
    }

    /// By a cron expression of six fields, as kept.
    ///
    /// # Errors
    /// [`RhythmRefused`] when the length is out of bounds or the expression is not one.
    pub fn from_cron(cron: String, zone: Tz, length_minutes: u16) -> Result<Self, RhythmRefused> {
        if !(1..=LONGEST_MEETING).contains(&length_minutes) {
            return Err(RhythmRefused::Length);
        }
        Schedule::from_str(&cron).map_err(|_| RhythmRefused::Never)?;
        Ok(Self { cron, zone, length_minutes })
    }

    /// The first meeting strictly after `after`; `None` when the expression never fires again.
    ///
    /// The expression is evaluated on naive local time, as if it were UTC, and then mapped with the zone's rules: asked
    /// with a zone, the `cron` crate leaves out the times that do not exist.
    pub fn next_after(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let schedule = Schedule::from_str(&self.cron).ok()?;
        let local = after.with_timezone(&self.zone).naive_local().and_utc();
        // Around a clock change a later wall-clock time can be an earlier instant; look from an hour or two before.
        let from = local - chrono::TimeDelta::hours(3);
        schedule.after(&from).take(1_000).map(|time| instant(self.zone, time.naive_utc())).find(|at| *at > after)
    }
}
