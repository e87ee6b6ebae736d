//! `/control`: the hands over HTTP, for scripts. A thin layer: every answer comes from the hands.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::events::deliver;
use crate::faults::Fault;
use crate::hands::{Hands, HandsError, SubmitOutcome};
use crate::people::NewPerson;
use crate::residents::APP;
use crate::socket::{DisconnectReason, Which};
use crate::turning::{self, Turn};
use crate::world::Shared;

pub(crate) type Reply = Result<Json<Value>, (StatusCode, Json<Value>)>;

pub(crate) fn router() -> Router<Shared> {
    Router::new()
        .route("/state", get(state))
        .route("/violations", get(violations))
        .route("/calls", get(calls))
        .route("/envelopes", get(envelopes))
        .route("/people", get(people).post(add_person))
        .route("/seen", get(seen))
        .route("/types", post(types))
        .route("/opens_home", post(opens_home))
        .route("/clicks", post(clicks))
        .route("/fills", post(fills))
        .route("/chooses", post(chooses))
        .route("/submits", post(submits))
        .route("/closes", post(closes))
        .route("/disconnect", post(disconnect))
        .route("/socket_mode", post(socket_mode))
        .route("/fault", post(fault))
        .route("/event", post(event))
        .route("/clock", get(clock).post(turn_clock))
        .merge(crate::deeds::router())
}

/// What a request about a person can hold.
#[derive(Deserialize)]
struct Deed {
    person: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    option: String,
}

pub(crate) fn hands(shared: &Shared, handle: &str) -> Result<Hands, (StatusCode, Json<Value>)> {
    let world = shared.lock();
    let Some(person) = world.person_by_handle(handle) else {
        return Err((StatusCode::NOT_FOUND, Json(json!({"error": format!("nobody is called {handle}")}))));
    };
    Ok(Hands {
        shared: shared.clone(),
        id: person.id.clone(),
        handle: person.handle.clone(),
        name: person.name.clone(),
    })
}

#[expect(clippy::needless_pass_by_value, reason = "the shape map_err wants")]
pub(crate) fn refused(error: HandsError) -> (StatusCode, Json<Value>) {
    (StatusCode::CONFLICT, Json(json!({"error": error.to_string()})))
}

async fn state(State(shared): State<Shared>) -> Json<Value> {
    let world = shared.lock();
    Json(json!({
        "api_url": format!("{}/api", world.base_url), "app_token": world.app_token(), "bot_token": world.bot_token(),
        "app_id": APP, "team_id": world.options.team_id, "connections": world.live_sockets(),
        "people": world.people.iter().map(|person| person.handle.clone()).collect::<Vec<_>>(),
        "violations": world.violations.len(), "calls": world.calls.len(),
    }))
}

async fn violations(State(shared): State<Shared>) -> Json<Value> {
    Json(json!(shared.lock().violations))
}

async fn calls(State(shared): State<Shared>) -> Json<Value> {
    Json(json!(shared.lock().calls))
}

async fn envelopes(State(shared): State<Shared>) -> Json<Value> {
    Json(json!(shared.lock().envelopes))
}

async fn people(State(shared): State<Shared>) -> Json<Value> {
    let world = shared.lock();
    let now = world.now();
    Json(Value::Array(world.people.iter().map(|person| person.user(now, true)).collect()))
}

async fn add_person(State(shared): State<Shared>, Json(person): Json<NewPerson>) -> Json<Value> {
    let id = shared.lock().add_person(person);
    Json(json!({"id": id}))
}

/// Whose eyes.
#[derive(Deserialize)]
struct Who {
    person: String,
}

async fn seen(State(shared): State<Shared>, Query(who): Query<Who>) -> Reply {
    let hands = hands(&shared, &who.person)?;
    Ok(Json(json!({
        "dms": hands.dms(), "ephemerals": hands.ephemerals(), "group_dms": hands.group_dms(),
        "modal": hands.modal(), "home": hands.home(), "notifications": hands.notifications(),
    })))
}

async fn types(State(shared): State<Shared>, Json(deed): Json<Deed>) -> Reply {
    let seen = hands(&shared, &deed.person)?.types(&deed.text).await.map_err(refused)?;
    Ok(Json(json!({"seen": seen})))
}

async fn opens_home(State(shared): State<Shared>, Json(deed): Json<Deed>) -> Reply {
    let home = hands(&shared, &deed.person)?.opens_home().await.map_err(refused)?;
    Ok(Json(json!({"home": home})))
}

async fn clicks(State(shared): State<Shared>, Json(deed): Json<Deed>) -> Reply {
    hands(&shared, &deed.person)?.clicks(&deed.label).await.map_err(refused)?;
    Ok(Json(json!({})))
}

async fn fills(State(shared): State<Shared>, Json(deed): Json<Deed>) -> Reply {
    hands(&shared, &deed.person)?.fills(&deed.label, &deed.text).await.map_err(refused)?;
    Ok(Json(json!({})))
}

async fn chooses(State(shared): State<Shared>, Json(deed): Json<Deed>) -> Reply {
    hands(&shared, &deed.person)?.chooses(&deed.label, &deed.option).await.map_err(refused)?;
    Ok(Json(json!({})))
}

async fn submits(State(shared): State<Shared>, Json(deed): Json<Deed>) -> Reply {
    let outcome = hands(&shared, &deed.person)?.submits().await.map_err(refused)?;
    Ok(Json(match outcome {
        SubmitOutcome::Closed => json!({"outcome": "closed"}),
        SubmitOutcome::Errors(errors) => json!({"outcome": "errors", "errors": errors}),
        SubmitOutcome::Updated(view) => json!({"outcome": "updated", "view": view}),
        SubmitOutcome::Pushed(view) => json!({"outcome": "pushed", "view": view}),
    }))
}

async fn closes(State(shared): State<Shared>, Json(deed): Json<Deed>) -> Reply {
    hands(&shared, &deed.person)?.closes().await.map_err(refused)?;
    Ok(Json(json!({})))
}

/// A disconnect to order.
#[derive(Deserialize)]
struct Disconnect {
    reason: DisconnectReason,
    which: Which,
}

async fn disconnect(State(shared): State<Shared>, Json(order): Json<Disconnect>) -> Json<Value> {
    shared.lock().disconnect(order.reason, order.which);
    Json(json!({}))
}

/// The switch of Socket Mode.
#[derive(Deserialize)]
struct SocketMode {
    on: bool,
}

async fn socket_mode(State(shared): State<Shared>, Json(switch): Json<SocketMode>) -> Json<Value> {
    shared.lock().switch_socket_mode(switch.on);
    Json(json!({}))
}

async fn fault(State(shared): State<Shared>, Json(fault): Json<Fault>) -> Json<Value> {
    shared.lock().order_fault(fault);
    Json(json!({}))
}

async fn event(State(shared): State<Shared>, Json(event): Json<Value>) -> Reply {
    let payload = {
        let mut world = shared.lock();
        let payload = world.wrap_event(event);
        if !world.hears(&payload) {
            return Err(refused(HandsError::Refused("the manifest does not subscribe to this event".to_owned())));
        }
        payload
    };
    let delivered = deliver(&shared, payload).await;
    delivered.map_err(|unanswered| refused(HandsError::unanswered("an event was sent", unanswered)))?;
    Ok(Json(json!({})))
}

async fn clock(State(shared): State<Shared>) -> Json<Value> {
    let (now, clockwork) = {
        let world = shared.lock();
        (world.now(), world.options.clockwork.clone())
    };
    let next = match &clockwork {
        Some(clockwork) => turning::next(&shared, clockwork).await,
        None => None,
    };
    Json(json!({"now": now, "turns": clockwork.is_some(), "next": next}))
}

async fn turn_clock(State(shared): State<Shared>, Json(aim): Json<Turn>) -> Reply {
    match turning::turn(&shared, aim).await {
        Ok(turned) => Ok(Json(json!(turned))),
        Err(failure) => Err((StatusCode::CONFLICT, Json(json!({"error": failure.to_string()})))),
    }
}
