//! Which properties the common blocks, elements and text objects may have. Slack refuses any other
//! ("invalid additional property"); types that are not listed here are left alone.

use serde_json::{Map, Value};

use super::walk::kind;

const ELEMENT: &[&str] = &["type", "action_id", "confirm", "focus_on_load"];

/// The properties of a type beside `ELEMENT`'s (for elements) or in full (for the rest).
fn known(kind: &str) -> Option<(&'static [&'static str], bool)> {
    let selects = &["placeholder", "options", "option_groups", "initial_option"];
    let multi_selects = &["placeholder", "options", "option_groups", "initial_options", "max_selected_items"];
    let typed = &[
        "initial_value",
        "multiline",
        "min_length",
        "max_length",
        "dispatch_action_config",
        "placeholder",
        "is_decimal_allowed",
        "min_value",
        "max_value",
    ];
    Some(match kind {
        "plain_text" => (&["type", "text", "emoji"], false),
        "mrkdwn" => (&["type", "text", "verbatim"], false),
        "section" => (&["type", "block_id", "text", "fields", "accessory", "expand"], false),
        "actions" | "context" | "context_actions" | "rich_text" => (&["type", "block_id", "elements"], false),
        "divider" => (&["type", "block_id"], false),
        "header" => (&["type", "block_id", "text", "level"], false),
        "input" => (&["type", "block_id", "label", "element", "hint", "optional", "dispatch_action"], false),
        "button" => (&["text", "url", "value", "style", "accessibility_label", "workflow"], true),
        "static_select" => (selects, true),
        "multi_static_select" => (multi_selects, true),
        "external_select" => (&["placeholder", "initial_option", "min_query_length"], true),
        "multi_external_select" => {
            (&["placeholder", "initial_options", "min_query_length", "max_selected_items"], true)
        }
        "file_input" => (&["filetypes", "max_files"], true),
        "radio_buttons" => (&["options", "initial_option"], true),
        "checkboxes" => (&["options", "initial_options"], true),
        "overflow" => (&["options"], true),
        "datepicker" => (&["placeholder", "initial_date"], true),
        "timepicker" => (&["placeholder", "initial_time", "timezone"], true),
        "datetimepicker" => (&["initial_date_time"], true),
        "users_select" => (&["placeholder", "initial_user"], true),
        "multi_users_select" => (&["placeholder", "initial_users", "max_selected_items"], true),
        "plain_text_input" | "email_text_input" | "url_text_input" | "number_input" => (typed, true),
        _ => return None,
    })
}

/// The properties a view may have. A view object that Slack gave has more and is refused as it is.
const VIEW: &[&str] = &[
    "type",
    "title",
    "blocks",
    "close",
    "submit",
    "private_metadata",
    "callback_id",
    "clear_on_close",
    "notify_on_close",
    "external_id",
    "submit_disabled",
];

/// The properties of a view that Slack does not know.
pub(crate) fn unknown_view_properties(view: &Map<String, Value>) -> Vec<String> {
    view.keys().filter(|key| !VIEW.contains(&key.as_str())).cloned().collect()
}

/// The properties of an object that Slack does not know.
pub(crate) fn unknown_properties(value: &Value) -> Vec<String> {
    let (Some(object), Some((names, element))) = (value.as_object(), known(kind(value))) else {
        return Vec::new();
    };
    let expected = |key: &str| names.contains(&key) || (element && ELEMENT.contains(&key)) || key == "type";
    object.keys().filter(|key| !expected(key)).cloned().collect()
}
