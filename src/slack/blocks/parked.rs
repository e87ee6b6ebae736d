//! A menu beside a paragraph, and a field for an entry that has a name of its own.

use slack_morphism::SlackActionId;
use slack_morphism::blocks::{
    SlackBlock, SlackBlockChoiceItem, SlackBlockId, SlackBlockMarkDownText, SlackBlockPlainTextInputElement,
    SlackBlockPlainTextOnly, SlackBlockStaticSelectElement, SlackInputBlock, SlackSectionBlock,
};

use super::elements::label;
use super::inputs::Choice;
use super::markup::Markup;

/// The most characters a field takes; Slack's own limit.
const TEXT_MOST: u64 = 3_000;
/// Choices that a menu takes.
const CHOICES_MOST: usize = 100;

/// A menu: what it does, what can be chosen, what is chosen now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select<'a> {
    /// What choosing does.
    pub action_id: &'static str,
    /// What can be chosen.
    pub choices: &'a [Choice],
    /// The value chosen now.
    pub chosen: &'a str,
}

/// A paragraph with a menu beside it.
pub fn section_with_select(markup: &Markup, select: &Select<'_>) -> SlackBlock {
    let item = |choice: &Choice| {
        SlackBlockChoiceItem::<SlackBlockPlainTextOnly>::new(label(&choice.label), choice.value.clone())
    };
    let mut element = SlackBlockStaticSelectElement::new()
        .with_action_id(SlackActionId(select.action_id.to_owned()))
        .with_options(select.choices.iter().take(CHOICES_MOST).map(item).collect());
    if let Some(chosen) = select.choices.iter().find(|choice| choice.value == select.chosen) {
        element = element.with_initial_option(item(chosen));
    }
    let text = SlackBlockMarkDownText::new(markup.as_str().to_owned());
    SlackSectionBlock::new().with_text(text.into()).with_accessory(element.into()).into()
}

/// Several lines of text in a field with a name that is made at the time, such as one entry of a list.
pub fn entry_input(field: String, title: &str, hint: &str, initial: &str) -> SlackBlock {
    let element = SlackBlockPlainTextInputElement::new()
        .with_action_id(SlackActionId("entry".to_owned()))
        .with_multiline(true)
        .with_max_length(TEXT_MOST)
        .with_initial_value(initial.to_owned());
    SlackInputBlock::new(label(title), element.into())
        .with_block_id(SlackBlockId(field))
        .with_optional(true)
        .with_hint(label(hint))
        .into()
}
