//! Typing commands and messages, and opening the app's Home.

use std::time::Duration;

use serde_json::{Value, json};

use crate::conversations::ConversationKind;
use crate::envelopes::{Outgoing, exchange};
use crate::events::deliver;
use crate::messages::Draft;
use crate::people::{Person, PersonKind};
use crate::residents::{BOT_USER, SLACKBOT};
use crate::seen::{SeenMessage, SeenView};
use crate::world::World;

use super::encoding::{encoded, pieces};
use super::{Hands, HandsError};

/// How long somebody looks at Home before believing it.
const HOME_PATIENCE: Duration = Duration::from_secs(2);

/// Longest message, in characters.
const LONGEST: usize = 40_000;
/// Why nobody can send a text.
fn sendable(text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("no_text: an empty message is not sent".to_owned());
    }
    match text.chars().count() {
        length if length > LONGEST => Err(format!("msg_too_long: {length} characters, at most {LONGEST} are taken")),
        _ => Ok(()),
    }
}

impl Hands {
    /// Types in the app's direct message: `/command text` is a slash command, anything else a message. Where the
    /// manifest turns messages to the app off, commands are typed in the person's own notes, as nobody can type to
    /// the app then.
    /// `@handle` and `#channel` become Slack's tokens. Returns what the acknowledgement of a command made
    /// appear.
    ///
    /// # Errors
    /// `Refused` for strangers' commands (Slack does not offer them), commands the manifest does not name, messages
    /// the manifest turns off, deactivated people and answers Slack does not take; `OperationTimeout`,
    /// `NoConnection`.
    pub async fn types(&self, text: &str) -> Result<Vec<SeenMessage>, HandsError> {
        let channel = {
            let mut world = self.shared.lock();
            let closed = world.options.manifest.as_ref().is_some_and(|manifest| !manifest.takes_messages());
            // Where nobody can type to the app, commands are typed in one's own notes.
            if closed && text.starts_with('/') {
                world.gather(std::slice::from_ref(&self.id))
            } else {
                world.direct(&self.id)
            }
        };
        self.types_in(&channel, text).await
    }

    /// Types in any conversation this person is in: `/command text` is a slash command, anything else a message.
    /// Returns what the acknowledgement of a command made appear.
    ///
    /// # Errors
    /// As `types`; also `Refused` where this person is not.
    pub async fn types_in(&self, channel: &str, text: &str) -> Result<Vec<SeenMessage>, HandsError> {
        if text.starts_with('/') {
            self.commands(channel, text).await
        } else {
            self.says_in(channel, text, None).await.map(|_| Vec::new())
        }
    }

    /// Why this person cannot type in a conversation.
    pub(crate) fn check_inside(&self, world: &World, channel: &str) -> Result<(), HandsError> {
        self.check_active(world)?;
        if world.conversation(channel).is_none_or(|found| !found.has(&self.id)) {
            return Err(HandsError::Refused(format!("{} is not in {channel}", self.name)));
        }
        Ok(())
    }

    async fn commands(&self, channel: &str, line: &str) -> Result<Vec<SeenMessage>, HandsError> {
        let (command, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let what = format!("{} typed {line:?}", self.name);
        let (payload, to) = {
            let mut world = self.shared.lock();
            self.check_inside(&world, channel)?;
            if self.id == SLACKBOT || world.person(&self.id).is_some_and(Person::is_bot) {
                return Err(HandsError::Refused(format!("{} is a bot, and bots type no commands", self.name)));
            }
            if world.person(&self.id).is_some_and(|person| person.kind == PersonKind::Stranger) {
                return Err(HandsError::Refused(format!(
                    "{command} is not a valid command: {} is of another workspace",
                    self.name
                )));
            }
            let known = world.options.manifest.as_ref().map(|manifest| manifest.command(command));
            if matches!(known, Some(None)) {
                return Err(HandsError::Refused(format!("{command} is not a valid command")));
            }
            let escapes = known.flatten().is_none_or(|command| command.should_escape);
            let text = if escapes { encoded(&world, rest.trim(), true) } else { rest.trim().to_owned() };
            world.slash_command(&self.id, channel, command, &text)
        };
        let outgoing = Outgoing { kind: "slash_commands", payload, accepts_payload: true, retry: None };
        let answer =
            exchange(&self.shared, outgoing).await.map_err(|unanswered| HandsError::unanswered(&what, unanswered))?;
        if answer.is_null() || answer.as_object().is_some_and(serde_json::Map::is_empty) || answer.as_str() == Some("")
        {
            return Ok(Vec::new());
        }
        let mut world = self.shared.lock();
        match world.reply(&to, &answer, "acknowledgement") {
            Ok(message) => Ok(message.iter().map(|message| world.see_message(&self.id, message)).collect()),
            // What exactly is wrong is a violation in the log; who typed it reads no JSON.
            Err(refusal) => {
                Err(HandsError::BadAnswer(format!("{command} failed with the error \"{}\"", refusal.error)))
            }
        }
    }

    /// Writes a message in a conversation this person is in, as a reply when a thread is named. The app hears of
    /// it where it is a member, as `message` and, outside direct messages, as `app_mention` when it is mentioned.
    /// Returns the message's timestamp. What begins with a slash is a command here, too: the timestamp is that of its
    /// answer then, and empty without one.
    ///
    /// # Errors
    /// `Refused` where this person is not, for messages the manifest turns off, empty or too long ones, commands in
    /// threads and without such a thread; `OperationTimeout`, `NoConnection` when the app should hear and does not.
    pub async fn says_in(&self, channel: &str, text: &str, thread_ts: Option<&str>) -> Result<String, HandsError> {
        if text.starts_with('/') {
            if thread_ts.is_some() {
                let command = text.split_whitespace().next().unwrap_or(text);
                return Err(HandsError::Refused(format!("{command} is not supported in threads. Sorry!")));
            }
            let seen = self.commands(channel, text).await?;
            return Ok(seen.into_iter().next().map(|message| message.ts).unwrap_or_default());
        }
        sendable(text).map_err(HandsError::Refused)?;
        let (ts, payloads) = {
            let mut world = self.shared.lock();
            self.check_inside(&world, channel)?;
            let Some(conversation) = world.conversation(channel).cloned() else {
                return Err(HandsError::Refused(format!("{} is not in {channel}", self.name)));
            };
            let direct = conversation.kind == ConversationKind::Direct;
            let closed = world.options.manifest.as_ref().is_some_and(|manifest| !manifest.takes_messages());
            if closed && direct && conversation.has_app() {
                return Err(HandsError::Refused("Sending messages to this app has been turned off.".to_owned()));
            }
            let parent = thread_ts.map(|ts| world.thread_root(channel, ts).map(|parent| parent.user.clone()));
            if matches!(parent, Some(None)) {
                return Err(HandsError::Refused(format!(
                    "there is no message {} to reply to",
                    thread_ts.unwrap_or("")
                )));
            }
            let text = encoded(&world, text, false);
            let mut blocks = json!([{"type": "rich_text", "elements": [
                {"type": "rich_text_section", "elements": pieces(&text)},
            ]}]);
            world.name_blocks(&mut blocks);
            let mentioned = text.contains(&format!("<@{BOT_USER}>")) && !direct;
            let thread_ts = thread_ts.map(str::to_owned);
            let draft = Draft { text, blocks, thread_ts, sender: Some(self.id.clone()), ..Draft::default() };
            let message = world.post(channel, draft);
            let mut payloads = Vec::new();
            if conversation.has_app() {
                let mut event = world.message_object(&message, false);
                let number = world.next();
                event["client_msg_id"] = json!(format!("00000000-0000-4000-9000-{number:012x}"));
                event["channel"] = json!(channel);
                event["event_ts"] = json!(message.ts);
                if let Some(user) = parent.flatten() {
                    event["parent_user_id"] = json!(user);
                }
                let mut mention = event.clone();
                event["channel_type"] = json!(conversation.kind.channel_type());
                payloads.push(world.wrap_event(event));
                if mentioned {
                    mention["type"] = json!("app_mention");
                    payloads.push(world.wrap_event(mention));
                }
            }
            (message.ts, payloads)
        };
        let what = format!("{} wrote a message", self.name);
        for payload in payloads {
            deliver(&self.shared, payload).await.map_err(|unanswered| HandsError::unanswered(&what, unanswered))?;
        }
        Ok(ts)
    }

    /// Opens the app's Home, waits up to 2 s for the app to publish anew, and returns what is there then.
    ///
    /// # Errors
    /// `WaitedInVain` when nothing was ever published; `Refused` when the manifest has no Home; `OperationTimeout`,
    /// `NoConnection`.
    pub async fn opens_home(&self) -> Result<SeenView, HandsError> {
        let before = self.home().map_or(0, |view| view.version);
        let payload = {
            let mut world = self.shared.lock();
            self.check_active(&world)?;
            if world.options.manifest.as_ref().is_some_and(|manifest| !manifest.home_tab) {
                return Err(HandsError::Refused("the app has no Home tab".to_owned()));
            }
            let channel = world.direct(&self.id);
            let mut event = json!({"type": "app_home_opened", "user": self.id, "channel": channel, "tab": "home"});
            if let Some(view) = world.home(&self.id) {
                event["view"] = view.object(&world.options.team_id);
            }
            world.wrap_event(event)
        };
        let what = format!("{} opened Home", self.name);
        deliver(&self.shared, payload).await.map_err(|unanswered| HandsError::unanswered(&what, unanswered))?;
        let newer = |hands: &Self| hands.home().filter(|view| view.version > before);
        match self.wait_at_most(HOME_PATIENCE, "Home", newer).await {
            Ok(view) => Ok(view),
            Err(error) => self.home().ok_or(error),
        }
    }

    /// Opens the app's messages tab (`app_home_opened` with tab `messages`).
    ///
    /// # Errors
    /// `Refused` when the manifest has no such tab; `OperationTimeout`, `NoConnection`.
    pub async fn opens_messages(&self) -> Result<(), HandsError> {
        let payload: Value = {
            let mut world = self.shared.lock();
            self.check_active(&world)?;
            if world.options.manifest.as_ref().is_some_and(|manifest| !manifest.messages_tab) {
                return Err(HandsError::Refused("the app has no Messages tab".to_owned()));
            }
            let channel = world.direct(&self.id);
            world.wrap_event(json!({"type": "app_home_opened", "user": self.id, "channel": channel, "tab": "messages"}))
        };
        let what = format!("{} opened the messages tab", self.name);
        deliver(&self.shared, payload).await.map_err(|unanswered| HandsError::unanswered(&what, unanswered))
    }
}
