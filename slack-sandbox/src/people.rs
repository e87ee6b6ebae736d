//! The people of the workspace: how tests describe them and how Slack shows them in `users.*`.
//! Who may be reached by whom is decided in the conversations room, not here.

use chrono::{DateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What somebody is to the workspace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonKind {
    /// A full member.
    #[default]
    Member,
    /// A multi-channel guest (`is_restricted`).
    Guest,
    /// A single-channel guest (`is_restricted` and `is_ultra_restricted`).
    SingleChannelGuest,
    /// Somebody of another workspace (Slack Connect): another `team_id`.
    Stranger,
    /// A deactivated account (`deleted`).
    Deactivated,
    /// Another app's bot.
    Bot,
}

/// A person to add to the workspace.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewPerson {
    /// The @handle, without the @.
    pub handle: String,
    /// The name people see.
    pub name: String,
    /// IANA time zone; Slack may not know it.
    #[serde(default)]
    pub tz: Option<String>,
    /// Shown only to apps with `users:read.email`.
    #[serde(default)]
    pub email: Option<String>,
    /// What this person is to the workspace.
    #[serde(default)]
    pub kind: PersonKind,
    /// The job title.
    #[serde(default)]
    pub title: Option<String>,
    /// Handle of the manager: a custom field of the profile.
    #[serde(default)]
    pub manager: Option<String>,
    /// What others may ask this person: a custom field of the profile.
    #[serde(default)]
    pub ask_me_about: Option<String>,
}

impl NewPerson {
    fn of(kind: PersonKind, handle: &str, name: &str, tz: &str) -> Self {
        let email = Some(format!("{handle}@example.com"));
        Self {
            handle: handle.to_owned(),
            name: name.to_owned(),
            tz: Some(tz.to_owned()),
            email,
            kind,
            title: None,
            manager: None,
            ask_me_about: None,
        }
    }

    /// A full member in an IANA time zone.
    pub fn member(handle: &str, name: &str, tz: &str) -> Self {
        Self::of(PersonKind::Member, handle, name, tz)
    }

    /// A multi-channel guest.
    pub fn guest(handle: &str, name: &str, tz: &str) -> Self {
        Self::of(PersonKind::Guest, handle, name, tz)
    }

    /// A single-channel guest.
    pub fn single_channel_guest(handle: &str, name: &str, tz: &str) -> Self {
        Self::of(PersonKind::SingleChannelGuest, handle, name, tz)
    }

    /// Somebody of another workspace.
    pub fn stranger(handle: &str, name: &str, tz: &str) -> Self {
        Self::of(PersonKind::Stranger, handle, name, tz)
    }

    /// A deactivated account.
    pub fn deactivated(handle: &str, name: &str, tz: &str) -> Self {
        Self::of(PersonKind::Deactivated, handle, name, tz)
    }

    /// Another app's bot.
    pub fn bot(handle: &str, name: &str) -> Self {
        Self { tz: None, email: None, ..Self::of(PersonKind::Bot, handle, name, "") }
    }

    /// With this address instead of the handle at example.com.
    #[must_use]
    pub fn with_email(self, email: &str) -> Self {
        Self { email: Some(email.to_owned()), ..self }
    }

    /// Without any address Slack knows.
    #[must_use]
    pub fn without_email(self) -> Self {
        Self { email: None, ..self }
    }

    /// With this job title.
    #[must_use]
    pub fn titled(self, title: &str) -> Self {
        Self { title: Some(title.to_owned()), ..self }
    }

    /// With the person of this handle as manager; somebody added later counts too.
    #[must_use]
    pub fn managed_by(self, handle: &str) -> Self {
        Self { manager: Some(handle.to_owned()), ..self }
    }

    /// With this under "Ask me about".
    #[must_use]
    pub fn asked_about(self, topics: &str) -> Self {
        Self { ask_me_about: Some(topics.to_owned()), ..self }
    }

    /// Without any time zone Slack knows.
    #[must_use]
    pub fn without_time_zone(self) -> Self {
        Self { tz: None, ..self }
    }
}

/// Somebody in the workspace.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) team_id: String,
    pub(crate) handle: String,
    pub(crate) name: String,
    pub(crate) tz: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) kind: PersonKind,
    pub(crate) title: Option<String>,
    /// A handle.
    pub(crate) manager: Option<String>,
    pub(crate) ask_me_about: Option<String>,
    /// A stranger who shares a channel with the workspace.
    pub(crate) shared: bool,
    pub(crate) updated: i64,
    /// The app's own bot user.
    pub(crate) own_bot: Option<String>,
}

impl Person {
    /// The zone this person reads times in; UTC when Slack knows none.
    pub(crate) fn zone(&self) -> Tz {
        self.tz.as_deref().and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC)
    }

    pub(crate) fn is_bot(&self) -> bool {
        self.kind == PersonKind::Bot
    }

    pub(crate) fn is_deactivated(&self) -> bool {
        self.kind == PersonKind::Deactivated
    }

    /// The profile as `users.list` and `users.info` return it: without custom fields.
    pub(crate) fn profile(&self, with_email: bool) -> Value {
        let first = self.name.split_whitespace().next().unwrap_or_default();
        let last = self.name.split_whitespace().skip(1).collect::<Vec<_>>().join(" ");
        let mut profile = json!({
            "title": self.title.as_deref().unwrap_or(""), "phone": "", "skype": "",
            "real_name": self.name, "real_name_normalized": self.name,
            "display_name": self.handle, "display_name_normalized": self.handle, "status_text_canonical": "",
            "status_emoji_display_info": [], "fields": {},
            "status_text": "", "status_emoji": "", "status_expiration": 0, "avatar_hash": "g0000000000",
            "first_name": first, "last_name": last,
            "team": self.team_id,
        });
        for size in [24, 32, 48, 72, 192, 512] {
            profile[format!("image_{size}")] = json!(format!("https://secure.gravatar.com/avatar/0.jpg?s={size}"));
        }
        if let (true, Some(email)) = (with_email, &self.email) {
            profile["email"] = json!(email);
        }
        if let Some(bot) = &self.own_bot {
            profile["bot_id"] = json!(bot);
        }
        profile
    }

    /// The user object as `users.info` and `users.list` return it.
    pub(crate) fn user(&self, now: DateTime<Utc>, with_email: bool) -> Value {
        let mut user = json!({
            "id": self.id, "team_id": self.team_id, "name": self.handle, "deleted": self.is_deactivated(),
            "profile": self.profile(with_email), "is_bot": self.is_bot(), "is_app_user": false,
            "updated": self.updated,
        });
        if self.is_deactivated() {
            return user;
        }
        let restricted = matches!(self.kind, PersonKind::Guest | PersonKind::SingleChannelGuest);
        let ultra = self.kind == PersonKind::SingleChannelGuest;
        for (key, value) in [
            ("real_name", json!(self.name)),
            ("color", json!("9f69e7")),
            ("is_admin", json!(false)),
            ("is_owner", json!(false)),
            ("is_primary_owner", json!(false)),
            ("is_restricted", json!(restricted)),
            ("is_ultra_restricted", json!(ultra)),
            ("is_email_confirmed", json!(true)),
            ("who_can_share_contact_card", json!("EVERYONE")),
        ] {
            user[key] = value;
        }
        if let Some(tz) = &self.tz {
            let offset = self.zone().offset_from_utc_datetime(&now.naive_utc()).fix().local_minus_utc();
            user["tz"] = json!(tz);
            user["tz_label"] = json!(tz.replace('_', " "));
            user["tz_offset"] = json!(offset);
        }
        if self.kind == PersonKind::Stranger {
            user["is_stranger"] = json!(!self.shared);
        }
        user
    }
}
