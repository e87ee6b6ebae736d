//! Slack's rates: tiers a minute, one message a second a channel, and calls inside a Retry-After.
//! It counts and judges; it never answers a call.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

/// Messages a channel takes at once before one a second is enforced.
const BURST: f64 = 4.0;

/// Counters of one workspace and app.
#[derive(Default)]
pub(crate) struct Limiter {
    windows: HashMap<String, VecDeque<DateTime<Utc>>>,
    buckets: HashMap<String, (f64, DateTime<Utc>)>,
    closed: HashMap<String, (DateTime<Utc>, Instant)>,
}

impl Limiter {
    /// Counts a call of `key` and returns the seconds to wait when there were `limit` within the last minute.
    pub(crate) fn minute(&mut self, key: &str, limit: usize, now: DateTime<Utc>) -> Option<u64> {
        let window = self.windows.entry(key.to_owned()).or_default();
        while window.front().is_some_and(|first| now - *first >= TimeDelta::seconds(60)) {
            window.pop_front();
        }
        if window.len() < limit {
            window.push_back(now);
            return None;
        }
        let oldest = window.front().copied().unwrap_or(now);
        Some(u64::try_from((oldest + TimeDelta::seconds(60) - now).num_seconds()).unwrap_or(1).max(1))
    }

    /// Counts a message to a channel: one a second with short bursts.
    pub(crate) fn message(&mut self, channel: &str, now: DateTime<Utc>) -> Option<u64> {
        let (tokens, at) = self.buckets.entry(channel.to_owned()).or_insert((BURST, now));
        let passed = (now - *at).as_seconds_f64().max(0.0);
        *tokens = (*tokens + passed).min(BURST);
        *at = now;
        if *tokens < 1.0 {
            return Some(1);
        }
        *tokens -= 1.0;
        None
    }

    /// Remembers that `key` was told to wait.
    pub(crate) fn close(&mut self, key: &str, seconds: u64, now: DateTime<Utc>, monotonic: Instant) {
        let wait = TimeDelta::seconds(i64::try_from(seconds).unwrap_or(i64::MAX / 1000));
        self.closed.insert(key.to_owned(), (now + wait, monotonic + Duration::from_secs(seconds)));
    }

    /// Whether `key` is called although told to wait. Either clock may have seen the wait through, so
    /// that neither a test's own wall clock nor a really sleeping app is accused wrongly.
    pub(crate) fn is_inside(&self, key: &str, now: DateTime<Utc>, monotonic: Instant) -> bool {
        self.closed.get(key).is_some_and(|(wall, real)| now < *wall && monotonic < *real)
    }
}
