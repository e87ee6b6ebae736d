//! Why something a person did comes to nothing, and what they are told.

use crate::domain::permissions::Refused;
use crate::slack::blocks::Markup;
use crate::store::failure::StoreFailure;
use crate::surfaces::answer::Answer;

/// Why something comes to nothing.
#[derive(Debug)]
pub enum Failure {
    /// Not theirs, or not there: the same answer.
    Refused,
    /// Slack told us twice; it was done the first time.
    SeenBefore,
    /// Somebody we have not heard of, by user id: ask Slack, then do it again.
    Unknown(String),
    /// The database.
    Store(StoreFailure),
    /// The database did not answer in time.
    TooSlow,
}

impl From<Refused> for Failure {
    fn from(_: Refused) -> Self {
        Self::Refused
    }
}

impl From<StoreFailure> for Failure {
    fn from(failure: StoreFailure) -> Self {
        Self::Store(failure)
    }
}

impl Failure {
    /// What the person is told. The failure itself is logged by whoever calls this, once.
    pub fn answer(&self) -> Answer {
        match self {
            Self::Refused => Answer::notice(Markup::words("That is not here, or not yours.")),
            Self::SeenBefore => Answer::Nothing,
            Self::Unknown(_) => Answer::notice(Markup::words(
                "Slack does not show me that person. I can only work with people of this workspace.",
            )),
            Self::TooSlow => Answer::Trouble(
                "That took too long on my side, and I cannot tell whether it was saved. Look in a moment whether it was; if not, try again.",
            ),
            Self::Store(failure) if failure.is_passing() => Answer::Trouble(
                "I could not save that just now. Nothing is lost or half done; please try again in a moment.",
            ),
            Self::Store(_) => Answer::Trouble(
                "Something is wrong on my side and that was not saved. Please tell whoever runs this app; nothing you wrote was lost.",
            ),
        }
    }
}
