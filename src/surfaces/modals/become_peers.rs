//! The other of a pair is asked to become peers.

use crate::ctx::Ctx;
use crate::domain::identifiers::PeerQuestionId;
use crate::domain::peers::{PeerQuestion, PeerQuestionOfPair};
use crate::domain::permissions::{AskPeers, Permit};
use crate::render::peer_form::{EVERY_TWO_WEEKS, OFTEN, PAIR};
use crate::render::words::{mention, when};
use crate::slack::blocks::{Markup, notice};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::peer_questions;
use crate::surfaces::answer::Answer;
use crate::surfaces::commands::peers::why_not;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Asks.
pub struct AskThem;

impl Handler for AskThem {
    type Action = AskPeers;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AskPeers>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, of) = permit.take();
        let latest = peer_questions::latest(tx, of.pair.id).await?;
        if let Err(reason) = PeerQuestion::may_ask(&of, me.id, latest.as_ref(), now) {
            let words = why_not(&of, &me, reason);
            return Ok(if form.has(PAIR) { Answer::error(PAIR, words) } else { said(&words) });
        }
        let every_two_weeks = form.choices(OFTEN).contains(&EVERY_TWO_WEEKS);
        let id = PeerQuestionId(ctx.ids.opaque());
        let question = PeerQuestion::ask(id, &of, me.id, every_two_weeks, &ctx.programme(), now);
        peer_questions::insert(tx, &question).await?;
        let of = PeerQuestionOfPair { question, of };
        queue::enqueue(tx, &of.owed(now), &ctx.ids, now).await?;
        let words = Markup::words("I am asking ").piece(&mention(of.asked())).and(". You will hear by ");
        let words = words.piece(&when(of.question.answer_by)).and(", either way.");
        Ok(Answer::Modal(notice("Asked", &words)))
    }
}

fn said(words: &str) -> Answer {
    Answer::Modal(notice("Become peers", &Markup::default().text(words)))
}
