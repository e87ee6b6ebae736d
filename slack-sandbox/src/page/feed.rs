//! What a browser hears: the whole workspace once, then what changes. It speaks only; deeds come another way.

use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;

use super::frames;
use crate::world::Shared;

/// Changes that come this close together travel in one frame.
const TOGETHER: Duration = Duration::from_millis(15);

/// `GET /page/feed`.
pub(crate) async fn connect(State(shared): State<Shared>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| run(shared, socket))
}

async fn run(shared: Shared, mut socket: WebSocket) {
    let (mut bell, mut seen, first) = {
        let world = shared.lock();
        (world.changes.bell(), world.changes.count(), frames::whole(&world))
    };
    if socket.send(Message::Text(first.to_string().into())).await.is_err() {
        return;
    }
    loop {
        tokio::select! {
            () = shared.stopped() => return,
            heard = socket.recv() => match heard {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => {}
            },
            rang = bell.changed() => {
                if rang.is_err() {
                    return;
                }
                tokio::time::sleep(TOGETHER).await;
                let frame = {
                    let world = shared.lock();
                    bell.mark_unchanged();
                    let frame = match world.changes.since(seen) {
                        Some(changes) => frames::changes(&world, &changes),
                        None => frames::whole(&world),
                    };
                    seen = world.changes.count();
                    frame
                };
                if socket.send(Message::Text(frame.to_string().into())).await.is_err() {
                    return;
                }
            }
        }
    }
}
