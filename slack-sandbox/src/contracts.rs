//! What Slack documents about each Web API method: arguments, scopes, tiers. Facts only; whoever
//! enforces them lives elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// One method's documented contract.
#[derive(Debug, Deserialize)]
pub(crate) struct Contract {
    /// `Some(true)` only where Slack reads arguments from a JSON body.
    pub(crate) json_body: Option<bool>,
    /// Rate tier `t1` … `t5`.
    pub(crate) tier: Option<String>,
    /// Scopes by token kind (`bot`, `user`, `configuration`); any one of a list is enough.
    pub(crate) scopes: BTreeMap<String, Vec<String>>,
    /// Arguments that must be present.
    pub(crate) required: Vec<String>,
    /// Every argument the method knows.
    pub(crate) arguments: Vec<String>,
}

static METHODS: LazyLock<BTreeMap<String, Contract>> =
    LazyLock::new(|| serde_json::from_str(include_str!("methods.json")).unwrap_or_default());

/// The contract of a method, if Slack has such a method.
pub(crate) fn contract(method: &str) -> Option<&'static Contract> {
    METHODS.get(method)
}

/// Every scope that some method asks a bot token for.
pub(crate) fn every_bot_scope() -> Vec<String> {
    let mut scopes: BTreeSet<String> =
        METHODS.values().filter_map(|contract| contract.scopes.get("bot")).flatten().cloned().collect();
    // These two no method asks for: slash commands do, and downloads.
    scopes.extend(["commands".to_owned(), "files:read".to_owned()]);
    scopes.into_iter().collect()
}

/// Calls a minute that a tier allows for one method and workspace.
pub(crate) fn calls_a_minute(tier: &str) -> usize {
    match tier {
        "t1" => 1,
        "t2" => 20,
        "t3" => 50,
        "t4" => 100,
        _ => 400,
    }
}
