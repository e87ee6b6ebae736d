//! The order in which calls, envelopes and broken rules happened, one line each, as the log of the page shows them.
//! The records themselves are kept where they always were.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::changes::Change;
use crate::records::{Call, EnvelopeRecord, Violation};
use crate::world::World;

/// Which record a line is about, by its place.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Entry {
    Call(usize),
    Envelope(usize),
    Violation(usize),
}

/// One line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) at: DateTime<Utc>,
    pub(crate) entry: Entry,
}

impl World {
    pub(crate) fn record_call(&mut self, call: Call) {
        self.calls.push(call);
        self.add_line(Entry::Call(self.calls.len() - 1));
    }

    /// Returns the number of the line, for [`World::note_line`].
    pub(crate) fn record_envelope(&mut self, envelope: EnvelopeRecord) -> usize {
        self.envelopes.push(envelope);
        self.add_line(Entry::Envelope(self.envelopes.len() - 1))
    }

    pub(crate) fn record_violation(&mut self, violation: Violation) {
        self.violations.push(violation);
        self.add_line(Entry::Violation(self.violations.len() - 1));
    }

    fn add_line(&mut self, entry: Entry) -> usize {
        self.ledger.push(Line { at: self.now(), entry });
        let number = self.ledger.len() - 1;
        self.note_line(number);
        number
    }

    /// Notes that a line says something else now.
    pub(crate) fn note_line(&mut self, number: usize) {
        self.changes.note(Change::Line(number));
    }

    /// A line as the log lists it.
    pub(crate) fn line(&self, number: usize) -> Option<Value> {
        let line = self.ledger.get(number)?;
        let mut shown = match line.entry {
            Entry::Call(place) => call_line(self.calls.get(place)?),
            Entry::Envelope(place) => envelope_line(self.envelopes.get(place)?),
            Entry::Violation(place) => {
                let violation = self.violations.get(place)?;
                json!({"kind": "violation", "title": violation.rule, "outcome": violation.detail, "bad": true, "person": null})
            }
        };
        shown["n"] = json!(number);
        shown["at"] = json!(line.at);
        Some(shown)
    }

    /// A line with everything that was sent and answered.
    pub(crate) fn whole_line(&self, number: usize) -> Option<Value> {
        let mut shown = self.line(number)?;
        let (request, response) = match self.ledger.get(number)?.entry {
            Entry::Call(place) => {
                let call = self.calls.get(place)?;
                (call.arguments.clone(), call.response.clone())
            }
            Entry::Envelope(place) => {
                let envelope = self.envelopes.get(place)?;
                (envelope.payload.clone(), envelope.acknowledgement.clone().unwrap_or(Value::Null))
            }
            Entry::Violation(place) => (json!(self.violations.get(place)?), Value::Null),
        };
        shown["request"] = request;
        shown["response"] = response;
        Some(shown)
    }
}

fn call_line(call: &Call) -> Value {
    let error = call.response.get("error").and_then(Value::as_str);
    let outcome = match (call.status, error) {
        (0, _) => "cut before an answer".to_owned(),
        (200, None) => "ok".to_owned(),
        (200, Some(error)) => error.to_owned(),
        (status, Some(error)) => format!("{status} {error}"),
        (status, None) => status.to_string(),
    };
    let person = ["user_id", "user", "users"]
        .iter()
        .find_map(|name| call.arguments.get(*name).and_then(Value::as_str))
        // Several people, separated by commas, are nobody in particular.
        .filter(|id| !id.contains(','))
        .or_else(|| call.response.get("view").and_then(|view| view.get("user")).and_then(Value::as_str));
    json!({"kind": "call", "title": call.method, "bad": outcome != "ok", "outcome": outcome, "person": person})
}

fn envelope_line(envelope: &EnvelopeRecord) -> Value {
    let text = |pointer: &str| envelope.payload.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let about = match envelope.kind.as_str() {
        "slash_commands" => format!("{} {}", text("/command"), text("/text")),
        "events_api" => text("/event/type").to_owned(),
        _ => {
            let inner = match text("/actions/0/action_id") {
                "" => text("/view/callback_id"),
                action => action,
            };
            format!("{} {inner}", text("/type"))
        }
    };
    let again =
        if envelope.retry_attempt > 0 { format!(" (attempt {})", envelope.retry_attempt + 1) } else { String::new() };
    let outcome = match envelope.acknowledged_after {
        Some(after) => format!("acknowledged after {} ms", after.as_millis()),
        None if envelope.unanswered => "not acknowledged within 3 s".to_owned(),
        None => "not yet acknowledged".to_owned(),
    };
    let person = ["/user_id", "/user/id", "/event/user", "/event/user/id"]
        .iter()
        .find_map(|pointer| envelope.payload.pointer(pointer).and_then(Value::as_str));
    let late = envelope.acknowledged_after.is_some_and(|after| after > crate::envelopes::ACKNOWLEDGE_WITHIN);
    json!({
        "kind": "envelope", "title": format!("{} {}{again}", envelope.kind, about.trim()), "outcome": outcome,
        "bad": late || envelope.unanswered, "person": person,
    })
}
