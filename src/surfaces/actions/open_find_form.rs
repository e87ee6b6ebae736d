//! *Find a mentor*: opens the form.

use crate::ctx::Ctx;
use crate::domain::permissions::{FindMentor, Permit};
use crate::render::find_screens;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenFindForm;

impl Handler for OpenFindForm {
    type Action = FindMentor;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, _tx: &mut Tx, _permit: Permit<FindMentor>, (): ()) -> Result<Answer, Failure> {
        Ok(Answer::Modal(find_screens::form()))
    }
}
