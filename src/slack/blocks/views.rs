//! Whole screens: messages, modals, Home.

use serde_json::{Value, json};
use slack_morphism::SlackCallbackId;
use slack_morphism::blocks::{SlackHomeView, SlackModalView, SlackView};

use super::elements::label;
use super::layout::{Blocks, section};
use super::markup::Markup;
use crate::slack::api::Outgoing;

/// Blocks that a message takes.
const MESSAGE_MOST: usize = 50;
/// Blocks that a modal and Home take.
const VIEW_MOST: usize = 100;

/// A message. `text` is what notifications and screen readers say.
pub fn message(text: String, mut blocks: Blocks) -> Outgoing {
    blocks.truncate(MESSAGE_MOST);
    Outgoing { text, blocks: json!(blocks) }
}

/// A modal. Title and buttons take 24 characters; without `submit` it is for reading.
pub fn modal(
    callback_id: &'static str,
    title: &'static str,
    submit: Option<&'static str>,
    private_metadata: String,
    mut blocks: Blocks,
) -> Value {
    blocks.truncate(VIEW_MOST);
    let mut view = SlackModalView::new(label(title), blocks)
        .with_callback_id(SlackCallbackId(callback_id.to_owned()))
        .with_close(label(if submit.is_some() { "Cancel" } else { "Close" }))
        .with_private_metadata(private_metadata);
    if let Some(submit) = submit {
        view = view.with_submit(label(submit));
    }
    json!(SlackView::Modal(view))
}

/// A modal that says one thing.
pub fn notice(title: &'static str, words: &Markup) -> Value {
    modal("notice", title, None, String::new(), vec![section(words)])
}

/// The Home tab.
pub fn home(mut blocks: Blocks) -> Value {
    blocks.truncate(VIEW_MOST);
    json!(SlackView::Home(SlackHomeView::new(blocks)))
}
