//! Working times and moments of all kinds.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use mentor::domain::days_off::DaysOff;
use mentor::domain::leads::Leads;
use mentor::domain::working_time::WorkingTime;
use proptest::collection::btree_set;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

pub(crate) const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// Zones with clock changes, without, and with odd offsets.
pub(crate) const ZONES: [Tz; 8] = [
    Tz::UTC,
    Tz::Europe__London,
    Tz::America__New_York,
    Tz::America__Los_Angeles,
    Tz::Asia__Kathmandu,
    Tz::Australia__Lord_Howe,
    Tz::Pacific__Kiritimati,
    Tz::America__Santiago,
];

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn days_off(dates: &[&str]) -> DaysOff {
    dates.iter().map(|text| date(text)).collect()
}

/// A moment of 2026 or 2027.
pub(crate) fn moments() -> impl Strategy<Value = DateTime<Utc>> {
    (0..2 * 365 * 24 * 60_i64).prop_map(|minutes| at("2026-01-01T00:00:00Z") + TimeDelta::minutes(minutes))
}

pub(crate) fn zones() -> impl Strategy<Value = Tz> {
    select(ZONES.as_slice())
}

/// Single days, and a stretch of up to 400.
pub(crate) fn days_off_of_all_kinds() -> impl Strategy<Value = DaysOff> {
    let first = date("2026-01-01");
    let day = move |number: i64| first + TimeDelta::days(number);
    (btree_set(0..730_i64, 0..40), 0..730_i64, prop_oneof![Just(0), 0..14_i64, 0..400_i64]).prop_map(
        move |(single, begin, length)| single.into_iter().chain(begin..begin + length).map(day).collect::<DaysOff>(),
    )
}

/// Hours begin after any clock change of a night and end before midnight.
pub(crate) fn working_times() -> impl Strategy<Value = WorkingTime> {
    let hours = (5 * 60..20 * 60_i64).prop_flat_map(|from| (Just(from), from + 1..24 * 60));
    (zones(), subsequence(WEEK.to_vec(), 1..=7), hours, days_off_of_all_kinds()).prop_map(
        |(zone, days, (from, until), days_off)| {
            let time = |minutes| NaiveTime::MIN + TimeDelta::minutes(minutes);
            WorkingTime { zone, days, from: time(from), until: time(until), days_off, leads: Leads::default() }
        },
    )
}
