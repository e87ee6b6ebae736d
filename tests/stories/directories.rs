//! Directories: what SCIM servers, files and profiles say, and what becomes of a chart when they say something else.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use axum::routing::get;
use chrono::TimeDelta;
use insta::assert_snapshot;
use mentor::directory::pairs_file;
use mentor::directory::settings::{DirectorySettings, ScimServer};
use mentor::domain::directory::Source;
use mentor::jobs::sync_directory::{self, Synced};
use mentor::jobs::take_over::{Accept, Taken};
use mentor::jobs::{import_pairs, rule_one};
use mentor::store::directory;
use serde_json::{Value, json};
use slack_sandbox::NewPerson;
use std::collections::HashMap;
use tokio::net::TcpListener;

use crate::support::{World, story};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// A SCIM server of a few people, which answers as it is told.
#[derive(Clone, Default)]
struct Directory(Arc<Mutex<Says>>);

#[derive(Default)]
struct Says {
    users: Vec<Value>,
    /// From which index on it fails, and how.
    fails_from: Option<(usize, StatusCode)>,
    busy: usize,
    asked: Vec<String>,
    page: usize,
    etag: Option<String>,
    token: String,
}

fn user(id: &str, email: &str, manager: &str) -> Value {
    let mut user = json!({ "schemas": [], "id": id, "userName": email, "active": true,
        "emails": [{ "value": email, "primary": true }] });
    if !manager.is_empty() {
        user[ENTERPRISE] = json!({ "manager": { "value": manager }, "department": "Analysis" });
    }
    user
}

async fn answer(
    State(directory): State<Directory>,
    Query(asked): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> axum::response::Response {
    let mut says = directory.0.lock().unwrap();
    let start: usize = asked["startIndex"].parse().unwrap();
    says.asked.push(format!("{start} {}", headers.get("if-none-match").map_or("-", |tag| tag.to_str().unwrap())));
    if headers["authorization"] != format!("Bearer {}", says.token) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if says.busy > 0 {
        says.busy -= 1;
        return (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "0")]).into_response();
    }
    if let Some((_, status)) = says.fails_from.filter(|(from, _)| start > *from) {
        return status.into_response();
    }
    let etag = says.etag.clone().unwrap_or_default();
    if !etag.is_empty() && headers.get("if-none-match").is_some_and(|tag| *tag == *etag) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let page = if says.page == 0 { 200 } else { says.page };
    let page: Vec<&Value> = says.users.iter().skip(start - 1).take(page).collect();
    let body =
        json!({ "totalResults": says.users.len(), "startIndex": start, "itemsPerPage": page.len(), "Resources": page });
    ([("etag", etag)], body.to_string()).into_response()
}

impl Directory {
    async fn start(world: &World) -> (Self, DirectorySettings) {
        let directory = Self::default();
        let token = world.secret("scim").replace(' ', "-");
        directory.0.lock().unwrap().token.clone_from(&token);
        let router = Router::new().route("/scim/v2/Users", get(answer)).with_state(directory.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = ScimServer::parse(&format!("http://{}/scim/v2/", listener.local_addr().unwrap())).unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let scim = Some(ScimServer { url, token: token.into() });
        (directory, DirectorySettings { scim, ..DirectorySettings::default() })
    }

    fn says(&self, users: Vec<Value>) {
        self.0.lock().unwrap().users = users;
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap().asked)
    }
}

async fn sync(world: &World, settings: &DirectorySettings, accept: Accept) -> String {
    let synced = sync_directory::sync(&world.app.speaker, settings, Source::Scim, accept).await.unwrap();
    match synced {
        Synced::Same => "same".to_owned(),
        Synced::Failed(problem) => problem,
        Synced::Read(Taken::Over { change, recognised, missing_managers, in_circles }, bad) => format!(
            "{} people, {recognised} known, {} managers, {missing_managers} missing, {in_circles} in circles, {} bad",
            change.people, change.managers, bad.count
        ),
        Synced::Read(Taken::Stopped(change), _) => {
            format!("{} of {} managers gone", change.managers_gone, change.managers_before)
        }
        Synced::Read(Taken::Empty, _) => "empty".to_owned(),
    }
}

async fn status(world: &World) -> String {
    let mut tx = world.app.speaker.ctx.db.read().await.unwrap();
    let all = directory::status(&mut tx).await.unwrap();
    all.iter()
        .map(|one| format!("{} {} {:?} {:?}", one.people, one.managers, one.problem, one.managers_gone))
        .collect::<Vec<_>>()
        .join("; ")
}

story!(a_scim_server_is_read_page_by_page_or_not_at_all, |world: Arc<World>| async move {
    let (ada, _) = world.ada_and_grace().await;
    let (server, settings) = Directory::start(&world).await;
    server.0.lock().unwrap().page = 2;
    server.says(vec![
        user("1", "ada@example.com", "3"),
        user("2", "GRACE@example.com", "5"),
        user("3", "boss@example.com", "2"),
        user("4", "nobody@example.com", "3"),
        user("4b", "nobody@example.com", "3"),
    ]);
    assert_snapshot!(sync(&world, &settings, Accept::No).await, @"4 people, 2 known, 3 managers, 1 missing, 0 in circles, 1 bad");
    assert_eq!(server.asked(), ["1 -", "3 -", "5 -"]);
    assert!(ada.types("/mentor ask @grace").await.contains("never the boss"));
    assert_eq!(sync(&world, &settings, Accept::No).await, "same");
    server.asked();

    // Half way through, nothing of it counts.
    let good = status(&world).await;
    server.says(vec![
        user("1", "ada@example.com", ""),
        user("2", "grace@example.com", ""),
        user("3", "b@example.com", "2"),
    ]);
    server.0.lock().unwrap().fails_from = Some((1, StatusCode::INTERNAL_SERVER_ERROR));
    assert_snapshot!(sync(&world, &settings, Accept::No).await, @"the server answers 500 Internal Server Error");
    assert!(status(&world).await.contains("500"), "it is told");
    assert!(ada.types("/mentor ask @grace").await.contains("never the boss"), "the chart as it was");
    server.0.lock().unwrap().fails_from = None;

    // It says more people than it sends.
    server.says(vec![
        user("1", "ada@example.com", "3"),
        user("1", "ada@example.com", "3"),
        user("3", "b@example.com", "2"),
    ]);
    assert_snapshot!(sync(&world, &settings, Accept::No).await, @"the server sent 2 of 3 users and then no more");

    // Busy for a while, then for too long.
    server.says(vec![
        user("1", "ada@example.com", "3"),
        user("2", "grace@example.com", "5"),
        user("3", "b@example.com", "2"),
    ]);
    server.0.lock().unwrap().busy = 3;
    assert_snapshot!(sync(&world, &settings, Accept::No).await, @"3 people, 2 known, 3 managers, 1 missing, 0 in circles, 0 bad");
    server.0.lock().unwrap().busy = 100;
    assert_snapshot!(sync(&world, &settings, Accept::No).await, @"the server is busy (429 Too Many Requests) and asks to come back later");
    server.0.lock().unwrap().busy = 0;
    server.0.lock().unwrap().token = "another".to_owned();
    assert_snapshot!(sync(&world, &settings, Accept::No).await, @"the server answers 401 Unauthorized: MENTOR_SCIM_TOKEN is not accepted, or may not read users");
    assert_ne!(status(&world).await, good);
    let nowhere = DirectorySettings {
        scim: settings
            .scim
            .clone()
            .map(|server| ScimServer { url: ScimServer::parse("http://127.0.0.1:1").unwrap(), ..server }),
        ..settings.clone()
    };
    assert!(sync(&world, &nowhere, Accept::No).await.starts_with("the server cannot be reached"));
});

story!(a_server_that_marks_its_answers_is_asked_for_what_is_new, |world: Arc<World>| async move {
    let (server, settings) = Directory::start(&world).await;
    server.says(vec![user("1", "ada@example.com", "2")]);
    server.0.lock().unwrap().etag = Some("W/\"7\"".to_owned());
    sync(&world, &settings, Accept::No).await;
    assert_eq!(sync(&world, &settings, Accept::No).await, "same");
    assert_eq!(server.asked(), ["1 -", "1 W/\"7\""]);
    // Of several pages no mark speaks for all.
    server.says(vec![user("1", "ada@example.com", "2"), user("2", "b@example.com", "")]);
    server.0.lock().unwrap().etag = Some("W/\"8\"".to_owned());
    server.0.lock().unwrap().page = 1;
    sync(&world, &settings, Accept::No).await;
    assert_eq!(sync(&world, &settings, Accept::No).await, "same");
    assert_eq!(server.asked(), ["1 W/\"7\"", "2 -", "1 -", "2 -"]);
});

story!(so_many_managers_gone_are_asked_about_first, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let (server, settings) = Directory::start(&world).await;
    let lines = |managers: usize| -> Vec<Value> {
        let staff = (0..20)
            .map(|number| user(&format!("s{number}"), &format!("s{number}@x.org"), &format!("m{}", number % managers)));
        staff.chain([user("a", "ada@example.com", "m0"), user("g", "grace@example.com", "m1")]).collect()
    };
    server.says(lines(10));
    // On its schedule: at once, then a day later.
    assert!(sync_directory::tick(&world.app.speaker, &settings).await.unwrap());
    assert!(!sync_directory::tick(&world.app.speaker, &settings).await.unwrap());
    server.asked();
    // Ada and Grace would have the same manager by this chart, which loses more than a fifth.
    let mut fewer = lines(7);
    fewer.pop();
    fewer.push(user("g", "grace@example.com", "m0"));
    server.says(fewer);
    world.clock.set(world.now() + TimeDelta::hours(24));
    assert!(sync_directory::tick(&world.app.speaker, &settings).await.unwrap());
    assert_snapshot!(status(&world).await, @"22 10 None Some(3)");
    world.settle().await;
    assert!(!ada.reads().concat().contains("paused"), "the chart as it was counts");
    grace.reads();
    assert_eq!(sync(&world, &settings, Accept::No).await, "3 of 10 managers gone");
    // Somebody has looked, and says yes.
    assert!(sync(&world, &settings, Accept::Yes).await.contains("7 managers"));
    rule_one::tick(&world.app.speaker.ctx).await.unwrap();
    world.advance(TimeDelta::hours(8)).await;
    assert!(ada.reads().concat().contains("your pair is paused"));
    assert!(grace.reads().concat().contains("your pair is paused"));
    server.says(Vec::new());
    assert_eq!(sync(&world, &settings, Accept::Yes).await, "there is nobody in it");
});

story!(managers_stand_in_slacks_own_profiles, |world: Arc<World>| async move {
    let ada = world.joins(NewPerson::member("ada", "Ada Lovelace", "Europe/London").managed_by("bob")).await;
    world.joins(NewPerson::member("bob", "Bob", "Europe/London").managed_by("cleo")).await;
    world.joins(NewPerson::member("cleo", "Cleo", "Europe/London")).await;
    let settings =
        |field: &str| DirectorySettings { manager_field: Some(field.to_owned()), ..DirectorySettings::default() };
    let sync = async |field: &str| {
        sync_directory::sync(&world.app.speaker, &settings(field), Source::SlackProfile, Accept::No).await.unwrap()
    };
    assert!(
        matches!(sync("Boss").await, Synced::Failed(problem) if problem.contains("there are: Manager, Ask me about"))
    );
    assert!(matches!(sync("Ask me about").await, Synced::Failed(problem) if problem.contains("holds no people")));
    for field in ["manager", "Xf0MANAGER"] {
        let Synced::Read(Taken::Over { change, recognised, .. }, _) = sync(field).await else { panic!() };
        assert_eq!((change.people, recognised, change.managers), (3, 3, 2));
    }
    assert!(ada.types("/mentor ask @cleo").await.contains("never the boss"));
});

story!(who_joins_slack_later_is_recognised, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let (server, settings) = Directory::start(&world).await;
    server.says(vec![user("1", "ada@example.com", "2"), user("2", "lise@example.com", "")]);
    sync(&world, &settings, Accept::No).await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    assert!(ada.types("/mentor ask @lise").await.contains("never the boss"));
    assert!(lise.types("/mentor ask @ada").await.contains("never the boss"));
    lise.types_and_sees("/mentor ask @grace").await;
    lise.closes().await;
    assert_eq!(grace.reads(), Vec::<String>::new());
});

story!(pairs_of_a_running_programme_are_brought_in, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    world.joins(NewPerson::member("bob", "Bob", "Europe/London")).await;
    let (server, settings) = Directory::start(&world).await;
    server.says(vec![user("1", "ada@example.com", "2"), user("2", "bob@example.com", "")]);
    sync(&world, &settings, Accept::No).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pairs.csv");
    let list = "mentee,mentor,kind,rhythm,start\nada@example.com,GRACE@example.com,in_org,every two weeks Thursday 10:00 45 minutes,2026-03-05\n\
                ada@example.com,bob@example.com,,,\ngrace@example.com,ada@example.com,peer,,\nada@example.com,who@example.com,,,\n\
                grace@example.com,bob@example.com,,sometimes,\ngrace@example.com,grace@example.com,,,\n";
    std::fs::write(&path, list).unwrap();
    let ctx = &world.app.speaker.ctx;
    let import = async |dry_run| {
        let mut read = pairs_file::read(&path).unwrap();
        let begun = import_pairs::import(ctx, &read.pairs, &mut read.bad, dry_run).await.unwrap();
        let bad: Vec<String> = read.bad.first.iter().map(|row| format!("{}: {}", row.line, row.reason)).collect();
        format!("{begun} begin\n{}", bad.join("\n"))
    };
    let tried = import(true).await;
    assert_snapshot!(tried, @"
    1 begin
    3: rule 1: one is above the other in the reporting line, or both have the same manager; `mentor check --people` says more
    4: these two are in the list twice; the first counts
    5: the mentor is not known in Slack
    6: “sometimes” is no rhythm I know: write “every two weeks, Thursday 10:00, 45 minutes”, “monthly, first Tuesday 9:30” or a cron expression such as 0 10 * * Thu
    7: mentee and mentor are one person
    ");
    world.settle().await;
    assert_eq!(ada.reads(), Vec::<String>::new(), "nothing was changed");
    import(false).await;
    world.advance(TimeDelta::hours(6)).await;
    assert_snapshot!(ada.reads_one(), @"
    @grace mentors you: your mentoring programme brought you two along, every two weeks, 45 minutes.
    Your next meeting: Thursday, March 5th, 2026 at 3:00 PM.
    You need not do anything now. `/mentor` shows where you stand, and `/mentor help` what I do.
    ");
    assert_snapshot!(grace.reads_one(), @"
    You mentor @ada: your mentoring programme brought you two along, every two weeks, 45 minutes.
    Your next meeting: Thursday, March 5th, 2026 at 10:00 AM.
    You need not do anything now. `/mentor` shows where you stand, and `/mentor help` what I do.
    ");
    // Once more does nothing.
    assert!(import(false).await.starts_with("0 begin"));
});
