//! Buttons.

use slack_morphism::blocks::{
    SlackBlockButtonElement, SlackBlockConfirmItem, SlackBlockPlainText, SlackBlockPlainTextOnly, SlackBlockText,
};
use slack_morphism::{SlackActionId, prelude::SlackBlockButtonStyle};

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Like any other.
    Plain,
    /// The one most people want; at most one in a row.
    Primary,
}

/// A button: what is on it, what it does, to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// The words on it, at most 75 characters.
    pub label: &'static str,
    /// What it does; at most 255 characters.
    pub action_id: &'static str,
    /// The opaque id of what it is done to.
    pub value: String,
    /// How it looks.
    pub style: Style,
    /// What Slack asks before the click counts.
    pub confirm: Option<Confirm>,
}

/// A question Slack asks before a click counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirm {
    /// The headline, at most 100 characters.
    pub title: &'static str,
    /// The question, at most 300 characters.
    pub text: &'static str,
    /// The words of yes, at most 30 characters.
    pub yes: &'static str,
    /// The words of no, at most 30 characters.
    pub no: &'static str,
}

impl Button {
    pub(super) fn element(self) -> SlackBlockButtonElement {
        let mut element =
            SlackBlockButtonElement::new(label(self.label)).with_action_id(SlackActionId(self.action_id.to_owned()));
        if !self.value.is_empty() {
            element = element.with_value(self.value);
        }
        if let Some(confirm) = self.confirm {
            let text = SlackBlockText::Plain(SlackBlockPlainText::new(confirm.text.to_owned()));
            element = element.with_confirm(SlackBlockConfirmItem::new(
                label(confirm.title),
                text,
                label(confirm.yes),
                label(confirm.no),
            ));
        }
        match self.style {
            Style::Plain => element,
            Style::Primary => element.with_style(SlackBlockButtonStyle::Primary),
        }
    }
}

/// Plain text for labels.
pub(super) fn label(text: &str) -> SlackBlockPlainTextOnly {
    SlackBlockPlainTextOnly::from(SlackBlockPlainText::new(text.to_owned()))
}
