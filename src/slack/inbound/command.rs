//! Slash commands.
//!
//! Owns: their shape. Must not: understand their text.

use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::Sender;
use crate::slack::length;

/// Somebody typed a command of ours.
#[derive(Clone)]
pub struct SlashCommand {
    /// Who typed it.
    pub sender: Sender,
    /// The command with its slash.
    pub command: String,
    /// What stands after the command: a person's words. Empty if nothing.
    pub text: String,
    /// Where it was typed.
    pub channel_id: String,
    /// Opens one modal within three seconds.
    pub trigger_id: String,
    /// Where later answers go: five in thirty minutes.
    pub response_url: Option<String>,
}

#[derive(Deserialize)]
struct RawCommand {
    user_id: String,
    command: String,
    #[serde(default)]
    team_id: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    channel_id: Option<String>,
    #[serde(default)]
    trigger_id: Option<String>,
    #[serde(default)]
    response_url: Option<String>,
}

/// `None` if a command or its author is missing.
pub(super) fn parse(payload: &RawValue) -> Option<SlashCommand> {
    let raw: RawCommand = serde_json::from_str(payload.get()).ok()?;
    Some(SlashCommand {
        sender: Sender { team_id: raw.team_id.unwrap_or_default(), user_id: raw.user_id },
        command: raw.command,
        text: raw.text.unwrap_or_default(),
        channel_id: raw.channel_id.unwrap_or_default(),
        trigger_id: raw.trigger_id.unwrap_or_default(),
        response_url: raw.response_url,
    })
}

impl fmt::Debug for SlashCommand {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SlashCommand")
            .field("sender", &self.sender)
            .field("command", &self.command)
            .field("text", &length::of(&self.text))
            .field("channel_id", &self.channel_id)
            .finish_non_exhaustive()
    }
}
