//! The holidays in an iCalendar file, as public calendars and personnel systems offer them.
//!
//! Owns: which days of such a file are days off: those of its all-day events, repeated ones included. Must not: fetch it.
//!
//! The file is somebody else's: whatever it holds, this ends soon, and either understands all of it or none.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use icalendar::parser::{Component, Property, read_calendar, unfold};
use rrule::RRuleSet;

use crate::domain::days_off::Holiday;

/// Components inside of components; events in a calendar are two.
const DEEPEST: usize = 8;
/// The most days that one event covers.
const LONGEST: u64 = 100;
/// The most repetitions of one event within the days looked at.
const MOST_REPETITIONS: u16 = 1_000;
/// The most events with a rule of repetition; each takes time to work out.
const MOST_RULES: usize = 300;
/// A name is cut to so many characters.
const LONGEST_NAME: usize = 80;

/// Why a text holds no holidays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACalendar {
    /// Something else, such as a page that asks to sign in.
    #[error("it is not an iCalendar file")]
    SomethingElse,
    /// The end is missing, or something in the middle is not as it should be.
    #[error("the iCalendar file is damaged or cut off")]
    Damaged,
    /// More than a calendar of holidays would hold.
    #[error("the iCalendar file repeats more events than a calendar of holidays does")]
    TooMuch,
}

/// The days off among `from..=until`, in their order; one name a day.
///
/// # Errors
/// [`NotACalendar`] when the text is not one whole iCalendar file.
pub fn holidays(text: &str, from: NaiveDate, until: NaiveDate) -> Result<Vec<Holiday>, NotACalendar> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let events_begun = looks_whole(text)?;
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).map_err(|_| NotACalendar::Damaged)?;
    let events: Vec<&Component<'_>> = calendar.components.iter().filter(|one| one.name == "VEVENT").collect();
    // The parser stops where it understands nothing any more and says that all is well.
    if events.len() != events_begun {
        return Err(NotACalendar::Damaged);
    }
    if events.iter().filter(|event| property(event, "RRULE").is_some()).count() > MOST_RULES {
        return Err(NotACalendar::TooMuch);
    }
    let replaced = replaced_repetitions(&events);
    let mut days: BTreeMap<NaiveDate, String> = BTreeMap::new();
    for event in events {
        let Some(begin) = value(event, "DTSTART").and_then(date) else { continue };
        if value(event, "STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")) {
            continue;
        }
        let mut left_out: BTreeSet<NaiveDate> = values(event, "EXDATE").filter_map(date_of_moment).collect();
        if value(event, "RECURRENCE-ID").is_none() {
            left_out.extend(value(event, "UID").and_then(|uid| replaced.get(uid)).into_iter().flatten());
        }
        let length = length(event, begin);
        // A long event may have begun before the days looked at.
        let look_from = from.checked_sub_days(Days::new(length)).unwrap_or(from);
        for first in repetitions(event, begin, look_from, until).into_iter().filter(|day| !left_out.contains(day)) {
            for day in first.iter_days().take(usize::try_from(length).unwrap_or(1)) {
                if (from..=until).contains(&day) {
                    days.entry(day).or_insert_with(|| name(event));
                }
            }
        }
    }
    Ok(days.into_iter().map(|(day, name)| Holiday { day, name }).collect())
}

/// How many events begin, when what begins also ends and nothing is nested deeper than the parser's stack bears.
fn looks_whole(text: &str) -> Result<usize, NotACalendar> {
    let is = |line: &str, word: &str| line.trim_end().eq_ignore_ascii_case(word);
    if !text.lines().next().is_some_and(|first| is(first, "BEGIN:VCALENDAR")) {
        return Err(NotACalendar::SomethingElse);
    }
    let (mut depth, mut events) = (0_usize, 0);
    for line in text.lines() {
        let keyword = line.get(..6).unwrap_or(line);
        if keyword.eq_ignore_ascii_case("BEGIN:") {
            depth += 1;
            events += usize::from(is(line, "BEGIN:VEVENT"));
        } else if line.get(..4).is_some_and(|keyword| keyword.eq_ignore_ascii_case("END:")) {
            depth = depth.checked_sub(1).ok_or(NotACalendar::Damaged)?;
        }
        if depth > DEEPEST {
            return Err(NotACalendar::Damaged);
        }
    }
    if depth == 0 && text.lines().next_back().is_some_and(|last| is(last, "END:VCALENDAR")) {
        Ok(events)
    } else {
        Err(NotACalendar::Damaged)
    }
}

fn property<'a>(event: &'a Component<'_>, name: &str) -> Option<&'a Property<'a>> {
    event.properties.iter().find(|property| property.name.as_str().eq_ignore_ascii_case(name))
}

fn value<'a>(event: &'a Component<'_>, name: &str) -> Option<&'a str> {
    property(event, name).map(|property| property.val.as_str().trim())
}

/// All values of a property that may stand more than once and hold lists.
fn values<'a>(event: &'a Component<'_>, name: &'static str) -> impl Iterator<Item = &'a str> {
    let found = event.properties.iter().filter(move |property| property.name.as_str().eq_ignore_ascii_case(name));
    found.flat_map(|property| property.val.as_str().split(',')).map(str::trim)
}

/// A date without a time: what makes an event one of whole days.
fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y%m%d").ok()
}

/// The date of a date, or of a moment.
fn date_of_moment(text: &str) -> Option<NaiveDate> {
    date(text.get(..8)?)
}

/// Single repetitions of an event that stand in the file on their own, by the event they belong to.
fn replaced_repetitions(events: &[&Component<'_>]) -> BTreeMap<String, BTreeSet<NaiveDate>> {
    let mut replaced: BTreeMap<String, BTreeSet<NaiveDate>> = BTreeMap::new();
    for event in events {
        if let (Some(uid), Some(day)) = (value(event, "UID"), value(event, "RECURRENCE-ID").and_then(date_of_moment)) {
            replaced.entry(uid.to_owned()).or_default().insert(day);
        }
    }
    replaced
}

/// How many days an event covers; its end is the day after its last.
fn length(event: &Component<'_>, begin: NaiveDate) -> u64 {
    let by_end = value(event, "DTEND").and_then(date).map(|end| (end - begin).num_days());
    let by_duration = value(event, "DURATION").and_then(|duration| {
        let number = |unit| duration.strip_prefix('P')?.strip_suffix(unit)?.parse::<i64>().ok();
        number('D').or_else(|| number('W')?.checked_mul(7))
    });
    u64::try_from(by_end.or(by_duration).unwrap_or(1)).unwrap_or(1).clamp(1, LONGEST)
}

/// The first days of an event and its repetitions.
fn repetitions(event: &Component<'_>, begin: NaiveDate, from: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = values(event, "RDATE").filter_map(date_of_moment).collect();
    days.push(begin);
    if let Some(rule) = value(event, "RRULE") {
        days.extend(by_rule(rule, begin, from, until).unwrap_or_default());
    }
    days
}

/// Days by a rule such as `FREQ=YEARLY;BYMONTH=11;BYDAY=4TH`; none when it is not understood.
fn by_rule(rule: &str, begin: NaiveDate, from: NaiveDate, until: NaiveDate) -> Option<Vec<NaiveDate>> {
    let rule = rule.to_ascii_uppercase();
    let parts: Vec<String> = rule.split(';').filter(|part| !part.is_empty()).map(with_whole_last_day).collect();
    // Several times a day makes no more days.
    if ["FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=SECONDLY"].iter().any(|often| parts.iter().any(|part| part == often)) {
        return None;
    }
    let text = format!("DTSTART:{}T000000Z\nRRULE:{}", begin.format("%Y%m%d"), parts.join(";"));
    let set: RRuleSet = text.parse().ok()?;
    let midnight = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc().with_timezone(&rrule::Tz::UTC);
    let found = set.after(midnight(from)).before(midnight(until)).all(MOST_REPETITIONS);
    Some(found.dates.into_iter().map(|at| at.date_naive()).collect())
}

/// A last day is whole, whether the rule says so as a date or as a moment.
fn with_whole_last_day(part: &str) -> String {
    match part.strip_prefix("UNTIL=").and_then(|until| until.get(..8)) {
        Some(day) => format!("UNTIL={day}T235959Z"),
        None => part.to_owned(),
    }
}

fn name(event: &Component<'_>) -> String {
    let summary = property(event, "SUMMARY").map(|property| property.val.clone().unescape_text());
    let plain: String = summary
        .iter()
        .flat_map(|text| text.as_str().chars())
        .map(|one| if one.is_control() { ' ' } else { one })
        .collect();
    let plain: String = plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_NAME).collect();
    if plain.is_empty() { "Holiday".to_owned() } else { plain }
}
