//! A list of people as somebody writes it: every complaint names the entry and says what to write instead.

use serde_json::{Map, Value};

use crate::people::NewPerson;

/// What an entry can hold.
const KEYS: [&str; 8] = ["handle", "name", "tz", "email", "kind", "title", "manager", "ask_me_about"];
/// Longest handle and longest name.
const LONGEST: usize = 80;

/// Why a list of people is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PeopleError(String);

fn wrong(number: usize, message: &str) -> PeopleError {
    PeopleError(format!("person {number}: {message}"))
}

impl NewPerson {
    /// Reads a JSON list of people.
    ///
    /// # Errors
    /// When it is no such list or empty, or when an entry is not somebody who can move in.
    pub fn list_from_json(text: &str) -> Result<Vec<Self>, PeopleError> {
        let broken = |error: serde_json::Error| PeopleError(format!("line {}: {error}", error.line()));
        let Value::Array(entries) = serde_json::from_str(text).map_err(broken)? else {
            return Err(PeopleError(r#"write a list: [{"handle": "ada", "name": "Ada Lovelace"}]"#.to_owned()));
        };
        if entries.is_empty() {
            return Err(PeopleError("the list is empty; write at least one person".to_owned()));
        }
        let mut people: Vec<Self> = Vec::new();
        for (number, entry) in (1..).zip(&entries) {
            let person = read(number, entry)?;
            if people.iter().any(|known| known.handle == person.handle) {
                let message = format!("the handle {:?} is there already; write another", person.handle);
                return Err(wrong(number, &message));
            }
            people.push(person);
        }
        for (number, person) in (1..).zip(&people) {
            let is_there = |manager: &String| people.iter().any(|known| known.handle == *manager);
            if let Some(manager) = person.manager.as_ref().filter(|manager| !is_there(manager)) {
                let message = format!("nobody in the list has the handle {manager:?}; write a manager who is in it");
                return Err(wrong(number, &message));
            }
        }
        Ok(people)
    }
}

fn read(number: usize, entry: &Value) -> Result<NewPerson, PeopleError> {
    let Value::Object(object) = entry else {
        return Err(wrong(number, r#"write {"handle": "ada", "name": "Ada Lovelace"}"#));
    };
    if let Some(key) = object.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(wrong(number, &format!("{key:?} is unknown; known are {}", KEYS.join(", "))));
    }
    check_handle(object).map_err(|message| wrong(number, &message))?;
    check_name(object).map_err(|message| wrong(number, &message))?;
    let person: NewPerson = serde_json::from_value(entry.clone()).map_err(|error| wrong(number, &error.to_string()))?;
    let unknown = |zone: &&String| zone.parse::<chrono_tz::Tz>().is_err();
    if let Some(zone) = person.tz.as_ref().filter(unknown) {
        let message = format!("there is no time zone {zone:?}; write one like Europe/London, or leave tz out");
        return Err(wrong(number, &message));
    }
    Ok(person)
}

fn check_handle(object: &Map<String, Value>) -> Result<(), String> {
    let handle = object.get("handle").ok_or("missing field `handle`; write one like \"ada\"")?;
    let text = handle.as_str().unwrap_or_default();
    let fits = |letter: char| letter.is_alphanumeric() || "._-".contains(letter);
    if text.is_empty() || text.chars().count() > LONGEST || !text.chars().all(fits) {
        return Err(format!("{handle} is no handle; write letters, digits and ._- without spaces and @, like \"ada\""));
    }
    if text == "slackbot" {
        return Err("\"slackbot\" is Slack's own; write another handle".to_owned());
    }
    Ok(())
}

fn check_name(object: &Map<String, Value>) -> Result<(), String> {
    let name = object.get("name").ok_or("missing field `name`; write one like \"Ada Lovelace\"")?;
    let text = name.as_str().unwrap_or_default();
    if text.trim().is_empty() || text.chars().count() > LONGEST {
        return Err(format!("{name} is no name; write one like \"Ada Lovelace\""));
    }
    Ok(())
}
