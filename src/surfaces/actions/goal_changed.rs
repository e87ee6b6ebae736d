//! What follows from every change of a goal: both Homes show it, and the list it was clicked in.

use crate::domain::goals::{Goal, GoalState};
use crate::domain::identifiers::PersonId;
use crate::domain::pairs::PairOfPeople;
use crate::render::goal_list;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::{overview, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;

/// Redraws what shows this pair's goals.
///
/// # Errors
/// When the database fails.
pub async fn goal_changed(tx: &mut Tx, of: &PairOfPeople) -> Result<(), Failure> {
    screens::refresh_homes(tx, of).await?;
    Ok(())
}

/// The list again, in the modal it was clicked in; elsewhere Home says it, unless a goal was reached, which is worth a word.
///
/// # Errors
/// When the database fails.
pub async fn shown(
    tx: &mut Tx,
    me: PersonId,
    reached: Option<&Goal>,
    list_in: Option<String>,
) -> Result<Answer, Failure> {
    if list_in.is_none() && reached.is_none() {
        return Ok(Answer::Nothing);
    }
    let view = goal_list::draw(&overview::get(tx, me).await?, reached);
    Ok(match list_in {
        Some(view_id) => Answer::Redrawn { view_id, view },
        None => Answer::Modal(view),
    })
}

/// What an old button answers.
pub fn ended_before(state: GoalState) -> Markup {
    Markup::words(match state {
        GoalState::Open => "That goal is still open. Nothing was changed.",
        GoalState::Reached => "That goal is reached already. Nothing was changed.",
        GoalState::Dropped => "That goal was dropped already. Nothing was changed.",
    })
}
