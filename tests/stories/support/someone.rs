//! A person in a story: acts by what they see, while the app goes on working.

use std::sync::{Arc, Weak};

use slack_sandbox::{Hands, Place, SeenMessage, SubmitOutcome};

use super::world::World;

#[derive(Clone)]
pub(crate) struct Someone {
    pub(crate) hands: Hands,
    world: Weak<World>,
}

impl Someone {
    pub(crate) fn new(hands: Hands, world: &Arc<World>) -> Self {
        Self { hands, world: Arc::downgrade(world) }
    }

    fn world(&self) -> Arc<World> {
        self.world.upgrade().unwrap()
    }

    /// Types a command; what is answered below it, as it is read.
    pub(crate) async fn types(&self, text: &str) -> String {
        let answers = self.world().during(self.hands.types(text)).await.unwrap();
        answers.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    /// Types a command that opens a modal; the modal as it is read.
    pub(crate) async fn types_and_sees(&self, text: &str) -> String {
        let before = self.hands.modal().map(|view| view.id);
        let answer = self.types(text).await;
        assert_eq!(answer, "", "a modal, not words");
        self.another_modal(before).await
    }

    /// Asks somebody to be their mentor, and closes the word that it was sent.
    pub(crate) async fn asks(&self, mentor: &Self, aim: &str) {
        self.types_and_sees(&format!("/mentor ask @{}", mentor.hands.handle())).await;
        self.fills("What I want to work on", aim).await;
        self.submits().await;
        self.closes().await;
    }

    /// Accepts the question that was read last.
    pub(crate) async fn accepts(&self, day: &str, time: &str, length: &str) {
        self.clicks_and_sees("Accept").await;
        self.chooses("Weekday", day).await;
        self.chooses("Time", time).await;
        self.chooses("Length", length).await;
        assert_eq!(self.submits().await, SubmitOutcome::Closed);
    }

    /// Prepares an agenda of one part.
    pub(crate) async fn prepares(&self, part: &str, text: &str) {
        self.clicks_and_sees("Prepare").await;
        self.fills(part, text).await;
        assert_eq!(self.submits().await, SubmitOutcome::Closed);
    }

    /// Clicks a button in the newest message that has it, on the modal or on Home.
    pub(crate) async fn clicks(&self, label: &str) {
        self.world().during(self.hands.clicks(label)).await.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Clicks a button that opens a modal; the modal as it is read.
    pub(crate) async fn clicks_and_sees(&self, label: &str) -> String {
        let before = self.hands.modal().map(|view| view.id);
        self.clicks(label).await;
        self.another_modal(before).await
    }

    /// Clicks a button in a modal that turns it into another; that one as it is read.
    pub(crate) async fn clicks_and_is_shown(&self, label: &str) -> String {
        let before = self.hands.modal().map(|view| view.title);
        self.clicks(label).await;
        let turning = self
            .hands
            .wait_for("another modal", |hands| hands.modal().filter(|view| before.as_ref() != Some(&view.title)));
        self.world().during(turning).await.unwrap_or_else(|error| panic!("{error}")).to_string()
    }

    /// The modal that opens on top of the one that was open before, if any; as it is read.
    async fn another_modal(&self, before: Option<String>) -> String {
        let opening =
            self.hands.wait_for("a modal", |hands| hands.modal().filter(|view| before.as_ref() != Some(&view.id)));
        self.world().during(opening).await.unwrap_or_else(|error| panic!("{error}")).to_string()
    }

    /// Clicks a button on Home.
    pub(crate) async fn clicks_on_home(&self, label: &str) {
        self.world().during(self.hands.clicks_in(Place::Home, label)).await.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Clicks a button of a message as it was when it was read, as a client that has not refreshed would.
    pub(crate) async fn clicks_old(&self, message: &SeenMessage, label: &str) {
        self.world().during(self.hands.clicks_stale(message, label)).await.unwrap_or_else(|error| panic!("{error}"));
    }

    /// The open modal, as it is read.
    pub(crate) async fn modal(&self) -> String {
        self.world().during(self.hands.wait_for_modal()).await.unwrap_or_else(|error| panic!("{error}")).to_string()
    }

    /// The open modal once it shows this, as it is read: one that is redrawn takes a moment.
    pub(crate) async fn modal_with(&self, part: &str) -> String {
        let what = format!("a modal with {part:?}");
        let looking = self
            .hands
            .wait_for(&what, |hands| hands.modal().map(|view| view.to_string()).filter(|view| view.contains(part)));
        self.world().during(looking).await.unwrap_or_else(|error| panic!("{error}; {:#?}", self.hands.modal()))
    }

    /// Closes the open modal.
    pub(crate) async fn closes(&self) {
        self.hands.closes().await.unwrap_or_else(|error| panic!("{error}"));
    }

    pub(crate) async fn fills(&self, label: &str, text: &str) {
        self.hands.fills(label, text).await.unwrap_or_else(|error| panic!("{error}"));
    }

    pub(crate) async fn chooses(&self, label: &str, option: &str) {
        self.hands.chooses(label, option).await.unwrap_or_else(|error| panic!("{error}"));
    }

    pub(crate) async fn submits(&self) -> SubmitOutcome {
        self.world().during(self.hands.submits()).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// The files that the app has shared with this person, the oldest first: the message in whose thread each stands, what
    /// it is called, and what is in it.
    pub(crate) fn files(&self) -> Vec<(Option<String>, String, String)> {
        let sandbox = &self.world().sandbox;
        let messages = sandbox.messages(&format!("D{}", &self.hands.id()[1..]));
        let files = messages.iter().flat_map(|message| message.files.iter().map(|file| (&message.thread_ts, file)));
        files
            .map(|(thread, file)| {
                let [name, title] = ["name", "title"].map(|key| file[key].as_str().unwrap());
                let content = String::from_utf8(sandbox.file(name).unwrap()).unwrap();
                (thread.clone(), title.to_owned(), content)
            })
            .collect()
    }

    /// The one direct message that is new, as it is read.
    pub(crate) fn reads_one(&self) -> String {
        let new = self.reads();
        assert_eq!(new.len(), 1, "{} expects one new message: {new:#?}", self.hands.name());
        new.into_iter().next().unwrap()
    }

    /// The direct messages that are new, as they are read. Files are not among them; see [`Self::files`].
    pub(crate) fn reads(&self) -> Vec<String> {
        let new = self.hands.read_all();
        new.iter().filter(|message| message.files.is_empty()).map(ToString::to_string).collect()
    }

    /// The newest direct message, new or not; a file is none.
    pub(crate) fn latest(&self) -> SeenMessage {
        self.hands
            .latest_dm_that(|message| message.files.is_empty())
            .unwrap_or_else(|| panic!("{} has no messages", self.hands.name()))
    }

    /// What is shown below a message to this person alone; waits for it.
    pub(crate) async fn is_told(&self, part: &str) -> String {
        let what = format!("to be told {part:?}");
        let looking = self.hands.wait_for(&what, |hands| {
            hands.ephemerals().iter().map(ToString::to_string).find(|told| told.contains(part))
        });
        self.world().during(looking).await.unwrap_or_else(|error| panic!("{error}; {:#?}", self.hands.ephemerals()))
    }

    /// Opens Home, as it is read.
    pub(crate) async fn home(&self) -> String {
        self.world().during(self.hands.opens_home()).await.unwrap_or_else(|error| panic!("{error}")).to_string()
    }
}
