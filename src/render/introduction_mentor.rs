//! An ask, as a mentor reads about it.
//!
//! Owns: the words. Must not: tell what became of whom they named.

use crate::domain::introductions::IntroductionRequest;
use crate::domain::reminders::MessageKind;
use crate::domain::reminders_introduction::IntroductionOfPeople;
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Markup, message, section};

/// Draws a request to name somebody, or its reminder.
pub fn draw(_kind: MessageKind, _of: &IntroductionOfPeople, _request: &IntroductionRequest) -> Outgoing {
    let line = Markup::words("Somebody you mentor asks whom they can talk to.");
    message("Somebody asks whom they can talk to".to_owned(), vec![section(&line)])
}
