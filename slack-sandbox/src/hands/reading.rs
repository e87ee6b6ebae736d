//! What a person sees: messages, modals, Home. Reading changes nothing but what is unread.

use std::time::Duration;

use crate::conversations::{Conversation, ConversationKind};
use crate::messages::Message;
use crate::render::{Eye, mrkdwn};
use crate::seen::{SeenMessage, SeenView};
use crate::world::{Shared, World};

use super::HandsError;

/// How often waiting looks again.
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// How long a person waits for a modal.
const PATIENCE: Duration = Duration::from_secs(3);

/// The hands and eyes of one person. Cheap to clone.
#[derive(Clone)]
pub struct Hands {
    pub(crate) shared: Shared,
    pub(crate) id: String,
    pub(crate) handle: String,
    pub(crate) name: String,
}

impl Hands {
    /// The person's user id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The person's handle, without the @.
    pub fn handle(&self) -> &str {
        &self.handle
    }

    /// The name people see.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn seen<'world>(&self, world: &World, messages: impl Iterator<Item = &'world Message>) -> Vec<SeenMessage> {
        messages.map(|message| world.see_message(&self.id, message)).collect()
    }

    fn mark_read(&self, world: &mut World, messages: &[SeenMessage]) {
        for message in messages {
            world.read.insert((self.id.clone(), message.channel.clone(), message.ts.clone()));
        }
    }

    fn direct_messages(&self, world: &World) -> Vec<SeenMessage> {
        let channel = world
            .conversations
            .iter()
            .find(|found| found.kind == ConversationKind::Direct && found.has_app() && found.has(&self.id))
            .map(|found| found.id.clone())
            .unwrap_or_default();
        let by_app = |message: &&Message| message.by_app && message.ephemeral_to.is_none();
        self.seen(world, world.visible_messages(&self.id, &channel).filter(by_app))
    }

    /// The app's direct messages to this person as they are now, oldest first. They count as read.
    pub fn dms(&self) -> Vec<SeenMessage> {
        let mut world = self.shared.lock();
        let seen = self.direct_messages(&world);
        self.mark_read(&mut world, &seen);
        seen
    }

    /// The app's newest direct message. Only it counts as read.
    pub fn latest_dm(&self) -> Option<SeenMessage> {
        self.latest_dm_that(|_| true)
    }

    /// The newest of the app's direct messages that fit. Only it counts as read.
    pub fn latest_dm_that(&self, fits: impl Fn(&SeenMessage) -> bool) -> Option<SeenMessage> {
        let mut world = self.shared.lock();
        let newest = self.direct_messages(&world).into_iter().rfind(fits)?;
        self.mark_read(&mut world, std::slice::from_ref(&newest));
        Some(newest)
    }

    /// Direct messages not yet returned by `dms`, `latest_dm` or `read_all`; an edit makes nothing unread.
    pub fn unread(&self) -> Vec<SeenMessage> {
        let world = self.shared.lock();
        let mut seen = self.direct_messages(&world);
        seen.retain(|message| !world.read.contains(&(self.id.clone(), message.channel.clone(), message.ts.clone())));
        seen
    }

    /// Reads and returns what was unread.
    pub fn read_all(&self) -> Vec<SeenMessage> {
        let unread = self.unread();
        let mut world = self.shared.lock();
        self.mark_read(&mut world, &unread);
        unread
    }

    /// Messages only this person sees, oldest first, also those sent through a `response_url`.
    pub fn ephemerals(&self) -> Vec<SeenMessage> {
        let world = self.shared.lock();
        let own = world.messages.iter().filter(|message| message.ephemeral_to.as_deref() == Some(&self.id));
        self.seen(&world, own)
    }

    /// Group direct messages with the app: the others' handles (sorted) and what is in them.
    pub fn group_dms(&self) -> Vec<(Vec<String>, Vec<SeenMessage>)> {
        let world = self.shared.lock();
        let with_app = |found: &&Conversation| found.kind == ConversationKind::Group && found.has_app();
        let groups = world.conversations.iter().filter(with_app).filter(|found| found.has(&self.id));
        groups
            .map(|group| {
                let mut handles: Vec<String> = group
                    .others()
                    .iter()
                    .filter(|member| **member != self.id)
                    .filter_map(|member| world.person(member))
                    .map(|person| person.handle.clone())
                    .collect();
                handles.sort();
                (handles, self.seen(&world, world.visible_messages(&self.id, &group.id)))
            })
            .collect()
    }

    /// What a lock screen shows: the `text` of every message of the app to this person, oldest first.
    pub fn notifications(&self) -> Vec<String> {
        let world = self.shared.lock();
        let eye = Eye::of(&world, &self.id);
        let channels = world.channels_of(&self.id);
        let to_me = |message: &&Message| {
            message.by_app && message.ephemeral_to.is_none() && channels.contains(&message.channel)
        };
        let shown = |message: &Message| match message.text.as_str() {
            "" => "This content can't be displayed.".to_owned(),
            text => mrkdwn(text, &eye),
        };
        world.messages.iter().filter(to_me).map(shown).collect()
    }

    /// The modal in front of this person.
    pub fn modal(&self) -> Option<SeenView> {
        let world = self.shared.lock();
        world.top_modal(&self.id).map(|view| world.see_view(view))
    }

    /// The Home the app last published for this person.
    pub fn home(&self) -> Option<SeenView> {
        let world = self.shared.lock();
        world.home(&self.id).map(|view| world.see_view(view))
    }

    /// Waits up to 3 s for a modal to be open.
    ///
    /// # Errors
    /// `WaitedInVain` when none opens.
    pub async fn wait_for_modal(&self) -> Result<SeenView, HandsError> {
        self.wait_for("a modal", Self::modal).await
    }

    /// Waits up to 3 s for the top modal to have this title.
    ///
    /// # Errors
    /// `WaitedInVain` when it does not come.
    pub async fn wait_for_modal_titled(&self, title: &str) -> Result<SeenView, HandsError> {
        self.wait_for(&format!("a modal titled {title:?}"), |hands| hands.modal().filter(|view| view.title == title))
            .await
    }

    /// Waits up to 3 s for an unread or read direct message whose readable text contains `part`.
    ///
    /// # Errors
    /// `WaitedInVain` when it does not come.
    pub async fn wait_for_dm(&self, part: &str) -> Result<SeenMessage, HandsError> {
        let find = |hands: &Self| {
            let world = hands.shared.lock();
            hands.direct_messages(&world).into_iter().rev().find(|message| message.shown.contains(part))
        };
        let found = self.wait_for(&format!("a direct message with {part:?}"), find).await?;
        self.mark_read(&mut self.shared.lock(), std::slice::from_ref(&found));
        Ok(found)
    }

    /// Waits up to 3 s until `look` finds something.
    ///
    /// # Errors
    /// `WaitedInVain` naming `what` when it does not.
    pub async fn wait_for<T>(&self, what: &str, look: impl Fn(&Self) -> Option<T>) -> Result<T, HandsError> {
        self.wait_at_most(PATIENCE, what, look).await
    }

    pub(crate) async fn wait_at_most<T>(
        &self,
        patience: Duration,
        what: &str,
        look: impl Fn(&Self) -> Option<T>,
    ) -> Result<T, HandsError> {
        let start = crate::clock::monotonic();
        loop {
            if let Some(found) = look(self) {
                return Ok(found);
            }
            if crate::clock::monotonic() - start > patience {
                let modal =
                    self.modal().map_or_else(|| "no modal".to_owned(), |view| format!("the modal {:?}", view.title));
                return Err(HandsError::WaitedInVain(format!("{} waited in vain for {what}; sees {modal}", self.name)));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}
