//! The rules of Block Kit that the checker crate does not know: duplicates, totals, text objects, modals.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::judge::Surface;
use super::properties::unknown_properties;
use super::walk::{is_interactive, kind, kind_of, walk};

/// What is wrong with a modal beside its blocks.
pub(crate) fn modal_rules(view: &Map<String, Value>, blocks: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    for key in ["title", "submit", "close"] {
        let Some(text) = view.get(key).filter(|text| !text.is_null()) else {
            if key == "title" {
                problems.push("[ERROR] missing required field: title [json-pointer:/view]".into());
            }
            continue;
        };
        let length = text.get("text").and_then(Value::as_str).map_or(0, |text| text.chars().count());
        if text.get("type").and_then(Value::as_str) != Some("plain_text") || length == 0 || length > 24 {
            problems.push(format!("[ERROR] must be plain text of 1 to 24 characters [json-pointer:/view/{key}]"));
        }
    }
    let has_input = blocks.as_array().is_some_and(|blocks| blocks.iter().any(|block| kind(block) == "input"));
    if has_input && view.get("submit").is_none_or(Value::is_null) {
        problems.push(
            "[ERROR] submit is required when an input block is within the blocks array [json-pointer:/view]".into(),
        );
    }
    problems
}

/// The rules that the checker crate does not know.
pub(crate) fn own_rules(blocks: &Value, surface: Surface) -> Vec<String> {
    let Some(list) = blocks.as_array() else {
        return vec!["[ERROR] missing required field: blocks [json-pointer:/view]".into()];
    };
    let root = if surface == Surface::Message { "/blocks" } else { "/view/blocks" };
    let most = if surface == Surface::Message { 50 } else { 100 };
    let mut problems = Vec::new();
    if list.len() > most {
        problems.push(format!("[ERROR] no more than {most} items allowed [json-pointer:{root}]"));
    }
    let mut names = HashSet::new();
    for (index, block) in list.iter().enumerate() {
        let place = format!("{root}/{index}");
        if let Some(name) = block.get("block_id").and_then(Value::as_str)
            && !names.insert(name.to_owned())
        {
            problems
                .push(format!("[ERROR] duplicate block_id: `{name}` already exists [json-pointer:{place}/block_id]"));
        }
        let mut actions = HashSet::new();
        walk(block, &place, &mut |value, place| {
            let interactive = kind_of(value).is_some_and(is_interactive);
            if let Some(name) = value.get("action_id").and_then(Value::as_str)
                && interactive
                && !actions.insert(name.to_owned())
            {
                problems.push(format!(
                    "[ERROR] duplicate action_id: `{name}` already exists [json-pointer:{place}/action_id]"
                ));
            }
            for key in unknown_properties(value) {
                problems.push(format!("[ERROR] invalid additional property: {key} [json-pointer:{place}]"));
            }
            for key in ["label", "placeholder", "hint"] {
                if value.get(key).is_some_and(Value::is_string) && value.get("type").is_some() {
                    problems.push(format!("[ERROR] must be an object [json-pointer:{place}/{key}]"));
                }
            }
            let needs_text_object = kind_of(value).is_some_and(|kind| matches!(kind, "section" | "header" | "button"))
                || (value.get("type").is_none() && value.get("value").is_some());
            if needs_text_object && value.get("text").is_some_and(Value::is_string) {
                problems.push(format!("[ERROR] must be an object [json-pointer:{place}/text]"));
            }
            if matches!(kind_of(value), Some("mrkdwn" | "plain_text"))
                && value.get("text").and_then(Value::as_str).is_none_or(str::is_empty)
            {
                problems.push(format!("[ERROR] must be more than 0 characters [json-pointer:{place}/text]"));
            }
        });
    }
    problems
}

/// Every place in blocks or text that would notify a whole channel.
pub(crate) fn broadcasts(text: &str, blocks: &Value) -> Vec<String> {
    let shouts = |text: &str| ["<!channel", "<!here", "<!everyone"].iter().any(|shout| text.contains(shout));
    let mut found = Vec::new();
    if shouts(text) {
        found.push(format!("text: {text}"));
    }
    walk(blocks, "/blocks", &mut |value, place| {
        let text = value.get("text").and_then(Value::as_str).unwrap_or_default();
        if (kind_of(value) == Some("mrkdwn") && shouts(text)) || kind_of(value) == Some("broadcast") {
            found.push(format!("{place}: {text}"));
        }
    });
    found
}
