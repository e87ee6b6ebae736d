//! `views.*`: opening, pushing, updating and publishing, with Slack's rules about triggers, stacks,
//! hashes and external ids.

use serde_json::{Map, Value, json};

use crate::answer::{Answer, Refusal};
use crate::arguments::Arguments;
use crate::block_kit::{Surface, broadcasts, is_too_large, judge_view};
use crate::messages::add_emoji;
use crate::state::elements;
use crate::world::World;

/// Most modals on top of each other.
const DEEPEST: usize = 3;

/// The view of a call, judged and with ids.
fn view_of(
    world: &mut World,
    method: &str,
    arguments: &Arguments,
    surface: Surface,
) -> Result<Map<String, Value>, Refusal> {
    let Ok(Some(view)) = arguments.structure("view") else {
        world.violation("invalid_view", format!("{method}: view is not JSON"));
        return Err("invalid_arguments".into());
    };
    settle_view(world, method, view, surface)
}

/// Judges a view from wherever it came and gives its blocks ids.
pub(crate) fn settle_view(
    world: &mut World,
    method: &str,
    mut view: Value,
    surface: Surface,
) -> Result<Map<String, Value>, Refusal> {
    if is_too_large(&view) {
        world.violation("view_too_large", method);
        return Err("view_too_large".into());
    }
    let problems = judge_view(&view, surface);
    if !problems.is_empty() {
        world.violation("invalid_blocks", format!("{method}: {}", problems.join("; ")));
        return Err(Refusal::with_messages("invalid_arguments", &problems));
    }
    add_emoji(&mut view);
    if let Some(blocks) = view.get_mut("blocks") {
        world.name_blocks(blocks);
        for shout in broadcasts("", blocks) {
            world.violation("broadcast", format!("{method}: {shout}"));
        }
        if elements(blocks).iter().any(|placed| placed.kind() == "file_input") && !world.has_scope("files:read") {
            // Documented as needed; what Slack answers without it is not, so the view stays.
            world.violation("missing_scope", format!("{method}: file_input needs files:read"));
        }
    }
    match view {
        Value::Object(view) => Ok(view),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err("invalid_arguments".into())
        }
    }
}

/// Refuses an external id that another open view has.
fn check_external_id(world: &World, view: &Map<String, Value>, own: Option<&str>) -> Result<(), Refusal> {
    let wanted = view.get("external_id").and_then(Value::as_str).unwrap_or_default();
    let taken = !wanted.is_empty()
        && world
            .views
            .iter()
            .any(|other| other.external_id() == wanted && Some(other.id.as_str()) != own && world.is_open(&other.id));
    if taken { Err("duplicate_external_id".into()) } else { Ok(()) }
}

/// The answer that carries a view.
pub(crate) fn view_object(world: &World, id: &str) -> Answer {
    let Some(view) = world.view(id) else {
        return Err("not_found".into());
    };
    Ok(json!({"view": view.object(&world.options.team_id)}))
}

fn trigger_user(world: &mut World, arguments: &Arguments) -> Result<String, Refusal> {
    let Some(trigger) = arguments.text("trigger_id").or_else(|| arguments.text("interactivity_pointer")) else {
        let message = "[ERROR] missing required field: trigger_id".to_owned();
        return Err(Refusal::with_messages("invalid_arguments", &[message]));
    };
    world.spend_trigger(&trigger).map_err(Refusal::from)
}

pub(crate) fn open(world: &mut World, arguments: &Arguments) -> Answer {
    let view = view_of(world, "views.open", arguments, Surface::Modal)?;
    check_external_id(world, &view, None)?;
    let user = trigger_user(world, arguments)?;
    let id = world.new_view(&user, Surface::Modal, view, None);
    world.note_view(&id);
    world.stacks.insert(user, vec![id.clone()]);
    view_object(world, &id)
}

pub(crate) fn push(world: &mut World, arguments: &Arguments) -> Answer {
    let view = view_of(world, "views.push", arguments, Surface::Modal)?;
    check_external_id(world, &view, None)?;
    let user = trigger_user(world, arguments)?;
    let id = push_onto(world, &user, view)?;
    view_object(world, &id)
}

/// Puts a settled view on top of somebody's modals.
pub(crate) fn push_onto(world: &mut World, user: &str, view: Map<String, Value>) -> Result<String, Refusal> {
    let stack = world.stacks.get(user).cloned().unwrap_or_default();
    let (Some(root), Some(previous)) = (stack.first().cloned(), stack.last().cloned()) else {
        return Err("not_found".into());
    };
    if stack.len() >= DEEPEST {
        world.violation("push_limit_reached", "a fourth modal was pushed");
        return Err("push_limit_reached".into());
    }
    let id = world.new_view(user, Surface::Modal, view, Some((root, previous)));
    world.note_view(&id);
    world.stacks.entry(user.to_owned()).or_default().push(id.clone());
    Ok(id)
}

pub(crate) fn update(world: &mut World, arguments: &Arguments) -> Answer {
    let found = match (arguments.text("view_id"), arguments.text("external_id")) {
        (Some(id), _) => world.view(&id).cloned(),
        (None, Some(external)) => {
            world.views.iter().rev().find(|view| view.external_id() == external && world.is_open(&view.id)).cloned()
        }
        (None, None) => {
            let message = "[ERROR] either view_id or external_id is required".to_owned();
            return Err(Refusal::with_messages("invalid_arguments", &[message]));
        }
    };
    let Some(known) = found.filter(|view| world.is_open(&view.id)) else {
        return Err("not_found".into());
    };
    let view = view_of(world, "views.update", arguments, known.surface)?;
    check_external_id(world, &view, Some(&known.id))?;
    if arguments.text("hash").is_some_and(|hash| hash != known.hash) {
        return Err("hash_conflict".into());
    }
    world.replace_view(&known.id, view);
    view_object(world, &known.id)
}

pub(crate) fn publish(world: &mut World, arguments: &Arguments) -> Answer {
    let user = arguments.text_or_empty("user_id");
    if world.options.manifest.as_ref().is_some_and(|manifest| !manifest.home_tab) {
        world.violation("not_enabled", "views.publish: the manifest switches the Home tab off");
        return Err("not_enabled".into());
    }
    let view = view_of(world, "views.publish", arguments, Surface::Home)?;
    let Some(person) = world.person(&user) else {
        return Err("user_not_found".into());
    };
    if person.is_deactivated() {
        return Err("user_not_found".into());
    }
    let known = world.homes.get(&user).cloned();
    check_external_id(world, &view, known.as_deref())?;
    let current = known.as_ref().and_then(|id| world.view(id)).map(|view| view.hash.clone());
    if let (Some(hash), Some(current)) = (arguments.text("hash"), current)
        && hash != current
    {
        return Err("hash_conflict".into());
    }
    let id = match known {
        Some(id) => {
            world.replace_view(&id, view);
            id
        }
        None => {
            let id = world.new_view(&user, Surface::Home, view, None);
            world.note_view(&id);
            world.homes.insert(user, id.clone());
            id
        }
    };
    view_object(world, &id)
}
