//! A mentor is never the boss: asking, accepting, and a chart that changes under a pair.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use insta::assert_snapshot;
use mentor::domain::directory::{Entry, Snapshot, Source, user_id};
use mentor::domain::org_chart::SameManager;
use mentor::jobs::rule_one;
use mentor::jobs::take_over::{Accept, Reading, Taken, take_over};
use slack_sandbox::{NewPerson, SandboxOptions, SubmitOutcome};

use crate::support::{Someone, World, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// `("ada", "grace")`: Ada reports to Grace. Whoever is not in the workspace is known by an address.
fn entry(world: &World, who: &str, manager: &str) -> Entry {
    let named = |handle: &str| -> Box<str> {
        world.sandbox.person(handle).map_or_else(|| format!("{handle}@example.com").into(), |known| known.id().into())
    };
    let key = named(who);
    let manager = (!manager.is_empty()).then(|| named(manager));
    Entry { user_id: user_id(&key), email: None, key, manager, department: None }
}

/// The directory says this from now on, and every live pair is held against it.
pub(crate) async fn reports(world: &World, lines: &[(&str, &str)]) {
    let snapshot = Snapshot { entries: lines.iter().map(|(who, manager)| entry(world, who, manager)).collect() };
    let ctx = &world.app.speaker.ctx;
    let mut tx = ctx.db.begin().await.unwrap();
    mentor::store::directory::know(&mut tx, Source::Csv, ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
    let reading = Reading { source: Source::Csv, tag: None, again_at: ctx.now() };
    let taken = take_over(ctx, reading, &snapshot, Accept::Yes).await.unwrap();
    assert!(matches!(taken, Taken::Over { .. }), "{taken:?}");
    rule_one::tick(ctx).await.unwrap();
    world.settle().await;
}

async fn people(world: &Arc<World>, handles: &[&str]) -> Vec<Someone> {
    let mut all = Vec::new();
    for handle in handles {
        all.push(world.joins(NewPerson::member(handle, handle, "Europe/London")).await);
    }
    all
}

story!(a_boss_cannot_be_asked_nor_a_boss_of_a_boss, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    people(&world, &["bob", "cleo", "dora"]).await;
    // Ada reports to Bob, who reports to Grace; Cleo reports to Bob, too; Dora has a line of her own.
    reports(&world, &[("ada", "bob"), ("bob", "grace"), ("cleo", "bob"), ("dora", "grace"), ("grace", "")]).await;
    let refused = ada.types("/mentor ask @bob").await;
    assert_snapshot!(refused, @"bob is in your reporting line or next to it, and a mentor is never the boss. Somebody outside it is better, best of another department.");
    // The same words for a boss, a boss's boss and a colleague.
    for handle in ["grace", "cleo"] {
        assert_eq!(ada.types(&format!("/mentor ask @{handle}")).await, refused.replacen("bob", handle, 1));
    }
    // Nor the other way round.
    assert!(grace.types("/mentor ask @ada").await.contains("a mentor is never the boss"));
    // Chosen in the form, what was written stays.
    ada.home().await;
    ada.clicks_on_home("Ask somebody to mentor me").await;
    ada.modal().await;
    ada.chooses("Whom I ask", "cleo").await;
    ada.fills("What I want to work on", &world.secret("leading")).await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("the form stays") };
    assert!(format!("{errors:?}").contains("a mentor is never the boss"), "{errors:?}");
    ada.closes().await;
    // An aunt is no boss.
    ada.asks(&world.someone("dora"), &world.secret("leading")).await;
    world.someone("dora").reads_one();
});

story!(a_manager_who_is_not_in_slack_is_the_same_manager, |world: Arc<World>| async move {
    let (ada, _) = world.ada_and_grace().await;
    reports(&world, &[("ada", "boss"), ("grace", "boss")]).await;
    assert!(ada.types("/mentor ask @grace").await.contains("next to it"));
    // A circle in the data ends, and keeps apart whom it has.
    reports(&world, &[("ada", "boss"), ("boss", "grace"), ("grace", "ada")]).await;
    assert!(ada.types("/mentor ask @grace").await.contains("never the boss"));
    // Somebody who reports to nobody, and somebody the chart does not have.
    reports(&world, &[("ada", "")]).await;
    ada.types_and_sees("/mentor ask @grace").await;
    ada.closes().await;
});

async fn colleagues_may(database: crate::support::Database) {
    let world = World::begin_as(database, SandboxOptions::default(), SameManager::Allow, None).await;
    let (ada, grace) = world.ada_and_grace().await;
    people(&world, &["bob"]).await;
    reports(&world, &[("ada", "bob"), ("grace", "bob")]).await;
    ada.asks(&grace, &world.secret("a craft")).await;
    grace.reads_one();
    assert!(ada.types("/mentor ask @bob").await.contains("never the boss"), "a boss stays one");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn colleagues_may_be_a_pair_where_that_is_set_sqlite() {
    colleagues_may(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn colleagues_may_be_a_pair_where_that_is_set_postgres() {
    colleagues_may(World::postgres().await).await;
}

story!(who_became_the_boss_since_cannot_accept, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    ada.asks(&grace, &world.secret("leading")).await;
    grace.reads_one();
    reports(&world, &[("ada", "grace")]).await;
    grace.clicks("Accept").await;
    assert_snapshot!(grace.is_told("never the boss").await, @"@ada is in your reporting line or next to it, and a mentor is never the boss, so this cannot begin. They hear that it did not work out this time, as they would without an answer.");
    // The form was open when the chart changed.
    reports(&world, &[("ada", "")]).await;
    grace.clicks_and_sees("Accept").await;
    grace.chooses("Weekday", "Thursday").await;
    reports(&world, &[("ada", "grace")]).await;
    let outcome = grace.submits().await;
    assert!(!matches!(outcome, SubmitOutcome::Closed), "{outcome:?}");
    grace.closes().await;
    // Time goes by, and Ada hears what she would have heard anyway.
    world.advance(TimeDelta::days(5)).await;
    grace.reads();
    assert!(ada.reads_one().contains("can't take this on at the moment"));
});

story!(somebody_hired_as_the_boss_of_a_pair_holds_it_back, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    people(&world, &["bob"]).await;
    world.advance_to(at("2026-03-03T08:00:00Z")).await;
    // Grace becomes the boss of Ada's boss, before Ada's working day begins.
    reports(&world, &[("ada", "bob"), ("bob", "grace")]).await;
    assert_eq!(ada.reads(), Vec::<String>::new(), "not before the working day begins");
    world.advance_to(at("2026-03-03T09:00:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    The org chart has changed: @grace is now in your reporting line or next to it. A mentor is never the boss, so your pair is paused, and nothing is sent about it until one of you acts.
    [Finish] [We checked: go on]
    Only the two of you are told. “We checked: go on” is for a chart that was wrong and has been mended.
    ");
    assert_eq!(grace.reads(), Vec::<String>::new());
    world.advance_to(at("2026-03-03T14:00:00Z")).await;
    let told = grace.reads_one();
    assert!(told.contains("@ada is now in your reporting line or next to it"), "{told}");
    assert_snapshot!(ada.home().await, @"
    What waits for me
    The org chart has changed: @grace is now in your reporting line or next to it. A mentor is never the boss, so your pair is paused, and nothing is sent about it until one of you acts.
    [Finish] [We checked: go on]
    Only the two of you are told. “We checked: go on” is for a chart that was wrong and has been mended.
    ---
    Homework
    [See homework] [Add homework]
    ---
    Asks and introductions
    [Who can I talk to about…]
    ---
    My mentors, mentees and peers
    @grace mentors you · every week, 30 minutes · paused
    [Our agreement] [Finish]
    [Find a mentor] [Ask somebody to mentor me] [Ask my manager to suggest someone] [Add an outside mentor]
    ---
    Goals and wins
    [Set a goal] [Log a win]
    ---
    Settings
    You work Mon–Fri, 09:00–17:00 (Europe/London). No days off.
    You are asked for an agenda 2 working days ahead.
    [My settings]
    [Who sees what]
    You are not listed; who knows you may ask you. Introductions: off.
    [My profile]
    [My network] [Mentor or manager?]
    ");
    // It is not told again, and nothing is said about the meetings.
    reports(&world, &[("ada", "bob"), ("bob", "grace")]).await;
    world.advance_to(at("2026-03-16T10:00:00Z")).await;
    assert_eq!((ada.reads(), grace.reads()), (Vec::new(), Vec::new()));

    // The chart says so still.
    grace.clicks("We checked: go on").await;
    assert_snapshot!(grace.is_told("still").await, @"By the org chart as I know it now, @ada is still in your reporting line or next to it. If the chart is wrong, whoever keeps it can mend it there; I read it again every day. Then click We checked: go on again. Nothing was changed.");
    // It was wrong, and was mended; the pair waits for one of the two all the same.
    reports(&world, &[("ada", "bob"), ("bob", "")]).await;
    assert_eq!((ada.reads(), grace.reads()), (Vec::new(), Vec::new()));
    let old = grace.latest();
    grace.clicks("We checked: go on").await;
    assert_snapshot!(grace.latest(), @"You go on with @ada: the chart no longer stands between you.");
    assert_snapshot!(ada.reads_one(), @"@grace checked: the chart no longer stands between you. Your pair goes on, by its rhythm.");
    grace.clicks_old(&old, "Finish").await;
    assert!(grace.is_told("settled before").await.contains("Nothing was changed"));
    // By its own rhythm, as if nothing had been: Thursdays at ten in New York.
    let home = ada.home().await;
    assert!(home.contains("Thursday, March 19th, 2026 at 2:00 PM"), "{home}");
    world.advance_to(at("2026-03-17T16:00:00Z")).await;
    assert!(ada.reads_one().contains("Prepare your agenda"));
    world.leave_unsettled();
});

story!(a_pair_that_is_held_back_may_finish, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    ada.home().await;
    reports(&world, &[("grace", "ada")]).await;
    world.advance_to(at("2026-03-02T16:00:00Z")).await;
    assert!(ada.reads_one().contains("your pair is paused"));
    grace.reads_one();
    ada.clicks("Finish").await;
    assert_snapshot!(ada.latest(), @"You finished with @grace. What you wrote stays yours to read.");
    assert_snapshot!(grace.reads_one(), @"
    @ada brings your time together to a close. Thank you for what you gave it. Either of you may stop at any time; it takes no reason, and says nothing against anybody.
    [Add a word of mine] [Look back] [Add to my network]
    Meetings to come are left out. What you two wrote stays readable to both of you. Nobody else is told.
    ");
    world.advance_to(at("2026-03-20T10:00:00Z")).await;
    assert_eq!((ada.reads(), grace.reads()), (Vec::new(), Vec::new()), "nothing more is said about them");
    // Once the chart is another, they may begin anew.
    assert!(ada.types("/mentor ask @grace").await.contains("never the boss"));
    reports(&world, &[("grace", "")]).await;
    ada.types_and_sees("/mentor ask @grace").await;
    ada.closes().await;
});
