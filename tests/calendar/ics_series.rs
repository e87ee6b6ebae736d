//! Files given one after the other: a calendar that applies them in order shows every meeting where it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Calendar, CalendarComponent, Component as _, EventStatus};
use mentor::domain::calendar::{Entry, MOST, changes};
use mentor::domain::identifiers::{MeetingId, PairId, PersonId};
use mentor::domain::meetings::{Meeting, MeetingState};
use mentor::domain::pairs::{Pair, PairKind, PairState};
use mentor::domain::people::{Person, SlackIdentity, Standing};
use mentor::domain::private_text::PrivateText;
use mentor::domain::rhythm::{Frequency, Regular, Rhythm};
use mentor::domain::settings::Settings;
use mentor::domain::working_time::WorkingTime;
use mentor::mail::ics::{self, CalendarEntry};
use proptest::prelude::*;
use uuid::Uuid;

use crate::support::at;

const BEGIN: &str = "2026-03-02T10:00:00Z";

fn rhythm(frequency: Frequency, hour: u32) -> Rhythm {
    let time = chrono::NaiveTime::MIN + TimeDelta::hours(hour.into());
    let regular = Regular { frequency, day: chrono::Weekday::Thu, time };
    Rhythm::regular(regular, at(BEGIN).date_naive(), chrono_tz::America::New_York, 30).unwrap()
}

/// Both work when the programme does; Thursdays are working days.
fn always() -> [WorkingTime; 2] {
    [WorkingTime::default(), WorkingTime::default()]
}

fn person(number: u128) -> Person {
    Person {
        id: PersonId(Uuid::from_u128(number)),
        slack: SlackIdentity { team_id: "T1".to_owned(), user_id: format!("U{number}") },
        name: format!("Person {number}"),
        time_zone: None,
        standing: Standing::Member,
        deactivated: false,
        locale: None,
        settings: Settings::default(),
    }
}

/// A pair with its calendar, what was told, and somebody's own calendar.
struct Life {
    now: DateTime<Utc>,
    pair: Pair,
    meetings: Vec<Meeting>,
    told: BTreeMap<DateTime<Utc>, Entry>,
    revision: u32,
    files: Vec<String>,
    /// By UID: SEQUENCE, start, cancelled.
    shown: BTreeMap<String, (u32, DateTime<Utc>, bool)>,
}

impl Life {
    fn begin() -> Self {
        let (now, aim) = (at(BEGIN), PrivateText::typed("canary").unwrap());
        let pair = PairId(Uuid::from_u128(0x11));
        let asked = Pair::propose(pair, PairKind::InOrg, &person(1), &person(2), aim, &WorkingTime::default(), now);
        let pair = asked.accept(rhythm(Frequency::Weekly, 10)).unwrap();
        let first =
            Meeting::first(MeetingId(Uuid::from_u128(0x21)), pair.id, pair.rhythm.as_ref().unwrap(), &always(), now);
        let (meetings, told, shown) = (first.into_iter().collect(), BTreeMap::new(), BTreeMap::new());
        let mut life = Self { now, pair, meetings, told, revision: 0, files: Vec::new(), shown };
        life.tells();
        life
    }

    fn planned(&self) -> Vec<Meeting> {
        self.meetings.iter().filter(|meeting| meeting.state == MeetingState::Planned).cloned().collect()
    }

    /// Draws the file about what has changed, and applies it.
    fn tells(&mut self) {
        let told: Vec<Entry> = self.told.values().cloned().collect();
        let last = self.meetings.iter().map(|meeting| meeting.slot_at).max();
        let changes = changes(&self.pair, &always(), &self.planned(), last, &told, self.revision + 1, self.now);
        if changes.is_empty() {
            return;
        }
        self.revision += 1;
        self.told.extend(changes.iter().map(|entry| (entry.slot_at, entry.clone())));
        let entry = |entry: &Entry| CalendarEntry {
            pair: self.pair.id,
            slot_at: entry.slot_at,
            sequence: entry.revision,
            names: ["Ada Lovelace", "Grace Hopper"],
            starts_at: entry.starts_at,
            length_minutes: entry.length_minutes,
            skipped: entry.cancelled,
            changed_at: entry.changed_at,
            invited: None,
        };
        let file = ics::file(&changes.iter().map(entry).collect::<Vec<_>>(), self.now);
        let calendar: Calendar = file.parse().unwrap();
        for component in &calendar.components {
            let CalendarComponent::Event(event) = component else { panic!("{component:?}") };
            let Some(icalendar::DatePerhapsTime::DateTime(icalendar::CalendarDateTime::Utc(start))) = event.get_start()
            else {
                panic!("{file}");
            };
            let sequence = event.get_sequence().unwrap();
            let cancelled = event.get_status() == Some(EventStatus::Cancelled);
            let before = self.shown.insert(event.get_uid().unwrap().to_owned(), (sequence, start, cancelled));
            assert!(before.is_none_or(|(known, ..)| known < sequence), "SEQUENCE grows: {file}");
        }
        self.files.push(file);
    }

    /// The meetings to come that the calendar shows.
    fn shows(&self) -> Vec<DateTime<Utc>> {
        let to_come = self.shown.values().filter(|(_, start, cancelled)| !cancelled && *start > self.now);
        let mut starts: Vec<_> = to_come.map(|(_, start, _)| *start).collect();
        starts.sort();
        starts
    }

    fn is_true(&self) {
        let shown = self.shows();
        assert!(shown.len() <= MOST);
        let to_come: Vec<_> =
            self.planned().iter().map(|meeting| meeting.starts_at).filter(|start| *start > self.now).collect();
        if self.pair.state == PairState::Active {
            assert!(to_come.iter().all(|start| shown.contains(start)), "{to_come:?} in {shown:?}");
            // Beyond those on the calendar: what the rhythm says.
            let rhythm = self.pair.rhythm.as_ref().unwrap();
            let promised = |start: &DateTime<Utc>| rhythm.next_after(*start - TimeDelta::minutes(1)) == Some(*start);
            assert!(shown.iter().all(|start| to_come.contains(start) || promised(start)), "{shown:?}");
        } else {
            assert!(shown.is_empty(), "nothing while they do not meet: {shown:?}");
        }
    }

    fn next(&mut self) -> Option<&mut Meeting> {
        let now = self.now;
        self.meetings.iter_mut().find(|meeting| meeting.state == MeetingState::Planned && meeting.starts_at > now)
    }

    fn plans_following(&mut self) {
        let rhythm = self.pair.rhythm.clone().unwrap();
        let next = match self.meetings.iter().max_by_key(|meeting| meeting.slot_at) {
            Some(last) => last.following(last.id, &rhythm, &always(), self.now),
            None => Meeting::first(MeetingId(Uuid::from_u128(0x21)), self.pair.id, &rhythm, &always(), self.now),
        };
        self.meetings.push(next.unwrap());
    }

    fn step(&mut self, step: u8) {
        let rhythm_now = self.pair.rhythm.clone().unwrap();
        match step {
            0..=2 => {
                let (now, hours) = (self.now, i64::from(step) * 7 + 20);
                if let Some(next) = self.next()
                    && let Ok(moved) = next.clone().moved(next.starts_at + TimeDelta::hours(hours), &rhythm_now, now)
                {
                    *next = moved;
                }
            }
            3 => {
                let now = self.now;
                if let Some(next) = self.next() {
                    *next = next.clone().left_out(now).unwrap();
                    self.plans_following();
                }
            }
            4 | 5 => {
                self.pair.rhythm =
                    Some(if step == 4 { rhythm(Frequency::EveryTwoWeeks, 15) } else { rhythm(Frequency::Weekly, 11) });
                let now = self.now;
                self.meetings.retain(|meeting| meeting.starts_at <= now || meeting.state != MeetingState::Planned);
                self.plans_following();
            }
            6 => self.pair.state = PairState::Paused,
            7 => self.pair.state = PairState::Active,
            _ => {
                self.now += TimeDelta::days(6);
                while self.next().is_none() {
                    self.plans_following();
                }
            }
        }
        self.tells();
        self.is_true();
    }
}

proptest! {
    #[test]
    fn whatever_happens_the_calendar_is_true(steps in prop::collection::vec(0..12_u8, 0..40)) {
        let mut life = Life::begin();
        life.is_true();
        for step in steps {
            life.step(step);
        }
    }
}

#[test]
fn a_series_for_other_parsers() {
    let mut life = Life::begin();
    assert_eq!(life.shows().len(), MOST);
    for step in [0, 1, 3, 8, 2, 6, 7, 4, 0, 8, 5, 3] {
        life.step(step);
    }
    let Some(folder) = std::env::var_os("MENTOR_KEEP_CALENDARS").map(PathBuf::from) else { return };
    let folder = folder.join("series");
    fs::create_dir_all(&folder).unwrap();
    for (number, file) in life.files.iter().enumerate() {
        fs::write(folder.join(format!("{number:02}.ics")), file).unwrap();
    }
    let shown: BTreeMap<&String, String> = life
        .shown
        .iter()
        .filter(|(_, (.., cancelled))| !cancelled)
        .map(|(uid, (_, start, _))| (uid, start.to_rfc3339()))
        .collect();
    fs::write(folder.join("shows.json"), serde_json::json!(shown).to_string()).unwrap();
}
