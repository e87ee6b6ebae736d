//! *Add a point*: turns the mentor's copy of the agenda into the form for one.

use super::reported::too_late_for_a_point;
use crate::ctx::Ctx;
use crate::domain::permissions::{AddPoint, Permit};
use crate::render;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form for a point.
pub struct OpenPointForm;

impl Handler for OpenPointForm {
    type Action = AddPoint;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, _tx: &mut Tx, permit: Permit<AddPoint>, (): ()) -> Result<Answer, Failure> {
        let of = &permit.object;
        if !of.meeting.takes_agenda(ctx.now()) {
            return Ok(Answer::notice(too_late_for_a_point(of)));
        }
        Ok(Answer::Turned(render::point_form::open(of, permit.actor.id)))
    }
}
