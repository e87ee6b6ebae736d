//! Who sees what; taking one's data along; and accounts that are switched off.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use insta::assert_snapshot;
use mentor::render::controls::{self, forms};
use serde_json::{Value, json};
use slack_sandbox::{Fault, FaultHow, FaultWhen, NewPerson, SubmitOutcome};

use crate::support::{Someone, World, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The exports somebody was given, the oldest first: the text and the document.
fn exports(person: &Someone) -> (Vec<String>, Vec<Value>) {
    let mine = person.files().into_iter().filter(|(_, title, _)| title.starts_with("My Mentor data"));
    let (mut texts, mut documents) = (Vec::new(), Vec::new());
    for (thread, title, content) in mine {
        assert_eq!(thread, None, "by itself");
        if title.ends_with(".json") {
            documents.push(serde_json::from_str(&content).unwrap());
        } else {
            texts.push(content);
        }
    }
    (texts, documents)
}

/// What the two of a pair have written by the end of their first meeting, by what it is.
struct Written {
    goal: String,
    why: String,
    parked: String,
    point: String,
    useful: String,
    homework: String,
    win: String,
}

/// Ada and Grace meet once and write something of every kind.
async fn a_pair_that_writes(world: &Arc<World>) -> (Someone, Someone, Written) {
    let (ada, grace) = world.a_pair().await;
    let written = Written {
        goal: world.secret("lead a project"),
        why: world.secret("why do we freeze"),
        parked: world.secret("pricing"),
        point: world.secret("read the postmortem"),
        useful: world.secret("her questions"),
        homework: world.secret("the runbook"),
        win: world.secret("a green week"),
    };
    ada.types_and_sees("/mentor goal").await;
    ada.fills("My goal", &written.goal).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    ada.types(&format!("/mentor agenda {}", written.parked)).await;
    world.advance_to(at("2026-03-03T15:00:00Z")).await;
    ada.reads();
    ada.types_and_sees("/mentor agenda").await;
    ada.fills("Learn the why", &written.why).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    world.advance_to(at("2026-03-04T15:00:00Z")).await;
    grace.clicks_and_sees("Open agenda").await;
    grace.clicks_and_is_shown("Add a point").await;
    grace.fills("My point", &written.point).await;
    grace.submits().await;
    while grace.hands.modal().is_some() {
        grace.closes().await;
    }
    world.advance_to(at("2026-03-05T15:45:00Z")).await;
    grace.reads();
    ada.reads();
    ada.clicks_and_sees("We met").await;
    ada.fills("What was most useful?", &written.useful).await;
    ada.fills("Homework", &written.homework).await;
    ada.fills("A win", &written.win).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    ada.reads();
    grace.reads();
    (ada, grace, written)
}

story!(who_sees_what_with_the_actual_people, |world: Arc<World>| async move {
    let (ada, grace, written) = a_pair_that_writes(&world).await;
    let page = ada.types_and_sees("/mentor privacy").await;
    assert_snapshot!(page, @"
    # Who sees what
    What is kept, and who reads it
    With @grace · you meet
    2 meetings, 3 agenda entries, 1 piece of homework, 1 goal, 1 win, 1 version of your agreement, 1 review.
    Read by: you and @grace. Nobody else.
    When you ask whom you can talk to
    Read by: @grace, and by everybody they name; if they know nobody, by people who offer the topic and are open to introductions. When names meet it stands in the group message. Who could not help is told to nobody.
    About you alone I keep your name, your time zone and language as Slack tells them, your working hours and your days off. Nobody else sees the list of your days off.
    ---
    Who does not
    Coordinators see counts, such as how many pairs meet. They never see what you write, and nothing for small groups.
    Your manager sees nothing.
    Slack keeps my messages. They say that something is there, never what it says. Only three things stand in Slack: a win for which you choose a channel, what you asked once names meet, and what you take along as a file.
    The log holds nothing that you write and no names.
    The database holds what you write sealed, with a key for each pair and each ask.
    How long? Until you ask to be forgotten. What you wrote goes at once then; what the other half keeps goes when they are forgotten, too.
    [Export my data] [Forget me]
    [Close]
    ");
    assert!(!page.contains(&written.why), "counts, never content");
    ada.closes().await;
    // On Home, below the settings.
    assert!(grace.home().await.contains("[Who sees what]"));
    grace.clicks_on_home("Who sees what").await;
    assert!(grace.modal().await.contains("With @ada"));
    grace.closes().await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    assert!(lise.types_and_sees("/mentor privacy").await.contains("You have no pair"));
    lise.closes().await;
});

story!(everything_of_mine_as_two_files, |world: Arc<World>| async move {
    let (ada, grace, written) = a_pair_that_writes(&world).await;
    assert_snapshot!(ada.types("/mentor export").await, @"It is on its way: two files in our direct messages, one for reading and one for machines. Only you can see them there; Slack keeps them until you delete them.");
    let (texts, documents) = exports(&ada);
    let ([text], [document]) = (&texts[..], &documents[..]) else { panic!("a text and a document") };
    assert_eq!((document["format"].as_str(), document["version"].as_u64()), (Some("mentor export"), Some(1)));
    assert_eq!(document["person"]["name"], "ada");
    assert_eq!(document["person"]["time_zone"], "Europe/London");
    let [pair] = &document["pairs"].as_array().unwrap()[..] else { panic!("one pair") };
    assert_eq!(
        (&pair["with"], &pair["my_half"], &pair["state"]),
        (&json!("grace"), &json!("mentee"), &json!("active"))
    );
    let first = &pair["meetings"][0];
    assert_eq!(first["state"], "held");
    assert_eq!(first["what_was_most_useful"], written.useful);
    assert_eq!(first["agendas"][0], json!({ "by": "me", "parts": [{ "part": "why", "text": written.why }] }));
    let entries = first["entries"].as_array().unwrap();
    let of = |who: &str| entries.iter().find(|entry| entry["by"] == who).unwrap()["text"].clone();
    assert_eq!((of("me"), of("other")), (json!(written.parked), json!(written.point)));
    assert_eq!((&pair["homework"][0]["task"], &pair["homework"][0]["owner"]), (&json!(written.homework), &json!("me")));
    assert_eq!((&pair["goals"][0]["goal"], &pair["wins"][0]["win"]), (&json!(written.goal), &json!(written.win)));
    assert_eq!(pair["agreement"][0]["state"], "agreed");
    for part in [&written.why, &written.parked, &written.point, &written.useful, &written.homework, &written.goal] {
        assert!(text.contains(part.as_str()), "{part} in {text}");
    }
    // Once a day, and it says when the next is possible.
    assert_snapshot!(ada.types("/mentor export").await, @"You have your data already, in our direct messages. I make it once a day at most: the next is possible from Friday, March 6th, 2026 at 3:45 PM.");
    world.advance(TimeDelta::hours(23)).await;
    assert!(ada.types("/mentor export").await.contains("once a day"));
    world.advance(TimeDelta::minutes(61)).await;
    ada.reads();
    assert!(ada.types("/mentor export").await.contains("on its way"));
    assert_eq!(exports(&ada).1.len(), 2);
    // Nobody else was given anything.
    assert_eq!(exports(&grace).1.len(), 0);
    grace.reads();
    world.leave_unsettled();
});

story!(an_export_shows_no_answer_that_is_the_others, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let aim = world.secret("pricing");
    ada.asks(&grace, &aim).await;
    grace.reads_one();
    grace.clicks("Not now").await;
    grace.reads();
    // Before the deadline a "not now" looks open to who asked, in the files, too.
    ada.types("/mentor export").await;
    let (texts, documents) = exports(&ada);
    assert_eq!(documents[0]["pairs"][0]["state"], "proposed");
    assert!(!texts[0].contains("declined") && !documents[0].to_string().contains("declined"));
    // Who answered knows what they answered.
    grace.types("/mentor export").await;
    assert_eq!(exports(&grace).1[0]["pairs"][0]["state"], "declined");
    world.advance(TimeDelta::days(8)).await;
    ada.reads();
    ada.types("/mentor export").await;
    let (texts, documents) = exports(&ada);
    assert_eq!(documents[1]["pairs"][0]["state"], "not_this_time");
    assert!(!texts[1].contains("declined") && !documents[1].to_string().contains("declined"));
});

story!(an_export_shows_no_answer_in_a_review_but_ones_own, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    ada.asks(&grace, &world.secret("becoming a lead")).await;
    grace.clicks_and_sees("Accept").await;
    grace.chooses("How often", "Every two months, the first one").await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    world.sign(&ada, &grace).await;
    world.advance_to(at("2026-07-20T13:30:00Z")).await;
    ada.reads();
    grace.reads();
    ada.clicks_and_sees("Carry on").await;
    ada.chooses("Next review", "3 months from today: Tue 20 Oct 2026").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    grace.types("/mentor export").await;
    let (texts, documents) = exports(&grace);
    assert!(!texts[0].contains("20 October 2026") && !documents[0].to_string().contains("2026-10-20"));
    assert_eq!(documents[0]["pairs"][0]["reviews"][0]["my_answer"], Value::Null);
    ada.types("/mentor export").await;
    let (texts, documents) = exports(&ada);
    assert!(texts[0].contains("My answer: carry on until 20 October 2026"), "{}", texts[0]);
    assert_eq!(documents[0]["pairs"][0]["reviews"][0]["my_answer"]["carry_on_until"], "2026-10-20");
    world.leave_unsettled();
});

story!(a_forged_export_gives_nobody_anothers_data, |world: Arc<World>| async move {
    let (ada, _grace, written) = a_pair_that_writes(&world).await;
    let mallory = world.joins(NewPerson::member("mallory", "Mallory", "Europe/London")).await;
    let pair = world.pair_id("ada", "grace").await;
    for button in [controls::EXPORT_MY_DATA, controls::WHO_SEES_WHAT, controls::FORGET_ME] {
        let click = json!({ "type": "block_actions", "actions": [{ "type": "button", "action_id": button.id, "block_id": "b", "value": pair }] });
        let _ = world.during(mallory.hands.forges(click)).await;
    }
    let (texts, documents) = exports(&mallory);
    assert_eq!(documents[0]["pairs"], json!([]));
    assert!(!texts[0].contains(&written.goal));
    // A forged form forgets whoever sends it, and nobody else.
    let submission = json!({ "type": "view_submission", "view": {
        "id": "Vforged", "type": "modal", "callback_id": forms::FORGET, "private_metadata": pair, "hash": "1.a",
        "state": { "values": { "word": { "word": { "type": "plain_text_input", "value": "forget" } } } } } });
    let _ = world.during(mallory.hands.forges(submission)).await;
    assert!(mallory.reads_one().contains("You are forgotten"));
    assert!(ada.home().await.contains(&written.goal));
});

story!(an_export_that_fails_half_way_is_given_once, |world: Arc<World>| async move {
    let (ada, _grace, _written) = a_pair_that_writes(&world).await;
    let fault = |when, how| Fault { method: "files.completeUploadExternal".to_owned(), when, how, times: 1 };
    world.sandbox.inject(fault(FaultWhen::After, FaultHow::Status(500)));
    world.sandbox.inject(fault(FaultWhen::Before, FaultHow::Status(500)));
    ada.types("/mentor export").await;
    world.advance(TimeDelta::minutes(10)).await;
    let (texts, documents) = exports(&ada);
    assert_eq!((texts.len(), documents.len()), (1, 1));
});

/// Slack tells that somebody's account was switched off or on.
pub(crate) async fn told(world: &World, handle: &str, deactivated: bool) {
    let user_id = world.sandbox.person(handle).unwrap().id().to_owned();
    for _ in 0..200 {
        let mut reading = world.app.speaker.ctx.db.read().await.unwrap();
        let person = mentor::store::people::find_user(&mut reading, &user_id).await.unwrap();
        if person.is_some_and(|person| person.deactivated == deactivated) {
            return;
        }
        drop(reading);
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("Slack never told");
}

story!(after_seven_days_their_pairs_close_kindly, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.sandbox.deactivate("grace");
    told(&world, "grace", true).await;
    world.advance(TimeDelta::days(6)).await;
    assert_eq!(ada.reads(), Vec::<String>::new(), "nothing before that");
    world.advance(TimeDelta::days(2)).await;
    assert_snapshot!(ada.reads_one(), @"
    @grace has left the workspace; your pair is finished. Your history stays readable.
    [Look back]
    ");
    assert!(ada.home().await.contains("Nobody yet"));
    ada.clicks_and_sees("Look back").await;
    ada.closes().await;
    world.advance(TimeDelta::days(30)).await;
    assert_eq!(ada.reads(), Vec::<String>::new(), "once");
    // Who comes back then finds their history, and may begin anew.
    world.sandbox.reactivate("grace");
    told(&world, "grace", false).await;
    assert!(grace.types_and_sees("/mentor history").await.contains("You mentored @ada"));
    grace.closes().await;
    world.leave_unsettled();
});

story!(coming_back_within_the_week_changes_nothing, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.sandbox.deactivate("grace");
    told(&world, "grace", true).await;
    world.advance(TimeDelta::days(6)).await;
    world.sandbox.reactivate("grace");
    told(&world, "grace", false).await;
    world.advance(TimeDelta::days(3)).await;
    let read = [ada.reads(), grace.reads()].concat();
    assert!(!read.iter().any(|message| message.contains("has left")), "{read:#?}");
    assert!(ada.home().await.contains("@grace mentors you"));
    // A second absence counts its own seven days.
    world.sandbox.deactivate("grace");
    told(&world, "grace", true).await;
    world.advance(TimeDelta::days(6)).await;
    assert!(!ada.reads().iter().any(|message| message.contains("has left")));
    world.leave_unsettled();
});
