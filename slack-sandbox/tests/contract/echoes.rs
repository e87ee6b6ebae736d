//! Contract tests of the app's own messages coming back to it as events.

use serde_json::{Value, json};
use slack_sandbox::{AppManifest, Sandbox, SandboxOptions};

use crate::common::{listening, sandbox, with_button};
use crate::manifest::with_manifest;

fn heard(sandbox: &Sandbox) -> Vec<Value> {
    let sent = sandbox.envelopes().into_iter().filter(|sent| sent.kind == "events_api");
    sent.map(|sent| sent.payload["event"].clone()).collect()
}

async fn nth(sandbox: &Sandbox, index: usize) -> Value {
    let ada = sandbox.person("ada").unwrap();
    ada.wait_for("an event", |_| heard(sandbox).get(index).cloned()).await.unwrap()
}

fn subscribed(manifest: &mut AppManifest) {
    manifest.scopes = None;
    manifest.bot_events = vec!["message.im".to_owned()];
}

#[tokio::test]
async fn own_messages_edits_and_deletions_come_back() {
    let (sandbox, app) = sandbox(with_manifest(subscribed)).await;
    let ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    let posted = app.call("chat.postMessage", with_button(ada.id(), "Coo", "Go")).await;
    let (channel, ts) = (&posted["channel"], &posted["ts"]);
    let own = nth(&sandbox, 0).await;
    assert_eq!((&own["type"], &own["ts"], &own["channel_type"]), (&json!("message"), ts, &json!("im")));
    assert_eq!((&own["bot_id"], &own["app_id"]), (&json!(sandbox.bot_id()), &json!(sandbox.app_id())));
    assert_eq!((&own["user"], &own["bot_profile"]["name"]), (&json!(sandbox.bot_user()), &json!("Pigeon Post")));
    assert!(own.get("subtype").is_none() && own.get("client_msg_id").is_none());
    app.call("chat.postMessage", json!({"channel": channel, "text": "A reply", "thread_ts": ts})).await;
    let reply = nth(&sandbox, 1).await;
    assert_eq!((&reply["thread_ts"], &reply["parent_user_id"]), (ts, &json!(sandbox.bot_user())));
    app.call("chat.update", json!({"channel": channel, "ts": ts, "text": "Coo coo"})).await;
    let changed = nth(&sandbox, 2).await;
    assert_eq!((&changed["subtype"], &changed["hidden"]), (&json!("message_changed"), &json!(true)));
    assert_eq!((&changed["message"]["text"], &changed["previous_message"]["text"]), (&json!("Coo coo"), &json!("Coo")));
    assert!(changed["message"]["edited"]["ts"].is_string() && changed["ts"] != *ts);
    assert_eq!(changed["ts"], changed["event_ts"]);
    app.call("chat.delete", json!({"channel": channel, "ts": ts})).await;
    let deleted = nth(&sandbox, 3).await;
    assert_eq!((&deleted["subtype"], &deleted["deleted_ts"]), (&json!("message_deleted"), ts));
    assert_eq!(deleted["previous_message"]["text"], "Coo coo");
    assert_eq!(ears.last()["event"]["channel"], *channel);
    sandbox.stop().await;
}

#[tokio::test]
async fn what_is_not_subscribed_or_is_for_one_alone_does_not_come_back() {
    let (sandbox, app) = sandbox(with_manifest(subscribed)).await;
    listening(&sandbox, &app).await;
    let (ada, grace) = (sandbox.person("ada").unwrap(), sandbox.person("grace").unwrap());
    let users = format!("{},{}", ada.id(), grace.id());
    let group = app.call("conversations.open", json!({"users": users})).await["channel"]["id"].clone();
    app.call("chat.postMessage", json!({"channel": group, "text": "all"})).await;
    let direct = app.call("conversations.open", json!({"users": ada.id()})).await["channel"]["id"].clone();
    app.call("chat.postEphemeral", json!({"channel": direct, "user": ada.id(), "text": "one"})).await;
    app.call("chat.postMessage", json!({"channel": direct, "text": "last"})).await;
    assert_eq!(nth(&sandbox, 0).await["text"], "last");
    assert_eq!(heard(&sandbox).len(), 1);
    sandbox.stop().await;
    let (sandbox, app) = crate::common::sandbox(SandboxOptions::default()).await;
    listening(&sandbox, &app).await;
    app.call("chat.postMessage", json!({"channel": ada.id(), "text": "unheard"})).await;
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert!(heard(&sandbox).is_empty());
    sandbox.stop().await;
}

#[tokio::test]
async fn files_and_public_answers_come_back_in_their_own_shapes() {
    let (sandbox, app) = sandbox(with_manifest(|manifest| {
        subscribed(manifest);
        manifest.messages_tab_read_only = false;
    }))
    .await;
    let ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    ears.says(json!({"text": "Coo, all", "response_type": "in_channel"}));
    ada.types("/coo").await.unwrap();
    let answer = nth(&sandbox, 0).await;
    assert_eq!((&answer["subtype"], &answer["text"]), (&json!("bot_message"), &json!("Coo, all")));
    assert!(answer["bot_id"].is_string() && answer.get("user").is_none());
    let url = app.get("files.getUploadURLExternal", "filename=plan.csv&length=3").await;
    app.http.post(url["upload_url"].as_str().unwrap()).body("a,b").send().await.unwrap();
    let share = json!({"files": [{"id": url["file_id"]}], "channel_id": answer["channel"]});
    app.call("files.completeUploadExternal", share).await;
    let file = nth(&sandbox, 1).await;
    assert_eq!((&file["subtype"], &file["files"][0]["name"]), (&json!("file_share"), &json!("plan.csv")));
    sandbox.stop().await;
}
