//! Stories about people: the real app, its real HTTP and WebSocket client, a strict workspace, a real database, a clock
//! that stands still until the story turns it. Every story is told on SQLite and on PostgreSQL.
#![recursion_limit = "256"]
#![expect(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a story that cannot go on ends")]

mod a_year;
mod agenda;
mod agreement;
mod bad_input;
mod calendar_files;
mod calendars;
mod carrying;
mod changing;
mod database_gone;
mod delivery;
mod downtime;
mod finishing;
mod first_pair;
mod goals;
mod holidays;
mod homework;
mod life_goes_on;
mod message_shortcut;
mod no_answer;
mod outside;
mod outside_mail;
mod pauses;
mod peers;
mod permissions;
mod reviewing;
mod rhythm;
mod settings;
mod starting;
mod support;
mod together;
mod wins;
