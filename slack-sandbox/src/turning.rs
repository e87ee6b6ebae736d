//! Turning the clock: step by step through everything that is due on the way, so that each thing happens at its own
//! moment. What is due is the app's and the scheduled messages' to say.

use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
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
    /// Why the turn ended before its aim, as a sentence.
    pub cut: Option<String>,
}

/// A turn that is under way.
pub(crate) struct Turning {
    /// Somebody wants it to end at the next step.
    pub(crate) stop: bool,
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
    /// Further than 370 days.
    #[error("one turn goes at most 370 days ahead")]
    TooFar,
    /// Nothing to turn to.
    #[error("nothing is due within the next 370 days")]
    NothingDue,
    /// `{"next": false}`.
    #[error(
        "\"next\" can only be true; to turn by something else say {{\"minutes\": 60}} or {{\"to\": \"2026-03-02T10:00:00Z\"}}"
    )]
    NotNext,
    /// The sandbox stopped meanwhile.
    #[error("the workspace was stopped while the clock was turned")]
    BrokenOff,
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

/// Turns the clock, in a task of its own: whoever asked may leave meanwhile. Turns wait for each other.
pub(crate) async fn turn(shared: &Shared, aim: Turn) -> Result<Turned, TurnFailure> {
    let task = tokio::spawn(run(shared.clone(), aim));
    task.await.unwrap_or(Err(TurnFailure::BrokenOff))
}

async fn run(shared: Shared, aim: Turn) -> Result<Turned, TurnFailure> {
    let clockwork = shared.lock().options.clockwork.clone().ok_or(TurnFailure::NotTurnable)?;
    let _alone = shared.turning.lock().await;
    let from = clockwork.now();
    let goal = goal(from, aim)?;
    let before = {
        let mut world = shared.lock();
        world.turning = Some(Turning { stop: false });
        world.changes.note(Change::Clock);
        world.newest_ts()
    };
    let walked = walk(&shared, &clockwork, (goal, matches!(aim, Turn::Next(_))), &before).await;
    let next = next(&shared, &clockwork).await;
    let mut world = shared.lock();
    world.turning = None;
    world.changes.note(Change::Clock);
    let cut = walked?;
    Ok(Turned { from, to: clockwork.now(), happened: world.happened_after(&before), next, cut })
}

fn goal(from: DateTime<Utc>, aim: Turn) -> Result<DateTime<Utc>, TurnFailure> {
    let backwards = || TurnFailure::Backwards(from.to_rfc3339_opts(SecondsFormat::Secs, true));
    let goal = match aim {
        Turn::Next(true) => from + FURTHEST,
        Turn::Next(false) => return Err(TurnFailure::NotNext),
        Turn::Minutes(minutes) => TimeDelta::try_minutes(minutes)
            .and_then(|ahead| from.checked_add_signed(ahead))
            .ok_or_else(|| if minutes < 0 { backwards() } else { TurnFailure::TooFar })?,
        Turn::To(moment) => moment,
    };
    if goal < from - ONE_CLICK {
        return Err(backwards());
    }
    if goal - from > FURTHEST {
        return Err(TurnFailure::TooFar);
    }
    Ok(goal.max(from))
}

/// Goes from due moment to due moment; says why it ended early, if it did.
async fn walk(
    shared: &Shared,
    clockwork: &Arc<dyn Clockwork>,
    (goal, until_something): (DateTime<Utc>, bool),
    before: &str,
) -> Result<Option<String>, TurnFailure> {
    for step in 0..MOST_STEPS {
        let due = next(shared, clockwork).await.map(|due| due.max(clockwork.now() + LEAST_STEP));
        match due.filter(|due| *due <= goal) {
            Some(due) => clockwork.turn_to(due).await,
            None if until_something && step == 0 => return Err(TurnFailure::NothingDue),
            None if until_something => return Ok(None),
            None => {
                clockwork.turn_to(goal).await;
                return Ok(None);
            }
        }
        let mut world = shared.lock();
        world.changes.note(Change::Clock);
        if until_something && !world.happened_after(before).is_empty() {
            return Ok(None);
        }
        if world.turning.as_ref().is_some_and(|turning| turning.stop) {
            return Ok(Some("Stopped on the way, as asked.".to_owned()));
        }
    }
    Ok(Some(format!("Stopped after {MOST_STEPS} steps: the app names more moments than one turn goes through.")))
}

impl World {
    /// Lets the turn that is under way end at its next step; false when there is none.
    pub(crate) fn stop_turning(&mut self) -> bool {
        match &mut self.turning {
            Some(turning) => {
                turning.stop = true;
                true
            }
            None => false,
        }
    }
}
