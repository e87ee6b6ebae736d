//! A piece of homework is added, for oneself or for the other of the pair.

use crate::ctx::Ctx;
use crate::domain::due::due_on;
use crate::domain::homework::{Homework, HomeworkState};
use crate::domain::identifiers::HomeworkId;
use crate::domain::permissions::{AddHomework, Permit};
use crate::render::homework_forms::{DUE, OTHER, OWNER, TASK};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::homework;
use crate::surfaces::actions::homework_changed::{homework_changed, shown};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::growth::{Filled, needed};

/// Adds it.
pub struct AddIt;

impl Handler for AddIt {
    type Action = AddHomework;
    type Input = Filled<FormState>;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<AddHomework>,
        form: Filled<FormState>,
    ) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, of) = permit.take();
        let task = match needed(&form.fields, TASK, "Write a line: what is to be looked into?") {
            Ok(task) => task,
            Err(problem) => return Ok(problem),
        };
        let owner = if form.fields.choice(OWNER) == Some(OTHER) { of.other(me.id) } else { &me };
        let due_on = match due_on(form.fields.date(DUE), now.with_timezone(&me.zone()).date_naive()) {
            Ok(day) => day,
            Err(bad) => return Ok(Answer::error(DUE, bad.to_string())),
        };
        let new = Homework {
            id: HomeworkId(ctx.ids.ordered(now)),
            pair: of.pair.id,
            owner: owner.id,
            task,
            findings: None,
            state: HomeworkState::Open,
            due_on,
            set_at: now,
            carried: 0,
        };
        homework::insert(tx, &new).await?;
        homework_changed(ctx, tx, &of).await?;
        shown(tx, me.id, form.below).await
    }
}
