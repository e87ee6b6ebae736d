//! What people do on the page. Each deed names exactly what was pointed at; the hands do it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::hands::{Hands, HandsError, Pointed, SubmitOutcome};
use crate::interactions::Target;
use crate::messages::Draft;
use crate::residents::SLACKBOT;
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

pub(super) fn nobody(id: &str) -> (StatusCode, Json<Value>) {
    (StatusCode::NOT_FOUND, Json(json!({"error": format!("nobody has the id {id}"), "slack": null})))
}

pub(super) fn hands(shared: &Shared, person: &str) -> Result<Hands, (StatusCode, Json<Value>)> {
    let world = shared.lock();
    let Some(person) = world.person(person) else {
        return Err(nobody(person));
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
    let (slack, words) = match &error {
        HandsError::OperationTimeout(_) => (Some("operation_timeout"), error.to_string()),
        HandsError::NoConnection(_) => (Some("dispatch_failed"), error.to_string()),
        HandsError::BadAnswer(_) => {
            let words =
                "We had some trouble connecting. Try again? (Slack does not take the app's answer: see the log.)";
            (Some("invalid_response"), words.to_owned())
        }
        HandsError::NotSeen(_) | HandsError::Refused(_) | HandsError::WaitedInVain(_) => (None, error.to_string()),
    };
    (StatusCode::CONFLICT, Json(json!({"error": words, "slack": slack})))
}

pub(super) fn done() -> Told {
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
pub(crate) struct Says {
    person: String,
    channel: String,
    text: String,
    thread_ts: Option<String>,
}

pub(crate) async fn says(State(shared): State<Shared>, Json(says): Json<Says>) -> Told {
    let hands = hands(&shared, &says.person)?;
    if !says.text.starts_with('/') {
        match hands.says_in(&says.channel, &says.text, says.thread_ts.as_deref()).await {
            // The message is there; that the app has not heard of it is no concern of who wrote it.
            Ok(_) | Err(HandsError::NoConnection(_) | HandsError::OperationTimeout(_)) => return done(),
            Err(error) => return Err(refused(error)),
        }
    }
    if let Err(error) = hands.says_in(&says.channel, &says.text, says.thread_ts.as_deref()).await {
        explain(&shared, &says, &error);
        return Err(refused(error));
    }
    done()
}

/// What Slackbot tells somebody whose command came to nothing.
fn explain(shared: &Shared, says: &Says, error: &HandsError) {
    let command = says.text.split_whitespace().next().unwrap_or_default();
    let text = match error {
        HandsError::OperationTimeout(_) | HandsError::NoConnection(_) => {
            format!("{command} failed because the app did not respond.")
        }
        HandsError::BadAnswer(why)
        | HandsError::Refused(why)
        | HandsError::NotSeen(why)
        | HandsError::WaitedInVain(why) => why.clone(),
    };
    let draft = Draft {
        text,
        sender: Some(SLACKBOT.to_owned()),
        thread_ts: says.thread_ts.clone(),
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
    /// Whether the app may hear of it; text that is still being typed is only kept.
    #[serde(default = "yes")]
    dispatch: bool,
}

fn yes() -> bool {
    true
}

pub(crate) async fn acts(State(shared): State<Shared>, Json(acts): Json<Acts>) -> Told {
    let hands = hands(&shared, &acts.person)?;
    let pointed = Pointed { target: acts.target.into(), block_id: acts.block_id, action_id: acts.action_id };
    if acts.dispatch {
        hands.acts_on(&pointed, acts.value).await.map_err(refused)?;
    } else {
        hands.holds(&pointed, acts.value).map_err(refused)?;
    }
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
    hands.still_has(&on.view).map_err(refused)?;
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
    let outcome = match hands.submits_view(&on.view).await.map_err(refused)? {
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
    match hands.closes_view(&on.view).await {
        Ok(()) | Err(HandsError::NotSeen(_)) => done(),
        Err(error) => Err(refused(error)),
    }
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
pub(crate) struct Shortcut {
    person: String,
    callback_id: String,
    message: Option<OnMessage>,
}

#[derive(Deserialize)]
struct OnMessage {
    channel: String,
    ts: String,
}

pub(crate) async fn shortcut(State(shared): State<Shared>, Json(shortcut): Json<Shortcut>) -> Told {
    let hands = hands(&shared, &shortcut.person)?;
    let known = {
        let world = shared.lock();
        let all = world.options.manifest.iter().flat_map(|manifest| manifest.shortcuts.iter());
        all.into_iter().find(|known| known.callback_id == shortcut.callback_id).map(|known| known.name.clone())
    };
    let name = known.unwrap_or(shortcut.callback_id);
    let used = match &shortcut.message {
        Some(message) => hands.uses_message_shortcut(&name, &message.channel, &message.ts).await,
        None => hands.uses_shortcut(&name).await,
    };
    used.map_err(refused)?;
    done()
}

#[derive(Deserialize)]
pub(crate) struct Suggests {
    person: String,
    target: Where,
    block_id: String,
    action_id: String,
    text: String,
}

pub(crate) async fn suggests(State(shared): State<Shared>, Json(suggests): Json<Suggests>) -> Told {
    let hands = hands(&shared, &suggests.person)?;
    let pointed =
        Pointed { target: suggests.target.into(), block_id: suggests.block_id, action_id: suggests.action_id };
    Ok(Json(hands.is_suggested(&pointed, &suggests.text).await.map_err(refused)?))
}
