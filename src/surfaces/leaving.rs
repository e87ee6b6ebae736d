//! From a click or a form to the handlers about who sees what, taking one's data along, and being forgotten.
//!
//! Owns: the list of them. Must not: decide anything.

use super::answer::Answer;
use super::failure::Failure;
use super::gate::enter;
use super::request::Request;
use super::{commands, modals};
use crate::ctx::Ctx;
use crate::render::controls::{self, forms};
use crate::render::forget_form;
use crate::slack::inbound::{BlockAction, ViewSubmission};

/// Whether a button is one of these.
pub fn clicks(action_id: &str) -> bool {
    [controls::WHO_SEES_WHAT, controls::EXPORT_MY_DATA, controls::FORGET_ME]
        .iter()
        .any(|control| control.id == action_id)
}

/// Carries out a click. What it carries is not looked at: everybody acts for themselves alone.
///
/// # Errors
/// As the handler says.
pub async fn button(ctx: &Ctx, request: &Request, clicked: &BlockAction) -> Result<Answer, Failure> {
    match clicked.action_id.as_str() {
        id if id == controls::EXPORT_MY_DATA.id => {
            enter::<commands::export::ExportMine>(ctx, request, Some(()), ()).await
        }
        id if id == controls::FORGET_ME.id => {
            enter::<commands::forget::OpenForgetForm>(ctx, request, Some(()), ()).await
        }
        _ => enter::<commands::privacy::ShowPrivacy>(ctx, request, Some(()), ()).await,
    }
}

/// The field under which a problem with a whole form is shown; `None` when the form is not one of these.
pub fn first_field(callback_id: &str) -> Option<&'static str> {
    (callback_id == forms::FORGET).then_some(forget_form::WORD)
}

/// Carries out what a form asks for.
///
/// # Errors
/// As the handler says.
pub async fn form(ctx: &Ctx, request: &Request, submitted: &ViewSubmission) -> Result<Answer, Failure> {
    enter::<modals::forget::ForgetMe>(ctx, request, Some(()), submitted.state.clone()).await
}
