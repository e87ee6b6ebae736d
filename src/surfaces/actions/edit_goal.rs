//! *Edit*: opens a goal for writing.

use super::goal_changed::ended_before;
use crate::ctx::Ctx;
use crate::domain::goals::GoalState;
use crate::domain::permissions::{ChangeGoal, Permit};
use crate::render::goal_form;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenGoal;

impl Handler for OpenGoal {
    type Action = ChangeGoal;
    type Input = Option<String>;
    const CHANGES: bool = false;

    async fn run(
        _ctx: &Ctx,
        _tx: &mut Tx,
        permit: Permit<ChangeGoal>,
        list: Option<String>,
    ) -> Result<Answer, Failure> {
        let of = &permit.object;
        Ok(match of.goal.state {
            GoalState::Open => Answer::Modal(goal_form::edit(of, list.as_deref())),
            ended => Answer::notice(ended_before(ended)),
        })
    }
}
