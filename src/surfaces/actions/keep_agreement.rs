//! *Not now* to a change of the agreement: who proposed it hears when the time is over, as after silence.

use crate::ctx::Ctx;
use crate::domain::agreements::AgreementState;
use crate::domain::permissions::{Permit, WriteAgreement};
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::{agreements, screens};
use crate::surfaces::agreement_screens::view;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Declines the change.
pub struct KeepIt;

impl Handler for KeepIt {
    type Action = WriteAgreement;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<WriteAgreement>, (): ()) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, found) = permit.take();
        let (version, of) = (&found.agreement, &found.of);
        let mine = of.pair.role_of(me.id).is_some_and(|role| version.awaits(role));
        if version.state != AgreementState::Proposed || !mine || version.declined_at.is_some() {
            return Ok(Answer::notice(Markup::words("That was answered before. Nothing was changed.")));
        }
        agreements::decline(tx, version.id, now).await?;
        screens::refresh_messages(tx, version.id.0, now).await?;
        screens::refresh_home(tx, me.id).await?;
        Ok(view(tx, of, &me, None).await?.map_or(Answer::Nothing, Answer::Turned))
    }
}
