//! "Tell me more": what a mentor asks the mentee before answering.
//!
//! Owns: one at a time, at most three, and the clock of the mentor's answer, which stands still while the question is with the
//! mentee. Must not: know how a question is shown or kept.

use chrono::{DateTime, Utc};

use super::identifiers::{InquiryId, PairId, PersonId, words};
use super::pairs::{ANSWER_WITHIN, AlreadyAnswered, PairOfPeople, PairState, REMIND_AFTER};
use super::private_text::PrivateText;
use super::reminders::{MessageKind, Owed, Plan};
use super::working_time::WorkingTime;

/// Questions a mentor may ask about one proposal.
pub const MOST_ROUNDS: usize = 3;
/// Working days after which counting how long a question was away ends; nothing is away for that long.
const LONGEST_AWAY: u32 = 60;

words!(
    /// Where a question of a mentor stands.
    InquiryState {
        /// It is with the mentee.
        Asked = "asked",
        /// The mentee answered.
        Answered = "answered",
        /// The mentee did not answer in time.
        Unanswered = "unanswered",
    }
);

/// One question of a mentor, before they answer a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inquiry {
    /// Its identifier.
    pub id: InquiryId,
    /// The proposal it is about.
    pub pair: PairId,
    /// The how-manieth it is, from 1.
    pub round: u8,
    /// Where it stands.
    pub state: InquiryState,
    /// What the mentor asks.
    pub question: PrivateText,
    /// What the mentee answered.
    pub answer: Option<PrivateText>,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// Until when the mentee may answer.
    pub answer_by: DateTime<Utc>,
    /// Until when the mentor had to answer the proposal when the clock stopped.
    pub stopped_at: DateTime<Utc>,
}

/// A question together with the pair it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InquiryOfPair {
    /// The question.
    pub inquiry: Inquiry,
    /// The proposal and its two people.
    pub of: PairOfPeople,
}

/// Why a mentor cannot ask for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotInquire {
    /// The proposal is answered, or its time is over.
    Answered(AlreadyAnswered),
    /// A question is with the mentee.
    OneIsOut,
    /// Three were asked.
    Enough,
}

/// A question that is not with the mentee any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotOpen;

/// Whether a mentor may ask for more, after these.
///
/// # Errors
/// Why not.
pub fn may_inquire(of: &PairOfPeople, before: &[Inquiry]) -> Result<(), CannotInquire> {
    of.pair.must_be_open().map_err(CannotInquire::Answered)?;
    if is_out(before) {
        return Err(CannotInquire::OneIsOut);
    }
    if before.len() >= MOST_ROUNDS { Err(CannotInquire::Enough) } else { Ok(()) }
}

/// Whether one of these is with the mentee.
pub fn is_out(inquiries: &[Inquiry]) -> bool {
    inquiries.iter().any(|inquiry| inquiry.state == InquiryState::Asked)
}

impl Inquiry {
    /// Asks. The days to answer are counted in the mentee's working time.
    pub fn ask(
        id: InquiryId,
        of: &PairOfPeople,
        before: &[Self],
        question: PrivateText,
        programme: &WorkingTime,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            pair: of.pair.id,
            round: u8::try_from(before.len() + 1).unwrap_or(u8::MAX),
            state: InquiryState::Asked,
            question,
            answer: None,
            asked_at: now,
            answer_by: of.mentee.working_time(programme).days_after(now, ANSWER_WITHIN),
            stopped_at: of.pair.answer_by,
        }
    }

    /// Until when the mentor has to answer the proposal, when this question is back at a moment.
    pub fn proposal_answer_by(
        &self,
        of: &PairOfPeople,
        programme: &WorkingTime,
        back_at: DateTime<Utc>,
    ) -> DateTime<Utc> {
        stood_still(&of.mentor.working_time(programme), self.stopped_at, self.asked_at, back_at)
    }

    /// The mentee answers.
    ///
    /// # Errors
    /// [`NotOpen`] when it was answered before or its time is over.
    pub fn answer(mut self, text: PrivateText, now: DateTime<Utc>) -> Result<Self, NotOpen> {
        if self.state != InquiryState::Asked || now >= self.answer_by {
            return Err(NotOpen);
        }
        self.state = InquiryState::Answered;
        self.answer = Some(text);
        Ok(self)
    }

    /// The time to answer is over.
    ///
    /// # Errors
    /// [`NotOpen`] when it was answered.
    pub fn give_up(mut self) -> Result<Self, NotOpen> {
        if self.state != InquiryState::Asked {
            return Err(NotOpen);
        }
        self.state = InquiryState::Unanswered;
        Ok(self)
    }
}

impl InquiryOfPair {
    /// Whether the mentee can answer, as far as they can tell: a mentor who said "not now" meanwhile is not given away.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.inquiry.state == InquiryState::Asked && now < self.inquiry.answer_by && self.is_undecided()
    }

    /// Whether the proposal has no answer that the mentee knows of.
    fn is_undecided(&self) -> bool {
        matches!(self.of.pair.state, PairState::Proposed | PairState::Declined)
    }

    fn owed(&self, kind: MessageKind, to: PersonId, due_at: DateTime<Utc>, until: DateTime<Utc>) -> Owed {
        Owed { kind, subject: self.inquiry.id.0, occasion: None, to, due_at, until }
    }

    /// The question, for the mentee, at once.
    pub fn asked(&self, now: DateTime<Utc>) -> Owed {
        self.owed(MessageKind::InquiryAsked, self.of.mentee.id, now, self.inquiry.answer_by)
    }

    /// That there is an answer, for the mentor, at once.
    pub fn answered(&self, now: DateTime<Utc>) -> Owed {
        self.owed(MessageKind::InquiryAnswered, self.of.mentor.id, now, self.of.pair.answer_by)
    }

    /// That there is none, for the mentor, in their working hours.
    pub fn unanswered(&self, programme: &WorkingTime, now: DateTime<Utc>) -> Owed {
        let due_at = self.of.mentor.working_time(programme).next_open(now);
        self.owed(MessageKind::InquiryUnanswered, self.of.mentor.id, due_at, self.of.pair.answer_by)
    }

    /// What is owed about a question that is with the mentee, whatever the mentor has answered meanwhile.
    pub fn plan(&self, programme: &WorkingTime, now: DateTime<Utc>) -> Plan {
        let mut plan = Plan::default();
        if self.inquiry.state != InquiryState::Asked || !self.is_undecided() {
            return plan;
        }
        plan.time_is_up = now >= self.inquiry.answer_by;
        if !plan.time_is_up {
            let working = self.of.mentee.working_time(programme);
            let remind_at = working.days_after(self.inquiry.asked_at, REMIND_AFTER);
            let due_at = working.next_open(remind_at.max(now));
            let reminder = self.owed(MessageKind::InquiryReminder, self.of.mentee.id, due_at, self.inquiry.answer_by);
            plan.step(remind_at, now, reminder);
            plan.look_at(self.inquiry.answer_by);
        }
        plan
    }

    /// Whether a message about a question is still worth saying.
    pub fn still_owed(&self, kind: MessageKind, now: DateTime<Utc>) -> bool {
        if !self.of.both_are_here() {
            return false;
        }
        match kind {
            MessageKind::InquiryAsked | MessageKind::InquiryReminder => self.is_open(now),
            _ => self.of.pair.state == PairState::Proposed,
        }
    }
}

/// A deadline after a clock stood still between two moments: later by every working day that had begun. What is left
/// afterwards is never less than what was left before.
pub fn stood_still(
    working: &WorkingTime,
    deadline: DateTime<Utc>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> DateTime<Utc> {
    if until <= from {
        return deadline;
    }
    let days = (1..LONGEST_AWAY).find(|days| working.days_after(from, *days) >= until).unwrap_or(LONGEST_AWAY);
    working.days_after(deadline, days)
}

/// What is owed about a proposal, given what the mentor asked first: no reminder while a question is with the mentee, and
/// afterwards one working day before the time is over.
pub fn with_inquiries(
    mut plan: Plan,
    of: &PairOfPeople,
    inquiries: &[Inquiry],
    programme: &WorkingTime,
    now: DateTime<Utc>,
) -> Plan {
    if inquiries.is_empty() || of.pair.state != PairState::Proposed {
        return plan;
    }
    plan.owed.retain(|owed| owed.kind != MessageKind::PairProposalReminder);
    if !is_out(inquiries) && now < of.pair.answer_by {
        let working = of.mentor.working_time(programme);
        let remind_at = working.days_before(of.pair.answer_by, ANSWER_WITHIN - REMIND_AFTER);
        let kind = MessageKind::PairProposalReminder;
        let due_at = working.next_open(remind_at.max(now));
        let until = of.pair.answer_by;
        plan.step(
            remind_at,
            now,
            Owed { kind, subject: of.pair.id.0, occasion: None, to: of.mentor.id, due_at, until },
        );
    }
    plan
}
