//! From a click or a form to the handlers of finding a mentor: profile, "tell me more", suggestions, the guide.
//!
//! Owns: the list of them, and how they are found. Must not: decide anything.

use super::answer::Answer;
use super::commands::guide::{LookUp, SeeGuide};
use super::failure::Failure;
use super::gate::{Lookup, Who, enter};
use super::request::Request;
use super::{actions, commands, modals};
use crate::ctx::Ctx;
use crate::domain::guide::Situation;
use crate::domain::identifiers::{InquiryId, ManagerRequestId};
use crate::domain::inquiry::InquiryOfPair;
use crate::domain::suggestion::ManagerRequest;
use crate::render::controls::{self, forms};
use crate::render::{inquiry_screens, profile_form, suggestion_screens};
use crate::slack::inbound::{BlockAction, ViewSubmission};
use crate::store::db::Tx;
use crate::store::{inquiries, suggestions};

impl Lookup for InquiryOfPair {
    type Key = InquiryId;
    async fn lookup(tx: &mut Tx, id: &InquiryId) -> Result<Option<Self>, Failure> {
        Ok(inquiries::find(tx, *id).await?)
    }
}

impl Lookup for ManagerRequest {
    type Key = ManagerRequestId;
    async fn lookup(tx: &mut Tx, id: &ManagerRequestId) -> Result<Option<Self>, Failure> {
        Ok(suggestions::find_request(tx, *id).await?)
    }
}

/// Whether a button is one of these.
pub fn clicks(action_id: &str) -> bool {
    [
        controls::MY_PROFILE,
        controls::TELL_ME_MORE,
        controls::ANSWER_INQUIRY,
        controls::SUGGEST_ELSE,
        controls::READ_NOTE,
        controls::ASK_THEM,
        controls::ASK_MANAGER,
        controls::SUGGEST,
        controls::NOBODY,
        controls::GUIDE,
        controls::GUIDE_PICK,
        controls::GUIDE_AGENDA,
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
    match clicked.action_id.as_str() {
        id if id == controls::TELL_ME_MORE.id => {
            enter::<actions::tell_me_more::OpenInquiryForm>(ctx, request, on.parse().ok(), ()).await
        }
        id if id == controls::ANSWER_INQUIRY.id => {
            enter::<actions::answer_inquiry::OpenAnswerForm>(ctx, request, on.parse().ok(), ()).await
        }
        id if id == controls::SUGGEST_ELSE.id => {
            enter::<actions::suggest_else::OpenSuggestForm>(ctx, request, on.parse().ok(), ()).await
        }
        id if id == controls::READ_NOTE.id => {
            enter::<actions::read_note::ReadNote>(ctx, request, on.parse().ok(), ()).await
        }
        id if id == controls::ASK_THEM.id => {
            enter::<commands::ask::Ask>(ctx, request, on.parse().ok().map(Who::Person), ()).await
        }
        id if id == controls::ASK_MANAGER.id => {
            enter::<actions::ask_manager::OpenManagerForm>(ctx, request, Some(()), ()).await
        }
        id if id == controls::SUGGEST.id => {
            let chosen = clicked.state.user(suggestion_screens::WHOM).map(str::to_owned);
            enter::<actions::manager_suggests::SuggestChosen>(ctx, request, on.parse().ok(), chosen).await
        }
        id if id == controls::NOBODY.id => {
            enter::<actions::manager_nobody::ThinkOfNobody>(ctx, request, on.parse().ok(), ()).await
        }
        id if id == controls::GUIDE.id => enter::<SeeGuide>(ctx, request, Some(()), LookUp::Nothing).await,
        id if id == controls::GUIDE_PICK.id => {
            let look_up = Situation::of_word(on).map_or(LookUp::Nothing, LookUp::Chosen);
            enter::<SeeGuide>(ctx, request, Some(()), look_up).await
        }
        id if id == controls::GUIDE_AGENDA.id => {
            enter::<actions::guide_agenda::OpenParkForm>(ctx, request, Some(()), ()).await
        }
        _ => enter::<commands::profile::MyProfile>(ctx, request, Some(()), ()).await,
    }
}

/// The field under which a problem with a whole form is shown; `None` when the form is not one of these.
pub fn first_field(callback_id: &str) -> Option<&'static str> {
    match callback_id {
        forms::PROFILE => Some(profile_form::OFFERED),
        forms::INQUIRE => Some(inquiry_screens::QUESTION),
        forms::ANSWER_INQUIRY => Some(inquiry_screens::ANSWER),
        forms::SUGGEST_ELSE | forms::SUGGEST => Some(suggestion_screens::WHOM),
        forms::ASK_MANAGER => Some(suggestion_screens::MANAGER),
        _ => None,
    }
}

/// Carries out what a form asks for.
///
/// # Errors
/// As the handler says.
pub async fn form(ctx: &Ctx, request: &Request, submitted: &ViewSubmission) -> Result<Answer, Failure> {
    let (about, fields) = (submitted.private_metadata.as_str(), submitted.state.clone());
    match submitted.callback_id.as_str() {
        forms::INQUIRE => enter::<modals::tell_me_more::AskForMore>(ctx, request, about.parse().ok(), fields).await,
        forms::ANSWER_INQUIRY => {
            enter::<modals::answer_inquiry::SendAnswer>(ctx, request, about.parse().ok(), fields).await
        }
        forms::SUGGEST_ELSE => {
            enter::<modals::suggest_else::SuggestElse>(ctx, request, about.parse().ok(), fields).await
        }
        forms::ASK_MANAGER => match fields.user(suggestion_screens::MANAGER) {
            Some(user_id) => {
                let manager = Some(Who::User(user_id.to_owned()));
                enter::<modals::ask_manager::SendToManager>(ctx, request, manager, ()).await
            }
            None => Ok(Answer::error(suggestion_screens::MANAGER, "Choose who your manager is.")),
        },
        forms::SUGGEST => match fields.user(suggestion_screens::WHOM) {
            Some(user_id) => {
                let chosen = Some(user_id.to_owned());
                enter::<actions::manager_suggests::SuggestChosen>(ctx, request, about.parse().ok(), chosen).await
            }
            None => Ok(Answer::error(suggestion_screens::WHOM, "Choose whom you suggest.")),
        },
        _ => enter::<modals::profile::SaveProfile>(ctx, request, Some(()), fields).await,
    }
}
