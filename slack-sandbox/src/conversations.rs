//! Conversations of the workspace: direct messages, group direct messages, channels, and who is in them.
//! It knows who may be brought together; it posts nothing.

use chrono::DateTime;
use chrono::Utc;
use serde_json::{Value, json};

use crate::changes::Change;
use crate::people::PersonKind;
use crate::residents::BOT_USER;
use crate::world::World;

/// What kind of conversation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConversationKind {
    /// The bot and one person, two people, or one person's notes.
    Direct,
    /// The bot and two to eight people, or three to nine people.
    Group,
    /// A public channel.
    Public,
    /// A private channel.
    Private,
}

impl ConversationKind {
    /// The prefix of the scopes that reach this kind.
    pub(crate) fn scope_family(self) -> &'static str {
        match self {
            Self::Direct => "im",
            Self::Group => "mpim",
            Self::Public => "channels",
            Self::Private => "groups",
        }
    }

    /// The word `types` uses.
    pub(crate) fn type_name(self) -> &'static str {
        match self {
            Self::Direct => "im",
            Self::Group => "mpim",
            Self::Public => "public_channel",
            Self::Private => "private_channel",
        }
    }

    /// The word `channel_type` of message events uses.
    pub(crate) fn channel_type(self) -> &'static str {
        match self {
            Self::Direct => "im",
            Self::Group => "mpim",
            Self::Public => "channel",
            Self::Private => "group",
        }
    }
}

/// One conversation.
#[derive(Clone, Debug)]
pub(crate) struct Conversation {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: ConversationKind,
    /// Everybody in it, the bot included when it is.
    pub(crate) members: Vec<String>,
    pub(crate) created: DateTime<Utc>,
    pub(crate) open: bool,
}

impl Conversation {
    pub(crate) fn has(&self, user: &str) -> bool {
        self.members.iter().any(|member| member == user)
    }

    /// Whether the app is in it.
    pub(crate) fn has_app(&self) -> bool {
        self.has(BOT_USER)
    }

    /// What a slash command calls it.
    pub(crate) fn command_name(&self) -> &str {
        match self.kind {
            ConversationKind::Direct => "directmessage",
            ConversationKind::Private => "privategroup",
            ConversationKind::Public | ConversationKind::Group => &self.name,
        }
    }

    /// The people beside the bot.
    pub(crate) fn others(&self) -> Vec<String> {
        self.members.iter().filter(|member| *member != BOT_USER).cloned().collect()
    }

    /// The channel object of `conversations.*`.
    pub(crate) fn object(&self, team_id: &str) -> Value {
        let kind = self.kind;
        let mut object = json!({
            "id": self.id, "created": self.created.timestamp(), "is_archived": false,
            "is_im": kind == ConversationKind::Direct, "is_mpim": kind == ConversationKind::Group,
            "is_channel": kind == ConversationKind::Public,
            "is_group": matches!(kind, ConversationKind::Group | ConversationKind::Private),
            "is_private": kind != ConversationKind::Public, "is_org_shared": false, "is_ext_shared": false,
            "context_team_id": team_id, "updated": self.created.timestamp_millis(), "is_open": self.open,
        });
        if kind == ConversationKind::Direct {
            object["user"] = json!(self.others().first());
            object["is_user_deleted"] = json!(false);
            object["priority"] = json!(0);
        } else {
            object["name"] = json!(self.name);
            object["name_normalized"] = json!(self.name);
            object["is_member"] = json!(self.has(BOT_USER));
            object["creator"] = json!(BOT_USER);
            object["topic"] = json!({"value": "", "creator": "", "last_set": 0});
            object["purpose"] = json!({"value": "", "creator": "", "last_set": 0});
            object["num_members"] = json!(self.members.len());
        }
        object
    }
}

impl World {
    pub(crate) fn conversation(&self, id: &str) -> Option<&Conversation> {
        self.conversations.iter().find(|conversation| conversation.id == id)
    }

    /// The conversation of the bot with one person, created when missing.
    pub(crate) fn direct(&mut self, user: &str) -> String {
        let found = self.conversations.iter().find(|conversation| {
            conversation.kind == ConversationKind::Direct && conversation.has_app() && conversation.has(user)
        });
        if let Some(conversation) = found {
            return conversation.id.clone();
        }
        let id = format!("D{}", user.get(1..).unwrap_or(user));
        self.add_conversation(id, "directmessage", ConversationKind::Direct, vec![user.to_owned()])
    }

    /// The conversation of the bot with exactly these people, created when missing.
    pub(crate) fn together(&mut self, users: &[String]) -> String {
        if let [user] = users {
            return self.direct(user);
        }
        let mut wanted: Vec<String> = users.to_vec();
        wanted.sort();
        let found = self.conversations.iter().find(|conversation| {
            let mut others = conversation.others();
            others.sort();
            conversation.kind == ConversationKind::Group && conversation.has_app() && others == wanted
        });
        if let Some(conversation) = found {
            return conversation.id.clone();
        }
        let handles: Vec<String> = users
            .iter()
            .filter_map(|user| self.person(user))
            .map(|person| person.handle.clone())
            .chain([self.bot_names().0.to_owned()])
            .collect();
        let id = self.id("G");
        self.add_conversation(id, &format!("mpdm-{}-1", handles.join("--")), ConversationKind::Group, users.to_vec())
    }

    /// The conversation of exactly these people without the app, created when missing. Of one alone: the notes.
    pub(crate) fn gather(&mut self, users: &[String]) -> String {
        let mut wanted: Vec<String> = users.to_vec();
        wanted.sort();
        let found = self.conversations.iter().find(|conversation| {
            let mut members = conversation.members.clone();
            members.sort();
            matches!(conversation.kind, ConversationKind::Direct | ConversationKind::Group) && members == wanted
        });
        if let Some(conversation) = found {
            return conversation.id.clone();
        }
        let handles: Vec<&str> =
            users.iter().filter_map(|user| self.person(user)).map(|person| person.handle.as_str()).collect();
        let (prefix, name, kind) = if users.len() > 2 {
            ("G", format!("mpdm-{}-1", handles.join("--")), ConversationKind::Group)
        } else {
            ("D", "directmessage".to_owned(), ConversationKind::Direct)
        };
        let id = self.id(prefix);
        let id = self.add_conversation(id, &name, kind, wanted);
        self.leave_app_out(&id);
        id
    }

    /// Whether the app's methods know a conversation at all.
    pub(crate) fn app_sees(&self, id: &str) -> bool {
        self.conversation(id).is_some_and(|found| found.has_app() || found.kind == ConversationKind::Public)
    }

    fn leave_app_out(&mut self, id: &str) {
        if let Some(conversation) = self.conversations.iter_mut().find(|conversation| conversation.id == id) {
            conversation.members.retain(|member| member != BOT_USER);
        }
    }

    /// Adds a channel without the bot in it.
    pub(crate) fn add_channel(&mut self, name: &str, private: bool, members: Vec<String>) -> String {
        if let Some(known) = self.conversations.iter().find(|conversation| conversation.name == name) {
            return known.id.clone();
        }
        let kind = if private { ConversationKind::Private } else { ConversationKind::Public };
        let id = self.id("C");
        let id = self.add_conversation(id, name, kind, members);
        self.leave_app_out(&id);
        id
    }

    fn add_conversation(&mut self, id: String, name: &str, kind: ConversationKind, users: Vec<String>) -> String {
        let created = self.now();
        let members = users.into_iter().chain([BOT_USER.to_owned()]).collect();
        self.changes.note(Change::Conversations);
        self.conversations.push(Conversation {
            id: id.clone(),
            name: name.to_owned(),
            kind,
            members,
            created,
            open: true,
        });
        id
    }

    /// Why Slack would not bring the bot together with these people.
    pub(crate) fn cannot_meet(&self, users: &[String]) -> Option<&'static str> {
        if users.len() > 8 {
            return Some("too_many_users");
        }
        for user in users {
            let Some(person) = self.person(user) else {
                return Some("user_not_found");
            };
            if person.is_deactivated() {
                return Some("user_disabled");
            }
            if person.is_bot() {
                return Some("cannot_dm_bot");
            }
            if person.kind == PersonKind::Stranger && !person.shared {
                return Some(if users.len() == 1 { "user_not_visible" } else { "invalid_user_combination" });
            }
        }
        if users.len() > 1 && self.has_stranger(users) && !self.share_a_channel(users) {
            return Some("invalid_user_combination");
        }
        None
    }

    fn has_stranger(&self, users: &[String]) -> bool {
        users.iter().filter_map(|user| self.person(user)).any(|person| person.kind == PersonKind::Stranger)
    }

    /// Whether there is a channel with all of them in it.
    fn share_a_channel(&self, users: &[String]) -> bool {
        let is_channel = |kind| matches!(kind, ConversationKind::Public | ConversationKind::Private);
        let mut channels = self.conversations.iter().filter(|found| is_channel(found.kind));
        channels.any(|channel| users.iter().all(|user| channel.has(user)))
    }

    /// The refusal that was ordered for these people, or for a group with all of those it was ordered for.
    pub(crate) fn kept_apart(&self, users: &[String]) -> Option<&str> {
        let holds_all = |apart: &&(Vec<String>, String)| users.len() > 1 && apart.0.iter().all(|id| users.contains(id));
        self.apart.iter().find(holds_all).map(|(_, error)| error.as_str())
    }
}
