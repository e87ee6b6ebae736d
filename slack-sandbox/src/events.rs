//! Events API through Socket Mode: the wrapping, and repetition while unacknowledged.

use serde_json::{Value, json};

use crate::envelopes::{Outgoing, Unanswered, exchange};
use crate::residents::{APP, BOT_USER};
use crate::world::{ENTERPRISE, Shared, World};

impl World {
    /// Whether the app subscribes to a wrapped event; without a manifest to any.
    pub(crate) fn hears(&self, payload: &Value) -> bool {
        let event = payload.get("event").unwrap_or(&Value::Null);
        self.options.manifest.as_ref().is_none_or(|manifest| manifest.subscribes(event))
    }

    /// Wraps an event as `event_callback`; one that is wrapped already stays as it is.
    pub(crate) fn wrap_event(&mut self, mut event: Value) -> Value {
        if event.get("type").and_then(Value::as_str) == Some("event_callback") {
            return event;
        }
        let event_ts = self.ts();
        if event.is_object() && event.get("event_ts").is_none() {
            event["event_ts"] = json!(event_ts);
        }
        let event_id = self.id("Ev");
        let org_wide = self.options.enterprise_install;
        let team = &self.options.team_id;
        let mut wrapped = json!({
            "token": "verification-token", "team_id": team, "api_app_id": APP, "event": event,
            "type": "event_callback", "event_id": event_id, "event_time": self.now().timestamp(),
            "authorizations": [{
                "enterprise_id": if org_wide { json!(ENTERPRISE) } else { Value::Null },
                "team_id": if org_wide { Value::Null } else { json!(team) },
                "user_id": BOT_USER, "is_bot": true, "is_enterprise_install": org_wide,
            }],
            "is_ext_shared_channel": false, "event_context": format!("4-{event_id}"),
        });
        if org_wide {
            wrapped["enterprise_id"] = json!(ENTERPRISE);
        }
        wrapped
    }
}

fn outgoing(payload: &Value, retry: (u32, &'static str)) -> Outgoing {
    Outgoing { kind: "events_api", payload: payload.clone(), accepts_payload: false, retry: Some(retry) }
}

/// Sends a wrapped event, if the app subscribes to it, and waits for the first acknowledgement; when there is
/// none, it comes again later, in the background.
pub(crate) async fn deliver(shared: &Shared, payload: Value) -> Result<(), Unanswered> {
    if !shared.lock().hears(&payload) {
        return Ok(());
    }
    let first = exchange(shared, outgoing(&payload, (0, ""))).await;
    let Err(unanswered) = first else {
        return Ok(());
    };
    let shared = shared.clone();
    tokio::spawn(async move {
        let delays = shared.lock().options.redelivery_delays;
        for (attempt, delay) in (1..).zip(delays) {
            tokio::select! {
                () = shared.stopped() => return,
                () = tokio::time::sleep(delay) => {}
            }
            if exchange(&shared, outgoing(&payload, (attempt, "timeout"))).await.is_ok() {
                return;
            }
        }
    });
    Err(unanswered)
}
