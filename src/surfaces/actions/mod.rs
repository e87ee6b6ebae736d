//! Buttons: what can be clicked, in messages and on Home.

pub mod accept;
pub mod add_point;
pub mod ask_somebody;
pub mod decline;
pub mod leave_out;
pub mod move_meeting;
pub mod move_parked;
pub mod not_yet;
pub mod open_agenda;
pub mod prepare_agenda;
pub mod put_on_agenda;
pub mod read_request;
pub mod reported;
pub mod skipped;
pub mod we_met;
