//! *Put it on my next agenda*: a question that was typed goes there, and is kept nowhere else any more.

use crate::ctx::Ctx;
use crate::domain::agenda::Part;
use crate::domain::agenda_items::KeptQuestion;
use crate::domain::identifiers::KeptQuestionId;
use crate::domain::permissions::{Permit, UseQuestion};
use crate::render;
use crate::store::db::Tx;
use crate::store::kept_questions;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::{Handler, Lookup};
use crate::surfaces::parking::{Parked, park, spots};

/// Puts a kept question on the next agenda.
pub struct PutOnAgenda;

impl Lookup for KeptQuestion {
    type Key = KeptQuestionId;
    async fn lookup(tx: &mut Tx, id: &KeptQuestionId) -> Result<Option<Self>, Failure> {
        Ok(kept_questions::find(tx, *id).await?)
    }
}

impl Handler for PutOnAgenda {
    type Action = UseQuestion;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<UseQuestion>, (): ()) -> Result<Answer, Failure> {
        let (me, question) = permit.take();
        let spots = spots(ctx, tx, &me).await?;
        let Some(nearest) = spots.first() else { return Ok(Answer::notice(render::parked::nobody())) };
        let parked = Parked { body: question.body.clone(), source: None, part: Part::Topic };
        Ok(match park(ctx, tx, &me, nearest, parked).await? {
            Ok(item) => {
                kept_questions::forget(tx, question.id).await?;
                Answer::Instead(render::parked::draw(&me, &item, nearest, &spots))
            }
            Err(reason) => Answer::Modal(render::parked::not_saved(reason, &question.body)),
        })
    }
}
