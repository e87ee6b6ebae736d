//! Shortcuts: what can be chosen beside a message.

pub mod add_to_agenda;
pub mod add_to_network;
