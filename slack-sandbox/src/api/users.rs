//! `users.*`: who is there. It shows people, it never changes them.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::arguments::Arguments;
use crate::people::PersonKind;
use crate::residents::BOT_USER;
use crate::world::World;

use super::pages::page;

/// The language of everybody here.
const LOCALE: &str = "en-GB";

pub(crate) fn info(world: &mut World, arguments: &Arguments) -> Answer {
    let id = arguments.text_or_empty("user");
    let with_email = world.has_scope("users:read.email");
    let now = world.now();
    let Some(person) = world.person(&id) else {
        return Err("user_not_found".into());
    };
    let mut user = person.user(now, with_email);
    if arguments.flag("include_locale") {
        user["locale"] = json!(LOCALE);
    }
    Ok(json!({"user": user}))
}

pub(crate) fn list(world: &mut World, arguments: &Arguments) -> Answer {
    let with_email = world.has_scope("users:read.email");
    let now = world.now();
    if world.options.enterprise_install && arguments.text("team_id").is_none() {
        return Err("missing_argument".into());
    }
    let members: Vec<Value> = world
        .people
        .iter()
        .filter(|person| person.kind != PersonKind::Stranger || person.shared)
        .map(|person| {
            let mut user = person.user(now, with_email);
            if arguments.flag("include_locale") {
                user["locale"] = json!(LOCALE);
            }
            user
        })
        .collect();
    let most = members.len();
    let (members, metadata) = page(members, arguments, most.max(1))?;
    Ok(json!({"members": members, "cache_ts": now.timestamp(), "response_metadata": metadata}))
}

pub(crate) fn lookup_by_email(world: &mut World, arguments: &Arguments) -> Answer {
    let email = arguments.text_or_empty("email");
    let now = world.now();
    let found = world.people.iter().find(|person| {
        person.email.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(&email)) && !person.is_deactivated()
    });
    let Some(person) = found else {
        return Err("users_not_found".into());
    };
    Ok(json!({"user": person.user(now, true)}))
}

pub(crate) fn profile_get(world: &mut World, arguments: &Arguments) -> Answer {
    let id = arguments.text("user").unwrap_or_else(|| BOT_USER.to_owned());
    let with_email = world.has_scope("users:read.email");
    let Some(person) = world.person(&id) else {
        return Err("user_not_found".into());
    };
    Ok(json!({"profile": world.profile(person, with_email, arguments.flag("include_labels"))}))
}

pub(crate) fn dnd_team_info(world: &mut World, arguments: &Arguments) -> Answer {
    let users = arguments.list("users");
    if users.is_empty() {
        return Err("no_users_provided".into());
    }
    let nobody_rests = users
        .iter()
        .filter(|id| world.person(id).is_some())
        .map(|id| (id.clone(), json!({"dnd_enabled": false, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1})))
        .collect::<serde_json::Map<String, Value>>();
    Ok(json!({"users": nobody_rests}))
}
