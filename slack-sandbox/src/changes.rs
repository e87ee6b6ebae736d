//! What has changed in the workspace, in order, for whoever watches it live. It remembers that something changed,
//! not what it is now: the watcher reads that from the world.

use std::collections::{BTreeSet, VecDeque};

use tokio::sync::watch;

use crate::block_kit::Surface;
use crate::world::World;

/// Changes kept for watchers that are behind; one that is further behind reads the whole world again.
const KEPT: usize = 20_000;

/// Something that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Change {
    /// A message came, changed or went.
    Message {
        channel: String,
        ts: String,
    },
    /// Somebody's modals.
    Modals(String),
    /// Somebody's Home.
    Home(String),
    /// What somebody has read.
    Marks(String),
    People,
    Conversations,
    /// The app's connections.
    Connections,
    /// The clock was turned.
    Clock,
    /// A line of the ledger.
    Line(usize),
}

/// The newest changes.
pub(crate) struct Changes {
    newest: VecDeque<Change>,
    forgotten: u64,
    bell: watch::Sender<u64>,
}

impl Changes {
    pub(crate) fn new() -> Self {
        Self { newest: VecDeque::new(), forgotten: 0, bell: watch::Sender::new(0) }
    }

    pub(crate) fn note(&mut self, change: Change) {
        if self.newest.len() >= KEPT {
            self.newest.pop_front();
            self.forgotten += 1;
        }
        self.newest.push_back(change);
        self.bell.send_replace(self.count());
    }

    /// How many changes there were since the sandbox started.
    pub(crate) fn count(&self) -> u64 {
        self.forgotten + u64::try_from(self.newest.len()).unwrap_or(0)
    }

    /// What changed after the first `seen` changes, each thing once; `None` when that is no longer known.
    pub(crate) fn since(&self, seen: u64) -> Option<BTreeSet<&Change>> {
        let skip = seen.checked_sub(self.forgotten)?;
        Some(self.newest.iter().skip(usize::try_from(skip).unwrap_or(usize::MAX)).collect())
    }

    /// Rings with every change.
    pub(crate) fn bell(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }
}

impl World {
    /// Notes that a view looks different now.
    pub(crate) fn note_view(&mut self, id: &str) {
        if let Some(view) = self.view(id) {
            let user = view.user.clone();
            let change = if view.surface == Surface::Home { Change::Home(user) } else { Change::Modals(user) };
            self.changes.note(change);
        }
    }

    pub(crate) fn note_message(&mut self, channel: &str, ts: &str) {
        self.changes.note(Change::Message { channel: channel.to_owned(), ts: ts.to_owned() });
    }
}
