//! *Correct the address*: opens the addresses of a mentor outside.

use crate::ctx::Ctx;
use crate::domain::permissions::{CorrectAddress, Permit};
use crate::render::outside_forms::addresses;
use crate::store::contacts;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenAddresses;

impl Handler for OpenAddresses {
    type Action = CorrectAddress;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<CorrectAddress>, (): ()) -> Result<Answer, Failure> {
        let (_, of) = permit.take();
        let contact = contacts::find(tx, of.mentor.id).await?.ok_or(Failure::Refused)?;
        Ok(Answer::Modal(addresses(&of, &contact, ctx.sends_mail)))
    }
}
