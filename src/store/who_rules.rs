//! What a search over networks asks of each pair of people and of each topic, once.

use std::collections::{BTreeSet, HashMap};

use super::who::WhoSearch;
use crate::domain::finding::Match;
use crate::domain::identifiers::PersonId;
use crate::domain::org_chart::Chart;
use crate::domain::pairs::PairKind;
use crate::domain::topics::{Fit, Reading, fit};

/// Judges topics against the one that is asked about, each once.
pub(super) struct Judge<'a> {
    search: &'a WhoSearch<'a>,
    /// The topic that is asked about.
    pub(super) asked: Reading,
    judged: HashMap<String, Option<Fit>>,
}

impl<'a> Judge<'a> {
    /// What is asked about is not remembered: it is nobody's business.
    pub(super) fn new(search: &'a WhoSearch<'a>) -> Self {
        Self { search, asked: search.known.thesaurus().read(search.topic), judged: HashMap::new() }
    }

    pub(super) fn fit(&mut self, offered: &str) -> Option<Fit> {
        if let Some(judged) = self.judged.get(offered) {
            return judged.clone();
        }
        let reading = self.search.known.read(offered);
        let judged = reading.and_then(|reading| fit(&self.asked, &reading));
        self.judged.insert(offered.to_owned(), judged.clone());
        judged
    }

    pub(super) fn matching(&mut self, offered: &str) -> Option<Match> {
        let fit = self.fit(offered)?;
        Some(Match { offered: offered.to_owned(), wanted: self.search.topic.as_str().to_owned(), fit })
    }
}

/// Who may be brought together.
pub(super) struct Rules<'a> {
    pub(super) search: &'a WhoSearch<'a>,
    /// Whom whoever asks knows already, from a pair.
    pub(super) knows: BTreeSet<PersonId>,
    /// Who is suitable, and whether each has a day off today.
    pub(super) suitable: HashMap<PersonId, bool>,
    /// Who reports to whom, around all of them.
    pub(super) chart: Chart,
    /// What the chart says of two people, asked once.
    pub(super) met: HashMap<(PersonId, PersonId), bool>,
}

impl Rules<'_> {
    fn may_meet(&mut self, one: PersonId, other: PersonId) -> bool {
        let (chart, same_manager) = (&self.chart, self.search.same_manager);
        let both = if one < other { (one, other) } else { (other, one) };
        *self
            .met
            .entry(both)
            .or_insert_with(|| chart.may_meet(&[both.0, both.1], PairKind::InOrg, same_manager).is_ok())
    }

    /// Whether somebody is there, and no list keeps them from whoever asks.
    pub(super) fn is_present(&self, person: PersonId) -> bool {
        self.suitable.get(&person) == Some(&false)
    }

    /// Whether an ask can go through this mentor at all. One with a day off can answer tomorrow; and peers may have the same manager.
    pub(super) fn asks_through(&mut self, mentor: PersonId) -> bool {
        let both = [self.search.asker, mentor];
        self.suitable.contains_key(&mentor)
            && self.chart.may_meet(&both, PairKind::Peer, self.search.same_manager).is_ok()
    }

    /// Whether this mentor could name somebody: rule 1 holds for all three.
    pub(super) fn may_name(&mut self, mentor: PersonId, person: PersonId) -> bool {
        person != mentor
            && person != self.search.asker
            && !self.search.left_out.contains(&person)
            && !self.knows.contains(&person)
            && self.is_present(person)
            && self.may_meet(self.search.asker, person)
            && self.may_meet(mentor, person)
    }
}
