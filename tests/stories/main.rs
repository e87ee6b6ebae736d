//! Stories about people: the real app, its real HTTP and WebSocket client, a strict workspace, a real database, a clock
//! that stands still until the story turns it. Every story is told on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a story that cannot go on ends")]

mod agenda;
mod asking;
mod bad_input;
mod carrying;
mod changing;
mod database_gone;
mod delivery;
mod downtime;
mod first_pair;
mod goals;
mod holidays;
mod homework;
mod life_goes_on;
mod manager;
mod message_shortcut;
mod no_answer;
mod permissions;
mod profile;
mod starting;
mod support;
mod together;
mod wins;
