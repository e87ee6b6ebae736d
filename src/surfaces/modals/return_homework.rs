//! Homework comes back, with what was found out: it stands on the agenda of the next meeting.

use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, ReturnHomework};
use crate::render::homework_forms::FINDINGS;
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::{homework, meetings};
use crate::surfaces::actions::homework_changed::{homework_changed, shown, stands_elsewhere};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::growth::{Filled, needed};

/// Returns it.
pub struct ReturnIt;

impl Handler for ReturnIt {
    type Action = ReturnHomework;
    type Input = Filled<FormState>;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<ReturnHomework>,
        form: Filled<FormState>,
    ) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        let findings = match needed(&form.fields, FINDINGS, "Write a line: what did you find out?") {
            Ok(findings) => findings,
            Err(problem) => return Ok(problem),
        };
        if let Err(elsewhere) = of.homework.must_be_open() {
            return Ok(Answer::notice(stands_elsewhere(elsewhere)));
        }
        let upcoming = meetings::without_outcome(tx, of.homework.pair).await?;
        let next = upcoming.iter().find(|meeting| meeting.takes_agenda(ctx.now())).map(|meeting| meeting.id);
        homework::set_findings(tx, &of.homework.returned(Some(findings)), next).await?;
        homework_changed(ctx, tx, &of.of).await?;
        shown(tx, me.id, form.below).await
    }
}
