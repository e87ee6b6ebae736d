//! Payloads of commands and interactions, in the shapes Slack sends. Built from the state; sent elsewhere.

use serde_json::{Value, json};

use crate::messages::Message;
use crate::residents::{APP, DOMAIN};
use crate::response_urls::ReplyTo;
use crate::seen::SeenMessage;
use crate::state::Placed;
use crate::views::View;
use crate::world::{ENTERPRISE, World};

/// What somebody acts on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    View(String),
    Message { channel: String, ts: String },
}

impl World {
    pub(crate) fn user_object(&self, user: &str) -> Value {
        let person = self.person(user);
        let handle = person.map_or(user, |person| person.handle.as_str());
        let team_id = person.map_or(self.options.team_id.as_str(), |person| person.team_id.as_str());
        json!({"id": user, "username": handle, "name": handle, "team_id": team_id})
    }

    /// The fields every interaction has.
    fn interaction(&self, kind: &str, user: &str) -> Value {
        json!({
            "type": kind, "user": self.user_object(user), "api_app_id": APP, "token": "verification-token",
            "team": self.team_object(), "enterprise": self.enterprise_object(),
            "is_enterprise_install": self.options.enterprise_install,
        })
    }

    fn channel_object(&self, channel: &str) -> Value {
        json!({"id": channel, "name": self.conversation(channel).map_or("", |found| found.name.as_str())})
    }

    /// `block_actions` for one action. `stale` is the copy of the message somebody still has on screen.
    pub(crate) fn block_actions(
        &mut self,
        user: &str,
        target: &Target,
        mut action: Value,
        stale: Option<&SeenMessage>,
    ) -> Value {
        action["action_ts"] = json!(self.ts());
        let trigger = self.trigger(user);
        let mut payload = self.interaction("block_actions", user);
        payload["trigger_id"] = json!(trigger);
        payload["actions"] = json!([action]);
        match target {
            Target::View(id) => {
                payload["container"] = json!({"type": "view", "view_id": id});
                if let Some(view) = self.view(id) {
                    payload["view"] = view.object(&self.options.team_id);
                }
            }
            Target::Message { channel, ts } => {
                let ephemeral = match self.message(channel, ts) {
                    Some(message) => message.ephemeral_to.is_some(),
                    None => stale.is_some_and(|stale| stale.ephemeral),
                };
                payload["container"] =
                    json!({"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": ephemeral});
                payload["channel"] = self.channel_object(channel);
                payload["state"] = json!({"values": {}});
                if let Some(message) = self.message(channel, ts).cloned() {
                    payload["state"] = json!({"values": self.message_values(user, &message)});
                    if !ephemeral {
                        payload["message"] = self.message_object(&message, false);
                    }
                }
                if let Some(stale) = stale
                    && !ephemeral
                {
                    if payload.get("message").is_none() {
                        payload["message"] = json!({"type": "message", "ts": stale.ts});
                    }
                    payload["message"]["text"] = json!(stale.text);
                    payload["message"]["blocks"] = stale.blocks.clone();
                }
                let to = ReplyTo { channel: channel.clone(), user: user.to_owned(), original: Some(ts.clone()) };
                payload["response_url"] = json!(self.response_url(to));
            }
        }
        payload
    }

    /// `block_suggestion`: somebody types into an external select.
    pub(crate) fn block_suggestion(&self, user: &str, target: &Target, placed: &Placed<'_>, text: &str) -> Value {
        let mut payload = self.interaction("block_suggestion", user);
        payload["action_id"] = json!(placed.action_id());
        payload["block_id"] = json!(placed.block_id());
        payload["value"] = json!(text);
        match target {
            Target::View(id) => {
                payload["container"] = json!({"type": "view", "view_id": id});
                payload["view"] = self.view(id).map(|view| view.object(&self.options.team_id)).unwrap_or_default();
            }
            Target::Message { channel, ts } => {
                let message = self.message(channel, ts);
                let ephemeral = message.is_some_and(|message| message.ephemeral_to.is_some());
                payload["container"] =
                    json!({"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": ephemeral});
                payload["channel"] = self.channel_object(channel);
                if let Some(message) = message.filter(|_| !ephemeral) {
                    payload["message"] = self.message_object(message, false);
                }
            }
        }
        payload
    }

    /// `view_submission` of a view.
    pub(crate) fn view_submission(&mut self, view: &View) -> Value {
        let trigger = self.trigger(&view.user);
        let mut payload = self.interaction("view_submission", &view.user);
        payload["trigger_id"] = json!(trigger);
        payload["view"] = view.object(&self.options.team_id);
        payload["response_urls"] = json!([]);
        payload
    }

    /// `view_closed` of a view.
    pub(crate) fn view_closed(&self, view: &View, cleared: bool) -> Value {
        let mut payload = self.interaction("view_closed", &view.user);
        payload["view"] = view.object(&self.options.team_id);
        payload["is_cleared"] = json!(cleared);
        payload["response_urls"] = json!([]);
        payload
    }

    /// What both kinds of shortcut tell: less than other interactions do.
    fn shortcut(&mut self, kind: &str, user: &str, callback_id: &str) -> Value {
        let trigger = self.trigger(user);
        json!({
            "type": kind, "token": "verification-token", "action_ts": self.ts(), "team": self.team_object(),
            "is_enterprise_install": self.options.enterprise_install, "enterprise": self.enterprise_object(),
            "callback_id": callback_id, "trigger_id": trigger,
        })
    }

    /// `shortcut`: used from anywhere, so there is no conversation and no `response_url`.
    pub(crate) fn global_shortcut(&mut self, user: &str, callback_id: &str) -> Value {
        let mut payload = self.shortcut("shortcut", user, callback_id);
        let known = self.user_object(user);
        payload["user"] = json!({"id": user, "username": known.get("username"), "team_id": known.get("team_id")});
        payload
    }

    /// `message_action`: a shortcut used on a message.
    pub(crate) fn message_shortcut(&mut self, user: &str, callback_id: &str, message: &Message) -> Value {
        let mut payload = self.shortcut("message_action", user, callback_id);
        let known = self.user_object(user);
        payload["user"] = json!({"id": user, "name": known.get("name")});
        if self.options.enterprise_install {
            // `team` is null then, and nothing else would say whose workspace it is.
            payload["user"]["team_id"] = known.get("team_id").cloned().unwrap_or(Value::Null);
        }
        payload["channel"] = self.channel_object(&message.channel);
        payload["message_ts"] = json!(message.ts);
        payload["message"] = self.message_object(message, false);
        let to =
            ReplyTo { channel: message.channel.clone(), user: user.to_owned(), original: Some(message.ts.clone()) };
        payload["response_url"] = json!(self.response_url(to));
        payload
    }

    /// A slash command typed in a conversation, and where its answer goes.
    pub(crate) fn slash_command(&mut self, user: &str, channel: &str, command: &str, text: &str) -> (Value, ReplyTo) {
        let name = self.conversation(channel).map_or("", |found| found.command_name()).to_owned();
        let to = ReplyTo { channel: channel.to_owned(), user: user.to_owned(), original: None };
        let response_url = self.response_url(to.clone());
        let trigger = self.trigger(user);
        let handle = self.person(user).map_or_else(|| user.to_owned(), |person| person.handle.clone());
        let org_wide = self.options.enterprise_install;
        let mut payload = json!({
            "token": "verification-token", "team_id": self.options.team_id, "team_domain": DOMAIN,
            "channel_id": channel, "channel_name": name, "user_id": user, "user_name": handle,
            "command": command, "text": text, "api_app_id": APP,
            "is_enterprise_install": if org_wide { "true" } else { "false" },
            "response_url": response_url, "trigger_id": trigger,
        });
        if org_wide {
            payload["enterprise_id"] = json!(ENTERPRISE);
            payload["enterprise_name"] = json!("Sandbox Org");
        }
        (payload, to)
    }
}
