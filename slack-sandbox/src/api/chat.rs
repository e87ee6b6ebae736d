//! `chat.*` for messages that appear now, and reactions. Storage is the messages room's; this one holds
//! Slack's rules about posting.

use serde_json::{Value, json};

use crate::answer::{Answer, Refusal};
use crate::arguments::Arguments;
use crate::block_kit::{broadcasts, judge_blocks};
use crate::messages::Draft;
use crate::residents::DOMAIN;
use crate::world::World;

/// Longest text of a message, in characters.
const LONGEST: usize = 40_000;

/// Text and blocks of a call, judged and with ids.
pub(crate) fn content(world: &mut World, method: &str, arguments: &Arguments) -> Result<(String, Value), Refusal> {
    let Ok(blocks) = arguments.structure("blocks") else {
        world.violation("invalid_blocks", format!("{method}: blocks are not JSON"));
        return Err("invalid_blocks_format".into());
    };
    let attachments = arguments.structure("attachments").map_err(|()| Refusal::from("invalid_attachments"))?;
    let text = arguments.text("text").or_else(|| arguments.text("markdown_text")).unwrap_or_default();
    let mut blocks =
        blocks.filter(|blocks| blocks.as_array().is_none_or(|list| !list.is_empty())).unwrap_or(Value::Null);
    judged(world, method, &text, &blocks)?;
    if text.is_empty() && blocks.is_null() && attachments.is_none() {
        world.violation("no_text", method);
        return Err("no_text".into());
    }
    world.name_blocks(&mut blocks);
    Ok((text, blocks))
}

/// Refuses what Slack refuses in a message, from whichever way it came.
pub(crate) fn judged(world: &mut World, method: &str, text: &str, blocks: &Value) -> Result<(), Refusal> {
    if text.chars().count() > LONGEST {
        world.violation("msg_too_long", method);
        return Err("msg_too_long".into());
    }
    if !blocks.is_null() {
        let problems = judge_blocks(blocks);
        if !problems.is_empty() {
            world.violation("invalid_blocks", format!("{method}: {}", problems.join("; ")));
            return Err(Refusal::with_messages("invalid_blocks", &problems));
        }
        if text.is_empty() {
            world.violation(
                "missing_text_in_message",
                format!("{method}: blocks without text for notifications and screen readers"),
            );
        }
    }
    for shout in broadcasts(text, blocks) {
        world.violation("broadcast", format!("{method}: {shout}"));
    }
    Ok(())
}

/// Message metadata, judged: `{event_type, event_payload}` or null.
pub(crate) fn metadata(world: &mut World, arguments: &Arguments) -> Result<Value, Refusal> {
    let Ok(metadata) = arguments.structure("metadata") else {
        world.violation("invalid_metadata", "metadata is not JSON");
        return Err("invalid_metadata_format".into());
    };
    let Some(metadata) = metadata else {
        return Ok(Value::Null);
    };
    let named = metadata.get("event_type").is_some_and(Value::is_string);
    let filled = metadata.get("event_payload").is_some_and(Value::is_object);
    if !named || !filled {
        world.violation("invalid_metadata", metadata.to_string());
        return Err("invalid_metadata_format".into());
    }
    if metadata.to_string().len() > 16_384 {
        world.violation("metadata_too_large", "metadata is over 16 kB");
        return Err("metadata_too_large".into());
    }
    Ok(metadata)
}

/// The conversation a message goes to: an id, or a person's id for the direct message with them.
pub(crate) fn destination(world: &mut World, channel: &str) -> Result<String, Refusal> {
    if world.person(channel).is_some() {
        if world.cannot_meet(&[channel.to_owned()]).is_some() {
            return Err("channel_not_found".into());
        }
        return Ok(world.direct(channel));
    }
    let Some(conversation) = world.conversation(channel).cloned() else {
        return Err("channel_not_found".into());
    };
    let open_to_all = conversation.kind == crate::conversations::ConversationKind::Public;
    let may_enter = conversation.has_app() || (open_to_all && world.has_scope("chat:write.public"));
    if !may_enter {
        return Err(if world.app_sees(channel) { "not_in_channel" } else { "channel_not_found" }.into());
    }
    if conversation.others().iter().all(|id| world.person(id).is_none_or(crate::people::Person::is_deactivated))
        && conversation.kind == crate::conversations::ConversationKind::Direct
    {
        return Err("channel_not_found".into());
    }
    Ok(conversation.id)
}

pub(crate) fn post_message(world: &mut World, arguments: &Arguments) -> Answer {
    let channel = destination(world, &arguments.text_or_empty("channel"))?;
    let metadata = metadata(world, arguments)?;
    let (text, blocks) = content(world, "chat.postMessage", arguments)?;
    let thread_ts = thread(world, &channel, arguments)?;
    if let Some(ts) = &thread_ts
        && world.thread_root(&channel, ts).is_none()
    {
        world.violation("reply_to_a_reply", format!("{ts} in {channel} is in a thread itself: Slack wants its parent"));
    }
    if !metadata.is_null() {
        let payload = metadata.get("event_payload").map(ToString::to_string).unwrap_or_default();
        if !world.metadata_seen.insert((channel.clone(), payload.clone())) {
            world.violation("duplicate_send", format!("a second message in {channel} carries the metadata {payload}"));
        }
    }
    let message = world.post(&channel, Draft { text, blocks, metadata, thread_ts, ..Draft::default() });
    let object = world.message_object(&message, true);
    Ok(json!({"channel": channel, "ts": message.ts, "message": object}))
}

fn thread(world: &World, channel: &str, arguments: &Arguments) -> Result<Option<String>, Refusal> {
    let Some(ts) = arguments.text("thread_ts") else {
        return Ok(None);
    };
    let parent = world.message(channel, &ts).filter(|message| message.ephemeral_to.is_none());
    if parent.is_none() { Err("cannot_reply_to_message".into()) } else { Ok(Some(ts)) }
}

pub(crate) fn update(world: &mut World, arguments: &Arguments) -> Answer {
    let channel = arguments.text_or_empty("channel");
    let ts = arguments.text_or_empty("ts");
    if !world.app_sees(&channel) {
        return Err("channel_not_found".into());
    }
    let Some(known) = world.message(&channel, &ts).filter(|message| message.ephemeral_to.is_none()) else {
        return Err("message_not_found".into());
    };
    let before = known.clone();
    if !before.by_app {
        world.violation("cant_update_message", format!("{channel} {ts} is another's"));
        return Err("cant_update_message".into());
    }
    let new_metadata = if arguments.has("metadata") { Some(metadata(world, arguments)?) } else { None };
    let text_given = arguments.has("text") || arguments.has("markdown_text");
    let blocks_given = arguments.0.contains_key("blocks");
    let (text, blocks) = if text_given || blocks_given {
        content(world, "chat.update", arguments)?
    } else {
        return Err("no_text".into());
    };
    let edited = world.ts();
    let Some(message) = world.message_mut(&channel, &ts) else {
        return Err("message_not_found".into());
    };
    message.text = text;
    // Text alone takes the blocks away, as Slack does.
    message.blocks = blocks;
    if let Some(metadata) = new_metadata {
        message.metadata = metadata;
    }
    message.edited_ts = Some(edited);
    let message = message.clone();
    world.echo_changed(&before, &message);
    let object = world.message_object(&message, true);
    Ok(json!({"channel": channel, "ts": ts, "text": message.text, "message": object}))
}

pub(crate) fn delete(world: &mut World, arguments: &Arguments) -> Answer {
    let channel = arguments.text_or_empty("channel");
    let ts = arguments.text_or_empty("ts");
    if !world.app_sees(&channel) {
        return Err("channel_not_found".into());
    }
    let Some(known) = world.message(&channel, &ts).filter(|message| message.ephemeral_to.is_none()) else {
        return Err("message_not_found".into());
    };
    let before = known.clone();
    if !before.by_app {
        return Err("cant_delete_message".into());
    }
    world.remove_message(&channel, &ts);
    world.echo_deleted(&before);
    Ok(json!({"channel": channel, "ts": ts}))
}

pub(crate) fn post_ephemeral(world: &mut World, arguments: &Arguments) -> Answer {
    let channel = destination(world, &arguments.text_or_empty("channel"))?;
    let user = arguments.text_or_empty("user");
    if world.conversation(&channel).is_none_or(|conversation| !conversation.has(&user)) {
        return Err("user_not_in_channel".into());
    }
    let (text, blocks) = content(world, "chat.postEphemeral", arguments)?;
    let message = world.post(&channel, Draft { text, blocks, ephemeral_to: Some(user), ..Draft::default() });
    Ok(json!({"message_ts": message.ts}))
}

pub(crate) fn get_permalink(world: &mut World, arguments: &Arguments) -> Answer {
    let channel = arguments.text_or_empty("channel");
    let ts = arguments.text_or_empty("message_ts");
    if !world.app_sees(&channel) {
        return Err("channel_not_found".into());
    }
    if world.message(&channel, &ts).is_none() {
        return Err("message_not_found".into());
    }
    let link = format!("https://{DOMAIN}.slack.com/archives/{channel}/p{}", ts.replace('.', ""));
    Ok(json!({"channel": channel, "permalink": link}))
}

pub(crate) fn add_reaction(world: &mut World, arguments: &Arguments) -> Answer {
    let channel = arguments.text_or_empty("channel");
    let ts = arguments.text_or_empty("timestamp");
    let name = arguments.text_or_empty("name").trim_matches(':').to_owned();
    if !world.app_sees(&channel) {
        return Err("channel_not_found".into());
    }
    if name.is_empty() || name.contains(char::is_whitespace) {
        return Err("invalid_name".into());
    }
    let Some(message) = world.message_mut(&channel, &ts) else {
        return Err("message_not_found".into());
    };
    if message.reactions.contains(&name) {
        return Err("already_reacted".into());
    }
    message.reactions.push(name);
    Ok(json!({}))
}
