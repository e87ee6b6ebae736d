//! Where somebody stands: their pairs, what comes next, and what waits for them.
//!
//! Owns: what counts as waiting. Must not: know how it is shown.

use chrono::{DateTime, Utc};

use super::asking::Asking;
use super::goals::{Goal, sets_goals};
use super::homework::Homework;
use super::inquiry::InquiryOfPair;
use super::meetings::Meeting;
use super::pairs::{PairOfPeople, PairState, Role};
use super::people::Person;
use super::private_text::PrivateText;
use super::suggestion::ManagerRequest;

/// Where somebody stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Whose overview it is.
    pub me: Person,
    /// Everything this person is part of, the oldest first.
    pub pairs: Vec<PairOverview>,
    /// What they say about themselves, and what is asked of them and by them before there is a pair.
    pub asking: Asking,
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
}

/// One meeting in an overview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingOverview {
    /// The meeting.
    pub meeting: Meeting,
    /// Parts of its agenda that say something.
    pub agenda_parts: usize,
    /// Something was put there for this very meeting, not only carried on.
    pub prepared: bool,
}

/// Something that waits for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting<'a> {
    /// A question to answer.
    Answer(&'a PairOverview),
    /// An agenda to prepare.
    Prepare(&'a PairOverview, &'a MeetingOverview),
    /// An agenda to read.
    Read(&'a PairOverview, &'a MeetingOverview),
    /// A meeting to report on.
    Report(&'a PairOverview, &'a MeetingOverview),
    /// A mentor would like to know more.
    Inquiry(&'a InquiryOfPair),
    /// Somebody would like a suggestion from their manager.
    Suggest(&'a ManagerRequest),
}

impl PairOverview {
    /// The meeting whose agenda is open: the first that has not ended.
    pub fn next_meeting(&self, now: DateTime<Utc>) -> Option<&MeetingOverview> {
        self.meetings.iter().find(|overview| overview.meeting.takes_agenda(now))
    }

    /// When the next meeting is; the end of time when there is none to come.
    fn next_or_never(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.next_meeting(now).map_or(DateTime::<Utc>::MAX_UTC, |next| next.meeting.starts_at)
    }

    /// Meetings that ended without a word of how they went.
    pub fn unreported(&self, now: DateTime<Utc>) -> impl Iterator<Item = &MeetingOverview> {
        self.meetings.iter().filter(move |overview| overview.meeting.awaits_report(now))
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

    /// Questions this person asked, as far as they can tell unanswered.
    pub fn asked(&self, now: DateTime<Utc>) -> impl Iterator<Item = &PairOverview> {
        self.pairs
            .iter()
            .filter(move |pair| self.role_in(pair) == Role::Mentee && pair.of.pair.looks_open_to_mentee(now))
    }

    /// What waits for this person: reports first, then answers, then agendas, the earliest meeting first.
    pub fn waiting(&self, now: DateTime<Utc>) -> Vec<Waiting<'_>> {
        let mut waiting = Vec::new();
        for pair in self.active().filter(|pair| self.role_in(pair) == Role::Mentee) {
            waiting.extend(pair.unreported(now).map(|meeting| Waiting::Report(pair, meeting)));
        }
        let asked_me =
            |pair: &&PairOverview| self.role_in(pair) == Role::Mentor && pair.of.pair.state == PairState::Proposed;
        waiting.extend(self.pairs.iter().filter(asked_me).map(Waiting::Answer));
        waiting.extend(self.asking.open_inquiries(now).map(Waiting::Inquiry));
        waiting.extend(self.asking.to_suggest.iter().map(Waiting::Suggest));
        let mut agendas: Vec<_> =
            self.active().filter_map(|pair| pair.next_meeting(now).map(|meeting| (pair, meeting))).collect();
        agendas.sort_by_key(|(_, meeting)| meeting.meeting.starts_at);
        for (pair, meeting) in agendas {
            match self.role_in(pair) {
                Role::Mentee if !meeting.prepared => waiting.push(Waiting::Prepare(pair, meeting)),
                Role::Mentor if meeting.agenda_parts > 0 => waiting.push(Waiting::Read(pair, meeting)),
                Role::Mentee | Role::Mentor => {}
            }
        }
        waiting
    }
}
