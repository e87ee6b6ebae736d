//! From a click or a form to the handlers of homework, goals and wins.
//!
//! Owns: the list of them, and how their fields are read. Must not: decide anything.

use super::answer::Answer;
use super::commands::win::{OpenWinForm, Prefilled};
use super::failure::Failure;
use super::gate::enter;
use super::request::Request;
use super::{actions, commands, modals};
use crate::ctx::Ctx;
use crate::domain::private_text::PrivateText;
use crate::render::controls::{self, forms};
use crate::render::{goal_form, homework_forms, win_form};
use crate::slack::inbound::{BlockAction, FormState, ViewSubmission};

/// The most a field takes, in characters; Slack's own limit.
const LONGEST: usize = 3_000;

/// A form that was filled in.
#[derive(Debug)]
pub struct Filled<T> {
    /// What stands in it.
    pub fields: T,
    /// The modal below it, which shows what the form changes.
    pub below: Option<String>,
}

/// Whether a button is one of these.
pub fn clicks(action_id: &str) -> bool {
    [
        controls::SEE_HOMEWORK,
        controls::ADD_HOMEWORK,
        controls::RETURN_HOMEWORK,
        controls::HOMEWORK_DONE,
        controls::DROP_HOMEWORK,
        controls::MOVE_HOMEWORK,
        controls::SEE_GOALS,
        controls::SET_GOAL,
        controls::EDIT_GOAL,
        controls::GOAL_REACHED,
        controls::DROP_GOAL,
        controls::LOG_WIN,
        controls::READ_WIN,
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
    let list = request.modal.clone();
    match clicked.action_id.as_str() {
        id if id == controls::ADD_HOMEWORK.id => {
            let wanted = actions::add_homework::For { pair: on.parse().ok(), list };
            enter::<actions::add_homework::OpenAddForm>(ctx, request, Some(()), wanted).await
        }
        id if id == controls::RETURN_HOMEWORK.id => {
            enter::<actions::return_homework::OpenReturnForm>(ctx, request, on.parse().ok(), list).await
        }
        id if id == controls::HOMEWORK_DONE.id => {
            enter::<actions::homework_done::HomeworkDone>(ctx, request, on.parse().ok(), list).await
        }
        id if id == controls::DROP_HOMEWORK.id => {
            enter::<actions::drop_homework::DropIt>(ctx, request, on.parse().ok(), list).await
        }
        id if id == controls::MOVE_HOMEWORK.id => {
            let (homework, to) = on.split_once(' ').unwrap_or((on, ""));
            enter::<actions::move_homework::MoveHomework>(ctx, request, homework.parse().ok(), to.parse().ok()).await
        }
        id if id == controls::SEE_GOALS.id => enter::<commands::goals::ListGoals>(ctx, request, Some(()), ()).await,
        id if id == controls::SET_GOAL.id => {
            let wanted = actions::add_homework::For { pair: on.parse().ok(), list };
            enter::<actions::set_goal::OpenGoalForm>(ctx, request, Some(()), wanted).await
        }
        id if id == controls::EDIT_GOAL.id => {
            enter::<actions::edit_goal::OpenGoal>(ctx, request, on.parse().ok(), list).await
        }
        id if id == controls::GOAL_REACHED.id => {
            enter::<actions::goal_reached::GoalReached>(ctx, request, on.parse().ok(), list).await
        }
        id if id == controls::DROP_GOAL.id => {
            enter::<actions::drop_goal::DropGoal>(ctx, request, on.parse().ok(), list).await
        }
        id if id == controls::LOG_WIN.id => {
            let prefilled = on.parse().map_or(Prefilled::Nothing, Prefilled::Goal);
            enter::<OpenWinForm>(ctx, request, Some(()), prefilled).await
        }
        id if id == controls::READ_WIN.id => {
            enter::<actions::read_win::ShowWin>(ctx, request, on.parse().ok(), ()).await
        }
        _ => enter::<commands::homework::ListHomework>(ctx, request, Some(()), ()).await,
    }
}

/// The field under which a problem with a whole form is shown; `None` when the form is not one of these.
pub fn first_field(callback_id: &str) -> Option<&'static str> {
    match callback_id {
        forms::RETURN_HOMEWORK => Some(homework_forms::FINDINGS),
        forms::ADD_HOMEWORK => Some(homework_forms::TASK),
        forms::SET_GOAL | forms::EDIT_GOAL => Some(goal_form::GOAL),
        forms::LOG_WIN => Some(win_form::WIN),
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
    let form = Filled { fields: submitted.state.clone(), below };
    match submitted.callback_id.as_str() {
        forms::ADD_HOMEWORK => {
            let pair = form.fields.choice(homework_forms::PAIR).unwrap_or(about).parse().ok();
            enter::<modals::add_homework::AddIt>(ctx, request, pair, form).await
        }
        forms::SET_GOAL => {
            let pair = form.fields.choice(goal_form::PAIR).unwrap_or(about).parse().ok();
            enter::<modals::goal::SetIt>(ctx, request, pair, form).await
        }
        forms::EDIT_GOAL => enter::<modals::goal::ChangeIt>(ctx, request, about.parse().ok(), form).await,
        forms::LOG_WIN => enter::<modals::win::LogIt>(ctx, request, Some(()), form).await,
        _ => enter::<modals::return_homework::ReturnIt>(ctx, request, about.parse().ok(), form).await,
    }
}

/// Reads a field that must say something.
///
/// # Errors
/// The answer at that field: `nothing` when it is empty, or that it is too long.
pub fn needed(form: &FormState, field: &'static str, nothing: &'static str) -> Result<PrivateText, Answer> {
    written(form, field)?.ok_or_else(|| Answer::error(field, nothing))
}

/// Reads a field that may stay empty.
///
/// # Errors
/// The answer at that field: that it is too long. Slack's clients do not let that happen; others may.
pub fn written(form: &FormState, field: &'static str) -> Result<Option<PrivateText>, Answer> {
    let text = form.text(field).and_then(PrivateText::typed);
    match text.as_ref().map(|text| text.reveal().chars().count()) {
        Some(length) if length > LONGEST => {
            Err(Answer::error(field, format!("{length} characters, and 3,000 are the most: please shorten it.")))
        }
        _ => Ok(text),
    }
}

/// What of a typed text fits into a field, and what does not.
pub fn fitting(text: &str) -> (&str, Option<&str>) {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => (&text[..at], Some(&text[at..])),
        None => (text, None),
    }
}
