//! What people do: one small file per thing a person can do.
//!
//! Nothing here talks to Slack. A handler reads in one order — load, decide, save and enqueue, reply — inside the
//! transaction that the gate opens and commits; it gets a permit and nothing else.

pub mod actions;
pub mod agreement;
pub mod agreement_screens;
pub mod answer;
pub mod asking;
pub mod asks;
pub mod commands;
pub mod ending;
pub mod events;
pub mod failure;
pub mod finding;
pub mod forgetting;
pub mod gate;
pub mod growth;
pub mod home;
pub mod introducing;
pub mod leaving;
pub mod lookups;
pub mod modals;
pub mod network;
pub mod never_the_boss;
pub mod outside;
pub mod outside_introductions;
pub mod parking;
pub mod peers;
pub mod programme;
pub mod request;
pub mod rhythms;
pub mod room;
pub mod router;
pub mod settings;
pub mod shortcuts;
