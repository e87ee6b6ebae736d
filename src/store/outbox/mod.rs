//! The outbox: what people are owed, from the moment it is decided to the moment it is settled.
//!
//! States: `pending → claimed → sent | pending (retry) | doubt | dropped (no longer owed) | parked (Slack refuses for good)`.

pub mod counts;
pub mod doubt;
pub mod queue;
pub mod settle;
pub mod together;
