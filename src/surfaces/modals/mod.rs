//! Forms: what can be submitted.

pub mod accept;
pub mod agenda;
pub mod ask;
pub mod change_meeting;
pub mod rhythm;
pub mod we_met;
