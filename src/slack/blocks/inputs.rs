//! Input blocks. The block id names the field; the element inside has the same name.

use chrono::{NaiveDate, NaiveTime};
use slack_morphism::SlackActionId;
use slack_morphism::blocks::{
    SlackBlock, SlackBlockCheckboxesElement, SlackBlockChoiceItem, SlackBlockConversationFilter,
    SlackBlockConversationsSelectElement, SlackBlockDatePickerElement, SlackBlockId, SlackBlockPlainText,
    SlackBlockPlainTextInputElement, SlackBlockPlainTextOnly, SlackBlockRadioButtonsElement,
    SlackBlockStaticSelectElement, SlackBlockText, SlackBlockTimePickerElement, SlackBlockUsersSelectElement,
    SlackConversationFilterInclude, SlackInputBlock, SlackInputBlockElement,
};

use super::elements::label;

/// The most a text field takes, in characters; Slack's own limit.
const TEXT_MOST: usize = 3_000;

/// The most a line takes, in characters.
const LINE_MOST: u64 = 300;

/// What every input has.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The field's name.
    pub field: &'static str,
    /// The words above it.
    pub label: &'a str,
    /// The words below it.
    pub hint: Option<&'a str>,
    /// Whether it may stay empty.
    pub optional: bool,
}

/// One of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The words, at most 75 characters.
    pub label: String,
    /// What it stands for.
    pub value: String,
}

/// One of several.
pub fn choice(label: impl Into<String>, value: impl Into<String>) -> Choice {
    Choice { label: label.into(), value: value.into() }
}

fn block(input: &Input<'_>, element: SlackInputBlockElement) -> SlackBlock {
    let mut block = SlackInputBlock::new(label(input.label), element)
        .with_block_id(SlackBlockId(input.field.to_owned()))
        .with_optional(input.optional);
    if let Some(hint) = input.hint {
        block = block.with_hint(label(hint));
    }
    block.into()
}

fn action(input: &Input<'_>) -> SlackActionId {
    SlackActionId(input.field.to_owned())
}

/// Several lines of text, with what was written before.
pub fn text_input(input: Input<'_>, placeholder: Option<&str>, initial: Option<&str>) -> SlackBlock {
    let mut element = SlackBlockPlainTextInputElement::new()
        .with_action_id(action(&input))
        .with_multiline(true)
        .with_max_length(TEXT_MOST as u64);
    if let Some(placeholder) = placeholder {
        element = element.with_placeholder(label(placeholder));
    }
    if let Some(initial) = initial.filter(|text| !text.is_empty()) {
        element = element.with_initial_value(initial.chars().take(TEXT_MOST).collect());
    }
    block(&input, element.into())
}

/// One line of text, with what was written before.
pub fn hinted_line_input(input: Input<'_>, placeholder: Option<&str>, initial: Option<&str>) -> SlackBlock {
    let mut element = SlackBlockPlainTextInputElement::new().with_action_id(action(&input)).with_max_length(LINE_MOST);
    if let Some(placeholder) = placeholder {
        element = element.with_placeholder(label(placeholder));
    }
    if let Some(initial) = initial.filter(|text| !text.is_empty()) {
        element = element.with_initial_value(initial.chars().take(LINE_MOST as usize).collect());
    }
    block(&input, element.into())
}

/// A drop-down list.
pub fn select_input(input: Input<'_>, choices: &[Choice], initial: &str) -> SlackBlock {
    let item = |choice: &Choice| {
        SlackBlockChoiceItem::<SlackBlockPlainTextOnly>::new(label(&choice.label), choice.value.clone())
    };
    let mut element = SlackBlockStaticSelectElement::new()
        .with_action_id(action(&input))
        .with_options(choices.iter().map(item).collect());
    if let Some(chosen) = choices.iter().find(|choice| choice.value == initial) {
        element = element.with_initial_option(item(chosen));
    }
    block(&input, element.into())
}

/// Radio buttons.
pub fn radio_input(input: Input<'_>, choices: &[Choice], initial: &str) -> SlackBlock {
    let item = |choice: &Choice| {
        let text = SlackBlockText::Plain(SlackBlockPlainText::new(choice.label.clone()));
        SlackBlockChoiceItem::<SlackBlockText>::new(text, choice.value.clone())
    };
    let mut element =
        SlackBlockRadioButtonsElement::new(choices.iter().map(item).collect()).with_action_id(action(&input));
    if let Some(chosen) = choices.iter().find(|choice| choice.value == initial) {
        element = element.with_initial_option(item(chosen));
    }
    block(&input, element.into())
}

/// A time of day.
pub fn time_input(input: Input<'_>, initial: NaiveTime) -> SlackBlock {
    let element = SlackBlockTimePickerElement::new()
        .with_action_id(action(&input))
        .with_initial_time(initial.format("%H:%M").to_string());
    block(&input, element.into())
}

/// A day, `None` while nothing is chosen.
pub fn date_input(input: Input<'_>, initial: Option<NaiveDate>) -> SlackBlock {
    let mut element = SlackBlockDatePickerElement::new().with_action_id(action(&input));
    if let Some(initial) = initial {
        element = element.with_initial_date(initial.format("%Y-%m-%d").to_string());
    }
    block(&input, element.into())
}

/// Check boxes, at most ten; `initial` are the values ticked before.
pub fn checkbox_input(input: Input<'_>, choices: &[Choice], initial: &[String]) -> SlackBlock {
    let item = |choice: &Choice| {
        let text = SlackBlockText::Plain(SlackBlockPlainText::new(choice.label.clone()));
        SlackBlockChoiceItem::<SlackBlockText>::new(text, choice.value.clone())
    };
    let shown = || choices.iter().take(10);
    let mut element = SlackBlockCheckboxesElement::new(shown().map(item).collect()).with_action_id(action(&input));
    let ticked: Vec<_> = shown().filter(|choice| initial.contains(&choice.value)).map(item).collect();
    if !ticked.is_empty() {
        element = element.with_initial_options(ticked);
    }
    block(&input, element.into())
}

/// Somebody, from Slack's own list of people.
pub fn person_input(input: Input<'_>) -> SlackBlock {
    let element = SlackBlockUsersSelectElement::new().with_action_id(action(&input));
    block(&input, element.into())
}

/// A public channel of this workspace, from Slack's own list; nothing is chosen at first.
pub fn public_channel_input(input: Input<'_>) -> SlackBlock {
    let filter = SlackBlockConversationFilter::new()
        .with_include(vec![SlackConversationFilterInclude::Public])
        .with_exclude_external_shared_channels(true);
    let element = SlackBlockConversationsSelectElement::new().with_action_id(action(&input)).with_filter(filter);
    block(&input, element.into())
}
