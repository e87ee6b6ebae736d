//! From a click or a form to the handlers of other people's asks: naming somebody, helping, passing on, being introduced.
//!
//! Owns: the list of them, how they are found, and keeping what somebody answered. Must not: decide anything, or tell anybody
//! who declined.

use super::answer::Answer;
use super::failure::Failure;
use super::gate::{Lookup, enter};
use super::request::Request;
use super::{actions, modals};
use crate::ctx::Ctx;
use crate::domain::identifiers::{IntroductionRequestId, NominationId};
use crate::domain::introductions::{Introduction, IntroductionRequest, Nomination};
use crate::domain::reminders_introduction::{IntroductionOfPeople, NominationOfIntroduction, RequestOfIntroduction};
use crate::render::controls::{self, forms};
use crate::render::introduction_mentor::{self, Shown};
use crate::render::{introduction_nominee, nominate_form};
use crate::slack::inbound::{BlockAction, ViewSubmission};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::{introductions, screens};

impl Lookup for RequestOfIntroduction {
    type Key = IntroductionRequestId;
    async fn lookup(tx: &mut Tx, id: &IntroductionRequestId) -> Result<Option<Self>, Failure> {
        Ok(introductions::find_request(tx, *id).await?)
    }
}

impl Lookup for NominationOfIntroduction {
    type Key = NominationId;
    async fn lookup(tx: &mut Tx, id: &NominationId) -> Result<Option<Self>, Failure> {
        Ok(introductions::find_nomination(tx, *id).await?)
    }
}

/// Where a button was clicked: a message and Home follow what they show, a modal does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clicked {
    /// In a modal.
    InModal,
    /// In a message or on Home.
    Elsewhere,
}

impl Clicked {
    fn by(request: &Request) -> Self {
        if request.modal.is_some() { Self::InModal } else { Self::Elsewhere }
    }
}

/// Whether a button is one of these.
pub fn clicks(action_id: &str) -> bool {
    [
        controls::READ_THEIR_ASK,
        controls::NOMINATE,
        controls::NOMINATE_THIS,
        controls::HELP_MYSELF,
        controls::PASS_ON,
        controls::PASS_IT_ON,
        controls::NOT_THIS_TIME,
        controls::READ_ABOUT,
        controls::HAPPY_TO,
        controls::NOT_NOW_TO_MEET,
        controls::NEVER_AGAIN,
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
    let (ask, nomination) = (on.parse().ok(), on.parse().ok());
    let place = Clicked::by(request);
    match clicked.action_id.as_str() {
        id if id == controls::READ_THEIR_ASK.id => enter::<actions::read_ask::ReadTheAsk>(ctx, request, ask, ()).await,
        id if id == controls::NOMINATE.id => {
            enter::<actions::nominate::OpenNominateForm>(ctx, request, ask, None).await
        }
        id if id == controls::NOMINATE_THIS.id => {
            let (ask, whom) = on.split_once(' ').unwrap_or((on, ""));
            let whom = uuid::Uuid::parse_str(whom).ok();
            enter::<actions::nominate::OpenNominateForm>(ctx, request, ask.parse().ok(), whom).await
        }
        id if id == controls::HELP_MYSELF.id => {
            enter::<actions::help_with_ask::HelpMyself>(ctx, request, ask, place).await
        }
        id if id == controls::PASS_ON.id => enter::<actions::pass_on::WhoGetsIt>(ctx, request, ask, ()).await,
        id if id == controls::PASS_IT_ON.id => enter::<actions::pass_on::PassItOn>(ctx, request, ask, place).await,
        id if id == controls::NOT_THIS_TIME.id => {
            enter::<actions::decline_ask::NotThisTime>(ctx, request, ask, place).await
        }
        id if id == controls::READ_ABOUT.id => {
            enter::<actions::read_about::ReadAbout>(ctx, request, nomination, ()).await
        }
        id if id == controls::HAPPY_TO.id => enter::<actions::happy_to::HappyTo>(ctx, request, nomination, place).await,
        id if id == controls::NOT_NOW_TO_MEET.id => {
            enter::<actions::not_now_to_meet::NotNow>(ctx, request, nomination, place).await
        }
        _ => enter::<actions::never_again::NeverAgain>(ctx, request, nomination, place).await,
    }
}

/// The field under which a problem with a whole form is shown; `None` when the form is not one of these.
pub fn first_field(callback_id: &str) -> Option<&'static str> {
    (callback_id == forms::NOMINATE).then_some(nominate_form::NOMINEE)
}

/// Carries out what a form asks for.
///
/// # Errors
/// As the handler says.
pub async fn form(ctx: &Ctx, request: &Request, submitted: &ViewSubmission) -> Result<Answer, Failure> {
    let ask = submitted.private_metadata.parse().ok();
    enter::<modals::nominate::NameSomebody>(ctx, request, ask, submitted.state.clone()).await
}

/// Keeps what somebody answered: the planner looks at the ask at once, and whatever says something else now is redrawn.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when somebody else answered at the same moment.
pub async fn keep(
    ctx: &Ctx,
    tx: &mut Tx,
    of: &mut IntroductionOfPeople,
    before: &Introduction,
) -> Result<(), StoreFailure> {
    let now = ctx.now();
    introductions::save(tx, of, Some(now)).await?;
    screens::refresh_changed(tx, before, &of.introduction, now).await
}

/// What the holder of a request is answered: a message and Home show it by themselves.
pub fn to_holder(of: &IntroductionOfPeople, request: &IntroductionRequest, clicked: Clicked) -> Answer {
    let request = of.introduction.request(request.id).unwrap_or(request);
    match clicked {
        Clicked::InModal => Answer::Turned(introduction_mentor::outcome_modal(of, request)),
        Clicked::Elsewhere => Answer::Nothing,
    }
}

/// What an old button of a request answers: what is. The message shows it, too.
///
/// # Errors
/// When the database fails.
pub async fn too_late_for_holder(
    ctx: &Ctx,
    tx: &mut Tx,
    of: &IntroductionOfPeople,
    request: &IntroductionRequest,
) -> Result<Answer, StoreFailure> {
    screens::refresh_messages(tx, request.id.0, ctx.now()).await?;
    Ok(Answer::notice(introduction_mentor::outcome(of, request, Shown::ToThemAlone)))
}

/// What whoever was named is answered: a message and Home show it by themselves.
pub fn to_nominee(of: &IntroductionOfPeople, nomination: &Nomination, clicked: Clicked) -> Answer {
    let nomination = of.introduction.nomination(nomination.id).unwrap_or(nomination);
    match clicked {
        Clicked::InModal => Answer::Turned(introduction_nominee::outcome_modal(of, nomination)),
        Clicked::Elsewhere => Answer::Nothing,
    }
}

/// What an old button of a nomination answers: what is. The message shows it, too.
///
/// # Errors
/// When the database fails.
pub async fn too_late_for_nominee(
    ctx: &Ctx,
    tx: &mut Tx,
    of: &IntroductionOfPeople,
    nomination: &Nomination,
) -> Result<Answer, StoreFailure> {
    screens::refresh_messages(tx, nomination.id.0, ctx.now()).await?;
    Ok(Answer::notice(introduction_nominee::outcome(of, nomination)))
}
