//! How connections are kept.
//!
//! Owns: the figures and why they are what they are. Must not: read them from anywhere.

use std::time::Duration;

/// Figures of the Socket Mode client. [`SocketOptions::new`] gives those fit for Slack.
#[derive(Clone, Debug)]
pub struct SocketOptions {
    /// Connections kept open; Slack allows ten. Two, so that one can go without anybody noticing.
    pub connections: usize,
    /// We ping this often.
    pub ping_every: Duration,
    /// A connection on which nothing at all was heard for this long is dead. With 9 s a silent death is noticed within
    /// 9.5 s.
    pub dead_after: Duration,
    /// For connecting, and again for the first `hello`.
    pub open_timeout: Duration,
    /// A listener that takes longer is dropped and its envelope not acknowledged. A little under Slack's three seconds:
    /// better undone and reported than done and reported as failed.
    pub hear_timeout: Duration,
    /// How long a connection that has been replaced goes on reading before we close it. Longer than the ten seconds
    /// after which Slack closes it, since only who stops sending first can be sure that nothing is lost.
    pub linger: Duration,
    /// On stopping: for handlers under way, their acknowledgements and follow-ups.
    pub drain: Duration,
    /// Envelopes of one connection under way or waiting at once; more are left in the network until there is room.
    pub room: usize,
    /// Envelopes of one person under way at once.
    pub per_person: usize,
    /// Envelopes of one person that may wait; more are not acknowledged.
    pub waiting_per_person: usize,
    /// First step and ceiling of the wait before connecting again: a random part (seeded) of a doubling time.
    pub backoff: (Duration, Duration),
    /// How long a connection refused as one too many is done without, as long as another is open.
    pub crowded_rest: Duration,
    /// Seeds the waits. Replicas must differ, or they come back together.
    pub seed: u64,
}

impl SocketOptions {
    /// Fit for Slack.
    pub fn new(seed: u64) -> Self {
        Self {
            connections: 2,
            ping_every: Duration::from_secs(3),
            dead_after: Duration::from_secs(9),
            open_timeout: Duration::from_secs(10),
            hear_timeout: Duration::from_millis(2_800),
            linger: Duration::from_secs(12),
            drain: Duration::from_secs(5),
            room: 1_024,
            per_person: 8,
            waiting_per_person: 64,
            backoff: (Duration::from_millis(250), Duration::from_secs(30)),
            crowded_rest: Duration::from_secs(60),
            seed,
        }
    }
}
