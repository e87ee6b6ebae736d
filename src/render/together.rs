//! Several messages in one.

use serde_json::Value;

use crate::slack::api::Outgoing;
use crate::slack::blocks::{divider, message};

/// Draws one message that carries others below its own words.
pub fn draw(first: Outgoing, others: Vec<Outgoing>) -> Outgoing {
    if others.is_empty() {
        return first;
    }
    let text = format!("{} things about your meetings", others.len() + 1);
    let line = message(String::new(), vec![divider()]).blocks;
    let below = others.into_iter().flat_map(|other| [line.clone(), other.blocks]);
    let blocks: Vec<Value> = std::iter::once(first.blocks).chain(below).flat_map(listed).collect();
    Outgoing { text, blocks: Value::Array(blocks) }
}

fn listed(blocks: Value) -> Vec<Value> {
    match blocks {
        Value::Array(blocks) => blocks,
        one => vec![one],
    }
}
