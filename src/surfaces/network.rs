//! From what is typed, clicked or sent to the handlers of one's own network.
//!
//! Owns: the list of these, and how an entry is found. Must not: decide anything.

use super::actions::{add_to_network, edit_network_entry, remove_from_network};
use super::answer::Answer;
use super::commands::network::{ShowNetwork, Typed, WhichPage};
use super::failure::Failure;
use super::gate::{Lookup, enter};
use super::growth::Filled;
use super::modals::network_entry;
use super::request::Request;
use crate::ctx::Ctx;
use crate::domain::identifiers::{NetworkEntryId, PairId};
use crate::domain::network::NetworkEntry;
use crate::domain::private_text::cleaned;
use crate::render::controls::{self, forms};
use crate::render::network_form::{PERSON, TOPICS};
use crate::slack::blocks::Markup;
use crate::slack::inbound::{BlockAction, ViewSubmission};
use crate::store::db::Tx;
use crate::store::network;

impl Lookup for NetworkEntry {
    type Key = NetworkEntryId;
    async fn lookup(tx: &mut Tx, id: &NetworkEntryId) -> Result<Option<Self>, Failure> {
        Ok(network::find(tx, *id).await?)
    }
}

/// Carries out what was typed.
///
/// # Errors
/// As the handler says.
pub async fn command(ctx: &Ctx, request: &Request, typed: Typed) -> Result<Answer, Failure> {
    let whom = match typed {
        Typed::Nothing => {
            return enter::<ShowNetwork>(ctx, request, Some(()), WhichPage { page: 0, turns: false }).await;
        }
        Typed::OneAtATime => {
            return Ok(Answer::notice(Markup::words("One person at a time, please: `/mentor network @name`.")));
        }
        Typed::Name(name) => {
            return Ok(Answer::notice(
                Markup::words("I can't tell who ")
                    .text(&cleaned(&name))
                    .and(" is. Type `@` and choose the person from Slack's list: `/mentor network @name`."),
            ));
        }
        Typed::User(user_id) => add_to_network::Whom::User(user_id),
        Typed::Outside { name, email } => add_to_network::Whom::Outside { name, email },
    };
    enter::<add_to_network::OpenAddForm>(ctx, request, Some(()), add_to_network::Wanted { whom, below: None }).await
}

/// Whether a button is one of these.
pub fn clicks(action_id: &str) -> bool {
    [
        controls::NETWORK,
        controls::ADD_TO_NETWORK,
        controls::EDIT_NETWORK_ENTRY,
        controls::REMOVE_FROM_NETWORK,
        controls::NETWORK_NEXT,
        controls::NETWORK_BEFORE,
    ]
    .iter()
    .any(|control| control.id == action_id)
}

/// Carries out a click.
///
/// # Errors
/// As the handler says.
pub async fn button(ctx: &Ctx, request: &Request, clicked: &BlockAction) -> Result<Answer, Failure> {
    let on = clicked.value.as_deref().unwrap_or_default();
    let list = request.modal.clone();
    match clicked.action_id.as_str() {
        id if id == controls::ADD_TO_NETWORK.id && on.is_empty() => {
            let wanted = add_to_network::Wanted { whom: add_to_network::Whom::Nobody, below: list };
            enter::<add_to_network::OpenAddForm>(ctx, request, Some(()), wanted).await
        }
        id if id == controls::ADD_TO_NETWORK.id => {
            let pair: Option<PairId> = on.parse().ok();
            enter::<add_to_network::OpenForPair>(ctx, request, pair, ()).await
        }
        id if id == controls::EDIT_NETWORK_ENTRY.id => {
            enter::<edit_network_entry::OpenEntry>(ctx, request, on.parse().ok(), list).await
        }
        id if id == controls::REMOVE_FROM_NETWORK.id => {
            enter::<remove_from_network::RemoveEntry>(ctx, request, on.parse().ok(), list).await
        }
        id => {
            let turns = id != controls::NETWORK.id;
            let page = on.parse().ok().filter(|_| turns).unwrap_or(0);
            enter::<ShowNetwork>(ctx, request, Some(()), WhichPage { page, turns }).await
        }
    }
}

/// The field under which a problem with the whole form is shown; `None` when the form is not one of these.
pub fn first_field(callback_id: &str) -> Option<&'static str> {
    match callback_id {
        forms::ADD_TO_NETWORK => Some(PERSON),
        forms::NETWORK_ENTRY => Some(TOPICS),
        _ => None,
    }
}

/// Carries out what a form asks for.
///
/// # Errors
/// As the handler says.
pub async fn form(ctx: &Ctx, request: &Request, submitted: &ViewSubmission) -> Result<Answer, Failure> {
    let (about, below) = match submitted.private_metadata.split_once(' ') {
        Some((about, view_id)) => (about, Some(view_id.to_owned())),
        None => (submitted.private_metadata.as_str(), None),
    };
    let form = Filled { fields: submitted.state.clone(), below };
    match submitted.callback_id.as_str() {
        forms::ADD_TO_NETWORK => enter::<network_entry::AddEntry>(ctx, request, Some(()), form).await,
        _ => enter::<network_entry::SaveEntry>(ctx, request, about.parse().ok(), form).await,
    }
}
