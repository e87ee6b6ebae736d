//! Clicking: buttons found by what is written on them, stale copies, forgeries.

use serde_json::{Value, json};

use crate::envelopes::{Outgoing, exchange};
use crate::interactions::Target;
use crate::seen::SeenMessage;
use crate::world::World;

use super::finding::{Found, buttons_of};
use super::{Hands, HandsError};

/// Where to look for something to click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The top modal first, then messages from the newest, then Home.
    Anywhere,
    /// The top modal.
    Modal,
    /// The app's Home.
    Home,
    /// Messages from the newest, ephemeral ones included.
    Messages,
    /// The message with this timestamp.
    Message(String),
}

/// The action object of a click on a button.
pub(super) fn button_action(found: &Found) -> Value {
    let mut action = json!({
        "action_id": found.element.get("action_id"), "block_id": found.block.get("block_id"),
        "text": found.element.get("text"), "type": found.element.get("type"),
    });
    for key in ["value", "style", "url"] {
        if let Some(value) = found.element.get(key) {
            action[key] = value.clone();
        }
    }
    action
}

impl Hands {
    /// Whether this person can act at all.
    pub(crate) fn check_active(&self, world: &World) -> Result<(), HandsError> {
        if world.person(&self.id).is_none_or(crate::people::Person::is_deactivated) {
            return Err(HandsError::Refused(format!("{} is deactivated and cannot act", self.name)));
        }
        Ok(())
    }

    /// Sends an interaction and waits for its acknowledgement's payload.
    pub(crate) async fn interact(
        &self,
        what: &str,
        payload: Value,
        accepts_payload: bool,
    ) -> Result<Value, HandsError> {
        let outgoing = Outgoing { kind: "interactive", payload, accepts_payload, retry: None };
        exchange(&self.shared, outgoing).await.map_err(|unanswered| HandsError::unanswered(what, unanswered))
    }

    /// Clicks the button with this text: in the top modal, else in the newest message that has it, else in
    /// Home. Returns when the app has acknowledged.
    ///
    /// # Errors
    /// `NotSeen` with what is there instead, `OperationTimeout`, `NoConnection`.
    pub async fn clicks(&self, label: &str) -> Result<(), HandsError> {
        self.clicks_nth(&Place::Anywhere, label, 0).await
    }

    /// Clicks the first button with this text in a place.
    ///
    /// # Errors
    /// As `clicks`.
    pub async fn clicks_in(&self, place: Place, label: &str) -> Result<(), HandsError> {
        self.clicks_nth(&place, label, 0).await
    }

    /// Clicks the `nth` button (from 0) with this text within the first message or view that has so many.
    ///
    /// # Errors
    /// As `clicks`.
    pub async fn clicks_nth(&self, place: &Place, label: &str, nth: usize) -> Result<(), HandsError> {
        let payload = {
            let mut world = self.shared.lock();
            self.check_active(&world)?;
            let found = self.find_button(&world, place, label, nth)?;
            world.block_actions(&self.id, &found.target, button_action(&found), None)
        };
        self.interact(&format!("{} clicked {label:?}", self.name), payload, false).await.map(drop)
    }

    /// Clicks a button twice at the same moment, as impatient people do.
    ///
    /// # Errors
    /// As `clicks`, for the first of the two that failed.
    pub async fn clicks_twice(&self, label: &str) -> Result<(), HandsError> {
        let (first, second) = tokio::join!(self.clicks(label), self.clicks(label));
        first.and(second)
    }

    /// Clicks a button of an old copy of a message, as a client that has not refreshed would: also when the
    /// button or the message is gone.
    ///
    /// # Errors
    /// `NotSeen` when the copy has no such button; else as `clicks`.
    pub async fn clicks_stale(&self, snapshot: &SeenMessage, label: &str) -> Result<(), HandsError> {
        let payload = {
            let mut world = self.shared.lock();
            self.check_active(&world)?;
            let buttons = buttons_of(&snapshot.blocks);
            let target = Target::Message { channel: snapshot.channel.clone(), ts: snapshot.ts.clone() };
            let Some((_, block, element)) = buttons.iter().find(|(name, ..)| name == label) else {
                let names: Vec<&String> = buttons.iter().map(|(name, ..)| name).collect();
                return Err(HandsError::NotSeen(format!("the old copy has no button {label:?}; it has: {names:?}")));
            };
            let found = Found { target, block: block.clone(), element: element.clone() };
            world.block_actions(&self.id, &found.target, button_action(&found), Some(snapshot))
        };
        self.interact(&format!("{} clicked the old {label:?}", self.name), payload, false).await.map(drop)
    }

    /// Sends this as an interactive envelope, whatever it is. Missing `user`, `team`, `api_app_id`, `token`
    /// and `trigger_id` are filled in with true ones. Returns the payload of the acknowledgement.
    ///
    /// # Errors
    /// `OperationTimeout`, `NoConnection`.
    pub async fn forges(&self, payload: Value) -> Result<Value, HandsError> {
        let mut payload = payload;
        {
            let mut world = self.shared.lock();
            let trigger = world.trigger(&self.id);
            for (key, value) in [
                ("user", world.user_object(&self.id)),
                ("team", world.team_object()),
                ("api_app_id", json!(crate::residents::APP)),
                ("token", json!("verification-token")),
                ("trigger_id", json!(trigger)),
                ("enterprise", world.enterprise_object()),
                ("is_enterprise_install", json!(world.options.enterprise_install)),
            ] {
                if payload.get(key).is_none() && payload.is_object() {
                    payload[key] = value;
                }
            }
        }
        let submission = payload.get("type").and_then(Value::as_str) == Some("view_submission");
        self.interact(&format!("{} forged an interaction", self.name), payload, submission).await
    }
}
