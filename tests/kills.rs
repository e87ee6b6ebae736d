//! The real program is killed in the middle of delivering, again and again: nothing is lost and nothing is said twice.
//!
//! SQLite, real time, `SIGKILL` at random moments. The pretend Slack answers late, so that most kills hit a message whose
//! arrival nobody knows of.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on ends, and this one has a figure to tell"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use mentor::app::open_storage;
use mentor::clock::Clock;
use mentor::config::Storage;
use mentor::domain::identifiers::{IntroductionId, NominationId, PairId, PersonId};
use mentor::domain::introduction_meeting::names_meet;
use mentor::domain::introductions::{AskText, Introduction, IntroductionState, Nomination, NominationState, Nominee};
use mentor::domain::pairs::{Pair, PairKind};
use mentor::domain::people::{Person, SlackIdentity, Standing};
use mentor::domain::private_text::PrivateText;
use mentor::domain::reminders::Owed;
use mentor::domain::settings::Settings;
use mentor::domain::working_time::WorkingTime;
use mentor::ids::Ids;
use mentor::slack::api::{Api, ApiOptions};
use mentor::store::outbox::{counts, queue};
use mentor::store::{introductions, pairs, people};
use slack_sandbox::{Fault, FaultHow, FaultWhen, Hands, NewPerson, Sandbox, SandboxOptions};
use tempfile::TempDir;
use tokio::process::{Child, Command};

const KILLS: u64 = 60;
/// More than sixty short lives can deliver: what was hit once goes behind what was not, so none is hit three times, which would
/// park it.
const MESSAGES: usize = 450;
/// One mentor in so many has no conversation with the app yet; opening them all would take minutes at Slack's pace.
const NEW_CONVERSATION: usize = 15;

/// A question from Ada to each of many mentors, waiting to be sent.
async fn fill_outbox(storage: &Storage, sandbox: &Sandbox, ids: &Arc<Ids>) -> Vec<Hands> {
    let clock = Clock::system();
    let db = open_storage(storage, &clock, ids).await.unwrap();
    let api = Api::new(&ApiOptions {
        api_url: sandbox.api_url(),
        bot_token: sandbox.bot_token().into(),
        app_token: sandbox.app_token().into(),
        timeout: Duration::from_secs(5),
    })
    .unwrap();
    let mut tx = db.begin().await.unwrap();
    let ada = known(ids, sandbox, "ada");
    let ada_row = people::keep(&mut tx, &ada.0).await.unwrap();
    let mut mentors = Vec::new();
    for number in 0..MESSAGES {
        let (mentor, hands) = known(ids, sandbox, &format!("mentor{number}"));
        let mentor = people::keep(&mut tx, &mentor).await.unwrap();
        if number % NEW_CONVERSATION != 0 {
            let channel = api.open_conversation(&[hands.id()]).await.unwrap();
            people::set_conversation(&mut tx, mentor.id, &channel).await.unwrap();
        }
        let (id, now) = (PairId(ids.opaque()), clock.now());
        let aim = PrivateText::typed("staying alive").unwrap();
        let pair = Pair::propose(id, PairKind::InOrg, &ada_row, &mentor, aim, &WorkingTime::default(), now);
        pairs::insert(&mut tx, &pair).await.unwrap();
        queue::enqueue(&mut tx, &Owed::pair_proposal(&pair, now), ids, now).await.unwrap();
        mentors.push(hands);
    }
    tx.commit().await.unwrap();
    db.close().await;
    mentors
}

fn known(ids: &Ids, sandbox: &Sandbox, handle: &str) -> (Person, Hands) {
    let hands = sandbox.add_person(NewPerson::member(handle, handle, "Europe/London"));
    let slack = SlackIdentity { team_id: sandbox.team_id(), user_id: hands.id().to_owned() };
    let id = PersonId(ids.opaque());
    let name = handle.to_owned();
    (
        Person {
            id,
            slack,
            name,
            time_zone: None,
            standing: Standing::Member,
            deactivated: false,
            locale: None,
            settings: Settings::default(),
        },
        hands,
    )
}

fn start(sandbox: &Sandbox, storage: &Storage, folder: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_mentor"))
        .arg("serve")
        .current_dir(folder)
        .env("SLACK_API_URL", sandbox.api_url())
        .env("SLACK_APP_TOKEN", sandbox.app_token())
        .env("SLACK_BOT_TOKEN", sandbox.bot_token())
        .env("DATABASE_URL", storage.address())
        .env("MENTOR_KEY_FILE", &storage.key_file)
        .env("MENTOR_SETTLE_SECONDS", "2")
        .env("RUST_LOG", "error")
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

async fn outbox(storage: &Storage, ids: &Arc<Ids>) -> std::collections::BTreeMap<String, i64> {
    let db = open_storage(storage, &Clock::system(), ids).await.unwrap();
    let states = counts::by_state(&mut db.read().await.unwrap()).await.unwrap();
    db.close().await;
    states
}

/// Waits until something is so, at most so long. Returns whether it is.
async fn comes(most: Duration, is_so: impl Fn() -> bool) -> bool {
    let looks = most.as_millis() / 20;
    for _ in 0..looks {
        if is_so() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    is_so()
}

/// Short lives of the program, each ended by a kill within so many milliseconds: every other one at any moment, the others
/// once Slack has a message whose answer is still on its way. Returns how many kills hit a message in flight.
async fn kill_often(
    kills: u64,
    longest: u64,
    sandbox: &Sandbox,
    storage: &Storage,
    folder: &Path,
    ids: &Arc<Ids>,
    told: impl Fn() -> usize,
) -> u64 {
    let mut in_flight = 0;
    for kill in 0..kills {
        let before = told();
        let mut app = start(sandbox, storage, folder);
        assert!(sandbox.wait_for_connections(1, Duration::from_secs(20)).await, "the program starts");
        let is_told = kill % 2 == 0 && comes(Duration::from_secs(3), || told() > before).await;
        tokio::time::sleep(Duration::from_millis(ids.below(if is_told { 100 } else { longest }))).await;
        app.kill().await.unwrap();
        let claimed = outbox(storage, ids).await.get("claimed").copied().unwrap_or_default();
        in_flight += u64::from(claimed > 0);
        sandbox.drop_connections();
    }
    in_flight
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_kills_lose_nothing_and_repeat_nothing() {
    let options = SandboxOptions { strict_rate_limits: false, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let folder = TempDir::new().unwrap();
    let database = folder.path().join("kills.db");
    let storage = Storage {
        database_url: format!("sqlite:{}", database.display()).into(),
        key_file: folder.path().join("kills.key"),
    };
    let ids = Arc::new(Ids::seeded(11));
    let mentors = fill_outbox(&storage, &sandbox, &ids).await;
    let late = |method: &str, millis| Fault {
        method: method.to_owned(),
        when: FaultWhen::After,
        how: FaultHow::Slow(Duration::from_millis(millis)),
        times: u32::MAX,
    };
    sandbox.inject(late("chat.postMessage", 120));
    sandbox.inject(late("conversations.open", 30));

    let told = || mentors.iter().filter(|mentor| !mentor.dms().is_empty()).count();
    let in_flight = kill_often(KILLS, 900, &sandbox, &storage, folder.path(), &ids, told).await;
    // The last one is left alive until everything is settled.
    sandbox.clear_faults();
    let mut app = start(&sandbox, &storage, folder.path());
    comes(Duration::from_secs(150), || told() == mentors.len()).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let pid = app.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
    assert!(app.wait().await.unwrap().success(), "it stops when told to");

    let states = outbox(&storage, &ids).await;
    // In flight at three deaths, a message is parked by rule, kept and counted: rare here, and not lost.
    let [sent, parked] = ["sent", "parked"].map(|state| states.get(state).copied().unwrap_or_default());
    assert_eq!(sent + parked, i64::try_from(MESSAGES).unwrap(), "{states:?}");
    assert!(parked <= 2, "{states:?}");
    let copies: Vec<usize> = mentors.iter().map(|mentor| mentor.dms().len()).collect();
    assert!(copies.iter().all(|copies| *copies <= 1), "somebody was told twice");
    let missing = copies.iter().filter(|copies| **copies == 0).count();
    assert!(i64::try_from(missing).unwrap() <= parked, "{missing} messages never arrived: {states:?}");
    assert!(in_flight >= 5, "only {in_flight} of {KILLS} kills hit a message in flight");
    let broken: Vec<_> =
        sandbox.violations().into_iter().filter(|violation| violation.rule != "ack_within_3s").collect();
    assert!(broken.is_empty(), "{broken:#?}");
    println!(
        "{KILLS} kills, {in_flight} with a message in flight, {MESSAGES} messages, {parked} parked: 0 lost, 0 repeated"
    );
}

/// Lives of the program while names meet, each ended by a kill.
const KILLS_IN_GROUPS: u64 = 9;
/// Groups of three; opening more would take minutes at Slack's pace.
const GROUPS: usize = 12;

/// Somebody who asked and somebody who is happy to talk, so often, and names that are about to meet.
async fn fill_outbox_with_names(storage: &Storage, sandbox: &Sandbox, ids: &Arc<Ids>) -> Vec<Hands> {
    let clock = Clock::system();
    let db = open_storage(storage, &clock, ids).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let mut nominees = Vec::new();
    for number in 0..GROUPS {
        let (asker, _) = known(ids, sandbox, &format!("asker{number}"));
        let (nominee, hands) = known(ids, sandbox, &format!("nominee{number}"));
        let asker = people::keep(&mut tx, &asker).await.unwrap();
        let nominee = people::keep(&mut tx, &nominee).await.unwrap();
        let (id, now) = (IntroductionId(ids.opaque()), clock.now());
        let nomination = Nomination {
            id: NominationId(ids.opaque()),
            request: None,
            nominee: Nominee::Person(nominee.id),
            note: None,
            state: NominationState::Asked,
            nominated_at: now,
            asked_at: Some(now),
            answer_by: Some(now + Duration::from_secs(86_400)),
        };
        let introduction = Introduction {
            id,
            asker: asker.id,
            state: IntroductionState::Open,
            may_pass_on: false,
            asked_at: now,
            answer_by: now + Duration::from_secs(86_400),
            ended_at: None,
            looked_further: false,
            follow_up: None,
            requests: Vec::new(),
            nominations: vec![nomination],
        };
        let topic = PrivateText::typed("staying alive").unwrap();
        let text = AskText { topic, why: None, would_help: None, give_back: None };
        introductions::insert(&mut tx, &introduction, &text).await.unwrap();
        let mut of = introductions::find(&mut tx, id).await.unwrap().unwrap();
        let nomination = of.introduction.nominations[0].id;
        of.introduction.agree(nomination, now).unwrap();
        introductions::save(&mut tx, &mut of, None).await.unwrap();
        queue::enqueue(&mut tx, &names_meet(id, asker.id, now), ids, now).await.unwrap();
        nominees.push(hands);
    }
    tx.commit().await.unwrap();
    db.close().await;
    nominees
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_meet_once_whatever_kills_the_program() {
    let options = SandboxOptions { strict_rate_limits: false, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let folder = TempDir::new().unwrap();
    let database = folder.path().join("groups.db");
    let storage = Storage {
        database_url: format!("sqlite:{}", database.display()).into(),
        key_file: folder.path().join("groups.key"),
    };
    let ids = Arc::new(Ids::seeded(12));
    let nominees = fill_outbox_with_names(&storage, &sandbox, &ids).await;
    for (method, millis) in [("chat.postMessage", 250), ("conversations.open", 150)] {
        let how = FaultHow::Slow(Duration::from_millis(millis));
        sandbox.inject(Fault { method: method.to_owned(), when: FaultWhen::After, how, times: u32::MAX });
    }
    let met = |nominee: &Hands| nominee.group_dms().iter().map(|(_, seen)| seen.len()).sum::<usize>();
    let told = || nominees.iter().filter(|nominee| met(nominee) > 0).count();
    let in_flight = kill_often(KILLS_IN_GROUPS, 700, &sandbox, &storage, folder.path(), &ids, told).await;
    sandbox.clear_faults();
    let mut app = start(&sandbox, &storage, folder.path());
    comes(Duration::from_secs(60), || told() == nominees.len()).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let pid = app.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
    assert!(app.wait().await.unwrap().success(), "it stops when told to");

    let states = outbox(&storage, &ids).await;
    let [sent, parked] = ["sent", "parked"].map(|state| states.get(state).copied().unwrap_or_default());
    assert_eq!(sent + parked, i64::try_from(GROUPS).unwrap(), "{states:?}");
    let copies: Vec<usize> = nominees.iter().map(met).collect();
    assert!(copies.iter().all(|copies| *copies <= 1), "names met twice: {copies:?}");
    let missing = copies.iter().filter(|copies| **copies == 0).count();
    assert!(i64::try_from(missing).unwrap() <= parked, "{missing} never met: {states:?}");
    assert!(in_flight >= 2, "only {in_flight} of {KILLS_IN_GROUPS} kills hit a message in flight");
    println!("{KILLS_IN_GROUPS} kills, {in_flight} in flight, {GROUPS} groups, {parked} parked: 0 lost, 0 repeated");
}
