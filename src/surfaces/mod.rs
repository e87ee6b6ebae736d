//! What people do: one small file per thing a person can do.
//!
//! Nothing here talks to Slack. A handler reads in one order — load, decide, save and enqueue, reply — inside the
//! transaction that the gate opens and commits; it gets a permit and nothing else.

pub mod actions;
pub mod answer;
pub mod asking;
pub mod commands;
pub mod events;
pub mod failure;
pub mod gate;
pub mod growth;
pub mod home;
pub mod lookups;
pub mod modals;
pub mod parking;
pub mod request;
pub mod room;
pub mod router;
pub mod shortcuts;
