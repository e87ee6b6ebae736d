//! *I can't think of anybody*: the asker hears so when the time is over, as after silence.

use crate::ctx::Ctx;
use crate::domain::permissions::{AnswerRequest, Permit};
use crate::store::db::Tx;
use crate::store::{screens, suggestions};
use crate::surfaces::actions::manager_suggests::closed_already;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Suggests nobody.
pub struct ThinkOfNobody;

impl Handler for ThinkOfNobody {
    type Action = AnswerRequest;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerRequest>, (): ()) -> Result<Answer, Failure> {
        let (me, request) = permit.take();
        let nobody = match request.clone().nobody() {
            Ok(nobody) => nobody,
            Err(closed) => {
                screens::refresh_messages(tx, request.id.0, ctx.now()).await?;
                return Ok(Answer::notice(closed_already(&request, closed)));
            }
        };
        suggestions::settle_request(tx, &nobody).await?;
        screens::refresh_messages(tx, nobody.id.0, ctx.now()).await?;
        screens::refresh_home(tx, me.id).await?;
        Ok(Answer::Nothing)
    }
}
