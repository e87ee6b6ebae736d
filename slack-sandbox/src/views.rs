//! Views: modals, their stacks, Homes, and what people have filled in. It stores; the rules about who
//! may open what are the Web API's.

use serde_json::{Map, Value, json};

use crate::block_kit::Surface;
use crate::changes::Change;
use crate::residents::{APP, BOT};
use crate::world::World;

/// A view somebody has or had in front of them.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) id: String,
    pub(crate) user: String,
    pub(crate) surface: Surface,
    /// As the app gave it, with block and action ids.
    pub(crate) body: Map<String, Value>,
    /// `state.values`.
    pub(crate) values: Value,
    pub(crate) hash: String,
    pub(crate) root: String,
    pub(crate) previous: Option<String>,
    /// Complaints the app answered a submission with, by block id.
    pub(crate) errors: Map<String, Value>,
    /// How often it was published or updated.
    pub(crate) version: u64,
    /// A client has submitted it and waits for the app's answer.
    pub(crate) in_flight: bool,
}

impl View {
    pub(crate) fn field(&self, name: &str) -> Value {
        self.body.get(name).cloned().unwrap_or(Value::Null)
    }

    pub(crate) fn blocks(&self) -> Value {
        self.field("blocks")
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.body.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    pub(crate) fn external_id(&self) -> String {
        self.body.get("external_id").and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// The view object of answers and payloads.
    pub(crate) fn object(&self, team_id: &str) -> Value {
        let modal = self.surface == Surface::Modal;
        let mut object = json!({
            "id": self.id, "team_id": team_id, "type": if modal { "modal" } else { "home" },
            "blocks": self.blocks(),
            "private_metadata": self.body.get("private_metadata").cloned().unwrap_or_else(|| json!("")),
            "callback_id": self.body.get("callback_id").cloned().unwrap_or_else(|| json!("")),
            "state": {"values": self.values}, "hash": self.hash,
            "title": if modal { self.field("title") } else { json!({"type": "plain_text", "text": "View Title", "emoji": true}) },
            "clear_on_close": self.flag("clear_on_close"), "notify_on_close": self.flag("notify_on_close"),
            "close": self.field("close"), "submit": self.field("submit"), "previous_view_id": self.previous,
            "root_view_id": self.root, "app_id": APP, "external_id": self.external_id(),
            "app_installed_team_id": team_id, "bot_id": BOT,
        });
        if modal {
            object["submit_disabled"] = json!(self.flag("submit_disabled"));
        }
        object
    }
}

impl World {
    pub(crate) fn view(&self, id: &str) -> Option<&View> {
        self.views.iter().find(|view| view.id == id)
    }

    /// A view that is about to change.
    pub(crate) fn view_mut(&mut self, id: &str) -> Option<&mut View> {
        self.note_view(id);
        self.views.iter_mut().find(|view| view.id == id)
    }

    /// The modal in front of somebody.
    pub(crate) fn top_modal(&self, user: &str) -> Option<&View> {
        let id = self.stacks.get(user)?.last()?;
        self.view(id)
    }

    /// Somebody's Home.
    pub(crate) fn home(&self, user: &str) -> Option<&View> {
        self.view(self.homes.get(user)?)
    }

    /// Whether a modal is in front of somebody or below.
    pub(crate) fn stands(&self, user: &str, id: &str) -> bool {
        self.stacks.get(user).is_some_and(|stack| stack.iter().any(|open| open == id))
    }

    /// Whether a view is in front of or below somebody's top modal, or is their Home.
    pub(crate) fn is_open(&self, id: &str) -> bool {
        self.stacks.values().flatten().any(|open| open == id) || self.homes.values().any(|open| open == id)
    }

    /// A new view in no stack yet.
    pub(crate) fn new_view(
        &mut self,
        user: &str,
        surface: Surface,
        body: Map<String, Value>,
        root: Option<(String, String)>,
    ) -> String {
        let id = self.id("V");
        let (root, previous) = match root {
            Some((root, previous)) => (root, Some(previous)),
            None => (id.clone(), None),
        };
        let values = crate::state::initial_values(body.get("blocks").unwrap_or(&Value::Null));
        let hash = self.view_hash();
        self.views.push(View {
            id: id.clone(),
            user: user.to_owned(),
            surface,
            body,
            values,
            hash,
            root,
            previous,
            errors: Map::new(),
            version: 1,
            in_flight: false,
        });
        id
    }

    /// Replaces a view's body; what was filled in stays where block and action ids are the same.
    pub(crate) fn replace_view(&mut self, id: &str, body: Map<String, Value>) {
        let hash = self.view_hash();
        let Some(view) = self.view_mut(id) else {
            return;
        };
        let fresh = crate::state::initial_values(body.get("blocks").unwrap_or(&Value::Null));
        view.values = crate::state::carried(&view.values, fresh);
        view.body = body;
        view.hash = hash;
        view.errors = Map::new();
        view.version += 1;
    }

    fn view_hash(&mut self) -> String {
        let number = self.next();
        format!("{}.{number:08x}", self.now().timestamp())
    }

    /// Takes the top modal away, or all of them.
    pub(crate) fn close_modals(&mut self, user: &str, all: bool) {
        self.changes.note(Change::Modals(user.to_owned()));
        if let Some(stack) = self.stacks.get_mut(user) {
            if all {
                stack.clear();
            } else {
                stack.pop();
            }
        }
    }
}
