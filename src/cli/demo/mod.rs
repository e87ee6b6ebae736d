//! `mentor demo`: everything on this machine, with a pretend Slack and pretend people.

mod company;
mod past;
mod stage;
mod story;
mod time;
mod tour;

pub use stage::{DemoArguments, run};
