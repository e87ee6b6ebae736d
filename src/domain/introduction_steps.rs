//! Every step of an ask: who answers what, and what follows from it.
//!
//! Owns: the transitions. Names meet in three of them alone, each of which is the yes of whoever is met: [`Introduction::agree`],
//! [`Introduction::help`] and [`Introduction::help_without_agenda`]. Must not: know who may be named (rule 1, "not with", limits),
//! or the time by itself.

use chrono::{DateTime, Utc};

use super::identifiers::{IntroductionId, IntroductionRequestId, NominationId, PersonId};
use super::introductions::{
    CannotNominate, CannotPassOn, ENDS_WITHIN, FollowUp, Helping, Introduction, IntroductionRequest, IntroductionState,
    MOST_NAMED, Nomination, NominationState, Nominee, RequestState, TooLate,
};
use super::people::Person;
use super::private_text::PrivateText;
use super::reminders_introduction::answer_by;
use super::working_time::WorkingTime;

impl Introduction {
    /// Asks these, who each have some working days of their own; with nobody to ask, whoever offers the topic is looked for.
    pub fn ask<'a>(
        id: IntroductionId,
        asker: &Person,
        mentors: impl IntoIterator<Item = (IntroductionRequestId, &'a Person)>,
        may_pass_on: bool,
        programme: &WorkingTime,
        now: DateTime<Utc>,
    ) -> Self {
        let last = asker.working_time(programme).days_after(now, ENDS_WITHIN);
        let requests = mentors.into_iter().map(|(id, mentor)| IntroductionRequest {
            id,
            person: mentor.id,
            passed_on_by: None,
            state: RequestState::Asked,
            asked_at: now,
            answer_by: answer_by(mentor, programme, now).min(last),
        });
        Self {
            id,
            asker: asker.id,
            state: IntroductionState::Open,
            may_pass_on,
            asked_at: now,
            answer_by: last,
            ended_at: None,
            looked_further: false,
            follow_up: None,
            requests: requests.collect(),
            nominations: Vec::new(),
        }
    }

    fn must_be_open(&self) -> Result<(), TooLate> {
        if self.is_open() { Ok(()) } else { Err(TooLate::Ended(self.state)) }
    }

    /// Whether a request can still be answered.
    ///
    /// # Errors
    /// Why not.
    pub fn may_answer(&self, id: IntroductionRequestId) -> Result<&IntroductionRequest, TooLate> {
        self.must_be_open()?;
        let request = self.request(id).ok_or(TooLate::Answered(RequestState::Closed))?;
        match request.state {
            RequestState::Asked => Ok(request),
            state => Err(TooLate::Answered(state)),
        }
    }

    fn answer(&mut self, id: IntroductionRequestId, state: RequestState) {
        if let Some(request) = self.requests.iter_mut().find(|request| request.id == id) {
            request.state = state;
        }
    }

    /// Whether the holder of a request may name one more, or this one.
    ///
    /// # Errors
    /// Why not.
    pub fn may_nominate(&self, id: IntroductionRequestId, nominee: Option<&Nominee>) -> Result<(), CannotNominate> {
        self.must_be_open().map_err(CannotNominate::TooLate)?;
        let closed = CannotNominate::TooLate(TooLate::Answered(RequestState::Closed));
        let request = self.request(id).ok_or(closed)?;
        match request.state {
            RequestState::Asked => {}
            RequestState::Nominated if self.named_by(id).count() < MOST_NAMED => {}
            RequestState::Nominated => return Err(CannotNominate::Enough),
            state => return Err(CannotNominate::TooLate(TooLate::Answered(state))),
        }
        let Some(nominee) = nominee else { return Ok(()) };
        if nominee.person() == Some(self.asker) {
            return Err(CannotNominate::TheAsker);
        }
        if nominee.person() == Some(request.person) {
            return Err(CannotNominate::Yourself);
        }
        let is_same = |named: &Nomination| match (&named.nominee, nominee) {
            (Nominee::Person(one), Nominee::Person(other)) => one == other,
            (Nominee::Outside { email: one, .. }, Nominee::Outside { email: other, .. }) => {
                one.reveal().eq_ignore_ascii_case(other.reveal())
            }
            _ => false,
        };
        if self.named_by(id).any(is_same) { Err(CannotNominate::AlreadyNamed) } else { Ok(()) }
    }

    /// The holder of a request names somebody, who waits for their turn. Named by several, somebody is asked once.
    ///
    /// # Errors
    /// Why not.
    pub fn nominate(
        &mut self,
        id: IntroductionRequestId,
        nomination: NominationId,
        nominee: Nominee,
        note: Option<PrivateText>,
        now: DateTime<Utc>,
    ) -> Result<(), CannotNominate> {
        self.may_nominate(id, Some(&nominee))?;
        self.answer(id, RequestState::Nominated);
        let again = nominee.person().is_some()
            && self.nominations.iter().any(|named| named.nominee.person() == nominee.person());
        self.nominations.push(Nomination {
            id: nomination,
            request: Some(id),
            nominee,
            note,
            state: if again { NominationState::Unasked } else { NominationState::Waiting },
            nominated_at: now,
            asked_at: None,
            answer_by: None,
        });
        Ok(())
    }

    /// The holder of a request helps. Of somebody who got it passed on, that is a nomination of themselves and their yes.
    ///
    /// # Errors
    /// [`TooLate`].
    pub fn help(
        &mut self,
        id: IntroductionRequestId,
        nomination: NominationId,
        now: DateTime<Utc>,
    ) -> Result<Helping, TooLate> {
        let request = self.may_answer(id)?.clone();
        if request.passed_on_by.is_none() {
            self.answer(id, RequestState::Helping);
            return Ok(Helping::OnTheAgenda);
        }
        self.answer(id, RequestState::Nominated);
        self.meet_holder(&request, nomination, now);
        Ok(Helping::NamesMeet)
    }

    /// A mentor with whom the asker has no agenda any more helps: the two are brought together.
    ///
    /// # Errors
    /// [`TooLate`].
    pub fn help_without_agenda(
        &mut self,
        id: IntroductionRequestId,
        nomination: NominationId,
        now: DateTime<Utc>,
    ) -> Result<(), TooLate> {
        let request = self.may_answer(id)?.clone();
        self.answer(id, RequestState::Helping);
        self.meet_holder(&request, nomination, now);
        Ok(())
    }

    fn meet_holder(&mut self, request: &IntroductionRequest, nomination: NominationId, now: DateTime<Utc>) {
        self.nominations.push(Nomination {
            id: nomination,
            request: Some(request.id),
            nominee: Nominee::Person(request.person),
            note: None,
            state: NominationState::Happy,
            nominated_at: now,
            asked_at: Some(now),
            answer_by: Some(now),
        });
        self.end(IntroductionState::Met, now);
    }

    /// Whether a request may be passed on.
    ///
    /// # Errors
    /// Why not.
    pub fn may_pass_on(&self, id: IntroductionRequestId) -> Result<(), CannotPassOn> {
        let request = self.may_answer(id).map_err(CannotPassOn::TooLate)?;
        if request.passed_on_by.is_some() {
            return Err(CannotPassOn::OneStepOnly);
        }
        if self.may_pass_on { Ok(()) } else { Err(CannotPassOn::NotAllowed) }
    }

    /// The holder of a request passes it on to these, whoever of them does not have it yet.
    ///
    /// # Errors
    /// Why not.
    pub fn pass_on(
        &mut self,
        id: IntroductionRequestId,
        to: impl IntoIterator<Item = (IntroductionRequestId, PersonId, DateTime<Utc>)>,
        now: DateTime<Utc>,
    ) -> Result<Vec<IntroductionRequestId>, CannotPassOn> {
        self.may_pass_on(id)?;
        let passer = self.request(id).map(|request| request.person);
        let mut passed = Vec::new();
        for (new, person, answer_by) in to {
            if person == self.asker || self.request_of(person).is_some() {
                continue;
            }
            let answer_by = answer_by.min(self.answer_by);
            let state = RequestState::Asked;
            self.requests.push(IntroductionRequest {
                id: new,
                person,
                passed_on_by: passer,
                state,
                asked_at: now,
                answer_by,
            });
            passed.push(new);
        }
        if passed.is_empty() {
            return Err(CannotPassOn::Nobody);
        }
        self.answer(id, RequestState::PassedOn);
        Ok(passed)
    }

    /// The holder of a request: not this time.
    ///
    /// # Errors
    /// [`TooLate`].
    pub fn decline(&mut self, id: IntroductionRequestId) -> Result<(), TooLate> {
        self.may_answer(id)?;
        self.answer(id, RequestState::Declined);
        Ok(())
    }

    /// Whether somebody who was named can still answer.
    ///
    /// # Errors
    /// [`TooLate`].
    pub fn may_agree(&self, id: NominationId) -> Result<&Nomination, TooLate> {
        self.must_be_open()?;
        match self.nomination(id) {
            Some(nomination) if nomination.state == NominationState::Asked => Ok(nomination),
            Some(nomination) => Err(TooLate::NomineeAnswered(nomination.state)),
            None => Err(TooLate::NomineeAnswered(NominationState::Closed)),
        }
    }

    pub(super) fn settle(&mut self, id: NominationId, state: NominationState) {
        if let Some(nomination) = self.nominations.iter_mut().find(|nomination| nomination.id == id) {
            nomination.state = state;
        }
    }

    /// Somebody who was named is happy to: the one step in which names meet.
    ///
    /// # Errors
    /// [`TooLate`].
    pub fn agree(&mut self, id: NominationId, now: DateTime<Utc>) -> Result<(), TooLate> {
        self.may_agree(id)?;
        self.settle(id, NominationState::Happy);
        self.end(IntroductionState::Met, now);
        Ok(())
    }

    /// Somebody who was named: not now. Told to nobody.
    ///
    /// # Errors
    /// [`TooLate`].
    pub fn refuse(&mut self, id: NominationId) -> Result<(), TooLate> {
        self.may_agree(id)?;
        self.settle(id, NominationState::Declined);
        Ok(())
    }

    /// Somebody who was asked cannot be introduced any more. Told to nobody.
    ///
    /// # Errors
    /// [`TooLate`].
    pub fn rule_out(&mut self, id: NominationId) -> Result<(), TooLate> {
        self.may_agree(id)?;
        self.settle(id, NominationState::Unasked);
        Ok(())
    }

    /// Whoever named somebody outside has written to them.
    ///
    /// # Errors
    /// [`TooLate`].
    pub fn written(&mut self, id: NominationId, now: DateTime<Utc>) -> Result<(), TooLate> {
        self.must_be_open()?;
        match self.nomination(id).map(|nomination| nomination.state) {
            Some(NominationState::ToWrite) => {}
            state => return Err(TooLate::NomineeAnswered(state.unwrap_or(NominationState::Closed))),
        }
        self.settle(id, NominationState::Written);
        self.end(IntroductionState::Written, now);
        Ok(())
    }

    /// The asker takes it back.
    ///
    /// # Errors
    /// [`TooLate`].
    pub fn withdraw(&mut self, now: DateTime<Utc>) -> Result<(), TooLate> {
        self.must_be_open()?;
        self.end(IntroductionState::Withdrawn, now);
        Ok(())
    }

    /// It ends; what was open is closed.
    pub(super) fn end(&mut self, state: IntroductionState, now: DateTime<Utc>) {
        self.state = state;
        self.ended_at = Some(now);
        for request in &mut self.requests {
            if request.state == RequestState::Asked {
                request.state = RequestState::Closed;
            }
        }
        for nomination in &mut self.nominations {
            if matches!(nomination.state, NominationState::Waiting | NominationState::Asked | NominationState::ToWrite)
            {
                nomination.state = NominationState::Closed;
            }
        }
    }

    /// The asker says what came of it. Once they talked, or need it no longer, they are not asked again.
    ///
    /// # Errors
    /// [`TooLate`] when nobody was found, or they have said so.
    pub fn follow_up(&mut self, answer: FollowUp, now: DateTime<Utc>) -> Result<(), TooLate> {
        let is_told = matches!(self.follow_up, Some((FollowUp::Talked | FollowUp::NoLongerNeeded, _)));
        if is_told || !matches!(self.state, IntroductionState::Met | IntroductionState::Written) {
            return Err(TooLate::Ended(self.state));
        }
        self.follow_up = Some((answer, now));
        Ok(())
    }
}
