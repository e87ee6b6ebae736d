//! Whose eyes look: their time zone, today's date, and the names behind ids.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::world::World;

/// One person's view of the workspace at one moment.
pub(crate) struct Eye {
    pub(crate) zone: Tz,
    pub(crate) now: DateTime<Utc>,
    handles: HashMap<String, String>,
    channels: HashMap<String, String>,
}

impl Eye {
    pub(crate) fn of(world: &World, user: &str) -> Self {
        Self {
            zone: world.person(user).map_or(Tz::UTC, crate::people::Person::zone),
            now: world.now(),
            handles: world.people.iter().map(|person| (person.id.clone(), person.handle.clone())).collect(),
            channels: world.conversations.iter().map(|found| (found.id.clone(), found.name.clone())).collect(),
        }
    }

    /// `@handle` of an id; an id nobody has stays readable as itself.
    pub(crate) fn mention(&self, id: &str) -> String {
        format!("@{}", self.handles.get(id).map_or(id, String::as_str))
    }

    /// `#name` of a channel id.
    pub(crate) fn channel(&self, id: &str) -> String {
        format!("#{}", self.channels.get(id).map_or(id, String::as_str))
    }
}
