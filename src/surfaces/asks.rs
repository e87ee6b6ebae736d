//! From a command, a click, a shortcut or a form to the asker's side of introductions.
//!
//! Owns: the list of them, and how an ask is found. Must not: decide anything.

use super::actions::{follow_up, own_ask, read_what_came};
use super::answer::Answer;
use super::commands::who::OpenAskAround;
use super::failure::Failure;
use super::gate::{Lookup, enter};
use super::modals;
use super::request::Request;
use crate::ctx::Ctx;
use crate::domain::identifiers::IntroductionId;
use crate::domain::introductions::FollowUp;
use crate::domain::private_text::PrivateText;
use crate::domain::reminders_introduction::IntroductionOfPeople;
use crate::render::controls::{self, forms};
use crate::render::introduction_ask_form::TOPIC;
use crate::render::introduction_asker::CAME_OF_IT;
use crate::slack::blocks::Markup;
use crate::slack::inbound::{BlockAction, ViewSubmission};
use crate::store::db::Tx;
use crate::store::introductions;

impl Lookup for IntroductionOfPeople {
    type Key = IntroductionId;
    async fn lookup(tx: &mut Tx, id: &IntroductionId) -> Result<Option<Self>, Failure> {
        Ok(introductions::find(tx, *id).await?)
    }
}

/// Whether a button is one of these.
pub fn clicks(action_id: &str) -> bool {
    [
        controls::WHO,
        controls::FIND_SOMEONE,
        controls::ASK_AGAIN,
        controls::READ_OWN_ASK,
        controls::WITHDRAW_ASK,
        controls::WE_TALKED,
        controls::NOT_TALKED_YET,
        controls::NO_LONGER_NEEDED,
        controls::READ_WHAT_CAME,
    ]
    .iter()
    .any(|control| control.id == action_id)
}

/// Opens the form, with what was typed.
///
/// # Errors
/// As the handler says.
pub async fn begin(ctx: &Ctx, request: &Request, typed: Option<PrivateText>) -> Result<Answer, Failure> {
    match enter::<OpenAskAround>(ctx, request, Some(()), typed).await {
        // The one thing that can be wrong here is who asks, which is no secret to them.
        Err(Failure::Refused) => {
            Ok(Answer::notice(Markup::words("Only people of this workspace can ask for introductions.")))
        }
        done => done,
    }
}

/// Carries out a click.
///
/// # Errors
/// As the handler says.
pub async fn button(ctx: &Ctx, request: &Request, clicked: &BlockAction) -> Result<Answer, Failure> {
    let on = clicked.value.as_deref().unwrap_or_default();
    let ask = on.parse().ok();
    match clicked.action_id.as_str() {
        id if id == controls::FIND_SOMEONE.id => {
            match enter::<own_ask::FindSomeone>(ctx, request, on.parse().ok(), ()).await {
                // Used before, or a day old; somebody else's reads the same.
                Err(Failure::Refused) => Ok(Answer::notice(Markup::words(
                    "That question is not kept any more: it was used already, or is more than a day old. Type `/mentor who &lt;topic&gt;` to ask.",
                ))),
                done => done,
            }
        }
        id if id == controls::ASK_AGAIN.id => {
            enter::<own_ask::AskAgain>(ctx, request, ask, request.modal.is_some()).await
        }
        id if id == controls::READ_OWN_ASK.id => enter::<own_ask::ReadAsk>(ctx, request, ask, ()).await,
        id if id == controls::WITHDRAW_ASK.id => {
            enter::<own_ask::Withdraw>(ctx, request, ask, request.modal.is_some()).await
        }
        id if id == controls::WE_TALKED.id => enter::<follow_up::OpenWhatCame>(ctx, request, ask, ()).await,
        id if id == controls::NOT_TALKED_YET.id => {
            enter::<follow_up::SayWhatCame>(ctx, request, ask, FollowUp::NotYet).await
        }
        id if id == controls::NO_LONGER_NEEDED.id => {
            enter::<follow_up::SayWhatCame>(ctx, request, ask, FollowUp::NoLongerNeeded).await
        }
        id if id == controls::READ_WHAT_CAME.id => enter::<read_what_came::ReadWhatCame>(ctx, request, ask, ()).await,
        _ => begin(ctx, request, None).await,
    }
}

/// The field under which a problem with a whole form is shown; `None` when the form is not one of these. The preview has no field.
pub fn first_field(callback_id: &str) -> Option<&'static str> {
    match callback_id {
        forms::ASK_AROUND => Some(TOPIC),
        forms::SEND_ASK => Some(""),
        forms::WE_TALKED => Some(CAME_OF_IT),
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
        forms::SEND_ASK => {
            let shown = PrivateText::kept(about.to_owned());
            enter::<modals::ask_around::SendAsk>(ctx, request, Some(()), shown).await
        }
        forms::WE_TALKED => enter::<modals::we_talked::WeTalked>(ctx, request, about.parse().ok(), fields).await,
        _ => {
            let question = about.parse().ok();
            enter::<modals::ask_around::PreviewAsk>(ctx, request, Some(()), (fields, question)).await
        }
    }
}
