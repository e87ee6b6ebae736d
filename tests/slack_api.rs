//! A failed call says whether Slack may have acted, and nothing of what was said.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use mentor::slack::api::{Api, ApiOptions, ApiSetupFailure, CallFailure, Outgoing};
use mentor::slack::method::Method;
use serde_json::{Value, json};
use tokio::sync::Mutex;

/// Answers every call alike and keeps what it was asked.
#[derive(Clone)]
struct Answering {
    status: StatusCode,
    headers: Vec<(&'static str, &'static str)>,
    body: String,
    asked: Arc<Mutex<Vec<(Uri, Value)>>>,
}

async fn answer(State(answering): State<Answering>, uri: Uri, body: Bytes) -> Response {
    let body = serde_json::from_slice(&body).unwrap_or_default();
    answering.asked.lock().await.push((uri, body));
    let mut response = (answering.status, answering.body).into_response();
    response.headers_mut().remove("content-type");
    for (name, value) in answering.headers {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    response
}

fn api(address: &str) -> Api {
    Api::new(&ApiOptions {
        api_url: format!("http://{address}/api"),
        bot_token: "xoxb-canary".into(),
        app_token: "xapp-canary".into(),
        timeout: Duration::from_millis(500),
    })
    .unwrap()
}

async fn serving(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> (Api, Answering) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let answering = Answering {
        status: StatusCode::from_u16(status).unwrap(),
        headers: headers.to_vec(),
        body: body.to_owned(),
        asked: Arc::default(),
    };
    let router = Router::new().fallback(answer).with_state(answering.clone());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (api(&address), answering)
}

type Headers = &'static [(&'static str, &'static str)];

const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");

fn message() -> Outgoing {
    Outgoing { text: "canary".to_owned(), blocks: json!([{ "type": "divider" }]) }
}

async fn post(api: &Api) -> CallFailure {
    let failure = api.post_message("D1", &message(), "n1", None).await.unwrap_err();
    let printed = format!("{failure} {failure:?}");
    assert!(!printed.contains("canary"), "{printed}");
    failure
}

#[tokio::test]
async fn a_definite_no() {
    for code in ["channel_not_found", "invalid_auth", "hash_conflict"] {
        let (api, _) = serving(200, &[JSON], &json!({ "ok": false, "error": code, "canary": 1 }).to_string()).await;
        assert_eq!(post(&api).await, CallFailure::Refused { method: Method::ChatPostMessage, code: code.to_owned() });
    }
}

#[tokio::test]
async fn doubt() {
    let answers: [(u16, Headers, &str); 13] = [
        (200, &[JSON], r#"{"ok":false,"error":"fatal_error"}"#),
        (200, &[JSON], r#"{"ok":false,"error":"internal_error"}"#),
        (200, &[JSON], r#"{"ok":false,"error":"canary with spaces"}"#),
        (200, &[JSON], r#"{"ok":false}"#),
        (200, &[JSON], r#"{"ok":true}"#),
        (200, &[JSON], r#"{"ok":true,"channel":"D1","ts":"#),
        (200, &[JSON], "canary"),
        (200, &[("content-type", "text/html")], "<html>canary</html>"),
        (500, &[], "canary"),
        (503, &[JSON], r#"{"ok":false,"error":"channel_not_found"}"#),
        (403, &[], "canary"),
        // Without a content type the client underneath takes it for JSON, and the status is lost.
        (429, &[("retry-after", "7")], ""),
        (302, &[("location", "http://127.0.0.1/canary")], ""),
    ];
    for (status, headers, body) in answers {
        let (api, _) = serving(status, headers, body).await;
        let failure = post(&api).await;
        assert!(matches!(failure, CallFailure::Uncertain { .. }), "{status} {body}: {failure:?}");
    }
}

#[tokio::test]
async fn too_fast() {
    let limited = |seconds| CallFailure::RateLimited {
        method: Method::ChatPostMessage,
        retry_after: Duration::from_secs(seconds),
    };
    let (api, _) = serving(429, &[("retry-after", "7"), ("content-type", "text/plain")], "").await;
    assert_eq!(post(&api).await, limited(7));
    let (api, _) = serving(429, &[("retry-after", "7"), JSON], r#"{"ok":false,"error":"ratelimited"}"#).await;
    assert_eq!(post(&api).await, limited(7));
    let (api, _) = serving(429, &[("content-type", "text/plain")], "").await;
    assert_eq!(post(&api).await, limited(30));
    let (api, _) = serving(200, &[JSON], r#"{"ok":false,"error":"ratelimited"}"#).await;
    assert_eq!(post(&api).await, limited(30));
}

#[tokio::test]
async fn no_connection_and_no_answer() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    // It connects, but nobody ever answers.
    assert!(matches!(post(&api(&address)).await, CallFailure::Uncertain { .. }));
    // The connection is closed after the request.
    let closing = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            stream.readable().await.unwrap();
        }
    });
    assert!(matches!(post(&api(&address)).await, CallFailure::Uncertain { .. }));
    closing.abort();
    let _aborted = closing.await;
    assert!(matches!(post(&api(&address)).await, CallFailure::NotSent { .. }));
    assert!(matches!(post(&api("no-such-host.invalid")).await, CallFailure::NotSent { .. }));
}

#[tokio::test]
async fn what_is_asked() {
    let (api, answering) = serving(200, &[JSON], r#"{"ok":true,"channel":"D1","ts":"1.2"}"#).await;
    let posted = api.post_message("D1", &message(), "n1", Some("1.1")).await.unwrap();
    assert_eq!((posted.channel.as_str(), posted.ts.as_str()), ("D1", "1.2"));
    let (uri, body) = answering.asked.lock().await.remove(0);
    assert_eq!(uri.path(), "/api/chat.postMessage");
    let expected = json!({
        "channel": "D1", "text": "canary", "blocks": [{ "type": "divider" }], "thread_ts": "1.1",
        "unfurl_links": false, "unfurl_media": false,
        "metadata": { "event_type": "delivery", "event_payload": { "nonce": "n1" } },
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn history_is_read_with_its_nonces() {
    let page = json!({
        "ok": true, "has_more": true, "response_metadata": { "next_cursor": "c2" },
        "messages": [
            { "ts": "2.0", "text": "canary", "bot_id": "B1", "bot_profile": { "app_id": "A1" },
              "metadata": { "event_type": "delivery", "event_payload": { "nonce": "n1" } } },
            { "ts": "1.0", "user": "U1", "metadata": { "event_type": "other", "event_payload": { "nonce": "n2" } } },
        ],
    });
    let (api, answering) = serving(200, &[JSON], &page.to_string()).await;
    let read = api.history("D1", "0.5", "2.5", None).await.unwrap();
    assert_eq!(read.next.as_deref(), Some("c2"));
    let told: Vec<_> =
        read.messages.iter().map(|message| (message.nonce.as_deref(), message.app_id.as_deref())).collect();
    assert_eq!(told, [(Some("n1"), Some("A1")), (None, None)]);
    assert!(!format!("{read:?}").contains("canary"));
    let (uri, _) = answering.asked.lock().await.remove(0);
    let query = uri.query().unwrap().to_owned();
    for part in ["oldest=0.5", "latest=2.5", "inclusive=true", "include_all_metadata=true"] {
        assert!(query.contains(part), "{query}");
    }

    let endless = json!({ "ok": true, "has_more": true, "messages": [] }).to_string();
    let (api, _) = serving(200, &[JSON], &endless).await;
    assert!(matches!(api.history("D1", "0", "1", None).await, Err(CallFailure::Uncertain { .. })));
}

#[tokio::test]
async fn people_views_and_answers() {
    let people =
        json!({ "ok": true, "members": [{ "id": "U1", "team_id": "T1" }], "response_metadata": { "next_cursor": "" } });
    let (api, _) = serving(200, &[JSON], &people.to_string()).await;
    let page = api.people_page(None).await.unwrap();
    assert_eq!((page.people.len(), page.next), (1, None));

    let view = json!({ "ok": true, "view": { "id": "V1", "hash": "h" } });
    let (api, answering) = serving(200, &[JSON], &view.to_string()).await;
    let shown = api.publish_home("U1", &json!({ "type": "home" }), Some("old")).await.unwrap();
    assert_eq!((shown.view_id.as_str(), shown.hash.as_deref()), ("V1", Some("h")));
    let (_, body) = answering.asked.lock().await.remove(0);
    assert_eq!(body, json!({ "user_id": "U1", "hash": "old", "view": { "type": "home" } }));

    for (headers, body) in [([("content-type", "text/html")], "ok"), ([JSON], r#"{"ok":true}"#)] {
        let (api, _) = serving(200, &headers, body).await;
        let here = Api::respond(&api, "http://nowhere.invalid/x", &json!({})).await;
        assert!(matches!(here, Err(CallFailure::NotSent { .. })));
        let Ok(()) = api.update_message("D1", "1.2", &message()).await else {
            // A bare "ok" is an answer to a response_url, not to a method.
            assert_eq!(body, "ok");
            continue;
        };
    }
    assert!(matches!(api.respond("no address", &json!({})).await, Err(CallFailure::NotSent { .. })));
}

#[test]
fn the_address_must_be_one() {
    for api_url in ["", "slack.com/api", "ftp://slack.com/api"] {
        let options = ApiOptions {
            api_url: api_url.to_owned(),
            bot_token: "xoxb-canary".into(),
            app_token: "xapp-canary".into(),
            timeout: Duration::from_secs(1),
        };
        assert!(!format!("{options:?}").contains("canary"));
        let Err(ApiSetupFailure::BadAddress) = Api::new(&options) else { panic!("{api_url}") };
    }
}
