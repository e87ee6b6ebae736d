//! `/mentor settings`, and *My settings* on Home: opens the form with what holds now.

use crate::ctx::Ctx;
use crate::domain::permissions::{ChangeOwnSettings, Permit};
use crate::render::settings_form;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenSettings;

impl Handler for OpenSettings {
    type Action = ChangeOwnSettings;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, _tx: &mut Tx, permit: Permit<ChangeOwnSettings>, (): ()) -> Result<Answer, Failure> {
        let me = &permit.actor;
        let today = ctx.now().with_timezone(&me.zone()).date_naive();
        Ok(Answer::Modal(settings_form::draw(me, &ctx.programme(), today)))
    }
}
