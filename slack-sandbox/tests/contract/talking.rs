//! Contract tests of people talking: channels, threads, commands in channels, conversations without the app.

use serde_json::{Value, json};
use slack_sandbox::{HandsError, Sandbox, SandboxOptions};

use crate::common::{listening, rules, sandbox};
use crate::manifest::with_manifest;

/// The events sent so far.
fn events(sandbox: &Sandbox) -> Vec<Value> {
    let sent = sandbox.envelopes().into_iter().filter(|sent| sent.kind == "events_api");
    sent.map(|sent| sent.payload["event"].clone()).collect()
}

#[tokio::test]
async fn the_app_hears_messages_only_where_it_is() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    listening(&sandbox, &app).await;
    let (ada, grace) = (sandbox.person("ada").unwrap(), sandbox.person("grace").unwrap());
    let town = sandbox.add_channel("town", false, &["ada", "grace"]);
    let crew = sandbox.add_channel("crew", true, &["ada"]);
    ada.says_in(&town, "anybody here?", None).await.unwrap();
    assert!(events(&sandbox).is_empty());
    assert!(matches!(grace.says_in(&crew, "hello", None).await, Err(HandsError::Refused(_))));
    assert_eq!(app.call("conversations.join", json!({"channel": town})).await["ok"], true);
    ada.invites(&crew, "app").unwrap();
    let ts = ada.says_in(&town, "now? @grace", None).await.unwrap();
    let heard = &events(&sandbox)[0];
    assert_eq!(
        (&heard["channel"], &heard["channel_type"], &heard["ts"]),
        (&json!(town), &json!("channel"), &json!(ts))
    );
    assert_eq!(heard["text"], format!("now? <@{}>", grace.id()));
    assert!(heard["client_msg_id"].is_string() && heard.get("subtype").is_none());
    grace.says_in(&town, "yes", Some(&ts)).await.unwrap();
    let reply = &events(&sandbox)[1];
    assert_eq!((&reply["thread_ts"], &reply["parent_user_id"]), (&json!(ts), &json!(ada.id())));
    assert!(matches!(grace.says_in(&town, "what?", Some("1.2")).await, Err(HandsError::Refused(_))));
    ada.types_in(&crew, "@app hello").await.unwrap();
    let both: Vec<Value> = events(&sandbox)[2..].iter().map(|event| event["type"].clone()).collect();
    assert_eq!(both, ["message", "app_mention"]);
    assert_eq!(events(&sandbox)[2]["channel_type"], "group");
    let texts: Vec<String> = grace.reads(&town).iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["anybody here?", "now? @grace", "yes"]);
    assert!(grace.reads(&crew).is_empty());
    sandbox.stop().await;
}

#[tokio::test]
async fn a_manifest_says_which_messages_are_heard() {
    let open = |manifest: &mut slack_sandbox::AppManifest| {
        manifest.messages_tab_read_only = false;
        manifest.bot_events = vec!["message.mpim".to_owned()];
    };
    let (sandbox, app) = sandbox(with_manifest(open)).await;
    listening(&sandbox, &app).await;
    let (ada, grace) = (sandbox.person("ada").unwrap(), sandbox.person("grace").unwrap());
    ada.types("hello").await.unwrap();
    let town = sandbox.add_channel("town", false, &["ada"]);
    ada.invites(&town, "pigeonpost").unwrap();
    ada.says_in(&town, "hello", None).await.unwrap();
    assert!(events(&sandbox).is_empty());
    sandbox.stop().await;
    let wide = |manifest: &mut slack_sandbox::AppManifest| {
        open(manifest);
        manifest.scopes = None;
    };
    let (sandbox, app) = crate::common::sandbox(with_manifest(wide)).await;
    listening(&sandbox, &app).await;
    let users = format!("{},{}", ada.id(), grace.id());
    let group = app.call("conversations.open", json!({"users": users})).await["channel"]["id"].clone();
    let ada = sandbox.person("ada").unwrap();
    ada.says_in(group.as_str().unwrap(), "hello", None).await.unwrap();
    assert_eq!(events(&sandbox)[0]["channel_type"], "mpim");
    sandbox.stop().await;
}

#[tokio::test]
async fn commands_in_channels_say_where_and_answer_there() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let (ada, grace) = (sandbox.person("ada").unwrap(), sandbox.person("grace").unwrap());
    let town = sandbox.add_channel("town", false, &["ada", "grace"]);
    let crew = sandbox.add_channel("crew", true, &["ada"]);
    ears.says(json!({"text": "Coo"}));
    let seen = ada.types_in(&town, "/coo").await.unwrap();
    assert_eq!((seen[0].channel.as_str(), seen[0].ephemeral), (town.as_str(), true));
    assert_eq!((&ears.last()["channel_id"], &ears.last()["channel_name"]), (&json!(town), &json!("town")));
    assert!(grace.reads(&town).is_empty());
    ada.types_in(&crew, "/coo").await.unwrap();
    assert_eq!(ears.last()["channel_name"], "privategroup");
    let pair = ada.meets(&["grace"]).unwrap();
    ada.types_in(&pair, "/coo").await.unwrap();
    assert_eq!((&ears.last()["channel_id"], &ears.last()["channel_name"]), (&json!(pair), &json!("directmessage")));
    ears.says(json!({"text": "Coo, all", "response_type": "in_channel"}));
    ada.types_in(&pair, "/coo").await.unwrap();
    assert_eq!(grace.reads(&pair)[0].to_string(), "Coo, all");
    assert!(matches!(grace.types_in(&crew, "/coo").await, Err(HandsError::Refused(_))));
    sandbox.stop().await;
}

#[tokio::test]
async fn people_meet_without_the_app_and_it_knows_nothing_of_it() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    listening(&sandbox, &app).await;
    let (ada, grace) = (sandbox.person("ada").unwrap(), sandbox.person("grace").unwrap());
    sandbox.add_person(slack_sandbox::NewPerson::member("tu", "Tu Youyou", "Asia/Shanghai"));
    let pair = ada.meets(&["grace"]).unwrap();
    assert_eq!(grace.meets(&["ada"]).unwrap(), pair);
    let three = ada.meets(&["grace", "tu"]).unwrap();
    assert!(three.starts_with('G'));
    assert!(ada.meets(&["nobody"]).is_err() && ada.meets(&["app"]).is_err());
    ada.says_in(&pair, "psst", None).await.unwrap();
    assert_eq!(grace.reads(&pair)[0].to_string(), "psst");
    assert!(events(&sandbox).is_empty() && grace.dms().is_empty() && grace.group_dms().is_empty());
    let known = app.call("conversations.open", json!({"users": ada.id()})).await["channel"]["id"].clone();
    assert_ne!(known, json!(pair));
    for method in ["conversations.history", "conversations.info", "conversations.members"] {
        assert_eq!(app.get(method, &format!("channel={pair}")).await["error"], "channel_not_found", "{method}");
    }
    let ts = &grace.reads(&pair)[0].ts;
    for (method, body) in [
        ("chat.postMessage", json!({"channel": pair, "text": "hi"})),
        ("chat.postEphemeral", json!({"channel": pair, "user": ada.id(), "text": "hi"})),
        ("chat.delete", json!({"channel": pair, "ts": ts})),
        ("reactions.add", json!({"channel": pair, "timestamp": ts, "name": "eyes"})),
        ("conversations.join", json!({"channel": pair})),
    ] {
        assert_eq!(app.call(method, body).await["error"], "channel_not_found", "{method}");
    }
    let listed = app.get("conversations.list", "types=im,mpim").await;
    assert!(listed["channels"].as_array().unwrap().iter().all(|channel| channel["id"] != json!(pair)));
    assert!(rules(&sandbox).is_empty());
    sandbox.stop().await;
}

#[tokio::test]
async fn where_messages_are_turned_off_commands_are_typed_in_the_notes() {
    let (sandbox, app) = sandbox(with_manifest(|_| ())).await;
    let ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    ada.types("/coo").await.unwrap();
    let notes = ada.meets(&[]).unwrap();
    assert_eq!((&ears.last()["channel_id"], &ears.last()["channel_name"]), (&json!(notes), &json!("directmessage")));
    let posted = app.call("chat.postMessage", json!({"channel": notes, "text": "coo"})).await;
    assert_eq!(posted["error"], "channel_not_found");
    sandbox.stop().await;
}
