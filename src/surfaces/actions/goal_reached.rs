//! *Reached*: a goal is reached; asks for nothing, and offers to log a win.

use super::goal_changed::{ended_before, goal_changed, shown};
use crate::ctx::Ctx;
use crate::domain::goals::GoalState;
use crate::domain::permissions::{ChangeGoal, Permit};
use crate::store::db::Tx;
use crate::store::goals;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// It is reached.
pub struct GoalReached;

impl Handler for GoalReached {
    type Action = ChangeGoal;
    type Input = Option<String>;
    const CHANGES: bool = true;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<ChangeGoal>, list: Option<String>) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        let goal = match of.goal.ended(GoalState::Reached) {
            Ok(goal) => goal,
            Err(before) => return Ok(Answer::notice(ended_before(before))),
        };
        goals::end(tx, &goal).await?;
        goal_changed(tx, &of.of).await?;
        shown(tx, me.id, Some(&goal), list).await
    }
}
