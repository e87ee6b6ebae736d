//! Layout blocks.

use slack_morphism::SlackActionId;
use slack_morphism::blocks::{
    SlackActionsBlock, SlackBlock, SlackBlockChoiceItem, SlackBlockMarkDownText, SlackBlockPlainText,
    SlackBlockPlainTextOnly, SlackBlockStaticSelectElement, SlackBlockText, SlackContextBlock, SlackDividerBlock,
    SlackHeaderBlock, SlackSectionBlock,
};

use super::elements::{Button, label};
use super::inputs::Choice;
use super::markup::Markup;

/// One block.
pub type Block = SlackBlock;
/// Blocks in their order.
pub type Blocks = Vec<Block>;

const HEADER_MOST: usize = 150;
/// Slack takes 3,000 characters of text in a section; pieces stay a little under.
const SECTION_MOST: usize = 2_900;

/// A headline; what is over 150 characters is cut.
pub fn header(text: &str) -> SlackBlock {
    SlackHeaderBlock::new(label(&cut(text, HEADER_MOST))).into()
}

/// A paragraph.
pub fn section(markup: &Markup) -> SlackBlock {
    SlackSectionBlock::new().with_text(mrkdwn(markup)).into()
}

/// A paragraph with a button beside it.
pub fn section_with(markup: &Markup, button: Button) -> SlackBlock {
    SlackSectionBlock::new().with_text(mrkdwn(markup)).with_accessory(button.element().into()).into()
}

/// Text from people, as they wrote it: plain, so that nothing in it formats or links; as many blocks as it takes.
pub fn plain(text: &str) -> Blocks {
    pieces(text, SECTION_MOST)
        .into_iter()
        .map(|piece| {
            let text = SlackBlockText::Plain(SlackBlockPlainText::new(piece).with_emoji(true));
            SlackSectionBlock::new().with_text(text).into()
        })
        .collect()
}

/// Small print.
pub fn context(markup: &Markup) -> SlackBlock {
    let text = SlackBlockMarkDownText::new(markup.as_str().to_owned());
    SlackContextBlock::new(vec![text.into()]).into()
}

/// A line.
pub fn divider() -> SlackBlock {
    SlackDividerBlock::new().into()
}

/// A row of buttons; Slack takes 25.
pub fn actions(buttons: impl IntoIterator<Item = Button>) -> SlackBlock {
    SlackActionsBlock::new(buttons.into_iter().take(25).map(|button| button.element().into()).collect()).into()
}

/// A drop-down list that acts as soon as something is chosen, in a row of its own; Slack takes 100 choices.
pub fn select_action(action_id: &'static str, words: &'static str, choices: &[Choice]) -> SlackBlock {
    let item = |choice: &Choice| {
        SlackBlockChoiceItem::<SlackBlockPlainTextOnly>::new(label(&choice.label), choice.value.clone())
    };
    let element = SlackBlockStaticSelectElement::new()
        .with_action_id(SlackActionId(action_id.to_owned()))
        .with_placeholder(label(words))
        .with_options(choices.iter().take(100).map(item).collect());
    SlackActionsBlock::new(vec![element.into()]).into()
}

fn mrkdwn(markup: &Markup) -> SlackBlockText {
    SlackBlockText::MarkDown(SlackBlockMarkDownText::new(markup.as_str().to_owned()))
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

fn pieces(text: &str, most: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(most).map(|chunk| chunk.iter().collect()).collect()
}
