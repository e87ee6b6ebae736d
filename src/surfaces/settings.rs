//! From a click or a form to the handlers of what people set for themselves.
//!
//! Owns: the list of them. Must not: decide anything.

use super::answer::Answer;
use super::failure::Failure;
use super::gate::enter;
use super::request::Request;
use super::{commands, modals};
use crate::ctx::Ctx;
use crate::render::controls::{self, forms};
use crate::render::settings_form;
use crate::slack::inbound::{BlockAction, ViewSubmission};

/// Whether a button is one of these.
pub fn clicks(action_id: &str) -> bool {
    action_id == controls::MY_SETTINGS.id
}

/// Carries out a click.
///
/// # Errors
/// As the handler says.
pub async fn button(ctx: &Ctx, request: &Request, _clicked: &BlockAction) -> Result<Answer, Failure> {
    enter::<commands::settings::OpenSettings>(ctx, request, Some(()), ()).await
}

/// The field under which a problem with a whole form is shown; `None` when the form is not one of these.
pub fn first_field(callback_id: &str) -> Option<&'static str> {
    (callback_id == forms::SETTINGS).then_some(settings_form::DAYS)
}

/// Carries out what a form asks for.
///
/// # Errors
/// As the handler says.
pub async fn form(ctx: &Ctx, request: &Request, submitted: &ViewSubmission) -> Result<Answer, Failure> {
    enter::<modals::settings::SaveSettings>(ctx, request, Some(()), submitted.state.clone()).await
}
