//! Fields that take people, from Slack's own list of them, and a line of text.

use slack_morphism::SlackActionId;
use slack_morphism::blocks::{
    SlackBlock, SlackBlockId, SlackBlockMultiUsersSelectElement, SlackBlockPlainTextInputElement,
    SlackBlockUsersSelectElement, SlackInputBlock, SlackInputBlockElement,
};

use super::elements::label;
use super::inputs::Input;

fn block(input: &Input<'_>, element: SlackInputBlockElement) -> SlackBlock {
    let mut block = SlackInputBlock::new(label(input.label), element)
        .with_block_id(SlackBlockId(input.field.to_owned()))
        .with_optional(input.optional);
    if let Some(hint) = input.hint {
        block = block.with_hint(label(hint));
    }
    block.into()
}

/// Somebody; `chosen` is the user id of who stands there already.
pub fn chosen_person_input(input: Input<'_>, chosen: Option<&str>) -> SlackBlock {
    let mut element = SlackBlockUsersSelectElement::new().with_action_id(SlackActionId(input.field.to_owned()));
    if let Some(chosen) = chosen {
        element = element.with_initial_user(chosen.to_owned());
    }
    block(&input, element.into())
}

/// Several people, at most `most`; `chosen` are the user ids of who stands there already.
pub fn people_input(input: Input<'_>, chosen: &[String], most: usize) -> SlackBlock {
    let mut element = SlackBlockMultiUsersSelectElement::new()
        .with_action_id(SlackActionId(input.field.to_owned()))
        .with_max_selected_items(most as u64);
    if !chosen.is_empty() {
        element = element.with_initial_users(chosen.to_vec());
    }
    block(&input, element.into())
}

/// One line of text, with what was written before.
pub fn line_input(input: Input<'_>, most: usize, initial: Option<&str>) -> SlackBlock {
    let mut element = SlackBlockPlainTextInputElement::new()
        .with_action_id(SlackActionId(input.field.to_owned()))
        .with_max_length(most as u64);
    if let Some(initial) = initial.filter(|text| !text.is_empty()) {
        element = element.with_initial_value(initial.chars().take(most).collect());
    }
    block(&input, element.into())
}
