//! Names meet: in a group of their own with what the asker wrote, once, or apart when Slack allows no group.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use insta::assert_snapshot;
use mentor::domain::identifiers::{IntroductionId, IntroductionRequestId, NominationId};
use mentor::domain::introduction_meeting::{names_meet, names_meet_nudge};
use mentor::domain::introductions::{
    AskText, FollowUp, Introduction, IntroductionRequest, IntroductionState, Nomination, NominationState, Nominee,
    RequestState,
};
use mentor::domain::people::Person;
use mentor::domain::private_text::PrivateText;
use mentor::store::outbox::queue;
use mentor::store::{introductions, people};
use slack_sandbox::{Fault, FaultHow, FaultWhen, NewPerson, SeenMessage};

use crate::support::{Someone, World, story};

async fn known(world: &World, someone: &Someone) -> Person {
    let mut tx = world.app.speaker.ctx.db.read().await.unwrap();
    people::find_user(&mut tx, someone.hands.id()).await.unwrap().unwrap()
}

fn text(text: &str) -> PrivateText {
    PrivateText::typed(text).unwrap()
}

/// An ask of somebody, with their mentor, to whom it was perhaps passed on, and whom that one named: everybody is asked.
pub(crate) async fn asked(
    world: &World,
    asker: &Someone,
    links: &[&Someone],
    nominee: Nominee,
    state: NominationState,
) -> (Introduction, AskText) {
    let (ids, now) = (&world.app.speaker.ctx.ids, world.now());
    let asker = known(world, asker).await.id;
    let answer_by = now + TimeDelta::days(14);
    let mut requests = Vec::new();
    let mut passed_on_by = None;
    for (nth, link) in links.iter().enumerate() {
        let person = known(world, link).await.id;
        let last = nth + 1 == links.len();
        let state = if last { RequestState::Nominated } else { RequestState::PassedOn };
        let id = IntroductionRequestId(ids.opaque());
        requests.push(IntroductionRequest { id, person, passed_on_by, state, asked_at: now, answer_by });
        passed_on_by = Some(person);
    }
    let nomination = Nomination {
        id: NominationId(ids.opaque()),
        request: requests.last().map(|request| request.id),
        nominee,
        note: None,
        state,
        nominated_at: now,
        asked_at: Some(now),
        answer_by: Some(answer_by),
    };
    let introduction = Introduction {
        id: IntroductionId(ids.opaque()),
        asker,
        state: IntroductionState::Open,
        may_pass_on: true,
        asked_at: now,
        answer_by,
        ended_at: None,
        looked_further: false,
        follow_up: None,
        requests,
        nominations: vec![nomination],
    };
    let words = AskText {
        topic: text(&world.blurb("pricing experiments")),
        why: Some(text(&format!("{} <!channel> *now*", world.blurb("our trial converts badly")))),
        would_help: Some(text(&world.blurb("half an hour with somebody who did it"))),
        give_back: Some(text(&world.blurb("I read contracts"))),
    };
    (introduction, words)
}

/// Everybody says yes. Returns the ask; what follows is on its way.
async fn agree(world: &World, asker: &Someone, links: &[&Someone], nominee: &Someone) -> IntroductionId {
    let person = Nominee::Person(known(world, nominee).await.id);
    let (mut introduction, words) = asked(world, asker, links, person, NominationState::Asked).await;
    let (ctx, now) = (&world.app.speaker.ctx, world.now());
    let mut tx = ctx.db.begin().await.unwrap();
    introductions::insert(&mut tx, &introduction, &words).await.unwrap();
    let mut of = introductions::find(&mut tx, introduction.id).await.unwrap().unwrap();
    introduction.agree(introduction.nominations[0].id, now).unwrap();
    of.introduction = introduction;
    introductions::save(&mut tx, &mut of, None).await.unwrap();
    let owed = names_meet(of.introduction.id, of.introduction.asker, now);
    assert!(queue::enqueue(&mut tx, &owed, &ctx.ids, now).await.unwrap());
    tx.commit().await.unwrap();
    of.introduction.id
}

/// The asker says that they have not talked yet.
async fn not_yet(world: &World, id: IntroductionId) {
    let (ctx, now) = (&world.app.speaker.ctx, world.now());
    let mut tx = ctx.db.begin().await.unwrap();
    let mut of = introductions::find(&mut tx, id).await.unwrap().unwrap();
    of.introduction.follow_up(FollowUp::NotYet, now).unwrap();
    introductions::save(&mut tx, &mut of, None).await.unwrap();
    queue::enqueue(&mut tx, &names_meet_nudge(id, of.introduction.asker, now), &ctx.ids, now).await.unwrap();
    tx.commit().await.unwrap();
}

/// Ada asks, Grace knows somebody, Lise is happy to.
async fn three(world: &Arc<World>) -> (Someone, Someone, Someone) {
    let (ada, grace) = world.ada_and_grace().await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    (ada, grace, lise)
}

/// The one group that somebody is in: the others, and what stands there.
fn group(someone: &Someone) -> (Vec<String>, Vec<SeenMessage>) {
    let mut groups = someone.hands.group_dms();
    assert_eq!(groups.len(), 1, "{} is in one group", someone.hands.name());
    groups.remove(0)
}

pub(crate) fn without_markers(text: &str) -> String {
    let line = |line: &str| line.split(' ').filter(|word| !word.starts_with("canary-")).collect::<Vec<_>>().join(" ");
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn fault(method: &str, when: FaultWhen, how: FaultHow, times: u32) -> Fault {
    Fault { method: method.to_owned(), when, how, times }
}

fn posted(world: &World) -> usize {
    world.sandbox.calls().iter().filter(|call| call.method == "chat.postMessage" && call.response["ok"] == true).count()
}

story!(names_meet_in_a_group_and_people_answer_there, |world: Arc<World>| async move {
    let (ada, grace, lise) = three(&world).await;
    let id = agree(&world, &ada, &[&grace], &lise).await;
    world.settle().await;
    let (others, seen) = group(&ada);
    assert_eq!(others, ["grace", "lise"]);
    assert_eq!(seen.len(), 1);
    assert_snapshot!("the_group", without_markers(&seen[0].to_string()));
    assert_eq!(group(&lise).1[0].to_string(), seen[0].to_string());
    assert_eq!(lise.hands.notifications(), ["ada, meet lise"]);
    let answer = lise.hands.says_in(&seen[0].channel, "Gladly. Tuesday?", Some(&seen[0].ts)).await;
    assert!(answer.is_ok());
    // A week later Ada says that they have not talked: in the thread, not beside it.
    not_yet(&world, id).await;
    world.settle().await;
    let (_, seen) = group(&grace);
    assert_eq!(seen.len(), 3);
    assert!(seen[1..].iter().all(|message| message.thread_ts.as_ref() == Some(&seen[0].ts)));
    assert_snapshot!("the_nudge", seen[2].to_string());
    for someone in [&ada, &grace, &lise] {
        assert_eq!(someone.reads(), Vec::<String>::new(), "nothing beside the group");
    }
});

story!(a_question_that_was_passed_on_names_both_who_stood_in_between, |world: Arc<World>| async move {
    let (ada, grace, lise) = three(&world).await;
    let emmy = world.joins(NewPerson::member("emmy", "Emmy Noether", "Europe/Berlin")).await;
    agree(&world, &ada, &[&grace, &emmy], &lise).await;
    world.settle().await;
    let (others, seen) = group(&lise);
    assert_eq!(others, ["ada", "emmy", "grace"]);
    assert!(seen[0].to_string().contains("@emmy introduces you; @grace passed the question on."), "{}", seen[0]);
});

story!(nobody_stands_in_between, |world: Arc<World>| async move {
    let (ada, _, lise) = three(&world).await;
    agree(&world, &ada, &[], &lise).await;
    world.settle().await;
    let (others, seen) = group(&ada);
    assert_eq!(others, ["lise"]);
    assert!(!seen[0].to_string().contains("introduces you"), "{}", seen[0]);
});

story!(a_helper_who_got_it_passed_on_meets_the_asker, |world: Arc<World>| async move {
    let (ada, grace, lise) = three(&world).await;
    agree(&world, &ada, &[&grace, &lise], &lise).await;
    world.settle().await;
    assert_eq!(group(&lise).0, ["ada", "grace"]);
});

story!(slack_refuses_the_group_and_everybody_hears_whom_to_write_to, |world: Arc<World>| async move {
    let (ada, grace, lise) = three(&world).await;
    world.sandbox.keep_apart(&["ada", "lise"], "invalid_user_combination");
    let id = agree(&world, &ada, &[&grace], &lise).await;
    world.settle().await;
    assert!([&ada, &grace, &lise].iter().all(|someone| someone.hands.group_dms().is_empty()));
    assert_snapshot!("apart_ada", ada.reads_one());
    assert_snapshot!("apart_grace", grace.reads_one());
    assert_snapshot!("apart_lise", lise.reads_one());
    assert_eq!(world.outbox().await, [("dropped".to_owned(), 1), ("sent".to_owned(), 3)].into());
    // There is no thread to nudge in.
    not_yet(&world, id).await;
    world.settle().await;
    assert_eq!(world.outbox().await, [("dropped".to_owned(), 2), ("sent".to_owned(), 3)].into());
});

story!(each_refusal_of_a_group_leads_apart, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let refusals = [
        "user_not_visible",
        "user_not_found",
        "user_disabled",
        "cannot_dm_bot",
        "restricted_action",
        "missing_scope",
        "something_new",
    ];
    for (nth, refusal) in refusals.into_iter().enumerate() {
        let handle = format!("nominee{nth}");
        let nominee = world.joins(NewPerson::member(&handle, &handle, "Europe/London")).await;
        world.sandbox.keep_apart(&["ada", &handle], refusal);
        agree(&world, &ada, &[&grace], &nominee).await;
        world.settle().await;
        assert!(ada.reads_one().contains(&format!("please write to @{handle} yourself")), "{refusal}");
        assert!(nominee.reads_one().contains("@ada will write to you"), "{refusal}");
        grace.reads_one();
    }
    // And so does a refusal of the message itself, though the group was opened.
    let kurt = world.joins(NewPerson::member("kurt", "Kurt Gödel", "Europe/Vienna")).await;
    let refused = FaultHow::Error("restricted_action".to_owned());
    world.sandbox.inject(fault("chat.postMessage", FaultWhen::Before, refused, 1));
    agree(&world, &ada, &[&grace], &kurt).await;
    world.settle().await;
    assert!(kurt.reads_one().contains("@ada will write to you"));
    ada.reads_one();
    grace.reads_one();
});

story!(the_one_who_agreed_is_switched_off_in_between, |world: Arc<World>| async move {
    let (ada, grace, lise) = three(&world).await;
    // Slack knows before we do.
    world.sandbox.keep_apart(&["ada", "lise"], "user_disabled");
    world.sandbox.deactivate("lise");
    agree(&world, &ada, &[&grace], &lise).await;
    world.settle().await;
    assert_snapshot!("left_ada", ada.reads_one());
    assert_snapshot!("left_grace", grace.reads_one());
    assert_eq!(lise.reads(), Vec::<String>::new());
});

story!(whoever_stood_in_between_has_left, |world: Arc<World>| async move {
    let (ada, grace, lise) = three(&world).await;
    world.sandbox.deactivate("grace");
    world.during(tokio::time::sleep(Duration::from_millis(300))).await;
    agree(&world, &ada, &[&grace], &lise).await;
    world.settle().await;
    assert_eq!(group(&ada).0, ["lise"]);
    assert_eq!(grace.reads(), Vec::<String>::new());
});

story!(an_answer_lost_after_names_met, |world: Arc<World>| async move {
    let (ada, grace, lise) = three(&world).await;
    world.sandbox.inject(fault("chat.postMessage", FaultWhen::After, FaultHow::DropConnection, 1));
    let id = agree(&world, &ada, &[&grace], &lise).await;
    world.settle().await;
    assert_eq!(world.outbox().await.get("doubt"), Some(&1), "nobody knows yet");
    world.advance(TimeDelta::minutes(30)).await;
    assert_eq!(world.outbox().await.get("sent"), Some(&1));
    let (_, seen) = group(&lise);
    assert_eq!(seen.len(), 1, "found in the group's history, not sent again");
    // The thread is known although the answer was lost; a reply whose answer is lost is found in it.
    world.sandbox.inject(fault("chat.postMessage", FaultWhen::After, FaultHow::Status(502), 1));
    not_yet(&world, id).await;
    world.advance(TimeDelta::minutes(30)).await;
    let (_, seen) = group(&ada);
    assert_eq!(seen.len(), 2, "{seen:#?}");
    assert_eq!(seen[1].thread_ts.as_ref(), Some(&seen[0].ts));
    assert_eq!(world.outbox().await.get("sent"), Some(&2));
    assert!(world.sandbox.calls().iter().any(|call| call.method == "conversations.replies"));
    let _ = grace;
});

story!(an_answer_lost_before_names_met, |world: Arc<World>| async move {
    let (ada, grace, lise) = three(&world).await;
    world.sandbox.inject(fault("chat.postMessage", FaultWhen::Before, FaultHow::DropConnection, 1));
    agree(&world, &ada, &[&grace], &lise).await;
    world.settle().await;
    world.advance(TimeDelta::seconds(85)).await;
    assert!(group(&ada).1.is_empty(), "not before two looks have found nothing");
    world.advance(TimeDelta::minutes(30)).await;
    assert_eq!(group(&ada).1.len(), 1);
    assert_eq!(posted(&world), 1);
});

story!(the_group_is_opened_once_whatever_happens, |world: Arc<World>| async move {
    let (ada, grace, lise) = three(&world).await;
    world.sandbox.inject(fault("conversations.open", FaultWhen::After, FaultHow::DropConnection, 2));
    agree(&world, &ada, &[&grace], &lise).await;
    world.advance(TimeDelta::minutes(30)).await;
    assert_eq!(group(&ada).1.len(), 1, "the same people are the same group, so opening is repeated");
    assert_eq!(posted(&world), 1);
});

// A process claims the message and dies: before the group was opened, after it was, and after the message was posted.
story!(the_app_dies_at_each_step, |world: Arc<World>| async move {
    use mentor::store::introduction_threads;
    use mentor::store::outbox::doubt;
    let (ada, grace) = world.ada_and_grace().await;
    let ctx = &world.app.speaker.ctx;
    for (nth, step) in ["claimed", "opened", "posted"].into_iter().enumerate() {
        let handle = format!("nominee{nth}");
        let nominee = world.joins(NewPerson::member(&handle, &handle, "Europe/London")).await;
        let id = agree(&world, &ada, &[&grace], &nominee).await;
        let now = world.now();
        let mut tx = ctx.db.begin().await.unwrap();
        let message = queue::due(&mut tx, now, 1).await.unwrap().remove(0);
        let claimed = queue::claim(&mut tx, &message, now, TimeDelta::seconds(60)).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        if step != "claimed" {
            let users = [ada.hands.id(), grace.hands.id(), nominee.hands.id()];
            let channel = world.app.speaker.api.open_conversation(&users).await.unwrap();
            let mut tx = ctx.db.begin().await.unwrap();
            introduction_threads::opened(&mut tx, id, &channel).await.unwrap();
            tx.commit().await.unwrap();
            if step == "posted" {
                let said = mentor::slack::api::Outgoing { text: "names".to_owned(), blocks: serde_json::Value::Null };
                world.app.speaker.api.post_message(&channel, &said, &claimed.nonce, None).await.unwrap();
            }
        }
        let mut tx = ctx.db.begin().await.unwrap();
        let later = now + TimeDelta::seconds(61);
        assert_eq!(doubt::abandoned(&mut tx, later, now + TimeDelta::seconds(60), now).await.unwrap(), 1);
        tx.commit().await.unwrap();
        world.advance(TimeDelta::minutes(10)).await;
        assert_eq!(group(&nominee).1.len(), 1, "one message, though its process died when it was {step}");
        assert_eq!(
            introduction_threads::find(&mut ctx.db.read().await.unwrap(), id).await.unwrap().unwrap().ts,
            Some(group(&nominee).1[0].ts.clone())
        );
    }
    assert_eq!(world.outbox().await, [("sent".to_owned(), 3)].into());
});

story!(who_asked_is_forgotten_and_takes_it_back, |world: Arc<World>| async move {
    let (ada, grace, lise) = three(&world).await;
    agree(&world, &ada, &[&grace], &lise).await;
    world.settle().await;
    assert!(group(&lise).1[0].to_string().contains("canary-"));
    ada.types_and_sees("/mentor forget me").await;
    ada.fills("Type “forget”", "forget").await;
    ada.submits().await;
    world.advance(TimeDelta::hours(1)).await;
    let now = group(&lise).1[0].to_string();
    assert!(!now.contains("canary-") && !now.contains("ada"), "{now}");
    ada.reads();
});
