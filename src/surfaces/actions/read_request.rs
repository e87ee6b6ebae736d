//! *Read the request*: what the mentee wants to work on, in a modal.

use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, ReadProposal};
use crate::render;
use crate::store::db::Tx;
use crate::store::inquiries;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows the request.
pub struct ReadRequest;

impl Handler for ReadRequest {
    type Action = ReadProposal;
    type Input = ();
    const CHANGES: bool = false;
    const AFTER_THE_END: bool = true;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<ReadProposal>, (): ()) -> Result<Answer, Failure> {
        let inquiries = inquiries::of_pair(tx, permit.object.pair.id).await?;
        Ok(Answer::Modal(render::ask_form::read(&permit.object, &inquiries)))
    }
}
