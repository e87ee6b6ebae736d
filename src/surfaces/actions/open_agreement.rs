//! *Read and sign our agreement*, *Our agreement*: opens it.

use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, ReadAgreement};
use crate::store::db::Tx;
use crate::surfaces::agreement_screens::{not_yet, view};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows the agreement.
pub struct OpenAgreement;

impl Handler for OpenAgreement {
    type Action = ReadAgreement;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<ReadAgreement>, (): ()) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        Ok(match view(tx, &of, &me, None).await? {
            Some(view) => Answer::Modal(view),
            None => Answer::notice(not_yet()),
        })
    }
}
