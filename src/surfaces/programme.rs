//! From a command, a click or a form to the handlers of what coordinators do.
//!
//! Owns: the list of them. Must not: decide anything. Whoever is no coordinator reads what they would without any of this.

use super::answer::Answer;
use super::commands::aliases::{ListAliases, ProgrammeNow};
use super::failure::Failure;
use super::gate::enter;
use super::request::Request;
use super::{actions, modals};
use crate::ctx::Ctx;
use crate::render::alias_form;
use crate::render::controls::{self, forms};
use crate::slack::inbound::{BlockAction, ViewSubmission};

/// What a coordinator wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// What there is.
    Programme,
    /// Words that mean the same.
    Aliases,
}

/// Carries out a command; `None` for whoever is no coordinator, who is answered as if there were no such command.
///
/// # Errors
/// As the handler says.
pub async fn command(ctx: &Ctx, request: &Request, wanted: Wanted) -> Result<Option<Answer>, Failure> {
    if !ctx.coordinators.list(&request.sender.user_id) {
        return Ok(None);
    }
    let known = Some(ctx.coordinators.clone());
    let done = match wanted {
        Wanted::Programme => enter::<ProgrammeNow>(ctx, request, known, ()).await,
        Wanted::Aliases => enter::<ListAliases>(ctx, request, known, 0).await,
    };
    match done {
        // On the list, and no full member any more.
        Err(Failure::Refused) => Ok(None),
        done => done.map(Some),
    }
}

/// Whether a button is one of these.
pub fn clicks(action_id: &str) -> bool {
    [controls::TOPIC_ALIASES, controls::ALIASES_NEWER, controls::ALIASES_OLDER, controls::REMOVE_ALIAS]
        .iter()
        .any(|control| control.id == action_id)
}

/// Carries out a click.
///
/// # Errors
/// As the handler says.
pub async fn button(ctx: &Ctx, request: &Request, clicked: &BlockAction) -> Result<Answer, Failure> {
    let on = clicked.value.as_deref().unwrap_or_default();
    let known = Some(ctx.coordinators.clone());
    match clicked.action_id.as_str() {
        id if id == controls::REMOVE_ALIAS.id => {
            enter::<actions::remove_alias::RemoveAlias>(ctx, request, known, on.parse().ok()).await
        }
        _ => enter::<ListAliases>(ctx, request, known, on.parse().unwrap_or_default()).await,
    }
}

/// The field under which a problem with a whole form is shown; `None` when the form is not one of these.
pub fn first_field(callback_id: &str) -> Option<&'static str> {
    (callback_id == forms::ALIASES).then_some(alias_form::ALIASES)
}

/// Carries out what a form asks for.
///
/// # Errors
/// As the handler says.
pub async fn form(ctx: &Ctx, request: &Request, submitted: &ViewSubmission) -> Result<Answer, Failure> {
    let known = Some(ctx.coordinators.clone());
    enter::<modals::aliases::AddAliases>(ctx, request, known, submitted.state.clone()).await
}
