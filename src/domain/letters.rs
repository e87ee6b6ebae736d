//! Letters: what a mentor outside, who has only an e-mail address, is told instead of messages.
//!
//! Owns: which messages become letters, when, and what stands in one. Must not: know its words or how it travels.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use super::agenda::Agenda;
use super::agenda_items::Entries;
use super::calendar::Entry;
use super::contacts::{Contact, NotPosted};
use super::homework::Homework;
use super::identifiers::PersonId;
use super::meetings::{Meeting, MeetingOfPair, MeetingState};
use super::pairs::{Pair, PairOfPeople, PairState};
use super::private_text::PrivateText;
use super::reminders::{MessageKind, Owed, Plan};
use super::working_time::WorkingTime;

/// How long a letter about a pair stays worth sending, and news about letters worth telling.
const WINDOW: TimeDelta = TimeDelta::days(7);
/// How long a mail server that takes nothing is tried before the mentee is asked to send a letter.
const TRIED_FOR: TimeDelta = TimeDelta::hours(4);
/// The shortest and the longest wait for a mail server that takes nothing.
const WAITS: (TimeDelta, TimeDelta) = (TimeDelta::minutes(2), TimeDelta::hours(1));

/// Everything a letter says, as of the moment it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// What kind of message it is in place of.
    pub kind: MessageKind,
    /// Whose it is.
    pub of: PairOfPeople,
    /// The meeting it speaks of.
    pub meeting: Option<Meeting>,
    /// What the mentee wrote for it.
    pub agenda: Agenda,
    /// What else is on its agenda.
    pub entries: Entries,
    /// The homework the two carry.
    pub homework: Vec<Homework>,
    /// The day on which a pause ends.
    pub until: Option<NaiveDate>,
    /// What the mentee wants to work on, if the letter is to say so.
    pub aim: Option<PrivateText>,
    /// The entry in a calendar that comes with it.
    pub entry: Option<Entry>,
}

impl Letter {
    /// Whether something stands on the agenda.
    pub fn has_agenda(&self) -> bool {
        !self.agenda.is_empty() || self.entries.0.iter().any(|item| item.part.is_some())
    }

    /// Whether it is worth sending at this moment.
    pub fn is_owed(&self, now: DateTime<Utc>) -> bool {
        let of = &self.of;
        if of.mentee.deactivated {
            return false;
        }
        let to_come = |state| self.meeting.as_ref().is_some_and(|it| it.state == state && now < it.starts_at);
        let meets = of.pair.state == PairState::Active;
        match self.kind {
            MessageKind::FirstLetter => of.pair.is_live(),
            MessageKind::AgendaNotice
            | MessageKind::InvitationLetter
            | MessageKind::MeetingMoved
            | MessageKind::MeetingPlacedAnew => meets && to_come(MeetingState::Planned),
            MessageKind::AgendaLate => meets && to_come(MeetingState::Planned) && self.has_agenda(),
            MessageKind::MeetingLeftOut | MessageKind::MeetingFellOut => to_come(MeetingState::Skipped),
            MessageKind::RhythmLetter => meets,
            MessageKind::WithdrawalLetter => self.entry.is_some(),
            MessageKind::PairPaused => of.pair.state == PairState::Paused,
            MessageKind::PairEnded => of.pair.state == PairState::Ended,
            _ => false,
        }
    }

    /// Whether the mentee is asked to send it themselves, for this reason. Without a mail server they are not asked to pass on
    /// what they would say anyway; when something went wrong they hear of every letter.
    pub fn is_for_the_mentee(&self, why: NotPosted) -> bool {
        if why.is_trouble() {
            return true;
        }
        match self.kind {
            MessageKind::AgendaNotice => self.has_agenda(),
            MessageKind::FirstLetter
            | MessageKind::AgendaLate
            | MessageKind::MeetingMoved
            | MessageKind::MeetingLeftOut
            | MessageKind::MeetingPlacedAnew
            | MessageKind::MeetingFellOut
            | MessageKind::RhythmLetter => true,
            _ => false,
        }
    }
}

/// A letter that its mentee is asked to send, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToForward {
    /// The row of the letter.
    pub id: Uuid,
    /// What it says now.
    pub letter: Letter,
    /// Whom it is for.
    pub contact: Contact,
    /// Why it did not go out; `None` when it does after all.
    pub why: Option<NotPosted>,
}

impl MessageKind {
    /// Whether time brought it about, so that the mentee hears of it in their working hours.
    fn is_of_time(self) -> bool {
        matches!(self, Self::AgendaNotice | Self::InvitationLetter | Self::MeetingPlacedAnew | Self::MeetingFellOut)
    }
}

/// A letter about a pair as a whole, for its mentor, at once; `subject` is what gave rise to it.
pub fn about_pair(kind: MessageKind, pair: &Pair, subject: Uuid, now: DateTime<Utc>) -> Owed {
    Owed { kind, subject, occasion: None, to: pair.mentor, due_at: now, until: now + WINDOW }
}

/// The invitation to a meeting after the first, as soon as it is on the calendar. The first comes with the first letter, and
/// one that was moved is invited to by the letter that says so.
pub fn invitation(plan: &mut Plan, of: &MeetingOfPair, is_first: bool, programme: &WorkingTime, now: DateTime<Utc>) {
    let meeting = &of.meeting;
    let mentor = &of.of.mentor;
    if !mentor.is_contact() || is_first || meeting.revision > 0 || now >= meeting.starts_at {
        return;
    }
    plan.owed.push(Owed {
        kind: MessageKind::InvitationLetter,
        subject: meeting.id.0,
        occasion: None,
        to: mentor.id,
        due_at: mentor.working_time(programme).next_open(now),
        until: meeting.starts_at,
    });
}

/// That a letter, known by its row and how often it was tried, is the mentee's to send, for the mentee.
pub fn to_forward(row: (Uuid, i32), letter: &Letter, programme: &WorkingTime, now: DateTime<Utc>) -> Owed {
    let mentee = &letter.of.mentee;
    let due_at = if letter.kind.is_of_time() { mentee.working_time(programme).next_open(now) } else { now };
    // Tried again after its address was corrected, it is news again.
    let occasion = u32::try_from(row.1).ok().filter(|attempt| *attempt > 1);
    let kind = MessageKind::LetterToForward;
    Owed { kind, subject: row.0, occasion, to: mentee.id, due_at, until: due_at + WINDOW }
}

/// The calendar file that goes with such a letter, after it.
pub fn file_to_forward(forward: &Owed) -> Owed {
    Owed { kind: MessageKind::FileToForward, ..forward.clone() }
}

/// That a mentor outside wants no more letters, for the mentee, at once.
pub fn letters_stopped(pair: &Pair, to: PersonId, now: DateTime<Utc>) -> Owed {
    let kind = MessageKind::LettersStopped;
    Owed { kind, subject: pair.id.0, occasion: None, to, due_at: now, until: now + WINDOW }
}

/// When to try a mail server again that did not take a letter which was due at this moment; `None` when the mentee had better
/// send it. The longer it takes nothing, the less often it is tried.
pub fn try_again_at(due_at: DateTime<Utc>, until: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let waited = now - due_at;
    let at = now + (waited / 2).clamp(WAITS.0, WAITS.1);
    (waited < TRIED_FOR && at < until).then_some(at)
}
