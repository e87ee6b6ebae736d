//! Pauses and another rhythm, on the calendar: whatever is paused, the n-th meeting is where the calendar says; and a new
//! rhythm begins at its own first slot.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use mentor::domain::identifiers::{MeetingId, PairId, PersonId};
use mentor::domain::meetings::{Meeting, MeetingState};
use mentor::domain::pairs::{Pair, PairKind, PairOfPeople, PairState};
use mentor::domain::pauses::{Pause, Pauses, ReturnRefused, may_return_on};
use mentor::domain::people::{Person, SlackIdentity, Standing};
use mentor::domain::private_text::PrivateText;
use mentor::domain::rhythm::{Frequency, Regular, Rhythm};
use mentor::domain::rhythm_proposals::{CannotPropose, ENOUGH_TIME, RhythmProposal, changeover};
use mentor::domain::settings::Settings;
use mentor::domain::working_time::{WorkingTime, instant};
use proptest::prelude::*;
use uuid::Uuid;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Both work every day, so that each slot has its place.
fn always() -> [WorkingTime; 2] {
    let every_day = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let always = WorkingTime { days: every_day.to_vec(), ..WorkingTime::default() };
    [always.clone(), always]
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

fn pair(rhythm: Rhythm, zones: [Tz; 2]) -> PairOfPeople {
    let (mentee, mentor) = (person(1, zones[0]), person(2, zones[1]));
    let pair = Pair {
        id: PairId(Uuid::from_u128(3)),
        kind: PairKind::InOrg,
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

fn rhythms() -> impl Strategy<Value = Rhythm> {
    let zones = proptest::sample::select(vec![
        Tz::Europe__London,
        Tz::America__New_York,
        Tz::Australia__Lord_Howe,
        Tz::Pacific__Auckland,
        Tz::Africa__Casablanca,
    ]);
    let days = proptest::sample::select(vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri]);
    let often = proptest::sample::select(Frequency::ALL.to_vec());
    (zones, days, often, 0..24_u32, 0..4_u32).prop_map(|(zone, day, frequency, hour, quarter)| {
        let time = NaiveTime::from_hms_opt(hour, quarter * 15, 0).unwrap();
        let anchor = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        Rhythm::regular(Regular { frequency, day, time }, anchor, zone, 30).unwrap()
    })
}

/// A pause in a story: who, from which hour of the year on, for how many days.
type Deed = (bool, i64, u64);

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    proptest::collection::vec((any::<bool>(), 0..365 * 24_i64, 1..60_u64), 0..8)
}

/// What came of a year.
#[derive(Default)]
struct Year {
    /// Every slot whose meeting was on the calendar when it came.
    met: Vec<DateTime<Utc>>,
    /// From when the pair was paused until it went on.
    paused: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// Slots that were left out.
    left_out: Vec<DateTime<Utc>>,
}

/// A year and more, hour by hour.
fn a_year(of: &PairOfPeople, begin: DateTime<Utc>, deeds: &[Deed]) -> Year {
    let rhythm = of.pair.rhythm.clone().unwrap();
    let mut next = Meeting::first(MeetingId(Uuid::from_u128(9)), of.pair.id, &rhythm, &always(), begin);
    let (mut standing, mut year, mut paused_since) = (Pauses::default(), Year::default(), None);
    let mut now = begin;
    while now < begin + TimeDelta::days(420) {
        for (number, (mentee, hour, days)) in deeds.iter().enumerate() {
            if begin + TimeDelta::hours(*hour) != now {
                continue;
            }
            let who = if *mentee { &of.mentee } else { &of.mentor };
            let until = now.with_timezone(&who.zone()).date_naive() + chrono::Days::new(*days);
            standing.0.retain(|pause| pause.person != who.id);
            let id = Uuid::from_u128(100 + number as u128);
            standing.0.push(Pause { id, pair: of.pair.id, person: who.id, until, set_at: now, ended_at: None });
            let (_, goes_on_at) = standing.last(of, now).unwrap();
            paused_since.get_or_insert(now);
            if let Some(meeting) = next.take_if(|meeting| meeting.starts_at > now && meeting.starts_at < goes_on_at) {
                assert_eq!(meeting.clone().left_out(now).unwrap().state, MeetingState::Skipped);
                year.left_out.push(meeting.slot_at);
            }
        }
        let goes_on_at = standing.last(of, now).map(|(_, at)| at);
        if goes_on_at.is_none() && !standing.0.is_empty() {
            standing.0.clear();
            year.paused.extend(paused_since.take().map(|since| (since, now)));
            if next.is_none() {
                let latest = year.met.iter().chain(&year.left_out).copied().max();
                let after = latest.map_or(now, |latest| latest.max(now))
                    - TimeDelta::seconds(i64::from(latest.is_none_or(|latest| latest < now)));
                next = Meeting::by_rhythm(MeetingId(Uuid::from_u128(9)), of.pair.id, &rhythm, &always(), after, now);
            }
        }
        if let Some(meeting) = next.take_if(|meeting| meeting.starts_at <= now) {
            year.met.push(meeting.slot_at);
            if standing.0.is_empty() {
                next = meeting.following(meeting.id, &rhythm, &always(), now);
            }
        }
        now += TimeDelta::hours(1);
    }
    year.paused.extend(paused_since.map(|since| (since, now)));
    year
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_paused_the_nth_meeting_is_where_the_calendar_says(rhythm in rhythms(), deeds in deeds()) {
        let begin = at("2026-01-05T10:00:00Z");
        let of = pair(rhythm.clone(), [Tz::Europe__Berlin, Tz::America__New_York]);
        let year = a_year(&of, begin, &deeds);
        let first = rhythm.next_after(begin + TimeDelta::hours(24));
        let end = begin + TimeDelta::days(419);
        let expected: Vec<DateTime<Utc>> = std::iter::successors(first, |slot| rhythm.next_after(*slot))
            .take_while(|slot| *slot < end)
            .filter(|slot| !year.paused.iter().any(|(set, over)| slot > set && slot < over))
            .filter(|slot| !year.left_out.contains(slot))
            .collect();
        let met: Vec<DateTime<Utc>> = year.met.iter().copied().filter(|slot| *slot < end).collect();
        prop_assert_eq!(met, expected);
    }

    #[test]
    fn a_new_rhythm_begins_at_its_own_first_slot(old in rhythms(), new in rhythms(), hours in 0..24 * 60_i64) {
        let begin = at("2026-01-05T10:00:00Z");
        let meeting = Meeting::first(MeetingId(Uuid::from_u128(9)), PairId(Uuid::from_u128(3)), &old, &always(), begin).unwrap();
        let now = (begin + TimeDelta::hours(hours)).min(meeting.starts_at - TimeDelta::minutes(1));
        let after = changeover(std::slice::from_ref(&meeting), Some(begin), &new, &always(), now);
        let first = after.first.unwrap();
        prop_assert!(first > now + ENOUGH_TIME);
        prop_assert_eq!(new.next_after(first - TimeDelta::seconds(1)), Some(first), "it is a slot of the new rhythm");
        match after.moves {
            Some(moved) => {
                prop_assert!(meeting.starts_at > now + ENOUGH_TIME);
                prop_assert_eq!((moved.id, moved.slot_at, moved.starts_at), (meeting.id, first, first));
                prop_assert_eq!(new.next_after(now + ENOUGH_TIME), Some(first), "the first there is");
            }
            None => {
                prop_assert!(meeting.starts_at <= now + ENOUGH_TIME, "what is about to begin stays");
                let day = |at: DateTime<Utc>| at.with_timezone(&new.zone).date_naive();
                prop_assert!(day(first) > day(meeting.starts_at), "never twice a day");
            }
        }
    }
}

#[test]
fn a_day_to_go_on_is_tomorrow_or_later_and_within_a_year() {
    let today = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert_eq!(may_return_on(day("2026-03-03"), today), Ok(()));
    assert_eq!(may_return_on(day("2027-03-02"), today), Ok(()));
    assert_eq!(may_return_on(today, today), Err(ReturnRefused::NotToCome));
    assert_eq!(may_return_on(day("2026-03-01"), today), Err(ReturnRefused::NotToCome));
    let latest = day("2027-03-02");
    assert_eq!(may_return_on(day("2027-03-03"), today), Err(ReturnRefused::TooFar { latest }));
}

#[test]
fn a_pause_ends_on_the_calendar_of_who_paused() {
    let time = NaiveTime::from_hms_opt(10, 0, 0).unwrap();
    let regular = Regular { frequency: Frequency::Weekly, day: Weekday::Thu, time };
    let rhythm =
        Rhythm::regular(regular, NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(), Tz::Europe__London, 30).unwrap();
    let of = pair(rhythm, [Tz::Pacific__Auckland, Tz::America__New_York]);
    let until = NaiveDate::from_ymd_opt(2026, 3, 12).unwrap();
    let pause = |person| Pause {
        id: Uuid::nil(),
        pair: of.pair.id,
        person,
        until,
        set_at: at("2026-03-02T10:00:00Z"),
        ended_at: None,
    };
    let now = at("2026-03-03T10:00:00Z");
    let both = Pauses(vec![pause(of.mentee.id), pause(of.mentor.id)]);
    assert_eq!(both.next_end(&of, now), Some(instant(Tz::Pacific__Auckland, until.and_time(NaiveTime::MIN))));
    assert_eq!(
        both.last(&of, now).map(|(last, at)| (last.person, at)),
        Some((of.mentor.id, at("2026-03-12T04:00:00Z")))
    );
    assert_eq!(both.first_after(&of, now), Some(at("2026-03-12T10:00:00Z")), "the day itself counts");
    // The first is over by now.
    assert_eq!(both.of(&of.mentee, at("2026-03-11T11:00:00Z")), None);
    assert!(both.of(&of.mentor, at("2026-03-11T11:00:00Z")).is_some());
    assert_eq!(both.last(&of, at("2026-03-12T04:00:00Z")), None);
}

#[test]
fn what_changes_nothing_is_not_proposed() {
    let anchor = |text: &str| text.parse::<NaiveDate>().unwrap();
    let by = |text: &str, day: &str| Rhythm::by_expression(text, anchor(day), Tz::Europe__London, 30).unwrap();
    let of = pair(by("0 10 * * Thu", "2026-01-01"), [Tz::Europe__London; 2]);
    let make = |of: &PairOfPeople, new| {
        let by = of.mentee.id;
        RhythmProposal::make(Uuid::nil(), of, by, new, &WorkingTime::default(), at("2026-03-02T10:00:00Z"))
    };
    // Days of the week by number are those of every crontab: 4 is Thursday.
    assert_eq!(make(&of, by("0 10 * * 4", "2026-03-02")), Err(CannotPropose::NothingNew));
    assert_eq!(make(&of, by("0 10 * * 5", "2026-03-02")).unwrap().new.cron, "0 0 10 * * Fri");
    assert_eq!(by("0 10 * * 1-3,7", "2026-03-02").cron, "0 0 10 * * Mon,Tue,Wed,Sun");
    assert_eq!(by("0 10 1-7 * 2", "2026-03-02").as_expression(), None, "that is every month, the first Tuesday");
    assert_eq!(by("0 10 * * 1,4", "2026-03-02").as_expression(), Some("0 10 * * Mon,Thu"));
    let mut paused = of;
    paused.pair.state = PairState::Paused;
    assert_eq!(make(&paused, by("0 10 * * Fri", "2026-03-02")), Err(CannotPropose::NotMeeting));
}
