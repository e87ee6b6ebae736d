//! Finding what a person means by what is written on it.

use serde_json::Value;

use crate::interactions::Target;
use crate::render::{Eye, label};
use crate::state::{Placed, current, elements};
use crate::world::World;

use super::{Hands, HandsError, Place};

/// An element found on somebody's screen, with a copy of its blocks.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) target: Target,
    pub(crate) block: Value,
    pub(crate) element: Value,
}

impl Found {
    pub(crate) fn placed(&self) -> Placed<'_> {
        Placed { block: &self.block, element: &self.element }
    }
}

/// Something with blocks on a person's screen.
pub(crate) struct Sight {
    pub(crate) target: Target,
    pub(crate) blocks: Value,
    pub(crate) values: Value,
}

impl Hands {
    /// What the person has on screen in a place, the first to look at first.
    pub(crate) fn sights(&self, world: &World, place: &Place) -> Vec<Sight> {
        let of_view = |view: &crate::views::View| Sight {
            target: Target::View(view.id.clone()),
            blocks: view.blocks(),
            values: view.values.clone(),
        };
        let modal = || world.top_modal(&self.id).map(of_view);
        let home = || world.home(&self.id).map(of_view);
        let messages = |only: Option<&str>| {
            let channels = world.channels_of(&self.id);
            world
                .messages
                .iter()
                .rev()
                .filter(|message| channels.contains(&message.channel))
                .filter(|message| message.ephemeral_to.as_deref().is_none_or(|to| to == self.id))
                .filter(|message| only.is_none_or(|ts| message.ts == ts))
                .map(|message| Sight {
                    target: Target::Message { channel: message.channel.clone(), ts: message.ts.clone() },
                    blocks: message.blocks.clone(),
                    values: world.message_values(&self.id, message),
                })
                .collect::<Vec<_>>()
        };
        match place {
            Place::Anywhere => modal().into_iter().chain(messages(None)).chain(home()).collect(),
            Place::Modal => modal().into_iter().collect(),
            Place::Home => home().into_iter().collect(),
            Place::Messages => messages(None),
            Place::Message(ts) => messages(Some(ts)),
        }
    }

    /// The `nth` button (from 0) with this label: in the first sight that has one.
    pub(crate) fn find_button(
        &self,
        world: &World,
        place: &Place,
        wanted: &str,
        nth: usize,
    ) -> Result<Found, HandsError> {
        let mut seen = Vec::new();
        for sight in self.sights(world, place) {
            let buttons = buttons_of(&sight.blocks);
            let mut hits = buttons.iter().filter(|(name, ..)| name == wanted);
            if let Some((_, block, element)) = hits.nth(nth) {
                return Ok(Found { target: sight.target, block: block.clone(), element: element.clone() });
            }
            seen.extend(buttons.into_iter().map(|(name, ..)| name));
        }
        let which = if nth == 0 { String::new() } else { format!(" number {}", nth + 1) };
        Err(HandsError::NotSeen(format!("{} sees no button {wanted:?}{which}; sees: {seen:?}", self.name)))
    }

    /// The input or select with this label, section text or placeholder.
    pub(crate) fn find_input(
        &self,
        world: &World,
        place: &Place,
        wanted: &str,
        fits: impl Fn(&Placed<'_>) -> bool,
    ) -> Result<Found, HandsError> {
        let eye = Eye::of(world, &self.id);
        let mut seen = Vec::new();
        for sight in self.sights(world, place) {
            for placed in elements(&sight.blocks) {
                if !fits(&placed) {
                    continue;
                }
                let names = names_of(&placed, &sight.values, &eye);
                if names.iter().any(|name| name == wanted) {
                    let (block, element) = (placed.block.clone(), placed.element.clone());
                    return Ok(Found { target: sight.target, block, element });
                }
                seen.extend(names.into_iter().next());
            }
        }
        Err(HandsError::NotSeen(format!("{} sees no input {wanted:?}; sees: {seen:?}", self.name)))
    }
}

/// Every button with what is written on it.
pub(crate) fn buttons_of(blocks: &Value) -> Vec<(String, Value, Value)> {
    elements(blocks)
        .into_iter()
        .flat_map(|placed| {
            let own = matches!(placed.kind(), "button" | "workflow_button" | "icon_button").then_some(placed.element);
            let feedback = ["positive_button", "negative_button"].into_iter().filter_map(|key| placed.element.get(key));
            let block = placed.block;
            let owner = placed.element;
            own.into_iter()
                .map(move |element| (label(element), block.clone(), element.clone()))
                .chain(feedback.map(move |button| {
                    let mut element = button.clone();
                    for key in ["type", "action_id"] {
                        element[key] = owner.get(key).cloned().unwrap_or(Value::Null);
                    }
                    (label(button), block.clone(), element)
                }))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// What a person could call an input: its label, the text beside it, its placeholder, what it shows.
fn names_of(placed: &Placed<'_>, values: &Value, eye: &Eye) -> Vec<String> {
    let read = |object: Option<&Value>| object.map(|object| crate::render::text_object(object, eye));
    let beside = read(placed.block.get("text"));
    let first_line = beside.as_ref().and_then(|text| text.lines().next()).map(str::to_owned);
    let shown = current(values, placed).and_then(|value| crate::render::value_shown(&value, eye));
    [read(placed.block.get("label")), beside, first_line, read(placed.element.get("placeholder")), shown]
        .into_iter()
        .flatten()
        .collect()
}
