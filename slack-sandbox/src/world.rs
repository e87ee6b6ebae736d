//! The whole state of the fake workspace behind one lock, and the small services every room needs from
//! it: ids, timestamps, violations. Rules of Slack belong to the rooms that extend `World`, not here.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::Value;
use tokio::sync::{mpsc, watch};

use crate::changes::Changes;
use crate::clock::monotonic;
use crate::conversations::Conversation;
use crate::envelopes::Pending;
use crate::faults::{Fault, FaultWhen};
use crate::files::StoredFile;
use crate::interactions::Target;
use crate::ledger::Line;
use crate::limits::Limiter;
use crate::messages::{Message, Scheduled};
use crate::options::SandboxOptions;
use crate::people::Person;
use crate::records::{Call, EnvelopeRecord, Violation};
use crate::response_urls::ResponseUrl;
use crate::socket::Socket;
use crate::triggers::Trigger;
use crate::turning::Turning;
use crate::views::View;

/// The team that strangers come from.
pub(crate) const OTHER_TEAM: &str = "T0STRANGE";
/// The organisation of an org-wide install.
pub(crate) const ENTERPRISE: &str = "E0SANDBOX";

/// State and life of one sandbox, shared by its tasks.
pub(crate) struct Core {
    world: Mutex<World>,
    /// Becomes true when the sandbox stops; every task ends then.
    pub(crate) stop: watch::Sender<bool>,
    /// Held while the clock is turned.
    pub(crate) turning: tokio::sync::Mutex<()>,
}

/// How rooms hold the core.
pub(crate) type Shared = Arc<Core>;

impl Core {
    pub(crate) fn new(world: World) -> Shared {
        Arc::new(Self {
            world: Mutex::new(world),
            stop: watch::Sender::new(false),
            turning: tokio::sync::Mutex::new(()),
        })
    }

    /// Returns when the sandbox stops.
    pub(crate) async fn stopped(&self) {
        let mut stopping = self.stop.subscribe();
        // An error would mean that the sender is gone, which this very value holds.
        let _ = stopping.wait_for(|stop| *stop).await;
    }

    /// The state. A task that died while holding it leaves it as it was: tests want to look at it then.
    pub(crate) fn lock(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.settle();
        world
    }
}

/// Everything the workspace knows.
pub(crate) struct World {
    pub(crate) options: SandboxOptions,
    pub(crate) base_url: String,
    pub(crate) random: StdRng,
    counter: u64,
    last_ts: i64,
    pub(crate) people: Vec<Person>,
    pub(crate) conversations: Vec<Conversation>,
    pub(crate) messages: Vec<Message>,
    /// Messages that have been replied to: (channel, ts).
    pub(crate) threads: HashSet<(String, String)>,
    pub(crate) scheduled: Vec<Scheduled>,
    pub(crate) files: Vec<StoredFile>,
    pub(crate) views: Vec<View>,
    /// Open modals of each person, the top one last.
    pub(crate) stacks: HashMap<String, Vec<String>>,
    /// Each person's Home view.
    pub(crate) homes: HashMap<String, String>,
    /// What each person has filled into a message's inputs: (person, channel, ts) to block to action.
    pub(crate) message_states: HashMap<(String, String, String), Value>,
    pub(crate) triggers: HashMap<String, Trigger>,
    pub(crate) response_urls: HashMap<String, ResponseUrl>,
    pub(crate) tickets: HashSet<String>,
    pub(crate) sockets: Vec<Socket>,
    pub(crate) pending: HashMap<String, Pending>,
    pub(crate) socket_mode: bool,
    pub(crate) limiter: Limiter,
    pub(crate) violations: Vec<Violation>,
    pub(crate) calls: Vec<Call>,
    pub(crate) envelopes: Vec<EnvelopeRecord>,
    /// Calls, envelopes and violations in one order.
    pub(crate) ledger: Vec<Line>,
    pub(crate) changes: Changes,
    faults: Vec<Fault>,
    /// People whom no group conversation takes in together, and what Slack says then.
    pub(crate) apart: Vec<(Vec<String>, String)>,
    /// Messages somebody has looked at: (person, channel, ts).
    pub(crate) read: HashSet<(String, String, String)>,
    /// What the app has last suggested for an external select: (person, where, block, action) to options.
    pub(crate) suggested: HashMap<(String, Target, String, String), Vec<Value>>,
    /// Up to where somebody has read a conversation in the page: person to conversation to timestamp.
    pub(crate) marks: HashMap<String, HashMap<String, String>>,
    /// Payload hashes of message metadata by channel, to notice the same message sent twice.
    pub(crate) metadata_seen: HashSet<(String, String)>,
    /// The turn of the clock that is under way.
    pub(crate) turning: Option<Turning>,
    /// Where events about the app's own messages go.
    pub(crate) echoes: Option<mpsc::UnboundedSender<Value>>,
}

impl World {
    pub(crate) fn new(options: SandboxOptions, base_url: String) -> Self {
        let random = StdRng::seed_from_u64(options.seed);
        let socket_mode = options.manifest.as_ref().and_then(|manifest| manifest.socket_mode).unwrap_or(true);
        let mut world = Self {
            options,
            base_url,
            random,
            counter: 0,
            last_ts: 0,
            people: Vec::new(),
            conversations: Vec::new(),
            messages: Vec::new(),
            threads: HashSet::new(),
            scheduled: Vec::new(),
            files: Vec::new(),
            views: Vec::new(),
            stacks: HashMap::new(),
            homes: HashMap::new(),
            message_states: HashMap::new(),
            triggers: HashMap::new(),
            response_urls: HashMap::new(),
            tickets: HashSet::new(),
            sockets: Vec::new(),
            pending: HashMap::new(),
            socket_mode,
            limiter: Limiter::default(),
            violations: Vec::new(),
            calls: Vec::new(),
            envelopes: Vec::new(),
            ledger: Vec::new(),
            changes: Changes::new(),
            faults: Vec::new(),
            apart: Vec::new(),
            read: HashSet::new(),
            suggested: HashMap::new(),
            marks: HashMap::new(),
            metadata_seen: HashSet::new(),
            turning: None,
            echoes: None,
        };
        world.add_residents();
        world
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        match &self.options.clockwork {
            Some(clockwork) => clockwork.now(),
            None => (self.options.clock)(),
        }
    }

    /// The next number of the workspace's only counter.
    pub(crate) fn next(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    /// An id such as `V0000001A`.
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        format!("{prefix}{:0>8X}", self.next())
    }

    /// A message timestamp: the wall clock's, and strictly increasing over the whole workspace.
    pub(crate) fn ts(&mut self) -> String {
        self.last_ts = self.now().timestamp_micros().max(self.last_ts + 100);
        stamp(self.last_ts)
    }

    /// The last timestamp that was given.
    pub(crate) fn newest_stamp(&self) -> String {
        stamp(self.last_ts)
    }

    pub(crate) fn violation(&mut self, rule: &'static str, detail: impl Into<String>) {
        let detail = detail.into();
        tracing::warn!(rule, detail, "the app broke a rule of Slack");
        self.record_violation(Violation { rule, detail });
    }

    pub(crate) fn order_fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    pub(crate) fn clear_faults(&mut self) {
        self.faults.clear();
    }

    /// The fault that strikes this call, counted down.
    pub(crate) fn take_fault(&mut self, method: &str, when: FaultWhen) -> Option<Fault> {
        let fault = self
            .faults
            .iter_mut()
            .find(|fault| fault.times > 0 && fault.when == when && (fault.method == "*" || fault.method == method))?;
        fault.times -= 1;
        Some(fault.clone())
    }

    pub(crate) fn has_scope(&self, scope: &str) -> bool {
        self.options.scopes.iter().any(|granted| granted == scope)
    }

    pub(crate) fn monotonic(&self) -> std::time::Instant {
        monotonic()
    }
}

/// Whether a text is a message's timestamp.
pub(crate) fn is_stamp(text: &str) -> bool {
    let digits = |part: &str| part.chars().all(|character| character.is_ascii_digit());
    text.split_once('.').is_some_and(|(seconds, micros)| {
        !seconds.is_empty() && seconds.len() < 12 && micros.len() == 6 && digits(seconds) && digits(micros)
    })
}

/// Whether a timestamp comes before another; an empty one comes before all.
pub(crate) fn earlier(one: &str, other: &str) -> bool {
    (one.len(), one) < (other.len(), other)
}

/// Microseconds since the epoch as Slack writes them.
pub(crate) fn stamp(micros: i64) -> String {
    format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
}
