//! What the store promises, on SQLite and on PostgreSQL: every function, every statement, the schema, migrations, sealing,
//! and what a database must be like before it is used.
#![expect(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test that cannot go on ends")]

#[path = "../support/postgres.rs"]
mod postgres;

mod agenda;
mod agenda_items;
mod agreements;
mod asking;
mod carrying;
mod doubts;
mod erasing;
mod finding;
mod growth;
mod holidays;
mod homework;
mod inbox_and_leases;
mod meetings;
mod migration;
mod network;
mod opening;
mod org_chart;
mod outbox;
mod pairs;
mod peers;
mod people;
mod revisions;
mod rhythm_changes;
mod schema;
mod screens;
mod sealing;
mod settings;
mod settling;
mod statements;
mod support;
mod together;
mod who;
