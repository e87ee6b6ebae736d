//! Reading a manifest piece by piece: every complaint says where. It knows nothing of apps.

use serde_json::{Map, Value};

/// What is wrong with a manifest, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the manifest is wrong at {pointer}: {message}")]
pub struct ManifestError {
    /// What is wrong.
    pub message: String,
    /// JSON pointer to the place; `/` for the whole.
    pub pointer: String,
}

/// One object of the manifest and where it stands. A part that is not there reads as an empty one.
pub(super) struct Part<'manifest> {
    object: Option<&'manifest Map<String, Value>>,
    pointer: String,
}

impl<'manifest> Part<'manifest> {
    pub(super) fn of(value: &'manifest Value, pointer: String) -> Result<Self, ManifestError> {
        match value {
            Value::Object(object) => Ok(Self { object: Some(object), pointer }),
            Value::Null => Ok(Self { object: None, pointer }),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Err(ManifestError {
                message: "must be an object".to_owned(),
                pointer: if pointer.is_empty() { "/".to_owned() } else { pointer },
            }),
        }
    }

    pub(super) fn wrong(&self, key: &str, message: &str) -> ManifestError {
        ManifestError { message: message.to_owned(), pointer: format!("{}/{key}", self.pointer) }
    }

    pub(super) fn missing(&self, key: &str) -> ManifestError {
        let pointer = if self.pointer.is_empty() { "/".to_owned() } else { self.pointer.clone() };
        ManifestError { message: format!("missing required field: {key}"), pointer }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'manifest Value> {
        self.object?.get(key).filter(|value| !value.is_null())
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(super) fn only(&self, known: &[&str]) -> Result<(), ManifestError> {
        match self.object.and_then(|object| object.keys().find(|key| !known.contains(&key.as_str()))) {
            Some(key) => Err(self.wrong(key, &format!("is unknown; known: {}", known.join(", ")))),
            None => Ok(()),
        }
    }

    pub(super) fn part(&self, key: &str) -> Result<Self, ManifestError> {
        Self::of(self.get(key).unwrap_or(&Value::Null), format!("{}/{key}", self.pointer))
    }

    pub(super) fn required_part(&self, key: &str) -> Result<Self, ManifestError> {
        if self.has(key) { self.part(key) } else { Err(self.missing(key)) }
    }

    fn list(&self, key: &str, most: usize) -> Result<&'manifest [Value], ManifestError> {
        match self.get(key) {
            None => Ok(&[]),
            Some(Value::Array(items)) if items.len() <= most => Ok(items),
            Some(Value::Array(_)) => Err(self.wrong(key, &format!("no more than {most} items allowed"))),
            Some(_) => Err(self.wrong(key, "must be a list")),
        }
    }

    pub(super) fn parts(&self, key: &str, most: usize) -> Result<Vec<Self>, ManifestError> {
        let items = self.list(key, most)?;
        items
            .iter()
            .enumerate()
            .map(|(index, item)| Self::of(item, format!("{}/{key}/{index}", self.pointer)))
            .collect()
    }

    pub(super) fn words(&self, key: &str, most: usize) -> Result<Vec<String>, ManifestError> {
        let items = self.list(key, most)?;
        let word = |item: &Value| item.as_str().filter(|word| !word.trim().is_empty()).map(str::to_owned);
        items.iter().map(|item| word(item).ok_or_else(|| self.wrong(key, "must be a list of words"))).collect()
    }

    pub(super) fn text(&self, key: &str, most: usize) -> Result<Option<String>, ManifestError> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::String(text)) if text.chars().count() <= most => Ok(Some(text.clone())),
            Some(Value::String(_)) => Err(self.wrong(key, &format!("must be no more than {most} characters"))),
            Some(_) => Err(self.wrong(key, "must be text")),
        }
    }

    pub(super) fn required_text(&self, key: &str, most: usize) -> Result<String, ManifestError> {
        self.text(key, most)?.filter(|text| !text.trim().is_empty()).ok_or_else(|| self.missing(key))
    }

    pub(super) fn flag(&self, key: &str) -> Result<Option<bool>, ManifestError> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.wrong(key, "must be true or false")),
        }
    }
}
