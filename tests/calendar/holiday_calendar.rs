//! Holidays out of calendar files: whole ones are understood, anything else is refused and ends soon.

use std::time::{Duration, Instant};

use mentor::domain::days_off::Holiday;
use mentor::mail::holiday_calendar::{NotACalendar, holidays};
use proptest::prelude::*;

use crate::support::date;

fn calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{}END:VCALENDAR\r\n", events.replace('\n', "\r\n"))
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT\n")
}

fn found(text: &str) -> Result<Vec<Holiday>, NotACalendar> {
    holidays(text, date("2026-01-01"), date("2028-12-31"))
}

/// The days found, as one line.
fn days(events: &str) -> String {
    let found = found(&calendar(events)).unwrap();
    found.iter().map(|holiday| holiday.day.to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn all_day_events_are_holidays() {
    let events = [
        event("UID:1\nSUMMARY:Christmas\\, the first day\nDTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261226"),
        event("UID:2\nSUMMARY:New Year\nDTSTART;VALUE=DATE:20270101"),
        event("UID:3\nSUMMARY:A meeting\nDTSTART:20260505T100000Z\nDTEND:20260505T110000Z"),
        event("UID:4\nSUMMARY:Long ago\nDTSTART;VALUE=DATE:20010101"),
        event("UID:5\nSUMMARY:Called off\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20260601"),
        event("UID:6\nDTSTART;VALUE=DATE:20260602"),
        event("UID:7\nSUMMARY:The same day\nDTSTART;VALUE=DATE:20270101"),
    ]
    .concat();
    let found = found(&calendar(&events)).unwrap();
    let lines: Vec<String> = found.iter().map(|holiday| format!("{} {}", holiday.day, holiday.name)).collect();
    assert_eq!(lines, ["2026-06-02 Holiday", "2026-12-25 Christmas, the first day", "2027-01-01 New Year"]);
}

#[test]
fn several_days_are_several_holidays() {
    assert_eq!(
        days(&event("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227")),
        "2026-12-24 2026-12-25 2026-12-26"
    );
    assert_eq!(days(&event("DTSTART;VALUE=DATE:20261224\nDURATION:P2D")), "2026-12-24 2026-12-25");
    assert_eq!(days(&event("DTSTART;VALUE=DATE:20251230\nDTEND;VALUE=DATE:20260102")), "2026-01-01");
    assert_eq!(days(&event("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261220")), "2026-12-24");
    assert_eq!(days(&event("DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:29990101")).split(' ').count(), 100);
}

#[test]
fn repeated_days_are_repeated() {
    assert_eq!(
        days(&event("UID:1\nDTSTART;VALUE=DATE:19701225\nRRULE:FREQ=YEARLY")),
        "2026-12-25 2027-12-25 2028-12-25"
    );
    // The fourth Thursday of November and the day after it.
    assert_eq!(
        days(&event(
            "UID:1\nDTSTART;VALUE=DATE:20251127\nDTEND;VALUE=DATE:20251129\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"
        )),
        "2026-11-26 2026-11-27 2027-11-25 2027-11-26 2028-11-23 2028-11-24"
    );
    assert_eq!(
        days(&event("UID:1\nDTSTART;VALUE=DATE:20260105\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;VALUE=DATE:20260112")),
        "2026-01-05 2026-01-19"
    );
    for until in ["UNTIL=20270501", "UNTIL=20270501T000000Z"] {
        let rule = format!("UID:1\nDTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY;{until}");
        assert_eq!(days(&event(&rule)), "2026-05-01 2027-05-01");
    }
    assert_eq!(
        days(&event("UID:1\nDTSTART;VALUE=DATE:20260401\nRDATE;VALUE=DATE:20260402,20260403")),
        "2026-04-01 2026-04-02 2026-04-03"
    );
    // A rule that is not understood leaves the first day.
    for rule in ["FREQ=MINUTELY", "FREQ=NEVER", "FREQ=YEARLY;INTERVAL=0;BYDAY=99XX", ""] {
        assert_eq!(days(&event(&format!("UID:1\nDTSTART;VALUE=DATE:20260401\nRRULE:{rule}"))), "2026-04-01", "{rule}");
    }
}

#[test]
fn a_repetition_on_its_own_replaces_its_day() {
    let series = event("UID:1\nDTSTART;VALUE=DATE:20260105\nRRULE:FREQ=WEEKLY;COUNT=3");
    let moved = event("UID:1\nRECURRENCE-ID;VALUE=DATE:20260112\nDTSTART;VALUE=DATE:20260113");
    assert_eq!(days(&(series.clone() + &moved)), "2026-01-05 2026-01-13 2026-01-19");
    let gone = event("UID:1\nRECURRENCE-ID;VALUE=DATE:20260112\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20260112");
    assert_eq!(days(&(gone + &series)), "2026-01-05 2026-01-19");
}

#[test]
fn long_lines_small_letters_and_other_line_ends_are_understood() {
    let text = "\u{feff}\nbegin:vcalendar\nversion:2.0\nBEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19700101T000000\n\
                TZOFFSETFROM:+0000\nTZOFFSETTO:+0000\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nSUMMARY:A name that\n  is long\n\
                DTSTART;VALUE=DATE:20261225\nEND:VEVENT\nEND:VCALENDAR";
    let found = found(&text.replace("begin:vcalendar", "BEGIN:VCALENDAR"));
    assert_eq!(found, Ok(vec![Holiday { day: date("2026-12-25"), name: "A name that is long".to_owned() }]));
    assert_eq!(self::found(&calendar("")), Ok(Vec::new()));
}

#[test]
fn anything_else_is_refused() {
    for text in ["", "<html>Please sign in</html>", "{}", "BEGIN:VCARD\nEND:VCARD", "2026-12-25"] {
        assert_eq!(found(text), Err(NotACalendar::SomethingElse), "{text}");
    }
    let whole = calendar(&event("UID:1\nDTSTART;VALUE=DATE:20261225"));
    for cut in 16..whole.len() - 2 {
        assert!(found(&whole[..cut]).is_err(), "{:?}", &whole[..cut]);
    }
    let nested = format!("BEGIN:VCALENDAR\n{}{}END:VCALENDAR", "BEGIN:A\n".repeat(100_000), "END:A\n".repeat(100_000));
    assert_eq!(found(&nested), Err(NotACalendar::Damaged));
    let damaged = calendar("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\nEND:VEVENT\nthis is no line\n");
    let _ = found(&damaged);
    let damaged = calendar("BEGIN:VEVENT\n===\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\nEND:VEVENT\n");
    assert_eq!(found(&damaged), Err(NotACalendar::Damaged));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "this is about how long it takes")]
fn the_largest_file_there_can_be_ends_soon() {
    let one = event("UID:1\nSUMMARY:Every day\nDTSTART;VALUE=DATE:20200101\nRRULE:FREQ=DAILY");
    let many = calendar(&one.repeat(50));
    let too_many = calendar(&one.repeat(301));
    let large = calendar(&event(&format!("SUMMARY:{}\nDTSTART;VALUE=DATE:20261225", "long ".repeat(400_000))));
    let began = Instant::now();
    assert_eq!(found(&many).unwrap().len(), 999);
    assert_eq!(found(&too_many), Err(NotACalendar::TooMuch));
    assert_eq!(found(&large).unwrap()[0].name.len(), 80);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

proptest! {
    #[test]
    fn whatever_stands_in_an_event_panics_nowhere(
        lines in proptest::collection::vec(
            ("(DTSTART|DTEND|RRULE|EXDATE|RDATE|DURATION|SUMMARY|UID)(;VALUE=DATE)?", "(2026[0-9]{4}|FREQ=[A-Z]{5,7};BY[A-Z]{3,8}=-?[0-9]{1,3}|P-?[0-9]{1,20}[DW]|\\PC{0,12})"),
            0..6,
        ),
    ) {
        let lines: Vec<String> = lines.into_iter().map(|(name, value)| format!("{name}:{value}")).collect();
        let _ = found(&calendar(&event(&lines.join("\n"))));
    }

    #[test]
    fn whatever_is_fetched_panics_nowhere(text in "(BEGIN:VCALENDAR\n)?\\PC{0,80}(\nEND:VCALENDAR)?") {
        let _ = found(&text);
    }
}
