//! A message is put on the next agenda, with the link back to it.

use crate::ctx::Ctx;
use crate::domain::agenda::Part;
use crate::domain::agenda_items::{OPEN_PARTS, SourceLink, fit};
use crate::domain::permissions::{ParkOnAgenda, Permit};
use crate::domain::private_text::PrivateText;
use crate::render::park_form::{PAIR, PART, TEXT, done};
use crate::render::parked::{nobody, why_not};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::parking::{Parked, park, spots};

/// Puts what a message says on an agenda.
pub struct ParkMessage;

impl Handler for ParkMessage {
    type Action = ParkOnAgenda;
    type Input = (FormState, Option<SourceLink>);
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<ParkOnAgenda>,
        (form, source): (FormState, Option<SourceLink>),
    ) -> Result<Answer, Failure> {
        let me = permit.actor;
        let spots = spots(ctx, tx, &me).await?;
        if spots.is_empty() {
            return Ok(Answer::notice(nobody()));
        }
        // A pair named in the form must be one of theirs; it may have ended since the form was opened.
        let spot = match form.choice(PAIR) {
            Some(id) => spots.iter().find(|spot| spot.of.pair.id.to_string() == id),
            None => spots.first(),
        };
        let Some(spot) = spot else { return Err(Failure::Refused) };
        let body = match fit(form.text(TEXT).and_then(PrivateText::typed)) {
            Ok(body) => body,
            Err(reason) => return Ok(Answer::error(TEXT, why_not(reason))),
        };
        let part = form.choice(PART).and_then(Part::from_word).filter(|part| OPEN_PARTS.contains(part));
        let parked = Parked { body, source, part: part.unwrap_or(Part::Topic) };
        Ok(match park(ctx, tx, &me, spot, parked).await? {
            Ok(item) => Answer::Modal(done(&me, item.part, spot)),
            Err(reason) => Answer::error(TEXT, why_not(reason)),
        })
    }
}
