//! Tidying: what is kept only for a while goes.

use chrono::TimeDelta;

use crate::ctx::Ctx;
use crate::store::failure::StoreFailure;
use crate::store::{inbox, kept_questions};

/// How long envelopes are remembered; Slack repeats within minutes.
const REMEMBERED: TimeDelta = TimeDelta::hours(24);

/// How long a question waits for its writer to say what shall become of it.
const KEPT: TimeDelta = TimeDelta::hours(24);

/// Forgets questions nobody decided about, and envelopes that Slack will not send again. Returns how many envelopes.
///
/// # Errors
/// When the database fails.
pub async fn tick(ctx: &Ctx) -> Result<u64, StoreFailure> {
    let mut tx = ctx.db.begin().await?;
    let forgotten = inbox::forget_before(&mut tx, ctx.now() - REMEMBERED).await?;
    kept_questions::forget_before(&mut tx, ctx.now() - KEPT).await?;
    tx.commit().await?;
    Ok(forgotten)
}
