//! The app put together: what opens at the start, what runs until it stops.
//!
//! Owns: the order of starting and stopping. Must not: know what a handler or a job does.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use secrecy::SecretString;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::Clock;
use crate::config::{Config, Storage};
use crate::ctx::{Ctx, Installation, Programme};
use crate::directory::settings::DirectorySettings;
use crate::domain::coordinators::Coordinators;
use crate::domain::org_chart::SameManager;
use crate::domain::topics::KnownTopics;
use crate::domain::working_time::WorkingTime;
use crate::ears::Ears;
use crate::ids::Ids;
use crate::jobs::holiday_source::HolidaySource;
use crate::jobs::speaker::{REQUEST_TIMEOUT, Speaker};
use crate::jobs::{departures, holidays, learn, recover, run, sync_directory, topics};
use crate::mail::office::Office;
use crate::ops::health::{self, Health};
use crate::slack::api::{Api, ApiOptions, ApiSetupFailure, CallFailure, Identity};
use crate::slack::socket::{SocketOptions, SocketStatus, Stopped, keep_open};
use crate::store::db::{CannotOpen, Db};
use crate::store::failure::StoreFailure;
use crate::store::key_file::{self, KeyFileProblem};
use crate::store::migrate::{self, CannotMigrate};
use crate::store::vault::Vault;

/// How long what is in flight may take to end when the app is told to stop.
const STOPPING: Duration = Duration::from_secs(8);

/// How long what was begun after an acknowledgement may take to end.
const FINISHING: Duration = Duration::from_secs(3);
/// The first wait for a Slack that cannot be reached at the start; it doubles.
const FIRST_WAIT_FOR_SLACK: Duration = Duration::from_secs(1);
/// The longest wait for a Slack that cannot be reached at the start.
const LONGEST_WAIT_FOR_SLACK: Duration = Duration::from_secs(30);

/// What an app is made of besides what is kept.
#[derive(Debug)]
pub struct Parts {
    /// What time it is.
    pub clock: Clock,
    /// Where randomness comes from.
    pub ids: Arc<Ids>,
    /// Working time of the programme.
    pub programme: WorkingTime,
    /// Calendars of the programme's holidays.
    pub holiday_calendars: Vec<HolidaySource>,
    /// Where Slack is.
    pub api_url: String,
    /// Opens connections.
    pub app_token: SecretString,
    /// Everything else.
    pub bot_token: SecretString,
    /// The settle window of doubts.
    pub settle: TimeDelta,
    /// Where the org chart comes from.
    pub directory: DirectorySettings,
    /// What holds for two people with the same direct manager.
    pub same_manager: SameManager,
    /// Lines of words that mean the same, beside those that come with the app.
    pub topic_aliases: String,
    /// Who runs the programme.
    pub coordinators: Coordinators,
    /// Where letters are posted, if a mail server is set.
    pub office: Option<Office>,
}

impl Parts {
    /// The parts of a real app.
    pub fn of(config: &Config, clock: Clock, ids: Arc<Ids>) -> Self {
        Self {
            clock,
            ids,
            programme: config.programme.clone(),
            holiday_calendars: config.holiday_calendars.clone(),
            api_url: config.api_url.clone(),
            app_token: config.app_token.clone(),
            bot_token: config.bot_token.clone(),
            settle: config.settle,
            directory: config.directory.clone(),
            same_manager: config.same_manager,
            topic_aliases: config.topic_aliases.clone(),
            coordinators: config.coordinators.clone(),
            office: config.office.clone(),
        }
    }
}

/// An app that is ready to run.
#[derive(Clone, Debug)]
pub struct App {
    /// What talks to Slack by itself.
    pub speaker: Arc<Speaker>,
    /// How the connections are.
    pub status: SocketStatus,
    ears: Arc<Ears>,
    holiday_calendars: Arc<[HolidaySource]>,
    directory: Arc<DirectorySettings>,
}

/// Why the app cannot start, in words for an installer.
#[derive(Debug, thiserror::Error)]
pub enum CannotStart {
    /// The key file.
    #[error(transparent)]
    Key(#[from] KeyFileProblem),
    /// The database.
    #[error(transparent)]
    Open(#[from] CannotOpen),
    /// Its schema.
    #[error(transparent)]
    Migrate(#[from] CannotMigrate),
    /// What it holds.
    #[error(transparent)]
    Store(#[from] StoreFailure),
    /// The app that runs on the database is of another version.
    #[error("the app that is running on this database is of another version; stop it, or use its own program")]
    OtherVersion,
    /// The client.
    #[error("the Web API client cannot be set up: {0}")]
    Client(#[from] ApiSetupFailure),
    /// Slack refused the bot token.
    #[error(
        "Slack refuses the bot token ({0}): copy the Bot User OAuth Token (xoxb-…) from OAuth & Permissions of the app's page"
    )]
    BotToken(String),
}

/// Opens the database behind a key file and brings it to this version.
///
/// # Errors
/// [`CannotStart`], in words for an installer.
pub async fn open_storage(storage: &Storage, clock: &Clock, ids: &Arc<Ids>) -> Result<Db, CannotStart> {
    let (key, name) = key_file::read_or_make(&storage.key_file, ids)?;
    let vault = Arc::new(Vault::new(name, &key, ids.clone()));
    let db = Db::open(storage.address(), vault).await?;
    migrate::make_ready(&db, clock.now()).await?;
    Ok(db)
}

/// Opens the database for a change that an administrator makes, beside an app that may be running on it.
///
/// # Errors
/// [`CannotStart`], in words for an installer.
pub async fn open_storage_beside(storage: &Storage, clock: &Clock, ids: &Arc<Ids>) -> Result<Db, CannotStart> {
    match open_storage(storage, clock, ids).await {
        Err(CannotStart::Open(CannotOpen::InUse(_))) => {}
        opened => return opened,
    }
    let (key, name) = key_file::read_or_make(&storage.key_file, ids)?;
    let db = Db::open_beside(storage.address(), Arc::new(Vault::new(name, &key, ids.clone()))).await?;
    if migrate::is_current(&db).await? { Ok(db) } else { Err(CannotStart::OtherVersion) }
}

impl App {
    /// Asks Slack who we are, until it answers, and puts the app together.
    ///
    /// # Errors
    /// [`CannotStart`], in words for an installer.
    pub async fn assemble(parts: Parts, db: Db) -> Result<Self, CannotStart> {
        let api = Api::new(&ApiOptions {
            api_url: parts.api_url,
            bot_token: parts.bot_token,
            app_token: parts.app_token,
            timeout: REQUEST_TIMEOUT,
        })?;
        let me = who_are_we(&api).await?;
        let installation = Installation {
            team_id: me.team_id,
            bot_user_id: me.user_id,
            bot_id: me.bot_id,
            org_wide: me.is_enterprise_install,
        };
        let status = SocketStatus::new(parts.clock.clone());
        let ctx = Ctx {
            db,
            clock: parts.clock,
            ids: parts.ids,
            programme: Programme::new(parts.programme),
            same_manager: parts.same_manager,
            topics: KnownTopics::new(parts.topic_aliases),
            coordinators: parts.coordinators,
            installation,
            sends_mail: parts.office.is_some(),
            bell: Notify::new(),
            words_changed: Notify::new(),
        };
        holidays::heed(&ctx, &parts.holiday_calendars).await?;
        topics::heed(&ctx).await?;
        let speaker = Arc::new(Speaker::new(Arc::new(ctx), api, parts.settle).posting(parts.office));
        let ears = Arc::new(Ears::new(speaker.clone()));
        Ok(Self {
            speaker,
            status,
            ears,
            holiday_calendars: parts.holiday_calendars.into(),
            directory: Arc::new(parts.directory),
        })
    }

    /// Listens to Slack until told to stop.
    ///
    /// # Errors
    /// When connecting again is pointless until a person acts.
    pub async fn listen(&self, stop: CancellationToken) -> Result<(), Stopped> {
        let options = SocketOptions::new(self.speaker.ctx.ids.below(u64::MAX));
        let done = keep_open(self.speaker.api.clone(), self.ears.clone(), options, self.status.clone(), stop).await;
        if tokio::time::timeout(FINISHING, self.ears.finish()).await.is_err() {
            tracing::warn!("somebody new could not be learnt in time before stopping");
        }
        done
    }

    /// Everything: listens, plans, delivers, learns who is here, serves health, until told to stop.
    ///
    /// # Errors
    /// When connecting again is pointless until a person acts, or the jobs ended without being told to: an app that only
    /// listens looks well and is not.
    pub async fn run(self, health_address: Option<SocketAddr>, stop: CancellationToken) -> Result<(), Ended> {
        if !self.speaker.ctx.db.is_shared()
            && let Err(failure) = recover::at_start(&self.speaker).await
        {
            tracing::error!(%failure, "what was in flight at the last end could not be looked at yet");
        }
        if let Err(failure) = departures::at_start(&self.speaker.ctx).await {
            tracing::error!(%failure, "who was gone at the last end could not be looked at yet");
        }
        let (speaker, stop_jobs, calendars) = (self.speaker.clone(), stop.clone(), self.holiday_calendars.clone());
        let mut jobs = tokio::spawn(async move {
            stop_jobs.run_until_cancelled(learn_holidays(&speaker.ctx, &calendars)).await;
            run::until_stopped(&speaker, &stop_jobs).await;
        });
        let beside = TaskTracker::new();
        let (speaker, stop_reading, calendars) = (self.speaker.clone(), stop.clone(), self.holiday_calendars.clone());
        beside.spawn(async move { holidays::until_stopped(&speaker.ctx, &calendars, &stop_reading).await });
        let (speaker, stop_learning) = (self.speaker.clone(), stop.clone());
        beside.spawn(stop_learning.run_until_cancelled_owned(async move { learn_everybody(&speaker).await }));
        let (speaker, stop_syncing, directory) = (self.speaker.clone(), stop.clone(), self.directory.clone());
        beside.spawn(async move { sync_directory::until_stopped(&speaker, &directory, &stop_syncing).await });
        let (ctx, stop_topics) = (self.speaker.ctx.clone(), stop.clone());
        beside.spawn(stop_topics.run_until_cancelled_owned(async move { topics::for_ever(&ctx).await }));
        if let Some(address) = health_address {
            let stops_letters = self.speaker.office.as_ref().is_some_and(Office::is_public);
            let health = Health { ctx: self.speaker.ctx.clone(), status: self.status.clone(), stops_letters };
            beside.spawn(stop.clone().run_until_cancelled_owned(health::serve(address, health)));
        }
        let ended = tokio::select! {
            ended = self.listen(stop.clone()) => ended.map_err(Ended::from),
            _ = &mut jobs => if stop.is_cancelled() { Ok(()) } else { Err(Ended::JobsStopped) },
        };
        stop.cancel();
        beside.close();
        let stopping = async {
            if !jobs.is_finished() {
                let _ = jobs.await;
            }
            beside.wait().await;
        };
        if tokio::time::timeout(STOPPING, stopping).await.is_err() {
            tracing::warn!("something did not end in time; what was in flight will be looked for at the next start");
        }
        self.speaker.ctx.db.close().await;
        ended
    }
}

/// Why a running app ended without being told to.
#[derive(Debug, thiserror::Error)]
pub enum Ended {
    /// Connecting again is pointless until a person acts.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Planning and delivering ended by themselves.
    #[error("planning and delivering stopped by themselves: this is a fault of the program")]
    JobsStopped,
}

/// Asks Slack who we are. While Slack cannot be reached, asks again: an app that starts before its network is up, or while
/// Slack is down, is no reason to wake anybody.
async fn who_are_we(api: &Api) -> Result<Identity, CannotStart> {
    let mut wait = FIRST_WAIT_FOR_SLACK;
    loop {
        match api.auth_test().await {
            Ok(identity) => return Ok(identity),
            Err(CallFailure::Refused { code, .. }) => return Err(CannotStart::BotToken(code)),
            Err(failure) => {
                tracing::warn!(%failure, "Slack cannot be reached; trying again in {} s", wait.as_secs());
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT_FOR_SLACK);
            }
        }
    }
}

/// Before anything is planned: calendars whose time has come are read, and everything is planned by what is set now.
async fn learn_holidays(ctx: &Ctx, calendars: &[HolidaySource]) {
    let learnt = async {
        holidays::tick(ctx, calendars).await?;
        holidays::look_at_everything_again(ctx).await
    };
    if let Err(failure) = learnt.await {
        tracing::error!(%failure, "holidays could not be looked at; those known are heeded");
    }
}

async fn learn_everybody(speaker: &Speaker) {
    if speaker.ctx.installation.org_wide {
        // The list would be one of each workspace of the organisation; everybody who uses the app turns up by themselves.
        tracing::info!("installed for an organisation: people are learnt as they turn up");
        return;
    }
    match learn::everybody(speaker).await {
        Ok(people) => tracing::info!(people, "learnt who is here"),
        Err(failure) => tracing::warn!(%failure, "could not learn who is here; people are learnt as they turn up"),
    }
}
