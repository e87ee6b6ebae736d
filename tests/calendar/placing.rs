//! A meeting that falls on a day off goes to the next working day, or is skipped.

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use mentor::domain::placing::{Placed, placed};
use mentor::domain::rhythm::Rhythm;
use mentor::domain::working_time::WorkingTime;
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::{at, days_off, moments, working_times, zones};

fn off(dates: &[&str]) -> WorkingTime {
    WorkingTime { days_off: days_off(dates), ..WorkingTime::default() }
}

/// Thursdays at ten in London, from 2 April 2026.
fn thursday(working: [&WorkingTime; 2]) -> Placed {
    placed(at("2026-04-02T09:00:00Z"), Some(at("2026-04-09T09:00:00Z")), Tz::Europe__London, working)
}

#[test]
fn a_working_day_is_kept() {
    assert_eq!(thursday([&off(&[]), &off(&["2026-04-03"])]), Placed::At(at("2026-04-02T09:00:00Z")));
}

#[test]
fn a_day_off_of_either_moves_it_to_the_next_day_both_work() {
    let mentee = off(&["2026-04-02"]);
    let mentor = off(&["2026-04-03", "2026-04-06"]);
    for both in [[&mentee, &mentor], [&mentor, &mentee]] {
        assert_eq!(thursday(both), Placed::At(at("2026-04-07T09:00:00Z")));
    }
}

#[test]
fn a_week_off_skips_a_weekly_meeting_and_moves_a_monthly_one() {
    let week = off(&["2026-04-02", "2026-04-03", "2026-04-06", "2026-04-07", "2026-04-08"]);
    assert_eq!(thursday([&week, &off(&[])]), Placed::Skipped);
    let monthly =
        placed(at("2026-04-02T09:00:00Z"), Some(at("2026-05-07T09:00:00Z")), Tz::Europe__London, [&week, &off(&[])]);
    assert_eq!(monthly, Placed::At(at("2026-04-09T09:00:00Z")));
}

#[test]
fn it_stays_at_its_hour_when_the_clocks_change_meanwhile() {
    // Friday 27 March; London's clocks go forward on Sunday.
    let moved = placed(at("2026-03-27T10:00:00Z"), None, Tz::Europe__London, [&off(&["2026-03-27"]), &off(&[])]);
    assert_eq!(moved, Placed::At(at("2026-03-30T09:00:00Z")));
}

#[test]
fn a_day_of_the_month_on_a_weekend_is_moved() {
    // The first of August 2026 is a Saturday.
    let moved = placed(at("2026-08-01T10:00:00Z"), Some(at("2026-09-01T10:00:00Z")), Tz::UTC, [&off(&[]), &off(&[])]);
    assert_eq!(moved, Placed::At(at("2026-08-03T10:00:00Z")));
}

#[test]
fn a_friday_that_is_saturday_elsewhere_is_the_day_they_agreed_on() {
    let sydney = |dates: &[&str]| WorkingTime { zone: Tz::Australia__Sydney, ..off(dates) };
    // Friday 16:00 in Los Angeles is Saturday 10:00 in Sydney.
    let slot = at("2026-03-07T00:00:00Z");
    let place = |other: &WorkingTime| placed(slot, None, Tz::America__Los_Angeles, [&off(&[]), other]);
    assert_eq!(place(&sydney(&[])), Placed::At(slot));
    // But a day off is one of their own calendar.
    assert_eq!(place(&sydney(&["2026-03-06"])), Placed::At(slot));
    assert_eq!(place(&sydney(&["2026-03-07"])), Placed::At(at("2026-03-10T00:00:00Z") - TimeDelta::hours(1)));
}

#[test]
fn two_who_never_work_on_one_day_do_not_meet() {
    use chrono::Weekday::{Mon, Tue};
    let on = |day| WorkingTime { days: vec![day], ..WorkingTime::default() };
    assert_eq!(placed(at("2026-03-02T10:00:00Z"), None, Tz::UTC, [&on(Mon), &on(Tue)]), Placed::Skipped);
}

const RHYTHMS: [&str; 5] =
    ["0 0 10 * * Thu", "0 30 16 * * Mon,Wed", "0 0 9 1-7 * Tue", "0 15 11 * * *", "0 0 10 31 * *"];

proptest! {
    #[test]
    fn what_is_placed_keeps_order_day_and_hour(
        cron in select(RHYTHMS.as_slice()), zone in zones(), from in moments(),
        mentee in working_times(), mentor in working_times(),
    ) {
        let rhythm = Rhythm::kept(cron.to_owned(), 1, NaiveDate::default(), zone, 30).unwrap();
        let slots: Vec<DateTime<Utc>> =
            std::iter::successors(rhythm.next_after(from), |slot| rhythm.next_after(*slot)).take(12).collect();
        let local = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local();
        let mut last = None;
        for pair in slots.windows(2) {
            let (slot, next) = (pair[0], pair[1]);
            let both = [&mentee, &mentor];
            let Placed::At(at) = placed(slot, Some(next), zone, both) else { continue };
            prop_assert!(at >= slot && local(at).date() < local(next).date());
            prop_assert!(last.is_none_or(|last| last < local(at).date()), "one meeting a day, in their order");
            last = Some(local(at).date());
            // The hour is the slot's, unless a clock change has taken that hour away.
            let apart = local(at).time().signed_duration_since(local(slot).time());
            prop_assert!(apart.abs() <= TimeDelta::hours(1));
            for one in both {
                prop_assert!(one.days.contains(&local(at).date().weekday()));
                prop_assert!(!one.days_off.contains(at.with_timezone(&one.zone).date_naive()));
            }
            // It is the first such day.
            let place_next = placed(at, Some(next), zone, both);
            prop_assert_eq!(place_next, Placed::At(at), "placing twice changes nothing");
        }
    }

    #[test]
    fn without_days_off_a_rhythm_on_working_days_is_untouched(zone in zones(), from in moments(), hour in 9..17_u32) {
        let working = WorkingTime { zone, ..WorkingTime::default() };
        let cron = format!("0 0 {hour} * * Thu");
        let rhythm = Rhythm::kept(cron, 1, NaiveDate::default(), zone, 30).unwrap();
        let slot = rhythm.next_after(from).unwrap();
        prop_assert_eq!(placed(slot, rhythm.next_after(slot), zone, [&working, &working]), Placed::At(slot));
    }
}
