//! The Socket Mode client against a peer that does what it is told: acknowledging, replacing, noticing, stopping.

#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use mentor::clock::Clock;
use mentor::slack::api::{Api, ApiOptions};
use mentor::slack::inbound::{Envelope, Inbound};
use mentor::slack::reply::{Follow, Reply};
use mentor::slack::socket::{Arrival, Heard, Listener, SocketOptions, SocketStatus, Stopped, Turns, keep_open};
use serde_json::{Value, json};
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

/// Slack, as far as these tests need it: hands over every connection it accepts.
#[derive(Clone)]
struct Peer {
    address: String,
    answers: Arc<Mutex<Vec<Value>>>,
    accepted: mpsc::UnboundedSender<WebSocket>,
    asked: Arc<AtomicUsize>,
}

async fn open_address(State(peer): State<Peer>) -> axum::Json<Value> {
    peer.asked.fetch_add(1, Ordering::SeqCst);
    let url = format!("ws://{}/link", peer.address);
    let told = peer.answers.lock().await.pop();
    axum::Json(told.unwrap_or_else(|| json!({ "ok": true, "url": url })))
}

async fn link(State(peer): State<Peer>, upgrade: WebSocketUpgrade) -> impl IntoResponse {
    upgrade.on_upgrade(async move |socket| peer.accepted.send(socket).unwrap())
}

async fn peer() -> (Peer, mpsc::UnboundedReceiver<WebSocket>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (accepted, connections) = mpsc::unbounded_channel();
    let address = listener.local_addr().unwrap().to_string();
    let peer = Peer { address, answers: Arc::default(), accepted, asked: Arc::default() };
    let router = Router::new()
        .route("/api/apps.connections.open", post(open_address))
        .route("/link", get(link))
        .with_state(peer.clone());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (peer, connections)
}

struct App {
    follows: mpsc::UnboundedSender<String>,
}

impl Listener for App {
    async fn hear(&self, envelope: Envelope) -> Heard {
        let Inbound::Command(command) = envelope.inbound else { return Heard::Unanswered };
        match command.text.as_str() {
            "panic" => panic!("as asked"),
            "never" => std::future::pending().await,
            "slow" => {
                sleep(Duration::from_millis(300)).await;
                Reply::empty().into()
            }
            "open" => {
                let trigger_id = command.trigger_id;
                let follow = Follow::OpenView { trigger_id, view: json!({}), response_url: None };
                Reply::empty().then(follow).into()
            }
            "unanswered" => Heard::Unanswered,
            text => Reply::message(json!({ "text": text })).into(),
        }
    }

    async fn follow(&self, follow: Follow) {
        self.follows.send(format!("{follow:?}")).unwrap();
    }
}

struct Running {
    status: SocketStatus,
    stop: CancellationToken,
    keeper: JoinHandle<Result<(), Stopped>>,
    follows: mpsc::UnboundedReceiver<String>,
}

fn run(peer: &Peer, change: impl FnOnce(&mut SocketOptions)) -> Running {
    let api = Api::new(&ApiOptions {
        api_url: format!("http://{}/api", peer.address),
        bot_token: "xoxb-test".into(),
        app_token: "xapp-test".into(),
        timeout: Duration::from_secs(5),
    })
    .unwrap();
    let mut options = SocketOptions::new(7);
    options.connections = 1;
    options.backoff = (Duration::from_millis(10), Duration::from_millis(50));
    change(&mut options);
    let (follows, followed) = mpsc::unbounded_channel();
    let status = SocketStatus::new(Clock::system());
    let stop = CancellationToken::new();
    let app = Arc::new(App { follows });
    let keeper = tokio::spawn(keep_open(api, app, options, status.clone(), stop.clone()));
    Running { status, stop, keeper, follows: followed }
}

fn command(id: &str, user: &str, text: &str) -> Message {
    let payload = json!({ "user_id": user, "team_id": "T1", "command": "/x", "text": text, "trigger_id": id });
    let frame =
        json!({ "envelope_id": id, "type": "slash_commands", "accepts_response_payload": true, "payload": payload });
    Message::text(frame.to_string())
}

fn disconnect(reason: &str) -> Message {
    Message::text(json!({ "type": "disconnect", "reason": reason }).to_string())
}

async fn next_connection(connections: &mut mpsc::UnboundedReceiver<WebSocket>) -> WebSocket {
    let mut socket = timeout(Duration::from_secs(5), connections.recv()).await.expect("a connection").unwrap();
    socket.send(Message::text(r#"{"type":"hello"}"#)).await.unwrap();
    socket
}

/// The next acknowledgement; `None` when the connection was closed.
async fn ack(socket: &mut WebSocket) -> Option<Value> {
    loop {
        match timeout(Duration::from_secs(5), socket.recv()).await.expect("a frame") {
            Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).unwrap()),
            Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
            Some(Ok(_)) => {}
        }
    }
}

#[tokio::test]
async fn envelopes_are_acknowledged_with_their_answers() {
    let (peer, mut connections) = peer().await;
    let mut running = run(&peer, |_| {});
    let mut socket = next_connection(&mut connections).await;
    socket.send(command("1", "U1", "hi")).await.unwrap();
    assert_eq!(ack(&mut socket).await, Some(json!({ "envelope_id": "1", "payload": { "text": "hi" } })));
    socket.send(command("2", "U1", "open")).await.unwrap();
    assert_eq!(ack(&mut socket).await, Some(json!({ "envelope_id": "2" })));
    assert_eq!(running.follows.recv().await.as_deref(), Some("OpenView { .. }"));
    running.status.wait_until_open(1).await;
    assert!(running.status.last_frame_at().is_some());
    running.stop.cancel();
    assert_eq!(ack(&mut socket).await, None);
    assert_eq!(running.keeper.await.unwrap(), Ok(()));
    assert_eq!((running.status.open(), running.status.counts().acknowledged), (0, 2));
}

#[tokio::test]
async fn panics_slowness_and_nonsense_hold_up_nobody() {
    let (peer, mut connections) = peer().await;
    let running = run(&peer, |options| options.hear_timeout = Duration::from_millis(200));
    let mut socket = next_connection(&mut connections).await;
    for (id, text) in [("1", "panic"), ("2", "never"), ("3", "unanswered")] {
        socket.send(command(id, "U1", text)).await.unwrap();
    }
    socket.send(Message::text("not json")).await.unwrap();
    socket.send(Message::binary(vec![0, 1])).await.unwrap();
    socket.send(command("4", "U1", "hi")).await.unwrap();
    assert_eq!(ack(&mut socket).await.unwrap()["envelope_id"], "4");
    sleep(Duration::from_millis(400)).await;
    let counts = running.status.counts();
    assert_eq!((counts.panicked, counts.late, counts.unanswered, counts.malformed), (1, 1, 1, 1));
    running.stop.cancel();
    drop(socket);
    assert_eq!(running.keeper.await.unwrap(), Ok(()));
}

#[tokio::test]
async fn a_warned_connection_serves_until_and_after_its_successor_is_open() {
    let (peer, mut connections) = peer().await;
    let running = run(&peer, |options| options.linger = Duration::from_millis(500));
    let mut old = next_connection(&mut connections).await;
    for reason in ["warning", "refresh_requested"] {
        running.status.wait_until_open(1).await;
        old.send(disconnect(reason)).await.unwrap();
        let mut new = timeout(Duration::from_secs(5), connections.recv()).await.expect("a successor").unwrap();
        // It has not said hello: the old one is still the one that is used.
        old.send(command("before", "U1", "hi")).await.unwrap();
        assert_eq!(ack(&mut old).await.unwrap()["envelope_id"], "before");
        assert_eq!(running.status.open(), 1);
        new.send(Message::text(r#"{"type":"hello"}"#)).await.unwrap();
        running.status.wait_until_open(2).await;
        old.send(command("after", "U1", "slow")).await.unwrap();
        assert_eq!(ack(&mut old).await.unwrap()["envelope_id"], "after");
        assert_eq!(ack(&mut old).await, None);
        old = new;
    }
    running.stop.cancel();
    drop(old);
    assert_eq!(running.keeper.await.unwrap(), Ok(()));
}

#[tokio::test]
async fn stopping_waits_for_what_is_under_way() {
    let (peer, mut connections) = peer().await;
    let running = run(&peer, |_| {});
    let mut socket = next_connection(&mut connections).await;
    socket.send(command("1", "U1", "slow")).await.unwrap();
    while running.status.counts().envelopes == 0 {
        sleep(Duration::from_millis(5)).await;
    }
    running.stop.cancel();
    assert_eq!(ack(&mut socket).await.unwrap()["envelope_id"], "1");
    assert_eq!(ack(&mut socket).await, None);
    assert_eq!(running.keeper.await.unwrap(), Ok(()));
}

#[tokio::test]
async fn a_silent_connection_is_replaced_and_a_lost_one_at_once() {
    let (peer, mut connections) = peer().await;
    let running = run(&peer, |options| options.dead_after = Duration::from_millis(300));
    // Not read, so its pings are never answered.
    let silent = next_connection(&mut connections).await;
    let lost = timeout(Duration::from_secs(1), next_connection(&mut connections)).await.expect("a replacement");
    drop((silent, lost));
    let _third = timeout(Duration::from_secs(1), next_connection(&mut connections)).await.expect("another");
    running.stop.cancel();
    assert_eq!(running.keeper.await.unwrap(), Ok(()));
}

#[tokio::test]
async fn what_only_a_person_can_mend_stops_everything() {
    let (one, mut connections) = peer().await;
    let running = run(&one, |options| options.connections = 2);
    let mut first = next_connection(&mut connections).await;
    let _second = next_connection(&mut connections).await;
    first.send(disconnect("link_disabled")).await.unwrap();
    assert_eq!(timeout(Duration::from_secs(8), running.keeper).await.unwrap().unwrap(), Err(Stopped::LinkDisabled));

    let (other, _connections) = peer().await;
    other.answers.lock().await.push(json!({ "ok": false, "error": "invalid_auth" }));
    let running = run(&other, |_| {});
    assert_eq!(running.keeper.await.unwrap(), Err(Stopped::BadToken("invalid_auth".to_owned())));
}

#[tokio::test]
async fn a_failure_of_slack_s_is_tried_again() {
    let (peer, mut connections) = peer().await;
    *peer.answers.lock().await = vec![
        json!({ "ok": false }),
        json!({ "ok": true, "url": "ws://127.0.0.1:1/" }),
        json!({ "ok": false, "error": "internal_error" }),
    ];
    let running = run(&peer, |_| {});
    let socket = next_connection(&mut connections).await;
    running.status.wait_until_open(1).await;
    assert_eq!((peer.asked.load(Ordering::SeqCst), running.status.counts().open_failed), (4, 3));
    running.stop.cancel();
    drop(socket);
    assert_eq!(running.keeper.await.unwrap(), Ok(()));
}

#[tokio::test]
async fn too_many_connections_means_going_on_with_fewer() {
    let (peer, mut connections) = peer().await;
    let running = run(&peer, |options| options.connections = 2);
    let mut first = next_connection(&mut connections).await;
    running.status.wait_until_open(1).await;
    let mut second = timeout(Duration::from_secs(5), connections.recv()).await.unwrap().unwrap();
    second.send(disconnect("too_many_websockets")).await.unwrap();
    assert_eq!(ack(&mut second).await, None);
    assert!(timeout(Duration::from_millis(500), connections.recv()).await.is_err(), "connected again at once");
    first.send(command("1", "U1", "hi")).await.unwrap();
    assert_eq!(ack(&mut first).await.unwrap()["envelope_id"], "1");
    running.stop.cancel();
    drop(first);
    assert_eq!(running.keeper.await.unwrap(), Ok(()));
}

#[tokio::test]
async fn one_person_s_flood_is_nobody_else_s() {
    let (peer, mut connections) = peer().await;
    let running = run(&peer, |options| options.waiting_per_person = 4);
    let mut socket = next_connection(&mut connections).await;
    for index in 0..20 {
        socket.send(command(&format!("flood {index}"), "U1", "slow")).await.unwrap();
    }
    socket.send(command("other", "U2", "hi")).await.unwrap();
    assert_eq!(ack(&mut socket).await.unwrap()["envelope_id"], "other");
    for _ in 0..12 {
        assert!(ack(&mut socket).await.unwrap()["envelope_id"].as_str().unwrap().starts_with("flood"));
    }
    assert_eq!(running.status.counts().flooded, 8);
    running.stop.cancel();
    drop(socket);
    assert_eq!(running.keeper.await.unwrap(), Ok(()));
}

#[test]
fn turns_are_taken_in_order() {
    let mut turns = Turns::new(2, 2);
    assert_eq!(turns.arrive("a", 1), Arrival::Run(1));
    assert_eq!(turns.arrive("a", 2), Arrival::Run(2));
    assert_eq!(turns.arrive("a", 3), Arrival::Waits);
    assert_eq!(turns.arrive("a", 4), Arrival::Waits);
    assert_eq!(turns.arrive("a", 5), Arrival::Refused(5));
    assert_eq!(turns.arrive("b", 6), Arrival::Run(6));
    assert_eq!((turns.leave("a"), turns.leave("a"), turns.leave("a")), (Some(3), Some(4), None));
    assert_eq!((turns.people(), turns.leave("a"), turns.leave("b"), turns.people()), (2, None, None, 0));
    assert_eq!(turns.leave("nobody"), None);
}

/// `cargo test --release --test slack_socket -- --ignored --nocapture`
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
#[expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measurement")]
async fn acknowledgements_a_second() {
    const IN_FLIGHT: usize = 16;
    const ROUNDS: usize = 200_000;
    let (peer, mut connections) = peer().await;
    let running = run(&peer, |_| {});
    let mut socket = next_connection(&mut connections).await;
    let start = std::time::Instant::now();
    let mut sent_at = vec![start; ROUNDS];
    let mut took = Vec::with_capacity(ROUNDS);
    let mut sent = 0;
    while took.len() < ROUNDS {
        while sent < ROUNDS && sent - took.len() < IN_FLIGHT {
            sent_at[sent] = std::time::Instant::now();
            socket.send(command(&sent.to_string(), &format!("U{}", sent % 64), "hi")).await.unwrap();
            sent += 1;
        }
        let ack = ack(&mut socket).await.unwrap();
        let index: usize = ack["envelope_id"].as_str().unwrap().parse().unwrap();
        took.push(sent_at[index].elapsed());
    }
    let elapsed = start.elapsed().as_secs_f64();
    took.sort();
    println!(
        "{:.0} a second, p50 {:?}, p99 {:?}, max {:?}",
        ROUNDS as f64 / elapsed,
        took[ROUNDS / 2],
        took[ROUNDS * 99 / 100],
        took[ROUNDS - 1]
    );
    running.stop.cancel();
    drop(socket);
    assert_eq!(running.keeper.await.unwrap(), Ok(()));
}
