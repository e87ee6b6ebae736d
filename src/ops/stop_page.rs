//! `/stop/{token}`: where somebody outside stops letters with one click (RFC 8058), in a mail program or on a page.
//!
//! Owns: the page, its headers, and how often it may be asked. Must not: say whose letters they are, or whether a token is
//! anybody's.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, TimeDelta, Utc};

use crate::ctx::Ctx;
use crate::store::contacts;

/// Requests that are answered in a minute, from everybody together: people click once, and 128 bits are not guessed at this
/// pace.
const A_MINUTE: u32 = 120;

/// What every answer carries: nothing is kept, loaded, framed or told to other pages.
const STRICT: [(HeaderName, &str); 6] = [
    (header::CACHE_CONTROL, "no-store"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("x-robots-tag"), "noindex"),
];

/// What the page needs.
#[derive(Clone, Debug)]
struct Desk {
    ctx: Arc<Ctx>,
    asked: Arc<Mutex<Window>>,
}

/// Requests since a moment.
#[derive(Debug, Default)]
struct Window {
    since: DateTime<Utc>,
    count: u32,
}

/// The page, to be served beside others.
pub fn router(ctx: Arc<Ctx>) -> Router {
    let desk = Desk { ctx, asked: Arc::default() };
    Router::new().route("/stop/{token}", get(ask).post(stop)).with_state(desk)
}

impl Desk {
    fn may_ask(&self) -> bool {
        let now = self.ctx.now();
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if now - asked.since >= TimeDelta::minutes(1) {
            *asked = Window { since: now, count: 0 };
        }
        asked.count += 1;
        asked.count <= A_MINUTE
    }
}

/// Whether a text can be a token at all.
fn is_token(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// A page with one button: programs that look at every address in a letter must not stop anything.
async fn ask(State(desk): State<Desk>, Path(_token): Path<String>) -> Response {
    if !desk.may_ask() {
        return busy();
    }
    // The same for every token: nothing is looked up.
    page(
        StatusCode::OK,
        "Stop these letters?",
        "<p>Mentor sends you no more letters when you click. Nothing else changes, and no reason is needed.</p>\
         <form method=\"post\"><button>Stop these letters</button></form>",
    )
}

/// Stops at once. Whether there was anything to stop is not told.
async fn stop(State(desk): State<Desk>, Path(token): Path<String>) -> Response {
    if !desk.may_ask() {
        return busy();
    }
    let ctx = &desk.ctx;
    let stopped = async {
        if !is_token(&token) {
            return Ok(());
        }
        let mut tx = ctx.db.begin().await?;
        if contacts::stop_by_token(&mut tx, &token, &ctx.ids, ctx.now()).await? {
            tx.commit().await?;
            ctx.bell.notify_one();
        }
        Ok::<(), crate::store::failure::StoreFailure>(())
    };
    match stopped.await {
        Ok(()) => page(StatusCode::OK, "Done", "<p>You get no more of these letters.</p>"),
        Err(failure) => {
            tracing::error!(%failure, "letters could not be stopped");
            page(
                StatusCode::SERVICE_UNAVAILABLE,
                "Not done yet",
                "<p>That did not work just now. Please try again in a few minutes.</p>",
            )
        }
    }
}

fn busy() -> Response {
    page(StatusCode::TOO_MANY_REQUESTS, "Not done yet", "<p>Too many at once. Please try again in a minute.</p>")
}

fn page(status: StatusCode, title: &str, body: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title></head><body><main><h1>{title}</h1>{body}</main></body></html>"
    );
    let mut response = (status, Html(html)).into_response();
    for (name, value) in STRICT {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
