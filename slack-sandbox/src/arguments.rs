//! The arguments of one Web API call, from query, form or JSON alike. It reads; it refuses nothing but
//! what cannot be read.

use serde_json::{Map, Value};

/// Arguments by name, without the token.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arguments(pub(crate) Map<String, Value>);

impl Arguments {
    /// Adds the pairs of a query or form.
    pub(crate) fn add_pairs(&mut self, encoded: &[u8]) {
        for (key, value) in form_urlencoded::parse(encoded) {
            self.0.insert(key.into_owned(), Value::String(value.into_owned()));
        }
    }

    /// Takes the token out, wherever it came from.
    pub(crate) fn take_token(&mut self) -> Option<String> {
        self.0.remove("token").and_then(|token| token.as_str().map(str::to_owned))
    }

    /// Whether the argument is there and not empty.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null() && value.as_str() != Some(""))
    }

    /// The argument as text; numbers and truth values count as their spelling.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::String(text) if text.is_empty() => None,
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(truth) => Some(truth.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    pub(crate) fn text_or_empty(&self, name: &str) -> String {
        self.text(name).unwrap_or_default()
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(self.text(name).as_deref(), Some("true" | "1" | "True"))
    }

    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// A structure, given as JSON or as a string holding JSON. `Err` when it cannot be read.
    pub(crate) fn structure(&self, name: &str) -> Result<Option<Value>, ()> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text).map(Some).map_err(|_| ()),
            Some(value) => Ok(Some(value.clone())),
        }
    }

    /// A list given as an array, a comma-separated text or a JSON array in a text.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        let split = |text: &str| {
            text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        match self.structure(name) {
            Ok(Some(Value::Array(items))) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            Ok(_) | Err(()) => split(&self.text_or_empty(name)),
        }
    }
}
