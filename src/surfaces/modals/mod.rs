//! Forms: what can be submitted.

pub mod accept;
pub mod add_point;
pub mod agenda;
pub mod ask;
pub mod change_meeting;
pub mod park;
pub mod rhythm;
pub mod we_met;
