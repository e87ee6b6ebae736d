//! The loops: every job's tick, again and again, while this process holds the lease.
//!
//! Owns: when to tick. Must not: know what a tick does.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;

use super::speaker::Speaker;
use super::{ahead, deliver, doubt, forgetting, plan, recover, show, tidy};
use crate::store::failure::StoreFailure;
use crate::store::leases;

/// Name of the lease that makes one replica planner and deliverer.
const LEASE_NAME: &str = "plan_and_deliver";
/// How long the lease lasts without being renewed.
const LEASE: TimeDelta = TimeDelta::seconds(15);
/// Between two renewals, whatever the jobs are waiting for meanwhile.
const RENEW_EVERY: Duration = Duration::from_secs(4);
/// The longest sleep between two rounds: another replica's changes do not ring our bell.
const LONGEST_SLEEP: Duration = Duration::from_secs(1);
/// The shortest sleep between two rounds that found nothing to do.
const SHORTEST_SLEEP: Duration = Duration::from_millis(5);
/// The sleep after a step that failed.
const AFTER_FAILURE: Duration = Duration::from_secs(2);
/// Between two tidyings.
const TIDY_EVERY: TimeDelta = TimeDelta::hours(1);

/// Runs until told to stop; then what is in flight has been settled and the lease is given back.
pub async fn until_stopped(speaker: &Speaker, stop: &CancellationToken) {
    // A database that one process alone may open needs no lease.
    let leads = AtomicBool::new(!speaker.ctx.db.is_shared());
    let lead = async {
        if speaker.ctx.db.is_shared() {
            keep_lease(speaker, &leads, stop).await;
        }
    };
    tokio::join!(lead, work(speaker, &leads, stop));
    if speaker.ctx.db.is_shared()
        && let Err(failure) = give_back(speaker).await
    {
        tracing::warn!(%failure, "the lease could not be given back; it runs out by itself");
    }
}

/// Takes and renews the lease beside the work, so that a slow Slack cannot make it lapse.
async fn keep_lease(speaker: &Speaker, leads: &AtomicBool, stop: &CancellationToken) {
    loop {
        let mine = take_lease(speaker).await.unwrap_or_else(|failure| {
            tracing::error!(%failure, "the lease could not be renewed");
            false
        });
        leads.store(mine, Ordering::Relaxed);
        let wait = if mine { RENEW_EVERY } else { LONGEST_SLEEP };
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
        }
    }
}

async fn work(speaker: &Speaker, leads: &AtomicBool, stop: &CancellationToken) {
    let mut tidied: Option<DateTime<Utc>> = None;
    while !stop.is_cancelled() {
        let sleep = if leads.load(Ordering::Relaxed) { round(speaker, &mut tidied, stop).await } else { LONGEST_SLEEP };
        tokio::select! {
            () = stop.cancelled() => {}
            () = speaker.ctx.bell.notified() => {}
            () = tokio::time::sleep(sleep) => {}
        }
    }
}

/// One round; returns how long to sleep after it. A step that fails does not keep the others from being taken.
async fn round(speaker: &Speaker, tidied: &mut Option<DateTime<Utc>>, stop: &CancellationToken) -> Duration {
    let ctx = &speaker.ctx;
    let began = ctx.now();
    let recovered = told("recovering", recover::tick(speaker).await);
    let planned = told("planning", plan::tick(ctx).await);
    if stop.is_cancelled() {
        return Duration::ZERO;
    }
    // Side by side: looking into doubts and redrawing screens must not hold back what is due.
    let (delivered, shown, looked) = tokio::join!(deliver::tick(speaker), show::tick(speaker), doubt::tick(speaker));
    let (delivered, shown) = (told("delivering", delivered), told("showing", shown));
    let looked = told("looking into doubts", looked);
    let _ = told("forgetting", forgetting::tick(ctx).await);
    if tidied.is_none_or(|at| ctx.now() - at > TIDY_EVERY) && told("tidying", tidy::tick(ctx).await).is_some() {
        *tidied = Some(ctx.now());
    }
    let (Some(_), Some(next_look), Some(delivered), Some(shown), Some(_)) =
        (recovered, planned, delivered, shown, looked)
    else {
        return AFTER_FAILURE;
    };
    if delivered.handled > 0 || shown.handled > 0 {
        return Duration::ZERO;
    }
    let Some(next_moment) = told("looking ahead", ahead::next_moment(ctx).await) else { return AFTER_FAILURE };
    let held_until = [delivered.held_until, shown.held_until].into_iter().flatten().min();
    // Planning a meeting plans the one after it, which wants to be looked at right then.
    if held_until.is_none() && next_look.is_none_or(|at| at > ctx.now()) {
        speaker.rests(began);
    }
    let next = [next_look, held_until, next_moment].into_iter().flatten().min();
    let wait = next.map_or(LONGEST_SLEEP, |at| (at - ctx.now()).to_std().unwrap_or_default());
    wait.clamp(SHORTEST_SLEEP, LONGEST_SLEEP)
}

/// The value of a step, or a line in the log.
fn told<T>(step: &'static str, done: Result<T, StoreFailure>) -> Option<T> {
    done.inspect_err(|failure| tracing::error!(%failure, step, "a step of the jobs failed")).ok()
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
