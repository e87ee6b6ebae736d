//! Buttons, selects and inputs as a person sees them, with what is chosen or typed.

use serde_json::Value;

use super::eye::Eye;
use super::mrkdwn::{mrkdwn, unescaped};
use crate::state::{Placed, current, text};

/// A text object as read: plain text as it is, mrkdwn resolved.
pub(crate) fn text_object(object: &Value, eye: &Eye) -> String {
    match (text(object, "type"), object) {
        ("mrkdwn", _) => mrkdwn(text(object, "text"), eye),
        (_, Value::String(text)) => text.clone(),
        _ => unescaped(text(object, "text")),
    }
}

/// What is written on a button.
pub(crate) fn label(element: &Value) -> String {
    unescaped(element.get("text").map_or("", |object| text(object, "text")))
}

/// Every option of a select-like element, groups flattened.
pub(crate) fn options(element: &Value) -> Vec<&Value> {
    let own = element.get("options").and_then(Value::as_array).into_iter().flatten();
    let grouped = element
        .get("option_groups")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|group| group.get("options").and_then(Value::as_array))
        .flatten();
    own.chain(grouped).collect()
}

/// What an element's current value reads like, `None` when it is empty.
pub(crate) fn value_shown(value: &Value, eye: &Eye) -> Option<String> {
    match value {
        Value::String(id) if id.starts_with(['U', 'W']) && eye.mention(id) != format!("@{id}") => Some(eye.mention(id)),
        Value::String(id) if id.starts_with(['C', 'G', 'D']) && eye.channel(id) != format!("#{id}") => {
            Some(eye.channel(id))
        }
        Value::String(text) => Some(text.clone()),
        // Only date-and-time pickers hold numbers: seconds since the epoch.
        Value::Number(number) => {
            Some(super::dates::date(number.as_i64()?, "{date_num} {time}", eye).unwrap_or_else(|| number.to_string()))
        }
        Value::Array(items) => {
            let shown: Vec<String> = items.iter().filter_map(|item| value_shown(item, eye)).collect();
            (!shown.is_empty()).then(|| shown.join(", "))
        }
        Value::Object(_) if value.get("elements").is_some() => Some(super::rich_text::rich_text(value, eye).join("\n")),
        // Files have no text but a name.
        Value::Object(_) if value.get("filetype").is_some() => Some(text(value, "name").to_owned()),
        Value::Object(_) => value.get("text").map(|object| text_object(object, eye)),
        Value::Null | Value::Bool(_) => None,
    }
}

/// An element as seen among others; inputs show their value instead of a label.
pub(crate) fn element(placed: &Placed<'_>, values: &Value, eye: &Eye) -> String {
    let value = current(values, placed);
    let placeholder = placed.element.get("placeholder").map(|object| text_object(object, eye));
    match placed.kind() {
        "button" | "workflow_button" | "icon_button" => format!("[{}]", label(placed.element)),
        "feedback_buttons" => ["positive_button", "negative_button"]
            .iter()
            .filter_map(|key| placed.element.get(key))
            .map(|button| format!("[{}]", label(button)))
            .collect::<Vec<_>>()
            .join(" "),
        "overflow" => {
            let names: Vec<String> = option_names(placed.element, eye);
            format!("[⋯ {}]", names.join(" / "))
        }
        kind @ ("radio_buttons" | "checkboxes") => {
            let marks = if kind == "checkboxes" { ("[x]", "[ ]") } else { ("(x)", "( )") };
            options(placed.element)
                .into_iter()
                .map(|option| {
                    let chosen = is_chosen(option, value.as_ref());
                    let name = option.get("text").map(|object| text_object(object, eye)).unwrap_or_default();
                    format!("{} {name}", if chosen { marks.0 } else { marks.1 })
                })
                .collect::<Vec<_>>()
                .join("  ")
        }
        kind if kind.ends_with("_input") => {
            value.and_then(|value| value_shown(&value, eye)).unwrap_or_else(|| "____".to_owned())
        }
        _ if placed.is_input() => value.and_then(|value| value_shown(&value, eye)).unwrap_or_else(|| "____".to_owned()),
        _ => {
            let shown = value.and_then(|value| value_shown(&value, eye)).or(placeholder);
            format!("[{} ▾]", shown.unwrap_or_else(|| "Choose".to_owned()))
        }
    }
}

fn option_names(element: &Value, eye: &Eye) -> Vec<String> {
    options(element)
        .into_iter()
        .filter_map(|option| option.get("text"))
        .map(|object| text_object(object, eye))
        .collect()
}

/// Whether an option is the chosen one or among the chosen ones.
pub(crate) fn is_chosen(option: &Value, value: Option<&Value>) -> bool {
    let same = |chosen: &Value| chosen.get("value") == option.get("value");
    match value {
        Some(Value::Array(chosen)) => chosen.iter().any(same),
        Some(chosen) => same(chosen),
        None => false,
    }
}
