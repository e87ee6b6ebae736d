//! Planning: pauses that are over, and rhythms that were proposed.
//!
//! Owns: what time alone decides about them. Must not: talk to Slack.

use chrono::{DateTime, TimeDelta, Utc};

use crate::ctx::Ctx;
use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::reminders::Plan;
use crate::domain::reminders_rhythm::{about_rhythm_proposal, pair_goes_on};
use crate::domain::rhythm_proposals::{ProposalOfPair, ProposalState};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue;
use crate::store::{calendars, held, pauses, pausing, rhythm_proposals, screens};

/// What became of a proposal is looked at for so long after its time to answer: longer than it is news.
const LOOKED_BACK: TimeDelta = TimeDelta::days(8);

/// Looks at a pair's pauses and proposals, and adds to `plan` when there is something to look at next.
///
/// # Errors
/// When the database fails.
pub async fn look_at(ctx: &Ctx, tx: &mut Tx, of: &mut PairOfPeople, plan: &mut Plan) -> Result<(), StoreFailure> {
    let now = ctx.now();
    // What ends while the org chart holds the pair back is looked at once that is settled.
    if held::is_held(tx, of.pair.id).await? {
        return Ok(());
    }
    if of.pair.state == PairState::Paused {
        look_at_pauses(ctx, tx, of, plan, now).await?;
    }
    for proposal in rhythm_proposals::unsettled(tx, of.pair.id, now - LOOKED_BACK).await? {
        let mut about = ProposalOfPair { proposal, of: of.clone() };
        let mut next = about_rhythm_proposal(&about, &ctx.programme(), now);
        if next.time_is_up {
            about.proposal = about.proposal.settled(ProposalState::Lapsed, now);
            rhythm_proposals::settle(tx, &about.proposal, ProposalState::Open).await?;
            screens::refresh_messages(tx, about.proposal.id, now).await?;
            screens::refresh_homes(tx, of).await?;
            next = about_rhythm_proposal(&about, &ctx.programme(), now);
        }
        for owed in &next.owed {
            queue::enqueue(tx, owed, &ctx.ids, now).await?;
        }
        if let Some(at) = next.look_again_at {
            plan.look_at(at);
        }
    }
    Ok(())
}

async fn look_at_pauses(
    ctx: &Ctx,
    tx: &mut Tx,
    of: &mut PairOfPeople,
    plan: &mut Plan,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    let standing = pauses::standing(tx, of.pair.id).await?;
    if let Some(at) = standing.next_end(of, now) {
        plan.look_at(at);
        // One of the two is over; the other's goes on.
        for (pause, _) in standing.ends(of).filter(|(_, ends_at)| *ends_at <= now) {
            pauses::end(tx, pause, now).await?;
            screens::refresh_messages(tx, pause.id, now).await?;
            screens::refresh_homes(tx, of).await?;
        }
        return Ok(());
    }
    let over = standing.ends(of).max_by_key(|(_, ends_at)| *ends_at).map(|(pause, _)| pause.clone());
    let Some(over) = over else { return Ok(()) };
    pausing::go_on(tx, of, now, &ctx.programme(), &ctx.ids, now).await?;
    // What waited for the end of the pause is looked at next.
    plan.look_at(now);
    let told = pair_goes_on(&over, of, &ctx.programme(), now);
    for owed in &told {
        queue::enqueue(tx, owed, &ctx.ids, now).await?;
    }
    calendars::changed(tx, of.pair.id, &told.each_ref(), &ctx.programme(), &ctx.ids, now).await
}
