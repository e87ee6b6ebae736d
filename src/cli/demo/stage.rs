//! The stage of the demo: a pretend Slack with its page, the real app, a clock that can be turned, a folder that goes away.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use chrono::{DateTime, Datelike as _, Days, NaiveTime, TimeDelta, Utc, Weekday};
use clap::Args;
use slack_sandbox::{AppManifest, Hands, NewPerson, Sandbox, SandboxOptions, Turn};
use tokio::task::{JoinError, JoinHandle};
use tokio_util::sync::CancellationToken;

use super::time::DemoTime;
use super::{company, past, story, tour};
use crate::app::{App, Ended, Parts, open_storage};
use crate::cli::manifest::MANIFEST;
use crate::cli::say;
use crate::cli::serve::stop_on_signals;
use crate::clock::Clock;
use crate::config::Storage;
use crate::directory::settings::DirectorySettings;
use crate::domain::coordinators::Coordinators;
use crate::domain::org_chart::SameManager;
use crate::domain::working_time::WorkingTime;
use crate::ids::Ids;
use crate::jobs::speaker::SETTLE;

/// Where the page is when nothing else is asked for.
const USUAL_PORT: u16 = 3900;
/// For how long the company has met when the demo opens.
const PAST: Days = Days::new(14);

/// How the demo is run.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// Play the story of one pair, in this terminal and on the page.
    #[arg(long)]
    story: bool,
    /// Stop when everything has been played, instead of staying up.
    #[arg(long)]
    exit: bool,
    /// People of your own instead of the company: a JSON list of {"handle", "name", "tz", …}, as slack-sandbox's README says. There is no guided tour then.
    #[arg(long, value_name = "FILE", conflicts_with = "story")]
    people: Option<PathBuf>,
    /// Port of the page; 0 takes any that is free. 3900 unless it is taken.
    #[arg(long)]
    port: Option<u16>,
}

/// What a story is told on.
pub(super) struct Stage {
    /// The pretend Slack.
    pub(super) sandbox: Sandbox,
    /// Somebody may be watching on the page: leave time to read.
    pub(super) watched: bool,
    app: App,
}

/// Sets the stage, lets the past happen, tells the story if asked to, stays up until told to stop.
///
/// # Errors
/// When something cannot be started, or the story does not go as told.
pub async fn run(how: DemoArguments) -> anyhow::Result<()> {
    let stop = CancellationToken::new();
    stop_on_signals(stop.clone())?;
    let folder = tempfile::tempdir().context("no place for the demo's database")?;
    let opening = a_monday_morning(Clock::system().now());
    let stage = set(&how, &folder, opening).await?;
    let mut app = tokio::spawn(stage.app.clone().run(None, stop.clone()));
    let told = tokio::select! {
        told = stay(&stage, &how, opening, &stop) => told.and(stopped(&stop, app).await),
        ended = &mut app => died(&stop, ended),
    };
    stop.cancel();
    stage.sandbox.stop().await;
    told
}

/// Plays what was asked for, and stays up until told to stop.
async fn stay(
    stage: &Stage,
    how: &DemoArguments,
    opening: DateTime<Utc>,
    stop: &CancellationToken,
) -> anyhow::Result<()> {
    tokio::select! {
        played = play(stage, how, opening) => played?,
        () = stop.cancelled() => return Ok(()),
    }
    if !how.exit {
        say("Ctrl-C ends it; nothing is kept.");
        stop.cancelled().await;
    }
    Ok(())
}

/// Lets the app end in peace.
async fn stopped(stop: &CancellationToken, app: JoinHandle<Result<(), Ended>>) -> anyhow::Result<()> {
    stop.cancel();
    died(stop, app.await)
}

/// What became of the app: without having been told to, it must not end.
fn died(stop: &CancellationToken, ended: Result<Result<(), Ended>, JoinError>) -> anyhow::Result<()> {
    let ended = ended.map_err(anyhow::Error::from).and_then(|ended| ended.map_err(anyhow::Error::from));
    match ended {
        Ok(()) if stop.is_cancelled() => Ok(()),
        Ok(()) => bail!("the app has ended by itself; the demo ends with it"),
        Err(problem) => Err(problem.context("the app has ended; the demo ends with it")),
    }
}

async fn set(how: &DemoArguments, folder: &tempfile::TempDir, opening: DateTime<Utc>) -> anyhow::Result<Stage> {
    let own_people = how.people.as_ref().map(read_people).transpose()?;
    let start = if own_people.is_some() { opening } else { opening - PAST };
    let clock = Clock::shifted(start);
    let time = Arc::new(DemoTime::new(clock.clone()));
    let tour = if own_people.is_some() { Vec::new() } else { tour::steps()? };
    let manifest = AppManifest::from_yaml(MANIFEST).context("the app's own manifest")?;
    let options =
        SandboxOptions { clockwork: Some(time.clone()), manifest: Some(manifest), tour, ..SandboxOptions::default() };
    let sandbox = open_page(how.port, options).await?;
    match own_people {
        Some(people) => company::moves_in(&sandbox, people),
        None => company::move_in(&sandbox),
    }
    let ids = Arc::new(Ids::system());
    let database_url = format!("sqlite:{}", folder.path().join("demo.db").display()).into();
    let storage = Storage { database_url, key_file: folder.path().join("demo.key") };
    let db = open_storage(&storage, &clock, &ids).await?;
    let parts = Parts {
        clock,
        ids,
        programme: WorkingTime::default(),
        holiday_calendars: Vec::new(),
        api_url: sandbox.api_url(),
        app_token: sandbox.app_token().into(),
        bot_token: sandbox.bot_token().into(),
        settle: SETTLE,
        directory: DirectorySettings::default(),
        same_manager: SameManager::Refuse,
        topic_aliases: String::new(),
        coordinators: Coordinators::default(),
        office: None,
    };
    let app = App::assemble(parts, db).await?;
    time.drives(app.speaker.clone());
    Ok(Stage { sandbox, watched: !how.exit, app })
}

fn read_people(file: &PathBuf) -> anyhow::Result<Vec<NewPerson>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    NewPerson::list_from_json(&text).with_context(|| format!("{} cannot be used", file.display()))
}

/// Opens the pretend Slack at the port asked for; the usual one gives way when it is taken.
async fn open_page(port: Option<u16>, options: SandboxOptions) -> anyhow::Result<Sandbox> {
    let asked = port.unwrap_or(USUAL_PORT);
    match (Sandbox::start(SandboxOptions { port: asked, ..options.clone() }).await, port) {
        (Ok(sandbox), _) => Ok(sandbox),
        (Err(problem), None) if problem.kind() == ErrorKind::AddrInUse => {
            say(format!("Port {asked} is taken; another is used."));
            Sandbox::start(SandboxOptions { port: 0, ..options }).await.context("no port can be had")
        }
        (Err(problem), Some(_)) if problem.kind() == ErrorKind::AddrInUse => {
            Err(problem).with_context(|| format!("port {asked} is taken; choose another with --port, or leave it out"))
        }
        (Err(problem), _) => Err(problem).with_context(|| format!("the page cannot be opened at port {asked}")),
    }
}

async fn play(stage: &Stage, how: &DemoArguments, opening: DateTime<Utc>) -> anyhow::Result<()> {
    if !stage.sandbox.wait_for_connections(1, Duration::from_secs(10)).await {
        bail!("the app did not connect to the pretend Slack");
    }
    if how.people.is_none() {
        past::happen(stage, opening).await.context("the weeks before the demo")?;
    }
    say("A pretend Slack and the real app, on this machine. Everybody in it is yours to play; the clock, too:");
    say("");
    let people = if how.people.is_none() { "?people=ada,grace" } else { "" };
    say(format!("    {}/{people}", stage.sandbox.base_url()));
    say("");
    if how.story {
        let told = story::tell(stage).await;
        match told {
            Err(problem) if stage.watched => {
                // Somebody at the page has turned the clock, or has a modal open where the story wants one.
                tracing::info!("the story cannot go on: {problem:#}");
                say("You took over; the story stops here.");
            }
            told => told?,
        }
    }
    Ok(())
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
        self.app.speaker.ctx.now()
    }

    /// Turns the clock, through everything that is due on the way.
    ///
    /// # Errors
    /// When it is turned backwards.
    pub(super) async fn turn_to(&self, at: DateTime<Utc>) -> anyhow::Result<()> {
        self.sandbox.turn(Turn::To(at)).await?;
        Ok(())
    }
}
