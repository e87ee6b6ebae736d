//! *Put it on my next agenda*, in the guide: opens the form, empty, since what was looked up is kept nowhere.

use crate::ctx::Ctx;
use crate::domain::permissions::{ParkOnAgenda, Permit};
use crate::render;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::parking::spots;

/// Opens the form.
pub struct OpenParkForm;

impl Handler for OpenParkForm {
    type Action = ParkOnAgenda;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ParkOnAgenda>, (): ()) -> Result<Answer, Failure> {
        let me = permit.actor;
        let spots = spots(ctx, tx, &me).await?;
        if spots.is_empty() {
            return Ok(Answer::notice(render::parked::nobody()));
        }
        Ok(Answer::Modal(render::park_form::open(&me, "", None, &spots)))
    }
}
