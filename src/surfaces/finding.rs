//! From a click or a form to finding a mentor.
//!
//! Owns: the list of these, and what becomes of a topic that is typed. Must not: keep or log what somebody searches for.

use super::answer::Answer;
use super::commands::find::{Find, Show, Wanted};
use super::failure::Failure;
use super::gate::enter;
use super::request::Request;
use crate::ctx::Ctx;
use crate::render::controls::{self, forms};
use crate::render::find_screens::{self, TOPIC};
use crate::slack::inbound::{BlockAction, ViewSubmission};

/// Whether a button is one of these.
pub fn clicks(action_id: &str) -> bool {
    [controls::FIND, controls::SHOW_MORE].iter().any(|control| control.id == action_id)
}

/// Carries out a click.
///
/// # Errors
/// As the handler says.
pub async fn button(ctx: &Ctx, request: &Request, clicked: &BlockAction) -> Result<Answer, Failure> {
    if clicked.action_id == controls::FIND.id {
        return enter::<super::actions::open_find_form::OpenFindForm>(ctx, request, Some(()), ()).await;
    }
    let topic = clicked.value.as_deref().unwrap_or_default();
    let show = if request.modal.is_some() { Show::AllOnScreen } else { Show::AllInstead };
    search(ctx, request, topic, show).await
}

/// The field under which a problem with a whole form is shown; `None` when the form is not one of these.
pub fn first_field(callback_id: &str) -> Option<&'static str> {
    (callback_id == forms::FIND).then_some(TOPIC)
}

/// Carries out what a form asks for.
///
/// # Errors
/// As the handler says.
pub async fn form(ctx: &Ctx, request: &Request, submitted: &ViewSubmission) -> Result<Answer, Failure> {
    search(ctx, request, submitted.state.text(TOPIC).unwrap_or_default(), Show::OnScreen).await
}

/// Searches for what was typed; for nothing in particular when that is nothing.
///
/// # Errors
/// As the handler says.
pub async fn search(ctx: &Ctx, request: &Request, typed: &str, show: Show) -> Result<Answer, Failure> {
    match Wanted::typed(typed) {
        Ok(wanted) => enter::<Find>(ctx, request, Some(()), (wanted, show)).await,
        Err(reason) => Ok(Answer::error(TOPIC, find_screens::why_not(typed, reason))),
    }
}
