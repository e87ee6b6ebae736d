//! Where envelopes are dealt with: each in a task of its own, in fair turns.
//!
//! Owns: calling the listener, surviving its panics and its slowness, the acknowledgement's frame, what follows it.
//! Must not: know connections beyond the queue an acknowledgement goes into.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use tokio::time::timeout;
use tokio_util::task::TaskTracker;
use tracing::{error, warn};

use super::status::Counter;
use super::turns::{Arrival, Turns};
use super::writer::Outbound;
use super::{Heard, Listener, SocketOptions, SocketStatus};
use crate::slack::inbound::Envelope;
use crate::slack::reply::{Ack, Follow, Reply};

/// An envelope, and where its acknowledgement goes.
pub(super) struct Job {
    pub(super) envelope: Envelope,
    pub(super) acks: mpsc::Sender<Outbound>,
    /// Its place among the envelopes its connection may have under way.
    pub(super) room: OwnedSemaphorePermit,
}

/// Shared by all connections, so that a person's turns are counted once.
pub(super) struct Desk<L> {
    listener: Arc<L>,
    status: SocketStatus,
    hear_timeout: Duration,
    turns: Mutex<Turns<Job>>,
    tasks: TaskTracker,
}

#[derive(Serialize)]
struct AckFrame<'a> {
    envelope_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<Value>,
}

impl<L: Listener> Desk<L> {
    pub(super) fn new(listener: Arc<L>, options: &SocketOptions, status: SocketStatus) -> Self {
        Self {
            listener,
            status,
            hear_timeout: options.hear_timeout,
            turns: Mutex::new(Turns::new(options.per_person, options.waiting_per_person)),
            tasks: TaskTracker::new(),
        }
    }

    /// Takes an envelope in and returns at once.
    pub(super) fn take(self: &Arc<Self>, job: Job) {
        self.status.count(Counter::Envelopes);
        let person = job.envelope.inbound.sender().map(|sender| sender.user_id.clone());
        let job = match &person {
            None => job,
            Some(person) => match self.turns().arrive(person, job) {
                Arrival::Run(job) => job,
                Arrival::Waits => return,
                Arrival::Refused(_) => return self.status.count(Counter::Flooded),
            },
        };
        let desk = Arc::clone(self);
        self.tasks.spawn(async move { desk.work(person, job).await });
    }

    /// Returns when all envelopes taken in are dealt with, or the time is over.
    pub(super) async fn finish(&self, within: Duration) {
        self.tasks.close();
        if timeout(within, self.tasks.wait()).await.is_err() {
            warn!(unfinished = self.tasks.len(), "stopped with envelopes still under way");
        }
    }

    fn turns(&self) -> MutexGuard<'_, Turns<Job>> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn work(&self, person: Option<String>, job: Job) {
        let mut next = Some(job);
        while let Some(job) = next {
            self.handle(job).await;
            next = person.as_ref().and_then(|person| self.turns().leave(person));
        }
    }

    async fn handle(&self, job: Job) {
        let Job { envelope, acks, room } = job;
        let (id, accepts_payload) = (envelope.id.clone(), envelope.accepts_payload);
        let Some(Reply { ack, follow }) = self.hear(envelope).await else { return };
        let Some(frame) = ack_frame(&id, accepts_payload, ack) else { return };
        let (flushed, written) = if follow.is_empty() {
            (None, None)
        } else {
            let (flushed, written) = oneshot::channel();
            (Some(flushed), Some(written))
        };
        let counter =
            if acks.send(Outbound { frame, flushed }).await.is_ok() { Counter::Acknowledged } else { Counter::AckLost };
        self.status.count(counter);
        // A closing connection waits for the last holder of its queue; what follows is not its business.
        drop(acks);
        if let Some(written) = written {
            // An error means that the connection is gone: nothing is left to wait for.
            let _ = written.await;
            self.follow(follow).await;
        }
        drop(room);
    }

    async fn hear(&self, envelope: Envelope) -> Option<Reply> {
        let hearing = AssertUnwindSafe(timeout(self.hear_timeout, async { self.listener.hear(envelope).await }));
        match hearing.catch_unwind().await {
            Ok(Ok(Heard::Reply(reply))) => return Some(reply),
            Ok(Ok(Heard::Unanswered)) => self.status.count(Counter::Unanswered),
            Ok(Err(_elapsed)) => {
                self.status.count(Counter::Late);
                warn!("an envelope took too long and is not acknowledged");
            }
            Err(_payload) => {
                self.status.count(Counter::Panicked);
                error!("a listener panicked; its envelope is not acknowledged");
            }
        }
        None
    }

    async fn follow(&self, follow: Vec<Follow>) {
        for step in follow {
            let following = AssertUnwindSafe(async { self.listener.follow(step).await });
            if following.catch_unwind().await.is_err() {
                self.status.count(Counter::Panicked);
                error!("a listener panicked after its acknowledgement");
            }
        }
    }
}

/// `None` cannot happen: a JSON value is always JSON.
fn ack_frame(envelope_id: &str, accepts_payload: bool, ack: Ack) -> Option<String> {
    let payload = ack.into_payload();
    if payload.is_some() && !accepts_payload {
        warn!("an answer was dropped: its envelope takes none");
    }
    serde_json::to_string(&AckFrame { envelope_id, payload: payload.filter(|_| accepts_payload) }).ok()
}
