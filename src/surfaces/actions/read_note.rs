//! *Read the note*: the line that came with a mentor's suggestion, in a modal.

use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, ReadProposal};
use crate::render::suggestion_screens;
use crate::store::db::Tx;
use crate::store::suggestions;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows it.
pub struct ReadNote;

impl Handler for ReadNote {
    type Action = ReadProposal;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<ReadProposal>, (): ()) -> Result<Answer, Failure> {
        let of = &permit.object;
        let suggestion = suggestions::of_pair(tx, of.pair.id).await?.ok_or(Failure::Refused)?;
        Ok(Answer::Modal(suggestion_screens::read_note(of, &suggestion)))
    }
}
