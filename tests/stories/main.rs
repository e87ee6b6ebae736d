//! Stories about people: the real app, its real HTTP and WebSocket client, a strict workspace, a real database, a clock
//! that stands still until the story turns it. Every story is told on SQLite and on PostgreSQL.
#![recursion_limit = "256"]
#![expect(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a story that cannot go on ends")]

#[path = "../support/postgres.rs"]
mod postgres;

mod a_year;
mod agenda;
mod agreement;
mod asking;
mod asks;
mod bad_input;
mod calendar_files;
mod calendars;
mod carrying;
mod changing;
mod database_gone;
mod delivery;
mod directories;
mod downtime;
mod finding;
mod finishing;
mod first_pair;
mod forgetting;
mod goals;
mod holidays;
mod homework;
mod introducing;
mod leaving;
mod life_goes_on;
mod manager;
mod message_shortcut;
mod names_meet;
mod network;
mod never_the_boss;
mod no_answer;
mod outside;
mod outside_introduction;
mod outside_mail;
mod pauses;
mod peers;
mod permissions;
mod profile;
mod programme;
mod reviewing;
mod rhythm;
mod settings;
mod starting;
mod support;
mod together;
mod wins;
