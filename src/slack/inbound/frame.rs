//! One text frame of a Socket Mode connection.
//!
//! Owns: the outer shape, and which room reads the payload. Must not: fail on a payload it cannot read, since an
//! envelope that is not acknowledged comes again.

use std::borrow::Cow;
use std::time::Duration;

use serde::Deserialize;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::{Envelope, Inbound, command, event, interaction_payload};

/// What one text frame says.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly every frame is an envelope; a box would cost each of them")]
pub enum Frame {
    /// The connection is ready.
    Hello {
        /// How many connections Slack counts for this app, if it says so.
        connections: Option<u32>,
        /// About how long Slack will keep this one, if it says so.
        lifetime: Option<Duration>,
    },
    /// Slack is about to end the connection, or has just refused it.
    Disconnect {
        /// Why.
        reason: DisconnectReason,
    },
    /// Something to acknowledge.
    Envelope(Envelope),
    /// Valid, but nothing we know and nothing to acknowledge.
    Unknown,
}

/// Why Slack ends a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisconnectReason {
    /// In about ten seconds.
    Warning,
    /// Slack wants the connection moved.
    RefreshRequested,
    /// Socket Mode is switched off: only a person can switch it on again.
    LinkDisabled,
    /// More than ten connections of this app are open.
    TooManyWebsockets,
    /// A reason that is new to us.
    Other,
}

/// A frame that is not one of Slack's. Says how large it was, never what was in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Not JSON at all.
    #[error("a frame of {bytes} bytes is not JSON")]
    NotJson {
        /// Its size.
        bytes: usize,
    },
    /// JSON, but not of the shape of a frame.
    #[error("a frame of {bytes} bytes is JSON but not a frame of Slack's")]
    NotAFrame {
        /// Its size.
        bytes: usize,
    },
}

#[derive(Deserialize)]
struct RawFrame<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    #[serde(default)]
    envelope_id: Option<String>,
    #[serde(default)]
    accepts_response_payload: Option<bool>,
    #[serde(default)]
    retry_attempt: Option<u32>,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    num_connections: Option<u32>,
    #[serde(default)]
    debug_info: Option<RawDebugInfo>,
    #[serde(default, borrow)]
    payload: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct RawDebugInfo {
    #[serde(default)]
    approximate_connection_time: Option<u64>,
}

/// Reads one text frame.
///
/// # Errors
/// When it is not JSON, or not an object with a `type`. A payload that cannot be read is no error but
/// [`Inbound::Unknown`].
pub fn parse(frame: &str) -> Result<Frame, FrameError> {
    let raw: RawFrame<'_> = serde_json::from_str(frame).map_err(|error| match error.classify() {
        Category::Data => FrameError::NotAFrame { bytes: frame.len() },
        Category::Io | Category::Syntax | Category::Eof => FrameError::NotJson { bytes: frame.len() },
    })?;
    Ok(match (raw.kind.as_ref(), raw.envelope_id) {
        ("hello", _) => Frame::Hello {
            connections: raw.num_connections,
            lifetime: raw.debug_info.and_then(|info| info.approximate_connection_time).map(Duration::from_secs),
        },
        ("disconnect", _) => Frame::Disconnect { reason: disconnect_reason(raw.reason.as_deref()) },
        (kind, Some(id)) => Frame::Envelope(Envelope {
            id,
            accepts_payload: raw.accepts_response_payload.unwrap_or_default(),
            retry_attempt: raw.retry_attempt.unwrap_or_default(),
            inbound: inbound(kind, raw.payload),
        }),
        (_, None) => Frame::Unknown,
    })
}

fn disconnect_reason(reason: Option<&str>) -> DisconnectReason {
    match reason {
        Some("warning") => DisconnectReason::Warning,
        Some("refresh_requested") => DisconnectReason::RefreshRequested,
        Some("link_disabled") => DisconnectReason::LinkDisabled,
        Some("too_many_websockets") => DisconnectReason::TooManyWebsockets,
        Some(_) | None => DisconnectReason::Other,
    }
}

fn inbound(kind: &str, payload: Option<&RawValue>) -> Inbound {
    let read = payload.and_then(|payload| match kind {
        "slash_commands" => command::parse(payload).map(Inbound::Command),
        "interactive" => interaction_payload::parse(payload),
        "events_api" => event::parse(payload).map(Inbound::Event),
        _ => Some(Inbound::Unknown { kind: label(kind) }),
    });
    read.unwrap_or_else(|| malformed(kind))
}

/// A payload of a kind we know whose shape we could not read.
pub(super) fn malformed(kind: &str) -> Inbound {
    Inbound::Unknown { kind: format!("malformed {}", label(kind)) }
}

/// Makes a name from outside fit for a log line.
pub(super) fn label(kind: &str) -> String {
    let plain = |character: &char| character.is_ascii_alphanumeric() || matches!(character, '_' | '.' | '-');
    kind.chars().filter(plain).take(64).collect()
}
