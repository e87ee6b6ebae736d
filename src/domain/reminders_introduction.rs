//! What is owed about an ask: to the mentors, to whoever they name, and to the asker.
//!
//! Owns: when each is said and whether it is still owed. Must not: change the ask (see `introduction_steps`).

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::identifiers::{IntroductionRequestId, NominationId, PersonId};
use super::introductions::{
    AskText, FollowUp, Introduction, IntroductionRequest, IntroductionState, Nomination, NominationState, RequestState,
};
use super::pairs::{ANSWER_WITHIN, REMIND_AFTER};
use super::people::Person;
use super::reminders::{MessageKind, NEWS_WINDOW, Owed, Plan};
use super::working_time::WorkingTime;

/// The asker is asked what came of it this long after names met, and once more after as long again.
pub const FOLLOW_UP_AFTER: TimeDelta = TimeDelta::days(7);
/// An open ask is looked at this often: somebody may have left.
const LOOK_EVERY: TimeDelta = TimeDelta::days(1);

/// An ask with its words and everybody who is part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntroductionOfPeople {
    /// The ask.
    pub introduction: Introduction,
    /// What the asker wrote.
    pub text: AskText,
    /// What came of it, for whoever introduced them.
    pub came_of_it: Option<super::private_text::PrivateText>,
    /// Everybody who asks, is asked or was named.
    pub people: HashMap<PersonId, Person>,
    /// Which change of it was read; the next is kept only on top of this one.
    pub revision: i32,
}

/// A request together with the ask it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestOfIntroduction {
    /// The ask.
    pub of: IntroductionOfPeople,
    /// Which of its requests.
    pub request: IntroductionRequest,
}

/// A nomination together with the ask it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NominationOfIntroduction {
    /// The ask.
    pub of: IntroductionOfPeople,
    /// Which of its nominations.
    pub nomination: Nomination,
}

/// When somebody who was asked has to answer, and when they are reminded: in their own working days.
fn deadlines(person: &Person, programme: &WorkingTime, asked_at: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let working = person.working_time(programme);
    (working.days_after(asked_at, ANSWER_WITHIN), working.days_after(asked_at, REMIND_AFTER))
}

/// Until when somebody who is asked at a moment may answer, if the ask lasts as long.
pub fn answer_by(person: &Person, programme: &WorkingTime, asked_at: DateTime<Utc>) -> DateTime<Utc> {
    deadlines(person, programme, asked_at).0
}

impl IntroductionOfPeople {
    /// Somebody who is part of it.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(&id)
    }

    /// Who asks.
    pub fn asker(&self) -> Option<&Person> {
        self.person(self.introduction.asker)
    }

    /// Who writes to somebody outside: whoever named them.
    pub fn writer(&self, nomination: &Nomination) -> Option<&Person> {
        self.introduction.through(nomination).and_then(|request| self.person(request.person))
    }

    fn owed(kind: MessageKind, subject: Uuid, to: PersonId, due_at: DateTime<Utc>, until: DateTime<Utc>) -> Owed {
        Owed { kind, subject, occasion: None, to, due_at, until }
    }

    /// News for the asker, at once.
    pub fn news(&self, kind: MessageKind, subject: Uuid, now: DateTime<Utc>) -> Owed {
        Self::owed(kind, subject, self.introduction.asker, now, now + NEWS_WINDOW)
    }

    /// Thanks with what came of it, for everybody who stood in between; for whoever was met when nobody did.
    pub fn thanks(&self, programme: &WorkingTime, now: DateTime<Utc>) -> Vec<Owed> {
        let to = self.introduction.who_is_thanked();
        let working = |id: &PersonId| Some((*id, self.person(*id)?.working_time(programme).next_open(now)));
        let subject = self.introduction.id.0;
        let thanks =
            |(id, due_at)| Self::owed(MessageKind::IntroductionThanks, subject, id, due_at, due_at + NEWS_WINDOW);
        to.iter().filter_map(working).map(thanks).collect()
    }

    /// What is owed by now, and when to look again.
    pub fn plan(&self, programme: &WorkingTime, now: DateTime<Utc>) -> Plan {
        let mut plan = Plan::default();
        if self.introduction.is_open() {
            plan.look_at(self.introduction.answer_by.min(now + LOOK_EVERY));
            // When the last mentor had all of their time, people may be looked for whom none of them named.
            if let Some(last) = self.introduction.requests.iter().map(|request| request.answer_by).max()
                && last > now
            {
                plan.look_at(last);
            }
            for request in &self.introduction.requests {
                self.plan_request(&mut plan, request, programme, now);
            }
            for nomination in &self.introduction.nominations {
                self.plan_nomination(&mut plan, nomination, programme, now);
            }
        }
        self.plan_asker(&mut plan, programme, now);
        plan
    }

    fn plan_request(
        &self,
        plan: &mut Plan,
        request: &IntroductionRequest,
        programme: &WorkingTime,
        now: DateTime<Utc>,
    ) {
        let Some(person) = self.person(request.person).filter(|_| request.state == RequestState::Asked) else { return };
        let kinds = [MessageKind::IntroductionAsked, MessageKind::IntroductionAskedReminder];
        self.ask_and_remind(plan, kinds, request.id.0, person, (request.asked_at, request.answer_by), (programme, now));
    }

    fn plan_nomination(&self, plan: &mut Plan, nomination: &Nomination, programme: &WorkingTime, now: DateTime<Utc>) {
        let (Some(asked_at), Some(answer_by)) = (nomination.asked_at, nomination.answer_by) else { return };
        let (kinds, to) = match nomination.state {
            NominationState::Asked => {
                let person = nomination.nominee.person().and_then(|id| self.person(id));
                ([MessageKind::NomineeAsked, MessageKind::NomineeAskedReminder], person)
            }
            NominationState::ToWrite => {
                let kinds = [MessageKind::OutsideNominated, MessageKind::OutsideNominatedReminder];
                (kinds, self.writer(nomination))
            }
            _ => return,
        };
        let Some(to) = to else { return };
        self.ask_and_remind(plan, kinds, nomination.id.0, to, (asked_at, answer_by), (programme, now));
    }

    /// One question in somebody's working hours, one reminder, and a look at the deadline.
    fn ask_and_remind(
        &self,
        plan: &mut Plan,
        [question, reminder]: [MessageKind; 2],
        subject: Uuid,
        to: &Person,
        (asked_at, answer_by): (DateTime<Utc>, DateTime<Utc>),
        (programme, now): (&WorkingTime, DateTime<Utc>),
    ) {
        let working = to.working_time(programme);
        plan.owed.push(Self::owed(question, subject, to.id, working.next_open(asked_at), answer_by));
        let (_, remind_at) = deadlines(to, programme, asked_at);
        if remind_at < answer_by {
            let due_at = working.next_open(remind_at.max(now));
            plan.step(remind_at, now, Self::owed(reminder, subject, to.id, due_at, answer_by));
        }
        if answer_by > now {
            plan.look_at(answer_by);
        }
    }

    fn plan_asker(&self, plan: &mut Plan, programme: &WorkingTime, now: DateTime<Utc>) {
        let (Some(asker), Some(ended_at)) = (self.asker(), self.introduction.ended_at) else { return };
        let (working, subject) = (asker.working_time(programme), self.introduction.id.0);
        match self.introduction.state {
            IntroductionState::Nobody => {
                let due_at = working.next_open(ended_at.max(now));
                let until = ended_at + NEWS_WINDOW;
                plan.owed.push(Self::owed(MessageKind::IntroductionNobody, subject, asker.id, due_at, until));
            }
            IntroductionState::Met | IntroductionState::Written if self.awaits_follow_up() => {
                let first = working.next_open(ended_at + FOLLOW_UP_AFTER);
                let from = self.introduction.follow_up.map_or(first, |(_, at)| at.max(first));
                let again = working.next_open(from + FOLLOW_UP_AFTER);
                for (kind, at) in
                    [(MessageKind::IntroductionFollowUp, first), (MessageKind::IntroductionFollowUpAgain, again)]
                {
                    let due_at = working.next_open(at.max(now));
                    let owed = Self::owed(kind, subject, asker.id, due_at, at + FOLLOW_UP_AFTER);
                    plan.step(at, now, owed);
                }
            }
            _ => {}
        }
    }

    /// Whether the asker may still say what came of it.
    pub fn awaits_follow_up(&self) -> bool {
        matches!(self.introduction.state, IntroductionState::Met | IntroductionState::Written)
            && self.introduction.follow_up.is_none_or(|(answer, _)| answer == FollowUp::NotYet)
    }

    /// Whether a message about it is still worth saying.
    pub fn still_owed(&self, kind: MessageKind, subject: Uuid) -> bool {
        let introduction = &self.introduction;
        let is_here = |id: PersonId| self.person(id).is_some_and(|person| !person.deactivated);
        if !is_here(introduction.asker) {
            return false;
        }
        let request = introduction.request(IntroductionRequestId(subject));
        let nomination = introduction.nomination(NominationId(subject));
        match kind {
            MessageKind::IntroductionAsked | MessageKind::IntroductionAskedReminder => {
                request.is_some_and(|request| request.state == RequestState::Asked)
            }
            MessageKind::NomineeAsked | MessageKind::NomineeAskedReminder => {
                nomination.is_some_and(|nomination| nomination.state == NominationState::Asked)
            }
            MessageKind::OutsideNominated | MessageKind::OutsideNominatedReminder => {
                nomination.is_some_and(|nomination| nomination.state == NominationState::ToWrite)
            }
            MessageKind::IntroductionHelped => request.is_some_and(|request| request.state == RequestState::Helping),
            MessageKind::IntroductionWritten => introduction.state == IntroductionState::Written,
            MessageKind::NamesMeet | MessageKind::NamesMeetApart => introduction.state == IntroductionState::Met,
            MessageKind::IntroductionNobody => introduction.state == IntroductionState::Nobody,
            MessageKind::NamesMeetNudge
            | MessageKind::IntroductionFollowUp
            | MessageKind::IntroductionFollowUpAgain => self.awaits_follow_up(),
            MessageKind::IntroductionThanks => {
                introduction.follow_up.is_some_and(|(answer, _)| answer == FollowUp::Talked)
            }
            _ => false,
        }
    }
}
