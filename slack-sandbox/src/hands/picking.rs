//! Values as Slack's client can send them: dates that exist, ids of those it offers, each once and no more than fit.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveTime};
use serde_json::Value;

use crate::conversations::ConversationKind;
use crate::world::World;

/// Seconds since the epoch with ten digits: what a `datetimepicker` holds.
const MOMENTS: std::ops::Range<i64> = 1_000_000_000..10_000_000_000;

/// Why a picker or a select of people and conversations never has a value. Options of other selects are compared with
/// what is offered instead.
pub(super) fn pickable(world: &World, user: &str, kind: &str, value: &Value) -> Result<(), String> {
    let text = value.as_str().unwrap_or_default();
    match kind {
        "datepicker" => match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Ok(date) if date.format("%Y-%m-%d").to_string() == text => Ok(()),
            Ok(_) | Err(_) => Err(format!("{value} is no date; write it like 2026-03-02")),
        },
        "timepicker" => match NaiveTime::parse_from_str(text, "%H:%M") {
            Ok(time) if time.format("%H:%M").to_string() == text => Ok(()),
            Ok(_) | Err(_) => Err(format!("{value} is no time of day; write it like 09:30")),
        },
        "datetimepicker" => match value.as_i64() {
            Some(moment) if MOMENTS.contains(&moment) => Ok(()),
            Some(_) | None => Err(format!("{value} is no moment; seconds since 1970 are wanted")),
        },
        _ => match kind.strip_prefix("multi_").unwrap_or(kind) {
            "users_select" => known(world.person(text).is_some_and(|person| !person.is_deactivated()), value),
            "channels_select" => {
                let public = |kind| kind == ConversationKind::Public;
                known(world.conversation(text).is_some_and(|found| public(found.kind)), value)
            }
            "conversations_select" => {
                let offered = world
                    .conversation(text)
                    .is_some_and(|found| found.kind == ConversationKind::Public || found.has(user));
                known(offered, value)
            }
            other => Err(format!("nothing is known of a value for {other}")),
        },
    }
}

fn known(is_known: bool, value: &Value) -> Result<(), String> {
    if is_known { Ok(()) } else { Err(format!("{value} is not among those to choose from")) }
}

/// Why nobody can choose all of these.
pub(super) fn together(element: &Value, chosen: &[Value]) -> Result<(), String> {
    let most = element.get("max_selected_items").and_then(Value::as_u64).unwrap_or(u64::MAX);
    if u64::try_from(chosen.len()).unwrap_or(u64::MAX) > most {
        return Err(format!("{} are chosen, at most {most} are allowed", chosen.len()));
    }
    let mut seen = HashSet::new();
    match chosen.iter().find(|item| !seen.insert(item.to_string())) {
        Some(twice) => Err(format!("{twice} is chosen twice")),
        None => Ok(()),
    }
}
