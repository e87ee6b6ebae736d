//! `mentor demo`: everything on this machine, with a pretend Slack and pretend people.

mod company;
mod stage;
mod story;

pub use stage::{DemoArguments, run};
