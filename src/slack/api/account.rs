//! Who we are, and the address of a Socket Mode connection.
//!
//! Owns: `auth.test`, `apps.connections.open`. Must not: keep what they answer.

use serde::Deserialize;
use serde_json::json;

use super::client::As;
use super::{Api, CallFailure};
use crate::slack::method::Method;

/// Whose bot token it is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Identity {
    /// The workspace.
    pub team_id: String,
    /// The app's bot user.
    pub user_id: String,
    /// The app's bot, as messages name it; absent for a person's token.
    #[serde(default)]
    pub bot_id: Option<String>,
    /// The organisation the workspace belongs to, if any.
    #[serde(default)]
    pub enterprise_id: Option<String>,
    /// Whether the app is installed in a whole organisation.
    #[serde(default)]
    pub is_enterprise_install: bool,
    /// The workspace's address; empty if Slack names none.
    #[serde(default)]
    pub url: String,
}

#[derive(Deserialize)]
struct Opened {
    url: String,
}

impl Api {
    /// Whose bot token ours is.
    ///
    /// # Errors
    /// See [`CallFailure`]; `Refused` with `invalid_auth` and the like means that the token is no good.
    pub async fn auth_test(&self) -> Result<Identity, CallFailure> {
        self.post(Method::AuthTest, As::Bot, &json!({})).await
    }

    /// An address for one Socket Mode connection, fit for one use. It is a secret: never log it.
    ///
    /// # Errors
    /// See [`CallFailure`]; also when Slack's address is encrypted and the connection's would not be.
    pub async fn open_connection(&self) -> Result<String, CallFailure> {
        let method = Method::AppsConnectionsOpen;
        let opened: Opened = self.post(method, As::App, &json!({})).await?;
        if self.is_encrypted() && !opened.url.starts_with("wss://") {
            return Err(CallFailure::uncertain(method, "the connection's address is not encrypted"));
        }
        Ok(opened.url)
    }
}
