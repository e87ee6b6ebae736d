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
use crate::store::{pairs, profiles, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::commands::ask::{may_ask, why_not};
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::never_the_boss::keeps_apart;
use crate::surfaces::room::why_not_now;

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
        // Of two questions at once one waits for the other, so that it is seen.
        profiles::hold(tx, mentor.id).await?;
        let as_peers = form.choice(HOW) == Some(PairKind::Peer.word());
        let asked = match may_ask(ctx, tx, &me, &mentor, as_peers).await? {
            Err(reason) => Err(why_not(&me, &mentor, reason)),
            Ok(kind) if keeps_apart(ctx, tx, &[&me, &mentor], kind).await?.is_some() => Err(too_close(&mentor.name)),
            Ok(kind) => why_not_now(tx, &me, &mentor, kind).await?.map_or(Ok(kind), Err),
        };
        let kind = match asked {
            Ok(kind) => kind,
            Err(reason) => {
                // At a field, so that what was written stays on the screen.
                let field = if form.has(MENTOR) { MENTOR } else { AIM };
                return Ok(Answer::error(field, reason));
            }
        };
        let working = mentor.working_time(&ctx.programme());
        let pair = Pair::propose(PairId(ctx.ids.opaque()), kind, &me, &mentor, aim, &working, now);
        // A mentor who wants nothing to do with who asks has answered beforehand: "not now", which reads as silence does.
        let apart = profiles::said_not_with(tx, mentor.id, me.id).await?;
        let pair = if apart { pair.clone().decline().unwrap_or(pair) } else { pair };
        pairs::insert(tx, &pair).await?;
        if !apart {
            queue::enqueue(tx, &Owed::pair_proposal(&pair, now), &ctx.ids, now).await?;
        }
        screens::refresh_home(tx, me.id).await?;
        screens::refresh_home(tx, mentor.id).await?;
        let words = Markup::words("I am asking ")
            .piece(&mention(&mentor))
            .and(". You will hear by ")
            .piece(&when(pair.answer_by));
        Ok(Answer::Modal(notice("Sent", &words.and(", either way."))))
    }
}
