//! What is kept: all SQL, and the sealing of private text on its way in and out.
//!
//! Functions take `&mut Tx`; row structs stay here; every statement is a constant that a test prepares on both databases.

pub mod agenda;
pub mod agenda_items;
pub mod agreements;
pub mod calendars;
pub mod carrying;
pub mod changeover;
pub mod coaching;
pub mod contacts;
pub mod db;
pub mod failure;
pub mod finishes;
pub mod goals;
pub mod history;
pub mod holidays;
pub mod homework;
pub mod inbox;
pub mod kept_questions;
pub mod key_file;
pub mod leases;
pub mod letters;
pub mod meetings;
pub mod migrate;
pub mod outbox;
pub mod overview;
pub mod pair_keys;
pub mod pairs;
pub mod pauses;
pub mod pausing;
pub mod peer_questions;
pub mod people;
pub mod reviews;
pub mod rhythm_proposals;
pub mod screens;
pub mod settings;
pub mod statements;
pub mod vault;
pub mod wins;
pub mod working_times;
