//! *Accept*: opens the form for weekday, time and length.

use super::decline::{already_answered, cannot_begin};
use crate::ctx::Ctx;
use crate::domain::pairs::PairKind;
use crate::domain::permissions::{AnswerProposal, Permit};
use crate::render;
use crate::render::held_messages;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::never_the_boss::keeps_apart;
use crate::surfaces::room::cannot_take_more;

/// Opens the form.
pub struct OpenAcceptForm;

impl Handler for OpenAcceptForm {
    type Action = AnswerProposal;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerProposal>, (): ()) -> Result<Answer, Failure> {
        let of = &permit.object;
        if let Err(already) = of.pair.must_be_open() {
            return Ok(Answer::notice(already_answered(of, already)));
        }
        if keeps_apart(ctx, tx, &[&of.mentee, &of.mentor], of.pair.kind).await?.is_some() {
            return Ok(Answer::notice(held_messages::cannot_begin(&of.mentee)));
        }
        if of.pair.kind != PairKind::Peer
            && let Some(words) = cannot_take_more(tx, &of.mentor).await?
        {
            return Ok(Answer::notice(Markup::default().text(&words)));
        }
        Ok(match of.may_begin() {
            Ok(()) => Answer::Modal(render::accept_form::open(of, &permit.actor.working_time(&ctx.programme()).days)),
            Err(reason) => Answer::notice(cannot_begin(of, reason)),
        })
    }
}
