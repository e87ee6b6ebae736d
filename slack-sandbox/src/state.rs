//! `state.values`: what inputs hold, from their initial values to what people fill in.
//! It knows the shapes; finding an input by what is written on it is the hands' work.

use serde_json::{Map, Value, json};

/// Whether an element has a value in `state.values`.
pub(crate) fn has_state(kind: &str) -> bool {
    crate::block_kit::is_interactive(kind)
        && !matches!(kind, "button" | "overflow" | "icon_button" | "workflow_button" | "feedback_buttons")
}

/// The key under which an element type keeps its value.
pub(crate) fn value_key(kind: &str) -> &'static str {
    match kind {
        "static_select" | "external_select" | "radio_buttons" | "overflow" => "selected_option",
        "multi_static_select" | "multi_external_select" | "checkboxes" => "selected_options",
        "users_select" => "selected_user",
        "multi_users_select" => "selected_users",
        "conversations_select" => "selected_conversation",
        "multi_conversations_select" => "selected_conversations",
        "channels_select" => "selected_channel",
        "multi_channels_select" => "selected_channels",
        "datepicker" => "selected_date",
        "timepicker" => "selected_time",
        "datetimepicker" => "selected_date_time",
        "rich_text_input" => "rich_text_value",
        "file_input" => "files",
        _ => "value",
    }
}

/// The key under which an element carries its initial value.
fn initial_key(kind: &str) -> String {
    match value_key(kind).strip_prefix("selected_") {
        Some(rest) => format!("initial_{rest}"),
        None => "initial_value".to_owned(),
    }
}

/// An element with the block it stands in.
pub(crate) struct Placed<'blocks> {
    pub(crate) block: &'blocks Value,
    pub(crate) element: &'blocks Value,
}

impl Placed<'_> {
    pub(crate) fn kind(&self) -> &str {
        text(self.element, "type")
    }

    pub(crate) fn block_id(&self) -> &str {
        text(self.block, "block_id")
    }

    pub(crate) fn action_id(&self) -> &str {
        text(self.element, "action_id")
    }

    pub(crate) fn is_input(&self) -> bool {
        text(self.block, "type") == "input"
    }
}

/// A text field of an object, empty when missing.
pub(crate) fn text<'value>(value: &'value Value, key: &str) -> &'value str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Every interactive element in order of appearance.
pub(crate) fn elements(blocks: &Value) -> Vec<Placed<'_>> {
    let mut found = Vec::new();
    for block in blocks.as_array().into_iter().flatten() {
        collect(block, block, &mut found);
    }
    found
}

fn collect<'blocks>(block: &'blocks Value, value: &'blocks Value, found: &mut Vec<Placed<'blocks>>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(block, item, found)),
        Value::Object(object) => {
            if crate::block_kit::is_interactive(text(value, "type")) {
                found.push(Placed { block, element: value });
                return;
            }
            object.values().for_each(|item| collect(block, item, found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The state a fresh view or message has.
pub(crate) fn initial_values(blocks: &Value) -> Value {
    let mut values = json!({});
    for placed in elements(blocks) {
        if has_state(placed.kind()) {
            let initial = placed.element.get(initial_key(placed.kind())).cloned();
            set(&mut values, &placed, initial);
        }
    }
    values
}

/// Writes an element's value; `None` empties it in the shape Slack uses.
pub(crate) fn set(values: &mut Value, placed: &Placed<'_>, value: Option<Value>) {
    let kind = placed.kind();
    let key = value_key(kind);
    let mut entry = Map::new();
    entry.insert("type".to_owned(), json!(kind));
    let empty = if key.ends_with('s') { json!([]) } else { Value::Null };
    match value {
        Some(value) => {
            entry.insert(key.to_owned(), value);
        }
        None if kind == "rich_text_input" => {}
        None => {
            entry.insert(key.to_owned(), empty);
        }
    }
    if let Some(zone) = placed.element.get("timezone") {
        entry.insert("timezone".to_owned(), zone.clone());
    }
    if values.get(placed.block_id()).is_none() {
        values[placed.block_id()] = json!({});
    }
    values[placed.block_id()][placed.action_id()] = Value::Object(entry);
}

/// The value an element holds, if any.
pub(crate) fn current(values: &Value, placed: &Placed<'_>) -> Option<Value> {
    let entry = values.get(placed.block_id())?.get(placed.action_id())?;
    let value = entry.get(value_key(placed.kind()))?;
    let empty = value.is_null() || value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
    (!empty).then(|| value.clone())
}

/// `fresh` with the entries of `old` that have the same place and type.
pub(crate) fn carried(old: &Value, mut fresh: Value) -> Value {
    for (block, actions) in fresh.as_object_mut().into_iter().flatten() {
        for (action, entry) in actions.as_object_mut().into_iter().flatten() {
            let known = old.get(block).and_then(|actions| actions.get(action));
            if let Some(known) = known
                && known.get("type") == entry.get("type")
            {
                *entry = known.clone();
            }
        }
    }
    fresh
}
