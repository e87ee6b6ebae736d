//! Blocks and views as readable lines. It shows; it judges nothing.

use serde_json::{Map, Value};

use super::elements::{element, text_object};
use super::eye::Eye;
use super::rich_text::rich_text;
use crate::state::{Placed, elements, text};

/// The lines of a list of blocks with what is filled in.
pub(crate) fn render_blocks(blocks: &Value, values: &Value, errors: &Map<String, Value>, eye: &Eye) -> String {
    let mut lines = Vec::new();
    for block in blocks.as_array().into_iter().flatten() {
        lines.extend(block_lines(block, values, eye));
        if let Some(error) = errors.get(text(block, "block_id")).and_then(Value::as_str) {
            lines.push(format!("  ! {error}"));
        }
    }
    lines.join("\n")
}

/// A whole view: a modal with title and buttons, a Home with its blocks only.
pub(crate) fn render_view(view: &crate::views::View, eye: &Eye) -> String {
    let body = render_blocks(&view.blocks(), &view.values, &view.errors, eye);
    if view.surface != crate::block_kit::Surface::Modal {
        return body;
    }
    let close = view.field("close");
    let mut feet =
        vec![if close.is_null() { "[Cancel]".to_owned() } else { format!("[{}]", text_object(&close, eye)) }];
    let submit = view.field("submit");
    if !submit.is_null() {
        feet.push(format!("[{}]", text_object(&submit, eye)));
    }
    format!("# {}\n{body}\n{}", text_object(&view.field("title"), eye), feet.join(" "))
}

fn array<'value>(value: &'value Value, key: &str) -> &'value [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn lines_of(text: &str) -> Vec<String> {
    text.split('\n').map(str::to_owned).collect()
}

fn elements_line(block: &Value, values: &Value, eye: &Eye) -> Option<String> {
    let list = Value::Array(vec![block.clone()]);
    let shown: Vec<String> = elements(&list).iter().map(|placed| element(placed, values, eye)).collect();
    (!shown.is_empty()).then(|| shown.join(" "))
}

fn block_lines(block: &Value, values: &Value, eye: &Eye) -> Vec<String> {
    match text(block, "type") {
        "divider" => vec!["---".to_owned()],
        "header" | "markdown" => match block.get("text") {
            Some(object) => lines_of(&text_object(object, eye)),
            None => Vec::new(),
        },
        "section" => section(block, values, eye),
        "context" => {
            let parts: Vec<String> = array(block, "elements")
                .iter()
                .map(|part| if text(part, "type") == "image" { image(part) } else { text_object(part, eye) })
                .collect();
            lines_of(&parts.join(" "))
        }
        "actions" | "context_actions" => elements_line(block, values, eye).into_iter().collect(),
        "input" => input(block, values, eye),
        "rich_text" => rich_text(block, eye),
        "image" => vec![image(block)],
        "table" | "data_table" => table(block, eye),
        "data_visualization" => vec![chart(block)],
        _ => anything(block, values, eye),
    }
}

fn image(value: &Value) -> String {
    format!("(image: {})", text(value, "alt_text"))
}

fn section(block: &Value, values: &Value, eye: &Eye) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(object) = block.get("text") {
        lines.extend(lines_of(&text_object(object, eye)));
    }
    for field in array(block, "fields") {
        lines.extend(lines_of(&text_object(field, eye)));
    }
    if block.get("accessory").is_some_and(|accessory| text(accessory, "type") == "image") {
        lines.extend(block.get("accessory").map(image));
    } else if let Some(accessory) = elements_line(block, values, eye) {
        lines.push(accessory);
    }
    lines
}

fn input(block: &Value, values: &Value, eye: &Eye) -> Vec<String> {
    let name = block.get("label").map(|object| text_object(object, eye)).unwrap_or_default();
    let optional = block.get("optional").and_then(Value::as_bool).unwrap_or(false);
    let shown =
        block.get("element").map(|inner| element(&Placed { block, element: inner }, values, eye)).unwrap_or_default();
    let mut lines = lines_of(&format!("{name}{}: {shown}", if optional { " (optional)" } else { "" }));
    if let Some(hint) = block.get("hint") {
        lines.push(format!("  ({})", text_object(hint, eye)));
    }
    lines
}

fn table(block: &Value, eye: &Eye) -> Vec<String> {
    let cell = |cell: &Value| match text(cell, "type") {
        "rich_text" => rich_text(cell, eye).join(" "),
        "raw_number" => cell.get("value").map(ToString::to_string).unwrap_or_default(),
        _ => text(cell, "text").to_owned(),
    };
    let row = |row: &Value| row.as_array().map(|cells| cells.iter().map(cell).collect::<Vec<_>>().join(" | "));
    let caption = text(block, "caption");
    let head = (!caption.is_empty()).then(|| caption.to_owned());
    head.into_iter().chain(array(block, "rows").iter().filter_map(row)).collect()
}

fn chart(block: &Value) -> String {
    let chart = block.get("chart").cloned().unwrap_or(Value::Null);
    format!("(chart: {}, {})", text(block, "title"), text(&chart, "type"))
}

/// A block without its own room here: its texts, then its elements.
fn anything(block: &Value, values: &Value, eye: &Eye) -> Vec<String> {
    let mut lines = Vec::new();
    for key in ["title", "subtitle", "subtext", "text", "body", "description"] {
        if let Some(object) = block.get(key) {
            lines.extend(lines_of(&text_object(object, eye)));
        }
    }
    lines.extend(elements_line(block, values, eye));
    for inner in array(block, "child_blocks").iter().chain(array(block, "elements")) {
        if crate::block_kit::is_interactive(text(inner, "type")) {
            continue;
        }
        lines.extend(block_lines(inner, values, eye));
    }
    lines
}
