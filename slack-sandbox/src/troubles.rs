//! What a test can do to the app: troubles of the network and of Slack, changes of people, events and
//! repetitions. Thin doors to the rooms that do it.

use serde_json::Value;

use crate::envelopes::{Outgoing, exchange};
use crate::events::deliver;
use crate::faults::Fault;
use crate::hands::HandsError;
use crate::people::{Person, PersonKind};
use crate::records::EnvelopeRecord;
use crate::sandbox::Sandbox;
use crate::socket::{DisconnectReason, Which};

/// Which kind of payload to send again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redelivery {
    /// The last event, with the same `event_id`.
    Event,
    /// The last `block_actions`, with the same `trigger_id`.
    BlockActions,
    /// The last `view_submission`, of the same view.
    ViewSubmission,
    /// The last slash command.
    SlashCommand,
}

impl Sandbox {
    /// Orders a trouble.
    pub fn inject(&self, fault: Fault) {
        self.shared.lock().order_fault(fault);
    }

    /// Takes back all troubles ordered.
    pub fn clear_faults(&self) {
        self.shared.lock().clear_faults();
    }

    /// From now on no group conversation with all of these people (by handle) is opened: `conversations.open` refuses it
    /// with this error. Their direct messages and groups without one of them are as before.
    pub fn keep_apart(&self, handles: &[&str], error: &str) {
        let mut world = self.shared.lock();
        let known = handles.iter().filter_map(|handle| world.person_by_handle(handle));
        let ids: Vec<String> = known.map(|person| person.id.clone()).collect();
        world.apart.push((ids, error.to_owned()));
    }

    /// Takes back what [`Sandbox::keep_apart`] ordered.
    pub fn let_together(&self) {
        self.shared.lock().apart.clear();
    }

    /// Ends connections as Slack does, with a `disconnect` frame.
    pub fn disconnect(&self, reason: DisconnectReason, which: Which) {
        self.shared.lock().disconnect(reason, which);
    }

    /// Silent death: TCP stays up, but nothing is read and nothing sent, not even a ping or pong.
    pub fn silence(&self, which: Which) {
        self.shared.lock().silence(which);
    }

    /// Cuts every connection without a close frame.
    pub fn drop_connections(&self) {
        self.shared.lock().cut(Which::All);
    }

    /// The Socket Mode switch. Off: live connections get `link_disabled`, new ones are refused.
    pub fn socket_mode_enabled(&self, on: bool) {
        self.shared.lock().switch_socket_mode(on);
    }

    /// Deactivates an account and sends `user_change` in the background. Needs a Tokio runtime.
    pub fn deactivate(&self, handle: &str) {
        self.change(handle, |person| person.kind = PersonKind::Deactivated);
    }

    /// Makes a deactivated account a member again and sends `user_change` in the background.
    pub fn reactivate(&self, handle: &str) {
        self.change(handle, |person| person.kind = PersonKind::Member);
    }

    /// Changes what Slack knows of somebody's time zone and sends `user_change` in the background.
    pub fn set_time_zone(&self, handle: &str, zone: Option<&str>) {
        let zone = zone.map(str::to_owned);
        self.change(handle, |person| person.tz = zone);
    }

    fn change(&self, handle: &str, change: impl FnOnce(&mut Person)) {
        let payload = {
            let mut world = self.shared.lock();
            world.change_person(handle, change).map(|event| world.wrap_event(event))
        };
        if let Some(payload) = payload {
            let shared = self.shared.clone();
            // Whether anybody hears of it shows in `envelopes`.
            tokio::spawn(async move { deliver(&shared, payload).await.is_ok() });
        }
    }

    /// Sends any event, wrapped as the Events API does, and waits for its first acknowledgement (at most
    /// 3 s). Without one it comes again in the background by the options' delays.
    ///
    /// # Errors
    /// `OperationTimeout` or `NoConnection` when the first sending was not acknowledged; `Refused` when the
    /// manifest does not subscribe to it.
    pub async fn send_event(&self, event: Value) -> Result<(), HandsError> {
        let payload = {
            let mut world = self.shared.lock();
            let payload = world.wrap_event(event);
            if !world.hears(&payload) {
                return Err(HandsError::Refused("the manifest does not subscribe to this event".to_owned()));
            }
            payload
        };
        deliver(&self.shared, payload)
            .await
            .map_err(|unanswered| HandsError::unanswered("an event was sent", unanswered))
    }

    /// Sends the last payload of a kind once more in a new envelope and returns the acknowledgement's
    /// payload, which has no effect on anybody's screen.
    ///
    /// # Errors
    /// `NotSeen` when there was none; `OperationTimeout`, `NoConnection`.
    pub async fn redeliver_last(&self, kind: Redelivery) -> Result<Value, HandsError> {
        let last = {
            let world = self.shared.lock();
            let is_wanted = |record: &&EnvelopeRecord| {
                let inner = record.payload.get("type").and_then(Value::as_str).unwrap_or_default();
                match kind {
                    Redelivery::Event => record.kind == "events_api",
                    Redelivery::SlashCommand => record.kind == "slash_commands",
                    Redelivery::BlockActions => inner == "block_actions",
                    Redelivery::ViewSubmission => inner == "view_submission",
                }
            };
            world.envelopes.iter().rev().find(is_wanted).cloned()
        };
        let Some(last) = last else {
            return Err(HandsError::NotSeen(format!("no {kind:?} was sent yet")));
        };
        let (kind_name, accepts_payload, retry) = match kind {
            Redelivery::Event => ("events_api", false, Some((last.retry_attempt + 1, "timeout"))),
            Redelivery::SlashCommand => ("slash_commands", true, None),
            Redelivery::BlockActions => ("interactive", false, None),
            Redelivery::ViewSubmission => ("interactive", true, None),
        };
        let outgoing = Outgoing { kind: kind_name, payload: last.payload, accepts_payload, retry };
        exchange(&self.shared, outgoing)
            .await
            .map_err(|unanswered| HandsError::unanswered("a repetition was sent", unanswered))
    }
}
