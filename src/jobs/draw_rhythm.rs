//! From a proposed rhythm or a pause to what a message about it says at this moment.
//!
//! Owns: what such messages need to know. Must not: decide what is owed.

use super::draw::Drawing;
use super::draw_agreement::over;
use crate::ctx::Ctx;
use crate::domain::pairs::PairState;
use crate::domain::reminders_rhythm::{still_owed_about_pause, still_owed_about_rhythm};
use crate::domain::rhythm_proposals::{ProposalState, next_dates};
use crate::render::{pause_messages, rhythm_messages};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::Message;
use crate::store::{carrying, changeover, pauses, rhythm_proposals};

/// Dates that a proposal shows.
const DATES_SHOWN: usize = 3;

/// Draws a message about a proposed rhythm.
///
/// # Errors
/// When the database fails, or the proposal is gone.
pub async fn about_proposal(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    let now = ctx.now();
    let about = rhythm_proposals::find(tx, message.subject).await?;
    let about = about.ok_or(StoreFailure::Unexpected("outbox.subject_id"))?;
    let proposal = &about.proposal;
    let first = if proposal.state == ProposalState::Open {
        changeover::preview(tx, &about.of, &proposal.new, &ctx.programme(), now).await?.first
    } else {
        carrying::next_to_come(tx, proposal.pair, now).await?.map(|meeting| meeting.starts_at)
    };
    let dates = next_dates(first, &proposal.new, DATES_SHOWN);
    let still_owed = now <= message.until && still_owed_about_rhythm(message.kind, &about);
    let outgoing = match over(tx, &about.of, message).await? {
        Some(over) => over,
        None => rhythm_messages::draw(message.kind, &about, &dates),
    };
    Ok(Drawing { outgoing, still_owed, channel: None })
}

/// Draws a message about a pause.
///
/// # Errors
/// When the database fails, or the pause is gone.
pub async fn about_pause(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    let now = ctx.now();
    let found = pauses::find(tx, message.subject).await?;
    let (pause, of) = found.ok_or(StoreFailure::Unexpected("outbox.subject_id"))?;
    let planned = carrying::next_to_come(tx, pause.pair, now).await?.map(|meeting| meeting.starts_at);
    let standing = pauses::standing(tx, pause.pair).await?;
    let next = match (of.pair.state, planned) {
        (PairState::Paused, None) => standing.first_after(&of, now),
        (_, planned) => planned,
    };
    let proposal_overtaken = rhythm_proposals::overtaken_at(tx, pause.pair, message.to, pause.set_at).await?;
    let around = pause_messages::Around { next, proposal_overtaken };
    let still_owed = now <= message.until && still_owed_about_pause(message.kind, &pause, &of);
    let outgoing = match over(tx, &of, message).await? {
        Some(over) => over,
        None => pause_messages::draw(message.kind, &pause, &of, of.half(message.to), around),
    };
    Ok(Drawing { outgoing, still_owed, channel: None })
}
