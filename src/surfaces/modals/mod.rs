//! Forms: what can be submitted.

pub mod accept;
pub mod add_homework;
pub mod add_outside;
pub mod add_point;
pub mod agenda;
pub mod agreement;
pub mod ask;
pub mod become_peers;
pub mod carry_on;
pub mod change_meeting;
pub mod change_rhythm;
pub mod finish;
pub mod goal;
pub mod outside_address;
pub mod park;
pub mod pause;
pub mod return_homework;
pub mod rhythm;
pub mod settings;
pub mod sign_agreement;
pub mod we_met;
pub mod win;
