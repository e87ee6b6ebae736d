//! Judging blocks and views as Slack does.

mod judge;
mod properties;
mod rules;
mod walk;

pub(crate) use judge::{Surface, is_too_large, judge_blocks, judge_view};
pub(crate) use rules::broadcasts;
pub(crate) use walk::is_interactive;
