//! Tidying: what is kept only for a while goes.

use chrono::TimeDelta;

use crate::ctx::Ctx;
use crate::store::failure::StoreFailure;
use crate::store::inbox;

/// How long envelopes are remembered; Slack repeats within minutes.
const REMEMBERED: TimeDelta = TimeDelta::hours(24);

/// Forgets envelopes that Slack will not send again. Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn tick(ctx: &Ctx) -> Result<u64, StoreFailure> {
    let mut tx = ctx.db.begin().await?;
    let forgotten = inbox::forget_before(&mut tx, ctx.now() - REMEMBERED).await?;
    tx.commit().await?;
    Ok(forgotten)
}
