//! Messages: how they are kept, who sees them, and the JSON shape history gives. Rules about who may post
//! what are the Web API's; this room only stores.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use crate::residents::{APP, BOT, BOT_USER};
use crate::world::World;

/// A message in a conversation, as it is now.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    /// Conversation id.
    pub channel: String,
    /// Timestamp, the message's identity within its conversation.
    pub ts: String,
    /// User id of the sender; the bot user's for the app's messages.
    pub user: String,
    /// Whether the app sent it.
    pub by_app: bool,
    /// The fallback text, as sent (with Slack's escapes).
    pub text: String,
    /// Blocks with the ids Slack gave them; `null` when there are none.
    pub blocks: Value,
    /// `{event_type, event_payload}` or `null`.
    pub metadata: Value,
    /// Parent when it is in a thread.
    pub thread_ts: Option<String>,
    /// Timestamp of the last edit.
    pub edited_ts: Option<String>,
    /// The only person who sees it, for an ephemeral one.
    pub ephemeral_to: Option<String>,
    /// File objects attached.
    pub files: Vec<Value>,
    /// Reactions the app added.
    pub reactions: Vec<String>,
}

impl Message {
    /// The message object of history and events.
    pub(crate) fn object(&self, team_id: &str, with_metadata: bool) -> Value {
        let mut object = json!({
            "type": "message", "user": self.user, "ts": self.ts, "text": self.text, "team": team_id,
        });
        if self.by_app {
            object["bot_id"] = json!(BOT);
            object["app_id"] = json!(APP);
            object["bot_profile"] = json!({
                "id": BOT, "app_id": APP, "user_id": BOT_USER, "name": "App", "deleted": false,
                "team_id": team_id, "updated": 0,
            });
        }
        if !self.blocks.is_null() {
            object["blocks"] = self.blocks.clone();
        }
        if let Some(thread) = &self.thread_ts {
            object["thread_ts"] = json!(thread);
        }
        if let Some(edited) = &self.edited_ts {
            object["edited"] = json!({"user": self.user, "ts": edited});
        }
        if !self.files.is_empty() {
            object["files"] = json!(self.files);
            object["upload"] = json!(false);
            object["display_as_bot"] = json!(false);
        }
        if !self.reactions.is_empty() {
            let reactions: Vec<Value> =
                self.reactions.iter().map(|name| json!({"name": name, "users": [BOT_USER], "count": 1})).collect();
            object["reactions"] = json!(reactions);
        }
        if with_metadata && !self.metadata.is_null() {
            object["metadata"] = self.metadata.clone();
        }
        object
    }
}

/// What a new message consists of.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) text: String,
    pub(crate) blocks: Value,
    pub(crate) metadata: Value,
    pub(crate) thread_ts: Option<String>,
    pub(crate) ephemeral_to: Option<String>,
    pub(crate) files: Vec<Value>,
    /// The sender, when it is not the app.
    pub(crate) sender: Option<String>,
    /// Sent through a `response_url`.
    pub(crate) replies: bool,
}

/// A message waiting for its time.
#[derive(Clone, Debug)]
pub(crate) struct Scheduled {
    pub(crate) id: String,
    pub(crate) channel: String,
    pub(crate) post_at: DateTime<Utc>,
    pub(crate) created: DateTime<Utc>,
    pub(crate) text: String,
    pub(crate) blocks: Value,
    pub(crate) metadata: Value,
    pub(crate) thread_ts: Option<String>,
}

impl World {
    /// The message object with the app's true name.
    pub(crate) fn message_object(&self, message: &Message, with_metadata: bool) -> Value {
        let mut object = message.object(&self.options.team_id, with_metadata);
        if let Some(name) = object.pointer_mut("/bot_profile/name") {
            *name = json!(self.bot_names().1);
        }
        self.add_replies(message, &mut object);
        object
    }

    /// What Slack tells of the thread below a message.
    fn add_replies(&self, parent: &Message, object: &mut Value) {
        if !self.threads.contains(&(parent.channel.clone(), parent.ts.clone())) {
            return;
        }
        let below = |reply: &&Message| {
            reply.channel == parent.channel
                && reply.ts != parent.ts
                && reply.thread_ts.as_ref() == Some(&parent.ts)
                && reply.ephemeral_to.is_none()
        };
        let replies: Vec<&Message> = self.messages.iter().filter(below).collect();
        let Some(latest) = replies.last() else {
            return;
        };
        let mut users: Vec<&str> = Vec::new();
        for reply in &replies {
            if !users.contains(&reply.user.as_str()) {
                users.push(&reply.user);
            }
        }
        object["thread_ts"] = json!(parent.ts);
        object["reply_count"] = json!(replies.len());
        object["reply_users_count"] = json!(users.len());
        object["reply_users"] = json!(users);
        object["latest_reply"] = json!(latest.ts);
        object["is_locked"] = json!(false);
        object["subscribed"] = json!(parent.by_app);
    }

    /// Stores a message and returns its place in the store.
    pub(crate) fn post(&mut self, channel: &str, draft: Draft) -> Message {
        let ts = self.ts();
        let by_app = draft.sender.is_none();
        let message = Message {
            channel: channel.to_owned(),
            ts,
            user: draft.sender.unwrap_or_else(|| BOT_USER.to_owned()),
            by_app,
            text: draft.text,
            blocks: draft.blocks,
            metadata: draft.metadata,
            thread_ts: draft.thread_ts,
            edited_ts: None,
            ephemeral_to: draft.ephemeral_to,
            files: draft.files,
            reactions: Vec::new(),
        };
        if let Some(thread) = &message.thread_ts
            && message.ephemeral_to.is_none()
        {
            self.threads.insert((channel.to_owned(), thread.clone()));
        }
        self.note_message(channel, &message.ts);
        self.messages.push(message.clone());
        if by_app {
            self.echo_posted(&message, draft.replies);
        }
        message
    }

    pub(crate) fn message(&self, channel: &str, ts: &str) -> Option<&Message> {
        // The newest are asked for most.
        self.messages.iter().rev().find(|message| message.channel == channel && message.ts == ts)
    }

    /// A message that people can reply to: no reply itself, and not for one person's eyes.
    pub(crate) fn thread_root(&self, channel: &str, ts: &str) -> Option<&Message> {
        let is_root = |message: &&Message| message.thread_ts.as_deref().is_none_or(|thread| thread == message.ts);
        self.message(channel, ts).filter(|message| message.ephemeral_to.is_none()).filter(is_root)
    }

    /// A message that is about to change.
    pub(crate) fn message_mut(&mut self, channel: &str, ts: &str) -> Option<&mut Message> {
        self.note_message(channel, ts);
        self.messages.iter_mut().rev().find(|message| message.channel == channel && message.ts == ts)
    }

    pub(crate) fn remove_message(&mut self, channel: &str, ts: &str) {
        self.note_message(channel, ts);
        self.messages.retain(|message| message.channel != channel || message.ts != ts);
    }

    /// Gives every block without a block_id one, as Slack does.
    pub(crate) fn name_blocks(&mut self, blocks: &mut Value) {
        add_emoji(blocks);
        for block in blocks.as_array_mut().into_iter().flatten() {
            if block.get("block_id").is_none()
                && let Some(block) = block.as_object_mut()
            {
                let name = format!("b{:04x}", self.next());
                block.insert("block_id".to_owned(), json!(name));
            }
            name_actions(block, self);
        }
    }

    /// Posts every scheduled message whose time has come. Those with metadata are lost, as in Slack.
    pub(crate) fn settle(&mut self) {
        if self.scheduled.is_empty() {
            return;
        }
        let now = self.now();
        let (mut due, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.scheduled).into_iter().partition(|scheduled| scheduled.post_at <= now);
        self.scheduled = rest;
        due.sort_by_key(|scheduled| scheduled.post_at);
        for scheduled in due {
            if scheduled.metadata.is_null() {
                let draft = Draft {
                    text: scheduled.text,
                    blocks: scheduled.blocks,
                    thread_ts: scheduled.thread_ts,
                    ..Draft::default()
                };
                self.post(&scheduled.channel, draft);
            } else {
                self.violation(
                    "scheduled_message_with_metadata",
                    format!("{} was scheduled with metadata: Slack never posts it", scheduled.id),
                );
            }
        }
    }
}

/// Says of every plain text that it shows emoji, unless the app has said otherwise, as Slack does.
pub(crate) fn add_emoji(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(add_emoji),
        Value::Object(object) => {
            if object.get("type").and_then(Value::as_str) == Some("plain_text") && !object.contains_key("emoji") {
                object.insert("emoji".to_owned(), json!(true));
            }
            object.values_mut().for_each(add_emoji);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Gives interactive elements without an action_id one, as Slack does.
fn name_actions(value: &mut Value, world: &mut World) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| name_actions(item, world)),
        Value::Object(object) => {
            let interactive = object.get("type").and_then(Value::as_str).is_some_and(crate::block_kit::is_interactive);
            if interactive && !object.contains_key("action_id") {
                let name = format!("a{:04x}", world.next());
                object.insert("action_id".to_owned(), json!(name));
            }
            object.values_mut().for_each(|item| name_actions(item, world));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
