//! `/mentor export`, and *Export my data*: two files in the direct messages, once a day at most.

use crate::ctx::Ctx;
use crate::domain::leaving::may_export;
use crate::domain::permissions::{ExportOwnData, Permit};
use crate::domain::reminders::Owed;
use crate::render::privacy::{on_its_way, once_a_day};
use crate::store::db::Tx;
use crate::store::exports;
use crate::store::outbox::queue;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Owes the files.
pub struct ExportMine;

impl Handler for ExportMine {
    type Action = ExportOwnData;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ExportOwnData>, (): ()) -> Result<Answer, Failure> {
        let (now, me) = (ctx.now(), permit.actor.id);
        let last = exports::asked(tx, me).await?.last().copied();
        if let Err(next) = may_export(last, now) {
            return Ok(Answer::notice(once_a_day(next)));
        }
        let id = ctx.ids.opaque();
        exports::insert(tx, id, me, now).await?;
        for owed in Owed::export(id, me, now) {
            queue::enqueue(tx, &owed, &ctx.ids, now).await?;
        }
        Ok(Answer::notice(on_its_way()))
    }
}
