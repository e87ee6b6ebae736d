//! What people do on the page beside acting on messages and forms: uploading, meeting, reading, turning the clock.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::deeds::{Told, done, hands, nobody, refused};
use crate::changes::Change;
use crate::hands::{HandsError, transferable};
use crate::residents::BOT_USER;
use crate::turning::{self, Turn};
use crate::world::{Shared, earlier, is_stamp};

#[derive(Deserialize)]
pub(crate) struct Uploads {
    person: String,
    name: String,
}

pub(crate) async fn uploads(State(shared): State<Shared>, Query(uploads): Query<Uploads>, body: Bytes) -> Told {
    let hands = hands(&shared, &uploads.person)?;
    hands.check_active(&shared.lock()).map_err(refused)?;
    let size = body.len();
    transferable(size).map_err(|why| refused(HandsError::Refused(format!("{}: {why}", uploads.name))))?;
    let id = hands.uploads(&mut shared.lock(), &uploads.name, body.to_vec());
    Ok(Json(json!({"id": id, "name": uploads.name, "size": size})))
}

#[derive(Deserialize)]
pub(crate) struct Meets {
    person: String,
    users: Vec<String>,
}

pub(crate) async fn meets(State(shared): State<Shared>, Json(meets): Json<Meets>) -> Told {
    let hands = hands(&shared, &meets.person)?;
    let handles: Vec<String> = {
        let mut world = shared.lock();
        hands.check_active(&world).map_err(refused)?;
        if let Some(stranger) = meets.users.iter().find(|id| world.person(id).is_none()) {
            return Err(nobody(stranger));
        }
        if meets.users.iter().any(|user| user == BOT_USER) {
            // Where the app is, it is as if the app had brought them together.
            let mut together: Vec<String> = meets.users.iter().filter(|user| *user != BOT_USER).cloned().collect();
            together.retain(|user| *user != meets.person);
            together.push(meets.person.clone());
            if let Some(reason) = world.cannot_meet(&together) {
                return Err((
                    StatusCode::CONFLICT,
                    Json(json!({"error": format!("Slack refuses: {reason}"), "slack": reason})),
                ));
            }
            return Ok(Json(json!({"channel": world.together(&together)})));
        }
        meets.users.iter().filter_map(|id| world.person(id)).map(|person| person.handle.clone()).collect()
    };
    let handles: Vec<&str> = handles.iter().map(String::as_str).collect();
    Ok(Json(json!({"channel": hands.meets(&handles).map_err(refused)?})))
}

#[derive(Deserialize)]
pub(crate) struct Reads {
    person: String,
    channel: String,
    ts: String,
}

pub(crate) async fn reads(State(shared): State<Shared>, Json(reads): Json<Reads>) -> Told {
    let hands = hands(&shared, &reads.person)?;
    let mut world = shared.lock();
    hands.check_inside(&world, &reads.channel).map_err(refused)?;
    if !is_stamp(&reads.ts) || earlier(&world.newest_stamp(), &reads.ts) {
        return Err(refused(HandsError::Refused(format!("{:?} is no message's timestamp", reads.ts))));
    }
    let mark = world.marks.entry(reads.person.clone()).or_default().entry(reads.channel).or_default();
    // Another tab may have read further.
    if earlier(mark, &reads.ts) {
        *mark = reads.ts;
        world.changes.note(Change::Marks(reads.person));
    }
    done()
}

pub(crate) async fn turns(State(shared): State<Shared>, Json(aim): Json<Turn>) -> Told {
    match turning::turn(&shared, aim).await {
        Ok(turned) => Ok(Json(json!(turned))),
        Err(failure) => Err((StatusCode::CONFLICT, Json(json!({"error": failure.to_string(), "slack": null})))),
    }
}

pub(crate) async fn stops_turning(State(shared): State<Shared>) -> Told {
    let stopping = shared.lock().stop_turning();
    Ok(Json(json!({"stopping": stopping})))
}
