//! What a Web API method can answer. Shapes only.

use serde_json::{Map, Value, json};

/// A method's answer: the fields beside `ok`, or an error.
pub(crate) type Answer = Result<Value, Refusal>;

/// `ok: false` with a reason.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) error: String,
    pub(crate) extra: Map<String, Value>,
    /// Seconds of Retry-After: the call is over its rate.
    pub(crate) retry_after: Option<u64>,
}

impl Refusal {
    pub(crate) fn with_messages(error: &str, messages: &[String]) -> Self {
        let mut refusal = Self::from(error);
        refusal.extra.insert("response_metadata".to_owned(), json!({"messages": messages}));
        refusal
    }

    pub(crate) fn rate_limited(seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..Self::from("ratelimited") }
    }

    /// The body.
    pub(crate) fn body(self) -> Value {
        let mut body = self.extra;
        body.insert("ok".to_owned(), json!(false));
        body.insert("error".to_owned(), json!(self.error));
        Value::Object(body)
    }
}

impl From<&str> for Refusal {
    fn from(error: &str) -> Self {
        Self { error: error.to_owned(), extra: Map::new(), retry_after: None }
    }
}

/// The body of a successful answer.
pub(crate) fn success(mut fields: Value) -> Value {
    if !fields.is_object() {
        fields = json!({});
    }
    fields["ok"] = json!(true);
    fields
}
