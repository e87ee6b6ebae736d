//! *Suggest someone else*: opens the form, while the proposal is open.

use crate::ctx::Ctx;
use crate::domain::permissions::{AnswerProposal, Permit};
use crate::render::suggestion_screens;
use crate::store::db::Tx;
use crate::surfaces::actions::decline::already_answered;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenSuggestForm;

impl Handler for OpenSuggestForm {
    type Action = AnswerProposal;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, _tx: &mut Tx, permit: Permit<AnswerProposal>, (): ()) -> Result<Answer, Failure> {
        let of = &permit.object;
        Ok(match of.pair.must_be_open() {
            Ok(()) => Answer::Modal(suggestion_screens::suggest_else(of)),
            Err(already) => Answer::notice(already_answered(of, already)),
        })
    }
}
