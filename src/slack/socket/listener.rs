//! Who listens.
//!
//! Owns: the contract between the connections and the app. Must not: be more than that.

use crate::slack::inbound::Envelope;
use crate::slack::reply::{Follow, Reply};

/// What became of an envelope.
#[derive(Debug)]
pub enum Heard {
    /// It is dealt with; this is the answer.
    Reply(Reply),
    /// It could not be dealt with and is not acknowledged: Slack delivers an event again, and shows a person an error.
    Unanswered,
}

impl From<Reply> for Heard {
    fn from(reply: Reply) -> Self {
        Self::Reply(reply)
    }
}

/// The app behind the connections.
pub trait Listener: Send + Sync + 'static {
    /// Deals with one envelope, in a task of its own. Must not talk to Slack: the acknowledgement waits for it. It is
    /// dropped when it takes longer than [`hear_timeout`](super::SocketOptions::hear_timeout), and may panic; the
    /// envelope is not acknowledged then.
    fn hear(&self, envelope: Envelope) -> impl Future<Output = Heard> + Send;

    /// Does what had to wait for the acknowledgement, which has been written or, if its connection is gone, has failed.
    fn follow(&self, follow: Follow) -> impl Future<Output = ()> + Send;
}
