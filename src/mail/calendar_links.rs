//! "Add to calendar" links: a page of Google's or Outlook's with the meeting filled in, for who has no use for a file.
//!
//! Owns: the addresses and their parameters. Must not: tell them more than the file does, since whoever hosts the calendar
//! reads it.

use chrono::{DateTime, Utc};
use url::form_urlencoded::Serializer;

use super::ics::CalendarEntry;

/// The page of Google Calendar on which the meeting is added.
pub fn google(entry: &CalendarEntry<'_>) -> String {
    let compact = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
    let dates = format!("{}/{}", compact(entry.starts_at), compact(entry.ends_at()));
    let parameters = [("action", "TEMPLATE"), ("text", &entry.title()), ("dates", &dates)];
    address("https://calendar.google.com/calendar/render", &parameters)
}

/// The page of Outlook on the web, for accounts of an organisation, on which the meeting is added.
pub fn outlook(entry: &CalendarEntry<'_>) -> String {
    let full = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let parameters = [
        ("rru", "addevent"),
        ("subject", &entry.title()),
        ("startdt", &full(entry.starts_at)),
        ("enddt", &full(entry.ends_at())),
    ];
    address("https://outlook.office.com/calendar/action/compose", &parameters)
}

/// An address with parameters, a space being `%20`: Outlook shows a `+` as it is.
fn address(page: &str, parameters: &[(&str, &str)]) -> String {
    let query = Serializer::new(String::new()).extend_pairs(parameters).finish();
    format!("{page}?{}", query.replace('+', "%20"))
}
