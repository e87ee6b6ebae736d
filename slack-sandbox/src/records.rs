//! What a sandbox remembers for its tests: broken rules, calls, envelopes. Plain data.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

/// A rule of Slack that the app broke.
#[derive(Clone, Debug, Serialize)]
pub struct Violation {
    /// Name of the rule, such as `ack_within_3s`, `invalid_blocks`, `missing_scope`, `unknown_argument`.
    pub rule: &'static str,
    /// What happened, for a person to read.
    pub detail: String,
}

/// One call of the Web API, a `response_url` (method `response_url`) or an upload (method `upload`).
#[derive(Clone, Debug, Serialize)]
pub struct Call {
    /// The method, such as `chat.postMessage`.
    pub method: String,
    /// The arguments as sent, without the token.
    pub arguments: Value,
    /// The answer Slack gave, even if a fault lost it on the way. `null` when nothing was answered.
    pub response: Value,
    /// HTTP status; 0 when the connection was cut.
    pub status: u16,
    /// Wall time of the call.
    pub at: DateTime<Utc>,
}

/// One envelope sent through Socket Mode.
#[derive(Clone, Debug, Serialize)]
pub struct EnvelopeRecord {
    /// Unique per sending, also for repetitions of the same event.
    pub envelope_id: String,
    /// `slash_commands`, `interactive` or `events_api`.
    pub kind: String,
    /// What was sent inside.
    pub payload: Value,
    /// 0 for the first sending of an event, then 1, 2, 3.
    pub retry_attempt: u32,
    /// Which connection got it, counted from 1 in order of connecting.
    pub connection: u64,
    /// Monotonic time between sending and acknowledgement; `None` while there is none.
    pub acknowledged_after: Option<Duration>,
    /// Nobody acknowledged it within three seconds.
    pub unanswered: bool,
    /// The payload of the acknowledgement; `None` when it had none.
    pub acknowledgement: Option<Value>,
}
