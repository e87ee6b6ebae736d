//! From a click or a form to the handlers of agreements, reviews and the end of a pair.
//!
//! Owns: the list of them, and how their fields are read. Must not: decide anything.

use chrono::{DateTime, NaiveDate, Utc};

use super::answer::Answer;
use super::failure::Failure;
use super::gate::enter;
use super::growth::Filled;
use super::request::Request;
use super::{actions, commands, modals};
use crate::ctx::Ctx;
use crate::domain::people::Person;
use crate::domain::reviews::{MONTHS, months_after, usable};
use crate::render::agreement_form::{GOALS, ON_A_DATE, REVIEW, REVIEW_ON};
use crate::render::controls::{self, forms};
use crate::render::finish_forms;
use crate::slack::inbound::{BlockAction, FormState, ViewSubmission};

/// Whether a button is one of these.
pub fn clicks(action_id: &str) -> bool {
    [
        controls::OPEN_AGREEMENT,
        controls::EDIT_AGREEMENT,
        controls::KEEP_AGREEMENT,
        controls::CARRY_ON,
        controls::FINISH,
        controls::END_NOW,
        controls::READ_FINISH,
        controls::PAST_PAIRS,
        controls::LOOK_BACK,
        controls::NEXT_PAGE,
        controls::PAGE_BEFORE,
        controls::READ_MEETING,
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
    let modal = request.modal.clone();
    match clicked.action_id.as_str() {
        id if id == controls::OPEN_AGREEMENT.id => {
            enter::<actions::open_agreement::OpenAgreement>(ctx, request, on.parse().ok(), ()).await
        }
        id if id == controls::EDIT_AGREEMENT.id => {
            enter::<actions::edit_agreement::OpenAgreementForm>(ctx, request, on.parse().ok(), modal).await
        }
        id if id == controls::KEEP_AGREEMENT.id => {
            enter::<actions::keep_agreement::KeepIt>(ctx, request, on.parse().ok(), ()).await
        }
        id if id == controls::CARRY_ON.id => {
            enter::<actions::carry_on::OpenCarryOnForm>(ctx, request, on.parse().ok(), ()).await
        }
        id if id == controls::FINISH.id => {
            enter::<actions::finish_pair::OpenFinishForm>(ctx, request, on.parse().ok(), ()).await
        }
        id if id == controls::END_NOW.id => enter::<actions::end_now::EndNow>(ctx, request, on.parse().ok(), ()).await,
        id if id == controls::READ_FINISH.id => {
            enter::<actions::look_back::ReadWords>(ctx, request, on.parse().ok(), ()).await
        }
        id if id == controls::PAST_PAIRS.id => enter::<commands::history::PastPairs>(ctx, request, Some(()), ()).await,
        id if id == controls::READ_MEETING.id => {
            enter::<actions::look_back::ReadPastMeeting>(ctx, request, on.parse().ok(), ()).await
        }
        _ => {
            let (pair, page) = on.split_once(' ').unwrap_or((on, ""));
            enter::<actions::look_back::LookBackOn>(ctx, request, pair.parse().ok(), page.parse().ok()).await
        }
    }
}

/// The field under which a problem with the whole form is shown; `None` when the form is not one of these.
pub fn first_field(callback_id: &str) -> Option<&'static str> {
    match callback_id {
        forms::SIGN_AGREEMENT | forms::AGREEMENT => Some(GOALS),
        forms::CARRY_ON => Some(REVIEW),
        forms::FINISH => Some(finish_forms::GOT_OUT),
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
    let fields = submitted.state.clone();
    match submitted.callback_id.as_str() {
        forms::SIGN_AGREEMENT => enter::<modals::sign_agreement::SignIt>(ctx, request, about.parse().ok(), ()).await,
        forms::AGREEMENT => {
            enter::<modals::agreement::WriteIt>(ctx, request, about.parse().ok(), Filled { fields, below }).await
        }
        forms::CARRY_ON => enter::<modals::carry_on::CarryOnIt>(ctx, request, about.parse().ok(), fields).await,
        _ => enter::<modals::finish::FinishIt>(ctx, request, about.parse().ok(), fields).await,
    }
}

/// Reads a review date: so many months from `from`, or a date. One that stays as it was may be near.
///
/// # Errors
/// The answer at its field.
pub fn review_date(
    form: &FormState,
    from: NaiveDate,
    me: &Person,
    now: DateTime<Utc>,
    before: Option<NaiveDate>,
) -> Result<NaiveDate, Answer> {
    let today = now.with_timezone(&me.zone()).date_naive();
    let chosen = form.choice(REVIEW).unwrap_or(ON_A_DATE);
    let (field, day) = match MONTHS.iter().find(|months| months.to_string() == chosen) {
        Some(months) => (REVIEW, Some(months_after(from, *months))),
        None => (REVIEW_ON, form.date(REVIEW_ON).and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())),
    };
    if day.is_some() && day == before {
        return day.ok_or(Answer::Nothing);
    }
    usable(day, today).map_err(|bad| Answer::error(field, bad.to_string()))
}
