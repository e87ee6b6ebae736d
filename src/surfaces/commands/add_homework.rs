//! `/mentor homework <text>`: homework for oneself, in the pair that meets next. The answer does not repeat the text.

use crate::ctx::Ctx;
use crate::domain::homework::{Homework, HomeworkState};
use crate::domain::identifiers::HomeworkId;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::domain::private_text::PrivateText;
use crate::render;
use crate::store::db::Tx;
use crate::store::{homework, overview};
use crate::surfaces::actions::homework_changed::homework_changed;
use crate::surfaces::answer::Answer;
use crate::surfaces::commands::homework::no_pair;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::growth::fitting;

/// Adds what was typed.
pub struct AddTyped;

impl Handler for AddTyped {
    type Action = SeeOwnStatus;
    type Input = PrivateText;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<SeeOwnStatus>, task: PrivateText) -> Result<Answer, Failure> {
        let now = ctx.now();
        let me = permit.actor.id;
        let overview = overview::get(tx, me).await?;
        let Some(pair) = overview.nearest(now) else { return Ok(Answer::notice(no_pair())) };
        let (fits, rest) = fitting(task.reveal());
        if rest.is_some() {
            let form = render::homework_forms::add(&overview, pair, Some(fits), rest, None);
            return Ok(Answer::Modal(form));
        }
        let id = HomeworkId(ctx.ids.ordered(now));
        let (state, set_at) = (HomeworkState::Open, now);
        let new = Homework {
            id,
            pair: pair.of.pair.id,
            owner: me,
            task,
            findings: None,
            state,
            due_on: None,
            set_at,
            carried: 0,
        };
        homework::insert(tx, &new).await?;
        homework_changed(ctx, tx, &pair.of).await?;
        Ok(Answer::Message(render::homework_forms::added(&overview, pair, id, now)))
    }
}
