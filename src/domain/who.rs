//! Who could somebody talk to about something: which of the people their mentors know come first, and why.
//!
//! Owns: how near somebody is, the reasons, the order, and how many are named. Must not: know who there is or who is left out
//! (see `store::who`).
//!
//! In this order: how well the topic fits; a mentor themselves before their contact before a contact's contact; whoever was not
//! asked lately, then whoever was asked longest ago; the better of two equal fits. What is equal then stays in an order that is
//! another for everybody who asks, so that not everybody is sent to the same people.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::fmt;

use chrono::{DateTime, Utc};

use super::finding::{Closeness, Match};
use super::identifiers::{NetworkEntryId, PersonId};
use super::network::Acquaintance;
use super::people::Person;

/// People suggested to one mentor for one ask.
pub const SUGGESTED: usize = 10;
/// People who are asked directly, one after another, for one ask.
pub const DIRECTLY: usize = 20;

/// How far from whoever asks; the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ring {
    /// The mentor themselves.
    Mentor,
    /// Somebody the mentor knows.
    Contact,
    /// Somebody whom a contact of the mentor knows; the contact is named and nobody else.
    ContactsContact,
}

/// Who could help, before anything is read of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WhoId {
    /// Somebody in Slack.
    Person(PersonId),
    /// Somebody outside, by the entry of the mentor's network.
    Outside(NetworkEntryId),
}

/// Why them. For the eyes of the mentor alone; `Debug` shows no words.
#[derive(Clone, PartialEq)]
pub enum Why {
    /// The mentor noted it in their own network.
    Noted(Match),
    /// Their profile offers it, as everybody may read who finds them.
    Offers(Match),
    /// They know somebody whose profile offers it. Not whom, and not in whose words.
    MayKnow {
        /// How close that is.
        closeness: Closeness,
        /// How well it fits, from above 0 to 1.
        score: f64,
    },
}

/// Somebody who could help, through one mentor.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Who.
    pub who: WhoId,
    /// Through whom.
    pub mentor: PersonId,
    /// How far away.
    pub ring: Ring,
    /// Why them.
    pub why: Why,
    /// When they were last asked to talk to somebody, if that was lately.
    pub asked_at: Option<DateTime<Utc>>,
}

/// Somebody suggested to a mentor.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggested {
    /// Who, with what there is to say of them.
    pub whom: Acquaintance,
    /// Through whom, how far away, and why.
    pub found: Candidate,
}

/// Somebody who offers a topic for everybody to see and is open to introductions.
#[derive(Clone, Debug, PartialEq)]
pub struct Direct {
    /// Who.
    pub person: Person,
    /// What they offer, and how it fits.
    pub offers: Match,
    /// When they were last asked, if that was lately.
    pub asked_at: Option<DateTime<Utc>>,
}

impl fmt::Debug for Why {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Noted(_) => "Noted",
            Self::Offers(_) => "Offers",
            Self::MayKnow { .. } => "MayKnow",
        };
        write!(formatter, "{name}({:?})", self.closeness())
    }
}

impl Why {
    /// How close what fits is to what is asked for.
    pub fn closeness(&self) -> Closeness {
        match self {
            Self::Noted(found) | Self::Offers(found) => Closeness::of(&found.fit),
            Self::MayKnow { closeness, .. } => *closeness,
        }
    }

    /// How well it fits, from above 0 to 1.
    pub fn score(&self) -> f64 {
        match self {
            Self::Noted(found) | Self::Offers(found) => found.fit.score,
            Self::MayKnow { score, .. } => *score,
        }
    }

    /// What the mentor noted comes before what anybody can read.
    const fn place(&self) -> u8 {
        match self {
            Self::Noted(_) => 0,
            Self::Offers(_) => 1,
            Self::MayKnow { .. } => 2,
        }
    }
}

impl WhoId {
    /// Where they stand among equals, as `from` sees it.
    fn after(self, from: PersonId) -> u128 {
        let id = match self {
            Self::Person(person) => person.0,
            Self::Outside(entry) => entry.0,
        };
        id.as_u128().wrapping_sub(from.0.as_u128())
    }
}

/// A score from 0 to 1 as a number that sorts the best first.
fn best(score: f64) -> Reverse<u64> {
    Reverse(score.max(0.0).to_bits())
}

/// The best first, as whoever asks sees it.
pub fn best_first(candidates: &mut [Candidate], asker: PersonId) {
    candidates.sort_by_cached_key(|one| {
        let fit = one.why.closeness();
        (fit, one.ring, one.asked_at, best(one.why.score()), one.why.place(), one.who.after(asker), one.mentor)
    });
}

/// Of each person through each mentor, the first.
pub fn once_each(candidates: &mut Vec<Candidate>) {
    let mut seen = HashSet::new();
    candidates.retain(|one| seen.insert((one.who, one.mentor)));
}

/// The mentors through whom somebody was found, the one with the best first.
pub fn mentors_in_order(best_first: &[Candidate]) -> Vec<PersonId> {
    let mut seen = HashSet::new();
    best_first.iter().map(|one| one.mentor).filter(|mentor| seen.insert(*mentor)).collect()
}

/// Those who are asked directly, the first to be asked first, as whoever asks sees it.
pub fn first_to_ask(direct: &mut [(PersonId, Match, Option<DateTime<Utc>>)], asker: PersonId) {
    direct.sort_by_cached_key(|(person, offers, asked_at)| {
        let fit = Closeness::of(&offers.fit);
        (fit, *asked_at, best(offers.fit.score), WhoId::Person(*person).after(asker))
    });
}
