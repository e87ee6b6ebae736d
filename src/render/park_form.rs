//! The form with which somebody puts a message on their next agenda.

use serde_json::Value;

use crate::domain::agenda::Part;
use crate::domain::agenda_items::{MOST_CHARACTERS, OPEN_PARTS, SourceLink, Spot};
use crate::domain::people::Person;
use crate::render::controls::forms;
use crate::render::parked;
use crate::slack::blocks::{
    Blocks, Choice, Input, Markup, choice, context, modal, notice, radio_input, section, select_input, text_input,
};

/// What to talk about.
pub const TEXT: &str = "text";
/// Under which part.
pub const PART: &str = "part";
/// With whom: the pair's identifier.
pub const PAIR: &str = "pair";

/// Meetings that can be chosen among.
const SPOTS_SHOWN: usize = 50;

/// The form, with what the message says. `spots` has at least one.
pub fn open(me: &Person, text: &str, link: Option<&SourceLink>, spots: &[Spot]) -> Value {
    let field = |field, label| Input { field, label, hint: None, optional: false };
    let mut blocks = Blocks::new();
    let nearest = spots.first();
    if spots.len() == 1
        && let Some(spot) = nearest
    {
        blocks.push(section(&Markup::words("For ").text(&parked::name(me, spot))));
    }
    let length = text.chars().count();
    if length > MOST_CHARACTERS {
        let words = "The message is longer than the 3,000 characters that one entry takes. What fits is below; ";
        let rest = if link.is_some() { "the link leads to all of it." } else { "the rest stays in the message." };
        blocks.push(section(&Markup::words(words).and(rest)));
    }
    blocks.push(text_input(field(TEXT, "What I want to talk about"), None, Some(text)));
    if nearest.is_some_and(|spot| spot.of.pair.prepares(me.id)) {
        let parts: Vec<Choice> = OPEN_PARTS.iter().map(|part| choice(part.title(), part.word())).collect();
        blocks.push(radio_input(field(PART, "Put it under"), &parts, Part::Topic.word()));
    }
    if spots.len() > 1 {
        let pairs: Vec<Choice> = spots
            .iter()
            .take(SPOTS_SHOWN)
            .map(|spot| choice(parked::name(me, spot), spot.of.pair.id.to_string()))
            .collect();
        let nearest = nearest.map(|spot| spot.of.pair.id.to_string()).unwrap_or_default();
        blocks.push(select_input(field(PAIR, "For the meeting with"), &pairs, &nearest));
    }
    if link.is_some() {
        blocks.push(context(&Markup::words("A link back to the message goes with it.")));
    }
    blocks.push(context(&Markup::words("Only the two of you will ever see this.")));
    let link = link.map(|link| link.as_text().reveal().to_owned()).unwrap_or_default();
    modal(forms::PARK, "Add to mentor agenda", Some("Add"), link, blocks)
}

/// It is there now.
pub fn done(me: &Person, part: Option<Part>, spot: &Spot) -> Value {
    notice("On the agenda", &parked::place(me, part, spot))
}
