//! The loops: every job's tick, again and again, while this process holds the lease.
//!
//! Owns: when to tick. Must not: know what a tick does.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;

use super::speaker::Speaker;
use super::{deliver, doubt, plan, recover, show, tidy};
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue;
use crate::store::{leases, screens};

/// Name of the lease that makes one replica planner and deliverer.
const LEASE_NAME: &str = "plan_and_deliver";
/// How long the lease lasts without being renewed.
const LEASE: TimeDelta = TimeDelta::seconds(15);
/// The longest sleep between two rounds: another replica's changes do not ring our bell.
const LONGEST_SLEEP: Duration = Duration::from_secs(1);
/// The sleep after a round that failed.
const AFTER_FAILURE: Duration = Duration::from_secs(2);
/// Between two tidyings.
const TIDY_EVERY: TimeDelta = TimeDelta::hours(1);

/// Runs until told to stop; then what is in flight has been settled and the lease is given back.
pub async fn until_stopped(speaker: &Speaker, stop: &CancellationToken) {
    let mut tidied: Option<DateTime<Utc>> = None;
    while !stop.is_cancelled() {
        let sleep = match round(speaker, &mut tidied, stop).await {
            Ok(sleep) => sleep,
            Err(failure) => {
                tracing::error!(%failure, "a round of planning and delivering failed");
                AFTER_FAILURE
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = speaker.ctx.bell.notified() => {}
            () = tokio::time::sleep(sleep) => {}
        }
    }
    if let Err(failure) = give_back(speaker).await {
        tracing::warn!(%failure, "the lease could not be given back; it runs out by itself");
    }
}

async fn round(
    speaker: &Speaker,
    tidied: &mut Option<DateTime<Utc>>,
    stop: &CancellationToken,
) -> Result<Duration, StoreFailure> {
    let ctx = &speaker.ctx;
    if ctx.db.is_shared() && !take_lease(speaker).await? {
        return Ok(LONGEST_SLEEP);
    }
    recover::tick(speaker).await?;
    let next_look = plan::tick(ctx).await?;
    doubt::tick(speaker).await?;
    if stop.is_cancelled() {
        return Ok(Duration::ZERO);
    }
    let delivered = deliver::tick(speaker).await?;
    let shown = show::tick(speaker).await?;
    if tidied.is_none_or(|at| ctx.now() - at > TIDY_EVERY) {
        tidy::tick(ctx).await?;
        *tidied = Some(ctx.now());
    }
    if delivered.handled > 0 || shown.handled > 0 {
        return Ok(Duration::ZERO);
    }
    let (now, mut reading) = (ctx.now(), ctx.db.read().await?);
    let next_message = queue::next_due(&mut reading, now).await?;
    let next_screen = screens::next_due(&mut reading, now).await?;
    let next =
        [next_look, delivered.held_until, shown.held_until, next_message, next_screen].into_iter().flatten().min();
    let wait = next.map_or(LONGEST_SLEEP, |at| (at - ctx.now()).to_std().unwrap_or_default());
    Ok(wait.clamp(Duration::from_millis(5), LONGEST_SLEEP))
}

async fn take_lease(speaker: &Speaker) -> Result<bool, StoreFailure> {
    let mut tx = speaker.ctx.db.begin().await?;
    let lease_time = tx.lease_time(&speaker.ctx.clock).await?;
    let mine = leases::take(&mut tx, LEASE_NAME, speaker.me, lease_time, LEASE).await?;
    tx.commit().await?;
    Ok(mine)
}

async fn give_back(speaker: &Speaker) -> Result<(), StoreFailure> {
    let mut tx = speaker.ctx.db.begin().await?;
    leases::give_back(&mut tx, LEASE_NAME, speaker.me).await?;
    tx.commit().await
}
