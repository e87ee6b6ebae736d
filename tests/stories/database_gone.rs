//! The database is locked or gone for a while: people are told to try again, nothing is half done, and trying again works.

use std::sync::Arc;
use std::time::Duration;

use mentor::jobs::run;
use slack_sandbox::{NewPerson, SandboxOptions, SubmitOutcome};
use sqlx::{Connection as _, PgConnection, SqliteConnection};
use tokio_util::sync::CancellationToken;

use crate::support::{Someone, World};

const TRY_AGAIN: &str = "I could not save that just now. Nothing is lost or half done; please try again in a moment.";

/// A database nobody can write to: SQLite's file is locked by another, PostgreSQL lets nobody in and throws everybody out.
enum Outage {
    Sqlite(SqliteConnection),
    Postgres(PgConnection, String),
}

impl Outage {
    async fn begin(url: &str) -> Self {
        if url.starts_with("sqlite:") {
            let mut other = SqliteConnection::connect(url).await.unwrap();
            sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
            return Self::Sqlite(other);
        }
        let (server, name) = url.rsplit_once('/').unwrap();
        let mut server = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
        let closed = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        sqlx::query(sqlx::AssertSqlSafe(closed)).execute(&mut server).await.unwrap();
        let out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
        sqlx::query(out).bind(name).execute(&mut server).await.unwrap();
        Self::Postgres(server, name.to_owned())
    }

    async fn end(self) {
        match self {
            Self::Sqlite(mut other) => {
                sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
                other.close().await.unwrap();
            }
            Self::Postgres(mut server, name) => {
                let open = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true");
                sqlx::query(sqlx::AssertSqlSafe(open)).execute(&mut server).await.unwrap();
            }
        }
    }
}

/// Tells a story with the address of its database: `outage!(name, |world, url| async move { … });`.
macro_rules! outage {
    ($(#[$attribute:meta])* $name:ident, $tell:expr) => {
        mod $name {
            use super::*;

            async fn told(database: impl Future<Output = (Arc<World>, String)>) {
                let (world, url) = database.await;
                let tell = $tell;
                tell(world.clone(), url).await;
                world.end().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[$attribute])*
            async fn sqlite() {
                told(async {
                    let database = World::sqlite();
                    let url = database.url();
                    (World::begin_with(database, options()).await, url)
                })
                .await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[$attribute])*
            async fn postgres() {
                told(async {
                    let database = World::postgres().await;
                    let url = database.url();
                    (World::begin_with(database, options()).await, url)
                })
                .await;
            }
        }
    };
}

/// Slack tells again soon what was not acknowledged.
fn options() -> SandboxOptions {
    SandboxOptions { redelivery_delays: [Duration::from_secs(1); 3], ..SandboxOptions::default() }
}

/// Somebody submits while the database is gone: the form stays, with everything in it and the reason at its first field.
async fn is_told_at_the_field(someone: &Someone, field: &str) {
    let outcome = someone.hands.submits().await.unwrap_or_else(|error| panic!("{error}"));
    let SubmitOutcome::Errors(errors) = outcome else { panic!("a word at the field, not {outcome:?}") };
    assert_eq!(errors.get(field).map(String::as_str), Some(TRY_AGAIN), "{errors:?}");
}

/// Somebody clicks while the database is gone, and is told below the message.
async fn is_told_below(someone: &Someone, button: &str) {
    let before = someone.hands.ephemerals().len();
    someone.hands.clicks(button).await.unwrap_or_else(|error| panic!("{error}"));
    let told =
        someone.hands.wait_for("a word below the message", |hands| hands.ephemerals().get(before).cloned()).await;
    assert_eq!(told.unwrap_or_else(|error| panic!("{error}")).to_string(), TRY_AGAIN);
}

outage!(a_form_is_submitted, |world: Arc<World>, url: String| async move {
    let (ada, grace) = world.ada_and_grace().await;
    ada.types_and_sees("/mentor ask @grace").await;
    let aim = world.secret("patience");
    ada.fills("What I want to work on", &aim).await;
    let outage = Outage::begin(&url).await;
    for _ in 0..2 {
        is_told_at_the_field(&ada, "What I want to work on").await;
    }
    outage.end().await;
    world.settle().await;
    assert!(grace.reads().is_empty(), "nothing was half done");
    assert!(world.outbox().await.is_empty());
    assert!(ada.modal().await.contains(&aim), "nothing is lost");
    assert!(matches!(ada.submits().await, SubmitOutcome::Updated(_)));
    grace.reads_one();
    assert!(grace.types("/mentor").await.contains("@ada"));
});

outage!(a_button_is_clicked, |world: Arc<World>, url: String| async move {
    let (ada, grace) = world.ada_and_grace().await;
    ada.asks(&grace, &world.secret("patience")).await;
    let asked = grace.reads_one();
    let outage = Outage::begin(&url).await;
    is_told_below(&grace, "Not now").await;
    is_told_below(&grace, "Not now").await;
    outage.end().await;
    world.settle().await;
    assert_eq!(grace.latest().to_string(), asked, "the question is as open as it was");
    grace.clicks("Not now").await;
    assert!(!grace.latest().to_string().contains("[Not now]"));
    assert!(ada.reads().is_empty());
});

outage!(a_meeting_is_reported_on, |world: Arc<World>, url: String| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to("2026-03-05T16:00:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    ada.clicks_and_sees("We met").await;
    ada.fills("Homework", &format!("{}\n{}", world.secret("one thing"), world.secret("another"))).await;
    ada.fills("A win", &world.secret("first green week")).await;
    let outage = Outage::begin(&url).await;
    is_told_at_the_field(&ada, "Homework").await;
    outage.end().await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert!(ada.latest().to_string().contains("Until next time: 2 homework items."));
    let home = ada.home().await;
    assert_eq!(home.matches("first green week canary-").count(), 1, "{home}");
    assert_eq!(home.matches("one thing canary-").count(), 1, "{home}");
    assert!(grace.reads_one().contains("has a win to share"));
});

outage!(several_people_at_once_while_the_jobs_go_on, |world: Arc<World>, url: String| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    let emmy = world.joins(NewPerson::member("emmy", "Emmy Noether", "Europe/Berlin")).await;
    let asking = [&ada, &lise, &emmy];
    for someone in asking {
        someone.types_and_sees("/mentor ask @grace").await;
        someone.fills("What I want to work on", &world.secret("patience")).await;
    }
    let outage = Outage::begin(&url).await;
    let stop = CancellationToken::new();
    let jobs = tokio::spawn({
        let (speaker, stop) = (world.app.speaker.clone(), stop.clone());
        async move { run::until_stopped(&speaker, &stop).await }
    });
    for _ in 0..2 {
        // Not in the same moment: who waits behind another must not wait longer for it.
        let [first, second, third] = asking.map(Clone::clone);
        let one = tokio::spawn(async move { is_told_at_the_field(&first, "What I want to work on").await });
        tokio::time::sleep(Duration::from_millis(200)).await;
        let two = tokio::spawn(async move { is_told_at_the_field(&second, "What I want to work on").await });
        tokio::time::sleep(Duration::from_millis(200)).await;
        is_told_at_the_field(&third, "What I want to work on").await;
        one.await.unwrap();
        two.await.unwrap();
    }
    outage.end().await;
    for someone in asking {
        let outcome = someone.hands.submits().await.unwrap();
        assert!(matches!(outcome, SubmitOutcome::Updated(_)), "{outcome:?}");
    }
    // The jobs have found back by themselves; what waits for the pace needs the clock that this story turns.
    grace.hands.wait_for_dm("would like you as a mentor").await.unwrap_or_else(|error| panic!("{error}"));
    stop.cancel();
    jobs.await.unwrap();
    world.settle().await;
    assert_eq!(grace.hands.dms().len(), 3);
});

outage!(home_is_opened, |world: Arc<World>, url: String| async move {
    // Slack is not told that it was heard, so it tells again.
    world.forgive("ack_within_3s");
    let (ada, _grace) = world.ada_and_grace().await;
    let outage = Outage::begin(&url).await;
    let opened = ada.hands.opens_home().await;
    assert!(opened.is_err(), "{opened:?}");
    outage.end().await;
    let home = world.during(ada.hands.wait_for("Home", slack_sandbox::Hands::home)).await.unwrap();
    assert!(home.to_string().contains("What waits for me"), "{home}");
});

outage!(somebody_new_turns_up, |world: Arc<World>, url: String| async move {
    let ada = world.lives_here(NewPerson::member("ada", "Ada Lovelace", "Europe/London"));
    let outage = Outage::begin(&url).await;
    ada.hands.types("/mentor").await.unwrap();
    let told = ada.hands.wait_for("a word below the command", |hands| hands.ephemerals().pop()).await;
    let told = told.unwrap_or_else(|error| panic!("{error}")).to_string();
    assert!(told.contains("try again in a moment"), "{told}");
    outage.end().await;
    ada.types("/mentor").await;
    ada.is_told("You have no mentor yet").await;
});

/// Who only looks is not kept waiting by somebody who writes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_file_can_still_be_read() {
    let database = World::sqlite();
    let url = database.url();
    let world = World::begin(database).await;
    let (ada, grace) = world.ada_and_grace().await;
    ada.asks(&grace, &world.secret("patience")).await;
    grace.reads_one();
    let outage = Outage::begin(&url).await;
    let answer = ada.hands.types("/mentor").await.unwrap();
    assert!(answer[0].to_string().contains("You asked @grace"), "{}", answer[0]);
    grace.hands.clicks("Read the request").await.unwrap();
    let request = grace.hands.wait_for_modal().await.unwrap();
    assert!(request.to_string().contains("patience"), "{request}");
    outage.end().await;
    world.end().await;
}
