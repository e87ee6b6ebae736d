//! `/mentor …`: what can be typed.

pub mod add_homework;
pub mod agenda;
pub mod ask;
pub mod change;
pub mod goals;
pub mod guide;
pub mod homework;
pub mod park;
pub mod parse;
pub mod profile;
pub mod question;
pub mod status;
pub mod typed;
pub mod win;
