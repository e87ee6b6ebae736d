//! Contract tests of the Web API: what Slack accepts, refuses and answers.

use crate::common::{RawApp, frozen, rules, sandbox, with_button};
use chrono::TimeDelta;
use serde_json::{Value, json};
use slack_sandbox::{NewPerson, SandboxOptions};

#[tokio::test]
async fn tokens_scopes_and_arguments_are_checked() {
    let options = SandboxOptions { scopes: vec!["chat:write".into()], ..SandboxOptions::default() };
    let (sandbox, app) = sandbox(options).await;
    let none: Value = app.http.post(format!("{}/auth.test", app.api)).send().await.unwrap().json().await.unwrap();
    assert_eq!(none["error"], "not_authed");
    let wrong = RawApp { bot_token: "xoxb-wrong".into(), ..app.clone() };
    assert_eq!(wrong.call("auth.test", json!({})).await["error"], "invalid_auth");
    assert_eq!(app.call("apps.connections.open", json!({})).await["error"], "not_allowed_token_type");
    let refused = app.get("users.info", "user=U0ADA0000").await;
    assert_eq!((refused["error"].as_str(), refused["needed"].as_str()), (Some("missing_scope"), Some("users:read")));
    assert_eq!(app.call("chat.postMessage", json!({"text": "hi"})).await["error"], "invalid_arguments");
    assert_eq!(app.call("chat.shout", json!({})).await["error"], "unknown_method");
    let ada = sandbox.person("ada").unwrap();
    let posted = app.call("chat.postMessage", json!({"channel": ada.id(), "text": "hi", "colour": "red"})).await;
    assert_eq!(posted["ok"], true);
    assert_eq!(rules(&sandbox).last(), Some(&"unknown_argument"));
    sandbox.stop().await;
}

#[tokio::test]
async fn json_bodies_are_ignored_where_slack_ignores_them() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ada = sandbox.person("ada").unwrap();
    assert_eq!(app.call("users.info", json!({"user": ada.id()})).await["error"], "invalid_arguments");
    let known = app.get("users.info", &format!("user={}", ada.id())).await;
    assert_eq!(known["user"]["tz"], "Europe/London");
    assert!(rules(&sandbox).contains(&"json_body_not_accepted"));
    sandbox.stop().await;
}

#[tokio::test]
async fn the_same_people_share_one_conversation_and_strangers_need_a_channel() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let id = |handle: &str| sandbox.person(handle).unwrap().id().to_owned();
    sandbox.add_person(NewPerson::stranger("eve", "Eve", "Europe/Paris"));
    sandbox.add_person(NewPerson::deactivated("old", "Old Hand", "Europe/Paris"));
    let open = async |users: String| app.call("conversations.open", json!({"users": users})).await;
    let first = open(format!("{},{}", id("ada"), id("grace"))).await;
    let second = open(format!("{},{}", id("grace"), id("ada"))).await;
    assert_eq!(first["channel"]["id"], second["channel"]["id"]);
    assert_eq!(open(id("old")).await["error"], "user_disabled");
    assert_eq!(open(format!("{},{}", id("ada"), id("eve"))).await["error"], "invalid_user_combination");
    sandbox.share_with("eve");
    // A channel of their own with the workspace is none with Ada.
    assert_eq!(open(id("eve")).await["ok"], true);
    assert_eq!(open(format!("{},{}", id("ada"), id("eve"))).await["error"], "invalid_user_combination");
    sandbox.add_channel("town", false, &["ada", "eve"]);
    assert_eq!(open(format!("{},{}", id("ada"), id("eve"))).await["ok"], true);
    assert_eq!(open(format!("{},{},{}", id("ada"), id("eve"), id("grace"))).await["error"], "invalid_user_combination");
    assert_eq!(open("U0NOBODY".into()).await["error"], "user_not_found");
    assert_eq!(open(String::new()).await["error"], "users_list_not_supplied");
    sandbox.stop().await;
}

#[tokio::test]
async fn blocks_are_judged_with_pointers_and_nothing_is_posted() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ada = sandbox.person("ada").unwrap();
    let mut message = with_button(ada.id(), "hi", "Go");
    message["blocks"][0]["block_id"] = json!("row");
    let refused = app.call("chat.postMessage", message).await;
    assert_eq!(refused["error"], "invalid_blocks");
    let told = refused["response_metadata"]["messages"][0].as_str().unwrap();
    assert!(told.contains("[json-pointer:/blocks/1/block_id]"), "{told}");
    let long = json!({"channel": ada.id(), "text": "t", "blocks": [
        {"type": "header", "text": {"type": "plain_text", "text": "x".repeat(151)}}]});
    let told = app.call("chat.postMessage", long).await["response_metadata"]["messages"][0].to_string();
    assert!(told.contains("[json-pointer:/blocks/0/text"), "{told}");
    let date = json!({"channel": ada.id(), "text": "t", "blocks": [{"type": "rich_text", "elements": [
        {"type": "rich_text_section", "elements": [{"type": "date", "timestamp": 0, "format": "{date_num}"}]}]}]});
    assert_eq!(app.call("chat.postMessage", date).await["ok"], true);
    assert_eq!(ada.latest_dm().unwrap().to_string(), "1970-01-01");
    assert_eq!(ada.dms().len(), 1);
    assert_eq!(rules(&sandbox), ["invalid_blocks", "invalid_blocks"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn metadata_comes_back_only_when_asked_and_twice_is_noticed() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ada = sandbox.person("ada").unwrap();
    let metadata = json!({"event_type": "sent", "event_payload": {"nonce": "n1"}});
    let message = json!({"channel": ada.id(), "text": "hi", "metadata": metadata});
    let posted = app.call("chat.postMessage", message.clone()).await;
    let channel = posted["channel"].as_str().unwrap();
    let plain = app.get("conversations.history", &format!("channel={channel}")).await;
    assert!(plain["messages"][0].get("metadata").is_none());
    assert_eq!(plain["messages"][0]["app_id"], sandbox.app_id());
    let full = app.get("conversations.history", &format!("channel={channel}&include_all_metadata=true")).await;
    assert_eq!(full["messages"][0]["metadata"], metadata);
    app.call("chat.postMessage", message).await;
    let bad = json!({"channel": channel, "text": "hi", "metadata": {"event_type": "sent"}});
    assert_eq!(app.call("chat.postMessage", bad).await["error"], "invalid_metadata_format");
    assert_eq!(rules(&sandbox), ["duplicate_send", "invalid_metadata"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn history_pages_and_bounds() {
    let (at, options) = frozen();
    let (sandbox, app) = sandbox(options).await;
    let ada = sandbox.person("ada").unwrap();
    let mut stamps = Vec::new();
    let mut channel = String::new();
    for number in 0..5 {
        *at.lock().unwrap() += TimeDelta::seconds(2);
        let posted = app.call("chat.postMessage", json!({"channel": ada.id(), "text": format!("{number}")})).await;
        stamps.push(posted["ts"].as_str().unwrap().to_owned());
        channel = posted["channel"].as_str().unwrap().to_owned();
    }
    let texts = |body: &Value| {
        body["messages"].as_array().unwrap().iter().map(|m| m["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let first = app.get("conversations.history", &format!("channel={channel}&limit=2")).await;
    assert_eq!((texts(&first), first["has_more"].as_bool()), (vec!["4".into(), "3".into()], Some(true)));
    let cursor = first["response_metadata"]["next_cursor"].as_str().unwrap().replace('=', "%3D");
    let second = app.get("conversations.history", &format!("channel={channel}&limit=2&cursor={cursor}")).await;
    assert_eq!(texts(&second), ["2", "1"]);
    let bounds = format!("channel={channel}&oldest={}&latest={}", stamps[1], stamps[3]);
    assert_eq!(texts(&app.get("conversations.history", &bounds).await), ["2"]);
    assert_eq!(texts(&app.get("conversations.history", &format!("{bounds}&inclusive=true")).await), ["3", "2", "1"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn files_are_announced_uploaded_and_shared() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ada = sandbox.person("ada").unwrap();
    let url = app.get("files.getUploadURLExternal", "filename=plan.csv&length=3").await;
    let address = url["upload_url"].as_str().unwrap();
    assert_eq!(app.http.post(address).body("a,b").send().await.unwrap().status(), 200);
    let open = app.call("conversations.open", json!({"users": ada.id()})).await;
    let share = json!({"files": [{"id": url["file_id"], "title": "The plan"}], "channel_id": open["channel"]["id"]});
    assert_eq!(app.call("files.completeUploadExternal", share).await["ok"], true);
    assert_eq!(ada.latest_dm().unwrap().files, ["The plan"]);
    assert_eq!(sandbox.file("plan.csv").unwrap(), b"a,b");
    sandbox.stop().await;
}

#[tokio::test]
async fn a_file_goes_into_a_thread_and_its_address_is_used_once() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ada = sandbox.person("ada").unwrap();
    let open = app.call("conversations.open", json!({"users": ada.id()})).await;
    let channel = open["channel"]["id"].as_str().unwrap();
    let parent = app.call("chat.postMessage", json!({"channel": channel, "text": "Here"})).await;
    let uploaded = async || {
        let url = app.get("files.getUploadURLExternal", "filename=plan-7.ics&length=3").await;
        let address = url["upload_url"].as_str().unwrap().to_owned();
        assert_eq!(app.http.post(&address).body("a,b").send().await.unwrap().status(), 200);
        assert_eq!(app.http.post(&address).body("c,d").send().await.unwrap().status(), 404, "once");
        url["file_id"].clone()
    };
    let share = json!({"files": [{"id": uploaded().await}], "channel_id": channel, "thread_ts": parent["ts"]});
    assert_eq!(app.call("files.completeUploadExternal", share.clone()).await["ok"], true);
    assert_eq!(app.call("files.completeUploadExternal", share).await["error"], "file_not_found", "shared once");
    let window = format!("channel={channel}&ts={}", parent["ts"].as_str().unwrap());
    let replies = app.get("conversations.replies", &window).await;
    let reply = &replies["messages"][1];
    assert_eq!((&reply["files"][0]["name"], &reply["thread_ts"]), (&json!("plan-7.ics"), &parent["ts"]));
    assert!(reply["bot_id"].is_string() && reply["upload"] == false);
    let history = app.get("conversations.history", &format!("channel={channel}")).await;
    assert_eq!(history["messages"].as_array().unwrap().len(), 1, "a reply is not in the history");
    // Not below a reply, not below nothing.
    for ts in [reply["ts"].clone(), json!("1.000001")] {
        let share = json!({"files": [{"id": uploaded().await}], "channel_id": channel, "thread_ts": ts});
        assert_eq!(app.call("files.completeUploadExternal", share).await["error"], "invalid_arguments");
    }
    let broken: Vec<_> = sandbox.violations().iter().map(|violation| violation.rule).collect();
    assert_eq!(broken.iter().filter(|rule| **rule == "thread_of_a_file").count(), 2);
    assert_eq!(broken.iter().filter(|rule| **rule == "upload_twice").count(), 3);
    sandbox.stop().await;
}
