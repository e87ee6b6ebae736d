//! External selects: what somebody types into one is asked of the app, and its answer judged.

use serde_json::{Value, json};

use crate::block_kit::judge_blocks;
use crate::render::{Eye, options, text_object};
use crate::state::current;

use super::finding::Found;
use super::{Hands, HandsError, Place};

/// Characters to type before Slack asks, when the element does not say.
const LEAST: u64 = 3;
/// Most options an answer may hold.
const MOST: usize = 100;

fn is_external(kind: &str) -> bool {
    matches!(kind, "external_select" | "multi_external_select")
}

impl Hands {
    /// Types into the external select with this label and returns the texts of the options the app suggests.
    ///
    /// # Errors
    /// `NotSeen` without such a select; `Refused` when more must be typed before Slack asks or the answer is not
    /// one Slack takes; `OperationTimeout`, `NoConnection`.
    pub async fn suggestions(&self, label: &str, text: &str) -> Result<Vec<String>, HandsError> {
        let found = {
            let world = self.shared.lock();
            self.check_active(&world)?;
            self.find_input(&world, &Place::Anywhere, label, |placed| is_external(placed.kind()))?
        };
        let answer = self.suggested(&found, label, text).await?;
        let options = options(&answer);
        let eye = Eye::of(&self.shared.lock(), &self.id);
        Ok(options.iter().filter_map(|option| option.get("text")).map(|name| text_object(name, &eye)).collect())
    }

    /// The options to choose `wanted` from in an external select; `None` when it needs no asking.
    pub(super) async fn offered(&self, found: &Found, label: &str, wanted: &str) -> Result<Option<Value>, HandsError> {
        if !is_external(found.placed().kind()) || wanted.is_empty() {
            return Ok(None);
        }
        let chosen = {
            let world = self.shared.lock();
            let eye = Eye::of(&world, &self.id);
            let named = |option: &Value| option.get("text").is_some_and(|name| text_object(name, &eye) == wanted);
            let before = current(&self.values_of(&world, found), &found.placed()).unwrap_or_default();
            before.as_array().into_iter().flatten().find(|option| named(option)).cloned()
        };
        match chosen {
            // What is chosen already can be taken away without asking again.
            Some(option) => Ok(Some(json!([option]))),
            None => {
                let answer = self.suggested(found, label, wanted).await?;
                Ok(Some(options(&answer).into_iter().cloned().collect()))
            }
        }
    }

    /// Asks the app for `options` or `option_groups`, and judges what it answers.
    pub(super) async fn suggested(&self, found: &Found, label: &str, text: &str) -> Result<Value, HandsError> {
        let what = format!("{} typed {text:?} into {label:?}", self.name);
        let least = found.element.get("min_query_length").and_then(Value::as_u64).unwrap_or(LEAST);
        if u64::try_from(text.chars().count()).unwrap_or(u64::MAX) < least {
            return Err(HandsError::Refused(format!("{what}: Slack asks for options from {least} characters on")));
        }
        let payload = self.shared.lock().block_suggestion(&self.id, &found.target, &found.placed(), text);
        let answer = self.interact(&what, payload, true).await?;
        judged(&answer).map(|()| answer).map_err(|why| {
            self.shared.lock().violation("invalid_options", format!("{what}: {why}"));
            HandsError::Refused(format!("{what}: nothing is offered, as Slack refused the answer: {why}"))
        })
    }
}

/// Why Slack takes none of an answer's options.
fn judged(answer: &Value) -> Result<(), String> {
    let (key, list) = match (answer.get("options"), answer.get("option_groups")) {
        (Some(Value::Array(list)), None) => ("options", list),
        (None, Some(Value::Array(list))) => ("option_groups", list),
        _ => return Err("it must hold a list of either options or option_groups".to_owned()),
    };
    let count = options(answer).len();
    if count > MOST {
        return Err(format!("{count} options, at most {MOST} are taken"));
    }
    if list.is_empty() {
        return Ok(());
    }
    // The same list in a static select must pass: the rules for options are the same.
    let blocks = json!([{"type": "section", "text": {"type": "plain_text", "text": "x"}, "accessory": {
        "type": "static_select", "action_id": "x", "placeholder": {"type": "plain_text", "text": "x"}, key: list,
    }}]);
    let problems = judge_blocks(&blocks);
    if problems.is_empty() { Ok(()) } else { Err(problems.join("; ")) }
}
