//! What an envelope is answered with: the acknowledgement, and what may only be said to Slack after it.
//!
//! Owns: the shapes of answers. Must not: send them.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Value, json};

/// The answer to one envelope.
#[derive(Debug)]
pub struct Reply {
    /// What goes out as the acknowledgement itself.
    pub ack: Ack,
    /// What is done, in this order, once the acknowledgement has been written.
    pub follow: Vec<Follow>,
}

/// The acknowledgement. Slack takes all but [`Ack::Empty`] only where an envelope accepts a payload; `Errors`,
/// `Update`, `Push` and `Clear` only for a submitted modal.
pub enum Ack {
    /// Understood, nothing to say; closes a submitted modal.
    Empty,
    /// A message (`text`, `blocks`), shown to the person who typed the command only.
    Message(Value),
    /// What is wrong, by the `block_id` of the *input* block it is shown under.
    Errors(BTreeMap<String, String>),
    /// The view that takes the place of the submitted one.
    Update(Value),
    /// The view that is laid on top of the submitted one.
    Push(Value),
    /// Closes every view of the stack.
    Clear,
}

/// Something that talks to Slack and must therefore wait until the acknowledgement is out.
pub enum Follow {
    /// Opens a modal.
    OpenView {
        /// From the interaction; Slack honours it for three seconds, once.
        trigger_id: String,
        /// The modal.
        view: Value,
        /// Where to say so when it cannot be opened.
        response_url: Option<String>,
    },
    /// Lays a modal on top of the open one.
    PushView {
        /// From the interaction; Slack honours it for three seconds, once.
        trigger_id: String,
        /// The modal.
        view: Value,
    },
    /// Redraws an open modal.
    UpdateView {
        /// The modal to redraw.
        view_id: String,
        /// What it must still look like; `None` overwrites whatever is there.
        hash: Option<String>,
        /// What it becomes.
        view: Value,
    },
    /// Answers at an interaction's address.
    Respond {
        /// From the interaction; five uses in thirty minutes.
        response_url: String,
        /// The message (`text`, `blocks`, `replace_original` …).
        message: Value,
    },
}

impl Reply {
    /// Acknowledges and says nothing.
    pub fn empty() -> Self {
        Self::ack(Ack::Empty)
    }

    /// Acknowledges with this and does nothing after it.
    pub fn ack(ack: Ack) -> Self {
        Self { ack, follow: Vec::new() }
    }

    /// Answers a command with a message (`text`, `blocks`) only the asking person sees.
    pub fn message(message: Value) -> Self {
        Self::ack(Ack::Message(message))
    }

    /// Shows under each input block (`block_id`) what is wrong with it and keeps the modal open.
    pub fn errors(errors: BTreeMap<String, String>) -> Self {
        Self::ack(Ack::Errors(errors))
    }

    /// Shows one error under one input block and keeps the modal open.
    pub fn error(block_id: impl Into<String>, error: impl Into<String>) -> Self {
        Self::errors(BTreeMap::from([(block_id.into(), error.into())]))
    }

    /// Replaces the submitted modal.
    pub fn update(view: Value) -> Self {
        Self::ack(Ack::Update(view))
    }

    /// Lays another modal on the submitted one.
    pub fn push(view: Value) -> Self {
        Self::ack(Ack::Push(view))
    }

    /// Closes all modals.
    pub fn clear() -> Self {
        Self::ack(Ack::Clear)
    }

    /// Acknowledges, then answers at the interaction's address.
    pub fn respond(response_url: impl Into<String>, message: Value) -> Self {
        Self::empty().then(Follow::Respond { response_url: response_url.into(), message })
    }

    /// Adds something to be done after the acknowledgement.
    #[must_use]
    pub fn then(mut self, follow: Follow) -> Self {
        self.follow.push(follow);
        self
    }
}

impl Ack {
    /// What stands in the acknowledgement's `payload`; `None` for the bare acknowledgement.
    pub fn into_payload(self) -> Option<Value> {
        match self {
            Self::Empty => None,
            Self::Message(message) => Some(message),
            Self::Errors(errors) => Some(json!({ "response_action": "errors", "errors": errors })),
            Self::Update(view) => Some(json!({ "response_action": "update", "view": view })),
            Self::Push(view) => Some(json!({ "response_action": "push", "view": view })),
            Self::Clear => Some(json!({ "response_action": "clear" })),
        }
    }
}

impl fmt::Debug for Ack {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("Empty"),
            Self::Message(_) => formatter.write_str("Message(..)"),
            Self::Errors(errors) => formatter.debug_tuple("Errors").field(&errors.keys()).finish(),
            Self::Update(_) => formatter.write_str("Update(..)"),
            Self::Push(_) => formatter.write_str("Push(..)"),
            Self::Clear => formatter.write_str("Clear"),
        }
    }
}

impl fmt::Debug for Follow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::OpenView { .. } => "OpenView { .. }",
            Self::PushView { .. } => "PushView { .. }",
            Self::UpdateView { .. } => "UpdateView { .. }",
            Self::Respond { .. } => "Respond { .. }",
        })
    }
}
