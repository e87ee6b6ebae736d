//! `/mentor goal [text]`: the goals, or the form when there is none yet or a text was typed. *See goals*: the list.

use crate::ctx::Ctx;
use crate::domain::overview::Overview;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::domain::private_text::PrivateText;
use crate::render::{goal_form, goal_list};
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::overview;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::growth::fitting;

/// Shows the goals, or the form.
pub struct Goals;

/// Shows the goals.
pub struct ListGoals;

impl Handler for Goals {
    type Action = SeeOwnStatus;
    type Input = Option<PrivateText>;
    const CHANGES: bool = false;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<SeeOwnStatus>,
        text: Option<PrivateText>,
    ) -> Result<Answer, Failure> {
        let overview = overview::get(tx, permit.actor.id).await?;
        if text.is_none() && overview.active().any(|pair| !pair.goals.is_empty()) {
            return Ok(Answer::Modal(goal_list::draw(&overview, None)));
        }
        let nearest = overview.nearest_where_goals_are_set(ctx.now());
        let Some(pair) = nearest else { return Ok(Answer::notice(no_goals(&overview))) };
        let (fits, rest) = match &text {
            Some(text) => fitting(text.reveal()),
            None => ("", None),
        };
        Ok(Answer::Modal(goal_form::set(&overview, pair, Some(fits), rest, None)))
    }
}

impl Handler for ListGoals {
    type Action = SeeOwnStatus;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<SeeOwnStatus>, (): ()) -> Result<Answer, Failure> {
        let overview = overview::get(tx, permit.actor.id).await?;
        if overview.active().next().is_none() {
            return Ok(Answer::notice(no_goals(&overview)));
        }
        Ok(Answer::Modal(goal_list::draw(&overview, None)))
    }
}

/// What is answered to somebody who cannot set a goal.
pub fn no_goals(overview: &Overview) -> Markup {
    Markup::words(if overview.active().next().is_some() {
        "Your mentees set their goals, and you will see them here. None is set yet."
    } else {
        "You have no mentor yet to work towards a goal with. Type `/mentor ask @name` to ask somebody."
    })
}
