//! Somebody's own calendar, which applies the files it is given as RFC 5546 says: by UID, the highest SEQUENCE wins.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use icalendar::{Calendar, CalendarComponent, Component as _, DatePerhapsTime, Event, EventStatus};

/// Every property a meeting may have there.
const ALLOWED: [&str; 8] = ["UID", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED", "STATUS"];

fn events(file: &str) -> Vec<Event> {
    let calendar: Calendar = file.parse().unwrap();
    let event = |component| match component {
        CalendarComponent::Event(event) => event,
        other => panic!("a meeting, not {other:?}"),
    };
    calendar.components.into_iter().map(event).collect()
}

/// What must be true of every calendar file: meetings with names and instants, and nothing else.
pub(super) fn holds_nothing_but_meetings(title: &str, file: &str) {
    assert!(title.starts_with("Mentoring with ") && title.ends_with(".ics"), "{title}");
    for event in events(file) {
        assert!(event.properties().keys().all(|key| ALLOWED.contains(&key.as_str())), "{file}");
        assert!(event.multi_properties().is_empty(), "{file}");
        assert!(event.get_summary().unwrap().starts_with("Mentoring: "), "{file}");
        assert!(starts(&event) < ends(&event), "{file}");
    }
}

fn starts(event: &Event) -> DateTime<Utc> {
    instant(event.get_start())
}

fn ends(event: &Event) -> DateTime<Utc> {
    instant(event.get_end())
}

fn instant(at: Option<DatePerhapsTime>) -> DateTime<Utc> {
    match at {
        Some(DatePerhapsTime::DateTime(icalendar::CalendarDateTime::Utc(at))) => at,
        other => panic!("an instant in UTC, not {other:?}"),
    }
}

/// A calendar of somebody's own.
#[derive(Default)]
pub(crate) struct OwnCalendar {
    entries: BTreeMap<String, (u32, Event)>,
}

impl OwnCalendar {
    /// Applies a file. Returns how many entries it holds.
    pub(crate) fn takes(&mut self, file: &str) -> usize {
        let events = events(file);
        for event in &events {
            let (uid, sequence) = (event.get_uid().unwrap().to_owned(), event.get_sequence().unwrap());
            if self.entries.get(&uid).is_none_or(|(known, _)| *known < sequence) {
                self.entries.insert(uid, (sequence, event.clone()));
            }
        }
        events.len()
    }

    /// When the meetings it shows begin, the earliest first.
    pub(crate) fn shows(&self) -> Vec<DateTime<Utc>> {
        let taking_place =
            self.entries.values().filter(|(_, event)| event.get_status() != Some(EventStatus::Cancelled));
        let mut begin: Vec<_> = taking_place.map(|(_, event)| starts(event)).collect();
        begin.sort();
        begin
    }
}
