//! A token bucket on given instants.
//!
//! Owns: the arithmetic of rates. Must not: know what is counted.

use chrono::{DateTime, TimeDelta, Utc};

/// Holds up to `burst` permissions and wins `a_minute` of them each minute.
#[derive(Debug)]
pub(super) struct Bucket {
    a_minute: f64,
    burst: f64,
    tokens: f64,
    counted_at: Option<DateTime<Utc>>,
}

impl Bucket {
    /// A full bucket.
    pub(super) fn new(a_minute: f64, burst: f64) -> Self {
        Self { a_minute, burst, tokens: burst, counted_at: None }
    }

    /// A bucket that gives no more than `calls` in any minute: what may burst is taken off what flows.
    pub(super) fn of_tier(calls: u32) -> Self {
        let burst = f64::from(calls / 5).max(1.0);
        Self::new(f64::from(calls) - burst, burst)
    }

    pub(super) fn a_minute(&self) -> f64 {
        self.a_minute
    }

    pub(super) fn set_rate(&mut self, a_minute: f64, now: DateTime<Utc>) {
        self.count(now);
        self.a_minute = a_minute;
    }

    pub(super) fn empty(&mut self, now: DateTime<Utc>) {
        self.count(now);
        self.tokens = 0.0;
    }

    /// `None` if there is one to take now.
    pub(super) fn ready_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let missing = 1.0 - self.tokens_at(now);
        if missing <= 1e-9 {
            return None;
        }
        // Rounded up, and at least a little later than now: who asks again then must not be sent away for a rounding.
        let micros = (missing / self.a_minute * 60_000_000.0).ceil().max(1.0);
        #[expect(clippy::cast_possible_truncation, reason = "a few minutes in microseconds")]
        Some(now + TimeDelta::microseconds(micros as i64))
    }

    pub(super) fn take(&mut self, now: DateTime<Utc>) {
        self.count(now);
        self.tokens -= 1.0;
    }

    fn count(&mut self, now: DateTime<Utc>) {
        self.tokens = self.tokens_at(now);
        self.counted_at = Some(now);
    }

    fn tokens_at(&self, now: DateTime<Utc>) -> f64 {
        let Some(counted_at) = self.counted_at else { return self.tokens };
        // A clock that was set back wins nothing.
        let micros = (now - counted_at).num_microseconds().unwrap_or(i64::MAX).max(0);
        #[expect(clippy::cast_precision_loss, reason = "what is lost is far below one permission")]
        let won = micros as f64 / 60_000_000.0 * self.a_minute;
        (self.tokens + won).min(self.burst)
    }
}
