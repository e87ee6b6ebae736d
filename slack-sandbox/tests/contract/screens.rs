//! Contract tests of what people see: Home, replaced messages, times, selects.

use std::sync::Arc;

use serde_json::{Value, json};
use slack_sandbox::{HandsError, Place, SandboxOptions};

use crate::common::{listening, rules, sandbox, with_button};

#[tokio::test]
async fn home_is_published_and_lost_updates_are_refused() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let _ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    let home = |text: &str| {
        json!({"type": "home", "blocks": [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}}]})
    };
    let first = app.call("views.publish", json!({"user_id": ada.id(), "view": home("one")})).await;
    let hash = first["view"]["hash"].clone();
    assert_eq!(ada.home().unwrap().to_string(), "one");
    let second = json!({"user_id": ada.id(), "view": home("two"), "hash": hash});
    assert_eq!(app.call("views.publish", second.clone()).await["ok"], true);
    assert_eq!(app.call("views.publish", second).await["error"], "hash_conflict");
    assert_eq!(ada.opens_home().await.unwrap().to_string(), "two");
    let nobody = app.call("views.publish", json!({"user_id": "U0NOBODY", "view": home("x")})).await;
    assert_eq!(nobody["ok"], false);
    assert!(rules(&sandbox).is_empty());
    sandbox.stop().await;
}

#[tokio::test]
async fn response_urls_replace_five_times_and_stale_copies_can_be_clicked() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    app.call("chat.postMessage", with_button(ada.id(), "Ready?", "Go")).await;
    let before = ada.unread();
    assert_eq!(before[0].to_string(), "Ready?\n[Go]");
    ada.read_all();
    ada.clicks("Go").await.unwrap();
    let url = ears.last()["response_url"].as_str().unwrap().to_owned();
    let respond = async |body: Value| app.http.post(&url).json(&body).send().await.unwrap().status();
    assert_eq!(respond(json!({"replace_original": true, "text": "Gone"})).await, 200);
    assert!(ada.unread().is_empty());
    let now = ada.latest_dm().unwrap();
    assert!(now.edited);
    assert_eq!(now.to_string(), "Gone");
    assert!(matches!(ada.clicks("Go").await, Err(HandsError::NotSeen(_))));
    ada.clicks_stale(&before[0], "Go").await.unwrap();
    assert_eq!(ears.last()["message"]["blocks"][1]["elements"][0]["value"], "1");
    for _ in 0..4 {
        assert_eq!(respond(json!({"text": "psst"})).await, 200);
    }
    assert_eq!(ada.ephemerals().len(), 4);
    assert_eq!(respond(json!({"text": "again"})).await, 404);
    assert_eq!(rules(&sandbox), ["used_response_url"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn times_are_read_in_each_persons_zone_and_shouting_is_noted() {
    let at = chrono::DateTime::parse_from_rfc3339("2026-03-02T09:00:00Z").unwrap().to_utc();
    let options = SandboxOptions { clock: Arc::new(move || at), ..SandboxOptions::default() };
    let (sandbox, app) = sandbox(options).await;
    let (ada, grace) = (sandbox.person("ada").unwrap(), sandbox.person("grace").unwrap());
    let text = format!("Meet <!date^{}^{{date_short_pretty}} at {{time}}|then>", at.timestamp() + 18 * 3600);
    let open = app.call("conversations.open", json!({"users": format!("{},{}", ada.id(), grace.id())})).await;
    app.call("chat.postMessage", json!({"channel": open["channel"]["id"], "text": text})).await;
    assert_eq!(ada.notifications(), ["Meet tomorrow at 3:00 AM"]);
    assert_eq!(grace.notifications(), ["Meet today at 10:00 PM"]);
    let (others, messages) = ada.group_dms().remove(0);
    assert_eq!((others, messages.len()), (vec!["grace".to_owned()], 1));
    app.call("chat.postMessage", json!({"channel": ada.id(), "text": "<!channel> hear me"})).await;
    assert_eq!(ada.latest_dm().unwrap().to_string(), "@channel hear me");
    assert_eq!(rules(&sandbox), ["broadcast"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn selects_outside_inputs_act_at_once() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    let option = |text: &str, value: &str| json!({"text": {"type": "plain_text", "text": text}, "value": value});
    let blocks = json!([
        {"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": "Rhythm"}, "accessory": {
            "type": "static_select", "action_id": "r", "options": [option("Weekly", "w"), option("Monthly", "m")]}},
        {"type": "actions", "block_id": "a", "elements": [
            {"type": "timepicker", "action_id": "t", "placeholder": {"type": "plain_text", "text": "Time"}},
            {"type": "users_select", "action_id": "u", "placeholder": {"type": "plain_text", "text": "Who"}}]},
    ]);
    app.call("chat.postMessage", json!({"channel": ada.id(), "text": "Set up", "blocks": blocks})).await;
    ada.chooses("Rhythm", "Monthly").await.unwrap();
    assert_eq!(ears.last()["actions"][0]["selected_option"]["value"], "m");
    ada.chooses("Time", "09:30").await.unwrap();
    ada.chooses("Who", "@grace").await.unwrap();
    let values = &ears.last()["state"]["values"];
    assert_eq!(values["s"]["r"]["selected_option"]["value"], "m");
    assert_eq!(values["a"]["t"]["selected_time"], "09:30");
    assert_eq!(ada.latest_dm().unwrap().to_string(), "Rhythm\n[Monthly ▾]\n[09:30 ▾] [@grace ▾]");
    let wrong = ada.chooses("Rhythm", "Daily").await.unwrap_err().to_string();
    assert!(wrong.contains("Weekly"), "{wrong}");
    let nothing = ada.clicks_in(Place::Home, "Go").await.unwrap_err();
    assert!(matches!(nothing, HandsError::NotSeen(_)));
    sandbox.stop().await;
}
