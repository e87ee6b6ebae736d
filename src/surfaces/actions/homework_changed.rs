//! What follows from every change of homework: the messages about the meetings to come and both Homes show it.

use crate::ctx::Ctx;
use crate::domain::homework::{HomeworkState, StandsElsewhere};
use crate::domain::identifiers::PersonId;
use crate::domain::pairs::PairOfPeople;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::{meetings, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::commands::homework::list;
use crate::surfaces::failure::Failure;

/// Redraws what shows this pair's homework.
///
/// # Errors
/// When the database fails.
pub async fn homework_changed(ctx: &Ctx, tx: &mut Tx, of: &PairOfPeople) -> Result<(), Failure> {
    for meeting in meetings::without_outcome(tx, of.pair.id).await? {
        screens::refresh_messages(tx, meeting.id.0, ctx.now()).await?;
    }
    screens::refresh_homes(tx, of).await?;
    Ok(())
}

/// The list again, in the modal it was clicked in; elsewhere the screens say it.
///
/// # Errors
/// When the database fails.
pub async fn shown(tx: &mut Tx, me: PersonId, list_in: Option<String>) -> Result<Answer, Failure> {
    match list_in {
        Some(view_id) => Ok(Answer::Redrawn { view_id, view: list(tx, me).await? }),
        None => Ok(Answer::Nothing),
    }
}

/// What an old button answers.
pub fn stands_elsewhere(StandsElsewhere(state): StandsElsewhere) -> Markup {
    Markup::words(match state {
        HomeworkState::Open => "That is still open; it can be done once it is returned. Nothing was changed.",
        HomeworkState::Returned => "That was returned already. Nothing was changed.",
        HomeworkState::Reviewed => "You have talked about that one already. Nothing was changed.",
        HomeworkState::Dropped => "That was dropped already. Nothing was changed.",
    })
}
