//! What coordinators do: words of the organisation that mean the same. To everybody else there is no such thing.

use std::sync::Arc;
use std::time::Duration;

use insta::assert_snapshot;
use mentor::app::{App, Parts};
use mentor::directory::settings::DirectorySettings;
use mentor::domain::coordinators::Coordinators;
use mentor::domain::org_chart::SameManager;
use mentor::domain::working_time::WorkingTime;
use mentor::ids::Ids;
use mentor::jobs::speaker::SETTLE;
use mentor::jobs::topics;
use mentor::store::topic_aliases;
use slack_sandbox::{NewPerson, SubmitOutcome};

use crate::finding::is_listed;
use crate::permissions::{forges_everything, ids_on_screens};
use crate::support::{Someone, World, story};

const TITLE: &str = "Words that mean the same";

async fn carol(world: &Arc<World>) -> Someone {
    world.joins(NewPerson::member("carol", "Carol Shaw", "Europe/London")).await
}

/// The job hears that words have changed, and does what it does then.
async fn learns(world: &World) {
    let ctx = &world.app.speaker.ctx;
    tokio::time::timeout(Duration::from_secs(5), ctx.words_changed.notified()).await.expect("it rings");
    assert!(topics::heed(ctx).await.unwrap());
    topics::tick(ctx).await.unwrap();
}

async fn adds(who: &Someone, lines: &str) -> String {
    who.types_and_sees("/mentor programme aliases").await;
    who.fills("Add", lines).await;
    let SubmitOutcome::Updated(added) = who.submits().await else { panic!("a word that they are there") };
    who.closes().await;
    added.to_string()
}

async fn kept(world: &World) -> Vec<String> {
    topic_aliases::all(&mut world.app.speaker.ctx.db.read().await.unwrap()).await.unwrap()
}

story!(a_coordinator_adds_words_and_everybody_finds_by_them, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let carol = carol(&world).await;
    is_listed(&grace, "new billing system", "").await;
    assert!(ada.types("/mentor find Project Falcon").await.starts_with("Nobody you could ask offers"));
    assert_snapshot!(carol.types("/mentor programme").await, @"
    The programme
    Words that mean the same: none added so far.
    [Words that mean the same]
    ");
    assert_snapshot!(carol.clicks_and_sees(TITLE).await, @"
    # Words that mean the same
    Searches know some common words that mean the same, such as k8s and Kubernetes. Add those of your organisation: abbreviations, products, names of programmes. Everybody’s searches use them.
    Add: ____
      (A group a line, with commas between.)
    ---
    Added so far
    Nothing yet.
    [Cancel] [Add]
    ");

    // What is not right is named, nothing is added, and what she typed stays.
    let typed = "Project Falcon, new billing system\nFalcon\n\n# ours, mine\n???, what";
    carol.fills("Add", typed).await;
    let SubmitOutcome::Errors(errors) = carol.submits().await else { panic!("three lines are not right") };
    assert_snapshot!(errors.values().next().unwrap(), @"Line 2, “Falcon”: there is nothing that means the same; put both on one line, with a comma between them. Line 4, “# ours, mine”: a line that begins with # is a remark and adds nothing. Line 5, “???”: a topic needs at least one letter or number. Nothing was added yet: mend this and press Add again.");
    assert!(carol.modal().await.contains("???, what"), "what she typed stays");
    assert_eq!(kept(&world).await, Vec::<String>::new());
    carol.fills("Add", "Project Falcon, new billing system\n\nRaven , the  people portal,").await;
    let SubmitOutcome::Updated(added) = carol.submits().await else { panic!("a word that they are there") };
    assert_snapshot!(added, @"
    # Added
    Added. Searches take these for the same from now on; on other servers within a minute.
    • Project Falcon, new billing system
    • Raven, the people portal
    [Close]
    ");
    carol.closes().await;
    learns(&world).await;
    assert_snapshot!(ada.types("/mentor find project falcon").await, @"
    Who could help with “project falcon”:
    @grace offers new billing system (you wrote project falcon) · 3 hours of the day in common · room for 3 more
    [Ask them]
    [Ask my manager to suggest someone]
    ");

    // Another replica has not heard the bell: it looks by itself.
    let parts = Parts {
        clock: world.clock.clone(),
        ids: Arc::new(Ids::seeded(8)),
        programme: WorkingTime::default(),
        holiday_calendars: Vec::new(),
        api_url: world.sandbox.api_url(),
        app_token: world.sandbox.app_token().into(),
        bot_token: world.sandbox.bot_token().into(),
        settle: SETTLE,
        directory: DirectorySettings::default(),
        same_manager: SameManager::Refuse,
        topic_aliases: String::new(),
        coordinators: Coordinators::default(),
        office: None,
    };
    let ctx = &world.app.speaker.ctx;
    let other = App::assemble(parts, ctx.db.clone()).await.unwrap();
    let there = &other.speaker.ctx;
    assert_eq!(there.topics.fingerprint(), ctx.topics.fingerprint(), "known from its start");
    let again = adds(&carol, "Raven, the people portal\nHeron, the wiki").await;
    assert!(again.contains("• Heron, the wiki") && again.contains("1 was there already."), "{again}");
    learns(&world).await;
    assert_ne!(there.topics.fingerprint(), ctx.topics.fingerprint());
    assert!(topics::heed(there).await.unwrap());
    assert_eq!(there.topics.fingerprint(), ctx.topics.fingerprint(), "and they read topics alike");
    assert!(!topics::heed(there).await.unwrap());

    // All of it there already; then one is taken away again.
    let nothing_new = adds(&carol, "Heron, the wiki").await;
    assert!(nothing_new.contains("All of these were there already."), "{nothing_new}");
    let home = carol.home().await;
    assert!(home.contains("You are a coordinator."), "{home}");
    carol.clicks_on_home(TITLE).await;
    let list = carol.modal_with("Heron").await;
    assert!(list.find("Heron") < list.find("Project Falcon"), "the newest first: {list}");
    let row = list.lines().position(|line| line.starts_with("Project Falcon")).unwrap();
    let remove = list.lines().take(row).filter(|line| line.contains("[Remove]")).count();
    world.during(carol.hands.clicks_nth(&slack_sandbox::Place::Modal, "Remove", remove)).await.unwrap();
    let wait = carol.hands.wait_for("a shorter list", |hands| {
        hands.modal().filter(|view| !view.to_string().contains("Project Falcon, new billing system\n"))
    });
    world.during(wait).await.unwrap();
    carol.closes().await;
    assert_eq!(kept(&world).await, ["Raven, the people portal", "Heron, the wiki"]);
    learns(&world).await;
    assert!(ada.types("/mentor find Project Falcon").await.starts_with("Nobody you could ask offers"));
});

story!(many_words_stand_on_pages, |world: Arc<World>| async move {
    let carol = carol(&world).await;
    let lines: Vec<String> = (1..=20).map(|number| format!("Code {number}, project number {number}")).collect();
    adds(&carol, &lines.join("\n")).await;
    let first = carol.types_and_sees("/mentor programme words").await;
    assert!(first.contains("Page 1 of 2, 20 groups in all.") && first.contains("[Older]"), "{first}");
    assert!(!first.contains("[Newer]"), "{first}");
    carol.fills("Add", "half, done").await;
    carol.clicks("Older").await;
    let second = carol.modal_with("Page 2 of 2").await;
    assert!(second.contains("Code 1, project number 1") && second.contains("[Newer]"), "{second}");
    assert!(second.contains("half, done"), "what she was writing stays: {second}");
    carol.clicks("Newer").await;
    carol.modal_with("Page 1 of 2").await;
    carol.closes().await;
});

story!(to_everybody_else_there_is_no_programme, |world: Arc<World>| async move {
    let (ada, _) = world.ada_and_grace().await;
    let carol = carol(&world).await;
    let lise = world.joins(NewPerson::guest("lise", "Lise Meitner", "Europe/London")).await;
    adds(&carol, "Raven, the people portal").await;
    carol.types_and_sees("/mentor programme aliases").await;
    carol.closes().await;
    assert_snapshot!(ada.types("/mentor programme aliases").await, @"
    I don't know “programme aliases”. Did you mean:
    • `/mentor`
    • `/mentor ask @name`
    • `/mentor find [topic]`

    `/mentor help` shows everything.
    ");
    let nonsense = ada.types("/mentor programming aliases").await;
    let shape = |answer: &str| answer.lines().last().unwrap().to_owned();
    for typed in ["/mentor programme", "/mentor program", "/mentor programme aliases", "/mentor the programme, please"]
    {
        let answer = ada.types(typed).await;
        assert!(answer.starts_with("I don't know “"), "{answer}");
        assert_eq!(shape(&answer), shape(&nonsense));
        assert_eq!(lise.types(typed).await, answer);
    }
    assert!(!ada.home().await.contains("coordinator"));
    // Whoever has learnt the ids learns and changes nothing either.
    let ids = ids_on_screens(&world);
    let before = kept(&world).await;
    for intruder in [&ada, &lise] {
        forges_everything(&world, intruder, &ids, true).await;
    }
    assert_eq!(kept(&world).await, before);
    assert!(!ada.hands.ephemerals().iter().any(|told| told.to_string().contains("Raven")));
});

story!(a_coordinator_who_is_no_member_any_more, |world: Arc<World>| async move {
    let carol = world.joins(NewPerson::guest("carol", "Carol Shaw", "Europe/London")).await;
    let ada = world.joins(NewPerson::member("ada", "Ada Lovelace", "Europe/London")).await;
    assert_eq!(carol.types("/mentor programme").await, ada.types("/mentor programme").await);
    assert!(!carol.home().await.contains("coordinator"));
});
