//! What is true: the rules of mentoring as pure values and functions.
//!
//! No async, no SQL, no Slack, no reading of clocks: whatever a rule needs is an argument.

pub mod agenda;
pub mod agenda_items;
pub mod asking;
pub mod coaching;
pub mod dates;
pub mod days_off;
pub mod due;
pub mod forecast;
pub mod goals;
pub mod guide;
pub mod homework;
pub mod identifiers;
pub mod inquiry;
pub mod meetings;
pub mod overview;
pub mod pairs;
pub mod people;
pub mod permissions;
pub mod placing;
pub mod private_text;
pub mod profile;
pub mod reminders;
pub mod reminders_homework;
pub mod rhythm;
pub mod suggestion;
pub mod wins;
pub mod working_time;
