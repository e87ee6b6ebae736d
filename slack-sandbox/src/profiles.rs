//! Custom fields of profiles: which the workspace has, and what somebody has written there. Only
//! `users.profile.get` and `team.profile.get` show them, as in Slack; the rest of a profile is the people's room.

use serde_json::{Value, json};

use crate::people::Person;
use crate::world::World;

/// Id, label, type and hint of each field, in order of appearance.
const FIELDS: [(&str, &str, &str, &str); 2] = [
    ("Xf0MANAGER", "Manager", "user", "Whom you report to"),
    ("Xf0ASKME", "Ask me about", "text", "What others may ask you"),
];

impl World {
    /// What somebody has in a field; a manager as a user id.
    fn field_of(&self, person: &Person, id: &str) -> Option<String> {
        match id {
            "Xf0MANAGER" => self.person_by_handle(person.manager.as_deref()?).map(|manager| manager.id.clone()),
            _ => person.ask_me_about.clone(),
        }
    }

    /// The profile as `users.profile.get` returns it.
    pub(crate) fn profile(&self, person: &Person, with_email: bool, with_labels: bool) -> Value {
        let mut profile = person.profile(with_email);
        for (id, label, ..) in FIELDS {
            let Some(value) = self.field_of(person, id) else {
                continue;
            };
            let mut field = json!({"value": value, "alt": ""});
            if with_labels {
                field["label"] = json!(label);
            }
            profile["fields"][id] = field;
        }
        profile
    }

    /// What `team.profile.get` answers; none of the fields is hidden.
    pub(crate) fn team_profile(&self, visibility: &str) -> Value {
        let section = "Xs0ABOUT";
        let fields: Vec<Value> = FIELDS
            .iter()
            .enumerate()
            .filter(|_| visibility != "hidden")
            .map(|(ordering, (id, label, kind, hint))| {
                json!({
                    "id": id, "ordering": ordering, "field_name": "", "label": label, "hint": hint, "type": kind,
                    "possible_values": null, "options": {"is_scim": false, "is_protected": false},
                    "is_hidden": false, "is_inverse": false, "section_id": section,
                    "permissions": {"ui": true, "scim": false, "api": []},
                })
            })
            .collect();
        json!({"profile": {"fields": fields, "sections": [{
            "id": section, "team_id": self.options.team_id, "section_type": "custom", "label": "About me", "order": 1,
            "is_hidden": false,
        }]}})
    }
}
