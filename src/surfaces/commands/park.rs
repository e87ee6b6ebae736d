//! `/mentor agenda <text>`: the text is on the next agenda at once; the answer says for whom and when, never what.

use crate::ctx::Ctx;
use crate::domain::agenda::Part;
use crate::domain::agenda_items::fit;
use crate::domain::permissions::{ParkOnAgenda, Permit};
use crate::domain::private_text::PrivateText;
use crate::render;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::parking::{Parked, park, spots};

/// Puts a text on the next agenda.
pub struct ParkText;

impl Handler for ParkText {
    type Action = ParkOnAgenda;
    type Input = PrivateText;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ParkOnAgenda>, text: PrivateText) -> Result<Answer, Failure> {
        let me = permit.actor;
        let spots = spots(ctx, tx, &me).await?;
        let Some(nearest) = spots.first() else { return Ok(Answer::notice(render::parked::nobody())) };
        let body = match fit(Some(text.clone())) {
            Ok(body) => body,
            Err(reason) => return Ok(Answer::Modal(render::parked::not_saved(reason, &text))),
        };
        let parked = Parked { body, source: None, part: Part::Topic };
        Ok(match park(ctx, tx, &me, nearest, parked).await? {
            Ok(item) => Answer::Message(render::parked::draw(&me, &item, nearest, &spots)),
            Err(reason) => Answer::Modal(render::parked::not_saved(reason, &text)),
        })
    }
}
