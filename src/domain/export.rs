//! Everything the app keeps of one person, as that person may know it.
//!
//! Owns: what belongs to an export, and the words for what its reader must not learn from it: that somebody said "not now"
//! (see `docs/adr/0003`). Must not: know how it is gathered or written down.

use chrono::{DateTime, Utc};

use super::agenda::Agenda;
use super::agenda_items::{AgendaItem, KeptQuestion};
use super::agreements::Agreement;
use super::goals::Goal;
use super::homework::Homework;
use super::identifiers::PersonId;
use super::introducing::Introduced;
use super::meetings::Meeting;
use super::network::NetworkEntry;
use super::pairs::{Pair, PairOfPeople, PairState, Role};
use super::pauses::Pause;
use super::peers::{PeerQuestion, PeerQuestionState};
use super::people::Person;
use super::reminders::MessageKind;
use super::reminders_introduction::IntroductionOfPeople;
use super::reviews::{CarryOn, Finish, Review};
use super::rhythm_proposals::{ProposalState, RhythmProposal};
use super::wins::Win;

/// Which shape the files have; grows when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

/// What somebody did not agree to, whether they said so or were silent.
const NOT_THIS_TIME: &str = "not_this_time";

/// Everything about one person.
#[derive(Clone, Debug)]
pub struct Export {
    /// When it was gathered.
    pub at: DateTime<Utc>,
    /// Whose it is, with settings and days off.
    pub me: Person,
    /// Every pair and every question, the oldest first.
    pub pairs: Vec<PairExport>,
    /// What they asked for introductions, the oldest first.
    pub asks: Vec<IntroductionOfPeople>,
    /// Questions typed that wait for a word what shall become of them.
    pub questions: Vec<KeptQuestion>,
    /// What they did and were asked about other people's asks.
    pub introduced: Introduced,
    /// Their own network, in the order of names.
    pub network: Vec<NetworkEntry>,
    /// What waits to be sent: which kind, and when.
    pub owed: Vec<(MessageKind, DateTime<Utc>)>,
    /// When exports were asked for.
    pub exports: Vec<DateTime<Utc>>,
}

/// Everything about one pair that one of the two may read.
#[derive(Clone, Debug)]
pub struct PairExport {
    /// The pair and its people.
    pub of: PairOfPeople,
    /// Its meetings, the earliest first.
    pub meetings: Vec<MeetingExport>,
    /// Entries that wait for the next meeting.
    pub waiting: Vec<AgendaItem>,
    /// Homework, the oldest first.
    pub homework: Vec<Homework>,
    /// Goals, the oldest first.
    pub goals: Vec<Goal>,
    /// Wins, the oldest first.
    pub wins: Vec<Win>,
    /// Versions of the agreement, the oldest first.
    pub agreements: Vec<Agreement>,
    /// Reviews, each with this person's own answer and nobody else's.
    pub reviews: Vec<(Review, Option<CarryOn>)>,
    /// The words the two left each other.
    pub finishes: Vec<Finish>,
    /// Rhythms that were proposed.
    pub proposals: Vec<RhythmProposal>,
    /// Pauses.
    pub pauses: Vec<Pause>,
    /// Questions whether to become peers.
    pub peer_questions: Vec<PeerQuestion>,
}

/// One meeting, with what may be read of its agendas.
#[derive(Clone, Debug)]
pub struct MeetingExport {
    /// The meeting.
    pub meeting: Meeting,
    /// What each half that prepares wrote under the five parts.
    pub agendas: Vec<(Role, Agenda)>,
    /// Entries put there between meetings, and points.
    pub entries: Vec<AgendaItem>,
}

/// Where a pair stands, in a word, as one of the two may know it.
pub fn known_state(pair: &Pair, reader: PersonId, now: DateTime<Utc>) -> &'static str {
    match pair.state {
        _ if pair.role_of(reader) != Some(Role::Mentee) => pair.state.word(),
        _ if pair.looks_open_to_mentee(now) => PairState::Proposed.word(),
        PairState::Declined | PairState::Expired => NOT_THIS_TIME,
        state => state.word(),
    }
}

/// What became of a proposed rhythm, in a word, as one of the two may know it.
pub fn known_proposal(proposal: &RhythmProposal, reader: PersonId, now: DateTime<Utc>) -> &'static str {
    match proposal.state {
        state if proposal.by != reader => state.word(),
        _ if proposal.looks_open_to_its_maker(now) => ProposalState::Open.word(),
        ProposalState::Kept | ProposalState::Lapsed => NOT_THIS_TIME,
        state => state.word(),
    }
}

/// What became of the question whether to become peers, in a word, as one of the two may know it.
pub fn known_peer_question(question: &PeerQuestion, reader: PersonId, now: DateTime<Utc>) -> &'static str {
    match question.state {
        state if question.asked_by != reader => state.word(),
        _ if question.looks_open(now) => PeerQuestionState::Open.word(),
        PeerQuestionState::Declined | PeerQuestionState::Lapsed => NOT_THIS_TIME,
        state => state.word(),
    }
}
