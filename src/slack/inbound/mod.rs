//! Bytes from Slack → one typed [`Inbound`], and nothing else.
//!
//! Owns: Slack's payload shapes and their many ways of saying who acted. Unknown fields are ignored, missing ones
//! tolerated. Must not: decide, look anything up, or print what people wrote: every `Debug` here shows lengths only.

mod command;
mod envelope;
mod event;
mod form_state;
mod frame;
mod interaction;
mod interaction_payload;
mod person;
mod sender;

pub use command::SlashCommand;
pub use envelope::{Envelope, Inbound};
pub use event::{Event, EventEnvelope};
pub use form_state::FormState;
pub use frame::{DisconnectReason, Frame, FrameError, parse};
pub use interaction::{BlockAction, Place, Shortcut, ShortcutMessage, ViewClosed, ViewSubmission};
pub use person::{PersonKind, SlackPerson};
pub use sender::Sender;
