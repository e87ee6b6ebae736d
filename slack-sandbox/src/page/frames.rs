//! The workspace as the page reads it: everything, or what changed. Shapes only.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::block_kit::Surface;
use crate::changes::Change;
use crate::conversations::Conversation;
use crate::manifest::{AppManifest, Shortcut, ShortcutKind, SlashCommand};
use crate::messages::Message;
use crate::people::Person;
use crate::residents::{APP, BOT_USER};
use crate::views::View;
use crate::world::World;

/// Messages of one conversation that a page gets to begin with.
const MESSAGES_AT_FIRST: usize = 1_000;
/// Lines of the log that a page gets to begin with.
const LINES_AT_FIRST: usize = 300;

/// Everything.
pub(crate) fn whole(world: &World) -> Value {
    let people: Vec<&String> = world.people.iter().map(|person| &person.id).collect();
    let per_person = |shown: fn(&World, &str) -> Value| -> Map<String, Value> {
        people.iter().map(|id| ((*id).clone(), shown(world, id))).filter(|(_, value)| !is_empty(value)).collect()
    };
    let first_line = world.ledger.len().saturating_sub(LINES_AT_FIRST);
    json!({
        "type": "world",
        "workspace": workspace(world),
        "clock": clock(world),
        "connections": world.live_sockets(),
        "people": everybody(world),
        "conversations": conversations(world),
        "messages": first_messages(world),
        "modals": per_person(modals),
        "homes": per_person(home),
        "read": per_person(marks),
        "violations": world.violations.len(),
        "log": (first_line..world.ledger.len()).filter_map(|number| world.line(number)).collect::<Vec<_>>(),
        "tour": world.options.tour,
    })
}

/// What is not what it was.
pub(crate) fn changes(world: &World, changes: &BTreeSet<&Change>) -> Value {
    let mut frame = json!({"type": "changes"});
    let mut lists: Map<String, Value> = Map::new();
    let mut add = |key: &str, item: Value| {
        let list = lists.entry(key).or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(item);
        }
    };
    for change in changes {
        match change {
            Change::Message { channel, ts } => match world.message(channel, ts) {
                Some(known) => add("messages", message(world, known)),
                None => add("deleted", json!([channel, ts])),
            },
            Change::Modals(user) => frame["modals"][user] = modals(world, user),
            Change::Home(user) => frame["homes"][user] = home(world, user),
            Change::Marks(user) => frame["read"][user] = marks(world, user),
            Change::People => frame["people"] = everybody(world),
            Change::Conversations => frame["conversations"] = conversations(world),
            Change::Connections => frame["connections"] = json!(world.live_sockets()),
            Change::Clock => frame["clock"] = clock(world),
            Change::Line(number) => {
                if let Some(line) = world.line(*number) {
                    add("log", line);
                }
            }
        }
    }
    if lists.contains_key("log") {
        frame["violations"] = json!(world.violations.len());
    }
    for (key, list) in lists {
        frame[key] = list;
    }
    frame
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn workspace(world: &World) -> Value {
    let manifest = world.options.manifest.as_ref();
    let app = json!({
        "id": APP, "user": BOT_USER, "name": manifest.map_or("App", AppManifest::shown_name),
        "description": manifest.map_or("", |manifest| manifest.description.as_str()),
        "color": manifest.and_then(|manifest| manifest.background_color.clone()),
    });
    let command = |command: &SlashCommand| json!({"command": command.command, "description": command.description, "usage_hint": command.usage_hint});
    let shortcut = |shortcut: &Shortcut| {
        json!({
            "type": if shortcut.kind == ShortcutKind::Global { "global" } else { "message" }, "name": shortcut.name,
            "callback_id": shortcut.callback_id, "description": shortcut.description,
        })
    };
    json!({
        "name": "Sandbox", "team_id": world.options.team_id, "app": app,
        "commands": manifest.map(|manifest| manifest.commands.iter().map(command).collect::<Vec<_>>()).unwrap_or_default(),
        "shortcuts": manifest.map(|manifest| manifest.shortcuts.iter().map(shortcut).collect::<Vec<_>>()).unwrap_or_default(),
        "home_tab": manifest.is_none_or(|manifest| manifest.home_tab),
        "messages_tab": manifest.is_none_or(|manifest| manifest.messages_tab),
        "read_only_messages": manifest.is_some_and(|manifest| !manifest.takes_messages()),
    })
}

fn clock(world: &World) -> Value {
    json!({"now": world.now(), "turns": world.options.clockwork.is_some(), "turning": world.turning.is_some()})
}

fn everybody(world: &World) -> Value {
    let shown = |person: &Person| {
        json!({
            "id": person.id, "handle": person.handle, "name": person.name, "tz": person.tz, "title": person.title,
            "kind": person.kind, "app": person.own_bot.is_some(),
        })
    };
    world.people.iter().map(shown).collect()
}

fn conversations(world: &World) -> Value {
    let shown = |conversation: &Conversation| {
        json!({
            "id": conversation.id, "kind": conversation.kind.type_name(), "name": conversation.name,
            "members": conversation.members, "has_app": conversation.has(BOT_USER),
        })
    };
    world.conversations.iter().map(shown).collect()
}

fn first_messages(world: &World) -> Value {
    let mut counts = Map::new();
    let mut newest: Vec<Value> = Vec::new();
    for known in world.messages.iter().rev() {
        let count = counts.entry(known.channel.as_str()).or_insert_with(|| json!(0));
        let so_far = count.as_u64().unwrap_or(0);
        if so_far < u64::try_from(MESSAGES_AT_FIRST).unwrap_or(u64::MAX) {
            *count = json!(so_far + 1);
            newest.push(message(world, known));
        }
    }
    newest.reverse();
    Value::Array(newest)
}

fn message(world: &World, message: &Message) -> Value {
    let mut shown = json!(message);
    let holders = world.conversation(&message.channel).map(|found| found.members.as_slice()).unwrap_or_default();
    let states: Map<String, Value> = holders
        .iter()
        .filter(|user| {
            world.message_states.contains_key(&((*user).clone(), message.channel.clone(), message.ts.clone()))
        })
        .map(|user| (user.clone(), world.message_values(user, message)))
        .collect();
    shown["states"] = Value::Object(states);
    for file in shown["files"].as_array_mut().into_iter().flatten() {
        let id = file.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        file["address"] = json!(format!("/page/files/{id}"));
    }
    shown
}

fn view(view: &View) -> Value {
    let modal = view.surface == Surface::Modal;
    json!({
        "id": view.id, "type": if modal { "modal" } else { "home" }, "callback_id": view.field("callback_id"),
        "title": view.field("title"), "submit": view.field("submit"), "close": view.field("close"),
        "blocks": view.blocks(), "values": view.values, "errors": view.errors, "hash": view.hash,
        "version": view.version, "submit_disabled": view.flag("submit_disabled"),
    })
}

fn modals(world: &World, user: &str) -> Value {
    let stack = world.stacks.get(user).map(Vec::as_slice).unwrap_or_default();
    stack.iter().filter_map(|id| world.view(id)).map(view).collect()
}

fn home(world: &World, user: &str) -> Value {
    world.home(user).map(view).unwrap_or_default()
}

fn marks(world: &World, user: &str) -> Value {
    json!(world.marks.get(user).cloned().unwrap_or_default())
}
