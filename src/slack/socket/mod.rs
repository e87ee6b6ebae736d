//! A Socket Mode client: several connections kept open, every envelope in a task of its own, acknowledgements written
//! by one writer for each connection.
//!
//! Owns: connecting, replacing, noticing silent death, acknowledging, fairness between people. Must not: know what an
//! envelope means, or print what is in it.

mod backoff;
mod connection;
mod desk;
mod keeper;
mod listener;
mod options;
mod reader;
mod status;
mod stopped;
mod turns;
mod writer;

pub use keeper::keep_open;
pub use listener::{Heard, Listener};
pub use options::SocketOptions;
pub use status::{SocketCounts, SocketStatus};
pub use stopped::Stopped;
pub use turns::{Arrival, Turns};
