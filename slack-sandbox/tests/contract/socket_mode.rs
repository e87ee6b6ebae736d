//! Contract tests of Socket Mode: connections, acknowledgements, repetition, disconnects.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::common::{Reaction, acknowledge, rules, sandbox};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use slack_sandbox::{DisconnectReason, HandsError, Redelivery, SandboxOptions, Which};
use tokio_tungstenite::tungstenite::Message;

#[tokio::test]
async fn hello_first_and_an_address_works_once() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let url = app.socket_url().await;
    let (mut socket, _) = tokio_tungstenite::connect_async(&url).await.unwrap();
    let hello: Value = serde_json::from_str(socket.next().await.unwrap().unwrap().to_text().unwrap()).unwrap();
    assert_eq!((&hello["type"], &hello["num_connections"]), (&json!("hello"), &json!(1)));
    assert!(tokio_tungstenite::connect_async(&url).await.is_err());
    assert_eq!(rules(&sandbox), ["single_use_socket_url"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn each_envelope_goes_to_one_connection_and_all_get_some() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ada = sandbox.person("ada").unwrap();
    for _ in 0..3 {
        app.connect(acknowledge()).await;
    }
    assert!(sandbox.wait_for_connections(3, Duration::from_secs(3)).await);
    for _ in 0..20 {
        ada.types("/hello").await.unwrap();
    }
    let mut connections: Vec<u64> = sandbox.envelopes().iter().map(|envelope| envelope.connection).collect();
    assert_eq!(connections.len(), 20);
    connections.sort_unstable();
    connections.dedup();
    assert_eq!(connections, [1, 2, 3]);
    assert!(rules(&sandbox).is_empty());
    sandbox.stop().await;
}

#[tokio::test]
async fn a_late_acknowledgement_is_an_error_for_the_person_and_a_violation() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ada = sandbox.person("ada").unwrap();
    let silent: Reaction = Arc::new(|_| None);
    app.connect(silent).await;
    sandbox.wait_for_connections(1, Duration::from_secs(3)).await;
    let error = ada.types("/hello").await.unwrap_err();
    assert!(matches!(error, HandsError::OperationTimeout(_)), "{error}");
    assert_eq!(rules(&sandbox), ["ack_within_3s"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn wrong_acknowledgements_are_noted() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let (mut socket, _) = tokio_tungstenite::connect_async(app.socket_url().await).await.unwrap();
    socket.send(Message::Text(json!({"envelope_id": "x"}).to_string().into())).await.unwrap();
    socket.send(Message::Text("hello".into())).await.unwrap();
    for _ in 0..200 {
        if rules(&sandbox).len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(rules(&sandbox), ["unknown_envelope", "invalid_acknowledgement"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn unacknowledged_events_come_again_with_the_same_event_id() {
    let delays = [Duration::ZERO, Duration::from_millis(10), Duration::from_millis(10)];
    let (sandbox, app) = sandbox(SandboxOptions { redelivery_delays: delays, ..SandboxOptions::default() }).await;
    let count = Arc::new(AtomicUsize::new(0));
    let counter = count.clone();
    // Nobody acknowledges the first sending.
    let second: Reaction = Arc::new(move |_| (counter.fetch_add(1, Ordering::SeqCst) > 0).then_some(Value::Null));
    app.connect(second).await;
    sandbox.wait_for_connections(1, Duration::from_secs(3)).await;
    assert!(sandbox.send_event(json!({"type": "team_join"})).await.is_err());
    for _ in 0..200 {
        if sandbox.envelopes().get(1).is_some_and(|envelope| envelope.acknowledged_after.is_some()) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let sent = sandbox.envelopes();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0].payload["event_id"], sent[1].payload["event_id"]);
    assert_ne!(sent[0].envelope_id, sent[1].envelope_id);
    assert_eq!((sent[0].retry_attempt, sent[1].retry_attempt), (0, 1));
    sandbox.redeliver_last(Redelivery::Event).await.unwrap();
    assert_eq!(sandbox.envelopes()[2].payload["event_id"], sent[0].payload["event_id"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn disconnects_say_why_and_silence_says_nothing() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let first = app.connect(acknowledge()).await;
    sandbox.wait_for_connections(1, Duration::from_secs(3)).await;
    sandbox.disconnect(DisconnectReason::RefreshRequested, Which::All);
    let frames = first.await.unwrap();
    assert_eq!(frames.last().unwrap()["reason"], "refresh_requested");
    let second = app.connect(acknowledge()).await;
    sandbox.wait_for_connections(1, Duration::from_secs(3)).await;
    sandbox.silence(Which::All);
    assert_eq!(sandbox.connections(), 0);
    let ada = sandbox.person("ada").unwrap();
    assert!(matches!(ada.types("/hello").await, Err(HandsError::NoConnection(_))));
    assert!(!second.is_finished());
    sandbox.socket_mode_enabled(false);
    let url = format!("{}/apps.connections.open", app.api);
    let refused: Value = app.http.post(url).bearer_auth(&app.app_token).send().await.unwrap().json().await.unwrap();
    assert_eq!(refused["ok"], false);
    assert!(rules(&sandbox).is_empty());
    sandbox.stop().await;
}

#[tokio::test]
async fn org_wide_installs_have_no_team() {
    let (sandbox, app) = sandbox(SandboxOptions { enterprise_install: true, ..SandboxOptions::default() }).await;
    app.connect(acknowledge()).await;
    sandbox.wait_for_connections(1, Duration::from_secs(3)).await;
    let ada = sandbox.person("ada").unwrap();
    assert!(ada.id().starts_with('W'));
    ada.types("/hello").await.unwrap();
    ada.forges(json!({"type": "block_actions", "actions": []})).await.unwrap();
    let sent = sandbox.envelopes();
    assert_eq!(sent[0].payload["is_enterprise_install"], "true");
    assert_eq!((&sent[1].payload["team"], &sent[1].payload["is_enterprise_install"]), (&Value::Null, &json!(true)));
    sandbox.stop().await;
}
