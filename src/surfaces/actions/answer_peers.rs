//! *Yes, peers* and *Stay as we are*: with a yes the pair is one of peers at once; who asked hears of a no when the time to
//! answer is over, in the same words as after silence.

use crate::ctx::Ctx;
use crate::domain::pairs::PairKind;
use crate::domain::peers::{PeerQuestionOfPair, PeerQuestionState};
use crate::domain::permissions::{AnswerPeers, Permit};
use crate::render::words::mention;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{calendars, carrying, meetings, pausing, peer_questions, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// They become peers.
pub struct Agree;

/// They stay as they are.
pub struct StayAsWeAre;

impl Handler for Agree {
    type Action = AnswerPeers;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerPeers>, (): ()) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (_, mut of) = permit.take();
        match of.question.clone().answered(PeerQuestionState::Agreed) {
            Ok(question) => of.question = question,
            Err(state) => return old_button(ctx, tx, &of, state).await,
        }
        if !of.of.pair.is_live() || of.of.pair.kind != PairKind::InOrg {
            let words = Markup::words("You and ")
                .piece(&mention(of.asker()))
                .and(" do not meet as mentee and mentor any more.");
            return Ok(Answer::notice(words.and(" Nothing was changed.")));
        }
        let next = carrying::next_to_come(tx, of.of.pair.id, now).await?;
        of.of.pair = of.pair_of_peers(next.as_ref(), now);
        peer_questions::answer(tx, &of.question).await?;
        peer_questions::make_peers(tx, &of.of.pair).await?;
        if of.question.every_two_weeks {
            // Their rhythm is another by this; what was proposed about the old one is over.
            pausing::overtake_proposals(tx, of.of.pair.id, now).await?;
        }
        let news = of.owed_news(now);
        queue::enqueue(tx, &news, &ctx.ids, now).await?;
        calendars::changed(tx, of.of.pair.id, &[&news], &ctx.programme(), &ctx.ids, now).await?;
        // From now on both are asked and both read: every meeting that is open is looked at anew.
        for meeting in meetings::without_outcome(tx, of.of.pair.id).await? {
            meetings::set_attention(tx, meeting.id, Some(now)).await?;
            screens::refresh_messages(tx, meeting.id.0, now).await?;
        }
        screens::refresh_messages(tx, of.of.pair.id.0, now).await?;
        shown(ctx, tx, &of).await?;
        Ok(Answer::Nothing)
    }
}

impl Handler for StayAsWeAre {
    type Action = AnswerPeers;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerPeers>, (): ()) -> Result<Answer, Failure> {
        let (_, mut of) = permit.take();
        match of.question.clone().answered(PeerQuestionState::Declined) {
            Ok(question) => of.question = question,
            Err(state) => return old_button(ctx, tx, &of, state).await,
        }
        peer_questions::answer(tx, &of.question).await?;
        shown(ctx, tx, &of).await?;
        Ok(Answer::Nothing)
    }
}

async fn shown(ctx: &Ctx, tx: &mut Tx, of: &PeerQuestionOfPair) -> Result<(), Failure> {
    screens::refresh_messages(tx, of.question.id.0, ctx.now()).await?;
    screens::refresh_homes(tx, &of.of).await?;
    Ok(())
}

/// The button was an old one; let the message show what is.
async fn old_button(
    ctx: &Ctx,
    tx: &mut Tx,
    of: &PeerQuestionOfPair,
    state: PeerQuestionState,
) -> Result<Answer, Failure> {
    screens::refresh_messages(tx, of.question.id.0, ctx.now()).await?;
    let with = mention(of.asker());
    Ok(Answer::notice(match state {
        PeerQuestionState::Agreed => {
            Markup::words("You and ").piece(&with).and(" are peers already. Nothing was changed.")
        }
        PeerQuestionState::Declined => {
            Markup::words("You answered ").piece(&with).and(" “Stay as we are” already. Nothing was changed.")
        }
        PeerQuestionState::Lapsed | PeerQuestionState::Open => {
            Markup::words("The time to answer ").piece(&with).and(" is over. Nothing was changed.")
        }
    }))
}
