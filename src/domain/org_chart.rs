//! Who reports to whom, and what follows from it: a mentor is never the boss (rule 1).
//!
//! Owns: how two people stand to each other, whether they may be paired, and the explanation in steps. Must not: know where
//! a chart comes from, or what people are told.
//!
//! Directories are wrong at times: people are missing, report to themselves or in a circle, or have two managers because two
//! sources say so. None of that may loop, and all of it counts: whoever is above by any line is above.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::identifiers::{PersonId, words};
use super::pairs::PairKind;

words!(
    /// What holds for two people with the same direct manager who are not peers. It never keeps peers apart.
    SameManager {
        /// They may not be a pair.
        Refuse = "refuse",
        /// They may.
        Allow = "allow",
    }
);

/// One line of a chart. Somebody in the directory who is not known in Slack has an identifier here all the same: who reports
/// to them has the same manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Who.
    pub person: PersonId,
    /// Whom they report to; `None` at the top, or when the directory does not say.
    pub manager: Option<PersonId>,
    /// Their department, as the directory calls it.
    pub department: Option<String>,
}

/// Who reports to whom. It may be a part of the whole: what lies above the people concerned is enough for every question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    managers: BTreeMap<PersonId, BTreeSet<PersonId>>,
    departments: BTreeMap<PersonId, BTreeSet<String>>,
}

/// How one person stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same person.
    Same,
    /// The first is above the second, so many steps.
    Above(usize),
    /// The first is below the second, so many steps.
    Below(usize),
    /// Both report to this one directly, and neither is above the other.
    SameManager(PersonId),
    /// Neither, as far as the chart says.
    Unrelated,
    /// The chart does not have this one, or both.
    Unknown,
}

/// Why two people may not be a pair. People are told that it is so, not which of these it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooClose {
    /// One is above the other.
    ReportingLine,
    /// They have the same direct manager.
    SameManager,
}

/// Whether two people work in one department, for ranking: another one is better. In this order, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Departments {
    /// Two of them.
    Different,
    /// The directory does not say.
    Unknown,
    /// The same.
    Same,
}

impl Chart {
    /// A chart of these lines. Several lines of one person all count.
    pub fn new(lines: impl IntoIterator<Item = Line>) -> Self {
        let mut chart = Self::default();
        for line in lines {
            chart.add(line);
        }
        chart
    }

    /// Adds a line.
    pub fn add(&mut self, line: Line) {
        let managers = self.managers.entry(line.person).or_default();
        // Whoever is entered as their own manager is at the top.
        managers.extend(line.manager.filter(|manager| *manager != line.person));
        let department = line.department.map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty());
        self.departments.entry(line.person).or_default().extend(department);
    }

    /// Whether the chart has a line of this person.
    pub fn knows(&self, person: PersonId) -> bool {
        self.managers.contains_key(&person)
    }

    /// Everybody in the chart, managers without a line of their own included.
    pub fn everybody(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.managers.iter().flat_map(|(person, managers)| managers.iter().chain([person])).copied()
    }

    /// Whom somebody reports to directly.
    pub fn managers_of(&self, person: PersonId) -> impl Iterator<Item = PersonId> + '_ {
        self.managers.get(&person).into_iter().flatten().copied()
    }

    /// The shortest way up from one person to another, both included.
    fn way_up(&self, from: PersonId, to: PersonId) -> Option<Vec<PersonId>> {
        let mut came_from: BTreeMap<PersonId, PersonId> = BTreeMap::new();
        let mut queue = VecDeque::from([from]);
        while let Some(here) = queue.pop_front() {
            for manager in self.managers_of(here) {
                if manager == from || came_from.contains_key(&manager) {
                    continue;
                }
                came_from.insert(manager, here);
                if manager == to {
                    let back = |at: &PersonId| came_from.get(at).copied();
                    let mut way: Vec<PersonId> = std::iter::successors(Some(to), back).collect();
                    way.reverse();
                    return Some(way);
                }
                queue.push_back(manager);
            }
        }
        None
    }

    /// Everybody above somebody, the nearest first; by the first of several managers where they meet again.
    pub fn line_of(&self, person: PersonId) -> Vec<PersonId> {
        let mut line = vec![person];
        let mut next = Some(person);
        while let Some(here) = next {
            next = self.managers_of(here).find(|manager| !line.contains(manager));
            line.extend(next);
        }
        line
    }

    /// How the first stands to the second. In a circle everybody is above everybody; the shorter way is told.
    pub fn relation(&self, first: PersonId, second: PersonId) -> Relation {
        if first == second {
            return Relation::Same;
        }
        let below = self.way_up(first, second).map(|way| way.len() - 1);
        let above = self.way_up(second, first).map(|way| way.len() - 1);
        match (below, above) {
            (Some(below), Some(above)) if above < below => return Relation::Above(above),
            (Some(below), _) => return Relation::Below(below),
            (None, Some(above)) => return Relation::Above(above),
            (None, None) => {}
        }
        let theirs: BTreeSet<PersonId> = self.managers_of(second).collect();
        match self.managers_of(first).find(|manager| theirs.contains(manager)) {
            Some(manager) => Relation::SameManager(manager),
            None if self.knows(first) && self.knows(second) => Relation::Unrelated,
            None => Relation::Unknown,
        }
    }

    /// Rule 1 for two people. What the chart does not know it cannot forbid.
    ///
    /// # Errors
    /// [`TooClose`].
    pub fn may_pair(
        &self,
        first: PersonId,
        second: PersonId,
        kind: PairKind,
        same_manager: SameManager,
    ) -> Result<(), TooClose> {
        match self.relation(first, second) {
            Relation::Above(_) | Relation::Below(_) => Err(TooClose::ReportingLine),
            Relation::SameManager(_) if kind != PairKind::Peer && same_manager == SameManager::Refuse => {
                Err(TooClose::SameManager)
            }
            Relation::Same | Relation::SameManager(_) | Relation::Unrelated | Relation::Unknown => Ok(()),
        }
    }

    /// Rule 1 for everybody who is brought together at once: any two of them.
    ///
    /// # Errors
    /// [`TooClose`], of the first two of whom it holds.
    pub fn may_meet(&self, people: &[PersonId], kind: PairKind, same_manager: SameManager) -> Result<(), TooClose> {
        for (index, first) in people.iter().enumerate() {
            for second in &people[index + 1..] {
                self.may_pair(*first, *second, kind, same_manager)?;
            }
        }
        Ok(())
    }

    /// Whether two people work in one department.
    pub fn departments(&self, first: PersonId, second: PersonId) -> Departments {
        let (Some(ours), Some(theirs)) = (self.departments.get(&first), self.departments.get(&second)) else {
            return Departments::Unknown;
        };
        match (ours.is_empty() || theirs.is_empty(), ours.is_disjoint(theirs)) {
            (true, _) => Departments::Unknown,
            (false, true) => Departments::Different,
            (false, false) => Departments::Same,
        }
    }

    /// What is known of somebody's line, in steps: "Ada reports to Bob, who reports to Cleo." `names` are asked for once a
    /// step.
    pub fn line_in_words(&self, person: PersonId, names: impl Fn(PersonId) -> String) -> String {
        let line = self.line_of(person);
        let mut steps = line.iter().map(|one| names(*one));
        let first = steps.next().unwrap_or_default();
        if !self.knows(person) {
            return format!("{first} is not in the org chart.");
        }
        let mut words = first;
        for (index, name) in steps.enumerate() {
            words.push_str(if index == 0 { " reports to " } else { ", who reports to " });
            words.push_str(&name);
        }
        if line.len() == 1 {
            return format!("{words} is in the org chart and reports to nobody.");
        }
        match line.last() {
            Some(last) if !self.knows(*last) => format!("{words}, of whom the chart says no more."),
            Some(last) if self.managers_of(*last).next().is_some() => {
                format!("{words}, and round in a circle.")
            }
            _ => format!("{words}."),
        }
    }

    /// How two people stand to each other, in steps.
    pub fn relation_in_words(&self, first: PersonId, second: PersonId, names: impl Fn(PersonId) -> String) -> String {
        let way = |from, to| {
            let steps = self.way_up(from, to).unwrap_or_default();
            let mut words = String::new();
            for (index, one) in steps.iter().enumerate() {
                words.push_str(match index {
                    0 => "",
                    1 => " reports to ",
                    _ => ", who reports to ",
                });
                words.push_str(&names(*one));
            }
            words + "."
        };
        match self.relation(first, second) {
            Relation::Same => "They are one person.".to_owned(),
            Relation::Above(_) => way(second, first),
            Relation::Below(_) => way(first, second),
            Relation::SameManager(manager) => {
                format!("{} and {} both report to {}.", names(first), names(second), names(manager))
            }
            Relation::Unrelated => "Neither is above the other, and their managers are not the same.".to_owned(),
            Relation::Unknown => "The org chart does not have both, so it cannot tell.".to_owned(),
        }
    }
}
