//! The gate every Web API call passes: token, contract, scopes, rates, faults, the log. What a method
//! does is behind it, in `api`.

use axum::response::Response;
use serde_json::{Value, json};

use crate::answer::{Answer, Refusal, success};
use crate::api;
use crate::arguments::Arguments;
use crate::contracts::{self, Contract};
use crate::faults::{FaultHow, FaultWhen, json_answer};
use crate::records::Call;
use crate::world::{Shared, World};

/// A call as it arrived.
pub(crate) struct Sent {
    pub(crate) arguments: Arguments,
    pub(crate) token: Option<String>,
    /// The arguments of a JSON body, kept apart because not every method reads one.
    pub(crate) json: Option<Arguments>,
    /// The body said it was JSON and was not.
    pub(crate) broken_json: bool,
}

/// Serves a call with whatever faults are ordered.
pub(crate) async fn serve(shared: &Shared, method: &str, sent: Sent) -> Response {
    let logged = logged_arguments(&sent);
    let early = shared.lock().take_fault(method, FaultWhen::Before);
    if let Some(fault) = early {
        if let FaultHow::Slow(wait) = fault.how {
            tokio::time::sleep(wait).await;
        } else {
            let truth = json!({"ok": false, "error": "internal_error", "detail": "a fault was ordered"});
            return troubled(shared, method, logged, &fault.how, &truth);
        }
    }
    let (body, retry_after, scopes) = {
        let mut world = shared.lock();
        let (body, retry_after) = match world.answer(method, sent) {
            Ok(fields) => (success(fields), None),
            Err(refusal) => {
                let retry_after = refusal.retry_after;
                (refusal.body(), retry_after)
            }
        };
        (body, retry_after, world.options.scopes.join(","))
    };
    let late = shared.lock().take_fault(method, FaultWhen::After);
    if let Some(fault) = late {
        if let FaultHow::Slow(wait) = fault.how {
            tokio::time::sleep(wait).await;
        } else {
            return troubled(shared, method, logged, &fault.how, &body);
        }
    }
    let status = if retry_after.is_some() { 429 } else { 200 };
    shared.lock().log(method, logged, body.clone(), status);
    json_answer(status, retry_after, &scopes, &body)
}

/// Answers as an ordered fault says.
pub(crate) fn troubled(shared: &Shared, method: &str, logged: Value, how: &FaultHow, truth: &Value) -> Response {
    let mut world = shared.lock();
    if let FaultHow::RateLimited { retry_after } = how {
        let key = closing_key(method, logged.get("channel").and_then(Value::as_str));
        let (now, monotonic) = (world.now(), world.monotonic());
        world.limiter.close(&key, *retry_after, now, monotonic);
    }
    world.log(method, logged, truth.clone(), how.status());
    how.answer(truth)
}

fn logged_arguments(sent: &Sent) -> Value {
    let mut all = sent.arguments.0.clone();
    if let Some(json) = &sent.json {
        all.extend(json.0.clone());
    }
    all.remove("token");
    for key in ["blocks", "view", "metadata", "attachments", "files"] {
        if let Some(Value::String(text)) = all.get(key)
            && let Ok(value) = serde_json::from_str(text)
        {
            all.insert(key.to_owned(), value);
        }
    }
    Value::Object(all)
}

/// What a 429 closes: the method, for messages the method and channel.
fn closing_key(method: &str, channel: Option<&str>) -> String {
    match (method, channel) {
        ("chat.postMessage", Some(channel)) => format!("{method} {channel}"),
        _ => method.to_owned(),
    }
}

impl World {
    pub(crate) fn log(&mut self, method: &str, arguments: Value, response: Value, status: u16) {
        let at = self.now();
        self.record_call(Call { method: method.to_owned(), arguments, response, status, at });
    }

    fn answer(&mut self, method: &str, sent: Sent) -> Answer {
        let Some(contract) = contracts::contract(method) else {
            self.violation("unknown_method", method);
            return Err("unknown_method".into());
        };
        let mut arguments = sent.arguments;
        let mut token = sent.token.or_else(|| arguments.take_token());
        if let Some(mut json) = sent.json {
            token = token.or_else(|| json.take_token());
            if contract.json_body == Some(true) {
                arguments.0.extend(json.0);
            } else if !json.0.is_empty() {
                self.violation(
                    "json_body_not_accepted",
                    format!("{method} reads no JSON body: its arguments are ignored"),
                );
            }
        }
        self.check_token(method, token.as_deref())?;
        if sent.broken_json {
            self.violation("invalid_json", method);
            return Err("invalid_json".into());
        }
        self.check_arguments(method, contract, &arguments);
        self.check_rates(method, contract, &arguments)?;
        self.check_scopes(method, contract)?;
        let missing: Vec<String> = contract
            .required
            .iter()
            .filter(|name| *name != "token" && !arguments.has(name))
            .map(|name| format!("[ERROR] missing required field: {name}"))
            .collect();
        if !missing.is_empty() {
            self.violation("invalid_arguments", format!("{method}: {}", missing.join(", ")));
            return Err(Refusal::with_messages("invalid_arguments", &missing));
        }
        api::dispatch(self, method, &arguments)
    }

    fn check_token(&mut self, method: &str, token: Option<&str>) -> Result<(), Refusal> {
        let Some(token) = token.filter(|token| !token.is_empty()) else {
            self.violation("not_authed", method);
            return Err("not_authed".into());
        };
        let known = [self.app_token(), self.bot_token(), self.configuration_token()];
        if !known.iter().any(|known| known == token) {
            self.violation("invalid_auth", method);
            return Err("invalid_auth".into());
        }
        let wanted = match method {
            "apps.connections.open" => self.app_token(),
            "apps.manifest.validate" => self.configuration_token(),
            // Slack tells about any of its tokens.
            "auth.test" => token.to_owned(),
            _ => self.bot_token(),
        };
        if wanted != token {
            self.violation("not_allowed_token_type", method);
            return Err("not_allowed_token_type".into());
        }
        Ok(())
    }

    fn check_arguments(&mut self, method: &str, contract: &Contract, arguments: &Arguments) {
        // Slack's own Bolt adds team_id to every call, documented for the method or not.
        let everywhere = |name: &str| name == "token" || name == "team_id";
        let unknown: Vec<&String> =
            arguments.0.keys().filter(|name| !everywhere(name) && !contract.arguments.contains(name)).collect();
        for name in unknown {
            self.violation("unknown_argument", format!("{method} has no argument {name}"));
        }
    }

    fn check_rates(&mut self, method: &str, contract: &Contract, arguments: &Arguments) -> Result<(), Refusal> {
        let (now, monotonic) = (self.now(), self.monotonic());
        let channel = arguments.text("channel");
        let key = closing_key(method, channel.as_deref());
        if self.limiter.is_inside(&key, now, monotonic) {
            self.violation("called_inside_retry_after", format!("{key} was called before Retry-After had passed"));
        }
        if !self.options.strict_rate_limits {
            return Ok(());
        }
        let limit = contracts::calls_a_minute(contract.tier.as_deref().unwrap_or("t5"));
        let mut wait = self.limiter.minute(method, limit, now);
        if let (None, "chat.postMessage", Some(channel)) = (wait, method, channel) {
            wait = self.limiter.message(&channel, now);
        }
        let Some(seconds) = wait else { return Ok(()) };
        self.limiter.close(&key, seconds, now, monotonic);
        Err(Refusal::rate_limited(seconds))
    }

    fn check_scopes(&mut self, method: &str, contract: &Contract) -> Result<(), Refusal> {
        let Some(wanted) = contract.scopes.get("bot") else {
            return Ok(());
        };
        if wanted.is_empty() || wanted.iter().any(|scope| self.has_scope(scope)) {
            return Ok(());
        }
        Err(self.missing_scope(method, &wanted.join(",")))
    }

    /// The refusal for a scope that was not granted.
    pub(crate) fn missing_scope(&mut self, method: &str, needed: &str) -> Refusal {
        self.violation("missing_scope", format!("{method} needs {needed}"));
        let mut refusal = Refusal::from("missing_scope");
        refusal.extra.insert("needed".to_owned(), json!(needed));
        refusal.extra.insert("provided".to_owned(), json!(self.options.scopes.join(",")));
        refusal
    }
}
