//! *Add homework*: opens the form.

use crate::ctx::Ctx;
use crate::domain::identifiers::PairId;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::render;
use crate::store::db::Tx;
use crate::store::overview;
use crate::surfaces::answer::Answer;
use crate::surfaces::commands::homework::no_pair;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenAddForm;

/// For which pair at first, and the list it was clicked in.
#[derive(Debug)]
pub struct For {
    /// One of one's own, or none of them: then the one that meets next.
    pub pair: Option<PairId>,
    /// The modal to redraw afterwards.
    pub list: Option<String>,
}

impl Handler for OpenAddForm {
    type Action = SeeOwnStatus;
    type Input = For;
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<SeeOwnStatus>, wanted: For) -> Result<Answer, Failure> {
        let overview = overview::get(tx, permit.actor.id).await?;
        let chosen = overview.active().find(|pair| Some(pair.of.pair.id) == wanted.pair);
        let Some(first) = chosen.or_else(|| overview.nearest(ctx.now())) else {
            return Ok(Answer::notice(no_pair()));
        };
        Ok(Answer::Modal(render::homework_forms::add(&overview, first, None, None, wanted.list.as_deref())))
    }
}
