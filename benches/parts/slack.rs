//! The Web API side of Slack: answers every call the app makes, at once or as late as it is told to.
//!
//! Owns: the smallest answers that the app accepts. Must not: check anything; `slack-sandbox` is the strict one.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::any;
use serde_json::{Value, json};

use super::cast::{PEOPLE, TEAM, user};

/// People on one page of `users.list`, as the app asks for them.
const A_PAGE: u64 = 200;

/// The Web API of one run.
pub(crate) struct Slack {
    /// What the app is told its address is.
    pub(crate) url: String,
    socket: SocketAddr,
    delay_millis: AtomicU64,
    calls: AtomicU64,
    /// What opened forms are about, by trigger.
    forms: Mutex<HashMap<String, String>>,
    /// The first button's value in messages, by conversation.
    buttons: Mutex<HashMap<String, String>>,
}

impl Slack {
    /// Serves on a free port of this machine, on a thread of its own; connections are sent to `socket`.
    pub(crate) fn open(socket: SocketAddr) -> Result<Arc<Self>> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").context("no port for the Web API")?;
        listener.set_nonblocking(true)?;
        let slack = Arc::new(Self {
            url: format!("http://{}/api", listener.local_addr()?),
            socket,
            delay_millis: AtomicU64::new(0),
            calls: AtomicU64::new(0),
            forms: Mutex::default(),
            buttons: Mutex::default(),
        });
        let router = Router::new().route("/api/{method}", any(answer)).with_state(slack.clone());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        std::thread::spawn(move || {
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener)?;
                axum::serve(listener, router).await
            })
        });
        Ok(slack)
    }

    /// Every call takes at least this long from now on.
    pub(crate) fn slow_down(&self, delay: Duration) {
        self.delay_millis.store(u64::try_from(delay.as_millis()).unwrap_or(u64::MAX), Relaxed);
    }

    /// Calls answered so far.
    pub(crate) fn calls(&self) -> u64 {
        self.calls.load(Relaxed)
    }

    /// What the form is about that was opened for this trigger, once.
    pub(crate) fn form(&self, trigger: &str) -> Option<String> {
        self.forms.lock().unwrap_or_else(PoisonError::into_inner).remove(trigger)
    }

    /// What the first button does in the last message to this person, once.
    pub(crate) fn button(&self, person: u64) -> Option<String> {
        self.buttons.lock().unwrap_or_else(PoisonError::into_inner).remove(&conversation(&user(person)))
    }

    fn reply(&self, method: &str, query: &str, body: &Value) -> Value {
        let said = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        match method {
            "auth.test" => json!({
                "ok": true, "url": "https://bench.slack.com/", "team": "Bench", "user": "mentor",
                "team_id": TEAM, "user_id": "U0BOT", "bot_id": "B0BENCH", "is_enterprise_install": false,
            }),
            "apps.connections.open" => json!({ "ok": true, "url": format!("ws://{}/link", self.socket) }),
            "users.list" => everybody(query),
            "users.info" => {
                json!({ "ok": true, "user": query.split('&').find_map(|part| part.strip_prefix("user=")).map(member) })
            }
            "conversations.open" => json!({ "ok": true, "channel": { "id": conversation(&said("users")) } }),
            "chat.postMessage" => {
                let blocks = body["blocks"].as_array().into_iter().flatten();
                let value = blocks.filter_map(|block| block["elements"][0]["value"].as_str()).next();
                if let Some(value) = value {
                    let mut buttons = self.buttons.lock().unwrap_or_else(PoisonError::into_inner);
                    buttons.insert(said("channel"), value.to_owned());
                }
                json!({ "ok": true, "channel": said("channel"), "ts": format!("1700000000.{:06}", self.calls()) })
            }
            "views.open" => {
                let about = body["view"]["private_metadata"].as_str().unwrap_or_default().to_owned();
                self.forms.lock().unwrap_or_else(PoisonError::into_inner).insert(said("trigger_id"), about);
                json!({ "ok": true, "view": { "id": "V1", "hash": "1.a" } })
            }
            "views.publish" | "views.update" | "views.push" => {
                json!({ "ok": true, "view": { "id": "V1", "hash": "1.a" } })
            }
            _ => json!({ "ok": true }),
        }
    }
}

async fn answer(
    State(slack): State<Arc<Slack>>,
    Path(method): Path<String>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> impl IntoResponse {
    slack.calls.fetch_add(1, Relaxed);
    let delay = slack.delay_millis.load(Relaxed);
    if delay > 0 {
        tokio::time::sleep(Duration::from_millis(delay)).await;
    }
    let body = serde_json::from_slice(&body).unwrap_or_default();
    let reply = slack.reply(&method, query.as_deref().unwrap_or_default(), &body);
    ([(CONTENT_TYPE, "application/json; charset=utf-8")], reply.to_string())
}

fn everybody(query: &str) -> Value {
    let cursor = query.split('&').find_map(|part| part.strip_prefix("cursor="));
    let from: u64 = cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or_default();
    let until = (from + A_PAGE).min(PEOPLE);
    let members: Vec<Value> = (from..until).map(|person| member(&user(person))).collect();
    let next = if until < PEOPLE { until.to_string() } else { String::new() };
    json!({ "ok": true, "members": members, "response_metadata": { "next_cursor": next } })
}

fn member(user_id: &str) -> Value {
    let name = format!("Person {user_id}");
    json!({
        "id": user_id, "team_id": TEAM, "name": user_id, "real_name": name, "tz": "Europe/London", "deleted": false,
        "is_bot": false, "is_restricted": false, "is_ultra_restricted": false,
        "profile": { "display_name": name, "real_name": name, "team": TEAM },
    })
}

fn conversation(user_id: &str) -> String {
    format!("D{user_id}")
}
