//! From a click to the handlers of an e-mail to somebody outside whom one has named.
//!
//! Owns: the list of them. Must not: decide anything.

use super::actions::write_outside::{HaveSentIt, ReadIt, SendIt};
use super::answer::Answer;
use super::failure::Failure;
use super::gate::enter;
use super::request::Request;
use crate::ctx::Ctx;
use crate::render::controls;
use crate::slack::inbound::BlockAction;

/// Whether a button is one of these.
pub fn clicks(action_id: &str) -> bool {
    let all = [controls::READ_OUTSIDE_LETTER, controls::SEND_OUTSIDE_LETTER, controls::OUTSIDE_LETTER_SENT];
    all.iter().any(|control| control.id == action_id)
}

/// Carries out a click.
///
/// # Errors
/// As the handler says.
pub async fn button(ctx: &Ctx, request: &Request, clicked: &BlockAction) -> Result<Answer, Failure> {
    let nomination = clicked.value.as_deref().unwrap_or_default().parse().ok();
    match clicked.action_id.as_str() {
        id if id == controls::SEND_OUTSIDE_LETTER.id => enter::<SendIt>(ctx, request, nomination, ()).await,
        id if id == controls::OUTSIDE_LETTER_SENT.id => enter::<HaveSentIt>(ctx, request, nomination, ()).await,
        _ => enter::<ReadIt>(ctx, request, nomination, ()).await,
    }
}
