//! What is the same about everything a person does: who, and how to answer.

use crate::domain::people::SlackIdentity;
use crate::slack::inbound::{BlockAction, Place, Sender, Shortcut, SlashCommand, ViewSubmission};

/// Who did something, and how to answer them.
#[derive(Debug)]
pub struct Request {
    /// Who.
    pub sender: SlackIdentity,
    /// What makes this envelope this envelope; one carried out before is not carried out again.
    pub dedupe_key: Option<String>,
    /// Opens a modal, once, within three seconds.
    pub trigger_id: String,
    /// Answers below the message that was clicked.
    pub response_url: Option<String>,
    /// The open modal in which a button was clicked.
    pub modal: Option<String>,
    /// What was used.
    pub from: From,
}

/// What somebody used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// A command: the acknowledgement can carry a message.
    Command,
    /// A button.
    Button,
    /// A form; the field under which a problem with the whole form is shown.
    Form(&'static str),
}

impl Request {
    /// Of a command.
    pub fn of_command(command: &SlashCommand, dedupe_key: Option<String>) -> Self {
        Self {
            sender: identity(&command.sender),
            dedupe_key,
            trigger_id: command.trigger_id.clone(),
            response_url: command.response_url.clone(),
            modal: None,
            from: From::Command,
        }
    }

    /// Of a button.
    pub fn of_button(action: &BlockAction, dedupe_key: Option<String>) -> Self {
        Self {
            sender: identity(&action.sender),
            dedupe_key,
            trigger_id: action.trigger_id.clone(),
            response_url: action.response_url.clone(),
            modal: match &action.place {
                Place::View { view_id, view_type, .. } if view_type == "modal" => Some(view_id.clone()),
                _ => None,
            },
            from: From::Button,
        }
    }

    /// Of a form; `field` is where a problem with the whole form is shown.
    pub fn of_form(submission: &ViewSubmission, dedupe_key: Option<String>, field: &'static str) -> Self {
        Self {
            sender: identity(&submission.sender),
            dedupe_key,
            trigger_id: submission.trigger_id.clone(),
            response_url: None,
            modal: None,
            from: From::Form(field),
        }
    }

    /// Of a shortcut: answered like a button, below the message or with a modal.
    pub fn of_shortcut(used: &Shortcut, dedupe_key: Option<String>) -> Self {
        Self {
            sender: identity(&used.sender),
            dedupe_key,
            trigger_id: used.trigger_id.clone(),
            response_url: used.response_url.clone(),
            modal: None,
            from: From::Button,
        }
    }
}

/// Who a sender is.
pub fn identity(sender: &Sender) -> SlackIdentity {
    SlackIdentity { team_id: sender.team_id.clone(), user_id: sender.user_id.clone() }
}
