//! `/mentor forget me`, and *Forget me*: opens the form that says what happens.

use crate::ctx::Ctx;
use crate::domain::permissions::{BeForgotten, Permit};
use crate::render::forget_form;
use crate::store::db::Tx;
use crate::store::pairs;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenForgetForm;

impl Handler for OpenForgetForm {
    type Action = BeForgotten;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<BeForgotten>, (): ()) -> Result<Answer, Failure> {
        let mut live = pairs::of_person(tx, permit.actor.id).await?;
        live.retain(|of| of.pair.is_live());
        Ok(Answer::Modal(forget_form::draw(&permit.actor, &live)))
    }
}
