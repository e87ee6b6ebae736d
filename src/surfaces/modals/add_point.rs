//! A mentor's point is kept, and the agenda is shown with it.

use crate::ctx::Ctx;
use crate::domain::agenda_items::{AgendaItem, Spot, fit};
use crate::domain::identifiers::AgendaItemId;
use crate::domain::permissions::{AddPoint, Permit};
use crate::domain::private_text::PrivateText;
use crate::render::parked::why_not;
use crate::render::point_form::POINT;
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::surfaces::actions::open_agenda;
use crate::surfaces::actions::reported::too_late_for_a_point;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::parking::put;

/// Keeps a point.
pub struct SavePoint;

impl Handler for SavePoint {
    type Action = AddPoint;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AddPoint>, form: FormState) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        if !of.meeting.takes_agenda(ctx.now()) {
            return Ok(Answer::notice(too_late_for_a_point(&of)));
        }
        let body = match fit(form.text(POINT).and_then(PrivateText::typed)) {
            Ok(body) => body,
            Err(reason) => return Ok(Answer::error(POINT, why_not(reason))),
        };
        let spot = Spot { of: of.of.clone(), meeting: Some(of.meeting.clone()) };
        let now = ctx.now();
        let item = AgendaItem {
            id: AgendaItemId(ctx.ids.ordered(now)),
            pair: of.meeting.pair,
            meeting: Some(of.meeting.id),
            // A point on the other's agenda belongs to no part.
            part: None,
            author: me.id,
            body,
            source: None,
            created_at: now,
            age: None,
        };
        Ok(match put(ctx, tx, &spot, item).await? {
            Ok(_) => Answer::Modal(open_agenda::view(ctx, tx, &of, me.id).await?),
            Err(reason) => Answer::error(POINT, why_not(reason)),
        })
    }
}
