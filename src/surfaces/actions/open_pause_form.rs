//! *Pause* on Home: opens the form for that pair.

use crate::ctx::Ctx;
use crate::domain::permissions::{PausePair, Permit};
use crate::render::pause_forms;
use crate::store::db::Tx;
use crate::store::overview;
use crate::surfaces::answer::Answer;
use crate::surfaces::commands::rhythms::nobody;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenPauseForm;

impl Handler for OpenPauseForm {
    type Action = PausePair;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<PausePair>, (): ()) -> Result<Answer, Failure> {
        let overview = overview::get(tx, permit.actor.id).await?;
        let wanted = permit.object.pair.id;
        Ok(match overview.active().find(|pair| pair.of.pair.id == wanted) {
            Some(pair) => Answer::Modal(pause_forms::pause(&overview, &[pair], pair, None, ctx.now())),
            None => Answer::notice(nobody()),
        })
    }
}
