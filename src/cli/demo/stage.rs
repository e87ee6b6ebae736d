//! The stage of the demo: a pretend Slack, the real app, a clock that can be turned, a folder that goes away.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use chrono::{DateTime, Datelike as _, Days, NaiveTime, TimeDelta, Utc, Weekday};
use clap::Args;
use slack_sandbox::{Hands, Sandbox, SandboxOptions};
use tokio_util::sync::CancellationToken;

use super::{company, story};
use crate::app::{App, Parts, open_storage};
use crate::cli::say;
use crate::cli::serve::stop_on_signals;
use crate::clock::Clock;
use crate::config::Storage;
use crate::domain::working_time::WorkingTime;
use crate::ids::Ids;
use crate::jobs::speaker::SETTLE;

/// How the demo is run.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// Stop when the story is told, instead of staying up.
    #[arg(long)]
    exit: bool,
    /// Do not tell the story; only stay up.
    #[arg(long, conflicts_with = "exit")]
    no_story: bool,
    /// Port of the pretend Slack; 0 takes any that is free.
    #[arg(long, default_value_t = 0)]
    port: u16,
}

/// What a story is told on.
pub(super) struct Stage {
    /// The pretend Slack.
    pub(super) sandbox: Sandbox,
    app: App,
    clock: Clock,
}

/// Sets the stage, tells the story, stays up until told to stop.
///
/// # Errors
/// When something cannot be started, or the story does not go as told.
pub async fn run(how: DemoArguments) -> anyhow::Result<()> {
    let stop = CancellationToken::new();
    stop_on_signals(stop.clone())?;
    let folder = tempfile::tempdir().context("no place for the demo's database")?;
    let clock = Clock::shifted(a_monday_morning(Clock::system().now()));
    let stage = set(&how, &folder, clock).await?;
    let app = tokio::spawn(stage.app.clone().run(None, stop.clone()));
    let told = if how.no_story { Ok(()) } else { tell(&stage, &stop).await };
    if told.is_ok() && !how.exit && !stop.is_cancelled() {
        stay_up(&stage, &stop).await;
    }
    stop.cancel();
    app.await??;
    stage.sandbox.stop().await;
    told
}

async fn set(how: &DemoArguments, folder: &tempfile::TempDir, clock: Clock) -> anyhow::Result<Stage> {
    let wall = clock.clone();
    let options = SandboxOptions { port: how.port, clock: Arc::new(move || wall.now()), ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.with_context(|| format!("port {} cannot be used", how.port))?;
    company::move_in(&sandbox);
    let ids = Arc::new(Ids::system());
    let database_url = format!("sqlite:{}", folder.path().join("demo.db").display()).into();
    let storage = Storage { database_url, key_file: folder.path().join("demo.key") };
    let db = open_storage(&storage, &clock, &ids).await?;
    let parts = Parts {
        clock: clock.clone(),
        ids,
        programme: WorkingTime::default(),
        api_url: sandbox.api_url(),
        app_token: sandbox.app_token().into(),
        bot_token: sandbox.bot_token().into(),
        settle: SETTLE,
    };
    let app = App::assemble(parts, db).await?;
    Ok(Stage { sandbox, app, clock })
}

async fn tell(stage: &Stage, stop: &CancellationToken) -> anyhow::Result<()> {
    if !stage.sandbox.wait_for_connections(1, Duration::from_secs(10)).await {
        bail!("the app did not connect to the pretend Slack");
    }
    tokio::select! {
        told = story::tell(stage) => told,
        () = stop.cancelled() => Ok(()),
    }
}

async fn stay_up(stage: &Stage, stop: &CancellationToken) {
    let base = stage.sandbox.base_url();
    say("");
    say("The pretend workspace stays up. Act in it from another terminal, for example:");
    say(format!(
        "  curl -s {base}/control/types -H 'content-type: application/json' -d '{{\"person\":\"lise\",\"text\":\"/mentor ask @katherine\"}}'"
    ));
    say(format!("  curl -s '{base}/control/seen?person=lise'"));
    say("Ctrl-C ends it; nothing is kept.");
    stop.cancelled().await;
}

/// Monday of the coming week, 10:00 UTC.
fn a_monday_morning(now: DateTime<Utc>) -> DateTime<Utc> {
    let to_monday = 7 - u64::from(now.weekday().days_since(Weekday::Mon));
    let monday = now.date_naive().checked_add_days(Days::new(to_monday)).unwrap_or(now.date_naive());
    monday.and_time(NaiveTime::MIN + TimeDelta::hours(10)).and_utc()
}

impl Stage {
    /// Somebody of the company.
    ///
    /// # Errors
    /// When nobody has that name.
    pub(super) fn person(&self, handle: &str) -> anyhow::Result<Hands> {
        self.sandbox.person(handle).with_context(|| format!("nobody is called {handle}"))
    }

    /// The time in the story.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Turns the clock.
    pub(super) fn turn_to(&self, at: DateTime<Utc>) {
        self.clock.set(at);
        self.app.speaker.ctx.bell.notify_one();
    }
}
