//! *Finish*, *Finish well*, *Add a word of mine*: opens the form for a few words.

use crate::ctx::Ctx;
use crate::domain::people::{Person, Standing};
use crate::domain::permissions::{FinishPair, Permit};
use crate::render::finish_forms::form;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::finishes;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenFinishForm;

impl Handler for OpenFinishForm {
    type Action = FinishPair;
    type Input = ();
    const CHANGES: bool = false;
    const AFTER_THE_END: bool = true;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<FinishPair>, (): ()) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        let finishes = finishes::of_pair(tx, of.pair.id).await?;
        if finishes.iter().any(|finish| finish.person == me.id) {
            return Ok(Answer::notice(already(&me)));
        }
        Ok(Answer::Modal(form(&of, &me)))
    }
}

/// What is answered to somebody who has finished before.
pub fn already(me: &Person) -> Markup {
    let line = Markup::words("You have finished with them already. Nothing was changed; ");
    match me.standing {
        // Who is outside has no commands.
        Standing::Outsider => line.and("what you two wrote stays readable."),
        _ => line.and("`/mentor history` shows what you two wrote."),
    }
}
