//! Methods about the app itself and its workspace: auth, Socket Mode addresses, bots, team, manifest.

use serde_json::{Value, json};

use crate::answer::{Answer, Refusal};
use crate::arguments::Arguments;
use crate::block_kit::{Surface, judge_blocks, judge_view};
use crate::manifest::AppManifest;
use crate::residents::{APP, BOT, BOT_USER, DOMAIN};
use crate::world::{ENTERPRISE, World};

pub(crate) fn auth_test(world: &World) -> Answer {
    let mut answer = json!({
        "url": format!("https://{DOMAIN}.slack.com/"), "team": "Sandbox", "user": world.bot_names().0,
        "team_id": world.options.team_id, "user_id": BOT_USER, "bot_id": BOT,
        "is_enterprise_install": world.options.enterprise_install,
    });
    if world.options.enterprise_install {
        answer["enterprise_id"] = json!(ENTERPRISE);
    }
    Ok(answer)
}

pub(crate) fn teams_list(world: &World) -> Answer {
    Ok(json!({
        "teams": [{"id": world.options.team_id, "name": "Sandbox"}], "response_metadata": {"next_cursor": ""},
    }))
}

pub(crate) fn connections_open(world: &mut World) -> Answer {
    if !world.socket_mode {
        // Slack documents no error for a switched-off Socket Mode; clients meet some `ok: false` there.
        return Err("socket_mode_disabled".into());
    }
    let ticket = world.id("ticket-");
    world.tickets.insert(ticket.clone());
    let base = world.base_url.replacen("http", "ws", 1);
    Ok(json!({"url": format!("{base}/socket/{ticket}")}))
}

pub(crate) fn manifest_validate(arguments: &Arguments) -> Answer {
    let Ok(Some(manifest)) = arguments.structure("manifest") else {
        return Err("invalid_manifest".into());
    };
    if let Err(error) = AppManifest::from_json(&manifest) {
        let mut refusal = Refusal::from("invalid_manifest");
        refusal.extra.insert("errors".to_owned(), json!([{"message": error.message, "pointer": error.pointer}]));
        return Err(refusal);
    }
    Ok(json!({"errors": []}))
}

pub(crate) fn blocks_validate(arguments: &Arguments) -> Answer {
    let read = |name| arguments.structure(name).map_err(|()| Refusal::from("invalid_arguments"));
    let mut problems = Vec::new();
    if let Some(blocks) = read("blocks")? {
        problems.extend(judge_blocks(&blocks));
    }
    if let Some(view) = read("view")? {
        let home = view.get("type").and_then(Value::as_str) == Some("home");
        problems.extend(judge_view(&view, if home { Surface::Home } else { Surface::Modal }));
    }
    if problems.is_empty() { Ok(json!({})) } else { Err(Refusal::with_messages("invalid_blocks", &problems)) }
}

pub(crate) fn bots_info(world: &World, arguments: &Arguments) -> Answer {
    if arguments.text("bot").is_some_and(|bot| bot != BOT) {
        return Err("bot_not_found".into());
    }
    Ok(json!({"bot": {
        "id": BOT, "deleted": false, "name": world.bot_names().1, "updated": world.now().timestamp(), "app_id": APP,
        "user_id": BOT_USER, "icons": {},
    }}))
}

pub(crate) fn team_info(world: &World) -> Answer {
    let mut team = json!({
        "id": world.options.team_id, "name": "Sandbox", "domain": DOMAIN, "email_domain": "example.com", "icon": {},
        "url": format!("https://{DOMAIN}.slack.com/"), "is_verified": false,
    });
    if world.options.enterprise_install {
        team["enterprise_id"] = json!(ENTERPRISE);
        team["enterprise_name"] = json!("Sandbox Org");
    }
    Ok(json!({"team": team}))
}
