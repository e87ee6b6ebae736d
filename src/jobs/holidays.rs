//! The programme's holidays out of calendars that others keep: read daily, kept, and heeded at once.
//!
//! Owns: when a calendar is read again, and what happens when it cannot be. Must not: know how one is fetched or what
//! stands in it.
//!
//! One replica reads a calendar and keeps its days; every replica looks at what is kept each minute. A calendar that is
//! down, damaged or too large is one warning each time; the days known from it stay.

use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;

use super::holiday_source::{CannotFetch, HolidaySource};
use crate::ctx::Ctx;
use crate::domain::days_off::{DaysOff, Holiday};
use crate::mail::holiday_calendar::{self, NotACalendar};
use crate::store::failure::StoreFailure;
use crate::store::{holidays, people};

/// Between two readings of a calendar.
const READ_EVERY: TimeDelta = TimeDelta::hours(24);
/// Between two readings when the first failed.
const AFTER_FAILURE: TimeDelta = TimeDelta::hours(1);
/// Between two looks at what is kept.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Days kept that are past, for what is counted back from today.
const BACK: Days = Days::new(31);
/// Days kept that are to come: longer than any date a person may give.
const AHEAD: Days = Days::new(3 * 366);

/// Why holidays could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CannotRead {
    /// It cannot be fetched.
    #[error(transparent)]
    Fetch(#[from] CannotFetch),
    /// It is not what it should be.
    #[error(transparent)]
    Text(#[from] NotACalendar),
    /// The program failed at it.
    #[error("it could not be worked out")]
    Worker(#[from] tokio::task::JoinError),
}

/// The holidays a calendar holds around a day.
///
/// # Errors
/// [`CannotRead`], in words for an installer.
pub async fn read(source: &HolidaySource, today: NaiveDate) -> Result<Vec<Holiday>, CannotRead> {
    let text = source.fetch().await?;
    let from = today.checked_sub_days(BACK).unwrap_or(today);
    let until = today.checked_add_days(AHEAD).unwrap_or(today);
    // Beside everything else: a large calendar takes a while.
    Ok(tokio::task::spawn_blocking(move || holiday_calendar::holidays(&text, from, until)).await??)
}

/// Reads the calendars whose time has come, then heeds what is kept. Returns whether other days are off than before.
///
/// # Errors
/// When the database fails.
pub async fn tick(ctx: &Ctx, sources: &[HolidaySource]) -> Result<bool, StoreFailure> {
    for source in sources {
        read_when_due(ctx, source).await?;
    }
    let changed = heed(ctx, sources).await?;
    if changed {
        look_at_everything_again(ctx).await?;
    }
    Ok(changed)
}

async fn read_when_due(ctx: &Ctx, source: &HolidaySource) -> Result<(), StoreFailure> {
    let (now, key) = (ctx.now(), source.key());
    let mut reading = ctx.db.read().await?;
    let due = holidays::is_due(&mut reading, &key, now).await?;
    drop(reading);
    if !due {
        return Ok(());
    }
    let mut tx = ctx.db.begin().await?;
    let mine = holidays::take(&mut tx, &key, now, now + AFTER_FAILURE).await?;
    tx.commit().await?;
    if !mine {
        return Ok(());
    }
    match read(source, now.date_naive()).await {
        Ok(found) => {
            if found.is_empty() {
                tracing::warn!(calendar = %source, "the calendar of holidays has no all-day events to come");
            }
            keep(ctx, &key, &found, now).await
        }
        Err(problem) => {
            tracing::warn!(calendar = %source, %problem, "holidays could not be read; those known stay");
            Ok(())
        }
    }
}

async fn keep(ctx: &Ctx, key: &str, found: &[Holiday], now: DateTime<Utc>) -> Result<(), StoreFailure> {
    let mut tx = ctx.db.begin().await?;
    holidays::keep(&mut tx, key, found, now, now + READ_EVERY).await?;
    tx.commit().await
}

/// From now on the days kept are no working days. Returns whether that is a change.
///
/// # Errors
/// When the database fails.
pub async fn heed(ctx: &Ctx, sources: &[HolidaySource]) -> Result<bool, StoreFailure> {
    let mut reading = ctx.db.read().await?;
    let mut days = Vec::new();
    for source in sources {
        days.extend(holidays::of_source(&mut reading, &source.key()).await?.into_iter().map(|holiday| holiday.day));
    }
    Ok(ctx.programme.take_off(&days.into_iter().collect::<DaysOff>()))
}

/// Whatever was planned by other days off is planned by these; what waits for a day that is off by now waits on.
///
/// # Errors
/// When the database fails.
pub async fn look_at_everything_again(ctx: &Ctx) -> Result<(), StoreFailure> {
    let mut tx = ctx.db.begin().await?;
    holidays::look_again(&mut tx, ctx.now()).await?;
    for message in holidays::waiting(&mut tx, ctx.now()).await? {
        let reader = people::get(&mut tx, message.to).await?;
        let due_at = reader.working_time(&ctx.programme()).next_open(message.due_at);
        if due_at != message.due_at {
            holidays::put_off(&mut tx, message.id, due_at).await?;
        }
    }
    tx.commit().await?;
    ctx.bell.notify_one();
    Ok(())
}

/// Reads and heeds until told to stop.
pub async fn until_stopped(ctx: &Ctx, sources: &[HolidaySource], stop: &CancellationToken) {
    while !sources.is_empty() && !stop.is_cancelled() {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
        if let Some(Err(failure)) = stop.run_until_cancelled(tick(ctx, sources)).await {
            tracing::error!(%failure, "holidays could not be looked at");
        }
    }
}
