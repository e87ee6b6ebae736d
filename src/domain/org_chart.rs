//! The org chart: who reports to whom, and therefore who may be each other's mentor (rule 1: a mentor is never the boss).
//!
//! Owns: how two people stand to each other in the reporting line, with the way there, and whether they may be a pair. Must
//! not: know where the chart comes from, or believe it: a chart may name managers who are not in it, and may go in circles.

use std::collections::{HashMap, HashSet};

use super::identifiers::PersonId;
use super::pairs::PairKind;

/// What the chart says of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Whom they report to; none at the top, or when nobody said.
    pub manager: Option<PersonId>,
    /// Their department, as the chart calls it.
    pub department: Option<String>,
}

/// Who reports to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrgChart {
    places: HashMap<PersonId, Place>,
}

/// How two people stand to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// They are one person.
    OnePerson,
    /// The first is above the second, at any distance. The people from the lower to the upper, both among them.
    Above {
        /// "Ada reports to Bob, who reports to Cleo": Ada, Bob, Cleo.
        line: Vec<PersonId>,
    },
    /// The first is below the second; the line runs from the lower to the upper as well.
    Below {
        /// From the first up to the second.
        line: Vec<PersonId>,
    },
    /// Each is above the other: the chart goes in a circle. Rule 1 forbids the pair.
    Circle {
        /// From the first up to the second.
        line: Vec<PersonId>,
    },
    /// Both report to the same person directly.
    SameManager {
        /// Whom.
        manager: PersonId,
    },
    /// Neither is above the other, as far as the chart reaches, and it reaches far enough.
    Unrelated,
    /// The chart does not say: a line ends at somebody who is not in it.
    Unknown {
        /// Who is missing, at most one for each of the two.
        missing: Vec<PersonId>,
    },
}

/// Why two people may not be a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forbidden {
    /// They are one person.
    Oneself,
    /// One is above the other.
    ReportingLine,
    /// They have the same direct manager.
    SameManager,
}

impl OrgChart {
    /// A chart of people and their places. Of two places of a person the later counts.
    pub fn new(places: impl IntoIterator<Item = (PersonId, Place)>) -> Self {
        Self { places: places.into_iter().collect() }
    }

    /// What the chart says of a person; nothing when they are not in it.
    pub fn place(&self, person: PersonId) -> Option<&Place> {
        self.places.get(&person)
    }

    /// How the first stands to the second.
    pub fn relation(&self, first: PersonId, second: PersonId) -> Relation {
        if first == second {
            return Relation::OnePerson;
        }
        let (up, down) = (self.line(first), self.line(second));
        match (up.until(second), down.until(first)) {
            (Some(line), Some(_)) => return Relation::Circle { line },
            (Some(line), None) => return Relation::Below { line },
            (None, Some(line)) => return Relation::Above { line },
            (None, None) => {}
        }
        let manager = |person| self.places.get(&person).and_then(|place| place.manager);
        match (manager(first), manager(second)) {
            (Some(manager), Some(other)) if manager == other => return Relation::SameManager { manager },
            _ => {}
        }
        // Where both lines end at the same gap, neither of the two can be above it without a circle.
        if up.missing == down.missing {
            return Relation::Unrelated;
        }
        Relation::Unknown { missing: up.missing.into_iter().chain(down.missing).collect() }
    }

    /// Whether two people may be a pair of a kind. `same_manager` is the programme's setting: that two people with the same
    /// direct manager may not, which never concerns peers. What the chart does not say forbids nothing.
    ///
    /// # Errors
    /// Why not.
    pub fn may_pair(
        &self,
        first: PersonId,
        second: PersonId,
        kind: PairKind,
        same_manager: bool,
    ) -> Result<(), Forbidden> {
        match self.relation(first, second) {
            Relation::OnePerson => Err(Forbidden::Oneself),
            Relation::Above { .. } | Relation::Below { .. } | Relation::Circle { .. } => Err(Forbidden::ReportingLine),
            Relation::SameManager { .. } if same_manager && kind != PairKind::Peer => Err(Forbidden::SameManager),
            Relation::SameManager { .. } | Relation::Unrelated | Relation::Unknown { .. } => Ok(()),
        }
    }

    /// Whether two people are in different departments, which is preferred; `None` when the chart does not say of both.
    pub fn in_different_departments(&self, first: PersonId, second: PersonId) -> Option<bool> {
        let department = |person| {
            let name = self.places.get(&person)?.department.as_deref()?.trim().to_lowercase();
            (!name.is_empty()).then_some(name)
        };
        Some(department(first)? != department(second)?)
    }

    /// The people above somebody, themselves first, until the top, a gap, or somebody who was there before.
    fn line(&self, person: PersonId) -> Line {
        let mut line = Line { people: Vec::new(), missing: None };
        let mut seen = HashSet::new();
        let mut next = Some(person);
        while let Some(person) = next.filter(|person| seen.insert(*person)) {
            line.people.push(person);
            let place = self.places.get(&person);
            line.missing = place.is_none().then_some(person);
            next = place.and_then(|place| place.manager);
        }
        line
    }
}

/// A way up the chart.
struct Line {
    people: Vec<PersonId>,
    /// The last of them, when the chart does not have them.
    missing: Option<PersonId>,
}

impl Line {
    /// The way up to somebody, both ends included.
    fn until(&self, person: PersonId) -> Option<Vec<PersonId>> {
        let at = self.people.iter().position(|above| *above == person)?;
        Some(self.people[..=at].to_vec())
    }
}
