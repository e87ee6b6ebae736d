//! *Change rhythm*: opens the form for another rhythm, or shows what the other proposed, to be answered first.

use crate::ctx::Ctx;
use crate::domain::identifiers::PairId;
use crate::domain::overview::{Overview, PairOverview};
use crate::domain::pairs::PairOfPeople;
use crate::domain::permissions::{Permit, ProposeRhythm};
use crate::domain::rhythm_proposals::{RhythmProposal, next_dates};
use crate::render::rhythm_form;
use crate::render::rhythm_words::paused;
use crate::render::words::mention;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::{changeover, overview};
use crate::surfaces::answer::Answer;
use crate::surfaces::commands::rhythms::nobody;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Dates that a proposal shows.
const DATES_SHOWN: usize = 3;

/// Opens the form.
pub struct OpenRhythmForm;

impl Handler for OpenRhythmForm {
    type Action = ProposeRhythm;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ProposeRhythm>, (): ()) -> Result<Answer, Failure> {
        let overview = overview::get(tx, permit.actor.id).await?;
        form(ctx, tx, &overview, Some(permit.object.pair.id)).await
    }
}

/// The form for one pair, or for all that meet with the nearest filled in.
///
/// # Errors
/// When the database fails.
pub async fn form(ctx: &Ctx, tx: &mut Tx, overview: &Overview, only: Option<PairId>) -> Result<Answer, Failure> {
    let now = ctx.now();
    let wanted = |pair: &&PairOverview| only.is_none_or(|only| pair.of.pair.id == only);
    let pairs: Vec<&PairOverview> =
        overview.active().filter(wanted).filter(|pair| pair.meets() && pair.of.pair.rhythm.is_some()).collect();
    let nearest = overview.nearest(now).map(|pair| pair.of.pair.id);
    let first = pairs.iter().find(|pair| Some(pair.of.pair.id) == nearest).or_else(|| pairs.first()).copied();
    let Some((first, rhythm)) = first.and_then(|pair| Some((pair, pair.of.pair.rhythm.as_ref()?))) else {
        return Ok(Answer::notice(match overview.active().find(wanted) {
            Some(pair) => not_meeting(pair, overview, now),
            None => nobody(),
        }));
    };
    if let ([_], Some(proposal)) = (pairs.as_slice(), first.proposal_for(overview.me.id)) {
        return to_be_answered(ctx, tx, &first.of, proposal).await;
    }
    Ok(Answer::Modal(rhythm_form::propose(overview, &pairs, first, rhythm, &ctx.programme().days, now)))
}

fn not_meeting(pair: &PairOverview, overview: &Overview, now: chrono::DateTime<chrono::Utc>) -> Markup {
    let line = Markup::words("Your meetings with ").piece(&mention(pair.of.other(overview.me.id)));
    let line = match paused(pair, &overview.me, now) {
        Some(paused) => line.and(" are ").piece(&paused),
        None => line.and(" have no rhythm"),
    };
    line.and(". The rhythm can be changed when you go on.")
}

/// The other's proposal, as a modal with its buttons.
///
/// # Errors
/// When the database fails.
pub async fn to_be_answered(
    ctx: &Ctx,
    tx: &mut Tx,
    of: &PairOfPeople,
    proposal: &RhythmProposal,
) -> Result<Answer, Failure> {
    let first = changeover::preview(tx, of, &proposal.new, &ctx.programme(), ctx.now()).await?.first;
    let dates = next_dates(first, &proposal.new, DATES_SHOWN);
    Ok(Answer::Modal(rhythm_form::answer(of, proposal, &dates)))
}
