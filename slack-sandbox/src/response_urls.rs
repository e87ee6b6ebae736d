//! `response_url`: five uses within thirty minutes, ephemeral unless told otherwise. The same rules make
//! a message of the payload in an acknowledgement.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::answer::Refusal;
use crate::api::judged;
use crate::faults::{FaultHow, FaultWhen, json_answer};
use crate::gate::troubled;
use crate::messages::{Draft, Message};
use crate::world::{Shared, World};

/// Where an answer to somebody's action goes.
#[derive(Clone, Debug)]
pub(crate) struct ReplyTo {
    pub(crate) channel: String,
    pub(crate) user: String,
    /// The message acted on, for `replace_original`.
    pub(crate) original: Option<String>,
}

/// One issued address.
pub(crate) struct ResponseUrl {
    to: ReplyTo,
    uses: u32,
    issued: DateTime<Utc>,
}

impl World {
    /// A new address for answers to an action.
    pub(crate) fn response_url(&mut self, to: ReplyTo) -> String {
        let id = self.id("R");
        let issued = self.now();
        self.response_urls.insert(id.clone(), ResponseUrl { to, uses: 0, issued });
        format!("{}/response/{id}", self.base_url)
    }

    fn spend_response_url(&mut self, id: &str) -> Result<ReplyTo, Refusal> {
        let now = self.now();
        let Some(known) = self.response_urls.get_mut(id) else {
            return Err("no_such_url".into());
        };
        if now - known.issued > TimeDelta::minutes(30) {
            self.violation("expired_response_url", format!("{id} is older than 30 minutes"));
            return Err("expired_url".into());
        }
        known.uses += 1;
        let to = known.to.clone();
        if known.uses > 5 {
            self.violation("used_response_url", format!("{id} was used more than 5 times"));
            return Err("used_url".into());
        }
        Ok(to)
    }

    /// Makes the message that an answer asks for: new, replacing or deleting the original.
    pub(crate) fn reply(&mut self, to: &ReplyTo, body: &Value, from: &str) -> Result<Option<Message>, Refusal> {
        let flag = |name: &str| body.get(name).is_some_and(|value| value == &json!(true) || value == &json!("true"));
        let original = to.original.as_deref().unwrap_or_default();
        if flag("delete_original") {
            let before = self.message(&to.channel, original).cloned();
            self.remove_message(&to.channel, original);
            if let Some(before) = before {
                self.echo_deleted(&before);
            }
            return Ok(None);
        }
        let text = body.as_str().or_else(|| body.get("text").and_then(Value::as_str)).unwrap_or_default().to_owned();
        let mut blocks = body.get("blocks").cloned().unwrap_or(Value::Null);
        if let Value::String(encoded) = &blocks {
            blocks = serde_json::from_str(encoded).map_err(|_| Refusal::from("invalid_blocks_format"))?;
        }
        if text.is_empty() && blocks.is_null() && body.get("attachments").is_none() {
            self.violation("no_text", from);
            return Err("no_text".into());
        }
        judged(self, from, &text, &blocks)?;
        self.name_blocks(&mut blocks);
        if flag("replace_original") {
            let edited = self.ts();
            let before = self.message(&to.channel, original).cloned();
            if let Some(message) = self.message_mut(&to.channel, original) {
                message.text = text;
                message.blocks = blocks;
                message.edited_ts = Some(edited);
                let after = message.clone();
                if let Some(before) = before {
                    self.echo_changed(&before, &after);
                }
                return Ok(Some(after));
            }
        }
        let public = body.get("response_type").and_then(Value::as_str) == Some("in_channel");
        let ephemeral_to = (!public).then(|| to.user.clone());
        Ok(Some(self.post(&to.channel, Draft { text, blocks, ephemeral_to, replies: true, ..Draft::default() })))
    }
}

/// `POST /response/{id}`.
pub(crate) async fn respond(State(shared): State<Shared>, Path(id): Path<String>, body: Bytes) -> Response {
    let sent: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let logged = json!({"url": id, "body": sent});
    let early = shared.lock().take_fault("response_url", FaultWhen::Before);
    if let Some(fault) = early {
        if let FaultHow::Slow(wait) = fault.how {
            tokio::time::sleep(wait).await;
        } else {
            return troubled(&shared, "response_url", logged, &fault.how, &Value::Null);
        }
    }
    let outcome = {
        let mut world = shared.lock();
        let spent = world.spend_response_url(&id);
        spent.and_then(|to| {
            if !sent.is_object() {
                world.violation("invalid_json", "response_url");
                return Err("invalid_payload".into());
            }
            world.reply(&to, &sent, "response_url")
        })
    };
    let late = shared.lock().take_fault("response_url", FaultWhen::After);
    if let Some(fault) = late {
        return troubled(&shared, "response_url", logged, &fault.how, &json!("ok"));
    }
    match outcome {
        Ok(_) => {
            shared.lock().log("response_url", logged, json!("ok"), 200);
            "ok".into_response()
        }
        Err(refusal) => {
            let status = if refusal.error.ends_with("_url") { StatusCode::NOT_FOUND } else { StatusCode::BAD_REQUEST };
            let body = refusal.body();
            shared.lock().log("response_url", logged, body.clone(), status.as_u16());
            json_answer(status.as_u16(), None, "", &body)
        }
    }
}
