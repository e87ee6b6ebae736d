//! Whatever the week, the zone and the days off: what comes out is inside working hours.

use chrono::{Datelike as _, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use mentor::domain::days_off::DaysOff;
use mentor::domain::working_time::WorkingTime;
use proptest::prelude::*;

use crate::support::{at, date, days_off, days_off_of_all_kinds, moments, working_times};

#[test]
fn a_holiday_is_no_working_day() {
    // Good Friday and Easter Monday.
    let easter = WorkingTime { days_off: days_off(&["2026-04-03", "2026-04-06"]), ..WorkingTime::default() };
    let thursday = at("2026-04-02T16:00:00Z");
    let tuesday = at("2026-04-07T16:00:00Z");
    assert!(easter.works_on(date("2026-04-02")) && !easter.works_on(date("2026-04-03")));
    assert_eq!(easter.days_after(thursday, 1), tuesday);
    assert_eq!(easter.days_before(tuesday, 1), thursday);
    assert_eq!(easter.next_open(at("2026-04-03T10:00:00Z")), at("2026-04-07T09:00:00Z"));
    assert_eq!(easter.last_open(at("2026-04-06T10:00:00Z")), at("2026-04-02T16:59:00Z"));
    assert_eq!(easter.last_open(at("2026-04-02T20:00:00Z")), at("2026-04-02T16:59:00Z"));
    assert_eq!(easter.last_open(at("2026-04-07T08:00:00Z")), at("2026-04-02T16:59:00Z"));
}

#[test]
fn days_off_are_dates_of_ones_own_zone() {
    let far =
        WorkingTime { zone: Tz::Pacific__Kiritimati, days_off: days_off(&["2026-03-03"]), ..WorkingTime::default() };
    // Monday noon in UTC is Tuesday 02:00 there, and Tuesday is off.
    assert_eq!(far.next_open(at("2026-03-02T12:00:00Z")), at("2026-03-03T19:00:00Z"));
}

#[test]
fn more_days_off_are_added() {
    let programme = WorkingTime { days_off: days_off(&["2026-12-25"]), ..WorkingTime::default() };
    let mine = programme.without(&days_off(&["2026-12-24"]));
    assert_eq!(mine.days_off.iter().collect::<Vec<_>>(), [date("2026-12-24"), date("2026-12-25")]);
    assert_eq!(programme.without(&DaysOff::default()), programme);
    assert_eq!(mine.days_off.first_from(date("2026-12-25")), Some(date("2026-12-25")));
    assert_eq!(mine.days_off.first_from(date("2026-12-26")), None);
}

#[test]
fn the_end_of_time_ends_nothing() {
    let first =
        WorkingTime { days_off: [NaiveDate::MAX, NaiveDate::MIN].into_iter().collect(), ..WorkingTime::default() };
    assert_eq!(first.working_day_after(NaiveDate::MAX), NaiveDate::MAX);
    assert_eq!(first.working_day_before(NaiveDate::MIN), NaiveDate::MIN);
    let never = WorkingTime { days: Vec::new(), ..WorkingTime::default() };
    assert_eq!(never.days_after(at("2026-03-02T10:00:00Z"), u32::MAX), at("2026-03-02T10:00:00Z"));
}

/// Counted one day at a time.
fn counted(working: &WorkingTime, from: NaiveDate, to: NaiveDate) -> usize {
    from.iter_days().skip(1).take_while(|date| *date <= to).filter(|date| working.works_on(*date)).count()
}

proptest! {
    #[test]
    fn everything_found_is_inside_working_hours(working in working_times(), at in moments(), count in 1..30_u32) {
        for found in [
            working.next_open(at),
            working.last_open(at),
            working.days_before(at, count),
            working.days_after(at, count),
        ] {
            prop_assert!(working.contains(found), "{found}");
        }
        prop_assert!(working.next_open(at) >= at);
        prop_assert!(working.last_open(at) <= at);
        if working.contains(at) {
            prop_assert_eq!(working.next_open(at), at);
            prop_assert_eq!(working.last_open(at), at);
        }
    }

    #[test]
    fn nothing_open_lies_between(working in working_times(), at in moments(), share in 0.0..1.0_f64) {
        let (last, next) = (working.last_open(at), working.next_open(at));
        for (from, to) in [(last + TimeDelta::minutes(1), at), (at, next)] {
            if from < to {
                #[expect(clippy::cast_possible_truncation, reason = "minutes of two years")]
                let minutes = ((to - from).num_minutes() as f64 * share) as i64;
                let between = from + TimeDelta::minutes(minutes);
                prop_assert!(between >= to || !working.contains(between), "{between}");
            }
        }
    }

    #[test]
    fn counting_is_monotone(
        working in working_times(), at in moments(), later in 0..60_i64 * 24 * 30, count in 1..30_u32,
    ) {
        let later = at + TimeDelta::minutes(later);
        prop_assert!(working.days_after(at, count) < working.days_after(at, count + 1));
        prop_assert!(working.days_before(at, count) > working.days_before(at, count + 1));
        prop_assert!(working.days_after(at, count).with_timezone(&working.zone).date_naive()
            <= working.days_after(later, count).with_timezone(&working.zone).date_naive());
        prop_assert!(working.days_before(at, count).with_timezone(&working.zone).date_naive()
            <= working.days_before(later, count).with_timezone(&working.zone).date_naive());
        prop_assert!(working.next_open(at) <= working.next_open(later));
        prop_assert!(working.last_open(at) <= working.last_open(later));
    }

    #[test]
    fn so_many_days_are_so_many_days(working in working_times(), at in moments(), count in 1..30_u32) {
        let local = at.with_timezone(&working.zone).date_naive();
        let after = working.days_after(at, count).with_timezone(&working.zone).date_naive();
        prop_assert_eq!(counted(&working, local, after), count as usize);
        let before = working.days_before(at, count).with_timezone(&working.zone).date_naive();
        prop_assert_eq!(counted(&working, before.pred_opt().unwrap(), local.pred_opt().unwrap()), count as usize);
    }

    #[test]
    fn more_days_off_only_take_away(working in working_times(), more in days_off_of_all_kinds(), at in moments()) {
        let less = working.without(&more);
        prop_assert!(!less.contains(at) || working.contains(at));
        prop_assert!(less.next_open(at) >= working.next_open(at));
        prop_assert!(less.last_open(at) <= working.last_open(at));
        prop_assert!(less.days_after(at, 3) >= working.days_after(at, 3));
    }
}

#[test]
fn a_year_of_holidays_ends() {
    let year: DaysOff = date("2026-01-01").iter_days().take(365).collect();
    for day in crate::support::WEEK {
        let working = WorkingTime { days: vec![day], days_off: year.clone(), ..WorkingTime::default() };
        let opens = working.next_open(at("2026-01-01T00:00:00Z"));
        assert_eq!(opens.with_timezone(&Utc).weekday(), day);
        assert!(opens >= at("2027-01-01T00:00:00Z") && opens < at("2027-01-08T00:00:00Z"), "{opens}");
        assert_eq!(opens.time(), NaiveTime::from_hms_opt(9, 0, 0).unwrap());
        assert!(working.last_open(at("2026-12-31T12:00:00Z")) < at("2026-01-01T00:00:00Z"));
    }
}
