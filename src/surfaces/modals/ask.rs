//! The question to a mentor is sent.

use crate::ctx::Ctx;
use crate::domain::identifiers::PairId;
use crate::domain::pairs::Pair;
use crate::domain::permissions::{AskToMentor, Permit};
use crate::domain::private_text::PrivateText;
use crate::domain::reminders::Owed;
use crate::render::ask_form::{AIM, MENTOR};
use crate::render::words::{mention, when};
use crate::slack::blocks::{Markup, notice};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{pairs, profiles, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::commands::ask::why_not;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
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
        let latest = pairs::latest(tx, me.id, mentor.id).await?;
        let refused = match Pair::may_ask(&me, &mentor, latest.as_ref(), now) {
            Ok(()) => why_not_now(tx, &me, &mentor).await?,
            Err(reason) => Some(why_not(&me, &mentor, reason)),
        };
        if let Some(reason) = refused {
            // At a field, so that what was written stays on the screen.
            let field = if form.has(MENTOR) { MENTOR } else { AIM };
            return Ok(Answer::error(field, reason));
        }
        let working = mentor.working_time(&ctx.programme());
        let pair = Pair::propose(PairId(ctx.ids.opaque()), &me, &mentor, aim, &working, now);
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
