//! A person as Slack describes them.
//!
//! Owns: reading Slack's user object. Must not: decide who belongs; a stranger may lack every mark of one.

use std::fmt;

use serde::{Deserialize, Deserializer};

use crate::slack::length;

/// Somebody with a Slack account.
#[derive(Clone, PartialEq, Eq)]
pub struct SlackPerson {
    /// The workspace the account belongs to; empty if Slack names none.
    pub team_id: String,
    /// The account; begins with U, or with W in an organisation.
    pub user_id: String,
    /// What the person wants to be called: display name, else real name, else account name.
    pub name: String,
    /// IANA name, if Slack knows it.
    pub time_zone: Option<String>,
    /// Language tag, if Slack tells it: `en-GB`.
    pub locale: Option<String>,
    /// What kind of account.
    pub kind: PersonKind,
    /// Slack says the account is of another organisation. `false` does not prove the contrary: compare `team_id`.
    pub is_stranger: bool,
    /// Whether the account is switched off.
    pub deactivated: bool,
    /// Only with the scope `users:read.email`, and not always then.
    pub email: Option<String>,
    /// The title in their profile, if they wrote one.
    pub title: Option<String>,
}

/// What kind of account somebody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonKind {
    /// A full member.
    Member,
    /// A guest in several channels.
    Guest,
    /// A guest in one channel.
    SingleChannelGuest,
    /// An app, a workflow or Slackbot.
    Bot,
}

impl fmt::Debug for SlackPerson {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SlackPerson")
            .field("team_id", &self.team_id)
            .field("user_id", &self.user_id)
            .field("name", &length::of(&self.name))
            .field("kind", &self.kind)
            .field("is_stranger", &self.is_stranger)
            .field("deactivated", &self.deactivated)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct RawPerson {
    id: String,
    #[serde(default)]
    team_id: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    real_name: Option<String>,
    #[serde(default)]
    tz: Option<String>,
    #[serde(default)]
    locale: Option<String>,
    #[serde(default)]
    deleted: Option<bool>,
    #[serde(default)]
    is_bot: Option<bool>,
    #[serde(default)]
    is_workflow_bot: Option<bool>,
    #[serde(default)]
    is_restricted: Option<bool>,
    #[serde(default)]
    is_ultra_restricted: Option<bool>,
    #[serde(default)]
    is_stranger: Option<bool>,
    #[serde(default)]
    profile: Option<RawProfile>,
}

#[derive(Default, Deserialize)]
struct RawProfile {
    #[serde(default)]
    display_name: Option<String>,
    #[serde(default)]
    real_name: Option<String>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    team: Option<String>,
    #[serde(default)]
    title: Option<String>,
}

impl<'de> Deserialize<'de> for SlackPerson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        RawPerson::deserialize(deserializer).map(Self::from)
    }
}

impl From<RawPerson> for SlackPerson {
    fn from(raw: RawPerson) -> Self {
        let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let yes = |flag: Option<bool>| flag == Some(true);
        let profile = raw.profile.unwrap_or_default();
        // Slackbot's own account says that it is not a bot.
        let kind = if raw.id == "USLACKBOT" || yes(raw.is_bot) || yes(raw.is_workflow_bot) {
            PersonKind::Bot
        } else if yes(raw.is_ultra_restricted) {
            PersonKind::SingleChannelGuest
        } else if yes(raw.is_restricted) {
            PersonKind::Guest
        } else {
            PersonKind::Member
        };
        let name = filled(profile.display_name).or(filled(profile.real_name)).or(filled(raw.real_name));
        Self {
            team_id: raw.team_id.or(profile.team).unwrap_or_default(),
            name: name.or(filled(raw.name)).unwrap_or_default(),
            user_id: raw.id,
            time_zone: filled(raw.tz),
            locale: filled(raw.locale),
            kind,
            is_stranger: yes(raw.is_stranger),
            deactivated: yes(raw.deleted),
            email: filled(profile.email),
            title: filled(profile.title),
        }
    }
}
