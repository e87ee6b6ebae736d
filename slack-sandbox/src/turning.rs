//! Turning the clock: step by step through everything that is due on the way, so that each thing happens at its own
//! moment. What is due is the app's and the scheduled messages' to say.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::changes::Change;
use crate::clock::Clockwork;
use crate::conversations::Conversation;
use crate::messages::Message;
use crate::render::{Eye, mrkdwn};
use crate::world::{Shared, World};

/// The furthest one turn goes.
const FURTHEST: TimeDelta = TimeDelta::days(370);
/// The clock runs on while somebody reads it and asks for a moment.
const ONE_CLICK: TimeDelta = TimeDelta::seconds(5);
/// Most steps of one turn; more would mean that the app names moments without end.
const MOST_STEPS: usize = 5_000;
/// The least step, for an app that names a moment which has passed.
const LEAST_STEP: TimeDelta = TimeDelta::seconds(1);

/// Where to turn the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// To the next moment at which somebody gets a message.
    Next(bool),
    /// Ahead by minutes.
    Minutes(i64),
    /// To a moment.
    To(DateTime<Utc>),
}

/// A message that came while the clock was turned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Happening {
    /// When it came, by the workspace's clock.
    pub at: DateTime<Utc>,
    /// User id of the one who got it.
    pub person: String,
    /// The conversation it is in.
    pub channel: String,
    /// Its timestamp.
    pub ts: String,
    /// What the notification says.
    pub text: String,
}

/// How the clock was turned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Turned {
    /// Where it stood.
    pub from: DateTime<Utc>,
    /// Where it stands.
    pub to: DateTime<Utc>,
    /// What came on the way, oldest first.
    pub happened: Vec<Happening>,
    /// The next moment at which something is due, as far as is known.
    pub next: Option<DateTime<Utc>>,
}

/// Why the clock was not turned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TurnFailure {
    /// The sandbox follows a clock that is not its own.
    #[error("this workspace follows the machine's clock, which cannot be turned")]
    NotTurnable,
    /// Time does not run backwards: messages would come before those they answer.
    #[error("the clock stands at {0} and turns forward only")]
    Backwards(String),
    /// Further than [`FURTHEST`].
    #[error("one turn goes at most 370 days ahead")]
    TooFar,
    /// Nothing to turn to.
    #[error("nothing is due within the next 370 days")]
    NothingDue,
}

impl World {
    fn next_scheduled(&self) -> Option<DateTime<Utc>> {
        self.scheduled.iter().map(|scheduled| scheduled.post_at).min()
    }

    fn newest_ts(&self) -> String {
        self.messages.last().map(|message| message.ts.clone()).unwrap_or_default()
    }

    /// The app's messages after one, one entry for each person who got it.
    fn happened_after(&self, ts: &str) -> Vec<Happening> {
        let new = self.messages.iter().filter(|message| message.by_app && message.ts.as_str() > ts);
        new.flat_map(|message| self.receivers(message).into_iter().map(|person| self.happening(message, person)))
            .collect()
    }

    fn receivers(&self, message: &Message) -> Vec<String> {
        if let Some(only) = &message.ephemeral_to {
            return vec![only.clone()];
        }
        self.conversation(&message.channel).map(Conversation::others).unwrap_or_default()
    }

    fn happening(&self, message: &Message, person: String) -> Happening {
        let seconds = message.ts.split('.').next().and_then(|seconds| seconds.parse().ok()).unwrap_or_default();
        Happening {
            at: DateTime::from_timestamp(seconds, 0).unwrap_or_default(),
            channel: message.channel.clone(),
            ts: message.ts.clone(),
            text: mrkdwn(&message.text, &Eye::of(self, &person)),
            person,
        }
    }
}

/// When something is due next.
pub(crate) async fn next(shared: &Shared, clockwork: &Arc<dyn Clockwork>) -> Option<DateTime<Utc>> {
    let scheduled = shared.lock().next_scheduled();
    [clockwork.next().await, scheduled].into_iter().flatten().min()
}

/// Turns the clock. Turns wait for each other.
pub(crate) async fn turn(shared: &Shared, aim: Turn) -> Result<Turned, TurnFailure> {
    let clockwork = shared.lock().options.clockwork.clone().ok_or(TurnFailure::NotTurnable)?;
    let _alone = shared.turning.lock().await;
    let from = clockwork.now();
    let goal = match aim {
        Turn::Next(_) => from + FURTHEST,
        Turn::Minutes(minutes) => {
            TimeDelta::try_minutes(minutes).map(|ahead| from + ahead).ok_or(TurnFailure::TooFar)?
        }
        Turn::To(moment) => moment,
    };
    if goal < from - ONE_CLICK {
        return Err(TurnFailure::Backwards(from.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)));
    }
    let goal = goal.max(from);
    if goal - from > FURTHEST {
        return Err(TurnFailure::TooFar);
    }
    let before = shared.lock().newest_ts();
    let until_something = matches!(aim, Turn::Next(_));
    for _ in 0..MOST_STEPS {
        let due = next(shared, &clockwork).await.map(|due| due.max(clockwork.now() + LEAST_STEP));
        match due.filter(|due| *due <= goal) {
            Some(due) => clockwork.turn_to(due).await,
            None if until_something => return Err(TurnFailure::NothingDue),
            None => {
                clockwork.turn_to(goal).await;
                break;
            }
        }
        if until_something && !shared.lock().happened_after(&before).is_empty() {
            break;
        }
    }
    let next = next(shared, &clockwork).await;
    let mut world = shared.lock();
    world.changes.note(Change::Clock);
    Ok(Turned { from, to: clockwork.now(), happened: world.happened_after(&before), next })
}

#[cfg(test)]
mod tests {
    use super::Turn;

    #[test]
    fn a_turn_is_one_word_with_a_value() {
        let read = |text| serde_json::from_str::<Turn>(text).unwrap();
        assert_eq!(read(r#"{"next": true}"#), Turn::Next(true));
        assert_eq!(read(r#"{"minutes": 60}"#), Turn::Minutes(60));
        assert!(serde_json::from_str::<Turn>(r#"{"days": 1}"#).is_err());
    }
}
