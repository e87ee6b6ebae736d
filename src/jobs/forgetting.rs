//! The end of forgetting: once nothing is on its way to somebody any more, the last of them goes, and free pages are wiped.
//!
//! Owns: when. Must not: know tables (see `store::erasures`).

use chrono::TimeDelta;

use crate::ctx::Ctx;
use crate::store::erasures;
use crate::store::failure::StoreFailure;

/// Between two attempts at wiping: it writes the whole file anew.
const WIPE_AGAIN: TimeDelta = TimeDelta::minutes(5);

/// Finishes what can be finished. Returns whether there was anything to do.
///
/// # Errors
/// When the database fails; it is done again then.
pub async fn tick(ctx: &Ctx) -> Result<bool, StoreFailure> {
    let mut reading = ctx.db.read().await?;
    let open = erasures::is_anything_open(&mut reading).await?;
    drop(reading);
    if !open {
        return Ok(false);
    }
    let mut tx = ctx.db.begin().await?;
    let settled = erasures::settle(&mut tx, ctx.now()).await?;
    let traces = erasures::is_to_be_wiped(&mut tx, ctx.now(), ctx.now() + WIPE_AGAIN).await?;
    tx.commit().await?;
    if traces && erasures::wipe(&ctx.db).await? {
        let mut tx = ctx.db.begin().await?;
        erasures::wiped(&mut tx, ctx.now()).await?;
        tx.commit().await?;
    }
    Ok(settled > 0)
}
