//! *Happy to*: names meet, if everything that must hold holds at this moment.

use crate::ctx::Ctx;
use crate::domain::permissions::{AnswerNomination, Permit};
use crate::domain::reminders::MessageKind;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{may_be_introduced, org_chart};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::introducing::{Clicked, keep, to_nominee, too_late_for_nominee};

/// Agrees.
pub struct HappyTo;

impl Handler for HappyTo {
    type Action = AnswerNomination;
    type Input = Clicked;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<AnswerNomination>,
        clicked: Clicked,
    ) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (_, named) = permit.take();
        let (mut of, nomination) = (named.of, named.nomination);
        let before = of.introduction.clone();
        if of.introduction.may_agree(nomination.id).is_err() {
            return Ok(too_late_for_nominee(ctx, tx, &of, &nomination).await?);
        }
        org_chart::hold_still(tx).await?;
        let asker_is_here = of.asker().is_some_and(|asker| !asker.deactivated);
        let is_possible =
            asker_is_here && may_be_introduced::may_meet(tx, &of, nomination.id, ctx.same_manager).await?;
        let done = match is_possible {
            true => of.introduction.agree(nomination.id, now),
            false => of.introduction.rule_out(nomination.id),
        };
        if done.is_err() {
            return Err(Failure::Refused);
        }
        keep(ctx, tx, &mut of, &before).await?;
        if is_possible {
            let owed = of.news(MessageKind::NamesMeet, of.introduction.id.0, now);
            queue::enqueue(tx, &owed, &ctx.ids, now).await?;
        }
        Ok(to_nominee(&of, &nomination, clicked))
    }
}
