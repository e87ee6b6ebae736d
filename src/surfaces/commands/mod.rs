//! `/mentor …`: what can be typed.

pub mod agenda;
pub mod ask;
pub mod change;
pub mod homework;
pub mod parse;
pub mod status;
