//! Forms: what can be submitted.

pub mod accept;
pub mod add_homework;
pub mod add_point;
pub mod agenda;
pub mod agreement;
pub mod answer_inquiry;
pub mod ask;
pub mod ask_manager;
pub mod become_peers;
pub mod carry_on;
pub mod change_meeting;
pub mod change_rhythm;
pub mod finish;
pub mod forget;
pub mod goal;
pub mod park;
pub mod pause;
pub mod profile;
pub mod return_homework;
pub mod rhythm;
pub mod settings;
pub mod sign_agreement;
pub mod suggest_else;
pub mod tell_me_more;
pub mod we_met;
pub mod win;
