//! A proposal to meet by another rhythm: the rhythm belongs to both, so one proposes and the other agrees.
//!
//! Owns: whether a proposal can be made and answered, and where meetings go when it is agreed. Must not: know how it is
//! shown. Whoever proposed cannot tell "keep as it is" from silence: both are told when the time to answer is over.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use uuid::Uuid;

use super::identifiers::{PairId, PersonId, words};
use super::meetings::{Meeting, MeetingState, next_place};
use super::pairs::{ANSWER_WITHIN, PairOfPeople, PairState};
use super::rhythm::Rhythm;
use super::working_time::{WorkingTime, instant};

/// A meeting that begins within this stays where it is; and the first by a new rhythm is at least as far away, so that there
/// is a day to prepare.
pub const ENOUGH_TIME: TimeDelta = TimeDelta::hours(24);

words!(
    /// Where a proposal stands.
    ProposalState {
        /// Not answered.
        Open = "open",
        /// The other agreed.
        Agreed = "agreed",
        /// The other wants to keep the rhythm as it is.
        Kept = "kept",
        /// There was no answer in time.
        Lapsed = "lapsed",
        /// Who made it made another.
        Replaced = "replaced",
        /// The pair was paused or ended, or its rhythm changed in another way, before it was decided.
        Overtaken = "overtaken",
    }
);

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RhythmProposal {
    /// Its identifier.
    pub id: Uuid,
    /// Whose rhythm it is about.
    pub pair: PairId,
    /// Who made it.
    pub by: PersonId,
    /// Where it stands.
    pub state: ProposalState,
    /// What held when it was made.
    pub old: Rhythm,
    /// What shall hold.
    pub new: Rhythm,
    /// When it was made.
    pub asked_at: DateTime<Utc>,
    /// Until when the other may answer.
    pub answer_by: DateTime<Utc>,
    /// When it was answered, replaced or overtaken.
    pub settled_at: Option<DateTime<Utc>>,
}

/// A proposal together with its pair and its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalOfPair {
    /// The proposal.
    pub proposal: RhythmProposal,
    /// Whose it is.
    pub of: PairOfPeople,
}

/// Why a proposal is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotPropose {
    /// The two do not meet at the moment.
    NotMeeting,
    /// They meet like that already.
    NothingNew,
}

/// Why an answer comes to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotAnswer {
    /// It is not open any more.
    Already(ProposalState),
    /// The two do not meet at the moment.
    NotMeeting,
    /// The rhythm is not what it was when the proposal was made.
    AnotherRhythm,
}

/// Whether two rhythms put meetings at the same times for the same length, wherever counting begins.
pub fn same(one: &Rhythm, other: &Rhythm) -> bool {
    one.cron == other.cron
        && one.every == other.every
        && one.zone == other.zone
        && one.length_minutes == other.length_minutes
}

impl RhythmProposal {
    /// Somebody proposes another rhythm to the other half, who answers within working days of their own.
    ///
    /// # Errors
    /// [`CannotPropose`].
    pub fn make(
        id: Uuid,
        of: &PairOfPeople,
        by: PersonId,
        new: Rhythm,
        programme: &WorkingTime,
        now: DateTime<Utc>,
    ) -> Result<Self, CannotPropose> {
        let (PairState::Active, Some(old)) = (of.pair.state, of.pair.rhythm.clone()) else {
            return Err(CannotPropose::NotMeeting);
        };
        if same(&old, &new) {
            return Err(CannotPropose::NothingNew);
        }
        let answer_by = of.other(by).working_time(programme).days_after(now, ANSWER_WITHIN);
        let state = ProposalState::Open;
        Ok(Self { id, pair: of.pair.id, by, state, old, new, asked_at: now, answer_by, settled_at: None })
    }

    /// Whether it is open as far as the one who made it can tell.
    pub fn looks_open_to_its_maker(&self, now: DateTime<Utc>) -> bool {
        matches!(self.state, ProposalState::Open | ProposalState::Kept) && now < self.answer_by
    }

    /// Settles it.
    #[must_use]
    pub fn settled(mut self, state: ProposalState, now: DateTime<Utc>) -> Self {
        self.state = state;
        self.settled_at = Some(now);
        self
    }
}

impl ProposalOfPair {
    /// Whether it can be agreed to or turned down.
    ///
    /// # Errors
    /// [`CannotAnswer`].
    pub fn may_answer(&self) -> Result<(), CannotAnswer> {
        if self.proposal.state != ProposalState::Open {
            return Err(CannotAnswer::Already(self.proposal.state));
        }
        if self.of.pair.state != PairState::Active {
            return Err(CannotAnswer::NotMeeting);
        }
        if self.of.pair.rhythm.as_ref() != Some(&self.proposal.old) {
            return Err(CannotAnswer::AnotherRhythm);
        }
        Ok(())
    }
}

/// What becomes of the calendar of a pair when its rhythm changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changeover {
    /// The meeting that takes another slot, with everything on its agenda; `None` when there is none to move.
    pub moves: Option<Meeting>,
    /// The first slot of the new rhythm, if it ever fires again.
    pub first: Option<DateTime<Utc>>,
}

/// Where the new rhythm begins. `planned` are the pair's meetings without an outcome, the earliest first; `latest` is the
/// last slot or start of all its other meetings, whatever became of them: what comes next has to lie after it.
///
/// A meeting that has begun, or begins too soon to be moved, stays, and the new rhythm counts from the day after it.
pub fn changeover(
    planned: &[Meeting],
    latest: Option<DateTime<Utc>>,
    new: &Rhythm,
    both: &[WorkingTime; 2],
    now: DateTime<Utc>,
) -> Changeover {
    let soonest = now + ENOUGH_TIME;
    let to_come = planned.iter().filter(|meeting| meeting.state == MeetingState::Planned && meeting.starts_at > now);
    let (stays, moves): (Vec<&Meeting>, Vec<&Meeting>) = to_come.partition(|meeting| meeting.starts_at <= soonest);
    let day_after = |at: DateTime<Utc>| {
        let day = at.with_timezone(&new.zone).date_naive();
        let next = day.succ_opt().unwrap_or(day);
        instant(new.zone, next.and_time(NaiveTime::MIN)) - TimeDelta::seconds(1)
    };
    let after = stays.iter().map(|meeting| day_after(meeting.starts_at)).chain(latest).fold(soonest, DateTime::max);
    let place = next_place(new, both, after);
    let moves = moves.first().zip(place).map(|(meeting, (slot_at, starts_at))| Meeting {
        slot_at,
        starts_at,
        length_minutes: new.length_minutes,
        planned_at: now,
        revision: meeting.revision + 1,
        ..(*meeting).clone()
    });
    Changeover { moves, first: place.map(|(slot, _)| slot) }
}

/// The next dates of a rhythm from its first one on, at most `count`.
pub fn next_dates(first: Option<DateTime<Utc>>, rhythm: &Rhythm, count: usize) -> Vec<DateTime<Utc>> {
    std::iter::successors(first, |at| rhythm.next_after(*at)).take(count).collect()
}
