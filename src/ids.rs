//! The one place that makes random values: identifiers, nonces and key material.
//!
//! Owns: one cryptographically strong generator, seeded by the operating system or, in a story, by a number.
//! Must not: know what the values are for.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use uuid::Uuid;

/// A source of identifiers and other random values.
pub struct Ids(Mutex<Source>);

struct Source {
    rng: StdRng,
    /// The last ordered identifier: its millisecond, and how many of that millisecond came before it.
    last: (u64, u16),
}

/// Ordered identifiers in one millisecond; more borrow from the next.
const A_MILLISECOND: u16 = 1 << 12;

impl fmt::Debug for Ids {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Ids")
    }
}

impl Ids {
    /// Seeded by the operating system.
    pub fn system() -> Self {
        Self(Mutex::new(Source { rng: rand::make_rng(), last: (0, 0) }))
    }

    /// The same values again for the same seed: for stories and for the demo, never for real keys.
    pub fn seeded(seed: u64) -> Self {
        Self(Mutex::new(Source { rng: StdRng::seed_from_u64(seed), last: (0, 0) }))
    }

    fn with<T>(&self, draw: impl FnOnce(&mut Source) -> T) -> T {
        draw(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// An opaque identifier: 122 random bits that say nothing about what it names.
    pub fn opaque(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// An identifier that sorts by the moment it was made: by its millisecond, and within one, by the order of asking.
    pub fn ordered(&self, now: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        let mut bytes: [u8; 10] = self.bytes();
        let (millis, count) = self.with(|source| {
            let (last, count) = source.last;
            source.last = match (millis > last, count + 1 < A_MILLISECOND) {
                (true, _) => (millis, 0),
                (false, true) => (last, count + 1),
                (false, false) => (last + 1, 0),
            };
            source.last
        });
        // The first twelve of the random bits carry the order within the millisecond.
        bytes[..2].copy_from_slice(&count.to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }

    /// A 128-bit number as 32 lower-case hexadecimal digits.
    pub fn nonce(&self) -> String {
        Uuid::from_bytes(self.bytes()).simple().to_string()
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        self.with(|source| {
            let mut bytes = [0; N];
            source.rng.fill_bytes(&mut bytes);
            bytes
        })
    }

    /// A number from 0 up to, not including, `below` (0 when `below` is 0).
    pub fn below(&self, below: u64) -> u64 {
        if below == 0 { 0 } else { self.with(|source| source.rng.random_range(0..below)) }
    }
}
