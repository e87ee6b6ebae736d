//! The one task that writes to a connection.
//!
//! Owns: acknowledgements in batches, one flush for each, and our pings. Must not: read, or wait for a dead peer.

use std::time::Duration;

use futures_util::{Sink, SinkExt as _};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_tungstenite::tungstenite::{Bytes, Message};
use tokio_util::sync::CancellationToken;

/// Acknowledgements flushed together at most.
const BATCH: usize = 128;

/// An acknowledgement on its way out.
pub(super) struct Outbound {
    /// The frame.
    pub(super) frame: String,
    /// Told when the frame has been handed to the network; dropped untold when it never will be.
    pub(super) flushed: Option<oneshot::Sender<()>>,
}

/// The connection takes no more.
pub(super) struct Broken;

/// Writes until nobody can send any more, then closes. Cancels `broken` when the connection fails.
pub(super) async fn write(
    mut sink: impl Sink<Message> + Unpin,
    mut queue: mpsc::Receiver<Outbound>,
    ping_every: Duration,
    stalled_after: Duration,
    broken: CancellationToken,
) {
    // However this task ends, nobody waits for what it will not write.
    let _tell = broken.drop_guard();
    let mut batch = Vec::with_capacity(BATCH);
    let mut ping = interval(ping_every.max(Duration::from_millis(1)));
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let written = tokio::select! {
            biased;
            count = queue.recv_many(&mut batch, BATCH) => {
                if count == 0 {
                    break;
                }
                timeout(stalled_after, write_batch(&mut sink, &mut batch)).await
            }
            _ = ping.tick() => timeout(stalled_after, write_ping(&mut sink)).await,
        };
        if !matches!(written, Ok(Ok(()))) {
            return;
        }
    }
    let _too_late_to_matter = timeout(stalled_after, sink.close()).await;
}

async fn write_batch(sink: &mut (impl Sink<Message> + Unpin), batch: &mut Vec<Outbound>) -> Result<(), Broken> {
    let mut waiting = Vec::new();
    for Outbound { frame, flushed } in batch.drain(..) {
        sink.feed(Message::text(frame)).await.map_err(|_| Broken)?;
        waiting.extend(flushed);
    }
    sink.flush().await.map_err(|_| Broken)?;
    for flushed in waiting {
        // Who no longer waits need not be told.
        let _ = flushed.send(());
    }
    Ok(())
}

async fn write_ping(sink: &mut (impl Sink<Message> + Unpin)) -> Result<(), Broken> {
    sink.send(Message::Ping(Bytes::new())).await.map_err(|_| Broken)
}
