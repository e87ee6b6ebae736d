//! `/control`, continued: deeds that need more than a label and a text. A thin layer over the hands, like `control`.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use crate::control::{Reply, hands, refused};
use crate::world::Shared;

pub(crate) fn router() -> Router<Shared> {
    Router::new()
        .route("/uses_shortcut", post(uses_shortcut))
        .route("/suggestions", post(suggestions))
        .route("/attaches", post(attaches))
}

/// A shortcut to use: on a message when one is named.
#[derive(Deserialize)]
struct Shortcut {
    person: String,
    label: String,
    #[serde(default)]
    channel: String,
    ts: Option<String>,
}

async fn uses_shortcut(State(shared): State<Shared>, Json(deed): Json<Shortcut>) -> Reply {
    let hands = hands(&shared, &deed.person)?;
    match &deed.ts {
        Some(ts) => hands.uses_message_shortcut(&deed.label, &deed.channel, ts).await.map_err(refused)?,
        None => hands.uses_shortcut(&deed.label).await.map_err(refused)?,
    }
    Ok(Json(json!({})))
}

/// What somebody types where.
#[derive(Deserialize)]
struct Typing {
    person: String,
    label: String,
    text: String,
}

/// A text file to attach.
#[derive(Deserialize)]
struct Attachment {
    person: String,
    label: String,
    filename: String,
    text: String,
}

async fn suggestions(State(shared): State<Shared>, Json(deed): Json<Typing>) -> Reply {
    let options = hands(&shared, &deed.person)?.suggestions(&deed.label, &deed.text).await.map_err(refused)?;
    Ok(Json(json!({"options": options})))
}

async fn attaches(State(shared): State<Shared>, Json(deed): Json<Attachment>) -> Reply {
    let hands = hands(&shared, &deed.person)?;
    hands.attaches(&deed.label, &deed.filename, deed.text.as_bytes()).await.map_err(refused)?;
    Ok(Json(json!({})))
}
