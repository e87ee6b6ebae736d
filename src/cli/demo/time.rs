//! The demo's time: one clock for the pretend Slack and the real app, which people can turn.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use slack_sandbox::Clockwork;

use crate::clock::Clock;
use crate::jobs::ahead;
use crate::jobs::speaker::Speaker;

/// How long a turn of the clock waits for the app; a limit of Slack's on messages takes a few real seconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// The clock, and the app that lives by it once it runs.
pub(super) struct DemoTime {
    clock: Clock,
    speaker: OnceLock<Arc<Speaker>>,
}

impl DemoTime {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, speaker: OnceLock::new() }
    }

    /// From here on turning the clock waits for this app.
    pub(super) fn drives(&self, speaker: Arc<Speaker>) {
        // A demo has one app; a second would not be waited for.
        let _ = self.speaker.set(speaker);
    }
}

impl Clockwork for DemoTime {
    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    fn turn_to(&self, moment: DateTime<Utc>) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.clock.set(moment);
            let Some(speaker) = self.speaker.get() else { return };
            speaker.ctx.bell.notify_one();
            if tokio::time::timeout(PATIENCE, speaker.rested(moment)).await.is_err() {
                tracing::warn!("the app still has something to do at {moment}; the clock goes on");
            }
        })
    }

    fn next(&self) -> BoxFuture<'_, Option<DateTime<Utc>>> {
        Box::pin(async move {
            let speaker = self.speaker.get()?;
            // Without an answer the clock can still be turned by hours and days.
            ahead::next_moment(&speaker.ctx).await.unwrap_or_else(|failure| {
                tracing::warn!(%failure, "the demo cannot look ahead");
                None
            })
        })
    }
}
