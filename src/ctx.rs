//! What every handler and every job is given: the database, time, randomness and the programme's settings.
//!
//! Owns: putting these together. Must not: hold anything that talks to Slack.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::domain::coordinators::Coordinators;
use crate::domain::days_off::DaysOff;
use crate::domain::org_chart::SameManager;
use crate::domain::topics::KnownTopics;
use crate::domain::working_time::WorkingTime;
use crate::ids::Ids;
use crate::store::db::Db;

/// What every handler and every job is given.
#[derive(Debug)]
pub struct Ctx {
    /// Where everything is kept.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// Where identifiers come from.
    pub ids: Arc<Ids>,
    /// Working days and hours of the programme; see [`Ctx::programme`].
    pub programme: Programme,
    /// What holds for two people with the same direct manager.
    pub same_manager: SameManager,
    /// The programme's thesaurus, and the topics read with it.
    pub topics: KnownTopics,
    /// Who runs the programme.
    pub coordinators: Coordinators,
    /// Where this app is installed.
    pub installation: Installation,
    /// Letters go out by e-mail; else mentees forward them.
    pub sends_mail: bool,
    /// Rung when there may be something to deliver.
    pub bell: Notify,
    /// Rung when a coordinator has changed which words mean the same.
    pub words_changed: Notify,
}

/// Working days and hours of the programme: what is set, without the holidays known by now.
#[derive(Debug)]
pub struct Programme {
    set: WorkingTime,
    now: RwLock<Arc<WorkingTime>>,
}

impl Programme {
    /// What is set, before any calendar of holidays was read.
    pub fn new(set: WorkingTime) -> Self {
        let now = RwLock::new(Arc::new(set.clone()));
        Self { set, now }
    }

    /// From now on these days are off, beside those that are set. Returns whether that is a change.
    pub fn take_off(&self, holidays: &DaysOff) -> bool {
        let changed = Arc::new(self.set.without(holidays));
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        let is_change = *now != changed;
        *now = changed;
        is_change
    }
}

/// Where this app is installed, as Slack told it at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// The workspace, or one of an organisation's.
    pub team_id: String,
    /// The app's own user.
    pub bot_user_id: String,
    /// The app's own bot id, found on the messages it wrote.
    pub bot_id: Option<String>,
    /// Installed for a whole organisation of workspaces.
    pub org_wide: bool,
}

impl Ctx {
    /// The time now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Working days and hours of the programme at this moment; zones are people's own.
    pub fn programme(&self) -> Arc<WorkingTime> {
        self.programme.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
