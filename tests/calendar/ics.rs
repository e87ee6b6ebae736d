//! A meeting as a calendar file and as links, read back by parsers. What is drawn here is kept in the folder that
//! `MENTOR_KEEP_CALENDARS` names, for `scripts/check-peers`.

use std::fs;
use std::path::PathBuf;

use icalendar::{Calendar, CalendarComponent, Component as _, Event, EventStatus};
use mentor::domain::identifiers::PairId;
use mentor::mail::calendar_links::{google, outlook};
use mentor::mail::ics::{Address, CalendarEntry, Invited};
use proptest::prelude::*;
use url::Url;
use uuid::Uuid;

use crate::support::at;

const NOW: &str = "2026-03-02T10:00:00Z";

fn entry<'a>(names: [&'a str; 2]) -> CalendarEntry<'a> {
    CalendarEntry {
        pair: PairId(Uuid::from_u128(0x0190_0000_0000_4000_8000_0000_0000_0011)),
        slot_at: at("2026-03-05T15:00:00Z"),
        sequence: 0,
        names,
        starts_at: at("2026-03-05T15:00:00Z"),
        length_minutes: 30,
        skipped: false,
        changed_at: at("2026-03-02T09:59:00Z"),
        invited: None,
    }
}

fn invited() -> Invited<'static> {
    Invited {
        organizer: Address { name: "Ada Lovelace", email: "ada@example.org" },
        attendees: vec![
            Address {
                name: "Hopper, Grace \"Amazing\"\r\nATTENDEE:mailto:eve@example.org",
                email: "grace@example.com",
            },
            Address { name: "Ada Lovelace", email: "ada@example.org" },
        ],
    }
}

/// Keeps a file for other parsers, beside what they should find in it.
fn keep(name: &str, entry: &CalendarEntry<'_>, file: &str) {
    let Some(folder) = std::env::var_os("MENTOR_KEEP_CALENDARS").map(PathBuf::from) else { return };
    let expected = serde_json::json!({
        "method": entry.method(),
        "uid": entry.uid(),
        "sequence": entry.sequence,
        "summary": entry.title(),
        "start": entry.starts_at.to_rfc3339(),
        "end": entry.ends_at().to_rfc3339(),
        "stamp": at(NOW).to_rfc3339(),
        "changed": entry.changed_at.to_rfc3339(),
        "status": if entry.skipped { "CANCELLED" } else { "CONFIRMED" },
        "attendees": entry.invited.iter().flat_map(|invited| invited.attendees.iter().map(|one| one.email)).collect::<Vec<_>>(),
    });
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{name}.ics")), file).unwrap();
    fs::write(folder.join(format!("{name}.json")), expected.to_string()).unwrap();
}

fn only_event(file: &str) -> Event {
    let calendar: Calendar = file.parse().unwrap();
    let [CalendarComponent::Event(event)] = calendar.components.as_slice() else { panic!("one event in {file}") };
    event.clone()
}

#[test]
fn a_meeting_is_a_file() {
    let entry = entry(["Ada", "Grace"]);
    let file = entry.file(at(NOW));
    keep("first", &entry, &file);
    let expected = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//mentor//mentoring in Slack//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "DTEND:20260305T153000Z",
        "DTSTAMP:20260302T100000Z",
        "DTSTART:20260305T150000Z",
        "LAST-MODIFIED:20260302T095900Z",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "SUMMARY:Mentoring: Ada and Grace",
        "UID:01900000000040008000000000000011-20260305T150000Z",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ];
    assert_eq!(file.split("\r\n").collect::<Vec<_>>(), expected);
    assert_eq!(entry.file(at(NOW)), file, "the same in, the same out");
}

#[test]
fn a_move_and_a_skip_are_the_same_entry_changed() {
    let first = entry(["Ada", "Grace"]);
    let moved = CalendarEntry { sequence: 1, starts_at: at("2026-03-06T15:00:00Z"), ..first.clone() };
    let skipped = CalendarEntry { sequence: 2, skipped: true, ..moved.clone() };
    keep("moved", &moved, &moved.file(at(NOW)));
    keep("skipped", &skipped, &skipped.file(at(NOW)));
    let events = [&first, &moved, &skipped].map(|entry| only_event(&entry.file(at(NOW))));
    assert!(events.iter().all(|event| event.get_uid() == events[0].get_uid()));
    assert_eq!(events.each_ref().map(|event| event.get_sequence().unwrap()), [0, 1, 2]);
    assert_eq!(events[2].get_status(), Some(EventStatus::Cancelled));
    assert_eq!(skipped.method(), "PUBLISH");
}

#[test]
fn an_invitation_names_who_is_invited_and_nobody_else() {
    let entry = CalendarEntry { invited: Some(invited()), ..entry(["Ada", "Grace"]) };
    let file = entry.file(at(NOW));
    keep("invitation", &entry, &file);
    let unfolded = file.replace("\r\n ", "");
    assert!(unfolded.contains("METHOD:REQUEST\r\n"), "{unfolded}");
    assert!(unfolded.contains("ORGANIZER;CN=Ada Lovelace:mailto:ada@example.org\r\n"), "{unfolded}");
    let attendees: Vec<&str> = unfolded.lines().filter(|line| line.starts_with("ATTENDEE")).collect();
    assert_eq!(attendees.len(), 2, "a name brings no lines of its own: {attendees:?}");
    let cancelled = CalendarEntry { skipped: true, sequence: 1, ..entry };
    let file = cancelled.file(at(NOW));
    keep("cancelled", &cancelled, &file);
    assert!(file.contains("METHOD:CANCEL\r\n"));
}

#[test]
fn names_of_all_kinds_are_kept() {
    let names = [
        ["Łukasz, PhD; MSc", "back\\slash \"quote\""],
        ["Ödön-Åse Ñandú".repeat(8).leak(), "山田 太郎 🎉🎉"],
        ["newline\r\nDESCRIPTION:secret", "tab\there"],
        ["", "   "],
    ];
    for (number, names) in names.into_iter().enumerate() {
        let entry = entry(names);
        let file = entry.file(at(NOW));
        keep(&format!("name-{number}"), &entry, &file);
        assert_eq!(only_event(&file).get_summary().unwrap(), entry.title());
        assert!(!file.contains("\nDESCRIPTION"), "{file}");
    }
}

#[test]
fn links_carry_the_meeting() {
    let entry = entry(["Ada & Co", "Grace + 1"]);
    assert_eq!(
        google(&entry),
        "https://calendar.google.com/calendar/render?action=TEMPLATE\
         &text=Mentoring%3A%20Ada%20%26%20Co%20and%20Grace%20%2B%201&dates=20260305T150000Z%2F20260305T153000Z"
    );
    assert_eq!(
        outlook(&entry),
        "https://outlook.office.com/calendar/action/compose?rru=addevent\
         &subject=Mentoring%3A%20Ada%20%26%20Co%20and%20Grace%20%2B%201\
         &startdt=2026-03-05T15%3A00%3A00Z&enddt=2026-03-05T15%3A30%3A00Z"
    );
}

proptest! {
    #[test]
    fn every_line_is_short_and_everything_reads_back(
        first in ".{0,200}", second in "\\PC{0,60}", minutes in 0..4_000_000_i64, length in 1..61_u16, sequence in 0..99_u32,
        skipped: bool,
    ) {
        let starts_at = at("2024-01-01T00:00:00Z") + chrono::TimeDelta::minutes(minutes);
        let entry = CalendarEntry { starts_at, length_minutes: length, sequence, skipped, ..entry([&first, &second]) };
        let file = entry.file(at(NOW));
        prop_assert!(file.ends_with("END:VCALENDAR\r\n"));
        for line in file.split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
        }
        let event = only_event(&file);
        prop_assert_eq!(event.get_summary().unwrap(), entry.title());
        prop_assert_eq!(event.get_start().unwrap(), starts_at.into());
        prop_assert_eq!(event.get_end().unwrap(), entry.ends_at().into());
        prop_assert_eq!(event.get_sequence(), Some(sequence));
    }

    #[test]
    fn links_read_back(first in ".{0,60}", second in "\\PC{0,60}") {
        let entry = entry([&first, &second]);
        for (link, title) in [(google(&entry), "text"), (outlook(&entry), "subject")] {
            prop_assert!(link.is_ascii() && !link.contains(['+', ' ', '<', '>', '|', '"']), "{}", link);
            let url = Url::parse(&link).unwrap();
            let found = url.query_pairs().find(|(name, _)| name == title).unwrap().1.into_owned();
            prop_assert_eq!(found, entry.title());
        }
    }
}
