//! What is true: the rules of mentoring as pure values and functions.
//!
//! No async, no SQL, no Slack, no reading of clocks: whatever a rule needs is an argument.

pub mod agenda;
pub mod agenda_items;
pub mod agreements;
pub mod calendar;
pub mod coaching;
pub mod contacts;
pub mod dates;
pub mod days_off;
pub mod due;
pub mod forecast;
pub mod goals;
pub mod history;
pub mod homework;
pub mod identifiers;
pub mod leads;
pub mod letters;
pub mod meetings;
pub mod message_kinds;
pub mod off_ranges;
pub mod org_chart;
pub mod overview;
pub mod pairs;
pub mod pauses;
pub mod peers;
pub mod people;
pub mod permissions;
pub mod placing;
pub mod preparing;
pub mod private_text;
pub mod reminders;
pub mod reminders_agreement;
pub mod reminders_calendar;
pub mod reminders_change;
pub mod reminders_homework;
pub mod reminders_rhythm;
pub mod reviews;
pub mod rhythm;
pub mod rhythm_proposals;
pub mod settings;
pub mod topics;
pub mod wins;
pub mod working_time;
