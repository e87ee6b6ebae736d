//! Recovery: what was in flight when a process died is in doubt.
//!
//! Owns: finding claims that nobody holds any more. Must not: decide whether they arrived.

use chrono::{DateTime, TimeDelta, Utc};

use super::speaker::Speaker;
use crate::store::failure::StoreFailure;
use crate::store::outbox::doubt;

/// Puts in doubt what was claimed by a process whose lease ran out. Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn tick(speaker: &Speaker) -> Result<u64, StoreFailure> {
    abandoned_before(speaker, TimeDelta::zero()).await
}

/// At the start of the only process on a database (SQLite's lock says so), nothing can be in flight: whatever is claimed
/// was abandoned, however long its lease.
///
/// # Errors
/// When the database fails.
pub async fn at_start(speaker: &Speaker) -> Result<u64, StoreFailure> {
    abandoned_before(speaker, TimeDelta::days(365)).await
}

async fn abandoned_before(speaker: &Speaker, ahead: TimeDelta) -> Result<u64, StoreFailure> {
    let ctx = &speaker.ctx;
    let mut tx = ctx.db.begin().await?;
    let lease_time: DateTime<Utc> = tx.lease_time(&ctx.clock).await?;
    let count = doubt::abandoned(&mut tx, lease_time + ahead, ctx.now() + speaker.settle, ctx.now()).await?;
    tx.commit().await?;
    if count > 0 {
        tracing::warn!(
            count,
            "messages were in flight when a process died; they are looked for before anything is sent again, or parked at the third death"
        );
    }
    Ok(count)
}
