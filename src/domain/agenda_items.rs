//! Entries on an agenda: what is put there between meetings, what a mentor adds, what is carried on.
//!
//! Owns: their shape, their limits and their age. Must not: know how they are shown or kept.

use chrono::{DateTime, Utc};

use super::agenda::Part;
use super::identifiers::{AgendaItemId, KeptQuestionId, MeetingId, PairId, PersonId};
use super::meetings::Meeting;
use super::pairs::{PairOfPeople, PairState};
use super::private_text::PrivateText;

/// The most characters one entry takes: what Slack takes in one field.
pub const MOST_CHARACTERS: usize = 3_000;
/// The most entries that people may put on one agenda; what is carried comes on top.
pub const MOST_ITEMS: usize = 20;

/// The parts under which something can be put: homework comes back by itself.
pub const OPEN_PARTS: [Part; 4] = [Part::Why, Part::Challenge, Part::Upcoming, Part::Topic];

/// One entry on an agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaItem {
    /// Its identifier.
    pub id: AgendaItemId,
    /// Whose agenda it is on.
    pub pair: PairId,
    /// For which meeting; `None` while the next one is not on the calendar.
    pub meeting: Option<MeetingId>,
    /// Under which part; `None` is a point from the mentor.
    pub part: Option<Part>,
    /// Who put it there.
    pub author: PersonId,
    /// What it says.
    pub body: PrivateText,
    /// The message it comes from.
    pub source: Option<SourceLink>,
    /// When it was put there.
    pub created_at: DateTime<Utc>,
    /// Since when it has been carried on, when it was not covered before.
    pub age: Option<Age>,
}

/// How long something has been on agendas without being covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    /// When the meeting was that it was first meant for.
    pub since: DateTime<Utc>,
    /// How many meetings ago that is.
    pub meetings: u32,
}

impl Age {
    /// One meeting older; `from` is the meeting at which it was not covered.
    pub fn carried_from(before: Option<Self>, from: DateTime<Utc>) -> Self {
        match before {
            Some(age) => Self { meetings: age.meetings.saturating_add(1), ..age },
            None => Self { since: from, meetings: 1 },
        }
    }
}

/// Why a text cannot be put on an agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotPark {
    /// It says nothing.
    Empty,
    /// It has this many characters.
    TooLong(usize),
    /// The agenda has as many entries as it takes.
    Full,
}

/// A text fit for one entry.
///
/// # Errors
/// [`CannotPark`] when it says nothing or is too long; nothing is ever cut.
pub fn fit(text: Option<PrivateText>) -> Result<PrivateText, CannotPark> {
    let text = text.ok_or(CannotPark::Empty)?;
    match text.reveal().chars().count() {
        long if long > MOST_CHARACTERS => Err(CannotPark::TooLong(long)),
        _ => Ok(text),
    }
}

/// The address of a message in Slack, known to be nothing else: it is shown as a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLink(PrivateText);

impl SourceLink {
    /// The address of a message: the workspace's domain, the conversation, and the message's moment without its point.
    pub fn of_message(domain: &str, channel: &str, ts: &str) -> Option<Self> {
        Self::parse(&format!("https://{domain}.slack.com/archives/{channel}/p{}", ts.replacen('.', "", 1)))
    }

    /// Reads an address; anything else than a message in Slack is none.
    pub fn parse(address: &str) -> Option<Self> {
        let (host, path) = address.strip_prefix("https://")?.split_once(".slack.com/archives/")?;
        let (channel, moment) = path.split_once("/p")?;
        let name = |text: &str, fits: fn(u8) -> bool| !text.is_empty() && text.len() < 100 && text.bytes().all(fits);
        let good = name(host, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
            && name(channel, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            && name(moment, |byte| byte.is_ascii_digit());
        good.then(|| Self(PrivateText::kept(address.to_owned())))
    }

    /// The address, as it is kept.
    pub fn as_text(&self) -> &PrivateText {
        &self.0
    }
}

/// An entry with its pair and its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaItemOfPair {
    /// The entry.
    pub item: AgendaItem,
    /// Whose it is.
    pub of: PairOfPeople,
}

/// A question somebody typed, kept until they say what shall become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptQuestion {
    /// Its identifier.
    pub id: KeptQuestionId,
    /// The pair under whose key it is sealed.
    pub pair: PairId,
    /// Who typed it.
    pub person: PersonId,
    /// The question.
    pub body: PrivateText,
    /// When.
    pub asked_at: DateTime<Utc>,
}

/// Everything on the agenda of one meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries(pub Vec<AgendaItem>);

impl Entries {
    /// The entries under a part, the oldest first.
    pub fn under(&self, part: Part) -> impl Iterator<Item = &AgendaItem> {
        self.0.iter().filter(move |item| item.part == Some(part))
    }

    /// The points from the mentor, the oldest first.
    pub fn points(&self) -> impl Iterator<Item = &AgendaItem> {
        self.0.iter().filter(|item| item.part.is_none())
    }
}

/// Where somebody can put something: one of their pairs, and its next meeting that has not begun, if one is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The pair and its people.
    pub of: PairOfPeople,
    /// The meeting.
    pub meeting: Option<Meeting>,
}

/// The spots open to somebody, the nearest meeting first. One's own agendas come before everything: a mentor's points are
/// for those who prepare none themselves.
pub fn open_spots(mut spots: Vec<Spot>, person: PersonId) -> Vec<Spot> {
    spots.retain(|spot| matches!(spot.of.pair.state, PairState::Active | PairState::Paused));
    let prepares = |spot: &Spot| spot.of.pair.prepares(person);
    if spots.iter().any(prepares) {
        spots.retain(prepares);
    }
    spots.sort_by_key(|spot| {
        let starts_at = spot.meeting.as_ref().map(|meeting| meeting.starts_at);
        (starts_at.is_none(), starts_at, spot.of.pair.asked_at)
    });
    spots
}
