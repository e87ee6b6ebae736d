//! What the two of a pair that was brought in from a list are told. Nothing else is asked of them.

use crate::domain::identifiers::PersonId;
use crate::domain::meetings::Meeting;
use crate::domain::pairs::{PairKind, PairOfPeople};
use crate::render::words::{mention, name, relationship, rhythm, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Markup, context, message, section};

/// Draws the message.
pub fn draw(of: &PairOfPeople, next: Option<&Meeting>, reader: PersonId) -> Outgoing {
    let other = of.other(reader);
    let mut line = match of.pair.kind {
        PairKind::Peer => Markup::words("You and ").piece(&mention(other)).and(" are mentoring peers"),
        PairKind::InOrg | PairKind::External => relationship(of, of.half(reader)),
    };
    line = line.and(": your mentoring programme brought you two along");
    if let Some(chosen) = &of.pair.rhythm {
        line = line.and(", ").piece(&rhythm(chosen));
    }
    line = line.and(".");
    if let Some(next) = next {
        line = line.and("\nYour next meeting: ").piece(&when(next.starts_at)).and(".");
    }
    let hint = "You need not do anything now. `/mentor` shows where you stand, and `/mentor help` what I do.";
    let text = format!("You and {} are in the mentoring programme", name(other));
    message(text, vec![section(&line), context(&Markup::words(hint))])
}
