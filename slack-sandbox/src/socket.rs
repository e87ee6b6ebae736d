//! Socket Mode connections: tickets, hello, pings, disconnects, and the ways a connection can die.
//! Which envelope goes where is decided in the envelopes room.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

use crate::changes::Change;
use crate::residents::APP;
use crate::world::{Shared, World};

/// Why Slack ends a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisconnectReason {
    /// The connection ends in about ten seconds.
    Warning,
    /// The connection ends now; connect again.
    RefreshRequested,
    /// More than ten connections.
    TooManyWebsockets,
    /// Socket Mode was switched off.
    LinkDisabled,
}

impl DisconnectReason {
    fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::RefreshRequested => "refresh_requested",
            Self::TooManyWebsockets => "too_many_websockets",
            Self::LinkDisabled => "link_disabled",
        }
    }
}

/// Which connections something happens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// Every live one.
    All,
    /// The live one that connected first.
    Oldest,
}

/// What a connection's task is told to do.
pub(crate) enum SocketCommand {
    Text(String),
    Disconnect(DisconnectReason),
    Silence,
    Cut,
}

/// A connection as the workspace sees it.
pub(crate) struct Socket {
    pub(crate) id: u64,
    pub(crate) sender: mpsc::UnboundedSender<SocketCommand>,
    /// It has been warned and takes envelopes only when no other connection does.
    pub(crate) draining: bool,
    greeted: bool,
    dead: bool,
}

impl Socket {
    /// Whether it has had its hello and nothing has ended it.
    pub(crate) fn is_live(&self) -> bool {
        self.greeted && !self.dead
    }
}

/// Most connections an app may hold.
const MOST: usize = 10;

impl World {
    pub(crate) fn live_sockets(&self) -> usize {
        self.sockets.iter().filter(|socket| socket.is_live()).count()
    }

    fn chosen(&mut self, which: Which) -> impl Iterator<Item = &mut Socket> {
        let most = if which == Which::All { usize::MAX } else { 1 };
        self.sockets.iter_mut().filter(|socket| socket.is_live()).take(most)
    }

    pub(crate) fn disconnect(&mut self, reason: DisconnectReason, which: Which) {
        for socket in self.chosen(which) {
            socket.draining = true;
            socket.dead = reason != DisconnectReason::Warning;
            // A task that has ended already needs no telling.
            let _ = socket.sender.send(SocketCommand::Disconnect(reason));
        }
    }

    /// Off: live connections end, new ones are refused.
    pub(crate) fn switch_socket_mode(&mut self, on: bool) {
        self.socket_mode = on;
        if !on {
            self.disconnect(DisconnectReason::LinkDisabled, Which::All);
        }
    }

    pub(crate) fn silence(&mut self, which: Which) {
        for socket in self.chosen(which) {
            socket.dead = true;
            // A task that has ended already needs no telling.
            let _ = socket.sender.send(SocketCommand::Silence);
        }
    }

    pub(crate) fn cut(&mut self, which: Which) {
        for socket in self.chosen(which) {
            socket.dead = true;
            // A task that has ended already needs no telling.
            let _ = socket.sender.send(SocketCommand::Cut);
        }
    }

    fn socket_mut(&mut self, id: u64) -> Option<&mut Socket> {
        self.sockets.iter_mut().find(|socket| socket.id == id)
    }
}

/// `GET /socket/{ticket}`: upgrades once per ticket.
pub(crate) async fn connect(
    State(shared): State<Shared>,
    Path(ticket): Path<String>,
    upgrade: WebSocketUpgrade,
) -> Response {
    {
        let mut world = shared.lock();
        if !world.tickets.remove(&ticket) {
            world.violation("single_use_socket_url", format!("ticket {ticket} is unknown or was used"));
            return StatusCode::FORBIDDEN.into_response();
        }
    }
    upgrade.on_upgrade(move |socket| run(shared, socket))
}

async fn run(shared: Shared, mut socket: WebSocket) {
    let (sender, mut commands) = mpsc::unbounded_channel();
    let (id, hello) = {
        let mut world = shared.lock();
        let id = u64::try_from(world.sockets.len()).unwrap_or(0) + 1;
        let live = world.live_sockets();
        world.sockets.push(Socket { id, sender, draining: false, greeted: false, dead: false });
        let hello = json!({
            "type": "hello", "num_connections": live + 1, "connection_info": {"app_id": APP},
            "debug_info": {
                "host": "applink-0", "build_number": 1, "started": world.now().to_rfc3339(),
                "approximate_connection_time": 3600,
            },
        });
        if live >= MOST {
            world.disconnect(DisconnectReason::TooManyWebsockets, Which::Oldest);
        }
        (id, hello)
    };
    if socket.send(Message::Text(hello.to_string().into())).await.is_ok() {
        if let Some(known) = shared.lock().socket_mut(id) {
            known.greeted = true;
        }
        shared.lock().changes.note(Change::Connections);
        serve(&shared, &mut socket, &mut commands).await;
    }
    let mut world = shared.lock();
    if let Some(known) = world.socket_mut(id) {
        known.dead = true;
    }
    world.changes.note(Change::Connections);
}

/// Works a connection until it ends; returning drops it, which cuts TCP.
async fn serve(shared: &Shared, socket: &mut WebSocket, commands: &mut mpsc::UnboundedReceiver<SocketCommand>) {
    let (ping_every, grace) = {
        let world = shared.lock();
        (world.options.ping_every, world.options.warning_grace)
    };
    let mut pings = tokio::time::interval(ping_every.max(Duration::from_millis(1)));
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pings.tick().await;
    let mut end = None;
    let mut count = 0_u64;
    loop {
        let deadline = async {
            match end {
                Some(at) => tokio::time::sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = shared.stopped() => return,
            () = deadline => {
                announce(socket, DisconnectReason::RefreshRequested).await;
                return;
            }
            _ = pings.tick() => {
                count += 1;
                let payload = format!("Ping from applink-0 {count}").into_bytes();
                if socket.send(Message::Ping(payload.into())).await.is_err() {
                    return;
                }
            }
            command = commands.recv() => match command {
                Some(SocketCommand::Text(text)) => {
                    if socket.send(Message::Text(text.into())).await.is_err() {
                        return;
                    }
                }
                Some(SocketCommand::Disconnect(DisconnectReason::Warning)) => {
                    let frame = disconnect_frame(DisconnectReason::Warning);
                    if socket.send(Message::Text(frame.into())).await.is_err() {
                        return;
                    }
                    end = tokio::time::Instant::from_std(crate::clock::monotonic()).checked_add(grace);
                }
                Some(SocketCommand::Disconnect(reason)) => {
                    announce(socket, reason).await;
                    return;
                }
                Some(SocketCommand::Silence) => {
                    // Neither read nor written from here on, but TCP stays up until the sandbox stops.
                    shared.stopped().await;
                    return;
                }
                Some(SocketCommand::Cut) | None => return,
            },
            frame = socket.recv() => match frame {
                Some(Ok(Message::Text(text))) => shared.lock().hear(text.as_str()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(Message::Binary(_) | Message::Ping(_) | Message::Pong(_))) => {}
            },
        }
    }
}

fn disconnect_frame(reason: DisconnectReason) -> String {
    json!({"type": "disconnect", "reason": reason.name(), "debug_info": {"host": "applink-0"}}).to_string()
}

/// Says why and closes properly. A client that is gone already hears neither.
async fn announce(socket: &mut WebSocket, reason: DisconnectReason) {
    let _ = socket.send(Message::Text(disconnect_frame(reason).into())).await;
    let close = CloseFrame { code: 1000, reason: reason.name().into() };
    let _ = socket.send(Message::Close(Some(close))).await;
}
