//! What time does to an ask: deadlines, whose turn it is, and when people are looked for whom no mentor named.
//!
//! Owns: the order of asking. Must not: know what is owed to whom by it (see `reminders_introduction`).

use chrono::{DateTime, Utc};

use super::identifiers::{NominationId, PersonId};
use super::introductions::{Introduction, IntroductionState, Nomination, NominationState, Nominee, RequestState};

impl Introduction {
    /// Time passes: what was not answered by its deadline has expired, and at its own deadline the ask ends. `is_here` says of
    /// somebody whether their account is still on; whoever has left is not waited for.
    pub fn time_passes(&mut self, is_here: impl Fn(PersonId) -> bool, now: DateTime<Utc>) {
        if !self.is_open() {
            return;
        }
        if !is_here(self.asker) {
            return self.end(IntroductionState::Withdrawn, now);
        }
        for request in &mut self.requests {
            if request.state == RequestState::Asked && (now >= request.answer_by || !is_here(request.person)) {
                request.state = RequestState::Expired;
            }
        }
        for nomination in &mut self.nominations {
            let is_over = nomination.answer_by.is_some_and(|answer_by| now >= answer_by);
            let is_gone = nomination.nominee.person().is_some_and(|person| !is_here(person));
            if matches!(nomination.state, NominationState::Asked | NominationState::ToWrite) && (is_over || is_gone) {
                nomination.state = NominationState::Expired;
            }
        }
        if now >= self.answer_by {
            self.end(if self.is_helped() { IntroductionState::Helped } else { IntroductionState::Nobody }, now);
        }
    }

    fn is_helped(&self) -> bool {
        self.requests.iter().any(|request| request.state == RequestState::Helping)
    }

    fn has(&self, states: &[NominationState]) -> bool {
        self.nominations.iter().any(|nomination| states.contains(&nomination.state))
    }

    /// Whose turn it is, when nobody is being asked: first whom the asker's own mentors named, then whom it was passed on to, then
    /// those the app found; of these whoever was asked longest ago (`lately` says when), and else the first named.
    pub fn next_in_turn(&self, lately: impl Fn(PersonId) -> Option<DateTime<Utc>>) -> Option<NominationId> {
        if !self.is_open() || self.has(&[NominationState::Asked, NominationState::ToWrite]) {
            return None;
        }
        let waiting = self.nominations.iter().filter(|nomination| nomination.state == NominationState::Waiting);
        let turn = |nomination: &&Nomination| {
            let reach = match self.through(nomination) {
                Some(request) if request.passed_on_by.is_none() => 0,
                Some(_) => 1,
                None => 2,
            };
            (reach, nomination.nominee.person().and_then(&lately), nomination.nominated_at)
        };
        waiting.min_by_key(turn).map(|nomination| nomination.id)
    }

    /// Asks whoever's turn it is, or whoever named somebody outside to write to them; the ask's own deadline comes first.
    pub fn ask_nominee(&mut self, id: NominationId, answer_by: DateTime<Utc>, now: DateTime<Utc>) {
        let last = self.answer_by;
        if let Some(nomination) = self.nominations.iter_mut().find(|nomination| nomination.id == id) {
            let is_in_slack = nomination.nominee.person().is_some();
            nomination.state = if is_in_slack { NominationState::Asked } else { NominationState::ToWrite };
            nomination.asked_at = Some(now);
            nomination.answer_by = Some(answer_by.min(last));
        }
    }

    /// Whoever's turn it is cannot be asked. Told to nobody.
    pub fn pass_over(&mut self, id: NominationId) {
        self.settle(id, NominationState::Unasked);
    }

    /// Whether nothing is to be waited for any more but the deadline: every mentor has answered or let their time pass, and
    /// nobody is being asked or waits to be.
    fn is_at_its_end(&self) -> bool {
        self.is_open()
            && !self.requests.iter().any(|request| request.state == RequestState::Asked)
            && !self.has(&[NominationState::Waiting, NominationState::Asked, NominationState::ToWrite])
    }

    /// A mentor helps, and nobody else is to be waited for: that is how it ends.
    pub fn settle_for_help(&mut self, now: DateTime<Utc>) {
        if self.is_at_its_end() && self.is_helped() {
            self.end(IntroductionState::Helped, now);
        }
    }

    /// Whether people who offer the topic are to be looked for: no mentor named anybody who can be met, and none helps. Not before
    /// every mentor had all of their time: whoever is met earlier without a mentor in between would tell that they declined.
    pub fn should_look_further(&self, now: DateTime<Utc>) -> bool {
        let had_their_time = self.requests.iter().all(|request| now >= request.answer_by);
        self.is_at_its_end() && had_their_time && !self.is_helped() && !self.looked_further
    }

    /// These were found, the best first, and are asked one after another.
    pub fn look_further(&mut self, found: impl IntoIterator<Item = (NominationId, PersonId)>, now: DateTime<Utc>) {
        self.looked_further = true;
        for (id, person) in found {
            let is_part = person == self.asker
                || self.request_of(person).is_some()
                || self.nominations.iter().any(|named| named.nominee.person() == Some(person));
            if !is_part {
                self.nominations.push(Nomination {
                    id,
                    request: None,
                    nominee: Nominee::Person(person),
                    note: None,
                    state: NominationState::Waiting,
                    nominated_at: now,
                    asked_at: None,
                    answer_by: None,
                });
            }
        }
    }
}
