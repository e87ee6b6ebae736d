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
        .route("/channels", post(add_channel))
        .route("/meets", post(meets))
        .route("/invites", post(invites))
        .route("/keep_apart", post(keep_apart))
        .route("/says_in", post(says_in))
        .route("/types_in", post(types_in))
        .route("/reads", post(reads))
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

/// A channel to add.
#[derive(Deserialize)]
struct Channel {
    name: String,
    #[serde(default)]
    private: bool,
    #[serde(default)]
    people: Vec<String>,
}

async fn add_channel(State(shared): State<Shared>, Json(new): Json<Channel>) -> Reply {
    let mut members = Vec::new();
    for handle in &new.people {
        members.push(hands(&shared, handle)?.id);
    }
    Ok(Json(json!({"channel": shared.lock().add_channel(&new.name, new.private, members)})))
}

/// Something somebody does in a conversation or with others.
#[derive(Deserialize)]
struct Talk {
    person: String,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    text: String,
    thread_ts: Option<String>,
    #[serde(default)]
    people: Vec<String>,
}

async fn meets(State(shared): State<Shared>, Json(talk): Json<Talk>) -> Reply {
    let people: Vec<&str> = talk.people.iter().map(String::as_str).collect();
    let channel = hands(&shared, &talk.person)?.meets(&people).map_err(refused)?;
    Ok(Json(json!({"channel": channel})))
}

async fn invites(State(shared): State<Shared>, Json(talk): Json<Talk>) -> Reply {
    let hands = hands(&shared, &talk.person)?;
    for handle in &talk.people {
        hands.invites(&talk.channel, handle).map_err(refused)?;
    }
    Ok(Json(json!({})))
}

/// Whom no group takes in together.
#[derive(Deserialize)]
struct Apart {
    people: Vec<String>,
    error: String,
}

async fn keep_apart(State(shared): State<Shared>, Json(apart): Json<Apart>) -> Reply {
    let mut ids = Vec::new();
    for handle in &apart.people {
        ids.push(hands(&shared, handle)?.id);
    }
    shared.lock().apart.push((ids, apart.error));
    Ok(Json(json!({})))
}

async fn says_in(State(shared): State<Shared>, Json(talk): Json<Talk>) -> Reply {
    let hands = hands(&shared, &talk.person)?;
    let ts = hands.says_in(&talk.channel, &talk.text, talk.thread_ts.as_deref()).await.map_err(refused)?;
    Ok(Json(json!({"ts": ts})))
}

async fn types_in(State(shared): State<Shared>, Json(talk): Json<Talk>) -> Reply {
    let seen = hands(&shared, &talk.person)?.types_in(&talk.channel, &talk.text).await.map_err(refused)?;
    Ok(Json(json!({"seen": seen})))
}

async fn reads(State(shared): State<Shared>, Json(talk): Json<Talk>) -> Reply {
    Ok(Json(json!({"seen": hands(&shared, &talk.person)?.reads(&talk.channel)})))
}
