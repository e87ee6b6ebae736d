//! From a click or a form to the handlers about peers.
//!
//! Owns: the list of them. Must not: decide anything.

use super::answer::Answer;
use super::failure::Failure;
use super::gate::{Lookup, enter};
use super::request::Request;
use super::{actions, commands, modals};
use crate::ctx::Ctx;
use crate::domain::identifiers::PeerQuestionId;
use crate::domain::pairs::PairOfPeople;
use crate::domain::peers::PeerQuestionOfPair;
use crate::render::controls::{self, forms};
use crate::render::peer_form;
use crate::slack::inbound::{BlockAction, ViewSubmission};
use crate::store::db::Tx;
use crate::store::peer_questions;

impl Lookup for PeerQuestionOfPair {
    type Key = PeerQuestionId;
    async fn lookup(tx: &mut Tx, id: &PeerQuestionId) -> Result<Option<Self>, Failure> {
        Ok(peer_questions::find(tx, *id).await?)
    }
    fn pair(&self) -> Option<&PairOfPeople> {
        Some(&self.of)
    }
}

/// Whether a button is one of these.
pub fn clicks(action_id: &str) -> bool {
    [controls::BECOME_PEERS, controls::PEERS_YES, controls::PEERS_NO].iter().any(|control| control.id == action_id)
}

/// Carries out a click.
///
/// # Errors
/// As the handler says.
pub async fn button(ctx: &Ctx, request: &Request, clicked: &BlockAction) -> Result<Answer, Failure> {
    let on = clicked.value.as_deref().unwrap_or_default();
    match clicked.action_id.as_str() {
        id if id == controls::PEERS_YES.id => {
            enter::<actions::answer_peers::Agree>(ctx, request, on.parse().ok(), ()).await
        }
        id if id == controls::PEERS_NO.id => {
            enter::<actions::answer_peers::StayAsWeAre>(ctx, request, on.parse().ok(), ()).await
        }
        _ => enter::<commands::peers::OpenPeerForm>(ctx, request, Some(()), on.parse().ok()).await,
    }
}

/// The field under which a problem with a whole form is shown; `None` when the form is not one of these.
pub fn first_field(callback_id: &str) -> Option<&'static str> {
    (callback_id == forms::BECOME_PEERS).then_some(peer_form::OFTEN)
}

/// Carries out what a form asks for.
///
/// # Errors
/// As the handler says.
pub async fn form(ctx: &Ctx, request: &Request, submitted: &ViewSubmission) -> Result<Answer, Failure> {
    let pair = submitted.state.choice(peer_form::PAIR).unwrap_or(&submitted.private_metadata).parse().ok();
    enter::<modals::become_peers::AskThem>(ctx, request, pair, submitted.state.clone()).await
}
