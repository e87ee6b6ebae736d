//! A raw client: calls by reqwest, envelopes by tokio-tungstenite. It knows Slack, not the sandbox's rooms.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use slack_sandbox::{NewPerson, Sandbox, SandboxOptions};
use tokio_tungstenite::tungstenite::Message;

/// A client for addresses of this machine.
///
/// The app's reqwest, built in the same workspace, is told to bring no encryption of its own, so a client asks for it.
pub(crate) fn http_client() -> reqwest::Client {
    // Refused when another test of this process was first, which is as good.
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::new()
}

/// What to answer to an envelope: `None` keeps silent, a null acknowledges without payload.
pub(crate) type Reaction = Arc<dyn Fn(&Value) -> Option<Value> + Send + Sync>;

/// An app that speaks Slack by hand.
#[derive(Clone)]
pub(crate) struct RawApp {
    pub(crate) http: reqwest::Client,
    pub(crate) api: String,
    pub(crate) app_token: String,
    pub(crate) bot_token: String,
}

impl RawApp {
    /// The app of a sandbox.
    pub(crate) fn of(sandbox: &Sandbox) -> Self {
        Self {
            http: http_client(),
            api: sandbox.api_url(),
            app_token: sandbox.app_token(),
            bot_token: sandbox.bot_token(),
        }
    }

    /// Calls with a JSON body.
    pub(crate) async fn call(&self, method: &str, arguments: Value) -> Value {
        let url = format!("{}/{method}", self.api);
        let response = self.http.post(url).bearer_auth(&self.bot_token).json(&arguments).send().await.unwrap();
        response.json().await.unwrap()
    }

    /// Calls with a query.
    pub(crate) async fn get(&self, method: &str, query: &str) -> Value {
        let url = format!("{}/{method}?{query}", self.api);
        self.http.get(url).bearer_auth(&self.bot_token).send().await.unwrap().json().await.unwrap()
    }

    /// A fresh Socket Mode address.
    pub(crate) async fn socket_url(&self) -> String {
        let url = format!("{}/apps.connections.open", self.api);
        let response = self.http.post(url).bearer_auth(&self.app_token).send().await.unwrap();
        let body: Value = response.json().await.unwrap();
        body["url"].as_str().unwrap_or_else(|| panic!("no url: {body}")).to_owned()
    }

    /// Connects and reacts to every envelope in the background.
    pub(crate) async fn connect(&self, reaction: Reaction) -> tokio::task::JoinHandle<Vec<Value>> {
        let (mut socket, _) = tokio_tungstenite::connect_async(self.socket_url().await).await.unwrap();
        tokio::spawn(async move {
            let mut frames = Vec::new();
            while let Some(Ok(frame)) = socket.next().await {
                let Message::Text(text) = frame else { continue };
                let value: Value = serde_json::from_str(text.as_str()).unwrap();
                if let Some(id) = value.get("envelope_id")
                    && let Some(payload) = reaction(&value)
                {
                    let mut answer = json!({"envelope_id": id});
                    if !payload.is_null() {
                        answer["payload"] = payload;
                    }
                    socket.send(Message::Text(answer.to_string().into())).await.unwrap();
                }
                frames.push(value);
            }
            frames
        })
    }
}

/// Acknowledges everything without payload.
pub(crate) fn acknowledge() -> Reaction {
    Arc::new(|_| Some(Value::Null))
}

/// A sandbox with Ada in London and Grace in New York.
pub(crate) async fn sandbox(options: SandboxOptions) -> (Sandbox, RawApp) {
    let sandbox = Sandbox::start(options).await.unwrap();
    sandbox.add_person(NewPerson::member("ada", "Ada Lovelace", "Europe/London"));
    sandbox.add_person(NewPerson::member("grace", "Grace Hopper", "America/New_York"));
    let app = RawApp::of(&sandbox);
    (sandbox, app)
}

/// The names of the rules broken so far.
pub(crate) fn rules(sandbox: &Sandbox) -> Vec<&'static str> {
    sandbox.violations().iter().map(|violation| violation.rule).collect()
}

/// A modal with one required text input and one optional select.
pub(crate) fn modal(title: &str) -> Value {
    json!({
        "type": "modal", "callback_id": "form", "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [
            {"type": "input", "block_id": "why", "label": {"type": "plain_text", "text": "Why"},
             "element": {"type": "plain_text_input", "action_id": "text", "max_length": 20}},
            {"type": "input", "block_id": "day", "optional": true, "label": {"type": "plain_text", "text": "Day"},
             "element": {"type": "static_select", "action_id": "pick", "options": [
                {"text": {"type": "plain_text", "text": "Monday"}, "value": "mon"},
                {"text": {"type": "plain_text", "text": "Friday"}, "value": "fri"}]}},
        ],
    })
}

/// A message with one button.
pub(crate) fn with_button(channel: &str, text: &str, label: &str) -> Value {
    json!({"channel": channel, "text": text, "blocks": [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "actions", "block_id": "row", "elements": [
            {"type": "button", "action_id": "go", "value": "1", "text": {"type": "plain_text", "text": label}}]},
    ]})
}

/// Options with a wall clock that a test moves by hand.
pub(crate) fn frozen() -> (Arc<Mutex<DateTime<Utc>>>, SandboxOptions) {
    let at = Arc::new(Mutex::new(DateTime::parse_from_rfc3339("2026-03-02T09:00:00Z").unwrap().to_utc()));
    let clock = at.clone();
    (at, SandboxOptions { clock: Arc::new(move || *clock.lock().unwrap()), ..SandboxOptions::default() })
}

/// An app that acknowledges, answers submissions with what is set, and keeps payloads.
pub(crate) struct Listening {
    answer: Arc<Mutex<Value>>,
    payloads: Arc<Mutex<Vec<Value>>>,
}

/// Connects an app that listens.
pub(crate) async fn listening(sandbox: &Sandbox, app: &RawApp) -> Listening {
    let answer = Arc::new(Mutex::new(Value::Null));
    let payloads = Arc::new(Mutex::new(Vec::new()));
    let (say, keep) = (answer.clone(), payloads.clone());
    let reaction: Reaction = Arc::new(move |envelope| {
        keep.lock().unwrap().push(envelope["payload"].clone());
        let accepts = envelope["accepts_response_payload"] == true;
        Some(if accepts { say.lock().unwrap().clone() } else { Value::Null })
    });
    app.connect(reaction).await;
    sandbox.wait_for_connections(1, Duration::from_secs(3)).await;
    Listening { answer, payloads }
}

impl Listening {
    /// What to answer to whatever takes an answer.
    pub(crate) fn says(&self, answer: Value) {
        *self.answer.lock().unwrap() = answer;
    }

    /// The last payload that came.
    pub(crate) fn last(&self) -> Value {
        self.payloads.lock().unwrap().last().cloned().unwrap()
    }
}

type Socket = tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

/// A browser's end of the feed.
pub(crate) struct Browser {
    feed: Socket,
    http: reqwest::Client,
    base: String,
}

impl Browser {
    pub(crate) async fn opens(sandbox: &Sandbox) -> (Self, Value) {
        let base = sandbox.base_url();
        let address = format!("{}/page/feed", base.replacen("http", "ws", 1));
        let (feed, _) = tokio_tungstenite::connect_async(address).await.unwrap();
        let mut browser = Self { feed, http: http_client(), base };
        let world = browser.hears("").await;
        (browser, world)
    }

    /// The next frame that has a key.
    pub(crate) async fn hears(&mut self, key: &str) -> Value {
        let waiting = async {
            loop {
                let Some(Ok(Message::Text(text))) = self.feed.next().await else { continue };
                let frame: Value = serde_json::from_str(&text).unwrap();
                if key.is_empty() || frame.get(key).is_some() {
                    return frame;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(3), waiting).await.unwrap_or_else(|_| panic!("no frame with {key}"))
    }

    pub(crate) async fn does(&self, deed: &str, body: Value) -> (u16, Value) {
        let response = self.http.post(format!("{}/page/{deed}", self.base)).json(&body).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }
}
