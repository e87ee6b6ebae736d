//! A pair that rule 1 holds back: the org chart changed, and one of the two is now too close to the other.
//!
//! Owns: what became of it, and who is told. Must not: know the chart.

use chrono::{DateTime, TimeDelta, Utc};

use super::identifiers::{PairId, PersonId, words};
use super::pairs::PairOfPeople;
use super::reminders::{MessageKind, Owed};
use super::working_time::WorkingTime;

/// How long the news is worth telling: until it is told, nobody can act on it.
const NEWS_WINDOW: TimeDelta = TimeDelta::days(30);

words!(
    /// What one of the two decided.
    Outcome {
        /// They finish.
        Finished = "finished",
        /// The chart was wrong, or is different again: they go on.
        GoesOn = "goes_on",
    }
);

/// The last time a pair was held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which pair.
    pub pair: PairId,
    /// Since when.
    pub held_at: DateTime<Utc>,
    /// It was paused already, which is another matter: going on does not end that.
    pub was_paused: bool,
    /// What one of the two decided, and who; `None` while it waits.
    pub settled: Option<(Outcome, PersonId)>,
}

impl Held {
    /// Whether it waits for one of the two.
    pub fn stands(&self) -> bool {
        self.settled.is_none()
    }

    /// The news, for both, in their working hours.
    pub fn news(&self, of: &PairOfPeople, programme: &WorkingTime, now: DateTime<Utc>) -> [Owed; 2] {
        [&of.mentee, &of.mentor].map(|to| {
            let due_at = to.working_time(programme).next_open(now);
            self.owed(MessageKind::PairHeld, to.id, due_at)
        })
    }

    /// What became of it, for the half that did not decide, at once: somebody has just done it.
    pub fn told(&self, of: &PairOfPeople, by: PersonId, now: DateTime<Utc>) -> Owed {
        self.owed(MessageKind::PairHeldSettled, of.other(by).id, now)
    }

    fn owed(&self, kind: MessageKind, to: PersonId, due_at: DateTime<Utc>) -> Owed {
        // The second at which it was held tells one time from another.
        let occasion = u32::try_from(self.held_at.timestamp()).ok();
        Owed { kind, subject: self.pair.0, occasion, to, due_at, until: due_at + NEWS_WINDOW }
    }
}

/// Whether a message about it is still worth saying.
pub fn still_owed(kind: MessageKind, of: &PairOfPeople, held: &Held) -> bool {
    let stands = held.stands();
    of.both_are_here() && if kind == MessageKind::PairHeld { stands } else { !stands }
}
