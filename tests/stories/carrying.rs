//! From one agenda to the next: what was not covered, and the questions a mentor is given.

use std::sync::Arc;

use insta::assert_snapshot;
use slack_sandbox::SubmitOutcome;

use crate::support::{World, story, without_questions};

/// The questions on a screen, in their order.
fn questions_on(screen: &str) -> Vec<String> {
    screen.lines().filter_map(|line| line.strip_prefix("A question to ask: ")).map(str::to_owned).collect()
}

story!(what_was_not_covered_comes_back_with_its_age, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let (why, topic, typed, point) = (
        world.secret("why the freeze"),
        world.secret("how to say no"),
        world.secret("typed in between"),
        world.secret("a point of hers"),
    );
    ada.types(&format!("/mentor agenda {typed}")).await;
    ada.types_and_sees("/mentor agenda").await;
    ada.fills("Learn the why", &why).await;
    ada.fills("A topic I'm curious about", &topic).await;
    ada.submits().await;
    grace.types(&format!("/mentor agenda {point}")).await;
    world.advance_to("2026-03-05T16:00:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    assert_snapshot!(ada.clicks_and_sees("We met").await, @"
    # You met
    With @grace, Thursday, March 5th, 2026 at 3:00 PM
    Not covered: keep for next time (optional): [ ] Learn the why  [ ] A topic I'm curious about  [ ] Points from your mentor
      (It opens the next agenda, with its age.)
    Homework (optional): ____
      (One a line. It opens the next agenda.)
    Who looks into it: (x) ada  ( ) grace
    Due (optional): ____
      (Empty: the next meeting.)
    What was most useful? (optional): ____
    A win (optional): ____
      (Something to celebrate, small or large.)
    Only the two of you will ever see this.
    Next meeting: Thursday, March 12th, 2026 at 2:00 PM. Once this is saved, you can move it: Move this one stands below my question then.
    [Cancel] [Save]
    ");
    ada.chooses("Not covered: keep for next time", "A topic I'm curious about").await;
    ada.chooses("Not covered: keep for next time", "Points from your mentor").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let form = ada.types_and_sees("/mentor agenda").await;
    assert!(form.contains(&topic) && form.contains(&typed) && form.contains(&point) && !form.contains(&why), "{form}");
    assert_snapshot!(form.replace(&topic, "[topic]").replace(&typed, "[typed]").replace(&point, "[point]"), @"
    # Your agenda
    For @grace, Thursday, March 12th, 2026 at 2:00 PM
    Learn the why (optional): ____
      (A task or rule you follow without knowing the reason)
    Biggest challenge since last time (optional): ____
      (What was most puzzling? What you expected, what happened, what you would do next time)
    Upcoming work (optional): ____
      (Your next piece of planned work, and how you intend to do it)
    A topic I'm curious about (optional): ____
      (One subject: how does our organisation handle it?)
    A topic I'm curious about: carried over (optional): [typed]
      (Since 5 March, 1 meeting ago. Empty it to take it off.)
    A topic I'm curious about: carried over (optional): [topic]
      (Since 5 March, 1 meeting ago. Empty it to take it off.)
    Homework I'm returning (optional): ____
      (What you found out about the homework below)
    Points from your mentor
    [point]
    @grace · carried over: since today, 1 meeting ago
    Only the two of you will ever see this.
    [Cancel] [Save]
    ");
    ada.closes().await;

    // She is still asked to prepare, and told what is there.
    assert!(ada.home().await.contains("has only what was carried over"));
    world.advance_to("2026-03-10T14:00:00Z".parse().unwrap()).await;
    assert_snapshot!(ada.reads_one(), @"
    Prepare your agenda for @grace, Thursday, March 12th, 2026 at 2:00 PM
    Carried over: 1 part
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");

    // Skipped: all of it goes on, a meeting older.
    world.advance_to("2026-03-12T14:45:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    ada.clicks("Skipped").await;
    let agenda = grace.types_and_sees("/mentor agenda").await;
    assert_snapshot!(
        without_questions(&agenda.replace(&topic, "[topic]").replace(&typed, "[typed]").replace(&point, "[point]")),
        @"
    # Agenda
    With @ada, Thursday, March 19th, 2026 at 10:00 AM
    A topic I'm curious about
    [typed]
    carried over: since Mar 5, 2026, 2 meetings ago
    [topic]
    carried over: since Mar 5, 2026, 2 meetings ago
    A question to ask: [question]
    Points from your mentor
    [point]
    @grace · carried over: since Mar 5, 2026, 2 meetings ago
    [Add a point]
    [Close]
    "
    );
    grace.closes().await;

    // Nobody says anything: missed, and it goes on all the same.
    world.advance_to("2026-03-25T10:00:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    let agenda = grace.types_and_sees("/mentor agenda").await;
    assert!(agenda.contains(&topic) && agenda.contains("since Mar 5, 2026, 3 meetings ago"), "{agenda}");
    grace.closes().await;
});

story!(homework_not_covered_is_returned_once_more, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to("2026-03-05T16:00:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    ada.clicks_and_sees("We met").await;
    ada.fills("Homework", &world.secret("the runbook")).await;
    ada.submits().await;
    ada.types_and_sees("/mentor agenda").await;
    let findings = world.secret("it is out of date");
    ada.fills("Homework I'm returning", &findings).await;
    ada.submits().await;
    world.advance_to("2026-03-12T15:00:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    ada.clicks_and_sees("We met").await;
    ada.chooses("Not covered: keep for next time", "Homework I'm returning").await;
    ada.submits().await;
    let home = ada.home().await;
    assert!(home.contains("returned, to be talked about"), "{home}");
    let form = ada.types_and_sees("/mentor agenda").await;
    assert!(form.contains("Homework I'm returning: carried over") && form.contains(&findings), "{form}");
    ada.closes().await;
    // Covered the time after, without the form being opened.
    world.advance_to("2026-03-19T15:00:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    ada.clicks_and_sees("We met").await;
    ada.submits().await;
    assert!(!ada.home().await.contains("returned, to be talked about"));
});

story!(each_meeting_its_own_questions, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    ada.types(&format!("/mentor agenda {}", world.secret("one topic"))).await;
    let first = questions_on(&grace.types_and_sees("/mentor agenda").await);
    grace.closes().await;
    assert_eq!(first.len(), 1);
    // The same meeting, the same question; a part that is added gets its own.
    ada.types_and_sees("/mentor agenda").await;
    ada.fills("Upcoming work", &world.secret("a plan")).await;
    ada.submits().await;
    let again = questions_on(&grace.types_and_sees("/mentor agenda").await);
    grace.closes().await;
    assert_eq!((again.len(), &again[1]), (2, &first[0]));
    // The mentee's copy has none.
    world.advance_to("2026-03-05T16:00:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    ada.clicks_and_sees("We met").await;
    ada.chooses("Not covered: keep for next time", "A topic I'm curious about").await;
    ada.submits().await;
    let next = questions_on(&grace.types_and_sees("/mentor agenda").await);
    grace.closes().await;
    assert_eq!(next.len(), 1);
    assert_ne!(next, first, "the same part of the next meeting has another");
});
