//! R6: whatever the app slept through, from a minute to a month: each reminder at most once, none outside its window or
//! working hours, and what is still worth saying is said.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use mentor::domain::working_time::WorkingTime;
use serde_json::Value;

use crate::support::World;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Moments at which the app goes to sleep: around every moment of the meeting of Thursday 5 March, 15:00 in London.
const ASLEEP_FROM: [&str; 12] = [
    "2026-03-02T12:00:00Z",
    "2026-03-03T14:59:30Z",
    "2026-03-03T15:00:30Z",
    "2026-03-04T14:59:30Z",
    "2026-03-04T15:00:30Z",
    "2026-03-05T13:00:00Z",
    "2026-03-05T14:59:30Z",
    "2026-03-05T15:15:00Z",
    "2026-03-05T15:44:30Z",
    "2026-03-05T15:45:30Z",
    "2026-03-06T12:00:00Z",
    "2026-03-07T12:00:00Z",
];

fn lengths() -> [TimeDelta; 12] {
    [
        TimeDelta::minutes(1),
        TimeDelta::minutes(10),
        TimeDelta::hours(1),
        TimeDelta::hours(6),
        TimeDelta::hours(20),
        TimeDelta::days(1),
        TimeDelta::days(2),
        TimeDelta::days(3),
        TimeDelta::days(5),
        TimeDelta::days(7),
        TimeDelta::days(14),
        TimeDelta::days(30),
    ]
}

/// One reminder as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    to: &'static str,
    what: &'static str,
    meeting: DateTime<Utc>,
    at: DateTime<Utc>,
}

/// What a section says, if it is one of the reminders.
fn what(section: &str, answers: &str) -> Option<&'static str> {
    let known = [
        ("Prepare your agenda", "request"),
        ("Last call for your agenda", "nudge"),
        ("No agenda yet", "notice"),
        ("is ready", "notice"),
    ];
    if section.contains("Did you meet") {
        return Some(if answers.contains("not_yet") { "did you meet" } else { "did you meet, again" });
    }
    known.into_iter().find(|(text, _)| section.contains(text)).map(|(_, what)| what)
}

/// Every reminder the two were sent, read from the calls as they were made: messages change afterwards.
fn said(world: &World) -> Vec<Said> {
    let handles: BTreeMap<String, &'static str> = ["ada", "grace"]
        .into_iter()
        .map(|handle| (format!("D{}", &world.sandbox.person(handle).unwrap().id()[1..]), handle))
        .collect();
    let mut all = Vec::new();
    for call in world.sandbox.calls() {
        let (Some(channel), Some(ts)) = (call.arguments["channel"].as_str(), call.response["ts"].as_str()) else {
            continue;
        };
        let (true, Some(to)) = (call.method == "chat.postMessage", handles.get(channel)) else { continue };
        let seconds = ts.split('.').next().unwrap().parse().unwrap();
        let blocks = match &call.arguments["blocks"] {
            Value::String(text) => serde_json::from_str(text).unwrap(),
            blocks => blocks.clone(),
        };
        let blocks = blocks.as_array().cloned().unwrap_or_default();
        for (index, block) in blocks.iter().enumerate() {
            let text = block["text"]["text"].as_str().unwrap_or_default();
            let answers = blocks.get(index + 1).map(Value::to_string).unwrap_or_default();
            let Some(what) = what(text, &answers) else { continue };
            let token = text.split("<!date^").nth(1).and_then(|rest| rest.split('^').next()).unwrap();
            let meeting = DateTime::from_timestamp(token.parse().unwrap(), 0).unwrap();
            all.push(Said { to, what, meeting, at: DateTime::from_timestamp(seconds, 0).unwrap() });
        }
    }
    all
}

fn working(to: &str) -> WorkingTime {
    let zone = if to == "ada" { Tz::Europe__London } else { Tz::America__New_York };
    WorkingTime { zone, ..WorkingTime::default() }
}

/// When a reminder's moment is, and how long it is worth saying.
fn window(said: &Said) -> (DateTime<Utc>, DateTime<Utc>) {
    let working = working(said.to);
    let report_at = working.next_open(said.meeting + TimeDelta::minutes(30 + 15));
    let again_at = working.next_open(report_at + TimeDelta::hours(48));
    match said.what {
        "request" => (working.days_before(said.meeting, 2), said.meeting),
        "did you meet" => (report_at, report_at + TimeDelta::hours(48)),
        "did you meet, again" => (again_at, again_at + TimeDelta::hours(48)),
        // The nudge follows the mentor's notice, a working day before on her own clock.
        _ => (working_day_before_for_mentor(said.meeting), said.meeting),
    }
}

fn working_day_before_for_mentor(meeting: DateTime<Utc>) -> DateTime<Utc> {
    working("grace").days_before(meeting, 1)
}

/// Sleeps so long from a moment on, wakes, and goes on for ten days.
async fn sleeps(world: Arc<World>, from: DateTime<Utc>, length: TimeDelta) {
    let (ada, grace) = world.a_pair().await;
    world.advance_to(from).await;
    let awake = from + length;
    world.clock.set(awake);
    world.settle().await;
    world.advance_to(awake + TimeDelta::days(10)).await;

    let case = format!("asleep from {from} for {length}");
    let all = said(&world);
    assert!(all.len() >= 3, "{case}: {all:#?}");
    let mut seen = BTreeSet::new();
    for one in &all {
        assert!(seen.insert((one.to, one.what, one.meeting)), "{case}: twice: {one:?}");
        assert!(working(one.to).contains(one.at), "{case}: outside working hours: {one:?}");
        let (moment, end) = window(one);
        // A message that saves another comes a little before its own moment, never on another day.
        assert!(one.at >= moment - TimeDelta::seconds(5), "{case}: before its moment {moment}: {one:?}");
        assert!(one.at <= end, "{case}: after its window, which ended at {end}: {one:?}");
    }
    // What was still worth saying at the first working moment was said: the request for the meeting after waking, unless
    // it had been said before, and the question about the last meeting.
    let now = working("ada").next_open(awake);
    let starts = all.iter().map(|one| one.meeting).filter(|meeting| *meeting > now).min();
    for meeting in starts.into_iter().chain([at("2026-03-05T15:00:00Z")]) {
        for what in ["request", "did you meet"] {
            let (moment, end) = window(&Said { to: "ada", what, meeting, at: now });
            if moment <= now && now < end && from < end {
                let found = all.iter().any(|one| (one.to, one.what, one.meeting) == ("ada", what, meeting));
                assert!(found, "{case}: never said: {what} about {meeting}: {all:#?}");
            }
        }
    }
    ada.reads();
    grace.reads();
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_downtime_on_sqlite() {
    let mut slept = 0;
    for from in ASLEEP_FROM {
        for length in lengths() {
            sleeps(World::begin(World::sqlite()).await, at(from), length).await;
            slept += 1;
        }
    }
    assert_eq!(slept, 144);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn some_downtimes_on_postgres() {
    for (from, length) in ASLEEP_FROM.into_iter().zip(lengths()) {
        sleeps(World::begin(World::postgres().await).await, at(from), length).await;
    }
}
