//! Buttons that open a page outside Slack. Slack tells the app of a click all the same.

use slack_morphism::SlackActionId;
use slack_morphism::blocks::{SlackActionsBlock, SlackBlock, SlackBlockButtonElement};
use url::Url;

use super::elements::label;

/// A button that opens a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkButton {
    /// The words on it, at most 75 characters.
    pub label: &'static str,
    /// What Slack calls a click on it.
    pub action_id: &'static str,
    /// The page; at most 3,000 characters.
    pub address: String,
}

/// A row of them; one whose address is none is left out.
pub fn link_buttons(buttons: impl IntoIterator<Item = LinkButton>) -> SlackBlock {
    let element = |button: LinkButton| {
        let address = Url::parse(&button.address).ok()?;
        let element = SlackBlockButtonElement::new(label(button.label))
            .with_action_id(SlackActionId(button.action_id.to_owned()));
        Some(element.with_url(address).into())
    };
    SlackActionsBlock::new(buttons.into_iter().filter_map(element).collect()).into()
}
