//! The form for a win, and a win as it is read.

use serde_json::Value;

use crate::domain::overview::{Overview, PairOverview};
use crate::domain::people::Person;
use crate::domain::wins::WinOfPair;
use crate::render::controls::forms;
use crate::render::homework_forms::did_not_fit;
use crate::render::words::{mention, short};
use crate::slack::blocks::{
    Blocks, DateStyle, Input, Markup, checkbox_input, choice, context, modal, plain, public_channel_input, section,
    text_input,
};

/// What is to be celebrated.
pub const WIN: &str = "win";
/// The pairs that see it.
pub const PAIRS: &str = "pairs";
/// The channel that hears of it.
pub const CHANNEL: &str = "channel";

/// Check boxes that Slack takes.
const MOST_PAIRS: usize = 10;

/// The form; `typed` stands in it already, and `rest` is what did not fit.
pub fn open(overview: &Overview, typed: Option<&str>, rest: Option<&str>) -> Value {
    let me = overview.me.id;
    let mut pairs: Vec<&PairOverview> = overview.active().collect();
    let shares = |pair: &PairOverview| overview.prepares_in(pair);
    // Those who hear of it unless unticked come first.
    pairs.sort_by_key(|pair| !shares(pair));
    let win = Input { field: WIN, label: "The win", hint: Some("Small or large."), optional: false };
    let mut blocks: Blocks = vec![text_input(win, None, typed)];
    blocks.extend(did_not_fit(rest));
    let choices: Vec<_> = pairs
        .iter()
        .take(MOST_PAIRS)
        .map(|pair| choice(whom(pair.of.other(me)), pair.of.pair.id.to_string()))
        .collect();
    let mut ticked: Vec<String> =
        pairs.iter().filter(|pair| shares(pair)).map(|pair| pair.of.pair.id.to_string()).collect();
    if ticked.is_empty() && pairs.len() == 1 {
        ticked.extend(pairs.iter().map(|pair| pair.of.pair.id.to_string()));
    }
    let who = Input { field: PAIRS, label: "Who sees it", hint: Some("They hear of it at once."), optional: false };
    blocks.push(checkbox_input(who, &choices, &ticked));
    let hint = "Empty: no channel. Chosen, I post your win there with your name.";
    blocks.push(public_channel_input(Input {
        field: CHANNEL,
        label: "Also tell a channel",
        hint: Some(hint),
        optional: true,
    }));
    blocks.push(context(&Markup::words("Without a channel, only you and those you tick will ever see this.")));
    modal(forms::LOG_WIN, "Log a win", Some("Share"), String::new(), blocks)
}

/// Whoever has no Slack is told when the two meet.
fn whom(other: &Person) -> String {
    if other.is_contact() {
        let name: String = other.name.chars().take(40).collect();
        return format!("{name} (not told by me: has no Slack)");
    }
    short(&other.name)
}

/// A win, for reading.
pub fn read(of: &WinOfPair) -> Value {
    let owner = of.of.half(of.win.person);
    let mut blocks: Blocks = vec![section(&mention(owner).and(" has a win:"))];
    blocks.extend(plain(of.win.text.reveal()));
    blocks.push(context(&Markup::default().date(of.win.logged_at, DateStyle::LongDay)));
    modal("read_win", "A win", None, String::new(), blocks)
}
