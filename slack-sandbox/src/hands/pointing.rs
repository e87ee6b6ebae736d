//! Acting on exactly this element, by its ids, as somebody does who points at it. What a value means is the same as
//! everywhere; only the finding is different.

use serde_json::{Value, json};

use crate::interactions::Target;
use crate::render::options;
use crate::state::{current, elements, text};
use crate::views::View;
use crate::world::World;

use super::acting::button_action;
use super::choosing::{tells_app, typed_properly};
use super::finding::Found;
use super::picking::{pickable, together};
use super::{Hands, HandsError};

/// What somebody points at.
#[derive(Clone, Debug)]
pub(crate) struct Pointed {
    pub(crate) target: Target,
    pub(crate) block_id: String,
    pub(crate) action_id: String,
}

impl Pointed {
    /// Under which the app's suggestions for somebody are kept.
    fn key(&self, user: &str) -> (String, Target, String, String) {
        (user.to_owned(), self.target.clone(), self.block_id.clone(), self.action_id.clone())
    }
}

impl Hands {
    /// Clicks a button, or gives anything else a new value (text, option values, ids, dates; null empties).
    ///
    /// # Errors
    /// `NotSeen` when it is not on this person's screen any more; `Refused` for a value it does not take;
    /// `OperationTimeout`, `NoConnection`.
    pub(crate) async fn acts_on(&self, pointed: &Pointed, value: Value) -> Result<(), HandsError> {
        let (what, payload) = {
            let mut world = self.shared.lock();
            self.check_active(&world)?;
            let found = self.pointed_at(&world, pointed)?;
            let kind = found.placed().kind().to_owned();
            let what = format!("{} used {kind} {}", self.name, pointed.action_id);
            let payload = if matches!(kind.as_str(), "button" | "workflow_button" | "icon_button" | "feedback_buttons")
            {
                Some(world.block_actions(&self.id, &found.target, button_action(&found), None))
            } else {
                let value = self.understood(&world, &found, value).map_err(HandsError::Refused)?;
                if kind != "overflow" {
                    self.keep(&mut world, &found, value.clone());
                }
                // What is typed wrongly stays on the screen; the app hears only of what the client lets pass.
                if let Some(Value::String(typed)) = value.as_ref().filter(|_| is_typed(&kind) && tells_app(&found)) {
                    typed_properly(&found, typed).map_err(HandsError::Refused)?;
                }
                self.action_for(&mut world, &found, value)
            };
            (what, payload)
        };
        self.tell(&what, payload).await
    }

    /// Gives an input a value without telling the app, even one that may not be submitted yet: somebody is typing.
    ///
    /// # Errors
    /// As [`Hands::acts_on`], apart from those about the app.
    pub(crate) fn holds(&self, pointed: &Pointed, value: Value) -> Result<(), HandsError> {
        let mut world = self.shared.lock();
        self.check_active(&world)?;
        let found = self.pointed_at(&world, pointed)?;
        let value = self.understood(&world, &found, value).map_err(HandsError::Refused)?;
        self.keep(&mut world, &found, value);
        Ok(())
    }

    /// Types into an external select: what the app suggests, as `options` or `option_groups`.
    ///
    /// # Errors
    /// `NotSeen` when it is not on this person's screen any more; `Refused` when more must be typed before Slack asks
    /// or the answer is not one Slack takes; `OperationTimeout`, `NoConnection`.
    pub(crate) async fn is_suggested(&self, pointed: &Pointed, text: &str) -> Result<Value, HandsError> {
        let found = {
            let world = self.shared.lock();
            self.check_active(&world)?;
            self.pointed_at(&world, pointed)?
        };
        let answer = self.suggested(&found, &pointed.action_id, text).await?;
        let offered = options(&answer).into_iter().cloned().collect();
        self.shared.lock().suggested.insert(pointed.key(&self.id), offered);
        Ok(answer)
    }

    /// The blocks of the top modal that must be filled in and are not.
    ///
    /// # Errors
    /// `NotSeen` when another modal, or none, is on top; `Refused` when something is filled in wrongly.
    pub(crate) fn missing_in(&self, view: &str) -> Result<Vec<String>, HandsError> {
        let world = self.shared.lock();
        let top = self.top_view(&world, view)?;
        let blocks = top.blocks();
        for placed in elements(&blocks) {
            if let Some(Value::String(typed)) = current(&top.values, &placed).filter(|_| is_typed(placed.kind())) {
                let found = Found {
                    target: Target::View(view.to_owned()),
                    block: placed.block.clone(),
                    element: placed.element.clone(),
                };
                typed_properly(&found, &typed).map_err(HandsError::Refused)?;
            }
        }
        let empty = elements(&blocks).into_iter().filter(|placed| {
            let optional = placed.block.get("optional").and_then(Value::as_bool).unwrap_or(false);
            placed.is_input() && !optional && current(&top.values, placed).is_none()
        });
        Ok(empty.map(|placed| placed.block_id().to_owned()).collect())
    }

    /// Whether a modal is still on top.
    ///
    /// # Errors
    /// `NotSeen` when another modal, or none, is.
    pub(crate) fn still_has(&self, view: &str) -> Result<(), HandsError> {
        self.top_view(&self.shared.lock(), view).map(drop)
    }

    pub(super) fn top_view<'world>(&self, world: &'world World, view: &str) -> Result<&'world View, HandsError> {
        let top = world.top_modal(&self.id).filter(|top| top.id == view);
        top.ok_or_else(|| HandsError::NotSeen("This form is no longer open.".to_owned()))
    }

    fn pointed_at(&self, world: &World, pointed: &Pointed) -> Result<Found, HandsError> {
        let gone = || HandsError::NotSeen("This is no longer there.".to_owned());
        let blocks = match &pointed.target {
            Target::View(id) => {
                let mine = |view: &&View| view.user == self.id && world.is_open(&view.id);
                world.view(id).filter(mine).ok_or_else(gone)?.blocks()
            }
            Target::Message { channel, ts } => {
                let message = world.message(channel, ts).ok_or_else(gone)?;
                let for_me = message.ephemeral_to.as_deref().is_none_or(|only| only == self.id);
                let here = world.conversation(channel).is_some_and(|found| found.has(&self.id));
                if !for_me || !here {
                    return Err(gone());
                }
                message.blocks.clone()
            }
        };
        let all = elements(&blocks);
        let placed = all
            .iter()
            .find(|placed| placed.block_id() == pointed.block_id && placed.action_id() == pointed.action_id)
            .ok_or_else(gone)?;
        let (block, element) = (placed.block.clone(), placed.element.clone());
        Ok(Found { target: pointed.target.clone(), block, element })
    }

    /// What can be chosen: the element's own options, or what the app has suggested last and what is chosen already.
    fn offer(&self, world: &World, found: &Found) -> Vec<Value> {
        let placed = found.placed();
        if !placed.kind().ends_with("external_select") {
            return options(&found.element).into_iter().cloned().collect();
        }
        let key = (self.id.clone(), found.target.clone(), placed.block_id().to_owned(), placed.action_id().to_owned());
        let mut offer = world.suggested.get(&key).cloned().unwrap_or_default();
        match current(&self.values_of(world, found), &placed) {
            Some(Value::Array(chosen)) => offer.extend(chosen),
            Some(chosen) => offer.push(chosen),
            None => {}
        }
        offer
    }

    /// A value of the page as `state.values` keeps it.
    fn understood(&self, world: &World, found: &Found, value: Value) -> Result<Option<Value>, String> {
        let placed = found.placed();
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
        };
        if empty {
            return Ok(None);
        }
        match placed.kind() {
            "static_select" | "radio_buttons" | "overflow" | "external_select" => {
                option(&self.offer(world, found), &value).map(Some)
            }
            "multi_static_select" | "checkboxes" | "multi_external_select" => {
                let offer = self.offer(world, found);
                let items = value.as_array().ok_or("a list is wanted here")?;
                together(&found.element, items)?;
                let chosen = items.iter().map(|value| option(&offer, value));
                chosen.collect::<Result<Vec<_>, _>>().map(|chosen| Some(Value::Array(chosen)))
            }
            kind @ ("multi_users_select" | "multi_conversations_select" | "multi_channels_select") => {
                let items = value.as_array().ok_or("a list is wanted here")?;
                together(&found.element, items)?;
                items.iter().try_for_each(|item| pickable(world, &self.id, kind, item))?;
                Ok(Some(value))
            }
            "file_input" => self.attachable(world, &found.element, &value).map(Some),
            "rich_text_input" => {
                value.as_str().ok_or("text is wanted here")?;
                Ok(Some(json!({
                    "type": "rich_text",
                    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": value}]}],
                })))
            }
            kind if is_typed(kind) => {
                value.as_str().ok_or("text is wanted here")?;
                Ok(Some(value))
            }
            kind => pickable(world, &self.id, kind, &value).map(|()| Some(value)),
        }
    }
}

/// Whether a value is text that somebody types; whether it is right is judged when it is submitted.
fn is_typed(kind: &str) -> bool {
    kind.ends_with("_input") && !matches!(kind, "rich_text_input" | "file_input")
}

/// The option with this value.
fn option(offer: &[Value], value: &Value) -> Result<Value, String> {
    let wanted = value.as_str().unwrap_or_default();
    let found = offer.iter().find(|option| text(option, "value") == wanted);
    found.cloned().ok_or_else(|| format!("no option has the value {wanted:?}"))
}
