//! The calendar against another library, and the scheduler under simulated time.
//!
//! R4: every zone, eleven years, eight times of day: the instant of a local time is what `jiff` says, which reads the time
//! zone database on its own. R5: a pair's year, tick by tick: each meeting once, each reminder once, none outside working
//! hours, whatever was moved, skipped or late. Set `MENTOR_CALENDAR=N` for the long run.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "the figures are what the long run is for")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, TimeDelta, Timelike as _, Utc, Weekday};
use chrono_tz::{TZ_VARIANTS, Tz};
use mentor::domain::identifiers::{MeetingId, PairId, PersonId};
use mentor::domain::meetings::{Meeting, MeetingOfPair, MeetingState};
use mentor::domain::pairs::{Pair, PairKind, PairOfPeople, PairState};
use mentor::domain::people::{Person, SlackIdentity, Standing};
use mentor::domain::placing::{Placed, placed};
use mentor::domain::private_text::PrivateText;
use mentor::domain::reminders::{Timetable, about_meeting};
use mentor::domain::reminders_calendar::starting_soon;
use mentor::domain::rhythm::{Frequency, Regular, Rhythm, WeekOfMonth};
use mentor::domain::settings::{Hours, OffRange, Settings};
use mentor::domain::working_time::{WorkingTime, instant};
use proptest::prelude::*;
use uuid::Uuid;

fn long_run() -> bool {
    std::env::var("MENTOR_CALENDAR").is_ok_and(|size| size == "N")
}

/// The instant of a local time as the other library sees it: a time that does not exist becomes the first instant after the
/// gap, one that happens twice the earlier.
fn theirs(zone: &jiff::tz::TimeZone, date: NaiveDate, time: NaiveTime) -> i64 {
    let local = jiff::civil::DateTime::new(
        i16::try_from(date.year()).unwrap(),
        i8::try_from(date.month()).unwrap(),
        i8::try_from(date.day()).unwrap(),
        i8::try_from(time.hour()).unwrap(),
        i8::try_from(time.minute()).unwrap(),
        0,
        0,
    )
    .unwrap();
    let ambiguous = zone.to_ambiguous_timestamp(local);
    match ambiguous.offset() {
        jiff::tz::AmbiguousOffset::Unambiguous { offset } | jiff::tz::AmbiguousOffset::Fold { before: offset, .. } => {
            offset.to_timestamp(local).unwrap().as_second()
        }
        // Before the gap the clocks showed `before`; the gap ends when they show `after`.
        jiff::tz::AmbiguousOffset::Gap { before, .. } => {
            // The change itself counts as before.
            let inside = before.to_timestamp(local).unwrap() + jiff::SignedDuration::from_secs(1);
            zone.preceding(inside).next().unwrap().timestamp().as_second()
        }
    }
}

/// Times of day around which clocks are changed, and some at which people work.
fn times_of_day() -> Vec<NaiveTime> {
    let usual = [(0, 0), (0, 30), (1, 30), (2, 0), (2, 30), (9, 0), (12, 0), (23, 30)];
    // In the long run every hour besides.
    let hours = if long_run() { 24 } else { 0 };
    let all: BTreeSet<(u32, u32)> = usual.into_iter().chain((0..hours).map(|hour| (hour, 15))).collect();
    all.into_iter().map(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap()).collect()
}

/// Every day of eleven years in one zone: how many local times were compared, and those that differ.
fn compared_in(zone: Tz, theirs_of: &jiff::tz::TimeZone, times: &[NaiveTime]) -> (u64, Vec<String>) {
    let first = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    let (mut compared, mut wrong) = (0, Vec::new());
    for day in first.iter_days().take(11 * 365 + 3) {
        for time in times {
            compared += 1;
            if instant(zone, day.and_time(*time)).timestamp() != theirs(theirs_of, day, *time) {
                wrong.push(format!("{zone} {day} {time}"));
            }
        }
    }
    (compared, wrong)
}

#[test]
fn every_zone_agrees_with_another_library() {
    let times = times_of_day();
    let zones: Vec<_> =
        TZ_VARIANTS.into_iter().filter_map(|zone| Some((zone, jiff::tz::TimeZone::get(zone.name()).ok()?))).collect();
    let (half, other) = zones.split_at(zones.len() / 2);
    let all_of = |part: &[(Tz, jiff::tz::TimeZone)]| -> Vec<_> {
        part.iter().map(|(zone, theirs_of)| compared_in(*zone, theirs_of, &times)).collect()
    };
    let results: Vec<(u64, Vec<String>)> = std::thread::scope(|threads| {
        let beside = threads.spawn(|| all_of(other));
        let mut results = all_of(half);
        results.extend(beside.join().unwrap());
        results
    });
    let compared: u64 = results.iter().map(|(compared, _)| compared).sum();
    let wrong: Vec<&String> = results.iter().flat_map(|(_, wrong)| wrong).collect();
    println!("{} zones, {compared} local times compared, {} differ", zones.len(), wrong.len());
    assert!(zones.len() > 500, "the other library knows the zones too");
    assert!(compared > 19_000_000, "every zone, eleven years, eight times of day");
    assert!(wrong.is_empty(), "{} local times differ, first {:?}", wrong.len(), &wrong[..wrong.len().min(20)]);
}

fn person(number: u128, zone: Tz) -> Person {
    Person {
        id: PersonId(Uuid::from_u128(number)),
        slack: SlackIdentity { team_id: "T1".to_owned(), user_id: format!("U{number}") },
        name: format!("person {number}"),
        time_zone: Some(zone),
        standing: Standing::Member,
        deactivated: false,
        locale: None,
        settings: Settings::default(),
    }
}

fn pair(kind: PairKind, rhythm: Rhythm, mentee_zone: Tz) -> PairOfPeople {
    let (mentee, mentor) = (person(1, mentee_zone), person(2, rhythm.zone));
    let pair = Pair {
        id: PairId(Uuid::from_u128(3)),
        kind,
        state: PairState::Active,
        mentee: mentee.id,
        mentor: mentor.id,
        aim: PrivateText::typed("to learn").unwrap(),
        asked_at: DateTime::UNIX_EPOCH,
        answer_by: DateTime::UNIX_EPOCH,
        rhythm: Some(rhythm),
    };
    PairOfPeople { pair, mentee, mentor }
}

/// What somebody does to a meeting before it begins.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Nothing,
    Skip,
    /// Puts it this many hours later or earlier.
    Move(i64),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![4 => Just(Deed::Nothing), 1 => Just(Deed::Skip), 2 => (-30..60_i64).prop_map(Deed::Move)];
    proptest::collection::vec(deed, 60)
}

fn rhythms() -> impl Strategy<Value = Rhythm> {
    let zones = proptest::sample::select(vec![
        Tz::Europe__London,
        Tz::America__New_York,
        Tz::Asia__Kolkata,
        Tz::Australia__Lord_Howe,
        Tz::Pacific__Auckland,
        Tz::America__Sao_Paulo,
        Tz::Africa__Casablanca,
    ]);
    let days = proptest::sample::select(vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri]);
    let often = proptest::sample::select(Frequency::ALL.to_vec());
    (zones, days, often, 0..24_u32, 0..4_u32, 30..61_u16).prop_map(|(zone, day, frequency, hour, quarter, length)| {
        let time = NaiveTime::from_hms_opt(hour, quarter * 15, 0).unwrap();
        let anchor = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        Rhythm::regular(Regular { frequency, day, time }, anchor, zone, length).unwrap()
    })
}

/// Ticks through a year and a bit: what was owed, and which slots were met in.
fn a_year(rhythm: &Rhythm, of: &PairOfPeople, deeds: &[Deed], tick: TimeDelta) -> (Vec<DateTime<Utc>>, u64) {
    let programme = WorkingTime::default();
    let begin: DateTime<Utc> = "2026-01-05T10:00:00Z".parse().unwrap();
    let both = of.working_times(&programme);
    let mut ids = 100..;
    let mut next_id = || MeetingId(Uuid::from_u128(ids.next().unwrap()));
    let mut open: Vec<Meeting> = Meeting::first(next_id(), of.pair.id, rhythm, &both, begin).into_iter().collect();
    let mut slots: Vec<DateTime<Utc>> = open.iter().map(|first| first.slot_at).collect();
    let mut said: BTreeSet<String> = BTreeSet::new();
    let mut deeds = deeds.iter().copied();
    let (mut now, mut ticks) = (begin, 0);
    while now < begin + TimeDelta::days(366) {
        ticks += 1;
        let mut following = Vec::new();
        open.retain_mut(|meeting| {
            let of = MeetingOfPair { meeting: meeting.clone(), of: of.clone() };
            let plan = about_meeting(&of, |_| true, &programme, now);
            for owed in &plan.owed {
                if said.insert(owed.dedupe_key()) && owed.until > now {
                    let reader = if owed.to == of.of.mentee.id { &of.of.mentee } else { &of.of.mentor };
                    let working = reader.working_time(&programme);
                    assert!(working.contains(owed.due_at), "{owed:?} is outside working hours of {reader:?}");
                    assert!(owed.due_at >= now, "{owed:?} is due before it was planned, at {now}");
                }
            }
            if now >= meeting.starts_at && !slots.iter().any(|slot| *slot > meeting.slot_at) {
                following.extend(meeting.following(next_id(), rhythm, &both, now));
            }
            !plan.time_is_up
        });
        for meeting in following {
            slots.push(meeting.slot_at);
            open.push(meeting);
            // Somebody changes the new meeting at once, as far as that is possible.
            let meeting = open.last_mut().unwrap();
            let changed = match deeds.next().unwrap_or(Deed::Nothing) {
                Deed::Nothing => None,
                Deed::Skip => meeting.clone().left_out(now).ok(),
                Deed::Move(hours) => {
                    meeting.clone().moved(meeting.starts_at + TimeDelta::hours(hours), rhythm, now).ok()
                }
            };
            if let Some(changed) = changed {
                let left_out = changed.state == MeetingState::Skipped;
                *meeting = changed;
                if left_out {
                    let after = meeting.following(next_id(), rhythm, &both, now);
                    open.pop();
                    slots.extend(after.as_ref().map(|after| after.slot_at));
                    open.extend(after);
                }
            }
        }
        now += tick;
    }
    (slots, ticks)
}

/// What somebody has set: any days and hours, a few stretches off, told as long ahead as they like.
fn settings() -> impl Strategy<Value = Settings> {
    let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let days = proptest::option::of(proptest::sample::subsequence(week.to_vec(), 2..=7));
    let hours = proptest::option::of((5 * 60..20 * 60_u32).prop_flat_map(|from| (Just(from), from + 1..24 * 60)));
    let off = proptest::collection::vec((0..380_u64, 0..20_u64), 0..6);
    let lead = || proptest::option::of(1..11_u32);
    let soon = proptest::option::of(proptest::sample::select(vec![0, 10, 30, 60_u32]));
    (days, hours, off, lead(), lead(), soon).prop_map(|(days, hours, off, agenda_days, notice_days, soon)| {
        let time = |minutes: u32| NaiveTime::MIN + TimeDelta::minutes(minutes.into());
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let range = |(begin, length)| {
            let first = first + chrono::Days::new(begin);
            OffRange { first, last: first + chrono::Days::new(length) }
        };
        Settings {
            days,
            hours: hours.map(|(from, until)| Hours::new(time(from), time(until)).unwrap()),
            days_off: OffRange::joined(off.into_iter().map(range).collect()),
            agenda_days,
            notice_days,
            starting_soon_minutes: soon,
        }
    })
}

/// The slots of a rhythm on which the two can meet, from a moment on.
fn calendar_of_two(rhythm: &Rhythm, both: &[WorkingTime; 2], after: DateTime<Utc>, count: usize) -> Vec<DateTime<Utc>> {
    let [mentee, mentor] = both;
    std::iter::successors(rhythm.next_after(after), |slot| rhythm.next_after(*slot))
        .filter(|slot| placed(*slot, rhythm.next_after(*slot), rhythm.zone, [mentee, mentor]) != Placed::Skipped)
        .take(count)
        .collect()
}

/// The calendar of a rhythm, from the first slot on, by looking at every minute of it.
fn calendar(rhythm: &Rhythm, first: DateTime<Utc>, count: usize) -> Vec<DateTime<Utc>> {
    let mut slots = vec![first];
    while slots.len() < count {
        slots.push(rhythm.next_after(*slots.last().unwrap()).unwrap());
    }
    slots
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if long_run() { 250 } else { 24 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_is_moved_skipped_or_late_the_nth_meeting_is_where_the_calendar_says(
        kind in proptest::sample::select(PairKind::ALL.to_vec()),
        rhythm in rhythms(),
        deeds in deeds(),
        minutes in prop_oneof![Just(2_i64), Just(60), Just(60 * 30)],
    ) {
        let minutes = if long_run() { minutes } else { minutes.max(30) };
        let of = pair(kind, rhythm.clone(), Tz::Europe__Berlin);
        let (slots, ticks) = a_year(&rhythm, &of, &deeds, TimeDelta::minutes(minutes));
        prop_assert!(ticks > 200);
        prop_assert_eq!(&slots, &calendar(&rhythm, slots[0], slots.len()));
    }

    #[test]
    fn monthly_is_a_calendar_month(day in 0..5_usize, week in 0..4_usize) {
        let day = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri][day];
        let week = WeekOfMonth::ALL[week];
        let time = NaiveTime::from_hms_opt(10, 0, 0).unwrap();
        let anchor = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let regular = Regular { frequency: Frequency::Monthly(week), day, time };
        let rhythm = Rhythm::regular(regular, anchor, Tz::Europe__Paris, 45).unwrap();
        prop_assert_eq!(rhythm.as_regular(), Some(regular));
        let slots = calendar(&rhythm, rhythm.next_after("2026-01-01T00:00:00Z".parse().unwrap()).unwrap(), 24);
        for (month, slot) in slots.iter().enumerate() {
            let local = slot.with_timezone(&Tz::Europe__Paris);
            prop_assert_eq!(local.month0() as usize, month % 12);
            prop_assert_eq!(local.weekday(), day);
            prop_assert_eq!(local.hour(), 10);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if long_run() { 250 } else { 8 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_the_two_have_set_the_nth_meeting_is_where_their_calendar_says(
        rhythm in rhythms(),
        mentee in settings(),
        mentor in settings(),
        deeds in deeds(),
    ) {
        // By day: one late in the evening before the next slot would be planned after it by a clock that ticks hourly.
        prop_assume!((6..18).contains(&rhythm.as_regular().unwrap().time.hour()));
        let mut of = pair(PairKind::InOrg, rhythm.clone(), Tz::Asia__Kolkata);
        (of.mentee.settings, of.mentor.settings) = (mentee, mentor);
        let both = of.working_times(&WorkingTime::default());
        // The assertion inside: nobody is spoken to outside the hours they have set, nor on their days off.
        let (slots, _) = a_year(&rhythm, &of, &deeds, TimeDelta::minutes(60));
        let begin: DateTime<Utc> = "2026-01-06T10:00:00Z".parse().unwrap();
        prop_assert_eq!(&slots, &calendar_of_two(&rhythm, &both, begin, slots.len()));
    }

    #[test]
    fn who_prepares_is_asked_a_working_day_before_the_other_reads(
        rhythm in rhythms(),
        mentee in settings(),
        mentor in settings(),
        days_ahead in 0..40_i64,
    ) {
        let programme = WorkingTime::default();
        let mut of = pair(PairKind::InOrg, rhythm.clone(), Tz::Asia__Kolkata);
        (of.mentee.settings, of.mentor.settings) = (mentee, mentor);
        let begin: DateTime<Utc> = "2026-01-05T10:00:00Z".parse().unwrap();
        let both = of.working_times(&programme);
        let id = MeetingId(Uuid::from_u128(9));
        let first = Meeting::first(id, of.pair.id, &rhythm, &both, begin + TimeDelta::days(days_ahead));
        prop_assume!(first.is_some());
        let meeting = Meeting { planned_at: begin, ..first.unwrap() };
        let of = MeetingOfPair { meeting, of };
        let times = Timetable::between(&of, &of.of.mentee, &of.of.mentor, &programme);
        let [mentee, _] = &both;
        let asked_at_once = times.request_at == mentee.next_open(begin);
        prop_assert!(asked_at_once || times.request_at <= mentee.days_before(times.notice_at, 1), "{:?}", times);
        prop_assert!(asked_at_once || times.request_at < times.notice_at, "{:?}", times);
        for (at, half) in starting_soon(&of, &programme) {
            prop_assert!(half.working_time(&programme).contains(at) && at < of.meeting.starts_at);
        }
    }
}

#[test]
fn expressions_are_judged() {
    let zone = Tz::Europe__London;
    let today = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let judged = |text: &str| Rhythm::by_expression(text, today, zone, 45).map(|_| ()).map_err(|why| why.to_string());
    assert_eq!(judged("0 10 1-7 * Tue"), Ok(()));
    assert_eq!(judged("30 9 * * Mon,Thu"), Ok(()));
    for (text, why) in [
        ("* * * * *", "more than once a day"),
        ("0 9,15 * * Mon", "more than once a day"),
        ("0 10 31 2 *", "never fires"),
        ("0 25 * * Mon", "not a cron expression"),
        ("every week", "not a cron expression"),
        ("", "not a cron expression"),
        ("0 10 * * Mon 2026 7", "not a cron expression"),
    ] {
        let refused = judged(text).unwrap_err();
        assert!(refused.contains(why), "{text}: {refused}");
    }
    assert!(Rhythm::by_expression("0 10 * * Mon", today, zone, 61).is_err(), "longer than an hour");
}

#[test]
fn two_weeks_and_two_months_count_from_where_they_began() {
    let time = NaiveTime::from_hms_opt(10, 0, 0).unwrap();
    let anchor = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let rhythm = |frequency| {
        Rhythm::regular(Regular { frequency, day: Weekday::Thu, time }, anchor, Tz::Europe__London, 45).unwrap()
    };
    let dates = |rhythm: &Rhythm, from: &str| {
        let first = rhythm.next_after(from.parse().unwrap()).unwrap();
        calendar(rhythm, first, 4).iter().map(|slot| slot.format("%-d %b").to_string()).collect::<Vec<_>>()
    };
    let fortnight = rhythm(Frequency::EveryTwoWeeks);
    assert_eq!(dates(&fortnight, "2026-03-02T00:00:00Z"), ["5 Mar", "19 Mar", "2 Apr", "16 Apr"]);
    assert_eq!(dates(&fortnight, "2026-03-06T00:00:00Z"), ["19 Mar", "2 Apr", "16 Apr", "30 Apr"]);
    assert_eq!(dates(&fortnight, "2026-03-12T12:00:00Z"), ["19 Mar", "2 Apr", "16 Apr", "30 Apr"]);
    let two_months = rhythm(Frequency::EveryTwoMonths(WeekOfMonth::Third));
    assert_eq!(dates(&two_months, "2026-03-02T00:00:00Z"), ["19 Mar", "21 May", "16 Jul", "17 Sep"]);
}

/// R5: a year of a pair, looked at every two minutes as the planner looks: when it said that it would look again, and every
/// half hour besides, to see that nothing was missed.
fn ticks_through(years: i64) -> (u64, usize, usize) {
    let programme = WorkingTime::default();
    let begin: DateTime<Utc> = "2026-01-05T10:00:00Z".parse().unwrap();
    let time = NaiveTime::from_hms_opt(10, 0, 0).unwrap();
    let regular = Regular { frequency: Frequency::Weekly, day: Weekday::Thu, time };
    let rhythm = Rhythm::regular(regular, begin.date_naive(), Tz::America__New_York, 30).unwrap();
    let of = pair(PairKind::InOrg, rhythm.clone(), Tz::Europe__London);
    let both = of.working_times(&programme);
    let mut numbers = 100..;
    let mut next_id = || MeetingId(Uuid::from_u128(numbers.next().unwrap()));
    let first = Meeting::first(next_id(), of.pair.id, &rhythm, &both, begin).unwrap();
    let mut open = vec![(first, begin)];
    let mut said: BTreeMap<(MeetingId, &'static str), DateTime<Utc>> = BTreeMap::new();
    let (mut now, mut ticks, mut finished) = (begin, 0_u64, 0);
    let end = begin + TimeDelta::days(365 * years + 10);
    while now < end {
        ticks += 1;
        let looks_anyway = ticks.is_multiple_of(15);
        let mut following = None;
        open.retain_mut(|(meeting, look_at)| {
            let is_time = *look_at <= now;
            if !is_time && !looks_anyway {
                return true;
            }
            let with = MeetingOfPair { meeting: meeting.clone(), of: of.clone() };
            let plan = about_meeting(&with, |_| true, &programme, now);
            for owed in &plan.owed {
                let is_new = said.insert((meeting.id, owed.kind.word()), now).is_none();
                assert!(!is_new || is_time, "{owed:?} was owed before the planner meant to look, at {now}");
                assert!(!is_new || owed.due_at - now < TimeDelta::minutes(2), "{owed:?} is late at {now}");
            }
            if now >= meeting.starts_at && is_time {
                following = following.take().or_else(|| meeting.following(meeting.id, &rhythm, &both, now));
            }
            *look_at = plan.look_again_at.unwrap_or(end);
            finished += usize::from(plan.time_is_up);
            !plan.time_is_up
        });
        if let Some(next) = following.filter(|next| open.iter().all(|(meeting, _)| meeting.slot_at < next.slot_at)) {
            open.push((Meeting { id: next_id(), ..next }, now));
        }
        now += TimeDelta::minutes(2);
    }
    // What is still open has not been asked about for the last time.
    let of_finished = said.keys().filter(|(id, _)| open.iter().all(|(meeting, _)| meeting.id != *id)).count();
    (ticks, finished, of_finished)
}

#[test]
fn every_reminder_of_a_year_comes_at_its_tick_and_once() {
    let years = if long_run() { 11 } else { 1 };
    let (ticks, meetings, reminders) = ticks_through(years);
    println!("{ticks} ticks, {meetings} meetings, {reminders} reminders, each once");
    assert!(ticks >= 250_000 * u64::try_from(years).unwrap());
    assert!(meetings >= 52 * usize::try_from(years).unwrap() - 1, "a week each: {meetings}");
    // The request, the notice, the nudge, the question, and the question once more.
    assert_eq!(reminders, 5 * meetings);
}
