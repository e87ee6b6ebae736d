//! The app's own messages coming back to it as events, when its manifest subscribes to such messages: new ones,
//! edits and deletions. It tells of what has happened; it posts and changes nothing.

use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::events::deliver;
use crate::messages::Message;
use crate::world::{Shared, World};

impl World {
    /// Tells the app of a message of its own; of one sent through a `response_url` Slack names no user.
    pub(crate) fn echo_posted(&mut self, message: &Message, replies: bool) {
        let mut event = self.message_object(message, false);
        event["event_ts"] = json!(message.ts);
        if !message.files.is_empty() {
            event["subtype"] = json!("file_share");
            event["upload"] = json!(false);
            event["display_as_bot"] = json!(false);
        }
        if let Some(fields) = event.as_object_mut().filter(|_| replies) {
            fields.retain(|key, _| !matches!(key.as_str(), "user" | "team" | "app_id" | "bot_profile"));
            fields.insert("subtype".to_owned(), json!("bot_message"));
        }
        let parent = message.thread_ts.as_deref().and_then(|ts| self.message(&message.channel, ts));
        if let Some(parent) = parent {
            event["parent_user_id"] = json!(parent.user);
        }
        self.echo(message, event);
    }

    /// Tells the app that a message of its own reads differently now.
    pub(crate) fn echo_changed(&mut self, before: &Message, after: &Message) {
        let event = json!({
            "type": "message", "subtype": "message_changed", "hidden": true, "ts": self.ts(),
            "message": self.message_object(after, false), "previous_message": self.message_object(before, false),
        });
        self.echo(after, event);
    }

    /// Tells the app that a message of its own is gone.
    pub(crate) fn echo_deleted(&mut self, before: &Message) {
        let event = json!({
            "type": "message", "subtype": "message_deleted", "hidden": true, "ts": self.ts(),
            "deleted_ts": before.ts, "previous_message": self.message_object(before, false),
        });
        self.echo(before, event);
    }

    fn echo(&mut self, about: &Message, mut event: Value) {
        let conversation = self.conversation(&about.channel).filter(|found| found.has_app());
        let (Some(kind), Some(_)) = (conversation.map(|found| found.kind), &self.options.manifest) else {
            return;
        };
        if about.ephemeral_to.is_some() {
            return;
        }
        event["channel"] = json!(about.channel);
        event["channel_type"] = json!(kind.channel_type());
        if event.get("event_ts").is_none() {
            event["event_ts"] = event.get("ts").cloned().unwrap_or(Value::Null);
        }
        let payload = self.wrap_event(event);
        if let Some(echoes) = self.echoes.as_ref().filter(|_| self.hears(&payload)) {
            // Nobody listens any more once the sandbox stops.
            let _ = echoes.send(payload);
        }
    }
}

/// Delivers echoes until the sandbox stops, each in the background.
pub(crate) async fn deliver_echoes(shared: Shared, mut waiting: mpsc::UnboundedReceiver<Value>) {
    loop {
        let next = tokio::select! {
            () = shared.stopped() => None,
            next = waiting.recv() => next,
        };
        let Some(payload) = next else {
            return;
        };
        let shared = shared.clone();
        // Whether anybody hears of it shows in `envelopes`.
        tokio::spawn(async move { deliver(&shared, payload).await.is_ok() });
    }
}
