//! Contract tests of shortcuts: their payloads, who has them, and what a manifest changes.

use serde_json::{Value, json};
use slack_sandbox::{HandsError, NewPerson, SandboxOptions};

use crate::common::{listening, modal, rules, sandbox, with_button};
use crate::manifest::with_manifest;

#[tokio::test]
async fn a_global_shortcut_opens_a_modal_and_has_no_response_url() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    ada.uses_shortcut("send").await.unwrap();
    let used = ears.last();
    assert_eq!((&used["type"], &used["callback_id"]), (&json!("shortcut"), &json!("send")));
    assert_eq!(used["user"], json!({"id": ada.id(), "username": "ada", "team_id": sandbox.team_id()}));
    assert!(used["action_ts"].is_string() && used.get("response_url").is_none() && used.get("channel").is_none());
    let opened = app.call("views.open", json!({"trigger_id": used["trigger_id"], "view": modal("A note")})).await;
    assert_eq!(opened["ok"], true);
    assert_eq!(ada.modal().unwrap().title, "A note");
    sandbox.stop().await;
}

#[tokio::test]
async fn a_message_shortcut_brings_the_message_and_answers_to_one_alone() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let (ada, grace) = (sandbox.person("ada").unwrap(), sandbox.person("grace").unwrap());
    let posted = app.call("chat.postMessage", with_button(ada.id(), "Ready?", "Go")).await;
    let (channel, ts) = (posted["channel"].as_str().unwrap(), posted["ts"].as_str().unwrap());
    assert!(matches!(grace.uses_message_shortcut("carry", channel, ts).await, Err(HandsError::NotSeen(_))));
    ada.uses_message_shortcut("carry", channel, ts).await.unwrap();
    let used = ears.last();
    assert_eq!((&used["type"], &used["callback_id"]), (&json!("message_action"), &json!("carry")));
    assert_eq!(used["user"], json!({"id": ada.id(), "name": "ada"}));
    assert_eq!(used["channel"], json!({"id": channel, "name": "directmessage"}));
    assert_eq!((&used["message_ts"], &used["message"]["ts"]), (&json!(ts), &json!(ts)));
    assert_eq!(used["message"]["blocks"][1]["block_id"], "row");
    let url = used["response_url"].as_str().unwrap();
    app.http.post(url).json(&json!({"text": "Carried", "replace_original": false})).send().await.unwrap();
    assert_eq!(ada.ephemerals()[0].text, "Carried");
    let own = &ada.ephemerals()[0].ts;
    assert!(matches!(ada.uses_message_shortcut("carry", channel, own).await, Err(HandsError::Refused(_))));
    assert!(rules(&sandbox).is_empty());
    sandbox.stop().await;
}

#[tokio::test]
async fn a_manifest_names_the_shortcuts_and_strangers_have_none() {
    let (sandbox, app) = sandbox(with_manifest(|_| ())).await;
    let ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    let HandsError::NotSeen(why) = ada.uses_shortcut("Carry this").await.unwrap_err() else { panic!("was seen") };
    assert!(why.ends_with("sees: [\"Send a note\"]"), "{why}");
    ada.uses_shortcut("Send a note").await.unwrap();
    assert_eq!(ears.last()["callback_id"], "send");
    let eve = sandbox.add_person(NewPerson::stranger("eve", "Eve", "Europe/Paris"));
    assert!(matches!(eve.uses_shortcut("Send a note").await, Err(HandsError::Refused(_))));
    let url = format!("{}/control/uses_shortcut", sandbox.base_url());
    let used = json!({"person": "ada", "label": "Send a note"});
    assert_eq!(app.http.post(&url).json(&used).send().await.unwrap().status(), 200);
    let nothing = json!({"person": "ada", "label": "Carry this", "channel": "C1", "ts": "1.2"});
    let refused: Value = app.http.post(&url).json(&nothing).send().await.unwrap().json().await.unwrap();
    assert_eq!(refused["error"], "Ada Lovelace sees no message 1.2 in C1");
    sandbox.stop().await;
}

#[tokio::test]
async fn a_shortcut_nobody_acknowledges_is_an_error() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ada = sandbox.person("ada").unwrap();
    assert!(matches!(ada.uses_shortcut("send").await, Err(HandsError::NoConnection(_))));
    app.connect(std::sync::Arc::new(|_| None)).await;
    sandbox.wait_for_connections(1, std::time::Duration::from_secs(3)).await;
    assert!(matches!(ada.uses_shortcut("send").await, Err(HandsError::OperationTimeout(_))));
    assert_eq!(rules(&sandbox), ["ack_within_3s"]);
    sandbox.stop().await;
}
