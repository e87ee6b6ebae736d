//! An ask, as somebody who was named reads about it, and the letter to somebody outside.
//!
//! Owns: the words. Must not: let anybody find out who declined.

use crate::domain::introductions::Nomination;
use crate::domain::reminders::MessageKind;
use crate::domain::reminders_introduction::IntroductionOfPeople;
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Markup, message, section};

/// Draws a question to somebody who was named, or its reminder.
pub fn draw(_kind: MessageKind, _of: &IntroductionOfPeople, _nomination: &Nomination) -> Outgoing {
    let line = Markup::words("Somebody would like to talk to you.");
    message("Somebody would like to talk to you".to_owned(), vec![section(&line)])
}
