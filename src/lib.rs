//! A self-hosted Slack app that runs good mentoring inside Slack.
//!
//! `docs/architecture.md` draws the layers; `tests/architecture.rs` holds the arrows between them.

pub mod clock;
pub mod ctx;
pub mod directory;
pub mod domain;
pub mod ids;
pub mod jobs;
pub mod render;
pub mod slack;
pub mod store;
pub mod surfaces;
