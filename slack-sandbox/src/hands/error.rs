//! Why somebody could not do what a test asked.

use crate::envelopes::Unanswered;

/// Why a person's action did not work. The message says what the person saw instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandsError {
    /// What was asked for is not on the screen.
    #[error("{0}")]
    NotSeen(String),
    /// Slack (its client or server) refuses.
    #[error("{0}")]
    Refused(String),
    /// The app answered with something Slack does not take; the client says that it had trouble connecting.
    #[error("{0}")]
    BadAnswer(String),
    /// The app did not acknowledge within 3 s; Slack shows `operation_timeout`.
    #[error("{0}: the app did not acknowledge within 3 s (operation_timeout)")]
    OperationTimeout(String),
    /// The app has no live Socket Mode connection.
    #[error("{0}: the app has no live Socket Mode connection")]
    NoConnection(String),
    /// Nothing came within the time a person waits.
    #[error("{0}")]
    WaitedInVain(String),
}

impl HandsError {
    pub(crate) fn unanswered(what: &str, unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::NoConnection => Self::NoConnection(what.to_owned()),
            Unanswered::Timeout => Self::OperationTimeout(what.to_owned()),
        }
    }
}
