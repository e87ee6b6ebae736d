//! The command line: what an administrator types.

pub mod arguments;
pub mod check;
pub mod demo;
pub mod manifest;
pub mod migrate;
pub mod preview;
pub mod serve;

mod tell;

pub use tell::{say, say_error};
