//! The question to a mentor is sent.

use crate::ctx::Ctx;
use crate::domain::identifiers::PairId;
use crate::domain::pairs::{Pair, PairKind};
use crate::domain::permissions::{AskToMentor, Permit};
use crate::domain::private_text::PrivateText;
use crate::domain::reminders::Owed;
use crate::render::ask_form::{AIM, HOW, MENTOR};
use crate::render::held_messages::too_close;
use crate::render::words::{mention, when};
use crate::slack::blocks::{Markup, notice};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{pairs, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::commands::ask::{may_ask, why_not};
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::never_the_boss::keeps_apart;

/// Sends the question.
pub struct SendRequest;

impl Handler for SendRequest {
    type Action = AskToMentor;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AskToMentor>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, mentor) = permit.take();
        let Some(aim) = form.text(AIM).and_then(PrivateText::typed) else {
            return Ok(Answer::error(AIM, "Write a sentence or two: it is what makes a yes easy."));
        };
        let as_peers = form.choice(HOW) == Some(PairKind::Peer.word());
        let kind = match may_ask(ctx, tx, &me, &mentor, as_peers).await? {
            Ok(kind) => kind,
            Err(reason) => {
                // At a field, so that what was written stays on the screen.
                let field = if form.has(MENTOR) { MENTOR } else { AIM };
                return Ok(Answer::error(field, why_not(&me, &mentor, reason)));
            }
        };
        if keeps_apart(ctx, tx, &[&me, &mentor], kind).await?.is_some() {
            return Ok(Answer::error(if form.has(MENTOR) { MENTOR } else { AIM }, too_close(&mentor.name)));
        }
        let working = mentor.working_time(&ctx.programme());
        let pair = Pair::propose(PairId(ctx.ids.opaque()), kind, &me, &mentor, aim, &working, now);
        pairs::insert(tx, &pair).await?;
        queue::enqueue(tx, &Owed::pair_proposal(&pair, now), &ctx.ids, now).await?;
        screens::refresh_home(tx, me.id).await?;
        screens::refresh_home(tx, mentor.id).await?;
        let words = Markup::words("I am asking ")
            .piece(&mention(&mentor))
            .and(". You will hear by ")
            .piece(&when(pair.answer_by));
        Ok(Answer::Modal(notice("Sent", &words.and(", either way."))))
    }
}
