//! *Move it to another pair*: homework that was typed in a hurry belongs to another pair.

use super::homework_changed::{homework_changed, stands_elsewhere};
use crate::ctx::Ctx;
use crate::domain::identifiers::PairId;
use crate::domain::permissions::{AddHomework, Permit, ReturnHomework};
use crate::render::words::mention;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::{homework, pairs};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Moves it.
pub struct MoveHomework;

impl Handler for MoveHomework {
    type Action = ReturnHomework;
    type Input = Option<PairId>;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<ReturnHomework>,
        to: Option<PairId>,
    ) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        // Both ends need a permit: it is one's own homework, and the pair it goes to is one's own, too.
        let to = match to {
            Some(to) => pairs::find(tx, to).await?,
            None => None,
        };
        let there = Permit::<AddHomework>::request(me, to)?;
        let with = mention(there.object.other(there.actor.id));
        if of.homework.pair == there.object.pair.id {
            return Ok(Answer::notice(Markup::words("It is your homework with ").piece(&with).and(" already.")));
        }
        if let Err(elsewhere) = of.homework.must_be_open() {
            return Ok(Answer::notice(stands_elsewhere(elsewhere)));
        }
        if of.homework.findings.is_some() {
            return Ok(Answer::notice(Markup::words(
                "You have written findings about that one, so it stays where it is. Nothing was changed.",
            )));
        }
        homework::move_to(tx, &of.homework, there.object.pair.id).await?;
        homework_changed(ctx, tx, &of.of).await?;
        homework_changed(ctx, tx, &there.object).await?;
        Ok(Answer::notice(Markup::words("Moved: it is your homework with ").piece(&with).and(" now.")))
    }
}
