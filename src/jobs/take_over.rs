//! Taking over what a directory says: the snapshot is written beside the chart that counts, and counts in one step; or, when
//! too many managers would be gone, it does not until somebody says so.
//!
//! Owns: that step. Must not: know where a snapshot comes from.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::domain::directory::{Change, Entry, Snapshot, Source};
use crate::store::directory::{self, Incoming};
use crate::store::failure::StoreFailure;

/// Entries written in one transaction: short enough that nobody waits for it.
const A_BATCH: usize = 1_000;

/// Whether somebody has said yes to losing many managers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accept {
    /// Nobody has.
    No,
    /// Somebody has.
    Yes,
}

/// What came of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It counts.
    Over {
        /// What it changed.
        change: Change,
        /// How many of its people are known in Slack.
        recognised: i64,
        /// Managers without an entry of their own.
        missing_managers: usize,
        /// People who stand in a circle.
        in_circles: usize,
    },
    /// The chart before counts: too many managers would be gone.
    Stopped(Change),
    /// There is nobody in it, so it is no directory.
    Empty,
}

/// When a source was read, and when it is read again.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// Which.
    pub source: Source,
    /// The source's mark of what it said.
    pub tag: Option<&'a str>,
    /// When it is read again.
    pub again_at: DateTime<Utc>,
}

/// Takes over a snapshot.
///
/// # Errors
/// When the database fails; then the chart before counts.
pub async fn take_over(
    ctx: &Ctx,
    reading: Reading<'_>,
    snapshot: &Snapshot,
    accept: Accept,
) -> Result<Taken, StoreFailure> {
    let source = reading.source;
    if snapshot.entries.is_empty() {
        return Ok(Taken::Empty);
    }
    let change = compare(ctx, source, snapshot).await?;
    if change.takes_too_many() && accept == Accept::No {
        let mut tx = ctx.db.begin().await?;
        directory::stopped(&mut tx, source, change.managers_gone, reading.again_at).await?;
        tx.commit().await?;
        return Ok(Taken::Stopped(change));
    }
    sweep(ctx, source).await?;
    let missing = snapshot.missing_managers();
    let keys = snapshot.entries.iter().map(|entry| &*entry.key).chain(missing.iter().copied());
    let ids: BTreeMap<&str, Uuid> = keys.map(|key| (key, ctx.ids.ordered(ctx.now()))).collect();
    let into = Incoming { source, id: ctx.ids.opaque(), ids: &ids };
    for batch in snapshot.entries.chunks(A_BATCH) {
        write(ctx, &into, batch).await?;
    }
    let mut tx = ctx.db.begin().await?;
    for name in &missing {
        directory::write_missing(&mut tx, &into, name).await?;
    }
    directory::turn(&mut tx, &into, change, reading.tag, ctx.now(), reading.again_at).await?;
    let recognised = directory::recognised(&mut tx, into.id).await?;
    tx.commit().await?;
    sweep(ctx, source).await?;
    Ok(Taken::Over { change, recognised, missing_managers: missing.len(), in_circles: snapshot.in_circles() })
}

/// What a snapshot would change, without changing it.
///
/// # Errors
/// When the database fails.
pub async fn compare(ctx: &Ctx, source: Source, snapshot: &Snapshot) -> Result<Change, StoreFailure> {
    let mut reading = ctx.db.read().await?;
    let managers = directory::managers(&mut reading, source).await?;
    let status = directory::status(&mut reading).await?;
    let people = status.iter().find(|status| status.source == source).map_or(0, |status| status.people);
    Ok(Change::between(usize::try_from(people).unwrap_or_default(), &managers, snapshot))
}

async fn write(ctx: &Ctx, into: &Incoming<'_>, batch: &[Entry]) -> Result<(), StoreFailure> {
    let mut tx = ctx.db.begin().await?;
    directory::write(&mut tx, into, batch).await?;
    tx.commit().await
}

/// Clears away what does not count, a bit at a time.
async fn sweep(ctx: &Ctx, source: Source) -> Result<(), StoreFailure> {
    loop {
        let mut tx = ctx.db.begin().await?;
        let swept = directory::sweep(&mut tx, source).await?;
        tx.commit().await?;
        if swept == 0 {
            return Ok(());
        }
    }
}
