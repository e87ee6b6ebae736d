//! "No", silence, "not yet": what happens when people do not do what they were asked for.

use std::sync::Arc;

use chrono::TimeDelta;
use insta::assert_snapshot;
use mentor::domain::agenda::Part;
use mentor::domain::coaching::BANK;
use slack_sandbox::SubmitOutcome;

use crate::support::{World, story};

story!(not_now_and_silence_read_the_same, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let lise = world.joins(slack_sandbox::NewPerson::member("lise", "Lise Meitner", "America/New_York")).await;
    ada.asks(&grace, &world.secret("pricing")).await;
    ada.asks(&lise, &world.secret("pricing again")).await;
    grace.reads_one();
    lise.reads_one();

    // Grace says "not now" at once; Ada cannot tell.
    grace.clicks("Not now").await;
    assert_snapshot!(grace.latest(), @"You answered “not now” to @ada. They will hear that it did not work out this time, as they would have without an answer.");
    assert_eq!(ada.reads(), Vec::<String>::new());
    let status = ada.types("/mentor").await;
    assert_snapshot!(status, @"
    You asked @grace; you will hear by Thursday, March 5th, 2026 at 2:00 PM.
    You asked @lise; you will hear by Thursday, March 5th, 2026 at 2:00 PM.
    `/mentor help` shows the commands; the Home tab shows everything.
    ");
    let again = ada.types("/mentor ask @grace").await;
    assert_snapshot!(again, @"You have asked grace already; you will hear by Thursday, 5 March, 14:00.");

    // Lise says nothing. She is reminded once, on Wednesday.
    world.advance_to("2026-03-04T13:59:00Z".parse().unwrap()).await;
    assert_eq!(lise.reads(), Vec::<String>::new());
    world.advance(TimeDelta::minutes(2)).await;
    assert_snapshot!(lise.reads_one(), @"
    A reminder: @ada would like you as a mentor.
    What they ask for: 30–45 minutes every week; the mentee prepares, you react.
    Asked Monday, March 2nd, 2026 at 5:00 AM.
    [Accept] [Not now] [Tell me more] [Suggest someone else] [Read the request]
    Please answer by Thursday, March 5th, 2026 at 9:00 AM. “Not now” needs no reason, and reads the same as no answer.
    ");
    assert_eq!(grace.reads(), Vec::<String>::new(), "who answered is not reminded");

    // On Thursday the time is over, for both alike.
    world.advance_to("2026-03-05T14:30:00Z".parse().unwrap()).await;
    let mut told = ada.reads();
    told.sort();
    assert_snapshot!(told.join("\n---\n"), @"
    @grace can't take this on at the moment. It says nothing about you or your request.
    You can ask somebody else: type `/mentor ask @name`.
    ---
    @lise can't take this on at the moment. It says nothing about you or your request.
    You can ask somebody else: type `/mentor ask @name`.
    ");
    assert_eq!(told[0].replace("@grace", "@lise"), told[1], "the two read the same");
    assert_snapshot!(lise.latest(), @"The time to answer @ada is over. Nothing more to do.");

    // Ada may ask again.
    ada.types_and_sees("/mentor ask @grace").await;
    ada.closes().await;
});

story!(no_agenda_then_a_late_one, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to("2026-03-04T14:59:00Z".parse().unwrap()).await;
    assert_eq!(ada.reads().len(), 1, "asked for the agenda on Tuesday");
    world.advance(TimeDelta::minutes(1)).await;
    assert_snapshot!(grace.reads_one(), @"No agenda yet from @ada for Thursday, March 5th, 2026 at 10:00 AM.");
    assert_snapshot!(ada.reads_one(), @"
    Last call for your agenda for @grace, Thursday, March 5th, 2026 at 3:00 PM
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");

    // Prepared late, it reaches the mentor at once: her second message about this meeting, and the last.
    ada.prepares("Upcoming work", &world.secret("the migration")).await;
    assert_snapshot!(grace.reads_one(), @"
    The agenda with @ada is ready: 1 part.
    Thursday, March 5th, 2026 at 10:00 AM
    [Open agenda]
    ");
    let agenda = grace.clicks_and_sees("Open agenda").await;
    // Which one, chance chooses.
    let asked = BANK.iter().filter(|question| question.part == Part::Upcoming);
    assert_eq!(asked.filter(|question| agenda.contains(question.words)).count(), 1, "{agenda}");
    grace.closes().await;

    // Edited again, the mentor is not told a third time.
    ada.clicks_and_sees("Edit agenda").await;
    ada.fills("A topic I'm curious about", &world.secret("budgets")).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_eq!(grace.reads(), Vec::<String>::new());
    let again = grace.clicks_and_sees("Open agenda").await;
    assert!(again.contains("budgets"), "{again}");
    grace.closes().await;
});

story!(not_yet_is_asked_once_more_then_missed, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to("2026-03-05T15:45:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    ada.clicks("Not yet").await;
    assert_snapshot!(ada.latest(), @"Not yet. I will ask once more in two days.");

    // 48 hours later is a Saturday: asked on Monday, when her working day begins.
    world.advance_to("2026-03-09T08:59:00Z".parse().unwrap()).await;
    assert_eq!(ada.reads(), Vec::<String>::new());
    world.advance(TimeDelta::minutes(1)).await;
    assert_snapshot!(ada.reads_one(), @"
    Did you meet @grace?
    Thursday, March 5th, 2026 at 3:00 PM
    [We met] [Skipped]
    ");

    // No answer for two more days: missed. The next meeting is where the calendar says.
    world.advance_to("2026-03-11T09:30:00Z".parse().unwrap()).await;
    let about = ada.hands.dms();
    assert!(about.iter().any(|message| message.to_string().contains("counts as missed")), "{about:#?}");
    let status = ada.types("/mentor").await;
    assert!(status.contains("Thursday, March 12th, 2026 at 2:00 PM"), "{status}");
    ada.reads();
});

story!(skipped_leaves_the_rhythm_alone, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to("2026-03-05T16:00:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    ada.clicks("Skipped").await;
    assert_snapshot!(ada.latest(), @"Skipped this one with @grace. The rhythm stays.");
    let status = ada.types("/mentor").await;
    assert!(status.contains("Thursday, March 12th, 2026 at 2:00 PM"), "{status}");
    // Nobody is asked again.
    world.advance_to("2026-03-10T13:00:00Z".parse().unwrap()).await;
    assert_eq!(ada.reads(), Vec::<String>::new());
});
