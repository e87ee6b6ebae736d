//! How long to wait before connecting again.
//!
//! Owns: full jitter over a doubling ceiling. Must not: wait.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

/// The waits of one connection's keeper.
pub(super) struct Backoff {
    first: Duration,
    ceiling: Duration,
    attempt: u32,
    rng: StdRng,
}

impl Backoff {
    pub(super) fn new((first, ceiling): (Duration, Duration), seed: u64) -> Self {
        Self { first, ceiling, attempt: 0, rng: StdRng::seed_from_u64(seed) }
    }

    /// Anything up to the step's length, each step twice as long as the last.
    pub(super) fn next(&mut self) -> Duration {
        let longest = self.first.saturating_mul(1 << self.attempt.min(20)).min(self.ceiling);
        self.attempt = self.attempt.saturating_add(1);
        longest.mul_f64(self.rng.random_range(0.0..=1.0))
    }

    /// After a connection that held.
    pub(super) fn reset(&mut self) {
        self.attempt = 0;
    }
}
