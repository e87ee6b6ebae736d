//! Who prepares an agenda, and who reads it: the mentee and the mentor, or each of two peers the other's.
//!
//! Owns: the difference between peers and the rest. Must not: know how an agenda is kept or shown.

use super::agenda_items::{AgendaItem, Entries};
use super::identifiers::PersonId;
use super::pairs::{Pair, PairKind, PairOfPeople, Role};
use super::people::Person;

/// One half of a pair, as the one who prepares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preparer {
    /// Which half.
    pub role: Role,
    /// Who that is.
    pub person: PersonId,
}

impl Pair {
    /// Whether they are peers: both are mentee and mentor.
    pub fn is_of_peers(&self) -> bool {
        self.kind == PairKind::Peer
    }

    /// Whether somebody prepares an agenda and says how a meeting went: the mentee does, and each of two peers.
    pub fn prepares(&self, person: PersonId) -> bool {
        match self.role_of(person) {
            Some(Role::Mentee) => true,
            Some(Role::Mentor) => self.is_of_peers(),
            None => false,
        }
    }

    /// Whether somebody reads what the other prepared: the mentor does, and each of two peers.
    pub fn reads(&self, person: PersonId) -> bool {
        match self.role_of(person) {
            Some(Role::Mentee) => self.is_of_peers(),
            Some(Role::Mentor) => true,
            None => false,
        }
    }

    /// One of the two as the one who prepares.
    pub fn preparer(&self, person: PersonId) -> Preparer {
        let role = if person == self.mentor { Role::Mentor } else { Role::Mentee };
        Preparer { role, person: if role == Role::Mentor { self.mentor } else { self.mentee } }
    }

    /// Whose agenda somebody sees when they open it for reading: the other's if they are to react to it, else their own.
    pub fn agenda_read_by(&self, reader: PersonId) -> Preparer {
        let other = if reader == self.mentee { self.mentor } else { self.mentee };
        self.preparer(if self.reads(reader) { other } else { reader })
    }
}

impl PairOfPeople {
    /// Each who prepares, with who reads it.
    pub fn agendas(&self) -> Vec<(&Person, &Person)> {
        let mut agendas = vec![(&self.mentee, &self.mentor)];
        if self.pair.is_of_peers() {
            agendas.push((&self.mentor, &self.mentee));
        }
        agendas
    }
}

impl AgendaItem {
    /// Whether it stands on this person's agenda: their own under its part, the other's as a point.
    pub fn is_on_agenda_of(&self, person: PersonId) -> bool {
        (self.author == person) == self.part.is_some()
    }
}

impl Entries {
    /// What stands on one person's agenda.
    #[must_use]
    pub fn on_agenda_of(mut self, person: PersonId) -> Self {
        self.0.retain(|item| item.is_on_agenda_of(person));
        self
    }
}
