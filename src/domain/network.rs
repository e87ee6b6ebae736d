//! A network: the people somebody is willing to introduce others to, each with topics and a private line.
//!
//! Owns: what an entry holds, its limits, and the order of a list. Private to its owner: nobody else ever sees an entry, and
//! nobody learns that they are on one. Must not: know whom an entry would help (see [`super::who`]).

use chrono::{DateTime, Utc};

use super::contacts::EmailAddress;
use super::identifiers::{NetworkEntryId, PersonId};
use super::people::{Person, Standing};
use super::private_text::{PrivateText, cleaned};

/// Entries one person has at most.
pub const MOST_ENTRIES: usize = 200;
/// Entries on one page of the list.
pub const ON_A_PAGE: usize = 20;
/// Characters of the private line.
pub const LONGEST_NOTE: usize = 200;
/// Characters of the name of somebody outside.
pub const LONGEST_NAME: usize = 80;

/// Whom an entry is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acquaintance {
    /// Somebody in Slack.
    InSlack(Person),
    /// Somebody outside.
    Outside {
        /// Their name, as the owner wrote it.
        name: PrivateText,
        /// Their address.
        email: EmailAddress,
    },
}

/// Somebody a mentor is willing to introduce others to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkEntry {
    /// The app's own identifier.
    pub id: NetworkEntryId,
    /// Whose network it belongs to.
    pub owner: PersonId,
    /// Whom it is about.
    pub whom: Acquaintance,
    /// What they could help with, as the owner wrote it; at least one.
    pub topics: Vec<PrivateText>,
    /// A line that only the owner sees.
    pub note: Option<PrivateText>,
    /// When it was added.
    pub added_at: DateTime<Utc>,
}

/// Why somebody in Slack cannot be put on a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotAdd {
    /// It is the owner.
    Oneself,
    /// It is an app.
    Bot,
    /// The account is switched off.
    Deactivated,
}

/// Whether somebody in Slack can be put on this person's network.
///
/// # Errors
/// Why not.
pub fn can_add(owner: PersonId, person: &Person) -> Result<(), CannotAdd> {
    match person.standing {
        _ if person.id == owner => Err(CannotAdd::Oneself),
        Standing::Bot => Err(CannotAdd::Bot),
        _ if person.deactivated => Err(CannotAdd::Deactivated),
        Standing::Member | Standing::Guest | Standing::Outsider => Ok(()),
    }
}

impl NetworkEntry {
    /// The name it stands under in the list.
    pub fn name(&self) -> &str {
        match &self.whom {
            Acquaintance::InSlack(person) => &person.name,
            Acquaintance::Outside { name, .. } => name.reveal(),
        }
    }

    /// Whether it is about the same person in Slack, or the same address.
    pub fn is_about(&self, whom: &Acquaintance) -> bool {
        match (&self.whom, whom) {
            (Acquaintance::InSlack(mine), Acquaintance::InSlack(theirs)) => mine.id == theirs.id,
            (Acquaintance::Outside { email: mine, .. }, Acquaintance::Outside { email: theirs, .. }) => {
                mine.reveal().eq_ignore_ascii_case(theirs.reveal())
            }
            _ => false,
        }
    }
}

/// In the order of names; of equal names the older entry first.
pub fn in_order(entries: &mut [NetworkEntry]) {
    entries.sort_by_cached_key(|entry| (entry.name().to_lowercase(), entry.added_at, entry.id));
}

/// On which page of the list an entry stands, counted from 0; the first when it is not there.
pub fn page_with(entries: &[NetworkEntry], id: NetworkEntryId) -> usize {
    entries.iter().position(|entry| entry.id == id).unwrap_or(0) / ON_A_PAGE
}

/// How many pages a list has; at least one.
pub fn pages(entries: usize) -> usize {
    entries.div_ceil(ON_A_PAGE).max(1)
}

/// The private line on one line; `Err` with its length in characters when it is too long.
///
/// # Errors
/// Its length.
pub fn read_note(typed: &str) -> Result<Option<PrivateText>, usize> {
    let line = cleaned(typed).split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        length if length > LONGEST_NOTE => Err(length),
        _ => Ok(PrivateText::typed(&line)),
    }
}
