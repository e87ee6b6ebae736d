//! Keeps everything the app has drawn in a story, for checks by other people's software: one JSON object a line, in the
//! folder that `MENTOR_KEEP_SCREENS` names. Without it nothing is kept.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use slack_sandbox::Sandbox;

/// Writes what a story has drawn, and the calls it has made, under the name of its test.
pub(crate) fn keep(sandbox: &Sandbox) {
    let Some(folder) = std::env::var_os("MENTOR_KEEP_SCREENS").map(PathBuf::from) else { return };
    let test = std::thread::current().name().unwrap_or("a story").replace("::", "-");
    let mut lines = Vec::new();
    for call in sandbox.calls() {
        lines.extend(drawn_by_call(&test, &call.method, &call.arguments));
        let mut line = json!({"test": test, "method": call.method, "arguments": call.arguments});
        if let Some(error) = call.response.get("error") {
            line["error"] = error.clone();
        }
        lines.push(line);
    }
    for envelope in sandbox.envelopes() {
        lines.extend(
            envelope.acknowledgement.iter().filter_map(|answer| drawn_by_answer(&test, &envelope.kind, answer)),
        );
    }
    fs::create_dir_all(&folder).unwrap();
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    fs::write(folder.join(format!("{test}.jsonl")), text).unwrap();
}

fn drawn_by_call(test: &str, method: &str, arguments: &Value) -> Option<Value> {
    match method {
        "views.open" | "views.push" | "views.update" | "views.publish" => {
            let view = arguments.get("view")?;
            Some(line(test, method, view.get("type")?.as_str()?, view))
        }
        "chat.postMessage" | "chat.update" | "chat.postEphemeral" => {
            Some(line(test, method, "message", &message(arguments)))
        }
        "response_url" => Some(line(test, method, "message", &message(arguments.get("body")?))),
        _ => None,
    }
}

fn drawn_by_answer(test: &str, kind: &str, answer: &Value) -> Option<Value> {
    match answer.get("view") {
        Some(view) => Some(line(test, "response_action", view.get("type")?.as_str()?, view)),
        None if kind == "slash_commands" => Some(line(test, "acknowledgement", "message", &message(answer))),
        None => None,
    }
}

/// Text and blocks, without where they go.
fn message(arguments: &Value) -> Value {
    let mut kept = json!({});
    for key in ["text", "blocks"] {
        if let Some(value) = arguments.get(key) {
            kept[key] = value.clone();
        }
    }
    kept
}

fn line(test: &str, from: &str, kind: &str, body: &Value) -> Value {
    json!({"kind": kind, "from": from, "test": test, "body": body})
}
