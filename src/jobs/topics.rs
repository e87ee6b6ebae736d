//! Topics whose keys another thesaurus has made are read anew, and those that no profile has any more are forgotten.
//!
//! Owns: doing it a few at a time, so that nobody who saves something waits. Must not: know what keys are.

use std::time::Duration;

use crate::ctx::Ctx;
use crate::store::failure::StoreFailure;
use crate::store::topics;

/// Topics read in one transaction.
const AT_ONCE: i64 = 100;
/// From the start to the first look.
const AFTER_START: Duration = Duration::from_secs(10);
/// Between two looks.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// Reads what is to be read, then forgets what nobody has. Returns how many topics were read. Until all are, a search may
/// miss some of them.
///
/// # Errors
/// When the database fails; what was read before stays.
pub async fn tick(ctx: &Ctx) -> Result<usize, StoreFailure> {
    let mut read = 0;
    loop {
        let mut reading = ctx.db.read().await?;
        let some = topics::to_read(&mut reading, ctx.topics.fingerprint(), AT_ONCE).await?;
        drop(reading);
        let mut tx = ctx.db.begin().await?;
        if some.is_empty() {
            topics::forget_unused(&mut tx).await?;
            tx.commit().await?;
            return Ok(read);
        }
        topics::know(&mut tx, &ctx.topics, &some).await?;
        tx.commit().await?;
        read += some.len();
    }
}

/// After the start, when the thesaurus may be another, and daily; until it is stopped. What waits to be delivered comes first:
/// putting the thesaurus together takes a core for a moment.
pub async fn for_ever(ctx: &Ctx) {
    tokio::time::sleep(AFTER_START).await;
    loop {
        if let Err(failure) = tick(ctx).await {
            tracing::error!(%failure, "topics could not be read anew; searches may miss some until the next day");
        }
        tokio::time::sleep(EVERY).await;
    }
}
