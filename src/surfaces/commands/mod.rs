//! `/mentor …`: what can be typed.

pub mod agenda;
pub mod ask;
pub mod change;
pub mod homework;
pub mod park;
pub mod parse;
pub mod question;
pub mod status;
