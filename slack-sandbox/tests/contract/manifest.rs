//! Contract tests of the manifest: what it refuses, and what the workspace is like with one.

use serde_json::{Value, json};
use slack_sandbox::{AppManifest, HandsError, SandboxOptions, ShortcutKind};

use crate::common::{RawApp, listening, rules, sandbox};

const PIGEON: &str = r##"
display_information:
  name: Pigeon Post
  description: Carries notes
  background_color: "#2c5f5d"
features:
  app_home: {home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true}
  bot_user: {display_name: Pigeon Post, always_online: true}
  shortcuts:
    - {name: Send a note, type: global, callback_id: send, description: Write a note}
    - {name: Carry this, type: message, callback_id: carry, description: Forward a message}
  slash_commands:
    - {command: /coo, description: Coo, usage_hint: "[@person]", should_escape: false}
    - {command: /carry, description: Carry, should_escape: true}
oauth_config:
  scopes:
    bot: [commands, chat:write, users:read, im:write]
settings:
  event_subscriptions:
    bot_events: [app_home_opened]
"##;

/// A sandbox with the pigeon's manifest, changed by `change`.
pub(crate) fn with_manifest(change: impl FnOnce(&mut AppManifest)) -> SandboxOptions {
    let mut manifest = AppManifest::from_yaml(PIGEON).unwrap();
    change(&mut manifest);
    SandboxOptions { manifest: Some(manifest), ..SandboxOptions::default() }
}

#[test]
fn a_manifest_is_read_from_yaml_and_json() {
    let manifest = AppManifest::from_yaml(PIGEON).unwrap();
    assert_eq!((manifest.name.as_str(), manifest.description.as_str()), ("Pigeon Post", "Carries notes"));
    assert_eq!(manifest.background_color.as_deref(), Some("#2c5f5d"));
    assert_eq!(manifest.bot_name.as_deref(), Some("Pigeon Post"));
    assert!(manifest.home_tab && manifest.messages_tab && manifest.messages_tab_read_only);
    assert_eq!(manifest.shortcuts[1].kind, ShortcutKind::Message);
    assert_eq!(manifest.commands[0].usage_hint, "[@person]");
    assert_eq!(manifest.bot_events, ["app_home_opened"]);
    assert_eq!(AppManifest::from_yaml(r#"{"display_information": {"name": "x"}}"#).unwrap().scopes, None);
}

#[test]
fn nonsense_is_refused_with_its_place() {
    let named = |rest: Value| {
        let mut manifest = json!({"display_information": {"name": "x"}});
        manifest.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        AppManifest::from_json(&manifest).unwrap_err()
    };
    let command = |command: Value| named(json!({"features": {"slash_commands": [command]}}));
    assert_eq!(AppManifest::from_json(&json!({})).unwrap_err().message, "missing required field: display_information");
    assert_eq!(AppManifest::from_json(&json!([])).unwrap_err().pointer, "/");
    assert!(AppManifest::from_yaml("a: [").is_err());
    assert_eq!(command(json!({"command": "x", "description": "d"})).pointer, "/features/slash_commands/0/command");
    assert_eq!(command(json!({"command": "/x"})).message, "missing required field: description");
    assert_eq!(
        command(json!({"command": "/x", "description": "d", "hint": "h"})).pointer,
        "/features/slash_commands/0/hint"
    );
    let shortcut = json!({"name": "n", "type": "private", "callback_id": "c", "description": "d"});
    assert_eq!(named(json!({"features": {"shortcuts": [shortcut]}})).pointer, "/features/shortcuts/0/type");
    assert_eq!(named(json!({"features": {"app_home": {"home_tab_enabled": "yes"}}})).message, "must be true or false");
    let many: Vec<String> = (0..101).map(|number| format!("event_{number}")).collect();
    let crowded = named(json!({"settings": {"event_subscriptions": {"bot_events": many}}}));
    assert_eq!(crowded.message, "no more than 100 items allowed");
    let wrong = named(json!({"settings": {"event_subscriptions": {"bot_events": [1]}}}));
    assert_eq!(
        wrong.to_string(),
        "the manifest is wrong at /settings/event_subscriptions/bot_events: must be a list of words"
    );
}

#[tokio::test]
async fn the_app_has_its_own_name_and_scopes() {
    let (sandbox, app) = sandbox(with_manifest(|_| ())).await;
    assert_eq!(app.call("auth.test", json!({})).await["user"], "pigeonpost");
    let bot = app.get("users.info", &format!("user={}", sandbox.bot_user())).await;
    assert_eq!(bot["user"]["real_name"], "Pigeon Post");
    let ada = sandbox.person("ada").unwrap();
    let posted = app.call("chat.postMessage", json!({"channel": ada.id(), "text": "coo"})).await;
    assert_eq!(posted["message"]["bot_profile"]["name"], "Pigeon Post");
    assert_eq!(app.get("team.info", "").await["error"], "missing_scope");
    let judge = RawApp { bot_token: sandbox.configuration_token(), ..app };
    let refused = judge.call("apps.manifest.validate", json!({"manifest": {"display_information": {}}})).await;
    assert_eq!(
        refused["errors"][0],
        json!({"message": "missing required field: name", "pointer": "/display_information"})
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn only_named_commands_exist_and_escape_as_they_say() {
    let (sandbox, app) = sandbox(with_manifest(|_| ())).await;
    let ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    let HandsError::Refused(why) = ada.types("/hello").await.unwrap_err() else { panic!("not refused") };
    assert_eq!(why, "/hello is not a valid command");
    ada.types("/coo @grace & <me>").await.unwrap();
    assert_eq!(ears.last()["text"], "@grace & <me>");
    ada.types("/carry @grace & co").await.unwrap();
    let grace = sandbox.person("grace").unwrap();
    assert_eq!(ears.last()["text"], format!("<@{}|grace> &amp; co", grace.id()));
    sandbox.stop().await;
}

#[tokio::test]
async fn only_subscribed_events_are_sent_and_tabs_can_be_off() {
    let (sandbox, app) = sandbox(with_manifest(|_| ())).await;
    listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    assert!(matches!(ada.types("good morning").await, Err(HandsError::Refused(_))));
    ada.opens_messages().await.unwrap();
    sandbox.set_time_zone("ada", Some("Europe/Paris"));
    assert!(matches!(sandbox.send_event(json!({"type": "team_join"})).await, Err(HandsError::Refused(_))));
    let heard: Vec<Value> = sandbox.envelopes().into_iter().map(|sent| sent.payload["event"]["type"].clone()).collect();
    assert_eq!(heard, ["app_home_opened"]);
    sandbox.stop().await;
    let (sandbox, app) = crate::common::sandbox(with_manifest(|manifest| manifest.home_tab = false)).await;
    let ada = sandbox.person("ada").unwrap();
    assert!(matches!(ada.opens_home().await, Err(HandsError::Refused(_))));
    let home = json!({"user_id": ada.id(), "view": {"type": "home", "blocks": []}});
    assert_eq!(app.call("views.publish", home).await["error"], "not_enabled");
    assert_eq!(rules(&sandbox), ["not_enabled"]);
    sandbox.stop().await;
}

#[test]
fn unknown_parts_are_refused_and_the_root_manifest_is_not() {
    let refused = |pointer: &str, part: Value| {
        let mut manifest = json!({"display_information": {"name": "x"}});
        manifest.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        assert_eq!(AppManifest::from_json(&manifest).unwrap_err().pointer, pointer);
    };
    refused("/setting", json!({"setting": {}}));
    refused("/features/slash_command", json!({"features": {"slash_command": []}}));
    refused("/settings/socket_mode", json!({"settings": {"socket_mode": true}}));
    refused("/settings/socket_mode_enabled", json!({"settings": {"socket_mode_enabled": "yes"}}));
    refused("/settings/interactivity/enabled", json!({"settings": {"interactivity": {"enabled": true}}}));
    refused("/settings/event_subscriptions/events", json!({"settings": {"event_subscriptions": {"events": []}}}));
    refused("/oauth_config/scope", json!({"oauth_config": {"scope": {}}}));
    refused("/oauth_config/scopes/bots", json!({"oauth_config": {"scopes": {"bots": []}}}));
    for file in ["../manifest.yml", "tests/bolt/manifest.yml", "../tests/browser/manifest.yml"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        AppManifest::from_yaml(&std::fs::read_to_string(path).unwrap()).unwrap();
    }
}

#[tokio::test]
async fn a_manifest_can_switch_socket_mode_off() {
    let (sandbox, app) = sandbox(with_manifest(|manifest| manifest.socket_mode = Some(false))).await;
    let asked = app.http.post(format!("{}/apps.connections.open", app.api)).bearer_auth(&app.app_token);
    let answer: Value = asked.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["error"], "socket_mode_disabled");
    sandbox.socket_mode_enabled(true);
    app.socket_url().await;
    sandbox.stop().await;
}
