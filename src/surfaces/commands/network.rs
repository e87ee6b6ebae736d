//! `/mentor network`, and *My network* on Home: the list; and what is understood of what stands behind it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::add_outside::name_of;
use crate::ctx::Ctx;
use crate::domain::contacts::EmailAddress;
use crate::domain::identifiers::{NetworkEntryId, PersonId};
use crate::domain::network::page_with;
use crate::domain::permissions::{KeepNetwork, Permit};
use crate::render::network_list;
use crate::slack::readable;
use crate::store::db::Tx;
use crate::store::network;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Words that belong to the command.
const COMMAND: [&str; 9] = ["network", "my", "to", "the", "add", "put", "on", "in", "into"];
/// What begins so is about something else, whatever follows.
const OTHERS: [&str; 4] = ["agenda", "ask", "who", "whom"];
/// Characters of an address that are shown back.
const SHOWN_BACK: usize = 254;

/// What stands behind `/mentor network`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Nothing that says whom.
    Nothing,
    /// Somebody in Slack, by user id.
    User(String),
    /// Several people.
    OneAtATime,
    /// A name that Slack did not turn into a mention.
    Name(String),
    /// Somebody outside, as they were typed.
    Outside {
        /// The name.
        name: String,
        /// The address.
        email: String,
    },
}

/// Whether somebody wants their network, by the words they typed, in lower case.
pub fn is_meant(words: &[String]) -> bool {
    let says = |word: &str| words.iter().any(|said| said == word);
    let begins = words.first().map(String::as_str);
    let adds = (says("add") || says("put")) && says("my");
    !begins.is_some_and(|word| OTHERS.contains(&word))
        && says("network")
        && (begins == Some("network") || adds || words.len() <= 3)
}

/// Reads what was typed behind `/mentor`.
pub fn read(text: &str) -> Typed {
    match readable::mentioned(text).as_slice() {
        [] => {}
        [user_id] => return Typed::User(user_id.clone()),
        _ => return Typed::OneAtATime,
    }
    let is_command = |word: &&str| {
        let plain = word.trim_matches(|one: char| !one.is_alphanumeric()).to_lowercase();
        COMMAND.contains(&plain.as_str())
    };
    let (addresses, names): (Vec<&str>, Vec<&str>) = text.split_whitespace().partition(|word| word.contains('@'));
    let Some(typed) = addresses.first() else { return Typed::Nothing };
    if typed.starts_with('@') {
        return Typed::Name(typed.chars().take(80).collect());
    }
    let names: Vec<&str> = names.into_iter().filter(|word| !is_command(word)).collect();
    let email = match EmailAddress::typed(typed) {
        Ok(address) => address.reveal().to_owned(),
        Err(_) => typed.chars().take(SHOWN_BACK).collect(),
    };
    Typed::Outside { name: name_of(&readable::text(&names.join(" "), &BTreeMap::new())), email }
}

/// Which page is shown.
#[derive(Clone, Copy, Debug)]
pub struct WhichPage {
    /// Counted from 0.
    pub page: usize,
    /// In the place of the page that is open.
    pub turns: bool,
}

/// Shows the list.
pub struct ShowNetwork;

impl Handler for ShowNetwork {
    type Action = KeepNetwork;
    type Input = WhichPage;
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<KeepNetwork>, which: WhichPage) -> Result<Answer, Failure> {
        let entries = network::of_owner(tx, permit.actor.id).await?;
        let view = network_list::draw(&entries, which.page);
        Ok(if which.turns { Answer::Turned(view) } else { Answer::Modal(view) })
    }
}

/// The list at the page on which an entry stands.
///
/// # Errors
/// When the database fails.
pub async fn list_with(tx: &mut Tx, me: PersonId, entry: NetworkEntryId) -> Result<Value, Failure> {
    let entries = network::of_owner(tx, me).await?;
    Ok(network_list::draw(&entries, page_with(&entries, entry)))
}
