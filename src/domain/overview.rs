//! Where somebody stands: their pairs, what comes next, and what waits for them.
//!
//! Owns: what counts as waiting. Must not: know how it is shown.

use chrono::{DateTime, Utc};

use super::agreements::Agreement;
use super::asking::Asking;
use super::goals::{Goal, sets_goals};
use super::homework::Homework;
use super::identifiers::PersonId;
use super::inquiry::InquiryOfPair;
use super::introducing::{AskToAnswer, Introducing};
use super::meetings::Meeting;
use super::pairs::{PairOfPeople, PairState, Role};
use super::pauses::Pauses;
use super::peers::{PeerQuestion, PeerQuestionState};
use super::people::Person;
use super::private_text::PrivateText;
use super::reminders_introduction::{IntroductionOfPeople, NominationOfIntroduction};
use super::reviews::Review;
use super::rhythm_proposals::{ProposalState, RhythmProposal};
use super::suggestion::ManagerRequest;

/// Where somebody stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Whose overview it is.
    pub me: Person,
    /// Everything this person is part of, the oldest first.
    pub pairs: Vec<PairOverview>,
    /// How many pairs this person has finished.
    pub finished: i64,
    /// What they say about themselves, and what is asked of them and by them before there is a pair.
    pub asking: Asking,
    /// This person runs the programme. No table says so: whoever reads an overview for Home adds it.
    pub coordinates: bool,
    /// Their latest asks, the oldest first.
    pub asks: Vec<IntroductionOfPeople>,
    /// Other people's asks that they are part of.
    pub introducing: Introducing,
}

/// One pair in an overview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairOverview {
    /// The pair and its people.
    pub of: PairOfPeople,
    /// Meetings without an outcome, the earliest first.
    pub meetings: Vec<MeetingOverview>,
    /// Homework that belongs on the next agenda, the oldest first.
    pub homework: Vec<Homework>,
    /// The latest wins, the newest first.
    pub wins: Vec<(PrivateText, DateTime<Utc>)>,
    /// The goals worked towards, the oldest first.
    pub goals: Vec<Goal>,
    /// The pauses that stand.
    pub pauses: Pauses,
    /// Rhythms proposed and not agreed to, the oldest first.
    pub proposals: Vec<RhythmProposal>,
    /// The latest question whether they become peers.
    pub peers: Option<PeerQuestion>,
    /// What the two agree, and whether both have signed it.
    pub agreement: Option<Agreement>,
    /// A change of it that waits for the other's signature.
    pub agreement_change: Option<Agreement>,
    /// The review to come or under way.
    pub review: Option<Review>,
    /// The org chart holds it back until one of the two acts.
    pub is_held: bool,
}

/// One meeting in an overview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingOverview {
    /// The meeting.
    pub meeting: Meeting,
    /// Parts of its agenda that say something: this person's own where they prepare, else the one they read.
    pub agenda_parts: usize,
    /// Parts that say something of the agenda that the other prepares and this person reads.
    pub read_parts: usize,
    /// Something was put on this person's agenda for this very meeting, not only carried on.
    pub prepared: bool,
}

/// Something that waits for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting<'a> {
    /// A pair to decide about, which the org chart holds back.
    Held(&'a PairOverview, PersonId),
    /// A question to answer.
    Answer(&'a PairOverview),
    /// An agenda to prepare.
    Prepare(&'a PairOverview, &'a MeetingOverview),
    /// An agenda to read.
    Read(&'a PairOverview, &'a MeetingOverview),
    /// A meeting to report on.
    Report(&'a PairOverview, &'a MeetingOverview),
    /// Another rhythm to agree to.
    Rhythm(&'a PairOverview, &'a RhythmProposal),
    /// Whether to become peers.
    Peers(&'a PairOverview, &'a PeerQuestion),
    /// An agreement, or a change of it, to sign.
    Sign(&'a PairOverview),
    /// A review to answer.
    Review(&'a PairOverview, &'a Review),
    /// A mentor would like to know more.
    Inquiry(&'a InquiryOfPair),
    /// Somebody would like a suggestion from their manager.
    Suggest(&'a ManagerRequest),
    /// What came of an ask.
    FollowUp(&'a IntroductionOfPeople),
    /// Somebody asks whom they can talk to.
    Ask(&'a AskToAnswer),
    /// Whether to be introduced to somebody.
    Introduce(&'a NominationOfIntroduction),
    /// An e-mail to somebody outside.
    Write(&'a NominationOfIntroduction),
}

impl PairOverview {
    /// The version of the agreement that waits for this half's signature; a change declined waits for nothing.
    pub fn to_sign(&self, role: Role) -> Option<&Agreement> {
        let change = self.agreement_change.iter().filter(|change| change.declined_at.is_none());
        change.chain(&self.agreement).find(|version| version.awaits(role))
    }

    /// The meeting whose agenda is open: the first that has not ended.
    pub fn next_meeting(&self, now: DateTime<Utc>) -> Option<&MeetingOverview> {
        self.meetings.iter().find(|overview| !self.is_held && overview.meeting.takes_agenda(now))
    }

    /// The rhythm that the other proposed and that waits for this person's answer.
    pub fn proposal_for(&self, person: PersonId) -> Option<&RhythmProposal> {
        self.proposals.iter().find(|proposal| proposal.state == ProposalState::Open && proposal.by != person)
    }

    /// The open question of the other whether they become peers.
    pub fn peers_for(&self, person: PersonId) -> Option<&PeerQuestion> {
        let open = |question: &&PeerQuestion| question.state == PeerQuestionState::Open && question.asked_by != person;
        self.peers.as_ref().filter(open)
    }

    /// The rhythm this person proposed, while it looks open to them.
    pub fn proposal_of(&self, person: PersonId, now: DateTime<Utc>) -> Option<&RhythmProposal> {
        self.proposals.iter().rfind(|proposal| proposal.by == person && proposal.looks_open_to_its_maker(now))
    }

    /// Whether the two meet at the moment.
    pub fn meets(&self) -> bool {
        self.of.pair.state == PairState::Active
    }

    /// When the next meeting is; the end of time when there is none to come.
    fn next_or_never(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.next_meeting(now).map_or(DateTime::<Utc>::MAX_UTC, |next| next.meeting.starts_at)
    }

    /// Meetings that ended without a word of how they went.
    pub fn unreported(&self, now: DateTime<Utc>) -> impl Iterator<Item = &MeetingOverview> {
        self.meetings.iter().filter(move |overview| !self.is_held && overview.meeting.awaits_report(now))
    }
}

impl Overview {
    /// Which half of a pair this person is. Everything in an overview is theirs.
    pub fn role_in(&self, pair: &PairOverview) -> Role {
        pair.of.pair.role_of(self.me.id).unwrap_or(Role::Mentor)
    }

    /// The pairs that meet.
    pub fn active(&self) -> impl Iterator<Item = &PairOverview> {
        self.pairs.iter().filter(|pair| matches!(pair.of.pair.state, PairState::Active | PairState::Paused))
    }

    /// The pairs in which this person sets goals.
    pub fn sets_goals_in(&self) -> impl Iterator<Item = &PairOverview> {
        self.active().filter(|pair| sets_goals(&pair.of, self.me.id))
    }

    /// The pair whose next meeting is the nearest; without any meeting to come, the oldest.
    pub fn nearest(&self, now: DateTime<Utc>) -> Option<&PairOverview> {
        self.active().min_by_key(|pair| pair.next_or_never(now))
    }

    /// Of the pairs in which this person sets goals, the one whose next meeting is the nearest.
    pub fn nearest_where_goals_are_set(&self, now: DateTime<Utc>) -> Option<&PairOverview> {
        self.sets_goals_in().min_by_key(|pair| pair.next_or_never(now))
    }

    /// Whether this person prepares an agenda in a pair.
    pub fn prepares_in(&self, pair: &PairOverview) -> bool {
        pair.of.pair.prepares(self.me.id)
    }

    /// Questions this person asked, as far as they can tell unanswered.
    pub fn asked(&self, now: DateTime<Utc>) -> impl Iterator<Item = &PairOverview> {
        self.pairs
            .iter()
            .filter(move |pair| self.role_in(pair) == Role::Mentee && pair.of.pair.looks_open_to_mentee(now))
    }

    /// What waits for this person: reports first, then answers, then agendas, the earliest meeting first.
    pub fn waiting(&self, now: DateTime<Utc>) -> Vec<Waiting<'_>> {
        let held = self.active().filter(|pair| pair.is_held);
        let mut waiting: Vec<Waiting<'_>> = held.map(|pair| Waiting::Held(pair, self.me.id)).collect();
        for pair in self.active().filter(|pair| self.prepares_in(pair)) {
            waiting.extend(pair.unreported(now).map(|meeting| Waiting::Report(pair, meeting)));
        }
        let asked_me =
            |pair: &&PairOverview| self.role_in(pair) == Role::Mentor && pair.of.pair.state == PairState::Proposed;
        waiting.extend(self.pairs.iter().filter(asked_me).map(Waiting::Answer));
        waiting.extend(self.asking.open_inquiries(now).map(Waiting::Inquiry));
        waiting.extend(self.asking.to_suggest.iter().map(Waiting::Suggest));
        waiting.extend(self.asks.iter().filter(|of| of.follow_up_waits(now)).map(Waiting::FollowUp));
        waiting.extend(self.introducing.to_meet.iter().map(Waiting::Introduce));
        waiting.extend(self.introducing.to_answer.iter().map(Waiting::Ask));
        waiting.extend(self.introducing.to_write.iter().map(Waiting::Write));
        for pair in self.active().filter(|pair| pair.meets()) {
            waiting.extend(pair.proposal_for(self.me.id).map(|proposal| Waiting::Rhythm(pair, proposal)));
        }
        for pair in self.active().filter(|pair| !pair.is_held) {
            waiting.extend(pair.peers_for(self.me.id).map(|question| Waiting::Peers(pair, question)));
        }
        let meets = self.active().filter(|pair| pair.meets());
        let mut agendas: Vec<_> =
            meets.filter_map(|pair| pair.next_meeting(now).map(|meeting| (pair, meeting))).collect();
        agendas.sort_by_key(|(_, meeting)| meeting.meeting.starts_at);
        for (pair, meeting) in agendas {
            if self.prepares_in(pair) && !meeting.prepared {
                waiting.push(Waiting::Prepare(pair, meeting));
            }
            if meeting.read_parts > 0 {
                waiting.push(Waiting::Read(pair, meeting));
            }
        }
        for pair in self.active().filter(|pair| !pair.is_held) {
            waiting.extend(
                pair.review
                    .iter()
                    .filter(|review| review.awaits(self.me.id))
                    .map(|review| Waiting::Review(pair, review)),
            );
            if pair.to_sign(self.role_in(pair)).is_some() {
                waiting.push(Waiting::Sign(pair));
            }
        }
        waiting
    }
}
