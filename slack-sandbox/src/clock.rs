//! The only room that reads real clocks: wall time for the default options and monotonic time for the
//! deadlines Slack keeps in real seconds. It must not decide anything.

use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, Utc};

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
