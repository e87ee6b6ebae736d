//! The WebSocket side of Slack: accepts the app's connections, says hello, hands acknowledgements to whoever listens.
//!
//! Owns: one thread a connection. Must not: know what an envelope says.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use tokio_tungstenite::tungstenite::accept;

use super::wire::{Frames, Kind, Wire, acknowledged, pong_frame, text_frame};

const HELLO: &str = r#"{"type":"hello","num_connections":1,"debug_info":{"host":"bench","approximate_connection_time":18060},"connection_info":{"app_id":"A0BENCH"}}"#;

/// An acknowledgement that has arrived.
#[derive(Clone, Copy)]
pub(crate) struct Ack<'a> {
    /// Of this envelope.
    pub(crate) number: u64,
    /// All of it.
    pub(crate) text: &'a [u8],
}

/// Whoever waits for acknowledgements.
pub(crate) trait Hear: Send + Sync {
    /// These came over this connection in one read, which returned at that moment.
    fn acks(&self, wire: &Wire, acks: &[Ack<'_>], at: Instant);
}

struct Nobody;

impl Hear for Nobody {
    fn acks(&self, _wire: &Wire, _acks: &[Ack<'_>], _at: Instant) {}
}

/// All connections of one app.
pub(crate) struct Hub {
    /// Where the app connects to.
    pub(crate) address: SocketAddr,
    wires: Mutex<Vec<Arc<Wire>>>,
    hear: RwLock<Arc<dyn Hear>>,
    /// A text sent together with the next hello.
    with_hello: Mutex<Option<String>>,
    numbers: AtomicU64,
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Hub {
    /// Listens on a free port of this machine.
    pub(crate) fn open() -> Result<Arc<Self>> {
        let listener = TcpListener::bind("127.0.0.1:0").context("no port for the connections")?;
        let hub = Arc::new(Self {
            address: listener.local_addr()?,
            wires: Mutex::default(),
            hear: RwLock::new(Arc::new(Nobody)),
            with_hello: Mutex::default(),
            numbers: AtomicU64::new(1),
        });
        let accepting = hub.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let hub = accepting.clone();
                // A connection that fails is one the app has closed.
                thread::spawn(move || hub.attend(stream));
            }
        });
        Ok(hub)
    }

    /// Takes so many new numbers for envelopes; the first of them.
    pub(crate) fn numbers(&self, count: u64) -> u64 {
        self.numbers.fetch_add(count, Relaxed)
    }

    /// From now on these are told of every acknowledgement.
    pub(crate) fn tell(&self, hear: Arc<dyn Hear>) {
        *self.hear.write().unwrap_or_else(PoisonError::into_inner) = hear;
    }

    /// Nobody is told any more.
    pub(crate) fn tell_nobody(&self) {
        self.tell(Arc::new(Nobody));
    }

    /// Sends this text in one write with the next hello.
    pub(crate) fn say_with_hello(&self, text: String) {
        *lock(&self.with_hello) = Some(text);
    }

    /// The connections, once there are two.
    pub(crate) fn connections(&self) -> Result<Vec<Arc<Wire>>> {
        let patience = Instant::now() + Duration::from_secs(30);
        while Instant::now() < patience {
            let wires = lock(&self.wires).clone();
            if wires.len() >= 2 {
                return Ok(wires);
            }
            thread::sleep(Duration::from_millis(2));
        }
        bail!("the app has not connected twice")
    }

    /// Returns when every connection has gone.
    pub(crate) fn wait_until_empty(&self) -> Result<()> {
        let patience = Instant::now() + Duration::from_secs(30);
        while Instant::now() < patience {
            if lock(&self.wires).is_empty() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(2));
        }
        bail!("the app has not closed its connections")
    }

    fn attend(&self, stream: TcpStream) -> Option<()> {
        stream.set_nodelay(true).ok()?;
        let writer = stream.try_clone().ok()?;
        accept(stream.try_clone().ok()?).ok()?;
        let wire = Arc::new(Wire::new(writer));
        let mut greeting = Vec::new();
        text_frame(&mut greeting, HELLO);
        if let Some(text) = lock(&self.with_hello).take() {
            text_frame(&mut greeting, &text);
        }
        wire.send(&greeting).ok()?;
        lock(&self.wires).push(wire.clone());
        self.read(&wire, Frames::new(stream));
        lock(&self.wires).retain(|other| !Arc::ptr_eq(other, &wire));
        wire.hang_up();
        Some(())
    }

    fn read(&self, wire: &Wire, mut frames: Frames) {
        let mut found = Vec::new();
        while matches!(frames.fill(), Ok(true)) {
            let at = Instant::now();
            let end = frames.complete(&mut found);
            let texts = found.iter().filter(|(kind, _)| *kind == Kind::Text).map(|(_, payload)| frames.text(payload));
            let acks: Vec<Ack<'_>> = texts.filter_map(|text| Some(Ack { number: acknowledged(text)?, text })).collect();
            if !acks.is_empty() {
                let hear = self.hear.read().unwrap_or_else(PoisonError::into_inner).clone();
                hear.acks(wire, &acks, at);
            }
            let mut answer = Vec::new();
            for (kind, _) in &found {
                match kind {
                    Kind::Ping => pong_frame(&mut answer),
                    Kind::Close => return,
                    Kind::Text | Kind::Other => {}
                }
            }
            if !answer.is_empty() && wire.send(&answer).is_err() {
                return;
            }
            frames.forget(end);
        }
    }
}
