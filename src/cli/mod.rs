//! The command line: what an administrator types.

pub mod arguments;
pub mod check;
pub mod check_people;
pub mod demo;
pub mod import;
pub mod manifest;
pub mod migrate;
pub mod preview;
pub mod serve;
pub mod sync;

mod tell;

pub use tell::{say, say_error};
