//! What a sandbox can be started with. It holds values only and must not do anything.

use std::time::Duration;

use std::sync::Arc;

use crate::clock::{Clockwork, WallClock, system_clock};
use crate::contracts;
use crate::manifest::AppManifest;
use crate::tour::TourStep;

/// How a sandbox starts. Everything has a default that suits a test.
#[derive(Clone)]
pub struct SandboxOptions {
    /// TCP port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// Wall time of the workspace; a test passes its own.
    pub clock: WallClock,
    /// A clock that the page and scripts can turn; when there is one, `clock` is not asked.
    pub clockwork: Option<Arc<dyn Clockwork>>,
    /// Steps the page offers to follow.
    pub tour: Vec<TourStep>,
    /// Seed of every random choice (which connection gets an envelope).
    pub seed: u64,
    /// Id of the workspace that installed the app.
    pub team_id: String,
    /// Org-wide install: payloads carry `"team": null` and `"is_enterprise_install": true`, people have `W` ids.
    pub enterprise_install: bool,
    /// Bot scopes granted. The default is every scope a method can ask for.
    pub scopes: Vec<String>,
    /// What the app says of itself: its names, commands, shortcuts, tabs, scopes (instead of `scopes`) and events.
    /// Without one every command and shortcut exists and every event is subscribed to, save those about the
    /// app's own messages.
    pub manifest: Option<AppManifest>,
    /// Refuse calls over Slack's documented rates (by the wall clock) with 429.
    pub strict_rate_limits: bool,
    /// When an unacknowledged event comes again: the waits before the first, second and third repetition.
    pub redelivery_delays: [Duration; 3],
    /// How often the server pings each Socket Mode connection.
    pub ping_every: Duration,
    /// How long after a `warning` the connection is really closed.
    pub warning_grace: Duration,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        Self {
            port: 0,
            clock: system_clock(),
            clockwork: None,
            tour: Vec::new(),
            seed: 1,
            team_id: "T0SANDBOX".to_owned(),
            enterprise_install: false,
            scopes: contracts::every_bot_scope(),
            manifest: None,
            strict_rate_limits: true,
            redelivery_delays: [Duration::ZERO, Duration::from_mins(1), Duration::from_mins(5)],
            ping_every: Duration::from_secs(5),
            warning_grace: Duration::from_secs(10),
        }
    }
}
