//! `/mentor homework`: the homework carried, in a modal, because its text is private.

use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::render;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::overview;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows the homework carried.
pub struct ListHomework;

impl Handler for ListHomework {
    type Action = SeeOwnStatus;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<SeeOwnStatus>, (): ()) -> Result<Answer, Failure> {
        let overview = overview::get(tx, permit.actor.id).await?;
        Ok(match render::home::homework_modal(&overview) {
            Some(modal) => Answer::Modal(modal),
            None => Answer::notice(Markup::words("No homework is open. It is set after a meeting, under “We met”.")),
        })
    }
}
