//! `conversations.*` except history: opening, listing, joining. Who may meet is the conversations
//! room's rule.

use serde_json::{Value, json};

use crate::answer::{Answer, Refusal};
use crate::arguments::Arguments;
use crate::changes::Change;
use crate::conversations::{Conversation, ConversationKind};
use crate::residents::BOT_USER;
use crate::world::World;

use super::pages::page;

/// The conversation an argument names, if the bot can see it and has the scope family's right.
pub(crate) fn visible(world: &mut World, method: &str, id: &str, right: &str) -> Result<Conversation, Refusal> {
    let found = world.conversation(id).cloned();
    let Some(conversation) = found.filter(|found| found.has(BOT_USER) || found.kind == ConversationKind::Public) else {
        return Err("channel_not_found".into());
    };
    let needed = format!("{}:{right}", conversation.kind.scope_family());
    if world.has_scope(&needed) { Ok(conversation) } else { Err(world.missing_scope(method, &needed)) }
}

pub(crate) fn open(world: &mut World, arguments: &Arguments) -> Answer {
    const METHOD: &str = "conversations.open";
    if let Some(channel) = arguments.text("channel") {
        let conversation = visible(world, METHOD, &channel, "write")?;
        return opened(world, &conversation.id, true, arguments);
    }
    let mut users: Vec<String> = Vec::new();
    for user in arguments.list("users") {
        if user != BOT_USER && !users.contains(&user) {
            users.push(user);
        }
    }
    if users.is_empty() {
        return Err("users_list_not_supplied".into());
    }
    let needed = if users.len() == 1 { "im:write" } else { "mpim:write" };
    if !world.has_scope(needed) {
        return Err(world.missing_scope(METHOD, needed));
    }
    if let Some(error) = world.cannot_meet(&users) {
        return Err(error.into());
    }
    if let Some(error) = world.kept_apart(&users).map(str::to_owned) {
        return Err(error.as_str().into());
    }
    let before = world.conversations.len();
    let id = world.together(&users);
    let known = world.conversations.len() == before;
    opened(world, &id, known, arguments)
}

fn opened(world: &mut World, id: &str, known: bool, arguments: &Arguments) -> Answer {
    let team_id = world.options.team_id.clone();
    let Some(conversation) = world.conversations.iter_mut().find(|conversation| conversation.id == id) else {
        return Err("channel_not_found".into());
    };
    let was_open = conversation.open && known;
    conversation.open = true;
    let channel = if arguments.flag("return_im") { conversation.object(&team_id) } else { json!({"id": id}) };
    let mut answer = json!({"channel": channel});
    if was_open {
        answer["no_op"] = json!(true);
        answer["already_open"] = json!(true);
    }
    Ok(answer)
}

pub(crate) fn info(world: &mut World, arguments: &Arguments) -> Answer {
    let conversation = visible(world, "conversations.info", &arguments.text_or_empty("channel"), "read")?;
    Ok(json!({"channel": conversation.object(&world.options.team_id)}))
}

/// The kinds `types` asks for, each with the scope it needs.
fn wanted_kinds(world: &mut World, method: &str, arguments: &Arguments) -> Result<Vec<ConversationKind>, Refusal> {
    let mut names = arguments.list("types");
    if names.is_empty() {
        names.push("public_channel".to_owned());
    }
    let all = [ConversationKind::Direct, ConversationKind::Group, ConversationKind::Public, ConversationKind::Private];
    let mut kinds = Vec::new();
    for name in names {
        let Some(kind) = all.into_iter().find(|kind| kind.type_name() == name) else {
            return Err("invalid_types".into());
        };
        let needed = format!("{}:read", kind.scope_family());
        if !world.has_scope(&needed) {
            return Err(world.missing_scope(method, &needed));
        }
        kinds.push(kind);
    }
    Ok(kinds)
}

pub(crate) fn list(world: &mut World, arguments: &Arguments) -> Answer {
    let kinds = wanted_kinds(world, "conversations.list", arguments)?;
    listed(world, arguments, |conversation| {
        kinds.contains(&conversation.kind)
            && (conversation.has(BOT_USER) || conversation.kind == ConversationKind::Public)
    })
}

pub(crate) fn of_user(world: &mut World, arguments: &Arguments) -> Answer {
    let kinds = wanted_kinds(world, "users.conversations", arguments)?;
    let user = arguments.text("user").unwrap_or_else(|| BOT_USER.to_owned());
    listed(world, arguments, |conversation| {
        kinds.contains(&conversation.kind)
            && conversation.has(&user)
            && (conversation.has(BOT_USER) || conversation.kind == ConversationKind::Public)
    })
}

fn listed(world: &World, arguments: &Arguments, keep: impl Fn(&Conversation) -> bool) -> Answer {
    let team_id = &world.options.team_id;
    let channels: Vec<Value> =
        world.conversations.iter().filter(|found| keep(found)).map(|found| found.object(team_id)).collect();
    let (channels, metadata) = page(channels, arguments, 100)?;
    Ok(json!({"channels": channels, "response_metadata": metadata}))
}

pub(crate) fn members(world: &mut World, arguments: &Arguments) -> Answer {
    let conversation = visible(world, "conversations.members", &arguments.text_or_empty("channel"), "read")?;
    let (members, metadata) = page(conversation.members.iter().map(|id| json!(id)).collect(), arguments, 100)?;
    Ok(json!({"members": members, "response_metadata": metadata}))
}

pub(crate) fn close(world: &mut World, arguments: &Arguments) -> Answer {
    let conversation = visible(world, "conversations.close", &arguments.text_or_empty("channel"), "write")?;
    if !matches!(conversation.kind, ConversationKind::Direct | ConversationKind::Group) {
        return Err("method_not_supported_for_channel_type".into());
    }
    let known = world.conversations.iter_mut().find(|known| known.id == conversation.id);
    if let Some(known) = known
        && known.open
    {
        known.open = false;
        return Ok(json!({}));
    }
    Ok(json!({"no_op": true, "already_closed": true}))
}

pub(crate) fn join(world: &mut World, arguments: &Arguments) -> Answer {
    let id = arguments.text_or_empty("channel");
    let team_id = world.options.team_id.clone();
    if !world.app_sees(&id) {
        return Err("channel_not_found".into());
    }
    let Some(channel) = world.conversations.iter_mut().find(|known| known.id == id) else {
        return Err("channel_not_found".into());
    };
    if channel.kind != ConversationKind::Public {
        return Err("method_not_supported_for_channel_type".into());
    }
    let already = channel.has(BOT_USER);
    if !already {
        channel.members.push(BOT_USER.to_owned());
        world.changes.note(Change::Conversations);
    }
    let mut answer = json!({"channel": channel.object(&team_id)});
    if already {
        answer["warning"] = json!("already_in_channel");
        answer["response_metadata"] = json!({"warnings": ["already_in_channel"]});
    }
    Ok(answer)
}

pub(crate) fn invite(world: &mut World, arguments: &Arguments) -> Answer {
    let id = arguments.text_or_empty("channel");
    let users = arguments.list("users");
    if users.is_empty() {
        return Err("no_user".into());
    }
    if users.iter().any(|user| world.person(user).is_none_or(crate::people::Person::is_deactivated)) {
        return Err("user_not_found".into());
    }
    if users.iter().any(|user| user == BOT_USER) {
        return Err("cant_invite_self".into());
    }
    let team_id = world.options.team_id.clone();
    if !world.app_sees(&id) {
        return Err("channel_not_found".into());
    }
    let Some(channel) = world.conversations.iter_mut().find(|known| known.id == id) else {
        return Err("channel_not_found".into());
    };
    if matches!(channel.kind, ConversationKind::Direct | ConversationKind::Group) {
        return Err("method_not_supported_for_channel_type".into());
    }
    if !channel.has(BOT_USER) {
        return Err("not_in_channel".into());
    }
    if users.iter().all(|user| channel.has(user)) {
        return Err("already_in_channel".into());
    }
    for user in users {
        if !channel.has(&user) {
            channel.members.push(user);
            world.changes.note(Change::Conversations);
        }
    }
    Ok(json!({"channel": channel.object(&team_id)}))
}
