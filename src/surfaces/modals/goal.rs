//! A goal is set, or what it says is changed.

use chrono::NaiveDate;

use crate::ctx::Ctx;
use crate::domain::due::due_on;
use crate::domain::goals::{Goal, GoalState, MOST_STEPS};
use crate::domain::identifiers::GoalId;
use crate::domain::people::Person;
use crate::domain::permissions::{ChangeGoal, Permit, SetGoal};
use crate::domain::private_text::PrivateText;
use crate::render::goal_form::{BY_WHEN, GOAL, MEASURE, STEPS};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::goals;
use crate::surfaces::actions::goal_changed::{ended_before, goal_changed, shown};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::growth::{Filled, needed, written};

/// Sets a goal.
pub struct SetIt;

/// Changes a goal.
pub struct ChangeIt;

impl Handler for SetIt {
    type Action = SetGoal;
    type Input = Filled<FormState>;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<SetGoal>, form: Filled<FormState>) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, of) = permit.take();
        let says = match Says::read(ctx, &me, &form.fields, None) {
            Ok(says) => says,
            Err(problem) => return Ok(problem),
        };
        let goal = Goal {
            id: GoalId(ctx.ids.ordered(now)),
            pair: of.pair.id,
            owner: me.id,
            goal: says.goal,
            steps: says.steps,
            measure: says.measure,
            due_on: says.due_on,
            state: GoalState::Open,
            set_at: now,
        };
        goals::insert(tx, &goal).await?;
        goal_changed(tx, &of).await?;
        shown(tx, me.id, None, form.below).await
    }
}

impl Handler for ChangeIt {
    type Action = ChangeGoal;
    type Input = Filled<FormState>;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<ChangeGoal>,
        form: Filled<FormState>,
    ) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        if of.goal.state != GoalState::Open {
            return Ok(Answer::notice(ended_before(of.goal.state)));
        }
        let says = match Says::read(ctx, &me, &form.fields, of.goal.due_on) {
            Ok(says) => says,
            Err(problem) => return Ok(problem),
        };
        let (goal, steps, measure, due_on) = (says.goal, says.steps, says.measure, says.due_on);
        goals::change(tx, &Goal { goal, steps, measure, due_on, ..of.goal }).await?;
        goal_changed(tx, &of.of).await?;
        shown(tx, me.id, None, form.below).await
    }
}

/// What the four fields say.
struct Says {
    goal: PrivateText,
    steps: Option<PrivateText>,
    measure: Option<PrivateText>,
    due_on: Option<NaiveDate>,
}

impl Says {
    /// Reads the form. A day that was chosen before may lie in the past by now and stay; the error is the answer at its field.
    fn read(ctx: &Ctx, me: &Person, form: &FormState, before: Option<NaiveDate>) -> Result<Self, Answer> {
        let goal = needed(form, GOAL, "Write a sentence: what do you want to reach?")?;
        let steps = written(form, STEPS)?.map(|text| text.lines()).unwrap_or_default();
        if steps.len() > MOST_STEPS {
            let words = format!("{} steps, and six are the most: choose the next ones.", steps.len());
            return Err(Answer::error(STEPS, words));
        }
        let measure = written(form, MEASURE)?;
        let chosen = form.date(BY_WHEN);
        let stays = before.is_some_and(|day| chosen == Some(day.format("%Y-%m-%d").to_string().as_str()));
        let today = ctx.now().with_timezone(&me.zone()).date_naive();
        let due_on = if stays {
            before
        } else {
            due_on(chosen, today).map_err(|bad| Answer::error(BY_WHEN, bad.to_string()))?
        };
        Ok(Self { goal, steps: joined(&steps), measure, due_on })
    }
}

/// One step a line.
fn joined(steps: &[PrivateText]) -> Option<PrivateText> {
    let lines: Vec<&str> = steps.iter().map(PrivateText::reveal).collect();
    PrivateText::typed(&lines.join("\n"))
}
