//! What the jobs that talk to Slack share: the client, the pace, and the figures of the delivery protocol.
//!
//! Owns: waiting times. Must not: decide what is said.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::mail::office::Office;
use crate::slack::api::{Api, CallFailure};
use crate::slack::method::Method;
use crate::slack::pace::Pace;

/// How long a claim holds. A request takes less than half of it, see [`REQUEST_TIMEOUT`].
pub const LEASE: TimeDelta = TimeDelta::seconds(60);
/// How long a call to Slack may take altogether.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(15);
/// How long after an attempt the history is sure to show it: longer than a request plus the lag of the history.
pub const SETTLE: TimeDelta = TimeDelta::seconds(60);
/// Attempts after which a message is parked.
pub const MOST_ATTEMPTS: i32 = 8;
/// How long to leave alone what failed for a reason that is not its own: the line, the token, the database.
pub const NOT_ITS_FAULT: TimeDelta = TimeDelta::seconds(20);
/// The first wait between attempts; it doubles, with full jitter.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(2);
/// The longest wait between attempts.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(10);

/// What a tick did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Messages or screens that were dealt with.
    pub handled: usize,
    /// When the first that waits for the pace may go.
    pub held_until: Option<DateTime<Utc>>,
}

impl Progress {
    /// Something waits for the pace.
    pub fn hold(&mut self, until: DateTime<Utc>) {
        self.held_until = Some(self.held_until.map_or(until, |sooner| sooner.min(until)));
    }
}

/// What the jobs that talk to Slack share.
#[derive(Debug)]
pub struct Speaker {
    /// Database, time, randomness.
    pub ctx: Arc<Ctx>,
    /// Slack.
    pub api: Api,
    /// This process, as the holder of leases.
    pub me: Uuid,
    /// The settle window, [`SETTLE`] unless calibrated otherwise.
    pub settle: TimeDelta,
    /// Where letters are posted, when a mail server is set.
    pub office: Option<Office>,
    pace: Mutex<Pace>,
    rested: watch::Sender<Option<DateTime<Utc>>>,
}

impl Speaker {
    /// A speaker with a fresh pace.
    pub fn new(ctx: Arc<Ctx>, api: Api, settle: TimeDelta) -> Self {
        let me = ctx.ids.opaque();
        Self { ctx, api, me, settle, office: None, pace: Mutex::new(Pace::new()), rested: watch::Sender::new(None) }
    }

    /// The same, which posts letters here.
    #[must_use]
    pub fn posting(self, office: Option<Office>) -> Self {
        Self { office, ..self }
    }

    /// Everything that was due by this moment is done.
    pub(super) fn rests(&self, at: DateTime<Utc>) {
        self.rested.send_replace(Some(at));
    }

    /// Returns once everything that is due by a moment is done. For whoever turns the clock.
    pub async fn rested(&self, by: DateTime<Utc>) {
        let mut rested = self.rested.subscribe();
        // An error would mean that the sender is gone, which this very value holds.
        let _ = rested.wait_for(|at| at.is_some_and(|at| at >= by)).await;
    }

    /// Between the two looks that prove an absence: 30 s with the usual settle window.
    pub fn between_looks(&self) -> TimeDelta {
        self.settle / 2
    }

    fn pace(&self) -> std::sync::MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the permit for one call, or says when to come back.
    ///
    /// # Errors
    /// The moment before which nothing may go.
    pub fn permit(&self, method: Method, conversation: Option<&str>) -> Result<(), DateTime<Utc>> {
        self.pace().permit(method, conversation, self.ctx.now())
    }

    /// Takes a permit of one conversation alone, for a message that has the workspace's already.
    ///
    /// # Errors
    /// The moment before which nothing may go there.
    pub fn permit_in(&self, conversation: &str) -> Result<(), DateTime<Utc>> {
        self.pace().permit_in(conversation, self.ctx.now())
    }

    /// Whether a call that cannot wait may go.
    ///
    /// # Errors
    /// The moment before which nothing may go.
    pub fn open_to(&self, method: Method) -> Result<(), DateTime<Utc>> {
        self.pace().open_to(method, self.ctx.now())
    }

    /// Tells the pace how a call went.
    pub fn learn_pace<T>(&self, method: Method, result: &Result<T, CallFailure>) {
        match result {
            Err(CallFailure::RateLimited { method, retry_after }) => {
                self.pace().rate_limited(*method, *retry_after, self.ctx.now());
            }
            Ok(_) => self.pace().accepted(method, self.ctx.now()),
            Err(_) => {}
        }
    }

    /// When to try again after this many attempts: full jitter under a doubling bound.
    pub fn retry_at(&self, attempts: i32) -> DateTime<Utc> {
        let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or_default().min(16);
        let bound = (FIRST_WAIT * 2_i32.pow(doublings)).min(LONGEST_WAIT);
        let millis = u64::try_from(bound.num_milliseconds()).unwrap_or_default();
        let wait = i64::try_from(self.ctx.ids.below(millis)).unwrap_or_default();
        self.ctx.now() + TimeDelta::milliseconds(wait.max(200))
    }
}
