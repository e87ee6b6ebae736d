//! *Read the ask*: exactly what the asker wrote, people of one's own network who fit, and what one can do.

use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, ReadAsk};
use crate::render::introduction_mentor::{self, Shown};
use crate::slack::blocks::Blocks;
use crate::store::db::Tx;
use crate::store::passing_on;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows it.
pub struct ReadTheAsk;

impl Handler for ReadTheAsk {
    type Action = ReadAsk;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<ReadAsk>, (): ()) -> Result<Answer, Failure> {
        let (_, ask) = permit.take();
        if !ask.of.introduction.holder_may_read(&ask.request) {
            return Ok(Answer::notice(introduction_mentor::outcome(&ask.of, &ask.request, Shown::ToThemAlone)));
        }
        let can_pass_on = passing_on::is_possible(tx, &ask).await?;
        Ok(Answer::Modal(introduction_mentor::read(&ask.of, &ask.request, can_pass_on, Blocks::new())))
    }
}
