//! The app starts, or says what a person must do; connections die and are replaced without anybody noticing.

use std::sync::Arc;
use std::time::Duration;

use mentor::app::{App, CannotStart, Ended, Parts, open_storage};
use mentor::clock::Clock;
use mentor::config::Storage;
use mentor::directory::settings::DirectorySettings;
use mentor::domain::coordinators::Coordinators;
use mentor::domain::org_chart::SameManager;
use mentor::domain::working_time::WorkingTime;
use mentor::ids::Ids;
use mentor::jobs::speaker::SETTLE;
use mentor::slack::socket::Stopped;
use slack_sandbox::{DisconnectReason, Fault, FaultHow, FaultWhen, NewPerson, Sandbox, SandboxOptions, Which};
use tempfile::TempDir;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::support::World;

/// Nothing here takes long; a test that waits for more than this waits in vain.
const PATIENCE: Duration = Duration::from_secs(20);

/// An app on a database of its own, with one part of it another than usual.
async fn assembled(sandbox: &Sandbox, change: impl FnOnce(&mut Parts)) -> Result<(App, TempDir), CannotStart> {
    let folder = TempDir::new().unwrap();
    let clock = Clock::system();
    let ids = Arc::new(Ids::seeded(7));
    let database = format!("sqlite:{}", folder.path().join("story.db").display());
    let storage = Storage { database_url: database.into(), key_file: folder.path().join("story.key") };
    let db = open_storage(&storage, &clock, &ids).await.unwrap();
    let mut parts = Parts {
        clock,
        ids,
        programme: WorkingTime::default(),
        holiday_calendars: Vec::new(),
        api_url: sandbox.api_url(),
        app_token: sandbox.app_token().into(),
        bot_token: sandbox.bot_token().into(),
        settle: SETTLE,
        directory: DirectorySettings::default(),
        same_manager: SameManager::Refuse,
        topic_aliases: String::new(),
        coordinators: Coordinators::default(),
        office: None,
    };
    change(&mut parts);
    let app = timeout(PATIENCE, App::assemble(parts, db)).await.expect("an answer")?;
    Ok((app, folder))
}

/// Runs everything until it stops by itself; why it did.
async fn stops(app: &App) -> Stopped {
    let ended = timeout(PATIENCE, app.clone().run(None, CancellationToken::new())).await;
    match ended.expect("it stops by itself") {
        Err(Ended::Stopped(stopped)) => stopped,
        other => panic!("it stops because of Slack, not like this: {other:?}"),
    }
}

async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).await.unwrap()
}

#[tokio::test]
async fn a_bot_token_slack_refuses() {
    let sandbox = sandbox().await;
    let good = sandbox.bot_token();
    let revoked = ["account_inactive", "token_revoked"].map(|code| (good.as_str(), code));
    for (token, code) in [("xoxb-1-made-up-token", "invalid_auth")].into_iter().chain(revoked) {
        if token == good {
            let how = FaultHow::Error(code.to_owned());
            sandbox.inject(Fault { method: "auth.test".to_owned(), when: FaultWhen::Before, how, times: 1 });
        }
        let Err(refused) = assembled(&sandbox, |parts| parts.bot_token = token.into()).await else {
            panic!("started with {code}")
        };
        assert!(matches!(&refused, CannotStart::BotToken(found) if found == code), "{refused}");
        let told = refused.to_string();
        assert!(told.contains("Bot User OAuth Token (xoxb-…)") && told.contains("OAuth & Permissions"), "{told}");
        assert!(!format!("{told}{refused:?}").contains(token), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_token_slack_refuses() {
    let sandbox = sandbox().await;
    let bot_token = sandbox.bot_token();
    for (token, code) in [("xapp-1-made-up-token", "invalid_auth"), (bot_token.as_str(), "not_allowed_token_type")] {
        let (app, _folder) = assembled(&sandbox, |parts| parts.app_token = token.into()).await.unwrap();
        let stopped = stops(&app).await;
        assert_eq!(stopped, Stopped::BadToken(code.to_owned()));
        let told = stopped.to_string();
        assert!(told.contains("connections:write") && told.contains("App-Level Tokens"), "{told}");
        assert!(!told.contains(token), "{told}");
    }
}

#[tokio::test]
async fn slack_is_not_there_at_first() {
    let sandbox = sandbox().await;
    for (how, times) in [(FaultHow::Status(503), 1), (FaultHow::DropConnection, 1), (FaultHow::Nonsense, 1)] {
        sandbox.inject(Fault { method: "auth.test".to_owned(), when: FaultWhen::Before, how, times });
    }
    let (app, _folder) = assembled(&sandbox, |_| {}).await.unwrap();
    assert_eq!(app.speaker.ctx.installation.team_id, sandbox.team_id());
    assert_eq!(app.speaker.ctx.installation.bot_user_id, sandbox.bot_user());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn socket_mode_is_off() {
    let sandbox = sandbox().await;
    sandbox.socket_mode_enabled(false);
    let (app, _folder) = assembled(&sandbox, |_| {}).await.unwrap();
    let stopped = stops(&app).await;
    assert_eq!(stopped, Stopped::LinkDisabled);
    assert!(stopped.to_string().contains("Socket Mode is switched off: switch it on under Settings"), "{stopped}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn socket_mode_is_switched_off_while_the_app_runs() {
    let sandbox = sandbox().await;
    let ada = sandbox.add_person(NewPerson::member("ada", "Ada Lovelace", "Europe/London"));
    let (app, _folder) = assembled(&sandbox, |_| {}).await.unwrap();
    let (running, watched) = (
        tokio::spawn({
            let app = app.clone();
            async move { stops(&app).await }
        }),
        sandbox.clone(),
    );
    assert!(watched.wait_for_connections(2, PATIENCE).await);
    ada.types("/mentor help").await.unwrap();
    sandbox.socket_mode_enabled(false);
    let stopped = running.await.unwrap();
    assert_eq!(stopped, Stopped::LinkDisabled);
    assert!(stopped.to_string().contains("Socket Mode is switched off"), "{stopped}");
    assert_eq!((app.status.open(), sandbox.connections()), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_die_in_silence_are_replaced() {
    let world = World::begin(World::sqlite()).await;
    let (ada, _grace) = world.ada_and_grace().await;
    let before = world.app.status.counts().opened;
    world.sandbox.silence(Which::All);
    assert_eq!(world.sandbox.connections(), 0);
    // Ten seconds are the rule; the rest is for a slow machine.
    assert!(world.sandbox.wait_for_connections(2, Duration::from_secs(20)).await, "both are replaced");
    assert!(ada.types("/mentor").await.contains("You have no mentor yet"));
    // The workspace has said hello; the app may still be about to hear it, or to notice the second silence.
    timeout(PATIENCE, async {
        while world.app.status.counts().opened != before + 2 || world.app.status.open() != 2 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .expect("the dead are not counted");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_connections_come_before_old_ones_go() {
    let options = SandboxOptions { warning_grace: Duration::from_secs(4), ..SandboxOptions::default() };
    let world = World::begin_with(World::sqlite(), options).await;
    let (ada, grace) = world.ada_and_grace().await;
    let opened = || world.app.status.counts().opened;
    let before = opened();
    world.sandbox.disconnect(DisconnectReason::Warning, Which::All);
    let mut answers = 0;
    let typing = async {
        // Until the two that were warned are gone, and a little longer.
        let mut left = 50;
        while left > 0 {
            for someone in [&ada, &grace] {
                let answer = someone.hands.types("/mentor").await.unwrap_or_else(|error| panic!("{error}"));
                assert!(answer[0].to_string().contains("You have no mentor yet"));
                answers += 1;
                assert!(world.app.status.open() >= 2, "never fewer than before");
            }
            let replaced = opened() == before + 2 && world.app.status.open() == 2;
            left -= usize::from(replaced);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(PATIENCE, typing).await.expect("the old ones go");
    assert_eq!((opened(), world.sandbox.connections()), (before + 2, 2), "{answers} answers");
    assert_eq!(world.app.status.counts().ack_lost, 0);
    world.end().await;
}

/// Ada asks Grace and Grace accepts, in an organisation of several workspaces, which names itself in no payload.
async fn an_organisation(world: &Arc<World>) {
    assert!(world.app.speaker.ctx.installation.org_wide);
    // Nobody is known at first: whom the app meets, it learns.
    let ada = world.lives_here(NewPerson::member("ada", "Ada Lovelace", "Europe/London"));
    let grace = world.lives_here(NewPerson::member("grace", "Grace Hopper", "America/New_York"));
    assert!(ada.hands.id().starts_with('W'));
    ada.types("/mentor").await;
    ada.is_told("You have no mentor yet").await;
    ada.asks(&grace, &world.secret("how an organisation thinks")).await;
    assert!(grace.reads_one().starts_with("@ada would like you as a mentor."));
    grace.accepts("Thursday", "10:00", "30 minutes").await;
    let news = ada.reads();
    assert!(news[0].contains("@grace mentors you from now on"), "{news:#?}");
    world.advance_to("2026-03-03T15:00:00Z".parse().unwrap()).await;
    assert!(ada.reads_one().starts_with("Prepare your agenda for @grace"));
    ada.prepares("Learn the why", &world.secret("why there are so many workspaces")).await;
    assert!(ada.home().await.contains("@grace mentors you"));
    assert!(grace.home().await.contains("You mentor @ada"));
    assert!(ada.types("/mentor").await.contains("@grace mentors you"));
}

fn org_wide() -> SandboxOptions {
    SandboxOptions { enterprise_install: true, ..SandboxOptions::default() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organisation_on_sqlite() {
    let world = World::begin_with(World::sqlite(), org_wide()).await;
    an_organisation(&world).await;
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organisation_on_postgres() {
    let world = World::begin_with(World::postgres().await, org_wide()).await;
    an_organisation(&world).await;
    world.end().await;
}
