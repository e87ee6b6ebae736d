//! The sandbox as a test holds it: starting, populating, looking. Every method is a thin door to a room;
//! what a test can do to the app is in `troubles`.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::changes::Change;
use crate::echoes::deliver_echoes;
use crate::hands::Hands;
use crate::messages::Message;
use crate::options::SandboxOptions;
use crate::people::NewPerson;
use crate::records::{Call, EnvelopeRecord, Violation};
use crate::residents::{APP, BOT, BOT_USER};
use crate::server;
use crate::turning::{self, Turn, TurnFailure, Turned};
use crate::world::{Core, Shared, World};

/// A running fake workspace. Cheap to clone; all clones are the same workspace.
#[derive(Clone)]
pub struct Sandbox {
    pub(crate) shared: Shared,
    listener: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl Sandbox {
    /// Starts listening on 127.0.0.1 with tasks of its own.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub async fn start(options: SandboxOptions) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", options.port)).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let shared = Core::new(World::new(options.with_manifest_scopes(), base_url));
        let (echoes, waiting) = mpsc::unbounded_channel();
        shared.lock().echoes = Some(echoes);
        tokio::spawn(deliver_echoes(shared.clone(), waiting));
        let task = tokio::spawn(server::listen(shared.clone(), listener));
        Ok(Self { shared, listener: Arc::new(Mutex::new(Some(task))) })
    }

    /// Ends every connection and task.
    pub async fn stop(self) {
        self.shared.stop.send_replace(true);
        let task = self.listener.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task {
            // A listener that was aborted has stopped as well.
            let _ = task.await;
        }
    }

    /// `http://127.0.0.1:PORT/api`, without a slash at the end.
    pub fn api_url(&self) -> String {
        format!("{}/api", self.base_url())
    }

    /// `http://127.0.0.1:PORT`, where `/control` is.
    pub fn base_url(&self) -> String {
        self.shared.lock().base_url.clone()
    }

    /// The `xapp-` token for `apps.connections.open`.
    pub fn app_token(&self) -> String {
        self.shared.lock().app_token()
    }

    /// The `xoxb-` token for everything else.
    pub fn bot_token(&self) -> String {
        self.shared.lock().bot_token()
    }

    /// The token for `apps.manifest.validate`.
    pub fn configuration_token(&self) -> String {
        self.shared.lock().configuration_token()
    }

    /// User id of the app's bot.
    pub fn bot_user(&self) -> String {
        BOT_USER.to_owned()
    }

    /// Bot id (`B…`) of the app.
    pub fn bot_id(&self) -> String {
        BOT.to_owned()
    }

    /// App id (`A…`).
    pub fn app_id(&self) -> String {
        APP.to_owned()
    }

    /// Id of the workspace.
    pub fn team_id(&self) -> String {
        self.shared.lock().options.team_id.clone()
    }

    /// Adds somebody; a handle that is there already gives that person's hands.
    pub fn add_person(&self, person: NewPerson) -> Hands {
        let handle = person.handle.clone();
        let mut world = self.shared.lock();
        let id = world.add_person(person);
        // Whoever has the handle already keeps their name.
        let name = world.person(&id).map(|known| known.name.clone()).unwrap_or_default();
        Hands { shared: self.shared.clone(), id, handle, name }
    }

    /// The hands of somebody, if there is such a handle.
    pub fn person(&self, handle: &str) -> Option<Hands> {
        let world = self.shared.lock();
        let person = world.person_by_handle(handle)?;
        Some(Hands {
            shared: self.shared.clone(),
            id: person.id.clone(),
            handle: person.handle.clone(),
            name: person.name.clone(),
        })
    }

    /// Adds a channel with these people (by handle), without the app; returns its id.
    pub fn add_channel(&self, name: &str, private: bool, handles: &[&str]) -> String {
        let mut world = self.shared.lock();
        let members = handles
            .iter()
            .filter_map(|handle| world.person_by_handle(handle))
            .map(|person| person.id.clone())
            .collect();
        world.add_channel(name, private, members)
    }

    /// Marks a stranger as sharing a channel with the workspace, so that the app can write to them.
    pub fn share_with(&self, handle: &str) {
        let mut world = self.shared.lock();
        world.changes.note(Change::People);
        if let Some(person) = world.people.iter_mut().find(|person| person.handle == handle) {
            person.shared = true;
        }
    }

    /// Every rule of Slack the app has broken so far.
    pub fn violations(&self) -> Vec<Violation> {
        self.shared.lock().violations.clone()
    }

    /// Every call so far, in order of answering.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.lock().calls.clone()
    }

    /// Every envelope so far, in order of sending.
    pub fn envelopes(&self) -> Vec<EnvelopeRecord> {
        self.shared.lock().envelopes.clone()
    }

    /// Everything in a conversation, oldest first, ephemeral messages included.
    pub fn messages(&self, channel: &str) -> Vec<Message> {
        self.shared.lock().messages.iter().filter(|message| message.channel == channel).cloned().collect()
    }

    /// The bytes of an uploaded file by its name or title, the newest first.
    pub fn file(&self, name: &str) -> Option<Vec<u8>> {
        let world = self.shared.lock();
        world.files.iter().rev().find(|file| file.name == name || file.title == name)?.bytes.clone()
    }

    /// Turns the clock, step by step through what is due on the way.
    ///
    /// # Errors
    /// Without a [`SandboxOptions::clockwork`], backwards, too far, or when nothing is due.
    pub async fn turn(&self, aim: Turn) -> Result<Turned, TurnFailure> {
        turning::turn(&self.shared, aim).await
    }

    /// The next moment at which something is due, as far as the clockwork knows.
    pub async fn next_due(&self) -> Option<DateTime<Utc>> {
        let clockwork = self.shared.lock().options.clockwork.clone()?;
        turning::next(&self.shared, &clockwork).await
    }

    /// Live Socket Mode connections that have had their hello.
    pub fn connections(&self) -> usize {
        self.shared.lock().live_sockets()
    }

    /// Waits in real time until there are at least `count` live connections; false when there never are.
    pub async fn wait_for_connections(&self, count: usize, timeout: Duration) -> bool {
        let start = crate::clock::monotonic();
        while self.connections() < count {
            if crate::clock::monotonic() - start > timeout {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        true
    }
}
