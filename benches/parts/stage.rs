//! What stands before the curtain rises: everybody known, pairs in their relationships, mentors to be asked.
//!
//! Everything is done as people do it, through envelopes and the Web API; nothing is written into the database.

use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use super::app::App;
use super::cast::{Cast, MENTORS, PAIRS, accept_form, ask, asked, command, mention, pair};
use super::hub::Hub;
use super::load::Load;
use super::slack::Slack;

/// Slack and what the app keeps.
pub(crate) struct Stage<'a> {
    pub(crate) hub: Arc<Hub>,
    pub(crate) slack: Arc<Slack>,
    pub(crate) folder: &'a Path,
}

impl Stage<'_> {
    /// Starts the app, waits until it is connected.
    pub(crate) fn start(&self) -> Result<App> {
        let app = App::start(self.folder, &self.slack.url)?;
        self.hub.connections().with_context(|| self.log())?;
        Ok(app)
    }

    /// Stops the app and waits until it has gone.
    pub(crate) fn stop(&self, app: App) -> Result<()> {
        app.stop().with_context(|| self.log())?;
        self.hub.wait_until_empty()
    }

    /// What the app has said.
    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// From just before the start of the process to the acknowledgement of a command sent with the first hello.
    pub(crate) fn start_to_first_ack(&self, text: &str) -> Result<Duration> {
        let number = self.hub.numbers(1);
        self.hub.say_with_hello(command(number, 0, text));
        let (told, acknowledged) = std::sync::mpsc::channel();
        self.hub.tell(Arc::new(First { number, told: std::sync::Mutex::new(told) }));
        let app = App::start(self.folder, &self.slack.url)?;
        let (at, length) = acknowledged.recv_timeout(Duration::from_secs(20)).with_context(|| self.log())?;
        let took = at - app.started;
        ensure!(length > 200, "the first answer says nothing");
        self.hub.connections()?;
        self.hub.tell_nobody();
        self.stop(app)?;
        Ok(took)
    }

    /// Makes the active pairs.
    pub(crate) fn set_pairs(&self) -> Result<()> {
        let load = Load { hub: self.hub.clone(), cast: Cast::default(), reads: true };
        self.wait_for("everybody to be known", || Ok(self.log().contains("learnt who is here").then_some(())))?;
        for index in 0..PAIRS {
            let (mentee, mentor) = pair(index);
            let about = self.ask_form(&load, mentee, mentor)?;
            load.one(|number| ask(number, mentee, &about))?;
        }
        for index in 0..PAIRS {
            let (_, mentor) = pair(index);
            let pair = self.wait_for("a question to arrive", || Ok(self.slack.button(mentor)))?;
            load.one(|number| accept_form(number, mentor, &pair))?;
        }
        Ok(())
    }

    /// Finds out what the app calls the mentors who will be asked, for the load to come.
    pub(crate) fn set_mentors(&self) -> Result<Arc<Load>> {
        let load = Load { hub: self.hub.clone(), cast: Cast::default(), reads: true };
        let mentors: Result<Vec<String>> = (0..MENTORS).map(|index| self.ask_form(&load, 0, asked(index))).collect();
        Ok(Arc::new(Load { cast: Cast::asking(mentors?), ..load }))
    }

    /// Opens the form; what it carries is what the app calls the mentor.
    fn ask_form(&self, load: &Load, mentee: u64, mentor: u64) -> Result<String> {
        let mut trigger = String::new();
        let answer = load.one(|number| {
            trigger = format!("{number}.{number}.0123456789abcdef0123456789abcdef");
            command(number, mentee, &mention(mentor))
        })?;
        ensure!(!answer.contains("payload"), "no form is opened but this is answered: {answer}");
        self.wait_for("a form to open", || Ok(self.slack.form(&trigger)))
    }

    fn wait_for<T>(&self, what: &str, mut look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
        let began = Instant::now();
        loop {
            if let Some(found) = look()? {
                return Ok(found);
            }
            ensure!(began.elapsed() < Duration::from_secs(60), "waited in vain for {what}: {}", self.log());
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Waits for the first acknowledgement.
struct First {
    number: u64,
    told: std::sync::Mutex<std::sync::mpsc::Sender<(Instant, usize)>>,
}

impl super::hub::Hear for First {
    fn acks(&self, _wire: &super::wire::Wire, acks: &[super::hub::Ack<'_>], at: Instant) {
        if let Some(ack) = acks.iter().find(|ack| ack.number == self.number) {
            let told = self.told.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            // Who no longer waits has reported it.
            let _ = told.send((at, ack.text.len()));
        }
    }
}
