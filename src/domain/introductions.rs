//! "Who can I talk to about …?": an ask, who is asked to name somebody, whom they name, and how it ends.
//!
//! Owns: the states and the limits; `docs/introductions.md` draws them. Must not: change anything (see `introduction_steps`),
//! know what is owed (see `reminders_introduction`), or how it is kept.

use chrono::{DateTime, Utc};

use super::contacts::EmailAddress;
use super::identifiers::{IntroductionId, IntroductionRequestId, NominationId, PersonId, words};
use super::private_text::PrivateText;

/// Working days, the asker's, in which an ask comes to its end.
pub const ENDS_WITHIN: u32 = 10;
/// Asks somebody has open at most.
pub const MOST_OPEN: usize = 2;
/// Asks of somebody in [`LATELY_DAYS`] days at most.
pub const MOST_LATELY: usize = 5;
/// Days over which asks are counted.
pub const LATELY_DAYS: i64 = 30;
/// People one mentor names for one ask at most.
pub const MOST_NAMED: usize = 3;
/// How often a month somebody is asked to be introduced, unless they say otherwise.
pub const USUAL_A_MONTH: u8 = 2;
/// The most they can say.
pub const MOST_A_MONTH: u8 = 10;

words!(
    /// Where an ask stands.
    IntroductionState {
        /// It is with mentors, or with somebody they named.
        Open = "open",
        /// Somebody agreed, and names met.
        Met = "met",
        /// A mentor has written to somebody outside.
        Written = "written",
        /// A mentor helps; it is on the next agenda.
        Helped = "helped",
        /// Nobody this time, whatever the reason.
        Nobody = "nobody",
        /// The asker took it back.
        Withdrawn = "withdrawn",
    }
);

words!(
    /// Where a request to name somebody stands.
    RequestState {
        /// Not answered.
        Asked = "asked",
        /// They named somebody.
        Nominated = "nominated",
        /// They help themselves.
        Helping = "helping",
        /// They passed it on to their own mentors.
        PassedOn = "passed_on",
        /// Not this time.
        Declined = "declined",
        /// No answer in time.
        Expired = "expired",
        /// The ask ended before they answered.
        Closed = "closed",
    }
);

words!(
    /// Where somebody who was named stands.
    NominationState {
        /// Others come first.
        Waiting = "waiting",
        /// They are asked.
        Asked = "asked",
        /// Happy to.
        Happy = "happy",
        /// Not now.
        Declined = "declined",
        /// No answer in time.
        Expired = "expired",
        /// They cannot be asked, which nobody is told.
        Unasked = "unasked",
        /// The ask ended before their turn, or before their answer.
        Closed = "closed",
        /// Somebody outside, to whom whoever named them writes.
        ToWrite = "to_write",
        /// They were written to.
        Written = "written",
    }
);

words!(
    /// What the asker says came of it.
    FollowUp {
        /// They talked.
        Talked = "talked",
        /// Not yet.
        NotYet = "not_yet",
        /// It is no longer needed.
        NoLongerNeeded = "no_longer_needed",
    }
);

/// What the asker wrote: for the mentors, for whoever they name, and for the thread in which names meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskText {
    /// What it is about.
    pub topic: PrivateText,
    /// Why they ask.
    pub why: Option<PrivateText>,
    /// What would help.
    pub would_help: Option<PrivateText>,
    /// What they can give back.
    pub give_back: Option<PrivateText>,
}

/// Somebody who is asked to name somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntroductionRequest {
    /// Its identifier.
    pub id: IntroductionRequestId,
    /// Who is asked.
    pub person: PersonId,
    /// Who passed it on to them; `None` for a mentor or peer of the asker.
    pub passed_on_by: Option<PersonId>,
    /// Where it stands.
    pub state: RequestState,
    /// When they were asked.
    pub asked_at: DateTime<Utc>,
    /// Until when they may answer.
    pub answer_by: DateTime<Utc>,
}

/// Who was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nominee {
    /// Somebody in Slack.
    Person(PersonId),
    /// Somebody outside.
    Outside {
        /// Their name.
        name: PrivateText,
        /// Their address.
        email: EmailAddress,
    },
}

impl Nominee {
    /// Who it is in Slack, if anybody.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(id) => Some(*id),
            Self::Outside { .. } => None,
        }
    }
}

/// Somebody who was named for an ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nomination {
    /// Its identifier.
    pub id: NominationId,
    /// The request of whoever named them; `None` for somebody who offers the topic and whom the app found.
    pub request: Option<IntroductionRequestId>,
    /// Who was named.
    pub nominee: Nominee,
    /// A line with it, for the nominee.
    pub note: Option<PrivateText>,
    /// Where it stands.
    pub state: NominationState,
    /// When they were named.
    pub nominated_at: DateTime<Utc>,
    /// When they were asked.
    pub asked_at: Option<DateTime<Utc>>,
    /// Until when they may answer.
    pub answer_by: Option<DateTime<Utc>>,
}

/// An ask with everything that hangs on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Introduction {
    /// Its identifier.
    pub id: IntroductionId,
    /// Who asks.
    pub asker: PersonId,
    /// Where it stands.
    pub state: IntroductionState,
    /// Mentors may pass it on, one step.
    pub may_pass_on: bool,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// When it ends at the latest, and when "nobody this time" is said.
    pub answer_by: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// People who offer the topic were looked for.
    pub looked_further: bool,
    /// What the asker said came of it, and when.
    pub follow_up: Option<(FollowUp, DateTime<Utc>)>,
    /// Who is asked to name somebody, in the order asked.
    pub requests: Vec<IntroductionRequest>,
    /// Who was named, in the order named.
    pub nominations: Vec<Nomination>,
}

/// Something that has been answered before, or whose time is over: nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooLate {
    /// The ask has ended.
    Ended(IntroductionState),
    /// This request has its answer.
    Answered(RequestState),
    /// This nominee has answered, or was never asked.
    NomineeAnswered(NominationState),
}

/// Why an ask is not passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotPassOn {
    /// It is too late.
    TooLate(TooLate),
    /// The asker does not want it.
    NotAllowed,
    /// It was passed on to this person already: one step, not two.
    OneStepOnly,
    /// There is nobody to pass it on to who does not have it.
    Nobody,
}

/// Why somebody is not named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotNominate {
    /// It is too late.
    TooLate(TooLate),
    /// The one who asks.
    TheAsker,
    /// The one who names.
    Yourself,
    /// They named this one before.
    AlreadyNamed,
    /// They named [`MOST_NAMED`].
    Enough,
}

/// What helping oneself leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Helping {
    /// A mentor of the asker: it goes on their next agenda.
    OnTheAgenda,
    /// Names meet: the asker does not know this one yet.
    NamesMeet,
}

impl Introduction {
    /// Whether it goes on.
    pub fn is_open(&self) -> bool {
        self.state == IntroductionState::Open
    }

    /// A request of it.
    pub fn request(&self, id: IntroductionRequestId) -> Option<&IntroductionRequest> {
        self.requests.iter().find(|request| request.id == id)
    }

    /// The request of a person.
    pub fn request_of(&self, person: PersonId) -> Option<&IntroductionRequest> {
        self.requests.iter().find(|request| request.person == person)
    }

    /// A nomination of it.
    pub fn nomination(&self, id: NominationId) -> Option<&Nomination> {
        self.nominations.iter().find(|nomination| nomination.id == id)
    }

    /// The request through which somebody was named.
    pub fn through(&self, nomination: &Nomination) -> Option<&IntroductionRequest> {
        nomination.request.and_then(|id| self.request(id))
    }

    /// Whoever agreed, or was written to.
    pub fn found(&self) -> Option<&Nomination> {
        let is_found = |state| matches!(state, NominationState::Happy | NominationState::Written);
        self.nominations.iter().find(|nomination| is_found(nomination.state))
    }

    /// Who stands between the asker and whoever agreed, the asker's own mentor first: nobody when the app found them or the
    /// mentor is the one; two when it was passed on.
    pub fn links(&self) -> Vec<PersonId> {
        let Some(found) = self.found() else { return Vec::new() };
        let Some(request) = self.through(found) else { return Vec::new() };
        let mut links: Vec<PersonId> = request.passed_on_by.into_iter().chain([request.person]).collect();
        links.retain(|link| found.nominee.person() != Some(*link));
        links
    }

    /// People somebody has named so far.
    pub fn named_by(&self, request: IntroductionRequestId) -> impl Iterator<Item = &Nomination> {
        self.nominations.iter().filter(move |nomination| nomination.request == Some(request))
    }
}
