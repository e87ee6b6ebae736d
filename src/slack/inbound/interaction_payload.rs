//! The payload of an interaction, as Slack writes it.
//!
//! Owns: the shape on the wire and the reading of it. Must not: leave this folder.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::frame::{label, malformed};
use super::sender::{RawTeam, RawUser};
use super::{BlockAction, FormState, Inbound, Place, Sender, Shortcut, ShortcutMessage, ViewClosed, ViewSubmission};

#[derive(Deserialize)]
struct RawInteraction {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    user: Option<RawUser>,
    #[serde(default)]
    team: Option<RawTeam>,
    #[serde(default)]
    trigger_id: Option<String>,
    #[serde(default)]
    response_url: Option<String>,
    #[serde(default)]
    callback_id: Option<String>,
    #[serde(default)]
    channel: Option<RawChannel>,
    #[serde(default)]
    container: Option<RawContainer>,
    #[serde(default)]
    message: Option<RawMessage>,
    #[serde(default)]
    message_ts: Option<String>,
    #[serde(default)]
    view: Option<RawView>,
    #[serde(default)]
    state: Option<FormState>,
    #[serde(default)]
    actions: Option<Vec<RawAction>>,
    #[serde(default)]
    is_cleared: Option<bool>,
}

#[derive(Deserialize)]
struct RawChannel {
    id: String,
}

#[derive(Deserialize)]
struct RawContainer {
    #[serde(default)]
    message_ts: Option<String>,
    #[serde(default)]
    channel_id: Option<String>,
}

#[derive(Deserialize)]
struct RawMessage {
    #[serde(default)]
    ts: Option<String>,
    #[serde(default)]
    user: Option<String>,
    #[serde(default)]
    text: Option<String>,
}

#[derive(Deserialize)]
struct RawView {
    id: String,
    #[serde(rename = "type", default)]
    kind: Option<String>,
    #[serde(default)]
    callback_id: Option<String>,
    #[serde(default)]
    private_metadata: Option<String>,
    #[serde(default)]
    hash: Option<String>,
    #[serde(default)]
    state: Option<FormState>,
    #[serde(default)]
    app_installed_team_id: Option<String>,
}

#[derive(Deserialize)]
struct RawAction {
    action_id: String,
    #[serde(default)]
    block_id: Option<String>,
    #[serde(default)]
    value: Option<String>,
    #[serde(default)]
    selected_option: Option<RawOption>,
    #[serde(default)]
    selected_user: Option<String>,
    #[serde(default)]
    selected_conversation: Option<String>,
    #[serde(default)]
    selected_channel: Option<String>,
    #[serde(default)]
    selected_date: Option<String>,
    #[serde(default)]
    selected_time: Option<String>,
    #[serde(default)]
    action_ts: Option<String>,
}

#[derive(Deserialize)]
struct RawOption {
    value: String,
}

/// `None` if there is no `type`.
pub(super) fn parse(payload: &RawValue) -> Option<Inbound> {
    #[derive(Deserialize)]
    struct Head {
        #[serde(rename = "type")]
        kind: String,
    }
    let Ok(raw) = serde_json::from_str::<RawInteraction>(payload.get()) else {
        return serde_json::from_str::<Head>(payload.get()).ok().map(|head| malformed(&head.kind));
    };
    let kind = raw.kind.clone();
    let read = match kind.as_str() {
        "block_actions" => block_action(raw).map(Inbound::Action),
        "view_submission" => view_submission(raw).map(Inbound::Submission),
        "view_closed" => view_closed(raw).map(Inbound::Closed),
        "shortcut" | "message_action" => shortcut(raw).map(Inbound::Shortcut),
        other => Some(Inbound::Unknown { kind: label(other) }),
    };
    Some(read.unwrap_or_else(|| malformed(&kind)))
}

fn block_action(raw: RawInteraction) -> Option<BlockAction> {
    let action = raw.actions?.into_iter().next()?;
    let installed = raw.view.as_ref().and_then(|view| view.app_installed_team_id.clone());
    let sender = Sender::of_interaction(raw.user?, raw.team, installed);
    let (container_channel, container_ts) =
        raw.container.map_or((None, None), |container| (container.channel_id, container.message_ts));
    let channel_id = container_channel.or(raw.channel.map(|channel| channel.id));
    let ts = container_ts.or(raw.message.and_then(|message| message.ts)).or(raw.message_ts);
    let (place, view_state, private_metadata) = match (raw.view, channel_id, ts) {
        (Some(view), _, _) => {
            let view_type = view.kind.unwrap_or_default();
            let place = Place::View { view_id: view.id, hash: view.hash, view_type };
            (place, view.state, view.private_metadata)
        }
        (None, Some(channel_id), Some(ts)) => (Place::Message { channel_id, ts }, None, None),
        (None, _, _) => (Place::Other, None, None),
    };
    let value = action
        .value
        .or(action.selected_option.map(|option| option.value))
        .or(action.selected_user)
        .or(action.selected_conversation)
        .or(action.selected_channel)
        .or(action.selected_date)
        .or(action.selected_time);
    Some(BlockAction {
        sender,
        action_id: action.action_id,
        block_id: action.block_id.unwrap_or_default(),
        value,
        trigger_id: raw.trigger_id.unwrap_or_default(),
        response_url: raw.response_url,
        place,
        state: view_state.or(raw.state).unwrap_or_default(),
        private_metadata,
        action_ts: action.action_ts,
    })
}

fn view_submission(raw: RawInteraction) -> Option<ViewSubmission> {
    let view = raw.view?;
    Some(ViewSubmission {
        sender: Sender::of_interaction(raw.user?, raw.team, view.app_installed_team_id),
        view_id: view.id,
        callback_id: view.callback_id.unwrap_or_default(),
        private_metadata: view.private_metadata.unwrap_or_default(),
        hash: view.hash,
        state: view.state.unwrap_or_default(),
        trigger_id: raw.trigger_id.unwrap_or_default(),
    })
}

fn view_closed(raw: RawInteraction) -> Option<ViewClosed> {
    let view = raw.view?;
    Some(ViewClosed {
        sender: Sender::of_interaction(raw.user?, raw.team, view.app_installed_team_id),
        view_id: view.id,
        callback_id: view.callback_id.unwrap_or_default(),
        private_metadata: view.private_metadata.unwrap_or_default(),
        is_cleared: raw.is_cleared.unwrap_or_default(),
    })
}

fn shortcut(raw: RawInteraction) -> Option<Shortcut> {
    let message = match (raw.message, raw.channel) {
        (Some(message), Some(channel)) => Some(ShortcutMessage {
            channel_id: channel.id,
            ts: message.ts.or(raw.message_ts)?,
            user_id: message.user,
            text: message.text.unwrap_or_default(),
        }),
        _ => None,
    };
    let team_domain = raw.team.as_ref().and_then(|team| team.domain.clone());
    Some(Shortcut {
        team_domain,
        sender: Sender::of_interaction(raw.user?, raw.team, None),
        callback_id: raw.callback_id?,
        trigger_id: raw.trigger_id.unwrap_or_default(),
        response_url: raw.response_url,
        message,
    })
}
