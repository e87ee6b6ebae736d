//! What a person has seen: copies of messages and views, with their readable text. Copies never change,
//! like a client that has not refreshed.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::messages::Message;
use crate::render::{Eye, mrkdwn, render_blocks, render_view};
use crate::state::{initial_values, text};
use crate::views::View;
use crate::world::World;

/// A message as somebody saw it at one moment. `Display` gives its readable text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeenMessage {
    /// Conversation id.
    pub channel: String,
    /// Timestamp within the conversation.
    pub ts: String,
    /// The raw fallback text.
    pub text: String,
    /// The raw blocks; `null` when there are none.
    pub blocks: Value,
    /// Whether it has been edited or replaced.
    pub edited: bool,
    /// Whether only this person sees it.
    pub ephemeral: bool,
    /// Whether the app sent it.
    pub by_app: bool,
    /// Timestamp of the thread's parent, when it is in one.
    pub thread_ts: Option<String>,
    /// Names of the files attached.
    pub files: Vec<String>,
    /// The message as readable text in the viewer's time zone.
    pub shown: String,
}

impl fmt::Display for SeenMessage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.shown)
    }
}

/// A modal or Home as somebody saw it at one moment. `Display` gives its readable text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeenView {
    /// View id.
    pub id: String,
    /// The app's name for it.
    pub callback_id: String,
    /// Title of a modal; empty for a Home.
    pub title: String,
    /// The raw blocks.
    pub blocks: Value,
    /// `state.values` as filled in so far.
    pub values: Value,
    /// The app's own note; not visible to people.
    pub private_metadata: String,
    /// Complaints shown under inputs, by the input's label.
    pub errors: BTreeMap<String, String>,
    /// The hash that `views.update` and `views.publish` compare.
    pub hash: String,
    /// 1 when first shown, one more with every update or publication.
    pub version: u64,
    /// The view as readable text in the viewer's time zone.
    pub shown: String,
}

impl fmt::Display for SeenView {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.shown)
    }
}

impl World {
    /// What a person has filled into a message, or its initial values.
    pub(crate) fn message_values(&self, user: &str, message: &Message) -> Value {
        let key = (user.to_owned(), message.channel.clone(), message.ts.clone());
        let fresh = initial_values(&message.blocks);
        match self.message_states.get(&key) {
            Some(known) => crate::state::carried(known, fresh),
            None => fresh,
        }
    }

    pub(crate) fn see_message(&self, user: &str, message: &Message) -> SeenMessage {
        let eye = Eye::of(self, user);
        let body = if message.blocks.is_null() {
            mrkdwn(&message.text, &eye)
        } else {
            render_blocks(&message.blocks, &self.message_values(user, message), &Map::new(), &eye)
        };
        let files: Vec<String> = message.files.iter().map(|file| text(file, "title").to_owned()).collect();
        let attached = files.iter().map(|file| format!("(file: {file})"));
        let lines: Vec<String> = [body].into_iter().filter(|body| !body.is_empty()).chain(attached).collect();
        SeenMessage {
            channel: message.channel.clone(),
            ts: message.ts.clone(),
            text: message.text.clone(),
            blocks: message.blocks.clone(),
            edited: message.edited_ts.is_some(),
            ephemeral: message.ephemeral_to.is_some(),
            by_app: message.by_app,
            thread_ts: message.thread_ts.clone(),
            files,
            shown: lines.join("\n"),
        }
    }

    pub(crate) fn see_view(&self, view: &View) -> SeenView {
        let eye = Eye::of(self, &view.user);
        let label_of = |block_id: &String| {
            let blocks = view.blocks();
            let found = blocks.as_array().into_iter().flatten().find(|block| text(block, "block_id") == block_id);
            found
                .and_then(|block| block.get("label"))
                .map_or_else(|| block_id.clone(), |label| text(label, "text").to_owned())
        };
        let field = |name: &str| view.body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        SeenView {
            id: view.id.clone(),
            callback_id: field("callback_id"),
            title: text(&view.field("title"), "text").to_owned(),
            blocks: view.blocks(),
            values: view.values.clone(),
            private_metadata: field("private_metadata"),
            errors: view
                .errors
                .iter()
                .map(|(block, error)| (label_of(block), error.as_str().unwrap_or_default().to_owned()))
                .collect(),
            hash: view.hash.clone(),
            version: view.version,
            shown: render_view(view, &eye),
        }
    }

    /// Everything a person can see in a conversation, oldest first.
    pub(crate) fn visible_messages<'world>(
        &'world self,
        user: &'world str,
        channel: &'world str,
    ) -> impl Iterator<Item = &'world Message> {
        self.messages
            .iter()
            .filter(move |message| message.channel == channel)
            .filter(move |message| message.ephemeral_to.as_deref().is_none_or(|only| only == user))
    }

    /// The conversations a person is in.
    pub(crate) fn channels_of(&self, user: &str) -> Vec<String> {
        self.conversations.iter().filter(|found| found.has(user)).map(|found| found.id.clone()).collect()
    }
}
