//! `chat.scheduleMessage` and its kin: Slack's bounds. Posting at the time is the messages room's.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::arguments::Arguments;
use crate::messages::Scheduled;
use crate::residents::{APP, BOT, BOT_USER};
use crate::world::World;

use super::chat::{content, destination, metadata};
use super::pages::page;

pub(crate) fn schedule(world: &mut World, arguments: &Arguments) -> Answer {
    let now = world.now();
    let channel = destination(world, &arguments.text_or_empty("channel"))?;
    let post_at = arguments.integer("post_at").and_then(|at| DateTime::<Utc>::from_timestamp(at, 0));
    let Some(post_at) = post_at else {
        return Err("invalid_time".into());
    };
    if post_at <= now {
        return Err("time_in_past".into());
    }
    if post_at > now + TimeDelta::days(120) {
        return Err("time_too_far".into());
    }
    let near =
        |other: &&Scheduled| other.channel == channel && (other.post_at - post_at).abs() <= TimeDelta::minutes(5);
    if world.scheduled.iter().filter(near).count() >= 30 {
        return Err("restricted_too_many".into());
    }
    let metadata = metadata(world, arguments)?;
    let (text, blocks) = content(world, "chat.scheduleMessage", arguments)?;
    let id = world.id("Q");
    let thread_ts = arguments.text("thread_ts");
    world.scheduled.push(Scheduled {
        id: id.clone(),
        channel: channel.clone(),
        post_at,
        created: now,
        text: text.clone(),
        blocks,
        metadata,
        thread_ts,
    });
    Ok(json!({
        "channel": channel, "scheduled_message_id": id, "post_at": post_at.timestamp(),
        "message": {"type": "delayed_message", "text": text, "user": BOT_USER, "bot_id": BOT, "app_id": APP,
            "team": world.options.team_id},
    }))
}

pub(crate) fn delete(world: &mut World, arguments: &Arguments) -> Answer {
    let id = arguments.text_or_empty("scheduled_message_id");
    let channel = arguments.text_or_empty("channel");
    let before = world.scheduled.len();
    world.scheduled.retain(|scheduled| scheduled.id != id || scheduled.channel != channel);
    if world.scheduled.len() == before { Err("invalid_scheduled_message_id".into()) } else { Ok(json!({})) }
}

pub(crate) fn list(world: &mut World, arguments: &Arguments) -> Answer {
    let channel = arguments.text("channel");
    let found: Vec<Value> = world
        .scheduled
        .iter()
        .filter(|scheduled| channel.as_ref().is_none_or(|channel| *channel == scheduled.channel))
        .map(|scheduled| {
            json!({
                "id": scheduled.id, "channel_id": scheduled.channel, "post_at": scheduled.post_at.timestamp(),
                "date_created": scheduled.created.timestamp(), "text": scheduled.text,
            })
        })
        .collect();
    let (found, metadata) = page(found, arguments, 100)?;
    Ok(json!({"scheduled_messages": found, "response_metadata": metadata}))
}
