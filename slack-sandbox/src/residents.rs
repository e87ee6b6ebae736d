//! Who is in the workspace and under which ids and tokens. Ids come from handles so that they are the
//! same in every run.

use serde_json::json;

use crate::changes::Change;
use crate::people::{NewPerson, Person, PersonKind};
use crate::world::{ENTERPRISE, OTHER_TEAM, World};

/// Id of the app.
pub(crate) const APP: &str = "A0SANDBOX";
/// Bot id of the app.
pub(crate) const BOT: &str = "B0SANDBOX";
/// User id of the app's bot.
pub(crate) const BOT_USER: &str = "U0APPBOT0";
/// User id of Slackbot.
pub(crate) const SLACKBOT: &str = "USLACKBOT";
/// Handle of the bot of an app without manifest.
const BOT_HANDLE: &str = "app";
/// Name of an app without manifest.
const BOT_NAME: &str = "App";
/// Domain of the workspace.
pub(crate) const DOMAIN: &str = "sandbox";

impl World {
    /// The app's bot and Slackbot, who are in every workspace.
    pub(crate) fn add_residents(&mut self) {
        let team_id = self.options.team_id.clone();
        let updated = self.now().timestamp();
        let resident = |id: &str, handle: &str, name: &str, kind, own_bot| Person {
            id: id.to_owned(),
            team_id: team_id.clone(),
            handle: handle.to_owned(),
            name: name.to_owned(),
            tz: None,
            email: None,
            kind,
            title: None,
            manager: None,
            ask_me_about: None,
            shared: false,
            updated,
            own_bot,
        };
        let slackbot = resident(SLACKBOT, "slackbot", "Slackbot", PersonKind::Member, None);
        let names =
            self.options.manifest.as_ref().map(|manifest| (manifest.handle(), manifest.shown_name().to_owned()));
        let (handle, name) = names.unwrap_or_else(|| (BOT_HANDLE.to_owned(), BOT_NAME.to_owned()));
        let bot = resident(BOT_USER, &handle, &name, PersonKind::Bot, Some(BOT.to_owned()));
        self.people.extend([slackbot, bot]);
    }

    /// The handle and the name people see of the app's bot.
    pub(crate) fn bot_names(&self) -> (&str, &str) {
        self.person(BOT_USER).map_or((BOT_HANDLE, BOT_NAME), |bot| (bot.handle.as_str(), bot.name.as_str()))
    }

    pub(crate) fn app_token(&self) -> String {
        format!("xapp-1-{APP}-{}-sandbox", self.options.seed)
    }

    pub(crate) fn bot_token(&self) -> String {
        format!("xoxb-{}-{}-sandbox", self.options.team_id, self.options.seed)
    }

    pub(crate) fn configuration_token(&self) -> String {
        format!("xoxe.xoxp-{}-sandbox", self.options.seed)
    }

    /// Adds somebody, or returns the id of whoever has the handle already.
    pub(crate) fn add_person(&mut self, new: NewPerson) -> String {
        if let Some(known) = self.person_by_handle(&new.handle) {
            return known.id.clone();
        }
        let prefix = if self.options.enterprise_install { "W0" } else { "U0" };
        let letters: String =
            new.handle.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        let mut id = format!("{prefix}{letters:0<7}");
        while self.person(&id).is_some() {
            id = format!("{prefix}{letters}{:0>3}", self.next());
        }
        let stranger = new.kind == PersonKind::Stranger;
        let team_id = if stranger { OTHER_TEAM.to_owned() } else { self.options.team_id.clone() };
        let updated = self.now().timestamp();
        self.changes.note(Change::People);
        self.people.push(Person {
            id: id.clone(),
            team_id,
            handle: new.handle,
            name: new.name,
            tz: new.tz,
            email: new.email,
            kind: new.kind,
            title: new.title,
            manager: new.manager,
            ask_me_about: new.ask_me_about,
            shared: false,
            updated,
            own_bot: None,
        });
        id
    }

    pub(crate) fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    pub(crate) fn person_by_handle(&self, handle: &str) -> Option<&Person> {
        let handle = handle.trim_start_matches('@');
        self.people.iter().find(|person| person.handle == handle)
    }

    /// Changes somebody and returns the `user_change` event about it.
    pub(crate) fn change_person(
        &mut self,
        handle: &str,
        change: impl FnOnce(&mut Person),
    ) -> Option<serde_json::Value> {
        let now = self.now();
        let with_email = self.has_scope("users:read.email");
        let event_ts = self.ts();
        self.changes.note(Change::People);
        let person = self.people.iter_mut().find(|person| person.handle == handle)?;
        change(person);
        person.updated = now.timestamp();
        let user = person.user(now, with_email);
        Some(json!({
            "type": "user_change", "user": user, "cache_ts": now.timestamp(), "event_ts": event_ts,
        }))
    }

    /// `team` of an interaction: null for org-wide installs.
    pub(crate) fn team_object(&self) -> serde_json::Value {
        if self.options.enterprise_install {
            return serde_json::Value::Null;
        }
        json!({"id": self.options.team_id, "domain": DOMAIN})
    }

    /// `enterprise` of an interaction.
    pub(crate) fn enterprise_object(&self) -> serde_json::Value {
        if !self.options.enterprise_install {
            return serde_json::Value::Null;
        }
        json!({"id": ENTERPRISE, "name": "Sandbox Org"})
    }
}
