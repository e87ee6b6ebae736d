//! Somebody opens their Home tab: show it, and from now on keep it true.

use super::answer::Answer;
use super::failure::Failure;
use super::gate::Handler;
use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::store::db::Tx;
use crate::store::screens;

/// Opens Home.
pub struct OpenHome;

impl Handler for OpenHome {
    type Action = SeeOwnStatus;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<SeeOwnStatus>, (): ()) -> Result<Answer, Failure> {
        screens::open_home(tx, permit.actor.id, ctx.now()).await?;
        Ok(Answer::Nothing)
    }
}
