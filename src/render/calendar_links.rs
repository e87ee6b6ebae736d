//! "Add to calendar": the buttons below a message that tells when a meeting is, and the words with a calendar file.
//!
//! Owns: their words. Must not: know the addresses' parameters (see `mail::calendar_links`).

use serde_json::Value;

use crate::domain::people::Person;
use crate::render::controls::{ADD_TO_GOOGLE, ADD_TO_OUTLOOK, Control};
use crate::render::words::name;
use crate::slack::api::Outgoing;
use crate::slack::blocks::{LinkButton, link_buttons};

/// Puts the two buttons below a message.
pub fn add(message: &mut Outgoing, google: String, outlook: String) {
    let button = |control: Control, address| LinkButton { label: control.label, action_id: control.id, address };
    let row = link_buttons([button(ADD_TO_GOOGLE, google), button(ADD_TO_OUTLOOK, outlook)]);
    if let (Value::Array(blocks), Ok(row)) = (&mut message.blocks, serde_json::to_value(row)) {
        blocks.push(row);
    }
}

/// The line above a calendar file that stands by itself, in Slack's markup.
pub fn file_comment(other: &Person) -> String {
    format!("For your calendar: what is new about your meetings with {}.", name(other))
}
