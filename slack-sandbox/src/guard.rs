//! Keeps other sites' pages away: a browser sends their requests to this machine as readily as our own page's. A
//! program names no origin and passes.

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Refuses what another origin's page asked for, and names that only pretend to be this machine (DNS rebinding).
pub(crate) async fn own_pages_only(request: Request, next: Next) -> Response {
    if is_ours(request.headers()) {
        return next.run(request).await;
    }
    let error = "this address answers its own page, and programs that ask for this machine by its own name";
    (StatusCode::FORBIDDEN, Json(json!({"ok": false, "error": error}))).into_response()
}

fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(host) = text(header::HOST) else {
        return false;
    };
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let this_machine = matches!(name, "127.0.0.1" | "localhost" | "[::1]");
    let same_origin = text(header::ORIGIN).is_none_or(|origin| origin.strip_prefix("http://") == Some(host));
    this_machine && same_origin
}
