//! Contract tests of time and trouble: rates, faults, scheduled messages.

use chrono::TimeDelta;
use serde_json::{Value, json};
use slack_sandbox::{Fault, FaultHow, FaultWhen, SandboxOptions};

use crate::common::{frozen, rules, sandbox};

#[tokio::test]
async fn rates_follow_the_wall_clock_and_calls_inside_the_wait_are_noted() {
    let (at, options) = frozen();
    let (sandbox, app) = sandbox(options).await;
    let ada = sandbox.person("ada").unwrap();
    let post = async || {
        let url = format!("{}/chat.postMessage", app.api);
        let body = json!({"channel": ada.id(), "text": "hi"});
        app.http.post(url).bearer_auth(&app.bot_token).json(&body).send().await.unwrap()
    };
    for _ in 0..4 {
        assert_eq!(post().await.status(), 200);
    }
    let refused = post().await;
    assert_eq!((refused.status().as_u16(), refused.headers()["retry-after"].to_str().unwrap()), (429, "1"));
    assert!(rules(&sandbox).is_empty());
    post().await;
    assert_eq!(rules(&sandbox), ["called_inside_retry_after"]);
    *at.lock().unwrap() += TimeDelta::seconds(1);
    assert_eq!(post().await.status(), 200);
    sandbox.stop().await;
}

#[tokio::test]
async fn faults_strike_before_or_after_the_effect() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ada = sandbox.person("ada").unwrap();
    let order = |when, how| {
        sandbox.inject(Fault { method: "chat.postMessage".into(), when, how, times: 1 });
    };
    let post = async |text: &str| {
        let url = format!("{}/chat.postMessage", app.api);
        let body = json!({"channel": ada.id(), "text": text});
        app.http.post(url).bearer_auth(&app.bot_token).json(&body).send().await
    };
    order(FaultWhen::Before, FaultHow::Status(503));
    assert_eq!(post("lost").await.unwrap().status(), 503);
    order(FaultWhen::After, FaultHow::DropConnection);
    assert!(post("arrived").await.is_err());
    order(FaultWhen::After, FaultHow::Truncated);
    assert!(post("half").await.unwrap().bytes().await.is_err());
    order(FaultWhen::Before, FaultHow::Nonsense);
    assert!(post("html").await.unwrap().json::<Value>().await.is_err());
    order(FaultWhen::Before, FaultHow::RateLimited { retry_after: 7 });
    assert_eq!(post("limited").await.unwrap().headers()["retry-after"], "7");
    let texts: Vec<String> = ada.dms().iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["arrived", "half"]);
    let statuses: Vec<u16> = sandbox.calls().iter().map(|call| call.status).collect();
    assert_eq!(statuses, [503, 0, 200, 200, 429]);
    sandbox.stop().await;
}

#[tokio::test]
async fn scheduled_messages_come_in_time_and_never_with_metadata() {
    let (at, options) = frozen();
    let (sandbox, app) = sandbox(options).await;
    let ada = sandbox.person("ada").unwrap();
    let now = at.lock().unwrap().timestamp();
    let schedule = async |after: i64, metadata: Value| {
        let body = json!({"channel": ada.id(), "text": "later", "post_at": now + after, "metadata": metadata});
        app.call("chat.scheduleMessage", body).await
    };
    assert_eq!(schedule(-1, Value::Null).await["error"], "time_in_past");
    assert_eq!(schedule(121 * 86_400, Value::Null).await["error"], "time_too_far");
    assert_eq!(schedule(60, Value::Null).await["ok"], true);
    assert_eq!(schedule(60, json!({"event_type": "x", "event_payload": {}})).await["ok"], true);
    assert!(ada.dms().is_empty());
    *at.lock().unwrap() += TimeDelta::seconds(61);
    assert_eq!(ada.dms().len(), 1);
    assert_eq!(rules(&sandbox), ["scheduled_message_with_metadata"]);
    sandbox.stop().await;
}
