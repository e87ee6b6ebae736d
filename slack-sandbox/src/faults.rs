//! Troubles a test can order: what they are and what a troubled answer looks like.
//! Which call they strike is decided where calls are served.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// An ordered trouble for the next `times` calls of a method.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fault {
    /// Method name, `response_url`, `upload`, or `*` for all.
    pub method: String,
    /// Before or after the call's effect.
    pub when: FaultWhen,
    /// What the caller gets.
    pub how: FaultHow,
    /// How many calls it strikes.
    pub times: u32,
}

/// Whether the call's effect happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultWhen {
    /// The call fails without effect.
    Before,
    /// The effect happens, its answer is lost.
    After,
}

/// What the caller gets instead of the answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultHow {
    /// This HTTP status with an empty body.
    Status(u16),
    /// HTTP 200 with `ok: false` and this error.
    Error(String),
    /// HTTP 429 with `Retry-After`.
    RateLimited {
        /// Seconds.
        retry_after: u64,
    },
    /// The TCP connection ends without an answer.
    DropConnection,
    /// The true answer, this much later.
    Slow(Duration),
    /// Half of the true answer's body, then the connection ends.
    Truncated,
    /// HTTP 200 with an HTML page.
    Nonsense,
}

/// Marks a response that must never be written: the connection is cut instead.
#[derive(Clone, Copy)]
pub(crate) struct CutConnection;

/// A JSON answer with the headers Slack sends.
pub(crate) fn json_answer(status: u16, retry_after: Option<u64>, scopes: &str, body: &Value) -> Response {
    let mut response = body.to_string().into_response();
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    if let Ok(value) = HeaderValue::from_str(scopes) {
        headers.insert("x-oauth-scopes", value);
    }
    if let Some(seconds) = retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

impl FaultHow {
    /// The troubled answer; `truth` is what would have been answered. `Slow` answers the truth.
    pub(crate) fn answer(&self, truth: &Value) -> Response {
        match self {
            Self::Status(status) => json_answer(*status, None, "", &json!(null)),
            Self::Error(error) => json_answer(200, None, "", &json!({"ok": false, "error": error})),
            Self::RateLimited { retry_after } => {
                json_answer(429, Some(*retry_after), "", &json!({"ok": false, "error": "ratelimited"}))
            }
            Self::DropConnection => {
                let mut response = StatusCode::OK.into_response();
                response.extensions_mut().insert(CutConnection);
                response
            }
            Self::Slow(_) => json_answer(200, None, "", truth),
            Self::Truncated => truncated(&truth.to_string()),
            Self::Nonsense => ([(header::CONTENT_TYPE, "text/html")], "<html><body>Something went wrong</body></html>")
                .into_response(),
        }
    }

    /// The HTTP status the caller sees; 0 for a cut connection.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::Status(status) => *status,
            Self::RateLimited { .. } => 429,
            Self::DropConnection => 0,
            Self::Error(_) | Self::Slow(_) | Self::Truncated | Self::Nonsense => 200,
        }
    }
}

/// Half of a body, a moment for it to leave, then the end.
fn truncated(text: &str) -> Response {
    let half = text.chars().take(text.chars().count() / 2).collect::<String>();
    let parts = stream::unfold(Some(half), |half| async move {
        let Some(half) = half else {
            tokio::time::sleep(Duration::from_millis(20)).await;
            let cut = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
            return Some((Err(cut), None));
        };
        Some((Ok(half), None))
    });
    let mut response = Response::new(Body::from_stream(parts));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(text.len()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    response
}
