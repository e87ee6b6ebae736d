//! Who runs the programme: a list that whoever installs the app writes.
//!
//! Owns: who is on it. Must not: know what they may do (see `permissions`).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::people::{Person, Standing};

/// The coordinators, by Slack user id. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coordinators(Arc<BTreeSet<Box<str>>>);

impl FromIterator<Box<str>> for Coordinators {
    fn from_iter<I: IntoIterator<Item = Box<str>>>(user_ids: I) -> Self {
        Self(Arc::new(user_ids.into_iter().collect()))
    }
}

impl Coordinators {
    /// Whether a user id is on the list; what kind of account it is, [`Coordinators::include`] asks besides.
    pub fn list(&self, user_id: &str) -> bool {
        self.0.contains(user_id)
    }

    /// Whether somebody runs the programme: a full member who is on the list.
    pub fn include(&self, person: &Person) -> bool {
        person.standing == Standing::Member && !person.deactivated && self.list(&person.slack.user_id)
    }
}
