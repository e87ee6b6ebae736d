//! `manifest.yml` asks Slack for what the code uses, and for nothing else.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use mentor::cli::manifest::MANIFEST;
use mentor::render::controls::shortcuts;
use serde::Deserialize;

/// What Slack documents of each Web API method.
const DOCUMENTED: &str = include_str!("../slack-sandbox/src/methods.json");
/// The closed list of methods this app calls.
const CALLED: &str = include_str!("../src/slack/method.rs");
/// The list of messages this app sends.
const LETTERS: &str = include_str!("../src/jobs/letters.rs");
const OWED: &str = include_str!("../src/domain/message_kind.rs");
/// What is kept of the org chart, e-mail addresses among it.
const KEPT: &str = include_str!("../src/store/org_chart.rs");
/// The list of events this app understands.
const UNDERSTOOD: &str = include_str!("../src/slack/inbound/event.rs");

#[derive(Deserialize)]
struct Documented {
    scopes: Scopes,
}

#[derive(Deserialize)]
struct Scopes {
    #[serde(default)]
    bot: Vec<String>,
}

/// Something the app does, and the scopes any one of which allows it; without scopes it is free.
struct Need {
    what: String,
    any_of: Vec<String>,
}

impl Need {
    fn new(what: &str, any_of: &[&str]) -> Self {
        Self { what: what.to_owned(), any_of: any_of.iter().map(ToString::to_string).collect() }
    }

    fn is_met(&self, scopes: &[&str]) -> bool {
        self.any_of.is_empty() || self.any_of.iter().any(|scope| scopes.contains(&scope.as_str()))
    }
}

/// The entries of the list below a key.
fn list<'a>(yaml: &'a str, key: &str) -> Vec<&'a str> {
    let below = yaml.lines().skip_while(|line| line.trim().strip_suffix(':') != Some(key)).skip(1);
    below.map_while(|line| line.trim().strip_prefix("- ")).collect()
}

fn methods() -> Vec<&'static str> {
    let names = CALLED.split("=> \"").skip(1).filter_map(|rest| rest.split('"').next());
    // An interaction's answer address and the one for a file's bytes are no methods.
    names.filter(|name| !["file_upload", "response_url"].contains(name)).collect()
}

fn needs() -> Vec<Need> {
    let mut documented: BTreeMap<String, Documented> = serde_json::from_str(DOCUMENTED).unwrap();
    let mut needs = Vec::new();
    for method in methods() {
        let contract = documented.remove(method).ok_or(format!("{method} is not documented")).unwrap();
        needs.push(Need { what: method.to_owned(), any_of: contract.scopes.bot });
    }
    if MANIFEST.contains("slash_commands:") {
        needs.push(Need::new("slash commands", &["commands"]));
    }
    // Slack documents no method by it: it lets a message into a public channel that the app is not in.
    if OWED.contains("WinToChannel") {
        needs.push(Need::new("a win for a public channel", &["chat:write.public"]));
    }
    // It does not say so method by method: each kind of conversation has scopes of its own.
    needs.push(Need::new("opening a direct message", &["im:write"]));
    needs.push(Need::new("a doubt about a direct message", &["im:history"]));
    if OWED.contains("NamesMeet") {
        needs.push(Need::new("opening a group in which names meet", &["mpim:write"]));
        needs.push(Need::new("a doubt about a message to a group", &["mpim:history"]));
    }
    // Nor does it document which methods show e-mail addresses only with this one.
    if KEPT.contains("KEEP_EMAIL") || LETTERS.contains("found.email") {
        needs.push(Need::new("e-mail addresses of people", &["users:read.email"]));
    }
    for event in list(MANIFEST, "bot_events") {
        let any_of: &[&str] = match event {
            "team_join" | "user_change" => &["users:read"],
            "message.im" => &["im:history"],
            _ => &[],
        };
        needs.push(Need::new(event, any_of));
    }
    needs
}

fn unmet(scopes: &[&str]) -> Vec<String> {
    needs().iter().filter(|need| !need.is_met(scopes)).map(|need| need.what.clone()).collect()
}

#[test]
fn the_lists_are_read() {
    assert_eq!(list("a:\n  b:\n    - c\n    - d:e\n  f:\n    - g\n", "b"), ["c", "d:e"]);
    assert!(methods().contains(&"chat.postMessage") && methods().len() > 10, "{:?}", methods());
    assert!(list(MANIFEST, "bot").contains(&"chat:write"));
    assert!(list(MANIFEST, "bot_events").contains(&"app_home_opened"));
}

#[test]
fn everything_the_app_does_is_allowed() {
    assert_eq!(unmet(&list(MANIFEST, "bot")), Vec::<String>::new(), "no scope in manifest.yml allows these");
}

#[test]
fn every_scope_is_needed() {
    let scopes = list(MANIFEST, "bot");
    for scope in &scopes {
        let without: Vec<&str> = scopes.iter().copied().filter(|other| other != scope).collect();
        assert_ne!(unmet(&without), Vec::<String>::new(), "manifest.yml asks for {scope}, and nothing needs it");
    }
}

#[test]
fn every_subscribed_event_is_understood() {
    for event in list(MANIFEST, "bot_events") {
        let kind = event.split('.').next().unwrap_or(event);
        assert!(UNDERSTOOD.contains(&format!("\"{kind}\"")), "manifest.yml subscribes to {event}, which is not read");
    }
}

#[test]
fn every_shortcut_is_answered() {
    let listed: Vec<&str> =
        MANIFEST.lines().filter_map(|line| line.trim().strip_prefix("callback_id: ")).map(str::trim).collect();
    assert_eq!(listed, [shortcuts::ADD_TO_AGENDA, shortcuts::ADD_TO_NETWORK, shortcuts::LOG_A_WIN, shortcuts::WHO]);
}
