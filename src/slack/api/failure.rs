//! What a failed call leaves behind: nothing for certain, or doubt.
//!
//! Owns: the classification everything that must be delivered once depends on. Must not: carry an answer's body, a
//! request's content or an address: only Slack's error code, checked, and words of our own.

use std::error::Error as _;
use std::time::Duration;

use hyper_util::client::legacy::Error as HyperError;
use slack_morphism::errors::SlackClientError;

use crate::slack::method::Method;

/// A success whose body is not what it should be.
pub(super) const MADE_NO_SENSE: &str = "the answer made no sense";

/// How long to wait when Slack limits a method without saying for how long.
const UNTOLD_RETRY_AFTER: Duration = Duration::from_secs(30);

/// A `Retry-After` beyond this is taken for a mistake.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(3_600);

/// Codes that say something about the token or the installation, not about what was asked for: Slack will answer every
/// call like that until a person acts, and none of them like that afterwards.
const ABOUT_INSTALLATION: [&str; 16] = [
    "access_denied",
    "account_inactive",
    "app_access_restricted",
    "ekm_access_denied",
    "enterprise_is_restricted",
    "forbidden_team",
    "invalid_auth",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "org_login_required",
    "team_access_not_granted",
    "team_disabled",
    "token_expired",
    "token_revoked",
];

/// Codes under which Slack may have done some of the work, or that say nothing about it.
const DOUBTFUL: [&str; 6] =
    ["fatal_error", "internal_error", "request_timeout", "service_unavailable", "team_added_to_org", "unknown_error"];

/// Codes that mean "too fast" though the answer's status does not.
const LIMITED: [&str; 4] = ["message_limit_exceeded", "rate_limited", "rate_limit_exceeded", "ratelimited"];

/// Why a call did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallFailure {
    /// Slack said no; nothing was done.
    #[error("Slack refused {method}: {code}")]
    Refused {
        /// What was called.
        method: Method,
        /// Slack's error code: lower-case letters, digits and underscores.
        code: String,
    },
    /// Too fast; nothing was done.
    #[error("Slack limits {method} for {} s", retry_after.as_secs())]
    RateLimited {
        /// What was called; the limit holds for it only.
        method: Method,
        /// How long to leave it alone.
        retry_after: Duration,
    },
    /// No request reached Slack; nothing was done.
    #[error("{method} was not sent: {why}")]
    NotSent {
        /// What was to be called.
        method: Method,
        /// In our words.
        why: &'static str,
    },
    /// Nobody knows whether it was done.
    #[error("whether {method} was done is unknown: {why}")]
    Uncertain {
        /// What was called.
        method: Method,
        /// In our words.
        why: &'static str,
    },
}

impl CallFailure {
    /// What was called.
    pub fn method(&self) -> Method {
        match self {
            Self::Refused { method, .. }
            | Self::RateLimited { method, .. }
            | Self::NotSent { method, .. }
            | Self::Uncertain { method, .. } => *method,
        }
    }

    /// Slack's error code, if it refused.
    pub fn code(&self) -> Option<&str> {
        if let Self::Refused { code, .. } = self { Some(code) } else { None }
    }

    /// Whether Slack refuses the token or the installation, not what was asked for.
    pub fn is_about_installation(&self) -> bool {
        self.code().is_some_and(|code| ABOUT_INSTALLATION.contains(&code))
    }

    pub(super) fn uncertain(method: Method, why: &'static str) -> Self {
        Self::Uncertain { method, why }
    }

    pub(super) fn not_sent(method: Method, why: &'static str) -> Self {
        Self::NotSent { method, why }
    }

    /// Reads the client's error without ever printing it: its text holds bodies.
    pub(super) fn of_client(method: Method, error: &SlackClientError) -> Self {
        match error {
            SlackClientError::ApiError(refusal) => Self::of_code(method, &refusal.code),
            SlackClientError::RateLimitError(limit) => {
                let retry_after = limit.retry_after.unwrap_or(UNTOLD_RETRY_AFTER).min(LONGEST_RETRY_AFTER);
                Self::RateLimited { method, retry_after }
            }
            SlackClientError::HttpProtocolError(failure) => {
                let cause = failure.cause.as_deref().and_then(|cause| cause.downcast_ref::<HyperError>());
                match cause {
                    Some(cause) if cause.is_connect() => Self::not_sent(method, why_no_connection(cause)),
                    Some(_) => Self::uncertain(method, "the connection broke"),
                    None => Self::uncertain(method, "the exchange failed"),
                }
            }
            SlackClientError::HttpError(answer) if answer.status_code.is_server_error() => {
                Self::uncertain(method, "Slack answered with a server error")
            }
            SlackClientError::HttpError(_) => Self::uncertain(method, "Slack answered with an unexpected status"),
            SlackClientError::ProtocolError(_) => Self::uncertain(method, MADE_NO_SENSE),
            SlackClientError::EndOfStream(_) | SlackClientError::SystemError(_) => {
                Self::uncertain(method, "the answer broke off")
            }
            SlackClientError::SocketModeProtocolError(_) => Self::uncertain(method, "the exchange failed"),
        }
    }

    fn of_code(method: Method, code: &str) -> Self {
        let proper = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if code.is_empty() || code.len() > 80 || !code.bytes().all(proper) {
            Self::uncertain(method, "Slack answered with an error code that is none")
        } else if LIMITED.contains(&code) {
            Self::RateLimited { method, retry_after: UNTOLD_RETRY_AFTER }
        } else if DOUBTFUL.contains(&code) {
            Self::uncertain(method, "Slack failed inside")
        } else {
            Self::Refused { method, code: code.to_owned() }
        }
    }
}

/// Tells encryption from the rest, which is where an installer looks next.
fn why_no_connection(error: &HyperError) -> &'static str {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.downcast_ref::<rustls::Error>().is_some() {
            return "no encrypted connection could be made";
        }
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if inner.is_some_and(|inner| inner.downcast_ref::<rustls::Error>().is_some()) {
            return "no encrypted connection could be made";
        }
        cause = error.source();
    }
    "no connection could be made"
}
