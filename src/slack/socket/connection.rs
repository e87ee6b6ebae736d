//! One connection, from its address to its last acknowledgement.
//!
//! Owns: the handshake, the two tasks, the order of an ending. Must not: decide when to connect again.

use std::sync::Arc;

use futures_util::StreamExt as _;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{Connector, MaybeTlsStream, WebSocketStream, connect_async_tls_with_config};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::desk::Desk;
use super::reader::{Ending, Reader, hang_up};
use super::writer::{Outbound, write};
use super::{Listener, SocketOptions, SocketStatus};

/// The largest frame that is read.
const LARGEST_FRAME: usize = 16 * 1024 * 1024;

/// Acknowledgements that may wait for the writer.
const ACK_QUEUE: usize = 256;

/// A connection that has said hello.
pub(super) struct Connection {
    /// Slack wants it replaced.
    pub(super) replace: CancellationToken,
    /// Why it ended.
    pub(super) ending: JoinHandle<Ending>,
    retire: CancellationToken,
}

/// Why there is no connection.
pub(super) enum NoConnection {
    /// The address could not be reached or refused us.
    Unreachable,
    /// Connecting or the hello took too long.
    Slow,
    /// It ended before it said hello.
    Ended(Ending),
}

/// What all connections share.
pub(super) struct Shared<L> {
    pub(super) desk: Arc<Desk<L>>,
    pub(super) options: Arc<SocketOptions>,
    pub(super) status: SocketStatus,
    /// Cancelled when everything stops.
    pub(super) quit: CancellationToken,
    /// Connections that live or are being ended.
    pub(super) connections: TaskTracker,
}

impl<L: Listener> Shared<L> {
    /// Connects and waits for the hello.
    pub(super) async fn connect(&self, address: &str, connector: Connector) -> Result<Connection, NoConnection> {
        let limits = WebSocketConfig::default()
            .read_buffer_size(32 * 1024)
            .max_message_size(Some(LARGEST_FRAME))
            .max_frame_size(Some(LARGEST_FRAME));
        // Without Nagle's delay: an acknowledgement is small and somebody waits for it.
        let connecting = connect_async_tls_with_config(address, Some(limits), true, Some(connector));
        // The error is not looked at: it may quote the address, which is a secret.
        let (stream, _response) = timeout(self.options.open_timeout, connecting)
            .await
            .map_err(|_| NoConnection::Slow)?
            .map_err(|_| NoConnection::Unreachable)?;

        let (hello, greeted) = oneshot::channel();
        let (replace, retire) = (CancellationToken::new(), self.quit.child_token());
        let (acks, queue) = mpsc::channel(ACK_QUEUE);
        let broken = CancellationToken::new();
        let reader = Reader {
            desk: Arc::clone(&self.desk),
            options: Arc::clone(&self.options),
            status: self.status.clone(),
            acks,
            hello: Some(hello),
            replace: replace.clone(),
            retire: retire.clone(),
            broken,
            open: None,
        };
        let options = Arc::clone(&self.options);
        let living = live(stream, reader, queue, options, self.connections.clone());
        let ending = self.connections.spawn(living);
        // Should nobody wait for the hello any more, the connection goes.
        let given_up = retire.clone().drop_guard();
        match timeout(self.options.open_timeout, greeted).await {
            Ok(Ok(())) => {
                given_up.disarm();
                Ok(Connection { replace, ending, retire })
            }
            Ok(Err(_never)) => Err(NoConnection::Ended(ending.await.unwrap_or(Ending::Failed))),
            Err(_elapsed) => Err(NoConnection::Slow),
        }
    }

    /// Lets a connection that has a successor go on until Slack ends it, or for as long as it may linger.
    pub(super) fn supersede(&self, connection: Connection) {
        let linger = self.options.linger;
        self.connections.spawn(async move {
            let Connection { retire, mut ending, .. } = connection;
            tokio::select! {
                _ = &mut ending => {}
                () = sleep(linger) => retire.cancel(),
            }
        });
    }
}

/// Reads to the end. What is left to do then goes on by itself, since a successor must not wait for it.
async fn live<L: Listener>(
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    reader: Reader<L>,
    queue: mpsc::Receiver<Outbound>,
    options: Arc<SocketOptions>,
    connections: TaskTracker,
) -> Ending {
    let (sink, mut stream) = stream.split();
    let writing = write(sink, queue, options.ping_every, options.dead_after, reader.broken.clone());
    let mut writer = tokio::spawn(writing);
    // With the reader goes its end of the writer's queue; the writer goes with the last handler's.
    let ending = reader.read(&mut stream).await;
    connections.spawn(async move {
        let still_writable = matches!(ending, Ending::Retired | Ending::Crowded | Ending::Disabled);
        if !still_writable || timeout(options.drain, &mut writer).await.is_err() {
            writer.abort();
        }
        if still_writable || ending == Ending::Closed {
            hang_up(&mut stream).await;
        }
    });
    ending
}
