//! Conversations between people, with or without the app: meeting, inviting, reading along.

use crate::changes::Change;
use crate::conversations::ConversationKind;
use crate::seen::SeenMessage;

use super::{Hands, HandsError};

/// Most others in a group direct message.
const MOST: usize = 8;

impl Hands {
    /// The conversation of this person with others (by handle) and without the app, opened when there is none:
    /// a direct message with one, a group direct message with more, the own notes with nobody. Returns its id.
    ///
    /// # Errors
    /// `Refused` for unknown or deactivated people, the app itself and more than eight others.
    pub fn meets(&self, handles: &[&str]) -> Result<String, HandsError> {
        let mut world = self.shared.lock();
        self.check_active(&world)?;
        let mut together = vec![self.id.clone()];
        for handle in handles {
            let Some(person) = world.person_by_handle(handle) else {
                return Err(HandsError::Refused(format!("nobody is called {handle}")));
            };
            if person.is_deactivated() || person.is_bot() {
                return Err(HandsError::Refused(format!("{handle} cannot be met without the app")));
            }
            if !together.contains(&person.id) {
                together.push(person.id.clone());
            }
        }
        if together.len() > MOST + 1 {
            return Err(HandsError::Refused(format!("no more than {MOST} others fit into a conversation")));
        }
        Ok(world.gather(&together))
    }

    /// Brings somebody, or the app by its handle, into a channel this person is in. Nobody is told.
    ///
    /// # Errors
    /// `Refused` outside channels this person is in, and for unknown or deactivated people.
    pub fn invites(&self, channel: &str, handle: &str) -> Result<(), HandsError> {
        let mut world = self.shared.lock();
        self.check_inside(&world, channel)?;
        let found = world.person_by_handle(handle).filter(|person| !person.is_deactivated());
        let Some(id) = found.map(|person| person.id.clone()) else {
            return Err(HandsError::Refused(format!("{handle} cannot be invited")));
        };
        let is_channel = |kind| matches!(kind, ConversationKind::Public | ConversationKind::Private);
        let known = world.conversations.iter_mut().find(|known| known.id == channel && is_channel(known.kind));
        let Some(known) = known else {
            return Err(HandsError::Refused("only channels take more people".to_owned()));
        };
        if !known.has(&id) {
            known.members.push(id);
            world.changes.note(Change::Conversations);
        }
        Ok(())
    }

    /// Everything this person sees in a conversation they are in, oldest first, by whomever.
    pub fn reads(&self, channel: &str) -> Vec<SeenMessage> {
        let world = self.shared.lock();
        if world.conversation(channel).is_none_or(|found| !found.has(&self.id)) {
            return Vec::new();
        }
        world.visible_messages(&self.id, channel).map(|message| world.see_message(&self.id, message)).collect()
    }
}
