//! The one task that reads a connection.
//!
//! Owns: frames to envelopes, backpressure, noticing that nothing comes any more. Must not: wait for a handler.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{Stream, StreamExt as _};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_util::sync::CancellationToken;
use tracing::{debug, warn};

use super::desk::{Desk, Job};
use super::status::{Counter, OpenMark};
use super::writer::Outbound;
use super::{Listener, SocketOptions, SocketStatus};
use crate::slack::inbound::{self, DisconnectReason, Envelope, Frame};

/// How often, within the time after which a silent connection is dead, we look whether it still speaks.
const LOOKS: u32 = 18;

/// Why a connection is no longer read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// We were told to.
    Retired,
    /// The other side ended it.
    Closed,
    /// It failed.
    Failed,
    /// Nothing came for too long.
    Silent,
    /// Slack has too many connections of ours.
    Crowded,
    /// Socket Mode was switched off.
    Disabled,
}

/// What a connection's reader works with.
pub(super) struct Reader<L> {
    pub(super) desk: Arc<Desk<L>>,
    pub(super) options: Arc<SocketOptions>,
    pub(super) status: SocketStatus,
    pub(super) acks: mpsc::Sender<Outbound>,
    /// Told at the first `hello`.
    pub(super) hello: Option<oneshot::Sender<()>>,
    /// Cancelled by the reader when Slack wants the connection replaced.
    pub(super) replace: CancellationToken,
    /// Cancelled by others to stop the reading.
    pub(super) retire: CancellationToken,
    /// Cancelled by the writer when it cannot write any more.
    pub(super) broken: CancellationToken,
    pub(super) open: Option<OpenMark>,
}

impl<L: Listener> Reader<L> {
    /// Reads to the connection's end.
    pub(super) async fn read(mut self, stream: &mut (impl Stream<Item = Result<Message, Error>> + Unpin)) -> Ending {
        let room = Arc::new(Semaphore::new(self.options.room.max(1)));
        let mut look = interval((self.options.dead_after / LOOKS).max(Duration::from_millis(1)));
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut silent_looks = 0;
        let (retire, broken) = (self.retire.clone(), self.broken.clone());
        let (retired, failed) = (retire.cancelled(), broken.cancelled());
        tokio::pin!(retired, failed);
        loop {
            let frame = tokio::select! {
                biased;
                () = &mut retired => return Ending::Retired,
                () = &mut failed => return Ending::Failed,
                frame = stream.next() => frame,
                _ = look.tick() => {
                    silent_looks += 1;
                    if silent_looks > LOOKS {
                        return Ending::Silent;
                    }
                    continue;
                }
            };
            silent_looks = 0;
            self.status.frame_came();
            let text = match frame {
                Some(Ok(Message::Text(text))) => text,
                Some(Ok(Message::Close(_))) | None => return Ending::Closed,
                // Pings are answered below us.
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Binary(_) | Message::Frame(_))) => continue,
                Some(Err(error)) => return failure(&error),
            };
            let envelope = match self.understand(text.as_str()) {
                Ok(Some(envelope)) => envelope,
                Ok(None) => continue,
                Err(ending) => return ending,
            };
            let room = tokio::select! {
                biased;
                room = Arc::clone(&room).acquire_owned() => room,
                () = &mut retired => return Ending::Retired,
            };
            // The semaphore is never closed.
            let Ok(room) = room else { return Ending::Failed };
            self.desk.take(Job { envelope, acks: self.acks.clone(), room });
        }
    }

    fn understand(&mut self, text: &str) -> Result<Option<Envelope>, Ending> {
        match inbound::parse(text) {
            Ok(Frame::Envelope(envelope)) => return Ok(Some(envelope)),
            Ok(Frame::Hello { .. }) => {
                if let Some(hello) = self.hello.take() {
                    self.open = Some(self.status.opened());
                    // Who no longer waits has given the connection up, and retires it.
                    let _ = hello.send(());
                }
            }
            Ok(Frame::Disconnect { reason }) => match reason {
                DisconnectReason::Warning | DisconnectReason::RefreshRequested | DisconnectReason::Other => {
                    debug!(?reason, "Slack wants a connection replaced");
                    self.replace.cancel();
                }
                DisconnectReason::TooManyWebsockets => return Err(Ending::Crowded),
                DisconnectReason::LinkDisabled => return Err(Ending::Disabled),
            },
            Ok(Frame::Unknown) => debug!(bytes = text.len(), "a frame of a kind we do not know"),
            Err(error) => {
                self.status.count(Counter::Malformed);
                warn!(%error, "a frame could not be read");
            }
        }
        Ok(None)
    }
}

/// The error itself is not printed: it may quote what came.
fn failure(error: &Error) -> Ending {
    match error {
        Error::ConnectionClosed | Error::AlreadyClosed => Ending::Closed,
        Error::Capacity(_) => {
            warn!("a frame was larger than any of Slack's; the connection is dropped");
            Ending::Failed
        }
        _ => Ending::Failed,
    }
}

/// Reads on, without understanding, until the other side has closed, too: hanging up on unread frames could take back
/// acknowledgements that are still on their way.
pub(super) async fn hang_up(stream: &mut (impl Stream<Item = Result<Message, Error>> + Unpin)) {
    let patience = sleep(Duration::from_secs(1));
    tokio::pin!(patience);
    loop {
        tokio::select! {
            () = &mut patience => return,
            frame = stream.next() => if !matches!(frame, Some(Ok(_))) { return },
        }
    }
}
