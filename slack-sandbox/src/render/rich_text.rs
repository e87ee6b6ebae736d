//! Rich text blocks and cells as readable lines.

use serde_json::Value;

use super::dates::date;
use super::eye::Eye;
use crate::state::text;

/// The lines of a `rich_text` block.
pub(crate) fn rich_text(block: &Value, eye: &Eye) -> Vec<String> {
    let mut lines = Vec::new();
    for element in array(block, "elements") {
        match text(element, "type") {
            "rich_text_list" => {
                let indent = "  "
                    .repeat(usize::try_from(element.get("indent").and_then(Value::as_u64).unwrap_or(0)).unwrap_or(0));
                for (index, item) in array(element, "elements").iter().enumerate() {
                    let bullet =
                        if text(element, "style") == "ordered" { format!("{}.", index + 1) } else { "•".to_owned() };
                    lines.push(format!("{indent}{bullet} {}", inline(item, eye)));
                }
            }
            "rich_text_quote" => {
                lines.extend(inline(element, eye).lines().map(|line| format!("> {line}")));
            }
            _ => lines.extend(inline(element, eye).trim_end_matches('\n').split('\n').map(str::to_owned)),
        }
    }
    lines
}

fn array<'value>(value: &'value Value, key: &str) -> &'value [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The running text of a section.
fn inline(section: &Value, eye: &Eye) -> String {
    array(section, "elements").iter().map(|element| piece(element, eye)).collect()
}

fn piece(element: &Value, eye: &Eye) -> String {
    match text(element, "type") {
        "text" => text(element, "text").to_owned(),
        "user" => eye.mention(text(element, "user_id")),
        "channel" => eye.channel(text(element, "channel_id")),
        "usergroup" => format!("@{}", text(element, "usergroup_id")),
        "broadcast" => format!("@{}", text(element, "range")),
        "emoji" => format!(":{}:", text(element, "name")),
        "color" => text(element, "value").to_owned(),
        "link" => match (text(element, "text"), text(element, "url")) {
            ("", url) => url.to_owned(),
            (shown, url) if shown == url => url.to_owned(),
            (shown, url) => format!("{shown} ({url})"),
        },
        "date" => {
            let at = element.get("timestamp").and_then(Value::as_i64);
            let rendered = at.and_then(|at| date(at, text(element, "format"), eye));
            rendered.unwrap_or_else(|| text(element, "fallback").to_owned())
        }
        _ => String::new(),
    }
}
