//! Walking through blocks: types, and every object with its JSON pointer.

use serde_json::Value;

/// Whether a type is that of an element people act on.
pub(crate) fn is_interactive(kind: &str) -> bool {
    kind.ends_with("_input")
        || kind.ends_with("_select")
        || matches!(
            kind,
            "button"
                | "icon_button"
                | "workflow_button"
                | "feedback_buttons"
                | "radio_buttons"
                | "checkboxes"
                | "overflow"
                | "datepicker"
                | "timepicker"
                | "datetimepicker"
        )
}

/// The `type` of an object, empty when it has none.
pub(crate) fn kind(value: &Value) -> &str {
    kind_of(value).unwrap_or_default()
}

/// The `type` of an object.
pub(crate) fn kind_of(value: &Value) -> Option<&str> {
    value.get("type").and_then(Value::as_str)
}

/// Visits every object with its JSON pointer.
pub(crate) fn walk(value: &Value, place: &str, visit: &mut impl FnMut(&Value, &str)) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{place}/{index}"), visit);
            }
        }
        Value::Object(object) => {
            visit(value, place);
            for (key, item) in object {
                walk(item, &format!("{place}/{key}"), visit);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
