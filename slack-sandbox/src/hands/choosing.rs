//! Filling in and choosing: inputs found by their label, options by their text, with the limits that
//! Slack's client enforces while somebody types.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use serde_json::{Value, json};

use crate::interactions::Target;
use crate::render::{Eye, is_chosen, options, text_object};
use crate::state::{Placed, current, set, value_key};
use crate::world::World;

use super::finding::Found;
use super::{Hands, HandsError, Place};

/// Longest text of a plain-text input without a limit of its own.
const LONGEST: u64 = 3000;

impl Hands {
    /// Types text into the input with this label: in the top modal, else in a message or Home. Empty text
    /// empties it.
    ///
    /// # Errors
    /// `NotSeen` without such an input; `Refused` when the text is too long, too short or of the wrong form.
    pub async fn fills(&self, label: &str, text: &str) -> Result<(), HandsError> {
        let what = format!("{} filled in {label:?}", self.name);
        let payload = {
            let mut world = self.shared.lock();
            self.check_active(&world)?;
            let found = self.find_input(&world, &Place::Anywhere, label, |placed| {
                placed.kind().ends_with("_input") && placed.kind() != "file_input"
            })?;
            if !text.is_empty() {
                typed_properly(&found, text).map_err(|why| HandsError::Refused(format!("{what}: {why}")))?;
            }
            let value = match (found.placed().kind(), text) {
                (_, "") => None,
                ("rich_text_input", text) => Some(json!({
                    "type": "rich_text",
                    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}],
                })),
                (_, text) => Some(json!(text)),
            };
            self.keep(&mut world, &found, value.clone());
            self.action_for(&mut world, &found, value)
        };
        self.tell(&what, payload).await
    }

    /// Chooses by visible text: an option of a select, radio buttons or overflow; toggles one of checkboxes
    /// and multi-selects; `HH:MM`, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM` (own time zone) of pickers; `@handle`
    /// or `#channel` of people and channel selects. Empty text empties a select or picker. An external select is
    /// asked with the option's text first.
    ///
    /// # Errors
    /// `NotSeen` without such a select or option (with what there is) or for a malformed date or time; of an
    /// external select also as `suggestions`.
    pub async fn chooses(&self, label: &str, option: &str) -> Result<(), HandsError> {
        let what = format!("{} chose {option:?} of {label:?}", self.name);
        let mut found = {
            let world = self.shared.lock();
            self.check_active(&world)?;
            self.find_input(&world, &Place::Anywhere, label, |placed| {
                !placed.kind().ends_with("_input")
                    && !matches!(placed.kind(), "button" | "workflow_button" | "icon_button" | "feedback_buttons")
            })?
        };
        if let Some(options) = self.offered(&found, label, option).await? {
            found.element["options"] = options;
        }
        let payload = {
            let mut world = self.shared.lock();
            let value =
                self.chosen(&world, &found, option).map_err(|why| HandsError::NotSeen(format!("{what}: {why}")))?;
            if found.placed().kind() != "overflow" {
                self.keep(&mut world, &found, value.clone());
            }
            self.action_for(&mut world, &found, value)
        };
        self.tell(&what, payload).await
    }

    pub(super) async fn tell(&self, what: &str, payload: Option<Value>) -> Result<(), HandsError> {
        match payload {
            Some(payload) => self.interact(what, payload, false).await.map(drop),
            None => Ok(()),
        }
    }

    /// The values a sight holds now.
    pub(super) fn values_of(&self, world: &World, found: &Found) -> Value {
        match &found.target {
            Target::View(id) => world.view(id).map(|view| view.values.clone()).unwrap_or_default(),
            Target::Message { channel, ts } => {
                world.message(channel, ts).map(|message| world.message_values(&self.id, message)).unwrap_or_default()
            }
        }
    }

    /// Remembers what was filled in.
    pub(super) fn keep(&self, world: &mut World, found: &Found, value: Option<Value>) {
        let mut values = self.values_of(world, found);
        if values.is_null() {
            values = json!({});
        }
        set(&mut values, &found.placed(), value);
        match &found.target {
            Target::View(id) => {
                if let Some(view) = world.view_mut(id) {
                    view.values = values;
                }
            }
            Target::Message { channel, ts } => {
                world.note_message(channel, ts);
                world.message_states.insert((self.id.clone(), channel.clone(), ts.clone()), values);
            }
        }
    }

    /// The interaction Slack sends for a change at once: not for inputs that wait for their submission.
    pub(super) fn action_for(&self, world: &mut World, found: &Found, value: Option<Value>) -> Option<Value> {
        if !tells_app(found) {
            return None;
        }
        let placed = found.placed();
        let mut action = json!({"type": placed.kind(), "action_id": placed.action_id(), "block_id": placed.block_id()});
        action[value_key(placed.kind())] = value.unwrap_or(Value::Null);
        Some(world.block_actions(&self.id, &found.target, action, None))
    }

    /// The new value of a select-like element, or why there is none.
    fn chosen(&self, world: &World, found: &Found, wanted: &str) -> Result<Option<Value>, String> {
        let placed = found.placed();
        let kind = placed.kind();
        if wanted.is_empty() && kind != "overflow" {
            return Ok(None);
        }
        let before = current(&self.values_of(world, found), &placed);
        match kind {
            "datepicker" => NaiveDate::parse_from_str(wanted, "%Y-%m-%d")
                .map(|_| Some(json!(wanted)))
                .map_err(|error| error.to_string()),
            "timepicker" => NaiveTime::parse_from_str(wanted, "%H:%M")
                .map(|time| Some(json!(time.format("%H:%M").to_string())))
                .map_err(|error| error.to_string()),
            "datetimepicker" => self.moment(world, wanted).map(|moment| Some(json!(moment))),
            "users_select" | "conversations_select" | "channels_select" => {
                named(world, wanted).map(|id| Some(json!(id)))
            }
            "multi_users_select" | "multi_conversations_select" | "multi_channels_select" => {
                named(world, wanted).map(|id| toggled(before, &json!(id), |one, other| one == other))
            }
            _ => {
                let option = self.option(world, &placed, wanted)?;
                if !matches!(kind, "checkboxes" | "multi_static_select" | "multi_external_select") {
                    return Ok(Some(option));
                }
                Ok(toggled(before, &option, |one, other| is_chosen(one, Some(other))))
            }
        }
    }

    fn moment(&self, world: &World, wanted: &str) -> Result<i64, String> {
        if let Ok(timestamp) = wanted.parse() {
            return Ok(timestamp);
        }
        let local = NaiveDateTime::parse_from_str(wanted, "%Y-%m-%d %H:%M").map_err(|error| error.to_string())?;
        let zone = Eye::of(world, &self.id).zone;
        zone.from_local_datetime(&local)
            .earliest()
            .map(|moment| moment.timestamp())
            .ok_or_else(|| "no such time of day".to_owned())
    }

    fn option(&self, world: &World, placed: &Placed<'_>, wanted: &str) -> Result<Value, String> {
        let eye = Eye::of(world, &self.id);
        let name = |option: &Value| option.get("text").map(|object| text_object(object, &eye)).unwrap_or_default();
        let all = options(placed.element);
        let found = all.iter().find(|option| name(option) == wanted);
        found.map(|option| (*option).clone()).ok_or_else(|| {
            let names: Vec<String> = all.iter().map(|option| name(option)).collect();
            format!("no such option; there are: {names:?}")
        })
    }
}

/// The list with an item put in or taken out; `None` when nothing is left.
fn toggled(before: Option<Value>, item: &Value, same: impl Fn(&Value, &Value) -> bool) -> Option<Value> {
    let mut list = before.and_then(|value| value.as_array().cloned()).unwrap_or_default();
    let length = list.len();
    list.retain(|known| !same(known, item));
    if list.len() == length {
        list.push(item.clone());
    }
    (!list.is_empty()).then_some(Value::Array(list))
}

/// The id behind `@handle` or `#channel`.
fn named(world: &World, wanted: &str) -> Result<String, String> {
    if let Some(channel) = wanted.strip_prefix('#') {
        let found = world.conversations.iter().find(|found| found.name == channel);
        return found.map(|found| found.id.clone()).ok_or_else(|| "no such channel".to_owned());
    }
    world.person_by_handle(wanted).map(|person| person.id.clone()).ok_or_else(|| "no such person".to_owned())
}

/// Whether the app hears of a change at once.
pub(super) fn tells_app(found: &Found) -> bool {
    !found.placed().is_input() || found.block.get("dispatch_action").and_then(Value::as_bool).unwrap_or(false)
}

/// What Slack's client refuses while somebody types.
pub(super) fn typed_properly(found: &Found, text: &str) -> Result<(), String> {
    let bound = |name: &str| found.element.get(name).and_then(Value::as_u64);
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    let kind = found.placed().kind().to_owned();
    match kind.as_str() {
        "number_input" => {
            let Ok(number) = text.parse::<f64>() else {
                return Err("not a number".to_owned());
            };
            let limit =
                |name: &str| found.element.get(name).and_then(Value::as_str).and_then(|text| text.parse::<f64>().ok());
            let decimal = found.element.get("is_decimal_allowed").and_then(Value::as_bool).unwrap_or(false);
            if !decimal && number.fract() != 0.0 {
                return Err("only whole numbers".to_owned());
            }
            if limit("min_value").is_some_and(|least| number < least)
                || limit("max_value").is_some_and(|most| number > most)
            {
                return Err("outside the allowed numbers".to_owned());
            }
        }
        "email_text_input" if !text.contains('@') => return Err("not an e-mail address".to_owned()),
        "url_text_input" if !text.contains("://") => return Err("not an address".to_owned()),
        "plain_text_input" => {
            let most = bound("max_length").unwrap_or(LONGEST);
            if length > most {
                return Err(format!("{length} characters, at most {most} are allowed"));
            }
            let least = bound("min_length").unwrap_or(0);
            if length < least {
                return Err(format!("{length} characters, at least {least} are needed"));
            }
            let multiline = found.element.get("multiline").and_then(Value::as_bool).unwrap_or(false);
            if text.contains('\n') && !multiline {
                return Err("only one line".to_owned());
            }
        }
        _ => {}
    }
    Ok(())
}
