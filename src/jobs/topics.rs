//! Topics whose keys another thesaurus has made are read anew, and those that no profile has any more are forgotten. What
//! coordinators add to the thesaurus is heeded here, on every replica.
//!
//! Owns: doing it a few at a time, so that nobody who saves something waits. Must not: know what keys are.

use std::time::Duration;

use crate::ctx::Ctx;
use crate::domain::topic_aliases::read;
use crate::store::failure::StoreFailure;
use crate::store::{topic_aliases, topics};

/// Topics read in one transaction.
const AT_ONCE: i64 = 100;
/// From the start to the first look.
const AFTER_START: Duration = Duration::from_secs(10);
/// Between two looks at what coordinators have added, unless somebody has just added something here.
const EVERY: Duration = Duration::from_secs(60);
/// After so many looks, about a day, topics are looked at whatever was added.
const LOOKS_A_DAY: u32 = 24 * 60;

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

/// From now on searches understand what coordinators have added, and nothing that they have taken away. Returns whether that
/// is a change; then topics are to be read anew.
///
/// # Errors
/// When the database fails; then what was understood before still is.
pub async fn heed(ctx: &Ctx) -> Result<bool, StoreFailure> {
    let mut reading = ctx.db.read().await?;
    let mut groups = topic_aliases::all(&mut reading).await?;
    drop(reading);
    // One that another version took and this one does not must not cost the others.
    groups.retain(|group| read(group).is_ok());
    Ok(ctx.topics.heed(&groups.join("\n")))
}

/// Heeds what coordinators add, at once here and within a minute on other replicas, and reads topics anew when that changes
/// them, after the start, when the thesaurus may be another, and daily; until it is stopped. What waits to be delivered comes
/// first: putting the thesaurus together takes a core for a moment.
pub async fn for_ever(ctx: &Ctx) {
    tokio::time::sleep(AFTER_START).await;
    let (mut looks, mut is_due) = (0_u32, true);
    loop {
        match heed(ctx).await {
            Ok(changed) => is_due |= changed,
            Err(failure) => tracing::error!(%failure, "the words that coordinators added could not be looked at"),
        }
        if is_due {
            match tick(ctx).await {
                Ok(_) => is_due = false,
                Err(failure) => {
                    tracing::error!(%failure, "topics could not be read anew; searches may miss some until they are");
                }
            }
        }
        looks = (looks + 1) % LOOKS_A_DAY;
        is_due |= looks == 0;
        tokio::select! {
            () = ctx.words_changed.notified() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}
