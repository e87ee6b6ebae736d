//! *Drop*: homework is given up on purpose.

use super::homework_changed::{homework_changed, shown, stands_elsewhere};
use crate::ctx::Ctx;
use crate::domain::permissions::{DropHomework, Permit};
use crate::store::db::Tx;
use crate::store::homework;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// It is given up.
pub struct DropIt;

impl Handler for DropIt {
    type Action = DropHomework;
    type Input = Option<String>;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<DropHomework>,
        list: Option<String>,
    ) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        let from = of.homework.state;
        let now_so = match of.homework.clone().dropped() {
            Ok(now_so) => now_so,
            Err(elsewhere) => return Ok(Answer::notice(stands_elsewhere(elsewhere))),
        };
        homework::set_state(tx, &now_so, from).await?;
        homework_changed(ctx, tx, &of.of).await?;
        shown(tx, me.id, list).await
    }
}
