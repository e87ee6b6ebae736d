//! Events the app subscribes to.
//!
//! Owns: which of them we know, and whose they are. Must not: act on them.

use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::frame::label;
use super::{Sender, SlackPerson};
use crate::slack::length;

/// An event with what Slack says about its delivery.
#[derive(Clone, Debug)]
pub struct EventEnvelope {
    /// The same at each delivery of one event.
    pub event_id: String,
    /// The workspace it happened in; some events of an organisation name none.
    pub team_id: Option<String>,
    /// What happened.
    pub event: Event,
}

/// What happened.
#[derive(Clone)]
pub enum Event {
    /// Somebody opened the app's Home tab.
    HomeOpened {
        /// Who.
        sender: Sender,
    },
    /// Somebody's profile changed, deactivation included.
    PersonChanged {
        /// As the person is now.
        user: SlackPerson,
    },
    /// Somebody joined the workspace.
    PersonJoined {
        /// The new person.
        user: SlackPerson,
    },
    /// Somebody, not an app, wrote to the app.
    DirectMessage {
        /// Who.
        sender: Sender,
        /// The conversation.
        channel_id: String,
        /// A person's words; empty if only a file.
        text: String,
    },
    /// The app's bot token is no longer valid.
    TokensRevoked,
    /// The app was removed from the workspace.
    AppUninstalled,
    /// Anything else, or an event whose shape we could not read.
    Other {
        /// Slack's name of it, cut to 64 plain characters.
        kind: String,
    },
}

impl Event {
    /// The person who did it, if the event tells.
    pub fn sender(&self) -> Option<&Sender> {
        match self {
            Self::HomeOpened { sender } | Self::DirectMessage { sender, .. } => Some(sender),
            Self::PersonChanged { .. }
            | Self::PersonJoined { .. }
            | Self::TokensRevoked
            | Self::AppUninstalled
            | Self::Other { .. } => None,
        }
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HomeOpened { sender } => formatter.debug_struct("HomeOpened").field("sender", sender).finish(),
            Self::PersonChanged { user } => formatter.debug_struct("PersonChanged").field("user", user).finish(),
            Self::PersonJoined { user } => formatter.debug_struct("PersonJoined").field("user", user).finish(),
            Self::DirectMessage { sender, channel_id, text } => formatter
                .debug_struct("DirectMessage")
                .field("sender", sender)
                .field("channel_id", channel_id)
                .field("text", &length::of(text))
                .finish(),
            Self::TokensRevoked => formatter.write_str("TokensRevoked"),
            Self::AppUninstalled => formatter.write_str("AppUninstalled"),
            Self::Other { kind } => formatter.debug_struct("Other").field("kind", kind).finish(),
        }
    }
}

#[derive(Deserialize)]
struct RawCallback<'a> {
    #[serde(default)]
    event_id: Option<String>,
    #[serde(default)]
    team_id: Option<String>,
    #[serde(default)]
    authorizations: Option<Vec<RawAuthorization>>,
    #[serde(borrow)]
    event: &'a RawValue,
}

#[derive(Deserialize)]
struct RawAuthorization {
    #[serde(default)]
    team_id: Option<String>,
}

#[derive(Deserialize)]
struct RawKind {
    #[serde(rename = "type")]
    kind: String,
}

/// Of a message or an opened Home tab.
#[derive(Deserialize)]
struct RawByPerson {
    #[serde(default)]
    user: Option<String>,
    #[serde(default)]
    user_team: Option<String>,
    #[serde(default)]
    team: Option<String>,
    #[serde(default)]
    tab: Option<String>,
    #[serde(default)]
    channel: Option<String>,
    #[serde(default)]
    channel_type: Option<String>,
    #[serde(default)]
    subtype: Option<String>,
    #[serde(default)]
    bot_id: Option<String>,
    #[serde(default)]
    text: Option<String>,
}

#[derive(Deserialize)]
struct RawAboutPerson {
    user: SlackPerson,
}

#[derive(Deserialize)]
struct RawRevoked {
    #[serde(default)]
    tokens: Option<RawTokens>,
}

#[derive(Deserialize)]
struct RawTokens {
    #[serde(default)]
    bot: Option<Vec<String>>,
}

/// `None` if there is no event with a `type`.
pub(super) fn parse(payload: &RawValue) -> Option<EventEnvelope> {
    let callback: RawCallback<'_> = serde_json::from_str(payload.get()).ok()?;
    let RawKind { kind } = serde_json::from_str(callback.event.get()).ok()?;
    let team_id = callback.team_id.or_else(|| {
        callback.authorizations.and_then(|all| all.into_iter().find_map(|authorization| authorization.team_id))
    });
    let event = known(&kind, callback.event.get(), team_id.as_deref());
    Some(EventEnvelope {
        event_id: callback.event_id.unwrap_or_default(),
        team_id,
        event: event.unwrap_or_else(|| Event::Other { kind: label(&kind) }),
    })
}

fn known(kind: &str, event: &str, team_id: Option<&str>) -> Option<Event> {
    match kind {
        "app_home_opened" => {
            let raw: RawByPerson = serde_json::from_str(event).ok()?;
            // The messages tab reports its opening under the same name.
            let home = raw.tab.as_deref().is_none_or(|tab| tab == "home");
            let sender = raw.sender(team_id)?;
            home.then_some(Event::HomeOpened { sender })
        }
        "message" => {
            let raw: RawByPerson = serde_json::from_str(event).ok()?;
            // Edits, deletions, joins and what apps say arrive as messages too, each with a subtype.
            let spoken = matches!(raw.subtype.as_deref(), None | Some("file_share")) && raw.bot_id.is_none();
            if !spoken || raw.channel_type.as_deref() != Some("im") {
                return None;
            }
            let sender = raw.sender(team_id)?;
            Some(Event::DirectMessage { sender, channel_id: raw.channel?, text: raw.text.unwrap_or_default() })
        }
        "user_change" | "user_profile_changed" => {
            Some(Event::PersonChanged { user: serde_json::from_str::<RawAboutPerson>(event).ok()?.user })
        }
        "team_join" => Some(Event::PersonJoined { user: serde_json::from_str::<RawAboutPerson>(event).ok()?.user }),
        "tokens_revoked" => {
            let raw: RawRevoked = serde_json::from_str(event).ok()?;
            // Tokens of single people are none of ours.
            let ours = raw.tokens.is_none_or(|tokens| tokens.bot.is_some_and(|bots| !bots.is_empty()));
            ours.then_some(Event::TokensRevoked)
        }
        "app_uninstalled" => Some(Event::AppUninstalled),
        _ => None,
    }
}

impl RawByPerson {
    fn sender(&self, team_id: Option<&str>) -> Option<Sender> {
        let own = self.user_team.as_deref().or(self.team.as_deref());
        Some(Sender { team_id: own.or(team_id).unwrap_or_default().to_owned(), user_id: self.user.clone()? })
    }
}
