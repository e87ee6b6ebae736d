//! A workspace, an app and a clock; and what must be true when a story ends.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use mentor::app::{App, Parts, open_storage};
use mentor::cli::manifest::MANIFEST;
use mentor::clock::Clock;
use mentor::config::Storage;
use mentor::directory::settings::DirectorySettings;
use mentor::domain::org_chart::SameManager;
use mentor::domain::people::Standing;
use mentor::domain::working_time::WorkingTime;
use mentor::ids::Ids;
use mentor::jobs::speaker::SETTLE;
use mentor::jobs::{ahead, deliver, doubt, forgetting, learn, plan, show};
use mentor::mail::office::Office;
use mentor::ops::health::{self, Health};
use mentor::store::outbox::counts;
use mentor::store::{pairs, people};
use slack_sandbox::{AppManifest, NewPerson, Sandbox, SandboxOptions};
use tempfile::TempDir;
use tokio::sync::Mutex as AsyncMutex;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::database::Database;
use super::logs::logs;
use super::someone::Someone;

/// The coordinator: whoever joins as `carol`.
const COORDINATOR: &str = "U0CAROL00";

/// Everything one story happens in. Monday 2 March 2026, 10:00 UTC, unless the story turns the clock.
pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) app: App,
    pub(crate) clock: Clock,
    database: Mutex<Option<Database>>,
    _keys: TempDir,
    secrets: Mutex<Vec<String>>,
    blurbs: Mutex<Vec<String>>,
    forgiven: Mutex<Vec<&'static str>>,
    unsettled_is_fine: Mutex<bool>,
    people: Mutex<Vec<Someone>>,
    stop: CancellationToken,
    listening: Mutex<Option<JoinHandle<()>>>,
    settling: AsyncMutex<()>,
}

/// Between two looks at what the app has to do while somebody does something.
const LONGEST_PAUSE: Duration = Duration::from_millis(80);

impl World {
    pub(crate) fn sqlite() -> Database {
        Database::sqlite()
    }

    pub(crate) async fn postgres() -> Database {
        Database::postgres().await
    }

    pub(crate) async fn begin(database: Database) -> Arc<Self> {
        Self::begin_with(database, SandboxOptions::default()).await
    }

    pub(crate) async fn begin_with(database: Database, options: SandboxOptions) -> Arc<Self> {
        Self::begin_as(database, options, SameManager::Refuse, None).await
    }

    /// With a mail server that letters are posted by.
    pub(crate) async fn begin_posting(database: Database, office: Office) -> Arc<Self> {
        Self::begin_as(database, SandboxOptions::default(), SameManager::Refuse, Some(office)).await
    }

    /// With another rule for two people of one manager, or with a mail server.
    pub(crate) async fn begin_as(
        database: Database,
        options: SandboxOptions,
        same_manager: SameManager,
        office: Option<Office>,
    ) -> Arc<Self> {
        logs();
        let clock = Clock::manual("2026-03-02T10:00:00Z".parse().unwrap());
        let wall = clock.clone();
        let manifest = Some(AppManifest::from_yaml(MANIFEST).unwrap());
        let options = SandboxOptions { clock: Arc::new(move || wall.now()), manifest, ..options };
        let sandbox = Sandbox::start(options).await.unwrap();
        let keys = TempDir::new().unwrap();
        let ids = Arc::new(Ids::seeded(7));
        let storage = Storage { database_url: database.url().into(), key_file: keys.path().join("story.key") };
        let db = open_storage(&storage, &clock, &ids).await.unwrap();
        let parts = Parts {
            clock: clock.clone(),
            ids,
            programme: WorkingTime::default(),
            holiday_calendars: Vec::new(),
            api_url: sandbox.api_url(),
            app_token: sandbox.app_token().into(),
            bot_token: sandbox.bot_token().into(),
            settle: SETTLE,
            directory: DirectorySettings::default(),
            same_manager,
            topic_aliases: String::new(),
            coordinators: [Box::from(COORDINATOR)].into_iter().collect(),
            office,
        };
        let app = App::assemble(parts, db).await.unwrap();
        let stop = CancellationToken::new();
        let (ears, stopping) = (app.clone(), stop.clone());
        let listening = tokio::spawn(async move { ears.listen(stopping).await.unwrap() });
        assert!(sandbox.wait_for_connections(2, Duration::from_secs(10)).await, "two connections");
        Arc::new(Self {
            sandbox,
            app,
            clock,
            database: Mutex::new(Some(database)),
            _keys: keys,
            secrets: Mutex::default(),
            blurbs: Mutex::default(),
            forgiven: Mutex::default(),
            unsettled_is_fine: Mutex::default(),
            people: Mutex::default(),
            stop,
            listening: Mutex::new(Some(listening)),
            settling: AsyncMutex::new(()),
        })
    }

    /// Somebody joins the workspace; the app learns of them as it would at its start.
    pub(crate) async fn joins(self: &Arc<Self>, person: NewPerson) -> Someone {
        let someone = self.lives_here(person);
        learn::person(&self.app.speaker, someone.hands.id()).await.unwrap();
        someone
    }

    /// Somebody is in the workspace, and the app has not heard of them.
    pub(crate) fn lives_here(self: &Arc<Self>, person: NewPerson) -> Someone {
        let someone = Someone::new(self.sandbox.add_person(person), self);
        self.people.lock().unwrap().push(someone.clone());
        someone
    }

    /// Who has this handle, of those who joined.
    pub(crate) fn someone(&self, handle: &str) -> Someone {
        self.people.lock().unwrap().iter().find(|someone| someone.hands.handle() == handle).unwrap().clone()
    }

    /// The usual two: Ada in London, and Grace in New York.
    pub(crate) async fn ada_and_grace(self: &Arc<Self>) -> (Someone, Someone) {
        let ada = self.joins(NewPerson::member("ada", "Ada Lovelace", "Europe/London")).await;
        let grace = self.joins(NewPerson::member("grace", "Grace Hopper", "America/New_York")).await;
        (ada, grace)
    }

    /// Ada and Grace, who meet on Thursdays at 10:00 in New York for 30 minutes; the first time on 5 March. Everything
    /// said until then has been read.
    pub(crate) async fn a_pair(self: &Arc<Self>) -> (Someone, Someone) {
        let (ada, grace) = self.ada_and_grace().await;
        ada.asks(&grace, &self.secret("becoming a lead")).await;
        grace.accepts("Thursday", "10:00", "30 minutes").await;
        self.sign(&ada, &grace).await;
        (ada, grace)
    }

    /// The two sign their agreement from the messages that offer it. Everything said until then has been read.
    pub(crate) async fn sign(&self, one: &Someone, other: &Someone) {
        for someone in [one, other] {
            someone.reads();
            someone.clicks_and_sees("Read and sign our agreement").await;
            someone.submits().await;
            if someone.hands.modal().is_some() {
                someone.closes().await;
            }
        }
        one.reads();
        other.reads();
    }

    /// A text with a marker in it that must never turn up outside modals and Home.
    pub(crate) fn secret(&self, about: &str) -> String {
        let canary = format!("canary-{}-{}", about.replace(' ', "-"), self.app.speaker.ctx.ids.nonce());
        self.secrets.lock().unwrap().push(canary.clone());
        format!("{about} {canary}")
    }

    /// A text with a marker in it that may stand in modals, on Home and in group conversations, and nowhere else.
    pub(crate) fn blurb(&self, about: &str) -> String {
        let canary = format!("canary-{}-{}", about.replace(' ', "-"), self.app.speaker.ctx.ids.nonce());
        self.blurbs.lock().unwrap().push(canary.clone());
        format!("{about} {canary}")
    }

    /// A rule of Slack that this story breaks on purpose.
    pub(crate) fn forgive(&self, rule: &'static str) {
        self.forgiven.lock().unwrap().push(rule);
    }

    /// This story ends with something on its way, on purpose.
    pub(crate) fn leave_unsettled(&self) {
        *self.unsettled_is_fine.lock().unwrap() = true;
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Drives the app's jobs until there is nothing left to do at this moment. Waiting for the pace turns the clock by the
    /// seconds it takes.
    pub(crate) async fn settle(&self) {
        let _alone = self.settling.lock().await;
        let speaker = &self.app.speaker;
        for _ in 0..1_000 {
            let more_to_plan = plan::tick(&speaker.ctx).await.unwrap().is_some_and(|at| at <= self.now());
            doubt::tick(speaker).await.unwrap();
            let delivered = deliver::tick(speaker).await.unwrap();
            let shown = show::tick(speaker).await.unwrap();
            forgetting::tick(&speaker.ctx).await.unwrap();
            let held = [delivered.held_until, shown.held_until].into_iter().flatten().min();
            match held {
                _ if more_to_plan || delivered.handled + shown.handled > 0 => {}
                Some(at) => self.clock.set(at),
                None => return,
            }
        }
        panic!("the app never comes to rest");
    }

    /// Does something while the app's jobs go on.
    pub(crate) async fn during<T>(&self, doing: impl Future<Output = T>) -> T {
        tokio::pin!(doing);
        // Most of what somebody does ends soon; where it takes long, looking all the time would take the time from it.
        let mut pause = Duration::from_millis(5);
        loop {
            tokio::select! {
                biased;
                done = &mut doing => {
                    self.settle().await;
                    return done;
                }
                () = tokio::time::sleep(pause) => self.settle().await,
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Turns the clock, stopping at every moment at which the app has something to do.
    pub(crate) async fn advance(&self, by: TimeDelta) {
        self.advance_to(self.now() + by).await;
    }

    /// Turns the clock to a moment, stopping at every moment at which the app has something to do.
    pub(crate) async fn advance_to(&self, target: DateTime<Utc>) {
        loop {
            self.settle().await;
            match ahead::next_moment(&self.app.speaker.ctx).await.unwrap().filter(|at| *at <= target) {
                Some(at) if at > self.now() => self.clock.set(at),
                // Due by now and still there: it waits for something else.
                _ => break,
            }
        }
        if target > self.now() {
            self.clock.set(target);
        }
        self.settle().await;
    }

    /// Damages the key of two people's pair in the database, as a bad disk would.
    pub(crate) async fn damages_key_of(&self, mentee: &str, mentor: &str) {
        let mut tx = self.app.speaker.ctx.db.read().await.unwrap();
        let [mentee, mentor] = [mentee, mentor].map(|handle| self.sandbox.person(handle).unwrap().id().to_owned());
        let mentee = people::find_user(&mut tx, &mentee).await.unwrap().unwrap();
        let mentor = people::find_user(&mut tx, &mentor).await.unwrap().unwrap();
        let pair = pairs::latest(&mut tx, mentee.id, mentor.id).await.unwrap().unwrap();
        drop(tx);
        let url = self.database.lock().unwrap().as_ref().unwrap().url();
        super::database::damage_key(&url, pair.id.0).await;
    }

    /// The latest pair of two people, as buttons carry it.
    pub(crate) async fn pair_id(&self, mentee: &str, mentor: &str) -> String {
        let mut tx = self.app.speaker.ctx.db.read().await.unwrap();
        let [mentee, mentor] = [mentee, mentor].map(|handle| self.sandbox.person(handle).unwrap().id().to_owned());
        let mentee = people::find_user(&mut tx, &mentee).await.unwrap().unwrap();
        let mentor = people::find_user(&mut tx, &mentor).await.unwrap().unwrap();
        pairs::latest(&mut tx, mentee.id, mentor.id).await.unwrap().unwrap().id.to_string()
    }

    /// Whether the story is told on SQLite.
    pub(crate) fn is_on_sqlite(&self) -> bool {
        !self.app.speaker.ctx.db.is_shared()
    }

    /// How many messages stand in each state.
    pub(crate) async fn outbox(&self) -> std::collections::BTreeMap<String, i64> {
        counts::by_state(&mut self.app.speaker.ctx.db.read().await.unwrap()).await.unwrap()
    }

    /// The end: nothing left over, nothing let out, no rule of Slack broken.
    pub(crate) async fn end(&self) {
        self.settle().await;
        self.nothing_is_left_over().await;
        let metrics = health::page(&Health {
            ctx: self.app.speaker.ctx.clone(),
            status: self.app.status.clone(),
            stops_letters: false,
        })
        .await
        .unwrap();
        super::screens::keep(&self.sandbox);
        self.stop.cancel();
        let listening = self.listening.lock().unwrap().take().unwrap();
        listening.await.expect("listening never panics");
        let counts = self.app.status.counts();
        assert_eq!(counts.panicked, 0, "a handler panicked");
        self.app.speaker.ctx.db.close().await;
        self.nothing_got_out(&metrics).await;
        self.no_rule_was_broken();
        let database = self.database.lock().unwrap().take().unwrap();
        database.remove().await;
    }

    async fn nothing_is_left_over(&self) {
        for someone in self.people.lock().unwrap().iter() {
            // A file is checked by what is in it, below.
            let unread = someone.hands.unread().into_iter().filter(|message| message.files.is_empty());
            let unread: Vec<String> = unread.map(|message| message.to_string()).collect();
            assert!(unread.is_empty(), "{} has unread messages: {unread:#?}", someone.hands.name());
        }
        self.nobody_outside_is_told_to_type().await;
        if !*self.unsettled_is_fine.lock().unwrap() {
            let outbox = self.outbox().await;
            for state in ["claimed", "doubt", "parked"] {
                assert_eq!(outbox.get(state), None, "messages are {state}");
            }
        }
    }

    /// Who is outside has no commands.
    async fn nobody_outside_is_told_to_type(&self) {
        let people_here = self.people.lock().unwrap().clone();
        for someone in people_here {
            // A story may end without its database.
            let Ok(mut tx) = self.app.speaker.ctx.db.read().await else { return };
            let Ok(Some(person)) = people::find_user(&mut tx, someone.hands.id()).await else { continue };
            if person.standing == Standing::Outsider {
                let told = someone.hands.dms().into_iter().chain(someone.hands.ephemerals());
                let commands: Vec<String> =
                    told.map(|message| message.to_string()).filter(|text| text.contains("`/mentor")).collect();
                assert!(commands.is_empty(), "{} cannot type that: {commands:#?}", someone.hands.name());
            }
        }
    }

    async fn nothing_got_out(&self, metrics: &str) {
        let mut secrets = self.secrets.lock().unwrap().clone();
        let blurbs = self.blurbs.lock().unwrap().clone();
        let calls = self.sandbox.calls();
        let said = calls
            .iter()
            .filter(|call| matches!(call.method.as_str(), "chat.postMessage" | "chat.update" | "response_url"));
        let messages: Vec<String> = said.clone().map(|call| call.arguments.to_string()).collect();
        let to_a_group =
            |arguments: &serde_json::Value| arguments["channel"].as_str().is_some_and(|id| id.starts_with('G'));
        for message in said.filter(|call| !to_a_group(&call.arguments)).map(|call| call.arguments.to_string()) {
            assert!(!blurbs.iter().any(|blurb| message.contains(blurb)), "a blurb is in a message to one person");
        }
        for secret in &secrets {
            assert!(!logs().contain(secret), "{secret} is in the logs");
            assert!(!metrics.contains(secret), "{secret} is in the metrics");
            assert!(!messages.iter().any(|message| message.contains(secret)), "{secret} is in a message");
        }
        for blurb in &blurbs {
            assert!(!logs().contain(blurb), "{blurb} is in the logs");
            assert!(!metrics.contains(blurb), "{blurb} is in the metrics");
        }
        secrets.extend(blurbs);
        for someone in self.people.lock().unwrap().iter() {
            let notifications = someone.hands.notifications().join("\n");
            assert!(!secrets.iter().any(|secret| notifications.contains(secret)), "a secret is in a notification");
        }
        for someone in self.people.lock().unwrap().iter() {
            // What somebody takes along is for them alone, and theirs: it stands in no conversation but their own.
            for (_, title, content) in
                someone.files().into_iter().filter(|(_, title, _)| !title.starts_with("My Mentor data"))
            {
                super::calendar::holds_nothing_but_meetings(&title, &content);
                assert!(!secrets.iter().any(|secret| content.contains(secret)), "a secret is in {title}");
            }
        }
        let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
        assert_eq!(self.in_files(&secrets).await, Vec::<&str>::new(), "secrets in the raw files of the database");
    }

    /// Those of the needles that are anywhere in the raw files of the database.
    pub(crate) async fn in_files<'a>(&self, needles: &[&'a str]) -> Vec<&'a str> {
        let database = self.database.lock().unwrap().take().unwrap();
        let found = database.in_files(needles).await;
        *self.database.lock().unwrap() = Some(database);
        found
    }

    fn no_rule_was_broken(&self) {
        let mut broken = self.sandbox.violations();
        broken.retain(|violation| !self.forgiven.lock().unwrap().contains(&violation.rule));
        assert!(broken.is_empty(), "rules of Slack were broken: {broken:#?}");
    }
}
