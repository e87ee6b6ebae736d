//! Somebody finishes with a few words, or adds theirs after the other did.

use crate::ctx::Ctx;
use crate::domain::pairs::PairState;
use crate::domain::permissions::{FinishPair, Permit};
use crate::domain::private_text::PrivateText;
use crate::domain::reviews::Words;
use crate::render::finish_forms::{GOT_OUT, STAY, THANKS, WHAT_NEXT, YES, done};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::surfaces::actions::finish_pair::already;
use crate::surfaces::answer::Answer;
use crate::surfaces::ending::finish;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::growth::written;

/// Finishes.
pub struct FinishIt;

impl Handler for FinishIt {
    type Action = FinishPair;
    type Input = FormState;
    const CHANGES: bool = true;
    const AFTER_THE_END: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<FinishPair>, form: FormState) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        let words = match read(&form) {
            Ok(words) => words,
            Err(problem) => return Ok(problem),
        };
        let ended = of.pair.state == PairState::Ended;
        if ended && !words.say_something() {
            return Ok(Answer::error(GOT_OUT, "Write a word here or below, or close this: nothing has to be said."));
        }
        if !finish(ctx, tx, &of, &me, words).await? {
            return Ok(Answer::notice(already(&me)));
        }
        Ok(if ended { Answer::Nothing } else { Answer::Modal(done(&of, &me)) })
    }
}

/// What the form says; the error is the answer at its field.
fn read(form: &FormState) -> Result<Words, Answer> {
    let text = |field| -> Result<Option<PrivateText>, Answer> { written(form, field) };
    Ok(Words {
        got_out: text(GOT_OUT)?,
        thanks: text(THANKS)?,
        what_next: text(WHAT_NEXT)?,
        stay_in_touch: form.choice(STAY).map(|chosen| chosen == YES),
    })
}
