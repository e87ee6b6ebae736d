//! An ask, as the asker reads about it: that a mentor helps, that nobody could this time, and what came of it.
//!
//! Owns: the words. Must not: tell who declined, or a name before names have met.

use crate::domain::introductions::IntroductionRequest;
use crate::domain::reminders::MessageKind;
use crate::domain::reminders_introduction::IntroductionOfPeople;
use crate::render::words::{mention, name};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Markup, message, section};

/// Draws a message about an ask.
pub fn draw(kind: MessageKind, of: &IntroductionOfPeople) -> Outgoing {
    let words = match kind {
        MessageKind::IntroductionNobody => "I found nobody this time for what you asked.",
        MessageKind::IntroductionThanks => "They talked. Thank you for bringing them together!",
        _ => "Did you talk?",
    };
    let _ = of;
    message(words.to_owned(), vec![section(&Markup::words(words))])
}

/// A mentor helps, and it is on the next agenda.
pub fn helped(of: &IntroductionOfPeople, request: &IntroductionRequest) -> Outgoing {
    let Some(mentor) = of.person(request.person) else { return draw(MessageKind::IntroductionHelped, of) };
    let line = mention(mentor).and(" can help you with what you asked. It is on your next agenda.");
    message(format!("{} can help you", name(mentor)), vec![section(&line)])
}
