//! A meeting: one occurrence of a pair's rhythm.
//!
//! Owns: when it is, and how it can turn out. Must not: know who is told about it (see `reminders`).

use chrono::{DateTime, TimeDelta, Utc};

use super::identifiers::{MeetingId, PairId, words};
use super::pairs::PairOfPeople;
use super::placing::{Placed, placed};
use super::private_text::PrivateText;
use super::rhythm::Rhythm;
use super::working_time::WorkingTime;

/// Slots of a rhythm looked at for one on which the two can meet: more than a year of weeks.
const SLOTS_LOOKED_AT: usize = 60;
/// A meeting is put earlier than it was only this long ahead.
const NOTICE_OF_EARLIER: TimeDelta = TimeDelta::hours(24);

words!(
    /// How a meeting turned out.
    MeetingState {
        /// To come, or not yet reported on.
        Planned = "planned",
        /// They met.
        Held = "held",
        /// They did not meet, or nobody said.
        Missed = "missed",
        /// Left out on purpose.
        Skipped = "skipped",
        /// Put at another time.
        Moved = "moved",
    }
);

/// One occurrence of a pair's rhythm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Its identifier.
    pub id: MeetingId,
    /// Whose meeting it is.
    pub pair: PairId,
    /// The rhythm's own moment for it; it stays when the meeting is moved, so that nothing drifts.
    pub slot_at: DateTime<Utc>,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// How long it takes, in minutes.
    pub length_minutes: u16,
    /// How it turned out.
    pub state: MeetingState,
    /// When it was put on the calendar.
    pub planned_at: DateTime<Utc>,
    /// When the mentee answered "not yet" to "did you meet?".
    pub not_yet_at: Option<DateTime<Utc>>,
    /// What was most useful about it.
    pub most_useful: Option<PrivateText>,
    /// How often it was moved or left out.
    pub revision: u32,
}

/// Why a report comes to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotReport {
    /// It was reported on before, with this outcome.
    Already(MeetingState),
    /// It has not begun.
    NotBegun,
}

/// Why a meeting stays where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotChange {
    /// It has an outcome.
    Already(MeetingState),
    /// It has begun.
    Begun,
    /// The time it was to be moved to is over.
    Past,
    /// It is there already.
    Same,
    /// The pair meets again before that.
    PastTheNext(DateTime<Utc>),
}

impl Meeting {
    /// A pair's first meeting by its rhythm: far enough away that the mentee has a day to prepare, on a day that `both`
    /// work. `None` when there is no such meeting any more.
    pub fn first(
        id: MeetingId,
        pair: PairId,
        rhythm: &Rhythm,
        both: &[WorkingTime; 2],
        now: DateTime<Utc>,
    ) -> Option<Self> {
        Self::by_rhythm(id, pair, rhythm, both, now + TimeDelta::hours(24), now)
    }

    /// The meeting after this one by the rhythm, whatever became of this one; what was missed meanwhile is not made up for.
    pub fn following(
        &self,
        id: MeetingId,
        rhythm: &Rhythm,
        both: &[WorkingTime; 2],
        now: DateTime<Utc>,
    ) -> Option<Self> {
        Self::by_rhythm(id, self.pair, rhythm, both, self.slot_at.max(now), now)
    }

    /// The first by a rhythm whose slot lies strictly after a moment. `None` when the rhythm never fires again.
    pub fn by_rhythm(
        id: MeetingId,
        pair: PairId,
        rhythm: &Rhythm,
        both: &[WorkingTime; 2],
        after: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let (slot_at, starts_at) = next_place(rhythm, both, after)?;
        Some(Self {
            id,
            pair,
            slot_at,
            starts_at,
            length_minutes: rhythm.length_minutes,
            state: MeetingState::Planned,
            planned_at: now,
            not_yet_at: None,
            most_useful: None,
            revision: 0,
        })
    }

    /// Where the calendar of the two puts it now, if that is elsewhere than it stands. It must stand where it was put before,
    /// not where somebody moved it.
    pub fn to_be_placed(&self, rhythm: &Rhythm, both: &[WorkingTime; 2], now: DateTime<Utc>) -> Option<Placed> {
        if self.may_change(now).is_err() {
            return None;
        }
        match place_of(self.slot_at, rhythm, both) {
            Placed::At(at) if at == self.starts_at => None,
            // Nobody is called to a meeting sooner than they thought without a day's notice.
            Placed::At(at) if at < self.starts_at && at < now + NOTICE_OF_EARLIER => None,
            Placed::At(at) if at <= now => None,
            placed => Some(placed),
        }
    }

    /// It is put elsewhere because working days changed.
    #[must_use]
    pub fn placed_anew(mut self, at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        self.starts_at = at;
        self.planned_at = now;
        self.revision += 1;
        self
    }

    /// When it ends.
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.starts_at + TimeDelta::minutes(i64::from(self.length_minutes))
    }

    /// Whether the agenda can still be changed: it has not ended and nobody reported on it.
    pub fn takes_agenda(&self, now: DateTime<Utc>) -> bool {
        self.state == MeetingState::Planned && now < self.ends_at()
    }

    /// Whether "did you meet?" waits for an answer.
    pub fn awaits_report(&self, now: DateTime<Utc>) -> bool {
        self.state == MeetingState::Planned && now >= self.ends_at()
    }

    /// Whether it can be reported on now.
    ///
    /// # Errors
    /// [`CannotReport`] when it has an outcome already or has not begun.
    pub fn may_report(&self, now: DateTime<Utc>) -> Result<(), CannotReport> {
        if self.state != MeetingState::Planned {
            return Err(CannotReport::Already(self.state));
        }
        if now < self.starts_at {
            return Err(CannotReport::NotBegun);
        }
        Ok(())
    }

    /// They met.
    ///
    /// # Errors
    /// See [`Meeting::may_report`].
    pub fn held(mut self, most_useful: Option<PrivateText>, now: DateTime<Utc>) -> Result<Self, CannotReport> {
        self.may_report(now)?;
        self.state = MeetingState::Held;
        self.most_useful = most_useful;
        Ok(self)
    }

    /// They left it out.
    ///
    /// # Errors
    /// See [`Meeting::may_report`].
    pub fn skipped(mut self, now: DateTime<Utc>) -> Result<Self, CannotReport> {
        self.may_report(now)?;
        self.state = MeetingState::Skipped;
        Ok(self)
    }

    /// Whether it can still be moved or left out.
    ///
    /// # Errors
    /// [`CannotChange`] when it has an outcome already or has begun.
    pub fn may_change(&self, now: DateTime<Utc>) -> Result<(), CannotChange> {
        if self.state != MeetingState::Planned {
            return Err(CannotChange::Already(self.state));
        }
        if now >= self.starts_at {
            return Err(CannotChange::Begun);
        }
        Ok(())
    }

    /// It takes place at another time. Its slot stays where it is, so the others do, too.
    ///
    /// # Errors
    /// [`CannotChange`] when it cannot be moved, or not to there.
    pub fn moved(mut self, to: DateTime<Utc>, rhythm: &Rhythm, now: DateTime<Utc>) -> Result<Self, CannotChange> {
        self.may_change(now)?;
        if to <= now {
            return Err(CannotChange::Past);
        }
        if to == self.starts_at {
            return Err(CannotChange::Same);
        }
        if let Some(next) = rhythm.next_after(self.slot_at).filter(|next| to >= *next) {
            return Err(CannotChange::PastTheNext(next));
        }
        self.starts_at = to;
        self.planned_at = now;
        self.revision += 1;
        Ok(self)
    }

    /// What tells the messages about a changed meeting from those about the same meeting before: how often it was changed.
    /// The time itself would not do, since a meeting can come back to where it was.
    pub fn occasion(&self) -> Option<u32> {
        (self.revision > 0).then_some(self.revision)
    }

    /// It is left out before it has begun. The others stay where they are.
    ///
    /// # Errors
    /// See [`Meeting::may_change`].
    pub fn left_out(mut self, now: DateTime<Utc>) -> Result<Self, CannotChange> {
        self.may_change(now)?;
        self.state = MeetingState::Skipped;
        self.revision += 1;
        Ok(self)
    }

    /// They have not met yet; they are asked once more.
    ///
    /// # Errors
    /// See [`Meeting::may_report`].
    pub fn not_yet(mut self, now: DateTime<Utc>) -> Result<Self, CannotReport> {
        self.may_report(now)?;
        self.not_yet_at.get_or_insert(now);
        Ok(self)
    }

    /// Nobody said that they met.
    ///
    /// # Errors
    /// See [`Meeting::may_report`].
    pub fn missed(mut self, now: DateTime<Utc>) -> Result<Self, CannotReport> {
        self.may_report(now)?;
        self.state = MeetingState::Missed;
        Ok(self)
    }
}

/// The first slot of a rhythm strictly after a moment that has a place in the calendars of the two, and that place. A slot
/// without one is left out; the next may have one.
pub fn next_place(
    rhythm: &Rhythm,
    both: &[WorkingTime; 2],
    after: DateTime<Utc>,
) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let slots = std::iter::successors(rhythm.next_after(after), |slot| rhythm.next_after(*slot));
    slots.take(SLOTS_LOOKED_AT).find_map(|slot| match place_of(slot, rhythm, both) {
        Placed::At(at) => Some((slot, at)),
        Placed::Skipped => None,
    })
}

/// Where a slot of a rhythm goes by the calendars of the two.
fn place_of(slot: DateTime<Utc>, rhythm: &Rhythm, both: &[WorkingTime; 2]) -> Placed {
    let [mentee, mentor] = both;
    placed(slot, rhythm.next_after(slot), rhythm.zone, [mentee, mentor])
}

/// A meeting together with its pair and its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingOfPair {
    /// The meeting.
    pub meeting: Meeting,
    /// Whose it is.
    pub of: PairOfPeople,
}
