//! When the next call may go out, so that Slack never has to say no.
//!
//! Owns: one message a second in a conversation, a workspace-wide rate of messages that feels for Slack's cap, the tiers
//! of the other methods, and every `Retry-After`. Pure: works on given instants. Must not: wait, call, read a clock.

mod bucket;

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use self::bucket::Bucket;
use super::method::Method;

/// Between two messages in one conversation.
const CONVERSATION_GAP: TimeDelta = TimeDelta::seconds(1);

/// Messages a minute in the whole workspace: Slack says "several hundred" and no more.
const FIRST_RATE: f64 = 300.0;
const LOWEST_RATE: f64 = 30.0;
const HIGHEST_RATE: f64 = 400.0;

/// Messages a minute won by each accepted one: back from half to full in a minute or so of steady sending.
const RATE_STEP: f64 = 1.0;

/// Messages that may go out at once after a silence.
const MESSAGE_BURST: f64 = 3.0;

/// A `Retry-After` beyond this is taken for a mistake.
const LONGEST_HOLD: TimeDelta = TimeDelta::hours(1);

/// How many conversations are remembered before those that may be written to again are forgotten.
const REMEMBERED_CONVERSATIONS: usize = 128;

/// The pace of one workspace. Memory is bounded: a conversation is forgotten soon after it may be written to again.
#[derive(Debug)]
pub struct Pace {
    conversations: HashMap<String, DateTime<Utc>>,
    messages: Bucket,
    tiers: HashMap<Method, Bucket>,
    held: HashMap<Method, Hold>,
}

/// A `Retry-After`.
#[derive(Clone, Copy, Debug)]
struct Hold {
    until: DateTime<Utc>,
    length: TimeDelta,
}

impl Default for Pace {
    fn default() -> Self {
        Self::new()
    }
}

impl Pace {
    /// As after a long silence.
    pub fn new() -> Self {
        Self {
            conversations: HashMap::new(),
            messages: Bucket::new(FIRST_RATE, MESSAGE_BURST),
            tiers: HashMap::new(),
            held: HashMap::new(),
        }
    }

    /// Takes permission for one call now. `conversation` matters for messages only.
    ///
    /// # Errors
    /// The instant before which asking again is useless; nothing has been taken then.
    pub fn permit(
        &mut self,
        method: Method,
        conversation: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), DateTime<Utc>> {
        let held = self.held_until(method, now);
        let free = self.conversation_free_at(method, conversation, now);
        let bucket = match (method, method.calls_a_minute()) {
            (Method::ChatPostMessage, _) => Some(&mut self.messages),
            (_, Some(calls)) => Some(self.tiers.entry(method).or_insert_with(|| Bucket::of_tier(calls))),
            (_, None) => None,
        };
        let filled = bucket.as_ref().and_then(|bucket| bucket.ready_at(now));
        if let Some(not_before) = [held, free, filled].into_iter().flatten().max() {
            return Err(not_before);
        }
        if let Some(bucket) = bucket {
            bucket.take(now);
        }
        if let (Method::ChatPostMessage, Some(conversation)) = (method, conversation) {
            self.remember(conversation, now);
        }
        Ok(())
    }

    /// Takes a permit of one conversation alone, for a message that has the workspace's already.
    ///
    /// # Errors
    /// The moment before which nothing may go there.
    pub fn permit_in(&mut self, conversation: &str, now: DateTime<Utc>) -> Result<(), DateTime<Utc>> {
        if let Some(not_before) = self.conversation_free_at(Method::ChatPostMessage, Some(conversation), now) {
            return Err(not_before);
        }
        self.remember(conversation, now);
        Ok(())
    }

    /// Whether Slack has said to leave this method alone for now. For what cannot wait, and is better asked than not: a
    /// modal's trigger dies in three seconds, and the tier is Slack's guess, not its refusal.
    ///
    /// # Errors
    /// The instant before which asking again is useless.
    pub fn open_to(&self, method: Method, now: DateTime<Utc>) -> Result<(), DateTime<Utc>> {
        self.held_until(method, now).map_or(Ok(()), Err)
    }

    /// Slack took a call: messages may go a little faster.
    pub fn accepted(&mut self, method: Method, now: DateTime<Utc>) {
        if method == Method::ChatPostMessage && self.held_until(method, now).is_none() {
            let faster = (self.messages.a_minute() + RATE_STEP).min(HIGHEST_RATE);
            self.messages.set_rate(faster, now);
        }
    }

    /// Slack said "too fast" (429): nothing of that method for as long as it says, in any conversation, since Slack does
    /// not say whether one conversation or the workspace was the matter; and messages half as fast after it.
    pub fn rate_limited(&mut self, method: Method, retry_after: std::time::Duration, now: DateTime<Utc>) {
        let length =
            TimeDelta::from_std(retry_after).unwrap_or(LONGEST_HOLD).clamp(TimeDelta::seconds(1), LONGEST_HOLD);
        let held = self.held_until(method, now);
        // Calls that were under way together are refused together; that is one lesson, not several.
        if method == Method::ChatPostMessage && held.is_none() {
            let slower = (self.messages.a_minute() / 2.0).max(LOWEST_RATE);
            self.messages.set_rate(slower, now);
            self.messages.empty(now);
        }
        let until = held.map_or(now + length, |until| until.max(now + length));
        self.held.insert(method, Hold { until, length: until - now });
    }

    /// Messages a minute that are thought to be safe now.
    pub fn messages_a_minute(&self) -> f64 {
        self.messages.a_minute()
    }

    /// How many conversations are remembered.
    pub fn remembered_conversations(&self) -> usize {
        self.conversations.len()
    }

    fn held_until(&self, method: Method, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        // A clock that was set back must not hold a method for longer than Slack asked.
        self.held.get(&method).map(|hold| hold.until.min(now + hold.length)).filter(|until| *until > now)
    }

    fn conversation_free_at(
        &self,
        method: Method,
        conversation: Option<&str>,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        if method != Method::ChatPostMessage {
            return None;
        }
        let free_at = *self.conversations.get(conversation?)?;
        Some(free_at.min(now + CONVERSATION_GAP)).filter(|free_at| *free_at > now)
    }

    fn remember(&mut self, conversation: &str, now: DateTime<Utc>) {
        if self.conversations.len() >= REMEMBERED_CONVERSATIONS {
            self.conversations.retain(|_, free_at| *free_at > now);
        }
        self.conversations.insert(conversation.to_owned(), now + CONVERSATION_GAP);
    }
}
