//! A pair: from the first question to the end.
//!
//! Owns: who may be asked, how an answer changes a pair, and what the one who asked may notice of it.
//! Must not: know how the question is shown or kept.

use chrono::{DateTime, Utc};

use super::identifiers::{PairId, PersonId, words};
use super::people::{CannotMentor, Person, Standing};
use super::private_text::PrivateText;
use super::rhythm::Rhythm;
use super::working_time::WorkingTime;

/// Working days a mentor has to answer before the question expires.
pub const ANSWER_WITHIN: u32 = 3;
/// Working days after which the mentor is reminded, once.
pub const REMIND_AFTER: u32 = 2;

words!(
    /// What kind of relationship a pair is.
    PairKind {
        /// Two people of one organisation; weekly by default.
        InOrg = "in_org",
        /// A mentor from outside; monthly by default.
        External = "external",
        /// Two people who mentor each other.
        Peer = "peer",
    }
);

words!(
    /// Where a pair stands.
    PairState {
        /// Asked, not answered.
        Proposed = "proposed",
        /// They meet.
        Active = "active",
        /// They will meet again.
        Paused = "paused",
        /// They are done; what they wrote stays readable to both.
        Ended = "ended",
        /// The mentor said "not now".
        Declined = "declined",
        /// The mentor did not answer in time.
        Expired = "expired",
    }
);

words!(
    /// Which half of a pair somebody is.
    Role {
        /// Brings everything.
        Mentee = "mentee",
        /// Turns up and reacts.
        Mentor = "mentor",
    }
);

/// A mentoring relationship of two people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Its identifier.
    pub id: PairId,
    /// What kind of relationship it is.
    pub kind: PairKind,
    /// Where it stands.
    pub state: PairState,
    /// Who asked.
    pub mentee: PersonId,
    /// Who was asked.
    pub mentor: PersonId,
    /// What the mentee wants to work on.
    pub aim: PrivateText,
    /// When the mentee asked.
    pub asked_at: DateTime<Utc>,
    /// Until when the mentor may answer; the mentee hears then that it did not work out, whatever the reason.
    pub answer_by: DateTime<Utc>,
    /// How often they meet, once the mentor accepted.
    pub rhythm: Option<Rhythm>,
}

/// Why a mentor cannot be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotAsk {
    /// The person named is the one who asks.
    Yourself,
    /// The person named cannot be a mentor.
    Mentor(CannotMentor),
    /// A question to the same person waits for its answer, as far as the one who asks can tell.
    AlreadyAsked {
        /// When the answer is due.
        answer_by: DateTime<Utc>,
    },
    /// The two are a pair already, of this kind.
    AlreadyPaired(PairKind),
    /// Peers are two people inside.
    PeerOutside,
}

/// Why an answer comes to nothing: the question is not open any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlreadyAnswered(pub PairState);

impl Pair {
    /// The kind of pair that begins when `mentor` is asked: somebody outside is a mentor from outside.
    ///
    /// # Errors
    /// [`CannotAsk::PeerOutside`] when somebody outside shall be a peer.
    pub fn kind_with(mentor: &Person, as_peers: bool) -> Result<PairKind, CannotAsk> {
        match (mentor.standing == Standing::Outsider, as_peers) {
            (true, true) => Err(CannotAsk::PeerOutside),
            (true, false) => Ok(PairKind::External),
            (false, true) => Ok(PairKind::Peer),
            (false, false) => Ok(PairKind::InOrg),
        }
    }

    /// Whether `mentee` may ask `mentor` for a pair of this kind, given the latest pair of the two, if there was one, and the
    /// latest in which they stand the other way round.
    ///
    /// # Errors
    /// Why not.
    pub fn may_ask(
        mentee: &Person,
        mentor: &Person,
        kind: PairKind,
        latest: Option<&Self>,
        turned_round: Option<&Self>,
        now: DateTime<Utc>,
    ) -> Result<(), CannotAsk> {
        if mentee.id == mentor.id {
            return Err(CannotAsk::Yourself);
        }
        mentor.can_begin(kind).map_err(CannotAsk::Mentor)?;
        // Two can mentor each other in different matters, each in a pair of their own; peers are one pair.
        if let Some(pair) = turned_round
            && pair.is_live()
            && (pair.is_of_peers() || kind == PairKind::Peer)
        {
            return Err(CannotAsk::AlreadyPaired(pair.kind));
        }
        match latest {
            Some(pair) if pair.looks_open_to_mentee(now) => Err(CannotAsk::AlreadyAsked { answer_by: pair.answer_by }),
            Some(pair) if pair.is_live() => Err(CannotAsk::AlreadyPaired(pair.kind)),
            _ => Ok(()),
        }
    }

    /// Asks. The days to answer are counted in the mentor's working time.
    pub fn propose(
        id: PairId,
        kind: PairKind,
        mentee: &Person,
        mentor: &Person,
        aim: PrivateText,
        working: &WorkingTime,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            kind,
            state: PairState::Proposed,
            mentee: mentee.id,
            mentor: mentor.id,
            aim,
            asked_at: now,
            answer_by: working.days_after(now, ANSWER_WITHIN),
            rhythm: None,
        }
    }

    /// Whether the question is open as far as the mentee can tell. A "not now" and silence look the same: both are told
    /// when the time to answer is over.
    pub fn looks_open_to_mentee(&self, now: DateTime<Utc>) -> bool {
        match self.state {
            PairState::Proposed => true,
            PairState::Declined => now < self.answer_by,
            PairState::Active | PairState::Paused | PairState::Ended | PairState::Expired => false,
        }
    }

    /// The mentor accepts, with a rhythm.
    ///
    /// # Errors
    /// [`AlreadyAnswered`] when the question is not open any more.
    pub fn accept(mut self, rhythm: Rhythm) -> Result<Self, AlreadyAnswered> {
        self.must_be_open()?;
        self.state = PairState::Active;
        self.rhythm = Some(rhythm);
        Ok(self)
    }

    /// The mentor says "not now".
    ///
    /// # Errors
    /// [`AlreadyAnswered`] when the question is not open any more.
    pub fn decline(mut self) -> Result<Self, AlreadyAnswered> {
        self.must_be_open()?;
        self.state = PairState::Declined;
        Ok(self)
    }

    /// The time to answer is over.
    ///
    /// # Errors
    /// [`AlreadyAnswered`] when the question is not open any more.
    pub fn expire(mut self) -> Result<Self, AlreadyAnswered> {
        self.must_be_open()?;
        self.state = PairState::Expired;
        Ok(self)
    }

    /// One of the two finishes; no reason is needed.
    ///
    /// # Errors
    /// [`AlreadyAnswered`] when they do not meet, with what the pair is instead.
    pub fn end(mut self) -> Result<Self, AlreadyAnswered> {
        if !matches!(self.state, PairState::Active | PairState::Paused) {
            return Err(AlreadyAnswered(self.state));
        }
        self.state = PairState::Ended;
        Ok(self)
    }

    /// Whether the mentor can still answer.
    ///
    /// # Errors
    /// [`AlreadyAnswered`] when not.
    pub fn must_be_open(&self) -> Result<(), AlreadyAnswered> {
        if self.state == PairState::Proposed { Ok(()) } else { Err(AlreadyAnswered(self.state)) }
    }

    /// Whether it goes on: the two meet, or will again.
    pub fn is_live(&self) -> bool {
        matches!(self.state, PairState::Active | PairState::Paused)
    }

    /// Which half of the pair somebody is, if any.
    pub fn role_of(&self, person: PersonId) -> Option<Role> {
        if person == self.mentee {
            Some(Role::Mentee)
        } else if person == self.mentor {
            Some(Role::Mentor)
        } else {
            None
        }
    }
}

/// Why two people cannot begin although one asked and the other wants to accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotBegin {
    /// The mentee's account is switched off.
    MenteeLeft,
    /// The mentor cannot be one any more.
    Mentor(CannotMentor),
}

/// A pair together with its two people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairOfPeople {
    /// The pair.
    pub pair: Pair,
    /// Who asked.
    pub mentee: Person,
    /// Who was asked.
    pub mentor: Person,
}

impl PairOfPeople {
    /// The half with this identifier; the mentee for anybody who is not the mentor.
    pub fn half(&self, person: PersonId) -> &Person {
        if person == self.mentor.id { &self.mentor } else { &self.mentee }
    }

    /// The other half, as seen by `person`.
    pub fn other(&self, person: PersonId) -> &Person {
        if person == self.mentee.id { &self.mentor } else { &self.mentee }
    }

    /// Whether the two may begin now: between asking and answering somebody may have left or become a guest.
    ///
    /// # Errors
    /// Who cannot, and why.
    pub fn may_begin(&self) -> Result<(), CannotBegin> {
        if self.mentee.deactivated {
            return Err(CannotBegin::MenteeLeft);
        }
        self.mentor.can_begin(self.pair.kind).map_err(CannotBegin::Mentor)
    }

    /// When each of the two works, the mentee first.
    pub fn working_times(&self, programme: &WorkingTime) -> [WorkingTime; 2] {
        [self.mentee.working_time(programme), self.mentor.working_time(programme)]
    }

    /// Whether both may still take part.
    pub fn both_are_here(&self) -> bool {
        !self.mentee.deactivated && !self.mentor.deactivated
    }
}
