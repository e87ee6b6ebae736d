//! What the parts of an agenda are called and ask for, by the kind of pair: inside, outside, peers.

use crate::domain::agenda::Part;
use crate::domain::pairs::PairKind;

/// What whoever prepares is asked to write.
pub const fn prompt(part: Part, kind: PairKind) -> &'static str {
    match (part, kind) {
        (Part::Topic, PairKind::External) => "One subject to ask about: how does your organisation handle it?",
        (Part::Topic, PairKind::Peer) => "One subject: how does each of you handle it?",
        (Part::Why, PairKind::External) => {
            "A task or rule you follow without knowing the reason; how is it where your mentor works?"
        }
        (Part::Upcoming, PairKind::Peer) => "Your next piece of planned work, and where a second pair of eyes helps",
        (part, _) => part.prompt(),
    }
}

/// The question that goes with a topic, for whoever answers it: a mentor outside is asked about their own house.
pub const fn topic_question(kind: PairKind) -> Option<&'static str> {
    match kind {
        PairKind::External => Some("How does *your* organisation handle it?"),
        PairKind::Peer => Some("How do *you* handle it?"),
        PairKind::InOrg => None,
    }
}

/// The title above the points that the other half added.
pub const fn points_title(kind: PairKind) -> &'static str {
    match kind {
        PairKind::Peer => "Points from your peer",
        PairKind::InOrg | PairKind::External => "Points from your mentor",
    }
}
