//! Shortcuts: global ones and those beside a message. Which exist is the manifest's word.

use crate::manifest::ShortcutKind;
use crate::people::PersonKind;
use crate::world::World;

use super::{Hands, HandsError};

impl Hands {
    /// Uses the global shortcut with this name. Without a manifest there is any: the name is its callback id.
    /// Returns when the app has acknowledged.
    ///
    /// # Errors
    /// `NotSeen` without such a shortcut (with those there are); `Refused` for strangers and deactivated people;
    /// `OperationTimeout`, `NoConnection`.
    pub async fn uses_shortcut(&self, name: &str) -> Result<(), HandsError> {
        let payload = {
            let mut world = self.shared.lock();
            let callback_id = self.shortcut(&world, name, ShortcutKind::Global)?;
            world.global_shortcut(&self.id, &callback_id)
        };
        self.interact(&format!("{} used the shortcut {name:?}", self.name), payload, false).await.map(drop)
    }

    /// Uses the shortcut with this name on a message. Without a manifest there is any: the name is its callback
    /// id. Returns when the app has acknowledged.
    ///
    /// # Errors
    /// As `uses_shortcut`; also `NotSeen` without such a message and `Refused` for one that only this person sees.
    pub async fn uses_message_shortcut(&self, name: &str, channel: &str, ts: &str) -> Result<(), HandsError> {
        let payload = {
            let mut world = self.shared.lock();
            let callback_id = self.shortcut(&world, name, ShortcutKind::Message)?;
            let inside = world.conversation(channel).is_some_and(|found| found.has(&self.id));
            let seen = world.visible_messages(&self.id, channel).find(|message| inside && message.ts == ts).cloned();
            let Some(message) = seen else {
                return Err(HandsError::NotSeen(format!("{} sees no message {ts} in {channel}", self.name)));
            };
            if message.ephemeral_to.is_some() {
                return Err(HandsError::Refused("messages that only one person sees have no shortcuts".to_owned()));
            }
            world.message_shortcut(&self.id, &callback_id, &message)
        };
        self.interact(&format!("{} used the message shortcut {name:?}", self.name), payload, false).await.map(drop)
    }

    /// The callback id behind a shortcut's name.
    fn shortcut(&self, world: &World, name: &str, kind: ShortcutKind) -> Result<String, HandsError> {
        self.check_active(world)?;
        if world.person(&self.id).is_some_and(|person| person.kind == PersonKind::Stranger) {
            return Err(HandsError::Refused(format!(
                "{} is of another workspace and has no shortcuts here",
                self.name
            )));
        }
        let Some(manifest) = &world.options.manifest else {
            return Ok(name.to_owned());
        };
        let offered = || manifest.shortcuts.iter().filter(|shortcut| shortcut.kind == kind);
        let found = offered().find(|shortcut| shortcut.name == name);
        found.map(|shortcut| shortcut.callback_id.clone()).ok_or_else(|| {
            let names: Vec<&str> = offered().map(|shortcut| shortcut.name.as_str()).collect();
            HandsError::NotSeen(format!("{} sees no shortcut {name:?}; sees: {names:?}", self.name))
        })
    }
}
