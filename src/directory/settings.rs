//! Where the org chart comes from, as it is set.
//!
//! Owns: the settings and what counts as an address. Must not: print a token.

use std::fmt;

use chrono::TimeDelta;
use secrecy::SecretString;
use url::{Host, Url};

/// A SCIM 2.0 server.
#[derive(Clone)]
pub struct ScimServer {
    /// Where it is; `/Users` is below it.
    pub url: Url,
    /// What it lets us in with.
    pub token: SecretString,
}

impl ScimServer {
    /// An https address; http only of this machine itself, since the token travels along.
    pub fn parse(text: &str) -> Option<Url> {
        let mut url = Url::parse(text.trim_end_matches('/')).ok()?;
        let is_here = match url.host()? {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        };
        let safe = url.scheme() == "https" || (url.scheme() == "http" && is_here);
        // Whatever stands behind the path would go astray when the path is continued.
        url.set_query(None);
        url.set_fragment(None);
        safe.then_some(url)
    }
}

/// The host alone: an address may hold a secret.
impl fmt::Debug for ScimServer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}/…", self.url.scheme(), self.url.host_str().unwrap_or("?"))
    }
}

/// Where the org chart comes from.
#[derive(Clone, Debug)]
pub struct DirectorySettings {
    /// A SCIM 2.0 server.
    pub scim: Option<ScimServer>,
    /// Label or id of the field of Slack's profiles that names somebody's manager.
    pub manager_field: Option<String>,
    /// Between two readings.
    pub sync_every: TimeDelta,
}

impl DirectorySettings {
    /// Between two readings, unless it is set.
    pub const SYNC_EVERY: TimeDelta = TimeDelta::hours(24);
}

impl Default for DirectorySettings {
    fn default() -> Self {
        Self { scim: None, manager_field: None, sync_every: Self::SYNC_EVERY }
    }
}
