//! Refusals as JSON with a sentence, also those that no room has written: a body that cannot be read, an address where
//! nothing is. Only for the page and for scripts; Slack's own addresses answer as Slack does.

use axum::Json;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Longest sentence of a framework that is passed on.
const LONGEST: usize = 4_096;

/// Puts what is refused without JSON into `{"error": sentence}`.
pub(crate) async fn in_sentences(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    let ours = path.starts_with("/page/") || path.starts_with("/control");
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !ours || !response.status().is_client_error() || kind.starts_with("application/json") {
        return response;
    }
    let status = response.status();
    let said = to_bytes(response.into_body(), LONGEST).await.unwrap_or_default();
    let said = String::from_utf8_lossy(&said).trim().to_owned();
    let error = match status {
        StatusCode::NOT_FOUND if said.is_empty() => format!("there is nothing at {path}"),
        StatusCode::METHOD_NOT_ALLOWED => format!("{path} does not answer {method}"),
        StatusCode::PAYLOAD_TOO_LARGE => "that is too large: at most 32 MB are taken".to_owned(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "say what is sent: Content-Type: application/json".to_owned(),
        _ if said.is_empty() => format!("that was refused ({status})"),
        _ => said,
    };
    (status, Json(json!({"error": error, "slack": null}))).into_response()
}
