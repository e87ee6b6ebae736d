//! Two who become peers: one asks, the other says yes, or they stay as they are.
//!
//! Owns: the question, what a yes changes, and what is owed about it. Must not: know how it is shown or kept.

use chrono::{DateTime, TimeDelta, Utc};

use super::identifiers::{PairId, PeerQuestionId, PersonId, words};
use super::meetings::Meeting;
use super::pairs::{ANSWER_WITHIN, Pair, PairKind, PairOfPeople, PairState, REMIND_AFTER};
use super::people::Person;
use super::reminders::{MessageKind, Owed, Plan};
use super::rhythm::{Frequency, Regular, Rhythm};
use super::working_time::WorkingTime;

/// How long news of an answer stays worth telling.
const NEWS_WINDOW: TimeDelta = TimeDelta::days(7);

words!(
    /// Where the question stands.
    PeerQuestionState {
        /// Not answered.
        Open = "open",
        /// They are peers.
        Agreed = "agreed",
        /// They stay as they are.
        Declined = "declined",
        /// Nobody answered in time.
        Lapsed = "lapsed",
    }
);

/// "Shall we become peers?"
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerQuestion {
    /// Its identifier.
    pub id: PeerQuestionId,
    /// The pair it is about.
    pub pair: PairId,
    /// Who asked; the other answers.
    pub asked_by: PersonId,
    /// They shall meet every two weeks from then on, on the same weekday at the same time.
    pub every_two_weeks: bool,
    /// Where it stands.
    pub state: PeerQuestionState,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// Until when it can be answered; who asked hears then, whatever the reason.
    pub answer_by: DateTime<Utc>,
}

/// The question together with its pair and its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerQuestionOfPair {
    /// The question.
    pub question: PeerQuestion,
    /// Whose it is.
    pub of: PairOfPeople,
}

/// Why two are not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotBecomePeers {
    /// They are.
    ArePeers,
    /// The mentor is outside the organisation.
    Outside,
    /// The other's account is switched off.
    OtherLeft,
    /// It was asked, and as far as the one who asks can tell it waits for its answer.
    AlreadyAsked {
        /// When the answer is due.
        answer_by: DateTime<Utc>,
    },
    /// The other asked first: the answer is one's own.
    AskedByOther,
}

impl PeerQuestion {
    /// Whether `me` may ask the other, given the latest question of the two, if there was one.
    ///
    /// # Errors
    /// Why not.
    pub fn may_ask(
        of: &PairOfPeople,
        me: PersonId,
        latest: Option<&Self>,
        now: DateTime<Utc>,
    ) -> Result<(), CannotBecomePeers> {
        match of.pair.kind {
            PairKind::Peer => return Err(CannotBecomePeers::ArePeers),
            PairKind::External => return Err(CannotBecomePeers::Outside),
            PairKind::InOrg => {}
        }
        if of.other(me).deactivated {
            return Err(CannotBecomePeers::OtherLeft);
        }
        match latest {
            Some(asked) if asked.asked_by == me && asked.looks_open(now) => {
                Err(CannotBecomePeers::AlreadyAsked { answer_by: asked.answer_by })
            }
            Some(asked) if asked.asked_by != me && asked.state == PeerQuestionState::Open => {
                Err(CannotBecomePeers::AskedByOther)
            }
            _ => Ok(()),
        }
    }

    /// Asks. The days to answer are counted in the other's working time.
    pub fn ask(
        id: PeerQuestionId,
        of: &PairOfPeople,
        me: PersonId,
        every_two_weeks: bool,
        programme: &WorkingTime,
        now: DateTime<Utc>,
    ) -> Self {
        let answer_by = of.other(me).working_time(programme).days_after(now, ANSWER_WITHIN);
        let state = PeerQuestionState::Open;
        Self { id, pair: of.pair.id, asked_by: me, every_two_weeks, state, asked_at: now, answer_by }
    }

    /// Whether it is open as far as the one who asked can tell: a no and silence look the same until the time is over.
    pub fn looks_open(&self, now: DateTime<Utc>) -> bool {
        match self.state {
            PeerQuestionState::Open => true,
            PeerQuestionState::Declined => now < self.answer_by,
            PeerQuestionState::Agreed | PeerQuestionState::Lapsed => false,
        }
    }

    /// It is answered, one way or the other, or its time is over.
    ///
    /// # Errors
    /// Where it has stood since before.
    pub fn answered(mut self, state: PeerQuestionState) -> Result<Self, PeerQuestionState> {
        if self.state != PeerQuestionState::Open {
            return Err(self.state);
        }
        self.state = state;
        Ok(self)
    }
}

impl PeerQuestionOfPair {
    /// Who asked.
    pub fn asker(&self) -> &Person {
        self.of.half(self.question.asked_by)
    }

    /// Who answers.
    pub fn asked(&self) -> &Person {
        self.of.other(self.question.asked_by)
    }

    /// The question as a message for the other, at once.
    pub fn owed(&self, now: DateTime<Utc>) -> Owed {
        self.message(MessageKind::PeersAsked, self.asked().id, now, self.question.answer_by)
    }

    /// The good news for who asked, at once.
    pub fn owed_news(&self, now: DateTime<Utc>) -> Owed {
        self.message(MessageKind::PeersAgreed, self.question.asked_by, now, now + NEWS_WINDOW)
    }

    fn message(&self, kind: MessageKind, to: PersonId, due_at: DateTime<Utc>, until: DateTime<Utc>) -> Owed {
        Owed { kind, subject: self.question.id.0, occasion: None, to, due_at, until }
    }

    /// What is owed about it: one reminder, and at the deadline the word to who asked.
    pub fn plan(&self, programme: &WorkingTime, now: DateTime<Utc>) -> Plan {
        let question = &self.question;
        let mut plan = Plan::default();
        if question.state == PeerQuestionState::Agreed {
            return plan;
        }
        if question.state == PeerQuestionState::Open {
            let working = self.asked().working_time(programme);
            let remind_at = working.days_after(question.asked_at, REMIND_AFTER);
            let due_at = working.next_open(remind_at.max(now));
            let reminder = self.message(MessageKind::PeersReminder, self.asked().id, due_at, question.answer_by);
            plan.step(remind_at, now, reminder);
            plan.time_is_up = now >= question.answer_by;
        }
        if now < question.answer_by {
            plan.look_at(question.answer_by);
        } else {
            let tell_at = self.asker().working_time(programme).next_open(now);
            let until = question.answer_by + NEWS_WINDOW;
            plan.owed.push(self.message(MessageKind::PeersNotNow, question.asked_by, tell_at, until));
        }
        plan
    }

    /// Whether a message about it is still worth saying.
    pub fn still_owed(&self, kind: MessageKind) -> bool {
        if self.asker().deactivated || !matches!(self.of.pair.state, PairState::Active | PairState::Paused) {
            return false;
        }
        match kind {
            MessageKind::PeersAsked | MessageKind::PeersReminder => {
                self.question.state == PeerQuestionState::Open && !self.asked().deactivated
            }
            MessageKind::PeersAgreed => self.question.state == PeerQuestionState::Agreed,
            MessageKind::PeersNotNow => {
                matches!(self.question.state, PeerQuestionState::Declined | PeerQuestionState::Lapsed)
            }
            _ => false,
        }
    }

    /// The pair once they are peers. Meeting every two weeks is counted from their next meeting, which stays where it is.
    #[must_use]
    pub fn pair_of_peers(&self, next: Option<&Meeting>, now: DateTime<Utc>) -> Pair {
        let mut pair = Pair { kind: PairKind::Peer, ..self.of.pair.clone() };
        if self.question.every_two_weeks
            && let Some(rhythm) = &pair.rhythm
            && let Some(fortnightly) = every_two_weeks(rhythm, next.map_or(now, |next| next.slot_at))
        {
            pair.rhythm = Some(fortnightly);
        }
        pair
    }
}

/// The same weekday and time every two weeks, counted from a moment; `None` where that is no change or cannot be said.
pub fn every_two_weeks(rhythm: &Rhythm, from: DateTime<Utc>) -> Option<Rhythm> {
    let regular = rhythm.as_regular().filter(|regular| regular.frequency != Frequency::EveryTwoWeeks)?;
    let anchor = from.with_timezone(&rhythm.zone).date_naive();
    let fortnightly = Regular { frequency: Frequency::EveryTwoWeeks, ..regular };
    Rhythm::regular(fortnightly, anchor, rhythm.zone, rhythm.length_minutes).ok()
}
