//! What happens around a pair: edits at the wrong moment, outages, people who leave and come back, rows that cannot be read.

use std::sync::Arc;

use chrono::TimeDelta;
use insta::assert_snapshot;
use slack_sandbox::{Fault, FaultHow, FaultWhen, NewPerson, SubmitOutcome};

use crate::support::{World, story};

story!(an_edit_after_the_notice_is_no_second_message, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to("2026-03-03T15:00:00Z".parse().unwrap()).await;
    ada.reads();
    ada.prepares("Learn the why", &world.secret("reviews")).await;
    world.advance_to("2026-03-04T15:00:00Z".parse().unwrap()).await;
    assert!(grace.reads_one().contains("is ready: 1 part"));
    ada.clicks_and_sees("Edit agenda").await;
    ada.fills("Upcoming work", &world.secret("one more")).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_eq!(grace.reads(), Vec::<String>::new());
    assert!(grace.latest().to_string().contains("is ready: 2 parts"), "the message she has follows");
});

story!(prepared_early_nobody_is_asked_to_prepare, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    ada.types(&format!("/mentor agenda {}", world.secret("how are budgets made & <decided>"))).await;
    world.advance_to("2026-03-04T15:00:00Z".parse().unwrap()).await;
    assert_eq!(ada.reads(), Vec::<String>::new());
    grace.reads_one();
});

story!(a_form_sent_after_the_end_loses_nothing, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to("2026-03-05T15:00:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    ada.clicks_and_sees("Prepare").await;
    let why = world.secret("written in the meeting itself");
    ada.fills("Learn the why", &why).await;
    world.advance_to("2026-03-05T15:31:00Z".parse().unwrap()).await;
    let SubmitOutcome::Pushed(notice) = ada.submits().await else { panic!("a word on top of the form") };
    assert_snapshot!(notice, @"
    # Mentor
    That meeting is over, so its agenda is closed: Thursday, March 5th, 2026 at 3:00 PM. Type `/mentor agenda` for the next one.
    [Close]
    ");
    ada.closes().await;
    let form = ada.modal().await;
    assert!(form.contains(&why), "what she wrote is still there: {form}");
    ada.closes().await;
    world.advance(TimeDelta::hours(1)).await;
    ada.reads();
});

story!(somebody_nobody_has_heard_of_chosen_in_a_form, |world: Arc<World>| async move {
    let (ada, _grace) = world.ada_and_grace().await;
    let lise = world.lives_here(NewPerson::member("lise", "Lise Meitner", "Europe/Berlin"));
    ada.home().await;
    ada.clicks_on_home("Ask somebody to mentor me").await;
    ada.modal().await;
    ada.chooses("Whom I ask", "@lise").await;
    ada.fills("What I want to work on", &world.secret("patience")).await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("a word at the field") };
    assert_snapshot!(errors.values().next().unwrap(), @"I had to look that person up first. Please send this once more.");
    for _ in 0..100 {
        match ada.submits().await {
            SubmitOutcome::Updated(_) => break,
            SubmitOutcome::Errors(_) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            other => panic!("{other:?}"),
        }
    }
    lise.reads_one();
});

story!(two_people_nobody_has_heard_of, |world: Arc<World>| async move {
    let ada = world.lives_here(NewPerson::member("ada", "Ada Lovelace", "Europe/London"));
    let _grace = world.lives_here(NewPerson::member("grace", "Grace Hopper", "America/New_York"));
    let form = ada.types_and_sees("/mentor ask @grace").await;
    assert!(form.contains("You ask @grace"), "{form}");
    ada.closes().await;
});

story!(an_hour_without_slack_parks_nothing, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "America/New_York")).await;
    let out = |method: &str, how| Fault { method: method.to_owned(), when: FaultWhen::Before, how, times: 100_000 };
    world.sandbox.inject(out("conversations.open", FaultHow::Status(503)));
    ada.asks(&grace, &world.secret("waiting")).await;
    world.advance(TimeDelta::hours(1)).await;
    world.sandbox.clear_faults();
    // And one with a token that was revoked for a while.
    world.sandbox.inject(out("chat.postMessage", FaultHow::Error("token_revoked".to_owned())));
    ada.asks(&lise, &world.secret("waiting more")).await;
    world.advance(TimeDelta::hours(1)).await;
    assert_eq!(world.outbox().await.get("pending"), Some(&2));
    world.sandbox.clear_faults();
    world.advance(TimeDelta::minutes(5)).await;
    grace.reads_one();
    lise.reads_one();
});

story!(somebody_leaves_and_comes_back, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.sandbox.deactivate("grace");
    told(&world, grace.hands.id(), true).await;
    world.advance_to("2026-03-09T10:00:00Z".parse().unwrap()).await;
    assert_eq!(ada.reads(), Vec::<String>::new(), "nobody is asked about somebody who is not here");
    world.sandbox.reactivate("grace");
    told(&world, grace.hands.id(), false).await;
    // The rhythm is where it was.
    world.advance_to("2026-03-10T14:00:00Z".parse().unwrap()).await;
    let read = ada.reads().join("\n");
    assert!(read.contains("Thursday, March 12th, 2026 at 2:00 PM"), "{read}");
});

/// Waits until the app has heard that somebody's account was switched off or on.
async fn told(world: &World, user_id: &str, deactivated: bool) {
    for _ in 0..200 {
        let mut tx = world.app.speaker.ctx.db.read().await.unwrap();
        let person = mentor::store::people::find_user(&mut tx, user_id).await.unwrap().unwrap();
        if person.deactivated == deactivated {
            return;
        }
        drop(tx);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the app was never told");
}

story!(who_asked_hears_even_when_the_mentor_leaves, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    ada.asks(&grace, &world.secret("answers")).await;
    grace.reads_one();
    world.sandbox.deactivate("grace");
    told(&world, grace.hands.id(), true).await;
    world.advance_to("2026-03-05T15:00:00Z".parse().unwrap()).await;
    assert!(ada.reads_one().contains("can't take this on at the moment"));
});

story!(accepting_for_somebody_who_has_left, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    ada.asks(&grace, &world.secret("goodbye")).await;
    grace.reads_one();
    world.sandbox.deactivate("ada");
    told(&world, ada.hands.id(), true).await;
    grace.clicks("Accept").await;
    assert_snapshot!(grace.is_told("switched off").await, @"ada’s account has been switched off, so this cannot begin.");
});

story!(a_row_that_cannot_be_read_stops_nobody_else, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/London")).await;
    lise.asks(&ada, &world.secret("the other way round")).await;
    ada.reads_one();
    // Somebody damages the key of Ada's and Grace's pair.
    world.damages_key_of("ada", "grace").await;
    world.advance_to("2026-03-03T15:30:00Z".parse().unwrap()).await;
    assert_eq!(ada.reads(), Vec::<String>::new());
    // Everybody else is served.
    let chien = world.joins(NewPerson::member("chien", "Chien-Shiung Wu", "Asia/Shanghai")).await;
    lise.asks(&chien, &world.secret("still alive")).await;
    chien.reads_one();
    assert!(lise.home().await.contains("You asked @chien"));
    assert_eq!(grace.reads(), Vec::<String>::new());
    world.leave_unsettled();
});

story!(a_meeting_on_monday_accepted_on_friday, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    world.advance_to("2026-03-06T15:00:00Z".parse().unwrap()).await;
    ada.asks(&grace, &world.secret("short notice")).await;
    grace.reads_one();
    grace.accepts("Monday", "09:00", "30 minutes").await;
    // It is Friday, 10:00 in New York and 15:00 in London: the news carries the way to prepare, and the request comes, too.
    let read = ada.reads();
    assert!(read[0].contains("Good news") && read[0].contains("[Prepare]"), "{read:#?}");
    ada.prepares("Learn the why", &world.secret("Mondays")).await;
    // The mentor sees it in her last working hour before, not on Monday when it is over.
    world.advance_to("2026-03-06T22:00:00Z".parse().unwrap()).await;
    assert!(grace.reads_one().contains("is ready"));
    ada.reads();
});
