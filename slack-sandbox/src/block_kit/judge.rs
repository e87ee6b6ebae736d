//! The verdict on blocks and views: the `slackblocks` crate's limits first, then the rules it does not
//! know. It only judges; storing and answering are elsewhere.

use serde_json::{Value, json};
use slackblocks::{HomeTabView, MessagePayload, ModalView, ValidationError};

use super::properties::unknown_view_properties;
use super::rules::{modal_rules, own_rules};
use super::walk::kind;

/// Where blocks are going to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surface {
    Message,
    Modal,
    Home,
}

/// A view may be this many bytes of JSON.
const VIEW_BYTES: usize = 250 * 1024;

/// What is wrong with a message's blocks, in Slack's wording style; empty when nothing is.
pub(crate) fn judge_blocks(blocks: &Value) -> Vec<String> {
    let Some(list) = blocks.as_array() else {
        return vec!["[ERROR] blocks must be an array [json-pointer:/blocks]".into()];
    };
    let mut problems = Vec::new();
    if !list.is_empty() {
        let payload = json!({"channel": "C0SANDBOX", "text": "text", "blocks": known_to_checker(blocks)});
        if let Err(error) = MessagePayload::try_from(payload) {
            problems.push(wording(&error));
        }
    }
    problems.extend(own_rules(blocks, Surface::Message));
    problems
}

/// What is wrong with a view.
pub(crate) fn judge_view(view: &Value, surface: Surface) -> Vec<String> {
    let Some(object) = view.as_object() else {
        return vec!["[ERROR] view must be an object [json-pointer:/view]".into()];
    };
    let expected = if surface == Surface::Modal { "modal" } else { "home" };
    if object.get("type").and_then(Value::as_str) != Some(expected) {
        return vec![format!("[ERROR] must be a {expected} view [json-pointer:/view/type]")];
    }
    let checked = known_to_checker(view);
    let verdict = match surface {
        Surface::Modal => ModalView::try_from(checked).err(),
        Surface::Home | Surface::Message => HomeTabView::try_from(checked).err(),
    };
    let mut problems: Vec<String> = verdict.iter().map(wording).collect();
    let blocks = object.get("blocks").cloned().unwrap_or(Value::Null);
    problems.extend(own_rules(&blocks, surface));
    if surface == Surface::Modal {
        problems.extend(modal_rules(object, &blocks));
    }
    for key in unknown_view_properties(object) {
        problems.push(format!("[ERROR] invalid additional property: {key} [json-pointer:/view]"));
    }
    let metadata = object.get("private_metadata").and_then(Value::as_str).unwrap_or_default();
    if metadata.chars().count() > 3000 {
        problems.push("[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]".into());
    }
    let callback = object.get("callback_id").and_then(Value::as_str).unwrap_or_default();
    if callback.chars().count() > 255 {
        problems.push("[ERROR] must be less than 256 characters [json-pointer:/view/callback_id]".into());
    }
    problems
}

/// Whether a view is over Slack's size.
pub(crate) fn is_too_large(view: &Value) -> bool {
    view.to_string().len() > VIEW_BYTES
}

/// Exceptions for what Slack accepts and the checker crate does not know: rich text elements `date`,
/// `broadcast`, `color` and `team` become plain text before checking.
fn known_to_checker(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(known_to_checker).collect()),
        Value::Object(object) => {
            let date = kind(value) == "date"
                && object.get("timestamp").is_some_and(Value::is_i64)
                && object.get("format").is_some_and(Value::is_string);
            let broadcast = kind(value) == "broadcast" && object.get("range").is_some_and(Value::is_string);
            let color = kind(value) == "color" && object.get("value").is_some_and(Value::is_string);
            let team = kind(value) == "team" && object.get("team_id").is_some_and(Value::is_string);
            if date || broadcast || color || team {
                return json!({"type": "text", "text": "x"});
            }
            Value::Object(object.iter().map(|(key, item)| (key.clone(), known_to_checker(item))).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// The checker's complaint as Slack words one, with a JSON pointer.
fn wording(error: &ValidationError) -> String {
    let (root, rest) = match error.path().find(['.', '[']) {
        Some(index) => error.path().split_at(index),
        None => (error.path(), ""),
    };
    let pointer = rest.replace('[', "/").replace(']', "").replace('.', "/");
    let pointer = if root.starts_with("Message") { pointer } else { format!("/view{pointer}") };
    format!("[ERROR] {} ({}) [json-pointer:{pointer}]", error.message(), error.category())
}
