//! How the connections are doing, for health checks and metrics.
//!
//! Owns: counters. Must not: hold anything that came from a person.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use crate::clock::Clock;

/// A view of the connections that is always up to date. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct SocketStatus(Arc<Inner>);

struct Inner {
    clock: Clock,
    open: watch::Sender<usize>,
    /// Microseconds since 1970; 0 before the first.
    last_frame: AtomicI64,
    counters: [AtomicU64; Counter::COUNT],
}

/// What is counted.
#[derive(Clone, Copy)]
pub(super) enum Counter {
    Envelopes,
    Acknowledged,
    AckLost,
    Unanswered,
    Late,
    Panicked,
    Flooded,
    Malformed,
    Opened,
    OpenFailed,
}

impl Counter {
    const COUNT: usize = Self::OpenFailed as usize + 1;
}

/// How often things have happened since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SocketCounts {
    /// Envelopes received.
    pub envelopes: u64,
    /// Acknowledgements handed to a live connection's writer.
    pub acknowledged: u64,
    /// Acknowledgements whose connection was gone already.
    pub ack_lost: u64,
    /// Envelopes the listener chose not to acknowledge.
    pub unanswered: u64,
    /// Envelopes whose listener took too long.
    pub late: u64,
    /// Listeners that panicked.
    pub panicked: u64,
    /// Envelopes dropped because their person had too many waiting.
    pub flooded: u64,
    /// Frames that were not Slack's.
    pub malformed: u64,
    /// Connections that came to say hello.
    pub opened: u64,
    /// Attempts to connect that failed.
    pub open_failed: u64,
}

impl fmt::Debug for SocketStatus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SocketStatus")
            .field("open", &self.open())
            .field("last_frame_at", &self.last_frame_at())
            .field("counts", &self.counts())
            .finish()
    }
}

impl SocketStatus {
    /// Before anything was opened.
    pub fn new(clock: Clock) -> Self {
        Self(Arc::new(Inner {
            clock,
            open: watch::Sender::new(0),
            last_frame: AtomicI64::new(0),
            counters: Default::default(),
        }))
    }

    /// Connections that have said hello and are still read; during a replacement one more than asked for.
    pub fn open(&self) -> usize {
        *self.0.open.borrow()
    }

    /// Returns when at least so many connections are open.
    pub async fn wait_until_open(&self, connections: usize) {
        // The sender lives in `self`, so the channel cannot end.
        let _ = self.0.open.subscribe().wait_for(|open| *open >= connections).await;
    }

    /// When anything at all, a pong included, last came from Slack.
    pub fn last_frame_at(&self) -> Option<DateTime<Utc>> {
        Some(self.0.last_frame.load(Relaxed)).filter(|micros| *micros != 0).and_then(DateTime::from_timestamp_micros)
    }

    /// How often things have happened since the start.
    pub fn counts(&self) -> SocketCounts {
        let of = |counter: Counter| self.0.counters[counter as usize].load(Relaxed);
        SocketCounts {
            envelopes: of(Counter::Envelopes),
            acknowledged: of(Counter::Acknowledged),
            ack_lost: of(Counter::AckLost),
            unanswered: of(Counter::Unanswered),
            late: of(Counter::Late),
            panicked: of(Counter::Panicked),
            flooded: of(Counter::Flooded),
            malformed: of(Counter::Malformed),
            opened: of(Counter::Opened),
            open_failed: of(Counter::OpenFailed),
        }
    }

    pub(super) fn count(&self, counter: Counter) {
        self.0.counters[counter as usize].fetch_add(1, Relaxed);
    }

    pub(super) fn frame_came(&self) {
        self.0.last_frame.store(self.0.clock.now().timestamp_micros(), Relaxed);
    }

    /// A connection is open for as long as this is held.
    pub(super) fn opened(&self) -> OpenMark {
        self.count(Counter::Opened);
        self.0.open.send_modify(|open| *open += 1);
        OpenMark(self.clone())
    }
}

/// One open connection.
pub(super) struct OpenMark(SocketStatus);

impl Drop for OpenMark {
    fn drop(&mut self) {
        self.0.0.open.send_modify(|open| *open = open.saturating_sub(1));
    }
}
