//! A self-hosted Slack app that runs good mentoring inside Slack.
//!
//! `docs/architecture.md` draws the layers; `tests/architecture.rs` holds the arrows between them.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod ctx;
pub mod directory;
pub mod domain;
pub mod ears;
pub mod ids;
pub mod jobs;
pub mod mail;
pub mod ops;
pub mod render;
pub mod slack;
pub mod store;
pub mod surfaces;
