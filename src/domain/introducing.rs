//! Other people's asks, as somebody in between knows them: whom to name, whether to be introduced, and what they are told of
//! what became of it, which is never who declined.
//!
//! Owns: what waits for them, and how much they know. Must not: change an ask, but for those who are silent from the start (see
//! `introduction_steps`).

use super::identifiers::IntroductionRequestId;
use super::introductions::{Introduction, IntroductionRequest, Nomination, NominationState, RequestState};
use super::reminders_introduction::{NominationOfIntroduction, RequestOfIntroduction};

/// Characters of the line that goes with somebody who is named.
pub const LONGEST_LINE: usize = 300;
/// Characters of the name of somebody outside.
pub const LONGEST_NAME: usize = 80;

/// A request that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskToAnswer {
    /// The request.
    pub ask: RequestOfIntroduction,
    /// There is somebody to pass it on to.
    pub can_pass_on: bool,
}

/// What of other people's asks is on somebody's Home.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Introducing {
    /// Requests to name somebody, the most urgent first.
    pub to_answer: Vec<AskToAnswer>,
    /// Requests they answered with help of some kind, of asks that go on.
    pub answered: Vec<RequestOfIntroduction>,
    /// Questions whether they would be introduced, the most urgent first.
    pub to_meet: Vec<NominationOfIntroduction>,
    /// People outside whom they named and who wait for their e-mail, the most urgent first.
    pub to_write: Vec<NominationOfIntroduction>,
    /// How often a month they are asked that; `None` when they have not said.
    pub most_a_month: Option<u8>,
}

/// Everything somebody did and was asked about other people's asks, for their export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Introduced {
    /// Requests to name somebody, the oldest first.
    pub requests: Vec<RequestOfIntroduction>,
    /// Questions whether they would be introduced, the oldest first.
    pub nominations: Vec<NominationOfIntroduction>,
    /// How often a month they are asked that; `None` when they have not said.
    pub most_a_month: Option<u8>,
}

/// What whoever was asked to name somebody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolderKnows {
    /// It waits for their answer.
    Waits,
    /// They named so many people.
    Named(usize),
    /// They help themselves.
    Helps,
    /// They passed it on.
    PassedOn,
    /// They said "not this time".
    Declined,
    /// They did not answer in time.
    TooLate,
    /// They met the asker themselves.
    Met,
    /// Names met through them.
    BroughtTogether,
    /// It is over, however.
    Over,
}

/// What whoever was named knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NomineeKnows {
    /// Nothing: they were never asked.
    Nothing,
    /// It waits for their answer.
    Waits,
    /// They said yes, and names met.
    Met,
    /// They said "not now".
    Declined,
    /// They did not answer in time.
    TooLate,
    /// They were happy to, and it was not possible any more.
    NotPossible,
    /// It is over, however.
    Over,
}

impl HolderKnows {
    /// In a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waits => "waits_for_me",
            Self::Named(_) => "named",
            Self::Helps => "i_help",
            Self::PassedOn => "passed_on",
            Self::Declined => "not_this_time",
            Self::TooLate => "no_answer",
            Self::Met => "met",
            Self::BroughtTogether => "names_met",
            Self::Over => "over",
        }
    }
}

impl NomineeKnows {
    /// In a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nothing => "not_asked",
            Self::Waits => "waits_for_me",
            Self::Met => "met",
            Self::Declined => "not_now",
            Self::TooLate => "no_answer",
            Self::NotPossible => "not_possible",
            Self::Over => "over",
        }
    }
}

impl Introduction {
    /// What the holder of a request knows of it. Whatever becomes of whom they named, unless names meet, is the same to them.
    pub fn as_holder_knows(&self, request: &IntroductionRequest) -> HolderKnows {
        if let Some(found) = self.found() {
            if found.nominee.person() == Some(request.person) {
                return HolderKnows::Met;
            }
            let was_passed_on = |through: &IntroductionRequest| through.passed_on_by == Some(request.person);
            if found.request == Some(request.id) || self.through(found).is_some_and(was_passed_on) {
                return HolderKnows::BroughtTogether;
            }
        }
        match request.state {
            RequestState::Helping => HolderKnows::Helps,
            _ if !self.is_open() => HolderKnows::Over,
            RequestState::Asked => HolderKnows::Waits,
            RequestState::Nominated => HolderKnows::Named(self.named_by(request.id).count()),
            RequestState::PassedOn => HolderKnows::PassedOn,
            RequestState::Declined => HolderKnows::Declined,
            RequestState::Expired => HolderKnows::TooLate,
            RequestState::Closed => HolderKnows::Over,
        }
    }

    /// What whoever was named knows of it.
    pub fn as_nominee_knows(&self, nomination: &Nomination) -> NomineeKnows {
        match nomination.state {
            _ if nomination.asked_at.is_none() => NomineeKnows::Nothing,
            NominationState::Asked if self.is_open() => NomineeKnows::Waits,
            NominationState::Happy => NomineeKnows::Met,
            NominationState::Declined => NomineeKnows::Declined,
            NominationState::Expired => NomineeKnows::TooLate,
            NominationState::Unasked => NomineeKnows::NotPossible,
            _ => NomineeKnows::Over,
        }
    }

    /// Whether the holder of a request may still read what the asker wrote.
    pub fn holder_may_read(&self, request: &IntroductionRequest) -> bool {
        use HolderKnows::{BroughtTogether, Helps, Met, Named, PassedOn, Waits};
        let knows = self.as_holder_knows(request);
        matches!(knows, Waits | Named(_) | Helps | PassedOn | Met | BroughtTogether)
    }

    /// Whether whoever was named may still read what the asker wrote.
    pub fn nominee_may_read(&self, nomination: &Nomination) -> bool {
        matches!(self.as_nominee_knows(nomination), NomineeKnows::Waits | NomineeKnows::Met)
    }

    /// These are silent from the start: whoever passed the ask on to them cannot tell that they never got it.
    pub fn leave_silent(&mut self, ids: &[IntroductionRequestId]) {
        for request in self.requests.iter_mut().filter(|request| ids.contains(&request.id)) {
            if request.state == RequestState::Asked {
                request.state = RequestState::Expired;
            }
        }
    }
}
