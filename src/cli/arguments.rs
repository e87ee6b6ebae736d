//! The command line's words, and which command each starts.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use super::{check, demo, import, manifest, migrate, preview, serve, sync};
use crate::config::Found;

/// Runs good mentoring inside Slack.
#[derive(Debug, Parser)]
#[command(version, about, disable_help_subcommand = true)]
pub struct Arguments {
    /// A file of settings (lines like NAME = "value"); the environment comes first.
    #[arg(long, env = "MENTOR_CONFIG", global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the app (this is the default).
    Serve,
    /// Try everything on this machine, with a pretend Slack and pretend people.
    Demo(demo::DemoArguments),
    /// Say what is wrong with tokens, key file and database, and how to mend it.
    Check(check::CheckArguments),
    /// Bring in people and their managers, or pairs that meet already, from a CSV file.
    Import(import::ImportArguments),
    /// Read the org chart now, from wherever it is set to come from.
    Sync(sync::SyncArguments),
    /// Bring the database to this version and stop.
    Migrate,
    /// Print the calendar of the coming weeks, without sending anything.
    Preview(preview::PreviewArguments),
    /// Print the manifest to paste into Slack.
    Manifest,
    /// Ask a running app whether it is well; for container health checks.
    Health,
}

impl Arguments {
    /// What is logged when nobody asks for anything: a demo tells its story undisturbed.
    pub fn usual_logging(&self) -> &'static str {
        if matches!(self.command, Some(Command::Demo(_))) { "warn" } else { "info" }
    }
}

/// Does what was asked for; a failure is told on standard error.
pub async fn run(arguments: Arguments) -> ExitCode {
    let environment = |name: &str| std::env::var(name).ok();
    let found = Found::look(environment, arguments.config.as_deref());
    let done = match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(found).await,
        Command::Demo(how) => demo::run(how).await,
        Command::Check(about) => check::run(found, about).await,
        Command::Import(what) => import::run(found, what).await,
        Command::Sync(how) => sync::run(found, how).await,
        Command::Migrate => migrate::run(found).await,
        Command::Preview(how) => preview::run(found, how).await,
        Command::Manifest => manifest::run(),
        Command::Health => check::health(found).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            super::say_error(&failure);
            ExitCode::FAILURE
        }
    }
}
