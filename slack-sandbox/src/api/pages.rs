//! Cursors: pages over a list. Nothing about what the list holds.

use serde_json::{Value, json};

use crate::answer::Refusal;
use crate::arguments::Arguments;

/// One page of `items` and the cursor of the next (empty at the end).
pub(crate) fn page(items: Vec<Value>, arguments: &Arguments, default: usize) -> Result<(Vec<Value>, Value), Refusal> {
    let limit = match arguments.integer("limit") {
        None | Some(0) => default,
        Some(limit) => match usize::try_from(limit) {
            Ok(limit) if limit <= 1000 => limit,
            Ok(_) | Err(_) => return Err("invalid_limit".into()),
        },
    };
    let start = match arguments.text("cursor") {
        None => 0,
        Some(cursor) => cursor
            .strip_prefix("cursor_")
            .and_then(|offset| offset.trim_end_matches('=').parse::<usize>().ok())
            .filter(|offset| *offset <= items.len())
            .ok_or_else(|| Refusal::from("invalid_cursor"))?,
    };
    let end = (start + limit).min(items.len());
    let next = if end < items.len() { format!("cursor_{end}=") } else { String::new() };
    let taken = items.into_iter().skip(start).take(limit).collect();
    Ok((taken, json!({"next_cursor": next})))
}
