//! Which address of the page leads where.

use axum::Json;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::{assets, beside, deeds, feed};
use crate::world::Shared;

/// Everything a browser asks for.
pub(crate) fn router() -> Router<Shared> {
    Router::new()
        .route("/", get(assets::index))
        .route("/favicon.ico", get(assets::icon))
        .route("/page/assets/{*name}", get(assets::asset))
        .route("/page/feed", get(feed::connect))
        .route("/page/log/{number}", get(log_line))
        .route("/page/files/{id}", get(assets::uploaded))
        .route("/page/says", post(deeds::says))
        .route("/page/acts", post(deeds::acts))
        .route("/page/submits", post(deeds::submits))
        .route("/page/closes", post(deeds::closes))
        .route("/page/opens", post(deeds::opens))
        .route("/page/shortcut", post(deeds::shortcut))
        .route("/page/suggests", post(deeds::suggests))
        .route("/page/uploads", post(beside::uploads))
        .route("/page/meets", post(beside::meets))
        .route("/page/reads", post(beside::reads))
        .route("/page/clock", post(beside::turns))
        .route("/page/clock/stop", post(beside::stops_turning))
}

async fn log_line(State(shared): State<Shared>, Path(number): Path<usize>) -> Response {
    match shared.lock().whole_line(number) {
        Some(line) => Json(line).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
