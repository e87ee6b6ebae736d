//! Contract tests of group direct messages: who is let in, which scopes they need, threads, and what people see of them.

use serde_json::{Value, json};
use slack_sandbox::{HandsError, NewPerson, Sandbox, SandboxOptions};

use crate::common::{RawApp, http_client, listening, rules, sandbox};

/// The ids of people in the order of their handles, as `conversations.open` takes them.
fn ids(sandbox: &Sandbox, handles: &[&str]) -> String {
    let ids: Vec<String> = handles.iter().map(|handle| sandbox.person(handle).unwrap().id().to_owned()).collect();
    ids.join(",")
}

async fn open(app: &RawApp, users: String) -> Value {
    app.call("conversations.open", json!({"users": users})).await
}

#[tokio::test]
async fn two_to_eight_people_are_one_group_in_any_order() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let more = ["b", "c", "d", "e", "f", "g", "h"];
    for handle in more {
        sandbox.add_person(NewPerson::member(handle, handle, "UTC"));
    }
    let three = open(&app, ids(&sandbox, &["ada", "grace", "b"])).await;
    assert!(three["channel"]["id"].as_str().unwrap().starts_with('G') && three.get("already_open").is_none());
    let again = open(&app, ids(&sandbox, &["b", "ada", "grace", "ada"])).await;
    assert_eq!((&again["channel"]["id"], &again["already_open"]), (&three["channel"]["id"], &json!(true)));
    let two = open(&app, ids(&sandbox, &["ada", "grace"])).await;
    assert_ne!(two["channel"]["id"], three["channel"]["id"]);
    let eight: Vec<&str> = ["ada"].into_iter().chain(more).collect();
    assert_eq!(open(&app, ids(&sandbox, &eight)).await["ok"], true);
    let nine: Vec<&str> = ["ada", "grace"].into_iter().chain(more).collect();
    assert_eq!(open(&app, ids(&sandbox, &nine)).await["error"], "too_many_users");
    let shown = app.get("conversations.info", &format!("channel={}", three["channel"]["id"].as_str().unwrap())).await;
    assert_eq!((&shown["channel"]["is_mpim"], &shown["channel"]["num_members"]), (&json!(true), &json!(4)));
    sandbox.stop().await;
}

#[tokio::test]
async fn who_cannot_be_brought_together_is_said_as_slack_says_it() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    sandbox.add_person(NewPerson::stranger("eve", "Eve", "Europe/Paris"));
    sandbox.add_person(NewPerson::deactivated("old", "Old Hand", "Europe/Paris"));
    sandbox.add_person(NewPerson::bot("robot", "Robot"));
    let with = async |handle: &str| open(&app, ids(&sandbox, &["ada", "grace", handle])).await["error"].clone();
    assert_eq!(with("old").await, "user_disabled");
    assert_eq!(with("robot").await, "cannot_dm_bot");
    assert_eq!(with("eve").await, "invalid_user_combination");
    assert_eq!(open(&app, format!("{},U0NOBODY", ids(&sandbox, &["ada"]))).await["error"], "user_not_found");
    // Ordered by whoever tests the app: for a group with these two, whoever else is in it, and for no other.
    sandbox.add_person(NewPerson::member("tu", "Tu Youyou", "Asia/Shanghai"));
    sandbox.keep_apart(&["ada", "grace"], "restricted_action");
    assert_eq!(with("tu").await, "restricted_action");
    assert_eq!(open(&app, ids(&sandbox, &["ada", "grace"])).await["error"], "restricted_action");
    assert_eq!(open(&app, ids(&sandbox, &["ada"])).await["ok"], true);
    assert_eq!(open(&app, ids(&sandbox, &["ada", "tu"])).await["ok"], true);
    sandbox.let_together();
    assert_eq!(open(&app, ids(&sandbox, &["ada", "grace"])).await["ok"], true);
    let order = json!({"people": ["ada", "tu"], "error": "user_not_visible"});
    let ordered = http_client().post(format!("{}/control/keep_apart", sandbox.base_url())).json(&order).send().await;
    assert_eq!(ordered.unwrap().status(), 200);
    assert_eq!(open(&app, ids(&sandbox, &["ada", "tu"])).await["error"], "user_not_visible");
    assert!(rules(&sandbox).is_empty());
    sandbox.stop().await;
}

#[tokio::test]
async fn groups_need_scopes_of_their_own() {
    let options = |scopes: &[&str]| SandboxOptions {
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        ..SandboxOptions::default()
    };
    let (narrow, app) = sandbox(options(&["chat:write", "im:write", "im:history"])).await;
    let refused = open(&app, ids(&narrow, &["ada", "grace"])).await;
    assert_eq!((&refused["error"], &refused["needed"]), (&json!("missing_scope"), &json!("mpim:write")));
    narrow.stop().await;
    let (blind, app) = sandbox(options(&["chat:write", "mpim:write", "im:history"])).await;
    let opened = open(&app, ids(&blind, &["ada", "grace"])).await;
    let group = opened["channel"]["id"].as_str().unwrap().to_owned();
    let posted = app.call("chat.postMessage", json!({"channel": group, "text": "hi"})).await;
    for query in [format!("channel={group}"), format!("channel={group}&ts={}", posted["ts"].as_str().unwrap())] {
        let method = if query.contains("ts=") { "conversations.replies" } else { "conversations.history" };
        let refused = app.get(method, &query).await;
        assert_eq!((&refused["error"], &refused["needed"]), (&json!("missing_scope"), &json!("mpim:history")));
    }
    blind.stop().await;
}

#[tokio::test]
async fn a_thread_in_a_group_is_seen_and_answered_and_found_by_its_metadata() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    listening(&sandbox, &app).await;
    sandbox.add_person(NewPerson::member("tu", "Tu Youyou", "Asia/Shanghai"));
    let (ada, grace, tu) =
        (sandbox.person("ada").unwrap(), sandbox.person("grace").unwrap(), sandbox.person("tu").unwrap());
    let opened = open(&app, ids(&sandbox, &["ada", "grace"])).await;
    let group = opened["channel"]["id"].as_str().unwrap();
    let first = app.call("chat.postMessage", json!({"channel": group, "text": "Meet each other"})).await;
    let root = first["ts"].as_str().unwrap();
    let reply = json!({"channel": group, "text": "A week later", "thread_ts": root,
        "metadata": {"event_type": "note", "event_payload": {"n": 7}}});
    let replied = app.call("chat.postMessage", reply).await;
    assert_eq!(replied["message"]["thread_ts"], root);
    grace.says_in(group, "Gladly!", Some(root)).await.unwrap();
    assert!(matches!(tu.says_in(group, "And me?", Some(root)).await, Err(HandsError::Refused(_))));
    let (others, seen) = ada.group_dms().remove(0);
    assert_eq!(others, ["grace"]);
    let said: Vec<(String, bool)> =
        seen.iter().map(|message| (message.to_string(), message.thread_ts.as_deref() == Some(root))).collect();
    let expected = [("Meet each other", false), ("A week later", true), ("Gladly!", true)];
    assert_eq!(said, expected.map(|(text, inside)| (text.to_owned(), inside)));
    // The history shows the parent alone; the thread shows the reply, and what travels with it.
    let history = app.get("conversations.history", &format!("channel={group}&include_all_metadata=true")).await;
    assert_eq!(history["messages"].as_array().unwrap().len(), 1);
    assert_eq!((&history["messages"][0]["reply_count"], &history["messages"][0]["ts"]), (&json!(2), &json!(root)));
    let query = format!("channel={group}&ts={root}&include_all_metadata=true");
    let thread = app.get("conversations.replies", &query).await;
    assert_eq!(thread["messages"][1]["metadata"]["event_payload"], json!({"n": 7}));
    let nowhere = json!({"channel": group, "text": "To nobody", "thread_ts": "1.000001"});
    assert_eq!(app.call("chat.postMessage", nowhere).await["error"], "cannot_reply_to_message");
    assert!(rules(&sandbox).is_empty());
    let below = json!({"channel": group, "text": "Below a reply", "thread_ts": replied["ts"]});
    assert_eq!(app.call("chat.postMessage", below).await["ok"], true);
    assert_eq!(rules(&sandbox), ["reply_to_a_reply"]);
    sandbox.stop().await;
}
