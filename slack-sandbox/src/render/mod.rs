//! What people see: blocks and text as plain readable lines, in the eyes of one person.

mod blocks;
mod dates;
mod elements;
mod eye;
mod mrkdwn;
mod rich_text;

pub(crate) use blocks::{render_blocks, render_view};
pub(crate) use elements::{is_chosen, label, options, text_object, value_shown};
pub(crate) use eye::Eye;
pub(crate) use mrkdwn::{mrkdwn, unescaped};
