//! *Move this one*: opens the form with another day and time.

use crate::ctx::Ctx;
use crate::domain::permissions::{ChangeMeeting, Permit};
use crate::render::change_forms;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::modals::change_meeting::{cannot_change, is_paused};

/// Opens the form.
pub struct OpenMoveForm;

impl Handler for OpenMoveForm {
    type Action = ChangeMeeting;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, _tx: &mut Tx, permit: Permit<ChangeMeeting>, (): ()) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        if let Some(paused) = is_paused(&of, &me) {
            return Ok(Answer::notice(paused));
        }
        Ok(match of.meeting.may_change(ctx.now()) {
            Ok(()) => Answer::Modal(change_forms::move_meeting(&of, &me)),
            Err(reason) => Answer::notice(cannot_change(&of, &me, reason)),
        })
    }
}
