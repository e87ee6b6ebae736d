//! Rule 1 for pairs that live: whenever the chart may have changed, those it keeps apart are held back, and both are told.
//!
//! Owns: looking at every live pair. Must not: let a pair go on; that is for the two to decide.

use crate::ctx::Ctx;
use crate::domain::identifiers::PairId;
use crate::domain::pairs::{PairOfPeople, PairState};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::{held, holding, org_chart, pairs};

/// Looks at every live pair. Returns how many are held back from now on.
///
/// # Errors
/// When the database fails; those held back before stay so.
pub async fn tick(ctx: &Ctx) -> Result<usize, StoreFailure> {
    let mut reading = ctx.db.read().await?;
    let live = held::to_look_at(&mut reading).await?;
    drop(reading);
    let mut count = 0;
    for id in live {
        match look_at(ctx, id).await {
            Ok(is_held) => count += usize::from(is_held),
            Err(failure) if failure.is_passing() => return Err(failure),
            // One pair that cannot be read must not keep the others from being looked at.
            Err(failure) => tracing::error!(%failure, "a pair cannot be held against the org chart"),
        }
    }
    if count > 0 {
        tracing::info!(pairs = count, "the org chart holds pairs back; both of each are told");
        ctx.bell.notify_one();
    }
    Ok(count)
}

async fn look_at(ctx: &Ctx, id: PairId) -> Result<bool, StoreFailure> {
    let mut reading = ctx.db.read().await?;
    let of = pairs::find(&mut reading, id).await?;
    let Some(of) = of else { return Ok(false) };
    if !is_kept_apart(ctx, &mut reading, &of).await? {
        return Ok(false);
    }
    drop(reading);
    // Once more, now that nobody else changes anything.
    let mut tx = ctx.db.begin().await?;
    let Some(of) = pairs::find(&mut tx, id).await? else { return Ok(false) };
    let lives = matches!(of.pair.state, PairState::Active | PairState::Paused);
    if !lives || !is_kept_apart(ctx, &mut tx, &of).await? {
        return Ok(false);
    }
    let is_held = holding::hold(&mut tx, &of, &ctx.programme(), &ctx.ids, ctx.now()).await?;
    tx.commit().await?;
    Ok(is_held)
}

async fn is_kept_apart(ctx: &Ctx, tx: &mut Tx, of: &PairOfPeople) -> Result<bool, StoreFailure> {
    let (mentee, mentor) = (of.mentee.id, of.mentor.id);
    let chart = org_chart::around(tx, &[mentee, mentor]).await?;
    Ok(chart.may_pair(mentee, mentor, of.pair.kind, ctx.same_manager).is_err())
}
