//! What people do on the page. Each deed names exactly what was pointed at; the hands do it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::changes::Change;
use crate::hands::{Hands, HandsError, Pointed, SubmitOutcome};
use crate::interactions::Target;
use crate::messages::Draft;
use crate::turning::{self, Turn};
use crate::world::Shared;

/// What the page hears of a deed.
pub(crate) type Told = Result<Json<Value>, (StatusCode, Json<Value>)>;

/// Where a pointed-at element is.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Where {
    View { view: String },
    Message { channel: String, ts: String },
}

impl From<Where> for Target {
    fn from(place: Where) -> Self {
        match place {
            Where::View { view } => Self::View(view),
            Where::Message { channel, ts } => Self::Message { channel, ts },
        }
    }
}

fn hands(shared: &Shared, person: &str) -> Result<Hands, (StatusCode, Json<Value>)> {
    let world = shared.lock();
    let Some(person) = world.person(person) else {
        return Err((
            StatusCode::NOT_FOUND,
            Json(json!({"error": format!("nobody has the id {person}"), "slack": null})),
        ));
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
    let slack = match &error {
        HandsError::OperationTimeout(_) => Some("operation_timeout"),
        HandsError::NoConnection(_) => Some("dispatch_failed"),
        HandsError::NotSeen(_) | HandsError::Refused(_) | HandsError::WaitedInVain(_) => None,
    };
    (StatusCode::CONFLICT, Json(json!({"error": error.to_string(), "slack": slack})))
}

fn done() -> Told {
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
pub(crate) struct Says {
    person: String,
    channel: String,
    text: String,
}

pub(crate) async fn says(State(shared): State<Shared>, Json(says): Json<Says>) -> Told {
    let hands = hands(&shared, &says.person)?;
    match hands.types(&says.text).await {
        Ok(_) => done(),
        Err(error) => {
            if says.text.starts_with('/') {
                explain(&shared, &says, &error);
            }
            Err(refused(error))
        }
    }
}

/// What Slackbot tells somebody whose command came to nothing.
fn explain(shared: &Shared, says: &Says, error: &HandsError) {
    let command = says.text.split_whitespace().next().unwrap_or_default();
    let text = match error {
        HandsError::OperationTimeout(_) | HandsError::NoConnection(_) => {
            format!("{command} failed because the app did not respond.")
        }
        HandsError::Refused(why) | HandsError::NotSeen(why) | HandsError::WaitedInVain(why) => why.clone(),
    };
    let draft = Draft {
        text,
        sender: Some("USLACKBOT".to_owned()),
        ephemeral_to: Some(says.person.clone()),
        ..Draft::default()
    };
    shared.lock().post(&says.channel, draft);
}

#[derive(Deserialize)]
pub(crate) struct Acts {
    person: String,
    target: Where,
    block_id: String,
    action_id: String,
    #[serde(default)]
    value: Value,
}

pub(crate) async fn acts(State(shared): State<Shared>, Json(acts): Json<Acts>) -> Told {
    let hands = hands(&shared, &acts.person)?;
    let pointed = Pointed { target: acts.target.into(), block_id: acts.block_id, action_id: acts.action_id };
    hands.acts_on(&pointed, acts.value).await.map_err(refused)?;
    done()
}

#[derive(Deserialize)]
pub(crate) struct OnView {
    person: String,
    view: String,
    /// Block to action to value, for what was not sent while it was typed.
    #[serde(default)]
    values: Map<String, Value>,
}

pub(crate) async fn submits(State(shared): State<Shared>, Json(on): Json<OnView>) -> Told {
    let hands = hands(&shared, &on.person)?;
    for (block_id, actions) in on.values {
        for (action_id, value) in actions.as_object().cloned().unwrap_or_default() {
            let pointed = Pointed { target: Target::View(on.view.clone()), block_id: block_id.clone(), action_id };
            hands.holds(&pointed, value).map_err(refused)?;
        }
    }
    let missing = hands.missing_in(&on.view).map_err(refused)?;
    if !missing.is_empty() {
        let error = "Complete the required fields.";
        return Err((StatusCode::CONFLICT, Json(json!({"error": error, "slack": null, "missing": missing}))));
    }
    let outcome = match hands.submits().await.map_err(refused)? {
        SubmitOutcome::Closed => "closed",
        SubmitOutcome::Errors(_) => "errors",
        SubmitOutcome::Updated(_) => "updated",
        SubmitOutcome::Pushed(_) => "pushed",
    };
    Ok(Json(json!({"outcome": outcome})))
}

pub(crate) async fn closes(State(shared): State<Shared>, Json(on): Json<OnView>) -> Told {
    let hands = hands(&shared, &on.person)?;
    // Somebody may have closed it in another tab: then it is not for this tab to close what is below.
    if shared.lock().top_modal(&on.person).is_some_and(|top| top.id == on.view) {
        hands.closes().await.map_err(refused)?;
    }
    done()
}

#[derive(Deserialize)]
pub(crate) struct Opens {
    person: String,
    tab: Tab,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Tab {
    Home,
    Messages,
}

pub(crate) async fn opens(State(shared): State<Shared>, Json(opens): Json<Opens>) -> Told {
    let hands = hands(&shared, &opens.person)?;
    let opened = match opens.tab {
        Tab::Home => hands.opens_home().await.map(drop),
        Tab::Messages => hands.opens_messages().await,
    };
    opened.map_err(refused)?;
    done()
}

#[derive(Deserialize)]
pub(crate) struct Reads {
    person: String,
    channel: String,
    ts: String,
}

pub(crate) async fn reads(State(shared): State<Shared>, Json(reads): Json<Reads>) -> Told {
    let mut world = shared.lock();
    let mark = world.marks.entry(reads.person.clone()).or_default().entry(reads.channel).or_default();
    // Another tab may have read further.
    if reads.ts > *mark {
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
