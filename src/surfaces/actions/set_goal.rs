//! *Set a goal*: opens the empty form.

use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::render::goal_form;
use crate::store::db::Tx;
use crate::store::overview;
use crate::surfaces::actions::add_homework::For;
use crate::surfaces::answer::Answer;
use crate::surfaces::commands::goals::no_goals;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenGoalForm;

impl Handler for OpenGoalForm {
    type Action = SeeOwnStatus;
    type Input = For;
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<SeeOwnStatus>, wanted: For) -> Result<Answer, Failure> {
        let overview = overview::get(tx, permit.actor.id).await?;
        let chosen = overview.sets_goals_in().find(|pair| Some(pair.of.pair.id) == wanted.pair);
        let Some(first) = chosen.or_else(|| overview.nearest_where_goals_are_set(ctx.now())) else {
            return Ok(Answer::notice(no_goals(&overview)));
        };
        Ok(Answer::Modal(goal_form::set(&overview, first, None, None, wanted.list.as_deref())))
    }
}
