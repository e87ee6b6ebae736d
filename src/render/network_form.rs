//! The form for somebody on one's own network, and what is said when they cannot be on it.

use serde_json::Value;

use crate::domain::network::{Acquaintance, CannotAdd, LONGEST_NOTE, MOST_ENTRIES, NetworkEntry};
use crate::domain::private_text::PrivateText;
use crate::domain::profile::MOST_TOPICS;
use crate::render::controls::forms;
use crate::render::homework_forms::about;
use crate::render::words::mention;
use crate::slack::blocks::{
    Block, Blocks, Input, Markup, chosen_person_input, context, hinted_line_input, modal, section, text_input,
};

/// Somebody in Slack.
pub const PERSON: &str = "network_person";
/// The name of somebody outside.
pub const NAME: &str = "network_name";
/// Their e-mail address.
pub const EMAIL: &str = "network_email";
/// What they could help with.
pub const TOPICS: &str = "network_topics";
/// The line that only the owner sees.
pub const NOTE: &str = "network_note";

/// What stands in an empty form already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefilled {
    /// The user id of somebody in Slack.
    pub user_id: Option<String>,
    /// The name of somebody outside, as it was typed.
    pub name: String,
    /// Their address, as it was typed.
    pub email: String,
}

fn input(field: &'static str, label: &'static str, hint: Option<&'static str>) -> Input<'static> {
    Input { field, label, hint, optional: true }
}

/// The form for somebody new; `below` is the list under it, if it is open.
pub fn add(prefilled: &Prefilled, below: Option<&str>) -> Value {
    let mut blocks: Blocks = vec![
        section(&Markup::words("Whom would you introduce others to? Somebody in Slack, *or* somebody outside.")),
        chosen_person_input(input(PERSON, "Somebody in Slack", None), prefilled.user_id.as_deref()),
    ];
    blocks.extend(outside(&prefilled.name, &prefilled.email, "Or somebody outside: their name"));
    blocks.extend(noted("", None));
    modal(forms::ADD_TO_NETWORK, "Add to my network", Some("Save"), about("new", below), blocks)
}

/// The form with what was noted of somebody.
pub fn edit(entry: &NetworkEntry, below: Option<&str>) -> Value {
    let mut blocks = Blocks::new();
    match &entry.whom {
        Acquaintance::InSlack(person) => blocks.push(section(&mention(person))),
        Acquaintance::Outside { name, email } => blocks.extend(outside(name.reveal(), email.reveal(), "Their name")),
    }
    let topics: Vec<&str> = entry.topics.iter().map(PrivateText::reveal).collect();
    blocks.extend(noted(&topics.join(", "), entry.note.as_ref().map(PrivateText::reveal)));
    modal(forms::NETWORK_ENTRY, "My network", Some("Save"), about(entry.id, below), blocks)
}

fn outside(name: &str, email: &str, label: &'static str) -> [Block; 2] {
    [
        hinted_line_input(input(NAME, label, None), Some("Jane Doe"), Some(name)),
        hinted_line_input(input(EMAIL, "Their e-mail address", None), Some("jane@example.org"), Some(email)),
    ]
}

fn noted(topics: &str, note: Option<&str>) -> [Block; 3] {
    let hint = "Separated by commas. This is how I find them for you.";
    let wanted = Input { optional: false, ..input(TOPICS, "What they could help with", Some(hint)) };
    let line = input(NOTE, "A line for myself", Some("How you know them, or when to ask them."));
    [
        text_input(wanted, Some("pricing experiments, SQL"), Some(topics)),
        // Not cut at its limit, so that what is too long is answered.
        text_input(line, None, note),
        context(&Markup::words("Only you see what you write here. They do not learn that they are on your list.")),
    ]
}

/// Why somebody in Slack cannot be added.
pub fn cannot_add(why: CannotAdd) -> &'static str {
    match why {
        CannotAdd::Oneself => "That is you. Your own topics belong in your profile: type /mentor profile.",
        CannotAdd::Bot => "That is an app. Choose a person.",
        CannotAdd::Deactivated => {
            "That account is switched off. Choose somebody else, or add them with an e-mail address."
        }
    }
}

/// Why a line is not taken.
pub fn note_too_long(length: usize) -> String {
    format!("{length} characters, and {LONGEST_NOTE} are the most. One line is enough.")
}

/// Why there is no room for one more.
pub fn full() -> String {
    format!("Your network has {MOST_ENTRIES} people, and that is the most. Remove somebody first.")
}

/// Why topics do not fit beside those that were noted before.
pub fn too_many_together(count: usize) -> String {
    format!(
        "They are on your network already, and with what you noted before these are {count} topics; {MOST_TOPICS} are the most. Change them under Edit instead."
    )
}
