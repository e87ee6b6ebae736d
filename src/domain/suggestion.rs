//! Suggesting somebody else: by a mentor who was asked, and by a manager whose person looks for a mentor.
//!
//! Owns: who may be suggested, and what becomes of a request to a manager, whose "nobody" and silence look the same. Must not:
//! know how people are found.

use chrono::{DateTime, Utc};

use super::identifiers::{ManagerRequestId, PairId, PersonId, words};
use super::pairs::{ANSWER_WITHIN, PairOfPeople, REMIND_AFTER};
use super::people::{CannotMentor, Person};
use super::private_text::PrivateText;
use super::reminders::{MessageKind, NEWS_WINDOW, Owed, Plan};
use super::working_time::WorkingTime;

/// Whom a mentor suggests instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentorSuggestion {
    /// The proposal that was answered so.
    pub pair: PairId,
    /// Whom they suggest.
    pub suggested: Person,
    /// A line with it, for the mentee alone.
    pub note: Option<PrivateText>,
}

/// Why somebody may not be suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotSuggest {
    /// The one who suggests.
    Yourself,
    /// The one who looks for a mentor.
    TheAsker,
    /// The two mentor each other already.
    AlreadyPaired,
    /// They cannot be a mentor.
    Mentor(CannotMentor),
}

/// Whether `by` may suggest `whom` to `asker`; `paired` when the two are a live pair. The one place for everything that
/// keeps somebody from being suggested: what the reporting line forbids belongs here.
///
/// # Errors
/// Why not.
pub fn may_be_suggested(by: &Person, asker: &Person, whom: &Person, paired: bool) -> Result<(), CannotSuggest> {
    if whom.id == by.id {
        return Err(CannotSuggest::Yourself);
    }
    if whom.id == asker.id {
        return Err(CannotSuggest::TheAsker);
    }
    whom.can_mentor().map_err(CannotSuggest::Mentor)?;
    if paired { Err(CannotSuggest::AlreadyPaired) } else { Ok(()) }
}

/// The news of a mentor's suggestion, for the mentee, at once.
pub fn told_suggestion(of: &PairOfPeople, now: DateTime<Utc>) -> Owed {
    Owed {
        kind: MessageKind::MentorSuggests,
        subject: of.pair.id.0,
        occasion: None,
        to: of.mentee.id,
        due_at: now,
        until: now + NEWS_WINDOW,
    }
}

words!(
    /// Where a request to a manager stands.
    RequestState {
        /// It is with the manager.
        Asked = "asked",
        /// The manager suggested somebody.
        Suggested = "suggested",
        /// The manager could think of nobody.
        Nobody = "nobody",
        /// The manager did not answer in time.
        Expired = "expired",
    }
);

/// A request to a manager to suggest a mentor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagerRequest {
    /// Its identifier.
    pub id: ManagerRequestId,
    /// Who looks for a mentor.
    pub asker: Person,
    /// Who is asked to suggest one.
    pub manager: Person,
    /// Where it stands.
    pub state: RequestState,
    /// Who was suggested.
    pub suggested: Option<Person>,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// Until when the manager may answer; the asker hears then that nobody came to mind, whatever the reason.
    pub answer_by: DateTime<Utc>,
}

/// A request that is not open any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestClosed(pub RequestState);

impl ManagerRequest {
    /// Asks. The days to answer are counted in the manager's working time.
    pub fn ask(
        id: ManagerRequestId,
        asker: Person,
        manager: Person,
        programme: &WorkingTime,
        now: DateTime<Utc>,
    ) -> Self {
        let answer_by = manager.working_time(programme).days_after(now, ANSWER_WITHIN);
        Self { id, asker, manager, state: RequestState::Asked, suggested: None, asked_at: now, answer_by }
    }

    /// Whether the request is open as far as the asker can tell.
    pub fn looks_open_to_asker(&self, now: DateTime<Utc>) -> bool {
        match self.state {
            RequestState::Asked => true,
            RequestState::Nobody => now < self.answer_by,
            RequestState::Suggested | RequestState::Expired => false,
        }
    }

    /// The manager suggests somebody.
    ///
    /// # Errors
    /// [`RequestClosed`] when it is not open any more.
    pub fn suggest(mut self, whom: Person) -> Result<Self, RequestClosed> {
        self.must_be_open()?;
        self.state = RequestState::Suggested;
        self.suggested = Some(whom);
        Ok(self)
    }

    /// The manager can think of nobody.
    ///
    /// # Errors
    /// [`RequestClosed`] when it is not open any more.
    pub fn nobody(mut self) -> Result<Self, RequestClosed> {
        self.must_be_open()?;
        self.state = RequestState::Nobody;
        Ok(self)
    }

    /// The time to answer is over.
    ///
    /// # Errors
    /// [`RequestClosed`] when it is not open any more.
    pub fn expire(mut self) -> Result<Self, RequestClosed> {
        self.must_be_open()?;
        self.state = RequestState::Expired;
        Ok(self)
    }

    /// Whether the manager can still answer.
    ///
    /// # Errors
    /// [`RequestClosed`] when not.
    pub fn must_be_open(&self) -> Result<(), RequestClosed> {
        if self.state == RequestState::Asked { Ok(()) } else { Err(RequestClosed(self.state)) }
    }

    fn owed(&self, kind: MessageKind, to: PersonId, due_at: DateTime<Utc>, until: DateTime<Utc>) -> Owed {
        Owed { kind, subject: self.id.0, occasion: None, to, due_at, until }
    }

    /// The request, for the manager, at once.
    pub fn asked(&self, now: DateTime<Utc>) -> Owed {
        self.owed(MessageKind::ManagerAsked, self.manager.id, now, self.answer_by)
    }

    /// The suggestion, for the asker, at once.
    pub fn told(&self, now: DateTime<Utc>) -> Owed {
        self.owed(MessageKind::ManagerSuggests, self.asker.id, now, now + NEWS_WINDOW)
    }

    /// What is owed about a request: one reminder, and at the end that nobody came to mind.
    pub fn plan(&self, programme: &WorkingTime, now: DateTime<Utc>) -> Plan {
        let mut plan = Plan::default();
        if self.state == RequestState::Suggested {
            return plan;
        }
        if self.state == RequestState::Asked && now < self.answer_by {
            let working = self.manager.working_time(programme);
            let remind_at = working.days_after(self.asked_at, REMIND_AFTER);
            let due_at = working.next_open(remind_at.max(now));
            let reminder = self.owed(MessageKind::ManagerAskedReminder, self.manager.id, due_at, self.answer_by);
            plan.step(remind_at, now, reminder);
        }
        if now < self.answer_by {
            plan.look_at(self.answer_by);
            return plan;
        }
        plan.time_is_up = self.state == RequestState::Asked;
        let tell_at = self.asker.working_time(programme).next_open(now);
        plan.owed.push(self.owed(MessageKind::ManagerNobody, self.asker.id, tell_at, self.answer_by + NEWS_WINDOW));
        plan
    }

    /// Whether a message about a request is still worth saying.
    pub fn still_owed(&self, kind: MessageKind) -> bool {
        if self.asker.deactivated {
            return false;
        }
        match kind {
            MessageKind::ManagerAsked | MessageKind::ManagerAskedReminder => {
                self.state == RequestState::Asked && !self.manager.deactivated
            }
            MessageKind::ManagerSuggests => self.state == RequestState::Suggested,
            _ => matches!(self.state, RequestState::Nobody | RequestState::Expired),
        }
    }
}
