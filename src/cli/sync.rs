//! `mentor sync`: reads the org chart now. A running app need not be stopped for it.

use std::sync::Arc;

use anyhow::bail;
use clap::Args;

use super::say;
use crate::app::{App, Parts, open_storage_beside};
use crate::clock::Clock;
use crate::config::{Config, Found};
use crate::domain::directory::{BadRows, Change};
use crate::ids::Ids;
use crate::jobs::sync_directory::{Synced, sources, sync};
use crate::jobs::take_over::{Accept, Taken};
use crate::jobs::{learn, rule_one};

/// How.
#[derive(Debug, Args)]
pub struct SyncArguments {
    /// Take it over although more than a fifth of the managers would be gone.
    #[arg(long)]
    accept: bool,
}

/// Reads every source that is set, and says what came of each.
///
/// # Errors
/// When a source cannot be read or is not taken over, or nothing is set.
pub async fn run(found: Found, how: SyncArguments) -> anyhow::Result<()> {
    let config = found.into_config()?;
    if sources(&config.directory).is_empty() {
        bail!(
            "nothing is set to read from: set MENTOR_SCIM_URL or MENTOR_MANAGER_FIELD, or use `mentor import people FILE`"
        );
    }
    let app = assembled(&config).await?;
    let ctx = &app.speaker.ctx;
    if !ctx.installation.org_wide {
        learn::everybody(&app.speaker).await?;
    }
    let accept = if how.accept { Accept::Yes } else { Accept::No };
    let mut wrong = 0;
    for source in sources(&config.directory) {
        let name = source.word();
        match sync(&app.speaker, &config.directory, source, accept).await? {
            Synced::Same => say(format!("{name}: as it was")),
            Synced::Failed(problem) => {
                wrong += 1;
                say(format!("{name}: {problem}. The chart as it was counts."));
            }
            Synced::Read(taken, bad) => {
                wrong += usize::from(!tell(name, &taken, &bad));
            }
        }
    }
    say_held(rule_one::tick(ctx).await?);
    ctx.db.close().await;
    if wrong > 0 { bail!("{wrong} source(s) not taken over") } else { Ok(()) }
}

/// The app's parts, without anything running.
///
/// # Errors
/// In words for an installer.
pub(super) async fn assembled(config: &Config) -> anyhow::Result<App> {
    let (clock, ids) = (Clock::system(), Arc::new(Ids::system()));
    let db = open_storage_beside(&config.storage, &clock, &ids).await?;
    Ok(App::assemble(Parts::of(config, clock, ids), db).await?)
}

/// Says what came of a snapshot. Returns whether it counts.
pub(super) fn tell(name: &str, taken: &Taken, bad: &BadRows) -> bool {
    tell_bad(bad);
    match taken {
        Taken::Over { change, recognised, missing_managers, in_circles } => {
            say(format!("{name}: {}", counts(change)));
            say(format!("  {recognised} of them are known in Slack; the others count as managers all the same"));
            if *missing_managers > 0 {
                say(format!(
                    "  {missing_managers} manager(s) are named and have no entry; who reports to them has the same manager"
                ));
            }
            if *in_circles > 0 {
                say(format!("  {in_circles} people stand in a circle: following their managers leads back to them"));
            }
            true
        }
        Taken::Stopped(change) => {
            say(format!(
                "{name}: NOT taken over. {} of {} managers would be gone, more than a fifth. Look at the directory; if that \
                 is right, do it again with --accept. The chart as it was counts.",
                change.managers_gone, change.managers_before
            ));
            false
        }
        Taken::Empty => {
            say(format!("{name}: there is nobody in it. The chart as it was counts."));
            false
        }
    }
}

/// Says which rows were left out.
pub(super) fn tell_bad(bad: &BadRows) {
    for row in &bad.first {
        say(format!("  line {}: {}", row.line, row.reason));
    }
    if bad.count > bad.first.len() {
        say(format!("  … and {} more", bad.count - bad.first.len()));
    }
    if bad.count > 0 {
        say(format!("  {} line(s) left out or taken otherwise", bad.count));
    }
}

pub(super) fn counts(change: &Change) -> String {
    format!(
        "{} people ({} before), {} managers ({} before, {} of them gone)",
        change.people, change.people_before, change.managers, change.managers_before, change.managers_gone
    )
}

pub(super) fn say_held(pairs: usize) {
    if pairs > 0 {
        say(format!("{pairs} pair(s) are held back by rule 1 from now on; both people of each are told."));
    }
}
