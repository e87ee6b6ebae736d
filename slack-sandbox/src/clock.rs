//! The only room that reads real clocks: wall time for the default options and monotonic time for the
//! deadlines Slack keeps in real seconds. It must not decide anything.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;

/// Wall time as the workspace sees it: message timestamps, "today", rate limits and expiry dates follow it.
pub type WallClock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The machine's own wall clock.
#[expect(clippy::disallowed_methods, reason = "this file is where the sandbox reads the real clock")]
pub fn system_clock() -> WallClock {
    Arc::new(Utc::now)
}

/// Monotonic time, for what Slack measures in real seconds (acknowledgements, triggers).
#[expect(clippy::disallowed_methods, reason = "this file is where the sandbox reads the real clock")]
pub(crate) fn monotonic() -> Instant {
    Instant::now()
}

/// A wall clock that people can turn, and the app that lives by it.
pub trait Clockwork: Send + Sync {
    /// Wall time.
    fn now(&self) -> DateTime<Utc>;

    /// Puts the clock to a later moment; ready once the app has done what was due by then.
    fn turn_to(&self, moment: DateTime<Utc>) -> BoxFuture<'_, ()>;

    /// The next moment at which the app has something to do by itself, as far as is known now.
    fn next(&self) -> BoxFuture<'_, Option<DateTime<Utc>>>;
}

/// The machine's wall clock, turned ahead by as much as people want; nothing but the sandbox lives by it.
#[derive(Debug, Default)]
pub struct TurnableClock {
    ahead: Mutex<TimeDelta>,
}

impl Clockwork for TurnableClock {
    #[expect(clippy::disallowed_methods, reason = "this file is where the sandbox reads the real clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now() + *self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn turn_to(&self, moment: DateTime<Utc>) -> BoxFuture<'_, ()> {
        let further = (moment - self.now()).max(TimeDelta::zero());
        *self.ahead.lock().unwrap_or_else(PoisonError::into_inner) += further;
        Box::pin(std::future::ready(()))
    }

    fn next(&self) -> BoxFuture<'_, Option<DateTime<Utc>>> {
        Box::pin(std::future::ready(None))
    }
}
