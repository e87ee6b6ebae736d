//! The HTTP server: which address leads to which room, and how connections are served and cut.

use std::io;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, Request, Uri, header};
use axum::middleware;
use axum::response::Response;
use axum::routing::{any, get, post};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use crate::arguments::Arguments;
use crate::faults::CutConnection;
use crate::gate::{Sent, serve};
use crate::world::Shared;
use crate::{control, files, guard, page, refusals, response_urls, socket};

/// Largest request body.
const LARGEST: usize = 32 * 1024 * 1024;

fn router(shared: Shared) -> Router {
    Router::new()
        .route("/api/{method}", any(api))
        .route("/response/{id}", post(response_urls::respond))
        .route("/upload/{id}", post(files::upload).put(files::upload))
        .route("/files-pri/{file}/download/{name}", get(files::download))
        .route("/socket/{ticket}", get(socket::connect))
        .nest("/control", control::router())
        .merge(page::router())
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(middleware::from_fn(refusals::in_sentences))
        .layer(middleware::from_fn(guard::own_pages_only))
        .with_state(shared)
}

/// One call of the Web API, read from query, form or JSON.
async fn api(
    State(shared): State<Shared>,
    Path(method): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut arguments = Arguments::default();
    arguments.add_pairs(uri.query().unwrap_or_default().as_bytes());
    let mut json = None;
    let mut broken_json = false;
    if header(header::CONTENT_TYPE).starts_with("application/json") {
        match serde_json::from_slice(&body) {
            Ok(Value::Object(object)) => json = Some(Arguments(object)),
            Ok(_) | Err(_) => broken_json = !body.is_empty(),
        }
    } else {
        arguments.add_pairs(&body);
    }
    let bearer = header(header::AUTHORIZATION).strip_prefix("Bearer ").map(|token| token.trim().to_owned());
    serve(&shared, &method, Sent { arguments, token: bearer, json, broken_json }).await
}

/// Accepts connections until the sandbox stops.
pub(crate) async fn listen(shared: Shared, listener: TcpListener) {
    let router = router(shared.clone());
    loop {
        let accepted = tokio::select! {
            () = shared.stopped() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                tokio::spawn(connection(shared.clone(), router.clone(), stream));
            }
            Err(error) => tracing::warn!(%error, "a connection could not be accepted"),
        }
    }
}

async fn connection(shared: Shared, router: Router, stream: TcpStream) {
    // Small frames must not wait for more; without this setting the sandbox is slower, nothing else.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let router = router.clone();
        async move {
            let response = match router.oneshot(request.map(Body::new)).await {
                Ok(response) => response,
                Err(never) => match never {},
            };
            if response.extensions().get::<CutConnection>().is_some() {
                return Err(io::Error::from(io::ErrorKind::ConnectionReset));
            }
            Ok(response)
        }
    });
    let serving = http1::Builder::new().serve_connection(TokioIo::new(stream), service).with_upgrades();
    tokio::select! {
        () = shared.stopped() => {}
        ended = serving => {
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended early");
            }
        }
    }
}
