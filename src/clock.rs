//! The one place that reads clocks. Everything else takes a [`Clock`], so that a test can turn it.
//!
//! Owns: wall-clock and monotonic time. Must not: know what time is used for.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// A source of wall-clock time (UTC, truncated to microseconds, the finest both databases keep) and of monotonic time.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System { started: Instant },
    Shifted { started: Instant, by: Arc<Mutex<TimeDelta>> },
    Manual(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// The machine's clock.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn system() -> Self {
        Self(Source::System { started: Instant::now() })
    }

    /// The machine's clock, put to another time, from which it goes on and to which [`Clock::set`] can put it again.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn shifted(start: DateTime<Utc>) -> Self {
        let by = Arc::new(Mutex::new(start - Utc::now()));
        Self(Source::Shifted { started: Instant::now(), by })
    }

    /// A clock that stands still until [`Clock::set`] turns it.
    pub fn manual(start: DateTime<Utc>) -> Self {
        Self(Source::Manual(Arc::new(Mutex::new(start.trunc_subsecs(6)))))
    }

    /// Wall-clock time in UTC, truncated to microseconds.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System { .. } => Utc::now().trunc_subsecs(6),
            Source::Shifted { by, .. } => {
                (Utc::now() + *by.lock().unwrap_or_else(PoisonError::into_inner)).trunc_subsecs(6)
            }
            Source::Manual(now) => *now.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Time since this clock was made that no wall-clock correction touches.
    pub fn monotonic(&self) -> Duration {
        match &self.0 {
            Source::System { started } | Source::Shifted { started, .. } => started.elapsed(),
            Source::Manual(now) => {
                let now = *now.lock().unwrap_or_else(PoisonError::into_inner);
                Duration::from_micros(u64::try_from(now.timestamp_micros()).unwrap_or_default())
            }
        }
    }

    /// Whether this is the machine's clock, which other machines' clocks can be compared with.
    pub fn is_machine(&self) -> bool {
        matches!(self.0, Source::System { .. })
    }

    /// Turns a manual or shifted clock; does nothing to the machine's clock.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn set(&self, to: DateTime<Utc>) {
        match &self.0 {
            Source::System { .. } => {}
            Source::Shifted { by, .. } => *by.lock().unwrap_or_else(PoisonError::into_inner) = to - Utc::now(),
            // Never a little before the moment asked for: whoever waits for it would wait for ever.
            Source::Manual(now) => {
                *now.lock().unwrap_or_else(PoisonError::into_inner) =
                    (to + TimeDelta::nanoseconds(999)).trunc_subsecs(6);
            }
        }
    }
}
