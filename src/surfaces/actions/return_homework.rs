//! *Return*: opens the form for what was found out.

use super::homework_changed::stands_elsewhere;
use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, ReturnHomework};
use crate::render;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenReturnForm;

impl Handler for OpenReturnForm {
    type Action = ReturnHomework;
    type Input = Option<String>;
    const CHANGES: bool = false;

    async fn run(
        _ctx: &Ctx,
        _tx: &mut Tx,
        permit: Permit<ReturnHomework>,
        list: Option<String>,
    ) -> Result<Answer, Failure> {
        let of = &permit.object;
        Ok(match of.homework.must_be_open() {
            Ok(()) => Answer::Modal(render::homework_forms::give_back(of, list.as_deref())),
            Err(elsewhere) => Answer::notice(stands_elsewhere(elsewhere)),
        })
    }
}
