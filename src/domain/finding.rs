//! Finding a mentor: which of the people who offer something come first, and why them.
//!
//! Owns: how close a topic is, what two people's weeks have in common, and the order. Must not: know who there is, who is left
//! out, or how a topic is read.
//!
//! In this order: how well the topic fits, together with what fits besides, both ways; whether there is room for more than one;
//! another department before the same; more hours of the day in common. What is equal then stays in an order that is another
//! for everybody who looks, so that not everybody asks the same people.

use std::cmp::Reverse;

use chrono::{DateTime, NaiveTime, Offset as _, TimeZone as _, Timelike as _, Utc, Weekday};
use chrono_tz::Tz;

use super::identifiers::PersonId;
use super::org_chart::Departments;
use super::people::Person;
use super::topics::{Fit, Reason};

/// People named for one search.
pub const NAMED: usize = 10;
/// Of them shown at first.
pub const NAMED_AT_FIRST: usize = 5;
/// Other topics that fit, counted at most.
const MOST_BESIDES: usize = 2;
/// Room beyond this makes nobody better.
const ROOM_ENOUGH: usize = 2;
/// Minutes of a week.
const WEEK: i32 = 7 * 24 * 60;

/// How close an offered topic is to a wanted one; the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closeness {
    /// The same, in these or other words.
    Same,
    /// One is a part of the other.
    Part,
    /// The same if something was typed wrongly, or if a word is meant in one of its senses.
    Guess,
}

impl Closeness {
    /// How close a fit is.
    pub fn of(fit: &Fit) -> Self {
        match fit.reason {
            Reason::Same | Reason::WordForm | Reason::Alias { ambiguous: false, .. } => Self::Same,
            Reason::Part { .. } => Self::Part,
            Reason::Spelling { .. } | Reason::Alias { ambiguous: true, .. } => Self::Guess,
        }
    }
}

/// A topic that is offered and fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// As the profiles that offer it have it.
    pub offered: String,
    /// As whoever looks wrote it.
    pub wanted: String,
    /// Why and how well.
    pub fit: Fit,
}

impl Match {
    /// Whether the words to say it with differ from those that were looked for.
    pub fn is_in_other_words(&self) -> bool {
        matches!(self.fit.reason, Reason::Alias { .. } | Reason::Spelling { .. })
    }
}

/// The closest first; of equally close ones in the order of the alphabet.
pub fn closest_first(matches: &mut [Match]) {
    matches.sort_by(|one, other| {
        let closeness = |found: &Match| Closeness::of(&found.fit);
        closeness(one)
            .cmp(&closeness(other))
            .then(other.fit.score.total_cmp(&one.fit.score))
            .then_with(|| one.offered.cmp(&other.offered))
    });
}

/// Somebody who offers what is looked for and may be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// What of theirs fits best.
    pub best: Match,
    /// What they offer besides that whoever looks wants to grow in, as the latter wrote it.
    pub also: Vec<String>,
    /// What they want to grow in that whoever looks offers, as they wrote it.
    pub gives_back: Option<String>,
    /// Mentees they can take beside those they have.
    pub room: usize,
    /// Their department, as the directory calls it.
    pub department: Option<String>,
    /// How that stands to the department of whoever looks.
    pub departments: Departments,
    /// Whole hours of a working day of whoever looks in which both work.
    pub hours_in_common: u8,
}

/// The best first. What is equal stays in the order in which people come after `from`.
pub fn best_first(candidates: &mut [Candidate], from: PersonId) {
    candidates.sort_by_cached_key(|candidate| {
        let besides = candidate.also.len().min(MOST_BESIDES) + usize::from(candidate.gives_back.is_some());
        (
            Closeness::of(&candidate.best.fit),
            Reverse(besides),
            Reverse(candidate.room.min(ROOM_ENOUGH)),
            candidate.departments,
            Reverse(candidate.hours_in_common),
            candidate.person.0.as_u128().wrapping_sub(from.0.as_u128()),
        )
    });
}

/// Somebody to be named, with why.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Who.
    pub person: Person,
    /// The line about them.
    pub about: Option<String>,
    /// Why them.
    pub why: Candidate,
}

/// What a search finds.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// There is nothing to look for: no topic was given, and the profile says nothing of what is wanted.
    NothingWanted,
    /// Nobody who could be asked offers it.
    Nobody,
    /// All who could be asked have as many mentees as they take.
    AllFull,
    /// These, the best first; at most [`NAMED`].
    People(Vec<Named>),
}

/// The hours somebody works in a usual week, in minutes since Monday 00:00 UTC, by the clocks of one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    hours: Vec<(i32, i32)>,
    days: usize,
}

impl Week {
    /// A week of these days, from one time to another in a zone, as the zone's clocks are at `at`.
    pub fn new(zone: Tz, days: &[Weekday], from: NaiveTime, until: NaiveTime, at: DateTime<Utc>) -> Self {
        let offset = zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc() / 60;
        let minute = |time: NaiveTime| i32::try_from(time.num_seconds_from_midnight() / 60).unwrap_or_default();
        let mut hours = Vec::new();
        for day in days {
            let midnight = i32::try_from(day.num_days_from_monday()).unwrap_or_default() * 24 * 60 - offset;
            let begins = (midnight + minute(from)).rem_euclid(WEEK);
            let ends = begins + minute(until) - minute(from);
            hours.push((begins, ends.min(WEEK)));
            // What goes over the end of the week is at its beginning.
            hours.extend((ends > WEEK).then_some((0, ends - WEEK)));
        }
        Self { hours, days: days.len() }
    }

    /// Whole hours of one of these working days in which the other works as well.
    pub fn hours_in_common(&self, other: &Self) -> u8 {
        let common: i32 = self
            .hours
            .iter()
            .flat_map(|mine| other.hours.iter().map(move |theirs| mine.1.min(theirs.1) - mine.0.max(theirs.0)))
            .filter(|minutes| *minutes > 0)
            .sum();
        let days = i32::try_from(self.days.max(1)).unwrap_or(1);
        u8::try_from(common / days / 60).unwrap_or(24)
    }
}
