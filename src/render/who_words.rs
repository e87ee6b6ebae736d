//! Why somebody is suggested to a mentor, in words for that mentor alone; follows the name.

use crate::domain::finding::Match;
use crate::domain::who::{Candidate, Why};
use crate::slack::blocks::Markup;

/// "you noted pricing (asked about: prices)", "offers pricing", "may know somebody for this".
pub fn why(found: &Candidate) -> Markup {
    match &found.why {
        Why::Noted(fitting) => topic(Markup::words("you noted "), fitting),
        Why::Offers(fitting) => topic(Markup::words("offers "), fitting),
        Why::MayKnow { .. } => Markup::words("may know somebody for this"),
    }
}

fn topic(line: Markup, fitting: &Match) -> Markup {
    let line = line.text(&fitting.offered);
    if fitting.is_in_other_words() {
        return line.and(" (asked about: ").text(&fitting.wanted).and(")");
    }
    line
}
