//! `mentor import`: people and their managers, or pairs that meet already, out of a CSV file. A running app need not be
//! stopped for it.

use std::path::PathBuf;

use anyhow::bail;
use chrono::TimeDelta;
use clap::{Args, Subcommand};

use super::say;
use super::sync::{assembled, counts, say_held, tell, tell_bad};
use crate::app::App;
use crate::config::Found;
use crate::directory::{pairs_file, people_file};
use crate::domain::directory::Source;
use crate::jobs::take_over::{Accept, Reading, compare, take_over};
use crate::jobs::{import_pairs, rule_one};
use crate::store::directory;

/// What to bring in.
#[derive(Debug, Args)]
pub struct ImportArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// People: columns email or user_id, manager_email or manager_user_id, department, in any order.
    People {
        /// The file.
        file: PathBuf,
        /// Say what would happen, and change nothing.
        #[arg(long)]
        dry_run: bool,
        /// Take it over although more than a fifth of the managers would be gone.
        #[arg(long)]
        accept: bool,
    },
    /// Pairs: columns mentee, mentor, kind, rhythm, start, in any order.
    Pairs {
        /// The file.
        file: PathBuf,
        /// Say what would happen, and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

/// Brings in what is asked for; lines that are not right are told, and the others land.
///
/// # Errors
/// When the file cannot be read or is not taken over.
pub async fn run(found: Found, what: ImportArguments) -> anyhow::Result<()> {
    let config = found.into_config()?;
    match what.what {
        What::People { file, dry_run, accept } => {
            let read = tokio::task::spawn_blocking(move || people_file::read(&file)).await??;
            let app = assembled(&config).await?;
            let done = people(&app, read, dry_run, if accept { Accept::Yes } else { Accept::No }).await;
            app.speaker.ctx.db.close().await;
            done
        }
        What::Pairs { file, dry_run } => {
            let read = tokio::task::spawn_blocking(move || pairs_file::read(&file)).await??;
            let app = assembled(&config).await?;
            let done = pairs(&app, read, dry_run).await;
            app.speaker.ctx.db.close().await;
            done
        }
    }
}

async fn people(app: &App, read: people_file::PeopleFile, dry_run: bool, accept: Accept) -> anyhow::Result<()> {
    let ctx = &app.speaker.ctx;
    say_ignored(&read.ignored);
    if let Some(set) = read.character_set {
        say(format!("The file is not UTF-8; it was read as {set}."));
    }
    if dry_run {
        tell_bad(&read.bad);
        let change = compare(ctx, Source::Csv, &read.snapshot).await?;
        say(format!("csv: {}", counts(&change)));
        if change.takes_too_many() {
            say("  More than a fifth of the managers would be gone: it would take --accept.");
        }
        say("Nothing was changed.");
        return Ok(());
    }
    let mut tx = ctx.db.begin().await?;
    directory::know(&mut tx, Source::Csv, ctx.now()).await?;
    tx.commit().await?;
    // A file is read when it is imported, and at no other time.
    let reading = Reading { source: Source::Csv, tag: None, again_at: ctx.now() + TimeDelta::days(36_500) };
    let taken = take_over(ctx, reading, &read.snapshot, accept).await?;
    let counts = tell("csv", &taken, &read.bad);
    say_held(rule_one::tick(ctx).await?);
    if counts { Ok(()) } else { bail!("the file is not taken over") }
}

async fn pairs(app: &App, mut read: pairs_file::PairsFile, dry_run: bool) -> anyhow::Result<()> {
    say_ignored(&read.ignored);
    let begun = import_pairs::import(&app.speaker.ctx, &read.pairs, &mut read.bad, dry_run).await?;
    tell_bad(&read.bad);
    if dry_run {
        say(format!("{begun} pair(s) would begin. Nothing was changed."));
    } else {
        say(format!("{begun} pair(s) begin; both people of each are told."));
    }
    Ok(())
}

fn say_ignored(columns: &[String]) {
    if !columns.is_empty() {
        say(format!("Columns that are not read: {}", columns.join(", ")));
    }
}
