//! `conversations.history` and `conversations.replies`. They read; ephemeral messages are never in them.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::arguments::Arguments;
use crate::messages::Message;
use crate::residents::BOT_USER;
use crate::world::World;

use super::conversations::visible;
use super::pages::page;

/// Timestamps compare as whole microseconds; `None` when the text is none.
fn micros(ts: &str) -> Option<i64> {
    let (seconds, rest) = ts.split_once('.').unwrap_or((ts, "0"));
    if rest.len() > 6 {
        return None;
    }
    let fraction: i64 = format!("{rest:0<6}").parse().ok()?;
    seconds.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(fraction)
}

/// Whether a message lies between `oldest` and `latest`.
fn window(arguments: &Arguments) -> Result<impl Fn(&Message) -> bool, &'static str> {
    let bound = |name: &str, error| match arguments.text(name) {
        None => Ok(None),
        Some(text) => micros(&text).map(Some).ok_or(error),
    };
    let oldest = bound("oldest", "invalid_ts_oldest")?;
    let latest = bound("latest", "invalid_ts_latest")?;
    let inclusive = arguments.flag("inclusive");
    Ok(move |message: &Message| {
        let ts = micros(&message.ts).unwrap_or_default();
        let after = oldest.is_none_or(|oldest| ts > oldest || (inclusive && ts == oldest));
        let before = latest.is_none_or(|latest| ts < latest || (inclusive && ts == latest));
        after && before
    })
}

pub(crate) fn history(world: &mut World, arguments: &Arguments) -> Answer {
    let conversation = visible(world, "conversations.history", &arguments.text_or_empty("channel"), "history")?;
    if !conversation.has(BOT_USER) {
        return Err("not_in_channel".into());
    }
    let inside = window(arguments)?;
    let with_metadata = arguments.flag("include_all_metadata");
    let messages: Vec<Value> = world
        .messages
        .iter()
        .rev()
        .filter(|message| message.channel == conversation.id && message.ephemeral_to.is_none())
        .filter(|message| message.thread_ts.as_ref().is_none_or(|thread| *thread == message.ts))
        .filter(|message| inside(message))
        .map(|message| world.message_object(message, with_metadata))
        .collect();
    let (messages, metadata) = page(messages, arguments, 100)?;
    let more = metadata.get("next_cursor").and_then(Value::as_str).is_some_and(|next| !next.is_empty());
    let mut answer = json!({"messages": messages, "has_more": more, "pin_count": 0, "channel_actions_ts": null, "channel_actions_count": 0});
    if more {
        answer["response_metadata"] = metadata;
    }
    Ok(answer)
}

pub(crate) fn replies(world: &mut World, arguments: &Arguments) -> Answer {
    let conversation = visible(world, "conversations.replies", &arguments.text_or_empty("channel"), "history")?;
    let ts = arguments.text_or_empty("ts");
    if world.message(&conversation.id, &ts).is_none() {
        return Err("thread_not_found".into());
    }
    let inside = window(arguments)?;
    let with_metadata = arguments.flag("include_all_metadata");
    let messages: Vec<Value> = world
        .messages
        .iter()
        .filter(|message| message.channel == conversation.id && message.ephemeral_to.is_none())
        .filter(|message| message.ts == ts || message.thread_ts.as_deref() == Some(&ts))
        .filter(|message| message.ts == ts || inside(message))
        .map(|message| world.message_object(message, with_metadata))
        .collect();
    let (messages, metadata) = page(messages, arguments, 1000)?;
    let more = metadata.get("next_cursor").and_then(Value::as_str).is_some_and(|next| !next.is_empty());
    Ok(json!({"messages": messages, "has_more": more, "response_metadata": metadata}))
}
