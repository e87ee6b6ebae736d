//! The org chart, read again on a schedule: one replica reads, and every live pair is held against what it read.
//!
//! Owns: when a source is read, and what is told of it. Must not: know how one is read. In the log stand counts and never who
//! reports to whom.

use std::time::Duration;

use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;

use super::speaker::Speaker;
use super::take_over::{Accept, Reading, Taken, take_over};
use super::{chart_of_profiles, rule_one};
use crate::directory::scim::{self, Users};
use crate::directory::settings::DirectorySettings;
use crate::domain::directory::{BadRows, Source};
use crate::store::directory;
use crate::store::failure::StoreFailure;

/// Between two readings when the first failed.
const AFTER_FAILURE: TimeDelta = TimeDelta::hours(1);
/// Between two looks at whether something is due.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Looks after which live pairs are held against the chart although nothing was read: people are recognised in between, and
/// files are imported.
const LOOKS_A_CHECK: u32 = 15;
/// A reader that holds a source for longer than this is taken for dead.
const READING: TimeDelta = TimeDelta::hours(6);

/// What came of reading a source.
#[derive(Debug)]
pub enum Synced {
    /// It says the same as before.
    Same,
    /// It says this.
    Read(Taken, BadRows),
    /// It could not be read; the chart before counts.
    Failed(String),
}

/// The sources that are set.
pub fn sources(settings: &DirectorySettings) -> Vec<Source> {
    let scim = settings.scim.as_ref().map(|_| Source::Scim);
    scim.into_iter().chain(settings.manager_field.as_ref().map(|_| Source::SlackProfile)).collect()
}

/// Reads the sources whose time has come. Returns whether any was read.
///
/// # Errors
/// When the database fails.
pub async fn tick(speaker: &Speaker, settings: &DirectorySettings) -> Result<bool, StoreFailure> {
    let mut read = false;
    for source in sources(settings) {
        if take(speaker, source).await? {
            let synced = sync(speaker, settings, source, Accept::No).await?;
            tell(source, &synced);
            read = true;
        }
    }
    if read {
        rule_one::tick(&speaker.ctx).await?;
    }
    Ok(read)
}

async fn take(speaker: &Speaker, source: Source) -> Result<bool, StoreFailure> {
    let (ctx, now) = (&speaker.ctx, speaker.ctx.now());
    let mut reading = ctx.db.read().await?;
    let due = directory::is_due(&mut reading, source, now).await?;
    drop(reading);
    if !due {
        return Ok(false);
    }
    let mut tx = ctx.db.begin().await?;
    let mine = directory::take(&mut tx, source, now, now + READING).await?;
    tx.commit().await?;
    Ok(mine)
}

/// Reads a source now and takes over what it says.
///
/// # Errors
/// When the database fails.
pub async fn sync(
    speaker: &Speaker,
    settings: &DirectorySettings,
    source: Source,
    accept: Accept,
) -> Result<Synced, StoreFailure> {
    let ctx = &speaker.ctx;
    let mut tx = ctx.db.begin().await?;
    directory::know(&mut tx, source, ctx.now()).await?;
    let known = directory::status(&mut tx).await?;
    tx.commit().await?;
    let status = known.into_iter().find(|status| status.source == source);
    // What was not taken over is read again, whatever its mark.
    let tag = status.filter(|status| status.managers_gone.is_none()).and_then(|status| status.tag);
    let found = match source {
        Source::Scim => read_scim(settings, tag.as_deref()).await,
        Source::SlackProfile => read_profiles(speaker, settings).await,
        Source::Csv => Err("a file is imported, not read again".to_owned()),
    };
    let again_at = ctx.now() + settings.sync_every;
    match found {
        Ok(None) => {
            let mut tx = ctx.db.begin().await?;
            directory::same(&mut tx, source, ctx.now(), again_at).await?;
            tx.commit().await?;
            Ok(Synced::Same)
        }
        Ok(Some((snapshot, bad, tag))) => {
            let reading = Reading { source, tag: tag.as_deref(), again_at };
            let taken = take_over(ctx, reading, &snapshot, accept).await?;
            if taken == Taken::Empty {
                return failed(speaker, source, "there is nobody in it".to_owned()).await;
            }
            Ok(Synced::Read(taken, bad))
        }
        Err(problem) => failed(speaker, source, problem).await,
    }
}

type Found = Option<(crate::domain::directory::Snapshot, BadRows, Option<String>)>;

async fn read_scim(settings: &DirectorySettings, tag: Option<&str>) -> Result<Found, String> {
    let server = settings.scim.as_ref().ok_or("MENTOR_SCIM_URL is not set")?;
    match scim::read(server, tag).await.map_err(|problem| problem.to_string())? {
        Users::Same => Ok(None),
        Users::All { snapshot, bad, tag } => Ok(Some((snapshot, bad, Some(tag)))),
    }
}

async fn read_profiles(speaker: &Speaker, settings: &DirectorySettings) -> Result<Found, String> {
    let field = settings.manager_field.as_ref().ok_or("MENTOR_MANAGER_FIELD is not set")?;
    let read = chart_of_profiles::read(speaker, field).await.map_err(|problem| problem.to_string())?;
    Ok(Some((read.0, read.1, None)))
}

async fn failed(speaker: &Speaker, source: Source, problem: String) -> Result<Synced, StoreFailure> {
    let ctx = &speaker.ctx;
    let mut tx = ctx.db.begin().await?;
    directory::failed(&mut tx, source, &problem, ctx.now() + AFTER_FAILURE).await?;
    tx.commit().await?;
    Ok(Synced::Failed(problem))
}

/// A line in the log: counts alone.
fn tell(source: Source, synced: &Synced) {
    let source = source.word();
    match synced {
        Synced::Same => tracing::info!(source, "the org chart is as it was"),
        Synced::Read(Taken::Over { change, recognised, missing_managers, in_circles }, bad) => tracing::info!(
            source,
            people = change.people,
            recognised,
            managers = change.managers,
            missing_managers,
            in_circles,
            left_out = bad.count,
            "the org chart was read"
        ),
        Synced::Read(Taken::Stopped(change), _) => tracing::error!(
            source,
            managers_gone = change.managers_gone,
            managers_before = change.managers_before,
            "the org chart was read and does not count yet: more than a fifth of the managers would be gone. Look at the \
             directory; if that is right, run `mentor sync --accept`"
        ),
        Synced::Read(Taken::Empty, _) => {
            tracing::error!(source, "there is nobody in the directory; the chart before counts");
        }
        Synced::Failed(problem) => {
            tracing::error!(source, problem, "the org chart could not be read; the one before counts");
        }
    }
}

/// Reads on its schedule until told to stop.
pub async fn until_stopped(speaker: &Speaker, settings: &DirectorySettings, stop: &CancellationToken) {
    let mut looks = 0;
    while !stop.is_cancelled() {
        let round = async {
            let read = tick(speaker, settings).await?;
            if !read && looks % LOOKS_A_CHECK == 0 {
                rule_one::tick(&speaker.ctx).await?;
            }
            Ok::<(), StoreFailure>(())
        };
        if let Some(Err(failure)) = stop.run_until_cancelled(round).await {
            tracing::error!(%failure, "the org chart could not be looked at");
        }
        looks += 1;
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}
