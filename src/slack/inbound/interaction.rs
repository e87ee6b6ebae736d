//! Clicks, submitted and closed modals, shortcuts.
//!
//! Owns: what we keep of them. Must not: understand ids and values, which are routing data and no proof of anything.

use std::fmt;

use super::{FormState, Sender};
use crate::slack::length;

/// Somebody clicked a button or chose in a menu.
#[derive(Clone)]
pub struct BlockAction {
    /// Who.
    pub sender: Sender,
    /// Which element.
    pub action_id: String,
    /// The block it stands in.
    pub block_id: String,
    /// A button's value, or the chosen option, person, conversation, date (`YYYY-MM-DD`) or time (`HH:MM`); a menu of
    /// several choices has its values in `state`.
    pub value: Option<String>,
    /// Opens one modal within three seconds.
    pub trigger_id: String,
    /// Where later answers go; absent in modals and on Home.
    pub response_url: Option<String>,
    /// Where the element stands.
    pub place: Place,
    /// What all inputs around it hold.
    pub state: FormState,
    /// What the view carries for us, if the element stands in a view.
    pub private_metadata: Option<String>,
    /// When, as Slack writes it (seconds, a point, microseconds).
    pub action_ts: Option<String>,
}

/// Where an element was clicked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a message.
    Message {
        /// The conversation.
        channel_id: String,
        /// The message in it.
        ts: String,
    },
    /// In a modal or on somebody's Home tab.
    View {
        /// The view.
        view_id: String,
        /// What it looked like: guards an update against overwriting a newer state.
        hash: Option<String>,
        /// `home` or `modal`.
        view_type: String,
    },
    /// Slack does not say.
    Other,
}

/// Somebody submitted a modal.
#[derive(Clone)]
pub struct ViewSubmission {
    /// Who.
    pub sender: Sender,
    /// The view; the same when it is corrected and submitted again.
    pub view_id: String,
    /// Which form.
    pub callback_id: String,
    /// What the view carries for us; empty if nothing.
    pub private_metadata: String,
    /// What the view looked like.
    pub hash: Option<String>,
    /// What the inputs hold.
    pub state: FormState,
    /// Opens one modal within three seconds; new at each submission.
    pub trigger_id: String,
}

/// Somebody closed a modal that asked to be told.
#[derive(Clone)]
pub struct ViewClosed {
    /// Who.
    pub sender: Sender,
    /// The view.
    pub view_id: String,
    /// Which form.
    pub callback_id: String,
    /// What the view carries for us; empty if nothing.
    pub private_metadata: String,
    /// Whether the whole stack was closed.
    pub is_cleared: bool,
}

/// Somebody chose a shortcut of ours.
#[derive(Clone)]
pub struct Shortcut {
    /// Who.
    pub sender: Sender,
    /// Which shortcut.
    pub callback_id: String,
    /// Opens one modal within three seconds.
    pub trigger_id: String,
    /// Where later answers go; message shortcuts only.
    pub response_url: Option<String>,
    /// The workspace's part of its address (`acme` of `acme.slack.com`), when Slack says it.
    pub team_domain: Option<String>,
    /// The message it was chosen on; `None` for a shortcut of the workspace.
    pub message: Option<ShortcutMessage>,
}

/// The message a shortcut was chosen on.
#[derive(Clone)]
pub struct ShortcutMessage {
    /// The conversation.
    pub channel_id: String,
    /// The message in it.
    pub ts: String,
    /// Who wrote it; `None` for some apps' messages.
    pub user_id: Option<String>,
    /// A person's words; empty if there are none.
    pub text: String,
}

impl fmt::Debug for BlockAction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An input that dispatches its changes has the typed text as its value.
        formatter
            .debug_struct("BlockAction")
            .field("sender", &self.sender)
            .field("action_id", &self.action_id)
            .field("value", &length::of_option(self.value.as_ref()))
            .field("place", &self.place)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ViewSubmission {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ViewSubmission")
            .field("sender", &self.sender)
            .field("view_id", &self.view_id)
            .field("callback_id", &self.callback_id)
            .field("private_metadata", &length::of(&self.private_metadata))
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ViewClosed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ViewClosed")
            .field("sender", &self.sender)
            .field("view_id", &self.view_id)
            .field("callback_id", &self.callback_id)
            .field("private_metadata", &length::of(&self.private_metadata))
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Shortcut {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The answer address is as good as a key.
        formatter
            .debug_struct("Shortcut")
            .field("sender", &self.sender)
            .field("callback_id", &self.callback_id)
            .field("message", &self.message)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ShortcutMessage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ShortcutMessage")
            .field("channel_id", &self.channel_id)
            .field("ts", &self.ts)
            .field("user_id", &self.user_id)
            .field("text", &length::of(&self.text))
            .finish()
    }
}
