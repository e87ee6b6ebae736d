//! `/mentor …`: what can be typed.

pub mod add_homework;
pub mod add_outside;
pub mod agenda;
pub mod ask;
pub mod change;
pub mod export;
pub mod find;
pub mod forget;
pub mod goals;
pub mod guide;
pub mod history;
pub mod homework;
pub mod network;
pub mod of_a_pair;
pub mod park;
pub mod parse;
pub mod peers;
pub mod privacy;
pub mod profile;
pub mod question;
pub mod rhythms;
pub mod settings;
pub mod status;
pub mod typed;
pub mod win;
