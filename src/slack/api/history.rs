//! What has been written in a conversation, without the words.
//!
//! Owns: `conversations.history` and `conversations.replies`. Must not: read texts, which are not even taken from the answer.

use serde::Deserialize;
use serde_json::Value;

use super::files::nonce_in_name;
use super::messages::DELIVERY_EVENT_TYPE;
use super::people::Continuation;
use super::{Api, CallFailure};
use crate::slack::method::Method;

/// The most Slack gives at once without counting it twice.
const MESSAGES_A_PAGE: &str = "200";

/// Some of a conversation's messages, newest first.
#[derive(Clone, Debug)]
pub struct HistoryPage {
    /// Up to two hundred.
    pub messages: Vec<HistoryMessage>,
    /// Where the next page begins; `None` when the window has been read fully.
    pub next: Option<String>,
}

/// A message, as far as it tells who put it there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryMessage {
    /// Which message.
    pub ts: String,
    /// What [`Api::post_message`] gave it, or what is in the name of a file that [`Api::share_file`] shared, if that is
    /// where it comes from.
    pub nonce: Option<String>,
    /// The app that wrote it.
    pub app_id: Option<String>,
    /// The bot that wrote it.
    pub bot_id: Option<String>,
    /// The account that wrote it.
    pub user: Option<String>,
}

#[derive(Deserialize)]
struct Listed {
    messages: Vec<RawMessage>,
    #[serde(default)]
    has_more: bool,
    #[serde(default)]
    response_metadata: Option<Continuation>,
}

#[derive(Deserialize)]
struct RawMessage {
    ts: String,
    #[serde(default)]
    app_id: Option<String>,
    #[serde(default)]
    bot_id: Option<String>,
    #[serde(default)]
    bot_profile: Option<RawBot>,
    #[serde(default)]
    user: Option<String>,
    #[serde(default)]
    metadata: Option<RawMetadata>,
    #[serde(default)]
    files: Vec<RawFile>,
}

#[derive(Deserialize)]
struct RawFile {
    #[serde(default)]
    name: Option<String>,
}

#[derive(Deserialize)]
struct RawBot {
    #[serde(default)]
    app_id: Option<String>,
}

#[derive(Deserialize)]
struct RawMetadata {
    #[serde(default)]
    event_type: Option<String>,
    #[serde(default)]
    event_payload: Value,
}

impl Api {
    /// A page of what was written from `oldest` to `latest` (Slack's `ts`, both included), newest first; no cursor
    /// begins.
    ///
    /// # Errors
    /// See [`CallFailure`]; also when Slack says that there is more but not where, since a window that is not read
    /// fully proves nothing.
    pub async fn history(
        &self,
        channel: &str,
        oldest: &str,
        latest: &str,
        cursor: Option<&str>,
    ) -> Result<HistoryPage, CallFailure> {
        let parameters = vec![
            ("channel", Some(channel)),
            ("oldest", Some(oldest)),
            ("latest", Some(latest)),
            ("inclusive", Some("true")),
            ("include_all_metadata", Some("true")),
            ("limit", Some(MESSAGES_A_PAGE)),
            ("cursor", cursor),
        ];
        self.listed(Method::ConversationsHistory, &parameters).await
    }

    /// As [`Api::history`], of the thread below a message; the message itself comes first.
    ///
    /// # Errors
    /// As [`Api::history`]; `Refused` with `thread_not_found` when the message is gone.
    pub async fn replies(
        &self,
        channel: &str,
        ts: &str,
        oldest: &str,
        latest: &str,
        cursor: Option<&str>,
    ) -> Result<HistoryPage, CallFailure> {
        let parameters = vec![
            ("channel", Some(channel)),
            ("ts", Some(ts)),
            ("oldest", Some(oldest)),
            ("latest", Some(latest)),
            ("inclusive", Some("true")),
            ("include_all_metadata", Some("true")),
            ("limit", Some(MESSAGES_A_PAGE)),
            ("cursor", cursor),
        ];
        self.listed(Method::ConversationsReplies, &parameters).await
    }

    async fn listed(
        &self,
        method: Method,
        parameters: &Vec<(&'static str, Option<&str>)>,
    ) -> Result<HistoryPage, CallFailure> {
        let listed: Listed = self.get(method, parameters).await?;
        let next = Continuation::next(listed.response_metadata);
        if listed.has_more && next.is_none() {
            return Err(CallFailure::uncertain(method, "there is more but Slack does not say where"));
        }
        Ok(HistoryPage { messages: listed.messages.into_iter().map(HistoryMessage::from).collect(), next })
    }
}

impl From<RawMessage> for HistoryMessage {
    fn from(raw: RawMessage) -> Self {
        let metadata = raw.metadata.filter(|metadata| metadata.event_type.as_deref() == Some(DELIVERY_EVENT_TYPE));
        let said = metadata.and_then(|metadata| metadata.event_payload.get("nonce")?.as_str().map(str::to_owned));
        let named = || raw.files.iter().find_map(|file| nonce_in_name(file.name.as_deref()?).map(str::to_owned));
        let nonce = said.or_else(named);
        Self {
            ts: raw.ts,
            nonce,
            app_id: raw.app_id.or(raw.bot_profile.and_then(|bot| bot.app_id)),
            bot_id: raw.bot_id,
            user: raw.user,
        }
    }
}
