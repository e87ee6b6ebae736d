//! Envelopes of Socket Mode: sending one to a random live connection, waiting for its acknowledgement
//! and judging it. What is inside an envelope is other rooms' business.

use std::time::{Duration, Instant};

use rand::RngExt;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::records::EnvelopeRecord;
use crate::socket::{Socket, SocketCommand};
use crate::world::{Shared, World};

/// How long Slack waits for an acknowledgement.
pub(crate) const ACKNOWLEDGE_WITHIN: Duration = Duration::from_secs(3);

/// An envelope that was sent and may still be acknowledged.
pub(crate) struct Pending {
    sent: Instant,
    accepts_payload: bool,
    connection: u64,
    /// Gone once somebody got the answer or gave up.
    waiter: Option<oneshot::Sender<Value>>,
    acknowledged: bool,
    /// Its line in the ledger.
    line: usize,
}

/// Something to send.
pub(crate) struct Outgoing {
    pub(crate) kind: &'static str,
    pub(crate) payload: Value,
    pub(crate) accepts_payload: bool,
    /// Attempt number and reason, for events.
    pub(crate) retry: Option<(u32, &'static str)>,
}

/// Why there is no acknowledgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unanswered {
    /// No connection could take it.
    NoConnection,
    /// Three seconds passed.
    Timeout,
}

impl World {
    fn send(&mut self, outgoing: &Outgoing) -> Option<(String, oneshot::Receiver<Value>)> {
        let mut candidates: Vec<usize> =
            (0..self.sockets.len()).filter(|index| self.sockets.get(*index).is_some_and(Socket::is_live)).collect();
        let fresh: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|index| self.sockets.get(*index).is_some_and(|socket| !socket.draining))
            .collect();
        if !fresh.is_empty() {
            candidates = fresh;
        }
        if candidates.is_empty() {
            return None;
        }
        let chosen = candidates.get(self.random.random_range(0..candidates.len())).copied()?;
        let number = self.next();
        let envelope_id = format!("{:08x}-0000-4000-8000-{number:012x}", self.options.seed as u32);
        let mut envelope = json!({
            "envelope_id": envelope_id, "type": outgoing.kind, "payload": outgoing.payload,
            "accepts_response_payload": outgoing.accepts_payload,
        });
        if outgoing.kind == "events_api" {
            let (attempt, reason) = outgoing.retry.unwrap_or((0, ""));
            envelope["retry_attempt"] = json!(attempt);
            envelope["retry_reason"] = json!(reason);
        }
        let sent = self.monotonic();
        let socket = self.sockets.get(chosen)?;
        let connection = socket.id;
        socket.sender.send(SocketCommand::Text(envelope.to_string())).ok()?;
        let (waiter, receiver) = oneshot::channel();
        let line = self.record_envelope(EnvelopeRecord {
            envelope_id: envelope_id.clone(),
            kind: outgoing.kind.to_owned(),
            payload: outgoing.payload.clone(),
            retry_attempt: outgoing.retry.map_or(0, |(attempt, _)| attempt),
            connection,
            acknowledged_after: None,
            unanswered: false,
            acknowledgement: None,
        });
        let pending = Pending {
            sent,
            accepts_payload: outgoing.accepts_payload,
            connection,
            waiter: Some(waiter),
            acknowledged: false,
            line,
        };
        self.pending.insert(envelope_id.clone(), pending);
        Some((envelope_id, receiver))
    }

    /// Takes a frame the app sent on a connection.
    pub(crate) fn hear(&mut self, text: &str) {
        let Ok(frame) = serde_json::from_str::<Value>(text) else {
            self.violation("invalid_acknowledgement", format!("not JSON: {text}"));
            return;
        };
        let Some(id) = frame.get("envelope_id").and_then(Value::as_str) else {
            self.violation("invalid_acknowledgement", format!("no envelope_id: {text}"));
            return;
        };
        let payload = frame.get("payload").cloned().unwrap_or(Value::Null);
        self.acknowledge(id, payload);
    }

    fn acknowledge(&mut self, id: &str, payload: Value) {
        let now = self.monotonic();
        let Some(pending) = self.pending.get_mut(id) else {
            self.violation("unknown_envelope", format!("envelope {id} was never sent"));
            return;
        };
        if pending.acknowledged {
            self.violation("acknowledged_twice", format!("envelope {id}"));
            return;
        }
        pending.acknowledged = true;
        let after = now - pending.sent;
        let unwanted = !pending.accepts_payload && is_something(&payload);
        let (waiter, line) = (pending.waiter.take(), pending.line);
        if let Some(record) = self.envelopes.iter_mut().rev().find(|record| record.envelope_id == id) {
            record.acknowledged_after = Some(after);
            record.acknowledgement = is_something(&payload).then(|| payload.clone());
        }
        self.note_line(line);
        if unwanted {
            self.violation("response_payload_not_accepted", format!("envelope {id} takes no payload: {payload}"));
        }
        if let Some(waiter) = waiter {
            // Nobody waits when the person has given up in this very moment: the violation is noted there.
            let _ = waiter.send(if unwanted { Value::Null } else { payload });
        }
    }

    /// Notes that nobody acknowledged in time; the app's fault only while its connection is well:
    /// neither ended nor warned, as a client that leaves a warned connection may lose what is under way.
    fn give_up(&mut self, id: &str) {
        let Some(pending) = self.pending.get_mut(id) else {
            return;
        };
        pending.waiter = None;
        let (connection, line) = (pending.connection, pending.line);
        if let Some(record) = self.envelopes.iter_mut().rev().find(|record| record.envelope_id == id) {
            record.unanswered = true;
        }
        self.note_line(line);
        let well = self.sockets.iter().any(|socket| socket.id == connection && socket.is_live() && !socket.draining);
        if well {
            self.violation("ack_within_3s", format!("envelope {id} was not acknowledged within 3 s"));
        }
    }
}

/// Clients acknowledge with no payload, null or an empty object alike.
fn is_something(payload: &Value) -> bool {
    !payload.is_null() && payload.as_object().is_none_or(|object| !object.is_empty()) && payload.as_str() != Some("")
}

/// Sends and waits for the acknowledgement's payload (null when it has none), in a task of its own: whether it came in
/// time is noted also when nobody wants to know any more.
pub(crate) async fn exchange(shared: &Shared, outgoing: Outgoing) -> Result<Value, Unanswered> {
    let Some((id, receiver)) = shared.lock().send(&outgoing) else {
        return Err(Unanswered::NoConnection);
    };
    let shared = shared.clone();
    let waiting = tokio::spawn(async move {
        match tokio::time::timeout(ACKNOWLEDGE_WITHIN, receiver).await {
            Ok(Ok(payload)) => Ok(payload),
            Ok(Err(_)) | Err(_) => {
                shared.lock().give_up(&id);
                Err(Unanswered::Timeout)
            }
        }
    });
    waiting.await.unwrap_or(Err(Unanswered::Timeout))
}
