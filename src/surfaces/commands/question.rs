//! `/mentor ask <question>`: what shall become of it? The question is kept, sealed, until its writer says so.

use crate::ctx::Ctx;
use crate::domain::agenda_items::{KeptQuestion, fit};
use crate::domain::identifiers::KeptQuestionId;
use crate::domain::permissions::{Action, AskAround, ParkOnAgenda, Permit};
use crate::domain::private_text::PrivateText;
use crate::render;
use crate::store::db::Tx;
use crate::store::kept_questions;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::parking::spots;

/// Keeps a question and asks what shall become of it.
pub struct KeepQuestion;

impl Handler for KeepQuestion {
    type Action = ParkOnAgenda;
    type Input = PrivateText;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ParkOnAgenda>, text: PrivateText) -> Result<Answer, Failure> {
        let me = permit.actor;
        let spots = spots(ctx, tx, &me).await?;
        let may_ask_around = AskAround::rule(&me, &()).is_ok();
        let Some(nearest) = spots.first() else {
            return Ok(Answer::notice(render::parked::nobody_to_ask(may_ask_around)));
        };
        let body = match fit(Some(text.clone())) {
            Ok(body) => body,
            Err(reason) => return Ok(Answer::Modal(render::parked::not_saved(reason, &text))),
        };
        let id = KeptQuestionId(ctx.ids.opaque());
        let question = KeptQuestion { id, pair: nearest.of.pair.id, person: me.id, body, asked_at: ctx.now() };
        kept_questions::insert(tx, &question).await?;
        Ok(Answer::Message(render::parked::question(id, may_ask_around)))
    }
}
