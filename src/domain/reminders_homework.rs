//! What is owed about homework and wins.
//!
//! Owns: the nudge halfway between two meetings, the news of a win, and whether they are still owed.
//! Must not: know the words of a message or how it travels.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::homework::{Homework, HomeworkState};
use super::identifiers::PersonId;
use super::meetings::{MeetingOfPair, MeetingState};
use super::pairs::PairState;
use super::people::Person;
use super::reminders::{MessageKind, Owed, Plan};
use super::wins::{Win, WinOfPair};
use super::working_time::WorkingTime;

/// How late the nudge may come: after that the next agenda asks anyway.
const NUDGE_WINDOW: TimeDelta = TimeDelta::hours(48);
/// How long news of a win stays worth telling.
const NEWS_WINDOW: TimeDelta = TimeDelta::days(7);
/// How long a channel may be tried: a win of last week is stale in front of everybody.
const CHANNEL_WINDOW: TimeDelta = TimeDelta::days(1);
/// Messages about one meeting that a mentor gets at most.
pub const MOST_TO_MENTOR: i64 = 2;

/// Why a channel may or may not have a win, in the word that is kept: nobody knows whether it was posted.
pub const UNCLEAR: &str = "unclear";

/// What is known between two meetings.
#[derive(Clone, Copy, Debug)]
pub struct Between<'a> {
    /// When the meeting before this one began, if there was one.
    pub before: Option<DateTime<Utc>>,
    /// What the pair carries.
    pub homework: &'a [Homework],
    /// Messages about this meeting that the mentor got or is about to get.
    pub mentor_got: i64,
}

/// Adds the nudges about a meeting to its plan: each owner of open homework gets one, halfway since the meeting before.
pub fn nudge(plan: &mut Plan, of: &MeetingOfPair, between: Between<'_>, programme: &WorkingTime, now: DateTime<Utc>) {
    let meeting = &of.meeting;
    let Some(before) = between.before else { return };
    if meeting.state != MeetingState::Planned || !of.of.both_are_here() || now >= meeting.starts_at {
        return;
    }
    let halfway = before + (meeting.starts_at - before) / 2;
    for owner in [&of.of.mentee, &of.of.mentor] {
        let at = nudge_at(owner, halfway, programme);
        if at > now {
            // Looked at then even if nothing is open now: homework may be set meanwhile.
            plan.look_at(at);
            continue;
        }
        // A mentor gets at most two messages a meeting. The nudge comes before the agenda does, so it is usually the first
        // of the two; where working hours or downtime have put it behind them, it is the one that is left out.
        if !of.of.pair.prepares(owner.id) && between.mentor_got >= MOST_TO_MENTOR {
            continue;
        }
        // What was set after the halfway point is fresh: nobody needs reminding of it.
        let mine = between
            .homework
            .iter()
            .any(|item| item.owner == owner.id && item.state == HomeworkState::Open && item.set_at <= at);
        if mine {
            let due_at = owner.working_time(programme).next_open(now);
            let until = (at + NUDGE_WINDOW).min(meeting.starts_at);
            let kind = MessageKind::HomeworkNudge;
            plan.step(at, now, Owed { kind, subject: meeting.id.0, occasion: None, to: owner.id, due_at, until });
        }
    }
}

fn nudge_at(owner: &Person, halfway: DateTime<Utc>, programme: &WorkingTime) -> DateTime<Utc> {
    owner.working_time(programme).next_open(halfway)
}

/// Whether the nudge is still worth saying to this person.
pub fn still_owed_nudge(of: &MeetingOfPair, open: usize, now: DateTime<Utc>) -> bool {
    of.of.both_are_here()
        && of.of.pair.state == PairState::Active
        && of.meeting.state == MeetingState::Planned
        && now < of.meeting.starts_at
        && open > 0
}

/// How much of the homework is somebody's own and open.
pub fn open_of(homework: &[Homework], person: PersonId) -> usize {
    homework.iter().filter(|item| item.owner == person && item.state == HomeworkState::Open).count()
}

impl Owed {
    /// News of a win, for the other of the pair, at once: it carries what somebody has just done.
    pub fn win_shared(win: &Win, to: PersonId, now: DateTime<Utc>) -> Self {
        Self {
            kind: MessageKind::WinShared,
            subject: win.id.0,
            occasion: None,
            to,
            due_at: now,
            until: now + NEWS_WINDOW,
        }
    }

    /// The win itself, for the channel its owner chose.
    pub fn win_to_channel(win: &Win, now: DateTime<Utc>) -> Self {
        let until = now + CHANNEL_WINDOW;
        Self { kind: MessageKind::WinToChannel, subject: win.id.0, occasion: None, to: win.person, due_at: now, until }
    }

    /// That the win does not stand in the channel, for its owner; `win` is its identifier.
    pub fn win_not_in_channel(win: Uuid, owner: PersonId, now: DateTime<Utc>) -> Self {
        let until = now + NEWS_WINDOW;
        Self { kind: MessageKind::WinNotInChannel, subject: win, occasion: None, to: owner, due_at: now, until }
    }
}

/// Whether a message about a win is still worth saying.
pub fn still_owed_about_win(kind: MessageKind, of: &WinOfPair, to: PersonId) -> bool {
    let owner_is_here =
        if of.win.person == of.of.mentee.id { !of.of.mentee.deactivated } else { !of.of.mentor.deactivated };
    match kind {
        MessageKind::WinShared => {
            let reader = if to == of.of.mentee.id { &of.of.mentee } else { &of.of.mentor };
            !reader.deactivated && matches!(of.of.pair.state, PairState::Active | PairState::Paused)
        }
        MessageKind::WinToChannel => owner_is_here && of.win.channel.is_some(),
        MessageKind::WinNotInChannel => owner_is_here,
        _ => false,
    }
}
