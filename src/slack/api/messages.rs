//! Conversations and the messages in them.
//!
//! Owns: `conversations.open`, `chat.*`, answers at a `response_url`. Must not: know what a message is about.

use std::fmt;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::client::{As, Done};
use super::failure::MADE_NO_SENSE;
use super::{Api, CallFailure};
use crate::slack::method::Method;

/// The `event_type` under which a posted message carries its nonce as metadata.
pub const DELIVERY_EVENT_TYPE: &str = "delivery";

/// A message to be written.
#[derive(Clone)]
pub struct Outgoing {
    /// What notifications and screen readers say.
    pub text: String,
    /// An array of blocks; null or empty for a message of text only.
    pub blocks: Value,
}

/// Where a message has come to stand.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Posted {
    /// The conversation.
    pub channel: String,
    /// The message in it.
    pub ts: String,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Outgoing { .. }")
    }
}

impl Outgoing {
    fn blocks(&self) -> Option<&Value> {
        match &self.blocks {
            Value::Null => None,
            Value::Array(blocks) if blocks.is_empty() => None,
            blocks => Some(blocks),
        }
    }
}

#[derive(Serialize)]
struct PostRequest<'a> {
    channel: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread_ts: Option<&'a str>,
    unfurl_links: bool,
    unfurl_media: bool,
    metadata: Metadata<'a>,
}

#[derive(Serialize)]
struct Metadata<'a> {
    event_type: &'static str,
    event_payload: Payload<'a>,
}

#[derive(Serialize)]
struct Payload<'a> {
    nonce: &'a str,
}

#[derive(Serialize)]
struct UpdateRequest<'a> {
    channel: &'a str,
    ts: &'a str,
    text: &'a str,
    // Always there: without it Slack would keep the blocks the message had.
    blocks: &'a Value,
}

#[derive(Deserialize)]
struct Opened {
    channel: OpenedChannel,
}

#[derive(Deserialize)]
struct OpenedChannel {
    id: String,
}

impl Api {
    /// The conversation of the app with these people (one to eight); the same for the same people each time.
    ///
    /// # Errors
    /// See [`CallFailure`]. Safe to repeat.
    pub async fn open_conversation(&self, user_ids: &[&str]) -> Result<String, CallFailure> {
        let request = json!({ "users": user_ids.join(",") });
        let opened: Opened = self.post(Method::ConversationsOpen, As::Bot, &request).await?;
        Ok(opened.channel.id)
    }

    /// Writes a message. The nonce, which anybody's app in the conversation can read, comes back from
    /// [`Api::history`]: that is how a message whose answer was lost is found. Link previews are off.
    ///
    /// # Errors
    /// See [`CallFailure`]. *Not* safe to repeat after `Uncertain`.
    pub async fn post_message(
        &self,
        channel: &str,
        message: &Outgoing,
        nonce: &str,
        thread_ts: Option<&str>,
    ) -> Result<Posted, CallFailure> {
        let request = PostRequest {
            channel,
            text: &message.text,
            blocks: message.blocks(),
            thread_ts,
            unfurl_links: false,
            unfurl_media: false,
            metadata: Metadata { event_type: DELIVERY_EVENT_TYPE, event_payload: Payload { nonce } },
        };
        self.post(Method::ChatPostMessage, As::Bot, &request).await
    }

    /// Rewrites a message of ours; its metadata stay.
    ///
    /// # Errors
    /// See [`CallFailure`]. Safe to repeat.
    pub async fn update_message(&self, channel: &str, ts: &str, message: &Outgoing) -> Result<(), CallFailure> {
        let none = Value::Array(Vec::new());
        let blocks = message.blocks().unwrap_or(&none);
        let request = UpdateRequest { channel, ts, text: &message.text, blocks };
        let done: Done = self.post(Method::ChatUpdate, As::Bot, &request).await?;
        done.check(Method::ChatUpdate)
    }

    /// Deletes a message of ours.
    ///
    /// # Errors
    /// See [`CallFailure`]. Safe to repeat; `Refused` with `message_not_found` when it is gone already.
    pub async fn delete_message(&self, channel: &str, ts: &str) -> Result<(), CallFailure> {
        let request = json!({ "channel": channel, "ts": ts });
        let done: Done = self.post(Method::ChatDelete, As::Bot, &request).await?;
        done.check(Method::ChatDelete)
    }

    /// Answers at an interaction's address (`text`, `blocks`, `response_type`, `replace_original` …). Nothing that must
    /// arrive may go this way.
    ///
    /// # Errors
    /// See [`CallFailure`]; an address that is used up or too old comes out as `Uncertain`.
    pub async fn respond(&self, response_url: &str, message: &Value) -> Result<(), CallFailure> {
        let method = Method::ResponseUrl;
        let address = Url::parse(response_url).map_err(|_| CallFailure::not_sent(method, "the address is not one"))?;
        if self.is_encrypted() && address.scheme() != "https" {
            return Err(CallFailure::not_sent(method, "the address is not encrypted"));
        }
        // Slack answers with a bare "ok", sometimes as JSON; others with nothing at all. It was taken all the same.
        match self.post_to::<IgnoredAny>(method, address, message).await {
            Err(CallFailure::Uncertain { why: MADE_NO_SENSE, .. }) | Ok(_) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}
