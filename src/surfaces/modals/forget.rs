//! Somebody typed the word, and is forgotten.

use crate::ctx::Ctx;
use crate::domain::leaving::is_the_word;
use crate::domain::permissions::{BeForgotten, Permit};
use crate::render::forget_form::{WORD, not_the_word};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::forgetting::forget;
use crate::surfaces::gate::Handler;

/// Forgets them. Every open modal closes: what they show is gone.
pub struct ForgetMe;

impl Handler for ForgetMe {
    type Action = BeForgotten;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<BeForgotten>, form: FormState) -> Result<Answer, Failure> {
        if !form.text(WORD).is_some_and(is_the_word) {
            return Ok(Answer::error(WORD, not_the_word()));
        }
        forget(ctx, tx, &permit.actor).await?;
        Ok(Answer::Nothing)
    }
}
