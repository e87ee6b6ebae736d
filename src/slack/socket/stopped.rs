//! Why connecting is given up.
//!
//! Owns: the reasons only a person can mend, in words that person can use. Must not: hold a token or an address.

use crate::slack::api::CallFailure;

/// Connecting again is pointless until a person acts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// Socket Mode is off.
    #[error("Slack says that Socket Mode is switched off: switch it on under Settings, Socket Mode of the app's page")]
    LinkDisabled,
    /// The app-level token is no good.
    #[error(
        "Slack refuses the app-level token ({0}): make one (xapp-…) with the scope connections:write under Basic \
         Information, App-Level Tokens of the app's page"
    )]
    BadToken(String),
    /// A connection's keeper died of a fault of its own.
    #[error("a connection's keeper failed: this is a fault of the program")]
    Broken,
}

impl Stopped {
    /// `None` if trying again may help.
    pub(super) fn by(failure: &CallFailure) -> Option<Self> {
        let code = failure.code()?;
        match code {
            "socket_mode_not_enabled" | "socket_mode_disabled" | "link_disabled" => Some(Self::LinkDisabled),
            code if failure.is_about_installation() => Some(Self::BadToken(code.to_owned())),
            _ => None,
        }
    }
}
