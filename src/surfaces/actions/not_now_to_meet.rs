//! *Not now*, of whoever was named: told to nobody, and whoever is next gets asked.

use crate::ctx::Ctx;
use crate::domain::permissions::{AnswerNomination, Permit};
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::introducing::{Clicked, keep, to_nominee, too_late_for_nominee};

/// Declines.
pub struct NotNow;

impl Handler for NotNow {
    type Action = AnswerNomination;
    type Input = Clicked;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<AnswerNomination>,
        clicked: Clicked,
    ) -> Result<Answer, Failure> {
        let (_, named) = permit.take();
        let (mut of, nomination) = (named.of, named.nomination);
        let before = of.introduction.clone();
        if of.introduction.refuse(nomination.id).is_err() {
            return Ok(too_late_for_nominee(ctx, tx, &of, &nomination).await?);
        }
        keep(ctx, tx, &mut of, &before).await?;
        Ok(to_nominee(&of, &nomination, clicked))
    }
}
