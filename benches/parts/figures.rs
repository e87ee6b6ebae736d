//! Figures and the table they stand in.

use std::fmt::Write as _;
use std::time::Duration;

/// Latencies of one kind of act.
pub(crate) struct Latencies(Vec<Duration>);

impl Latencies {
    /// Of these nanoseconds.
    pub(crate) fn new(nanos: Vec<u64>) -> Self {
        let mut all: Vec<Duration> = nanos.into_iter().map(Duration::from_nanos).collect();
        all.sort_unstable();
        Self(all)
    }

    /// Of these durations.
    pub(crate) fn of(mut all: Vec<Duration>) -> Self {
        all.sort_unstable();
        Self(all)
    }

    /// The latency that so many of a hundred do not exceed.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        let place = (self.0.len() * percent).div_ceil(100).saturating_sub(1);
        self.0.get(place).copied().unwrap_or_default()
    }

    pub(crate) fn longest(&self) -> Duration {
        self.0.last().copied().unwrap_or_default()
    }

    /// p50, p99 and the longest.
    pub(crate) fn words(&self) -> String {
        let [half, most, longest] = [self.percentile(50), self.percentile(99), self.longest()].map(millis);
        format!("p50 {half}, p99 {most}, max {longest}")
    }
}

/// Milliseconds with two places.
pub(crate) fn millis(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1e3)
}

/// A number with its thousands marked.
pub(crate) fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Mebibytes with one place.
pub(crate) fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / (1024.0 * 1024.0))
}

/// A quotient of durations.
pub(crate) fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

/// The table.
#[derive(Default)]
pub(crate) struct Table(String);

impl Table {
    pub(crate) fn new() -> Self {
        Self("| What | Measured | Aim |\n|---|---|---|\n".to_owned())
    }

    /// A line with an aim.
    pub(crate) fn aimed(&mut self, what: &str, measured: &str, aim: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "| {what} | {measured} | {aim} |");
    }

    /// A line without one.
    pub(crate) fn plain(&mut self, what: &str, measured: &str) {
        self.aimed(what, measured, "");
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}
