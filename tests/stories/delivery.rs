//! Delivery under trouble: every message once, none lost, nothing said late.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use mentor::store::outbox::queue;
use slack_sandbox::{Fault, FaultHow, FaultWhen, NewPerson};

use crate::support::{Someone, World, story};

fn fault(method: &str, when: FaultWhen, how: FaultHow, times: u32) -> Fault {
    Fault { method: method.to_owned(), when, how, times }
}

/// Ada asks Grace while Slack misbehaves.
async fn ask_under(world: &Arc<World>, trouble: Fault) -> (Someone, Someone) {
    let (ada, grace) = world.ada_and_grace().await;
    world.sandbox.inject(trouble);
    ada.asks(&grace, &world.secret("steadiness")).await;
    (ada, grace)
}

/// After long enough for every retry and every doubt, the message is there, once.
async fn arrives_once(world: &World, grace: &Someone) {
    world.advance(TimeDelta::minutes(30)).await;
    assert_eq!(grace.reads_one().matches("would like you as a mentor").count(), 1);
    assert_eq!(world.outbox().await.get("sent"), Some(&1));
}

story!(an_answer_lost_after_the_message_arrived, |world: Arc<World>| async move {
    let (_ada, grace) =
        ask_under(&world, fault("chat.postMessage", FaultWhen::After, FaultHow::DropConnection, 1)).await;
    assert_eq!(world.outbox().await.get("doubt"), Some(&1), "nobody knows yet");
    arrives_once(&world, &grace).await;
    let posted = world.sandbox.calls().into_iter().filter(|call| call.method == "chat.postMessage").count();
    assert_eq!(posted, 1, "found in the history, not sent again");
});

story!(an_answer_lost_before_the_message_arrived, |world: Arc<World>| async move {
    let (_ada, grace) =
        ask_under(&world, fault("chat.postMessage", FaultWhen::Before, FaultHow::DropConnection, 1)).await;
    assert_eq!(world.outbox().await.get("doubt"), Some(&1), "nobody knows yet");
    // Not before the settle window is over and two looks 30 s apart found nothing.
    world.advance(TimeDelta::seconds(85)).await;
    assert_eq!(grace.reads(), Vec::<String>::new());
    arrives_once(&world, &grace).await;
});

story!(every_way_an_answer_can_be_unclear, |world: Arc<World>| async move {
    let (ada, _) = world.ada_and_grace().await;
    let troubles = [
        ("a", FaultWhen::After, FaultHow::Status(500)),
        ("b", FaultWhen::Before, FaultHow::Status(503)),
        ("c", FaultWhen::After, FaultHow::Truncated),
        ("d", FaultWhen::After, FaultHow::Nonsense),
        ("e", FaultWhen::Before, FaultHow::Nonsense),
        ("f", FaultWhen::After, FaultHow::Error("fatal_error".to_owned())),
        ("g", FaultWhen::Before, FaultHow::Error("internal_error".to_owned())),
    ];
    let mut mentors = Vec::new();
    for (name, when, how) in troubles {
        let mentor =
            world.joins(NewPerson::member(&format!("mentor{name}"), &format!("Mentor {name}"), "Europe/London")).await;
        world.sandbox.clear_faults();
        world.sandbox.inject(fault("chat.postMessage", when, how, 1));
        ada.asks(&mentor, &world.secret("calm")).await;
        assert_eq!(mentor.hands.read_all().len(), usize::from(when == FaultWhen::After), "mentor {name}");
        mentors.push(mentor);
    }
    assert_eq!(world.outbox().await.get("doubt"), Some(&7));
    world.advance(TimeDelta::minutes(30)).await;
    for mentor in &mentors {
        mentor.hands.read_all();
        assert_eq!(mentor.hands.dms().len(), 1, "{} has one message", mentor.hands.name());
    }
    assert_eq!(world.outbox().await.get("sent"), Some(&7));
});

story!(the_history_cannot_be_read_for_a_while, |world: Arc<World>| async move {
    world.sandbox.inject(fault("conversations.history", FaultWhen::Before, FaultHow::Status(500), 6));
    let (_ada, grace) = ask_under(&world, fault("chat.postMessage", FaultWhen::After, FaultHow::Status(502), 1)).await;
    assert_eq!(grace.hands.read_all().len(), 1, "it arrived");
    world.advance(TimeDelta::seconds(90)).await;
    assert_eq!(world.outbox().await.get("doubt"), Some(&1), "an error proves nothing");
    world.advance(TimeDelta::minutes(10)).await;
    assert_eq!(world.outbox().await.get("sent"), Some(&1));
    assert_eq!(grace.hands.dms().len(), 1);
});

story!(too_fast_is_obeyed_and_not_counted, |world: Arc<World>| async move {
    let (_ada, grace) =
        ask_under(&world, fault("chat.postMessage", FaultWhen::Before, FaultHow::RateLimited { retry_after: 7 }, 12))
            .await;
    // Twelve times in a row; more often than attempts are allowed.
    arrives_once(&world, &grace).await;
});

story!(refused_for_good_is_parked_and_counted, |world: Arc<World>| async move {
    let (_ada, grace) = ask_under(
        &world,
        fault("chat.postMessage", FaultWhen::Before, FaultHow::Error("restricted_action".to_owned()), 1),
    )
    .await;
    world.advance(TimeDelta::hours(1)).await;
    assert_eq!(world.outbox().await.get("parked"), Some(&1));
    assert_eq!(grace.reads(), Vec::<String>::new());
    world.leave_unsettled();
});

story!(a_conversation_is_served_in_order, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "America/New_York")).await;
    // The first message to Grace is in doubt; the second waits behind it, Lise's does not.
    world.sandbox.inject(fault("chat.postMessage", FaultWhen::Before, FaultHow::DropConnection, 1));
    ada.asks(&grace, &world.secret("order")).await;
    lise.asks(&grace, &world.secret("order again")).await;
    ada.asks(&lise, &world.secret("order elsewhere")).await;
    assert_eq!(grace.reads(), Vec::<String>::new());
    lise.reads_one();
    world.advance(TimeDelta::minutes(10)).await;
    let read = grace.reads();
    assert!(read[0].starts_with("@ada") && read[1].starts_with("@lise"), "{read:#?}");
});

story!(a_claim_is_fenced, |world: Arc<World>| async move {
    use mentor::store::outbox::doubt;
    use mentor::store::outbox::settle::{Ending, settle};
    let (ada, grace) = world.ada_and_grace().await;
    world.sandbox.inject(fault("conversations.open", FaultWhen::Before, FaultHow::Status(500), 1));
    ada.asks(&grace, &world.secret("fences")).await;
    // A first process claims, and is taken for dead.
    let ctx = &world.app.speaker.ctx;
    let now = world.now() + TimeDelta::minutes(1);
    let mut tx = ctx.db.begin().await.unwrap();
    let message = queue::due(&mut tx, now, 1).await.unwrap().remove(0);
    let claimed = queue::claim(&mut tx, &message, now, TimeDelta::seconds(60)).await.unwrap().unwrap();
    assert_eq!(queue::claim(&mut tx, &message, now, TimeDelta::seconds(60)).await.unwrap(), None, "claimed once");
    assert_eq!(doubt::abandoned(&mut tx, now, now, now).await.unwrap(), 0, "its lease holds");
    assert_eq!(doubt::abandoned(&mut tx, now + TimeDelta::seconds(61), now, now).await.unwrap(), 1);
    // It comes back to life and wants to settle: too late.
    let ending = Ending::Sent { channel: "D1".to_owned(), ts: "1.1".to_owned() };
    assert!(!settle(&mut tx, &claimed, &ending, now).await.unwrap());
    tx.commit().await.unwrap();
    arrives_once(&world, &grace).await;
});

story!(downtime_says_nothing_late, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    // Nothing runs from before the request for the agenda until long after the meeting.
    world.clock.set("2026-03-11T10:00:00Z".parse().unwrap());
    world.settle().await;
    assert_eq!(grace.reads(), Vec::<String>::new());
    // Nothing about the meeting that is over; about tomorrow's, what still makes sense. The rhythm is where it was.
    assert!(ada.reads_one().contains("Prepare your agenda for @grace, Thursday, March 12th, 2026 at 2:00 PM"));
    let outbox = world.outbox().await;
    assert_eq!(outbox.get("dropped"), Some(&5), "what was skipped is counted: {outbox:?}");
});

story!(a_short_downtime_is_made_up_for, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.clock.set("2026-03-05T14:00:00Z".parse().unwrap());
    world.settle().await;
    // One of each that still makes sense, an hour before the meeting; to nudge beside asking does not.
    assert!(ada.reads_one().starts_with("Prepare your agenda"));
    assert!(grace.reads_one().contains("No agenda yet"));
});

story!(connections_come_and_go, |world: Arc<World>| async move {
    use slack_sandbox::{DisconnectReason, Which};
    let (ada, _grace) = world.ada_and_grace().await;
    for (reason, which) in
        [(DisconnectReason::Warning, Which::All), (DisconnectReason::RefreshRequested, Which::Oldest)]
    {
        world.sandbox.disconnect(reason, which);
        for _ in 0..10 {
            assert!(ada.types("/mentor").await.contains("You have no mentor yet"));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    world.sandbox.drop_connections();
    assert!(world.sandbox.wait_for_connections(2, Duration::from_secs(10)).await, "both are back");
    assert!(ada.types("/mentor").await.contains("You have no mentor yet"));
});

story!(a_slow_slack_slows_no_answer, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    world.sandbox.inject(fault("*", FaultWhen::After, FaultHow::Slow(Duration::from_secs(2)), 50));
    let asking = tokio::spawn({
        let ada = ada.clone();
        async move { ada.hands.types("/mentor ask @grace").await.unwrap() }
    });
    for _ in 0..20 {
        grace.hands.types("/mentor").await.unwrap();
    }
    asking.await.unwrap();
    let slowest = world.sandbox.envelopes().iter().filter_map(|envelope| envelope.acknowledged_after).max().unwrap();
    assert!(
        slowest < Duration::from_secs(1),
        "acknowledged after {slowest:?} while Slack takes two seconds for anything"
    );
    ada.modal().await;
    world.sandbox.clear_faults();
});

story!(told_twice_done_once, |world: Arc<World>| async move {
    use slack_sandbox::Redelivery;
    let (ada, grace) = world.ada_and_grace().await;
    ada.asks(&grace, &world.secret("once")).await;
    grace.reads_one();
    let _ = world.during(world.sandbox.redeliver_last(Redelivery::ViewSubmission)).await;
    assert_eq!(grace.reads(), Vec::<String>::new());
    ada.home().await;
    let _ = world.during(world.sandbox.redeliver_last(Redelivery::Event)).await;
    grace.clicks("Not now").await;
    let _ = world.during(world.sandbox.redeliver_last(Redelivery::BlockActions)).await;
    assert!(grace.hands.ephemerals().is_empty(), "a click told twice is no second click");
});
