//! The form with which one of two asks the other to become peers.

use serde_json::Value;

use crate::domain::overview::{Overview, PairOverview};
use crate::domain::peers::every_two_weeks;
use crate::render::controls::forms;
use crate::render::words::{mention, short};
use crate::slack::blocks::{Blocks, Input, Markup, checkbox_input, choice, context, modal, section, select_input};

/// Which pair.
pub const PAIR: &str = "pair";
/// Whether to meet every two weeks.
pub const OFTEN: &str = "often";
/// Ticked under [`OFTEN`].
pub const EVERY_TWO_WEEKS: &str = "every_two_weeks";

/// The form; `pairs` are those that can become peers, the one asked for first.
pub fn open(overview: &Overview, pairs: &[&PairOverview]) -> Value {
    let me = overview.me.id;
    let first = pairs.first();
    let mut blocks: Blocks = Vec::new();
    if pairs.len() > 1 {
        let choices: Vec<_> =
            pairs.iter().map(|pair| choice(short(&pair.of.other(me).name), pair.of.pair.id.to_string())).collect();
        let chosen = first.map(|pair| pair.of.pair.id.to_string()).unwrap_or_default();
        blocks.push(select_input(Input { field: PAIR, label: "With", hint: None, optional: false }, &choices, &chosen));
    } else if let Some(pair) = first {
        blocks.push(section(&Markup::words("With ").piece(&mention(pair.of.other(me)))));
    }
    blocks.push(section(&Markup::words(
        "Peers help each other: you both prepare an agenda, you both read the other’s, and you both set goals and homework. What you have written until now stays.",
    )));
    let changes = |pair: &&PairOverview| {
        pair.of.pair.rhythm.as_ref().is_some_and(|rhythm| every_two_weeks(rhythm, pair.of.pair.asked_at).is_some())
    };
    if pairs.iter().any(changes) {
        let tick = choice("Meet every two weeks from now on", EVERY_TWO_WEEKS);
        let hint = Some("On the weekday and at the time you have now.");
        let input = Input { field: OFTEN, label: "How often", hint, optional: true };
        blocks.push(checkbox_input(input, &[tick], &[EVERY_TWO_WEEKS.to_owned()]));
    }
    blocks.push(context(&Markup::words(
        "They have three working days to answer and are reminded once. Without a yes you stay as you are.",
    )));
    let about = first.map(|pair| pair.of.pair.id.to_string()).unwrap_or_default();
    modal(forms::BECOME_PEERS, "Become peers", Some("Ask"), about, blocks)
}
