//! Trigger ids: each opens one modal within three real seconds.

use std::time::{Duration, Instant};

use crate::world::World;

/// How long a trigger lives.
const LIFE: Duration = Duration::from_secs(3);

/// One issued trigger.
pub(crate) struct Trigger {
    user: String,
    issued: Instant,
    used: bool,
}

impl World {
    /// A new trigger for a person's action.
    pub(crate) fn trigger(&mut self, user: &str) -> String {
        let number = self.next();
        let id = format!("{number}.{}.{:032x}", self.options.seed, number);
        let trigger = Trigger { user: user.to_owned(), issued: self.monotonic(), used: false };
        self.triggers.insert(id.clone(), trigger);
        id
    }

    /// Spends a trigger: whose it was, or Slack's error.
    pub(crate) fn spend_trigger(&mut self, id: &str) -> Result<String, &'static str> {
        let now = self.monotonic();
        let Some(trigger) = self.triggers.get_mut(id) else {
            self.violation("invalid_trigger", format!("trigger {id} was never issued"));
            return Err("invalid_trigger_id");
        };
        if trigger.used {
            self.violation("exchanged_trigger", format!("trigger {id} was used twice"));
            return Err("exchanged_trigger_id");
        }
        let age = now - trigger.issued;
        if age > LIFE {
            self.violation("expired_trigger", format!("trigger {id} was used after {} ms", age.as_millis()));
            return Err("expired_trigger_id");
        }
        trigger.used = true;
        Ok(trigger.user.clone())
    }
}
