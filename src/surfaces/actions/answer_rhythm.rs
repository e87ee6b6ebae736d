//! *Agree* and *Keep as it is*: the other half of a pair answers a proposed rhythm.

use crate::ctx::Ctx;
use crate::domain::permissions::{AnswerRhythm, Permit};
use crate::domain::reminders_rhythm::rhythm_agreed;
use crate::domain::rhythm_proposals::{CannotAnswer, ProposalOfPair, ProposalState};
use crate::render::rhythm_messages;
use crate::slack::blocks::{Markup, notice};
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{calendars, carrying, changeover, pausing, rhythm_proposals, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Agrees: the rhythm changes, and the next meeting with it.
pub struct Agree;

impl Handler for Agree {
    type Action = AnswerRhythm;
    /// The open modal in which it was clicked.
    type Input = Option<String>;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<AnswerRhythm>,
        modal: Option<String>,
    ) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (_, mut about) = permit.take();
        if let Err(reason) = about.may_answer() {
            return in_vain(ctx, tx, about, reason).await;
        }
        about.proposal = about.proposal.settled(ProposalState::Agreed, now);
        rhythm_proposals::settle(tx, &about.proposal, ProposalState::Open).await?;
        changeover::change(tx, &mut about.of, &about.proposal.new, &ctx.programme(), &ctx.ids, now).await?;
        let agreed = rhythm_agreed(&about, now);
        queue::enqueue(tx, &agreed, &ctx.ids, now).await?;
        calendars::changed(tx, about.of.pair.id, &[&agreed], &ctx.programme(), &ctx.ids, now).await?;
        screens::refresh_messages(tx, about.proposal.id, now).await?;
        pausing::refresh(tx, &about.of, now).await?;
        let next = carrying::next_to_come(tx, about.of.pair.id, now).await?.map(|meeting| meeting.starts_at);
        Ok(done(&rhythm_messages::outcome(&about, &next.into_iter().collect::<Vec<_>>()), modal))
    }
}

/// Keeps the rhythm: who proposed hears when the time to answer is over, in the words of silence.
pub struct Keep;

impl Handler for Keep {
    type Action = AnswerRhythm;
    type Input = Option<String>;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<AnswerRhythm>,
        modal: Option<String>,
    ) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, mut about) = permit.take();
        if let Err(reason) = about.may_answer() {
            return in_vain(ctx, tx, about, reason).await;
        }
        about.proposal = about.proposal.settled(ProposalState::Kept, now);
        rhythm_proposals::settle(tx, &about.proposal, ProposalState::Open).await?;
        screens::refresh_messages(tx, about.proposal.id, now).await?;
        screens::refresh_home(tx, me.id).await?;
        Ok(done(&rhythm_messages::outcome(&about, &[]), modal))
    }
}

/// The modal with the buttons becomes the outcome; a message and Home do so by themselves.
fn done(outcome: &Markup, modal: Option<String>) -> Answer {
    match modal {
        Some(view_id) => Answer::Redrawn { view_id, view: notice("Another rhythm", outcome) },
        None => Answer::Nothing,
    }
}

/// An old button, or something came in between.
async fn in_vain(ctx: &Ctx, tx: &mut Tx, mut about: ProposalOfPair, reason: CannotAnswer) -> Result<Answer, Failure> {
    let now = ctx.now();
    let words = rhythm_messages::cannot_answer(&about, reason);
    if about.proposal.state == ProposalState::Open {
        about.proposal = about.proposal.settled(ProposalState::Overtaken, now);
        rhythm_proposals::settle(tx, &about.proposal, ProposalState::Open).await?;
    }
    screens::refresh_messages(tx, about.proposal.id, now).await?;
    screens::refresh_homes(tx, &about.of).await?;
    Ok(Answer::notice(words))
}
