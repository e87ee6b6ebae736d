//! A meeting as an iCalendar file (RFC 5545), for whatever calendar somebody keeps.
//!
//! Owns: which properties a meeting has there. Must not: hold anything of what a pair writes; the names are all that a
//! calendar, which others may see, is told. Escaping is the `icalendar` crate's.
//!
//! Times are UTC, without VTIMEZONE: each meeting is an entry of its own and not a recurring event, so the instant is all
//! there is to say. It is right in both people's zones, survives a change of the zones' rules (the rhythm then gives the
//! next meeting its new instant), and no calendar has to understand a zone definition of ours.

use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Attendee, Calendar, Component as _, Event, EventLike as _, EventStatus, PartStat, Property, Role};

use crate::domain::identifiers::PairId;

/// Content type of the file, without its method.
pub const CONTENT_TYPE: &str = "text/calendar; charset=utf-8";
/// What the file is called where no name has to carry anything.
pub const FILE_NAME: &str = "meeting.ics";

/// A meeting on somebody's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry<'a> {
    /// Whose meeting it is.
    pub pair: PairId,
    /// The rhythm's own moment for it. It stays when the meeting is moved, so that a calendar moves its entry instead of
    /// getting a second one.
    pub slot_at: DateTime<Utc>,
    /// Grows with each change. A calendar keeps the highest it has seen.
    pub sequence: u32,
    /// The names of the two.
    pub names: [&'a str; 2],
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// How long it takes, in minutes.
    pub length_minutes: u16,
    /// It does not take place.
    pub skipped: bool,
    /// When it was put or changed there.
    pub changed_at: DateTime<Utc>,
    /// Who is invited by e-mail, when it goes out by e-mail; else the file is for whoever opens it.
    pub invited: Option<Invited<'a>>,
}

/// Who is invited by e-mail, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited<'a> {
    /// Whom answers go to.
    pub organizer: Address<'a>,
    /// Everybody who is to come.
    pub attendees: Vec<Address<'a>>,
}

/// A name and an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// The name.
    pub name: &'a str,
    /// The address.
    pub email: &'a str,
}

impl CalendarEntry<'_> {
    /// What tells the entry from every other, for ever.
    pub fn uid(&self) -> String {
        format!("{}-{}", self.pair, self.slot_at.format("%Y%m%dT%H%M%SZ"))
    }

    /// What the entry is called.
    pub fn title(&self) -> String {
        format!("Mentoring: {} and {}", one_line(self.names[0]), one_line(self.names[1]))
    }

    /// When it ends.
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.starts_at + TimeDelta::minutes(self.length_minutes.into())
    }

    /// What a calendar program is to do with the file. Also the `method` of its content type in an e-mail.
    pub fn method(&self) -> &'static str {
        match (&self.invited, self.skipped) {
            (None, _) => "PUBLISH",
            (Some(_), false) => "REQUEST",
            (Some(_), true) => "CANCEL",
        }
    }

    /// A file with this entry alone, made at `now`.
    pub fn file(&self, now: DateTime<Utc>) -> String {
        file(std::slice::from_ref(self), now)
    }

    fn event(&self, now: DateTime<Utc>) -> Event {
        let mut event = Event::new();
        event
            .uid(&self.uid())
            .sequence(self.sequence)
            .timestamp(now)
            .last_modified(self.changed_at)
            .starts(self.starts_at)
            .ends(self.ends_at())
            .summary(&self.title())
            .status(if self.skipped { EventStatus::Cancelled } else { EventStatus::Confirmed });
        if let Some(invited) = &self.invited {
            let organizer = &invited.organizer;
            event.append_property(
                Property::new("ORGANIZER", mailto(organizer)).add_parameter("CN", &quotable(organizer.name)).done(),
            );
            for attendee in &invited.attendees {
                event.attendee(
                    Attendee::new(mailto(attendee))
                        .cn(quotable(attendee.name))
                        .role(Role::ReqParticipant)
                        .partstat(PartStat::NeedsAction)
                        .rsvp(true),
                );
            }
        }
        event.done()
    }
}

/// The file with these entries, made at `now`. What a calendar program is to do with all of them, the first one says.
pub fn file(entries: &[CalendarEntry<'_>], now: DateTime<Utc>) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//mentor//mentoring in Slack//EN"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("METHOD", entries.first().map_or("PUBLISH", CalendarEntry::method)));
    for entry in entries {
        calendar.push(entry.event(now));
    }
    folded(&calendar.to_string())
}

/// What the file is called on the screen of somebody who meets `other`.
pub fn title(other: &str) -> String {
    format!("Mentoring with {}.ics", one_line(other))
}

/// Folds lines after 75 octets, the fold included, between characters. The crate folds, too, but makes a last line of 76.
fn folded(text: &str) -> String {
    const LONGEST: usize = 75;
    let mut out = String::with_capacity(text.len() + text.len() / LONGEST * 3);
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut length = 0;
        for one in line.chars() {
            if length + one.len_utf8() > LONGEST {
                out.push_str("\r\n ");
                length = 1;
            }
            out.push(one);
            length += one.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

/// Without control characters, which no calendar text may hold.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What may stand in a parameter: quotation marks have no escape there.
fn quotable(text: &str) -> String {
    one_line(text).replace('"', "'")
}

fn mailto(address: &Address<'_>) -> String {
    let plain: String = address.email.chars().filter(|one| !one.is_control() && !one.is_whitespace()).collect();
    format!("mailto:{plain}")
}
