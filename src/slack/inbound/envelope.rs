//! What arrives, as one enum, and the key that tells a second delivery of it from something new.
//!
//! Owns: the closed list of what can come in. Must not: parse.

use super::{BlockAction, EventEnvelope, Sender, Shortcut, SlashCommand, ViewClosed, ViewSubmission};

/// One thing Slack wants acknowledged within three seconds.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// What the acknowledgement names. New at each delivery: not fit for telling duplicates.
    pub id: String,
    /// Whether the acknowledgement may carry an answer.
    pub accepts_payload: bool,
    /// How many times Slack has tried before: 0 at first.
    pub retry_attempt: u32,
    /// What it is.
    pub inbound: Inbound,
}

/// What people and the workspace do.
#[derive(Clone, Debug)]
pub enum Inbound {
    /// A slash command.
    Command(SlashCommand),
    /// A click on a button or a choice in a menu.
    Action(BlockAction),
    /// A submitted modal.
    Submission(ViewSubmission),
    /// A modal closed without submitting.
    Closed(ViewClosed),
    /// A shortcut, of the workspace or of one message.
    Shortcut(Shortcut),
    /// Something the app subscribes to.
    Event(EventEnvelope),
    /// Something we do not know, or whose shape we could not read. To be acknowledged: Slack would only repeat it.
    Unknown {
        /// Slack's name of it, cut to 64 plain characters; begins with `malformed ` if the shape was the matter.
        kind: String,
    },
}

impl Inbound {
    /// The same for two deliveries of one thing, different for different things; `None` if Slack gives nothing to tell
    /// by.
    ///
    /// A submission's key holds its `trigger_id` beside the view: a modal that answered with errors is submitted again
    /// under the same view id and the same hash, and only the trigger is new then. A second delivery repeats it.
    pub fn dedupe_key(&self) -> Option<String> {
        let given = |text: &str| !text.is_empty();
        match self {
            Self::Command(command) if given(&command.trigger_id) => Some(format!("command:{}", command.trigger_id)),
            Self::Action(action) if given(&action.trigger_id) => {
                Some(format!("action:{}:{}", action.sender.user_id, action.trigger_id))
            }
            Self::Submission(submission) if given(&submission.trigger_id) => {
                Some(format!("submission:{}:{}", submission.view_id, submission.trigger_id))
            }
            Self::Closed(closed) => Some(format!("closed:{}", closed.view_id)),
            Self::Shortcut(shortcut) if given(&shortcut.trigger_id) => {
                Some(format!("shortcut:{}:{}", shortcut.sender.user_id, shortcut.trigger_id))
            }
            Self::Event(event) if given(&event.event_id) => Some(format!("event:{}", event.event_id)),
            Self::Command(_)
            | Self::Action(_)
            | Self::Submission(_)
            | Self::Shortcut(_)
            | Self::Event(_)
            | Self::Unknown { .. } => None,
        }
    }

    /// The person who acted, if a person did.
    pub fn sender(&self) -> Option<&Sender> {
        match self {
            Self::Command(command) => Some(&command.sender),
            Self::Action(action) => Some(&action.sender),
            Self::Submission(submission) => Some(&submission.sender),
            Self::Closed(closed) => Some(&closed.sender),
            Self::Shortcut(shortcut) => Some(&shortcut.sender),
            Self::Event(event) => event.event.sender(),
            Self::Unknown { .. } => None,
        }
    }
}
