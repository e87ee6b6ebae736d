//! Forms: what can be submitted.

pub mod accept;
pub mod add_homework;
pub mod add_point;
pub mod agenda;
pub mod answer_inquiry;
pub mod ask;
pub mod ask_manager;
pub mod change_meeting;
pub mod goal;
pub mod park;
pub mod profile;
pub mod return_homework;
pub mod rhythm;
pub mod suggest_else;
pub mod tell_me_more;
pub mod we_met;
pub mod win;
