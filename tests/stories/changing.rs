//! One meeting is moved or skipped, and the rhythm stays; rhythms that are not weekly.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use insta::assert_snapshot;
use slack_sandbox::SubmitOutcome;

use crate::support::{World, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

story!(one_meeting_is_moved_and_the_others_stay, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    // Two working days before Thursday.
    world.advance_to(at("2026-03-03T15:01:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    Prepare your agenda for @grace, Thursday, March 5th, 2026 at 3:00 PM
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
    let form = ada.clicks_and_sees("Move this one").await;
    assert_snapshot!(form, @"
    # Move this one
    Your meeting with @grace, Thursday, March 5th, 2026 at 3:00 PM
    Day: 2026-03-05
    Time: 15:00
    On your clock (Europe/London). The other meetings stay where they are.
    [Cancel] [Move]
    ");
    ada.chooses("Day", "2026-03-09").await;
    ada.chooses("Time", "11:00").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(grace.reads_one(), @"
    @ada moved your meeting: it is now Monday, March 9th, 2026 at 7:00 AM.
    The other meetings stay where they are.
    [Move this one] [Skip this one]
    [Add to Google Calendar] [Add to Outlook]
    ");
    assert_snapshot!(ada.latest(), @"
    Prepare your agenda for @grace, Monday, March 9th, 2026 at 11:00 AM
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");

    // Monday's meeting has reminders of its own; Thursday's slot is silent.
    world.advance_to(at("2026-03-06T12:00:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    Prepare your agenda for @grace, Monday, March 9th, 2026 at 11:00 AM
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
    ada.prepares("Upcoming work", &world.secret("the plan")).await;
    world.advance_to(at("2026-03-09T10:59:00Z")).await;
    assert_snapshot!(grace.reads_one(), @"
    The agenda with @ada is ready: 1 part.
    Monday, March 9th, 2026 at 7:00 AM
    [Open agenda]
    ");
    ada.reads();
    world.advance_to(at("2026-03-09T12:00:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    Did you meet @grace?
    Monday, March 9th, 2026 at 11:00 AM
    [We met] [Not yet] [Skipped]
    ");

    // The next one is where it always was, although a clock change lies between.
    let home = ada.home().await;
    assert!(home.contains("Thursday, March 12th, 2026 at 2:00 PM"), "{home}");
    world.leave_unsettled();
});

story!(a_meeting_goes_only_where_it_can, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let complaint = |outcome: SubmitOutcome| match outcome {
        SubmitOutcome::Errors(errors) => format!("{errors:?}"),
        other => panic!("{other:?}"),
    };
    ada.types_and_sees("/mentor move").await;
    ada.chooses("Day", "2026-03-01").await;
    assert_snapshot!(complaint(ada.submits().await), @r#"{"Day": "That time is over. Choose one to come."}"#);
    ada.chooses("Day", "2026-03-12").await;
    assert_snapshot!(complaint(ada.submits().await), @r#"{"Day": "You meet again on Thursday, 12 March, 14:00. Choose a time before that, or skip this one."}"#);
    ada.chooses("Day", "2026-03-05").await;
    assert_snapshot!(complaint(ada.submits().await), @r#"{"Time": "That is when you meet already."}"#);
    ada.closes().await;
    assert_eq!(grace.reads(), Vec::<String>::new(), "nothing was moved, so nothing is told");

    // There and back again.
    for day in ["2026-03-06", "2026-03-05"] {
        ada.types_and_sees("/mentor move").await;
        ada.chooses("Day", day).await;
        assert_eq!(ada.submits().await, SubmitOutcome::Closed);
        grace.reads_one();
    }
    // Once it has begun it stays.
    world.advance_to(at("2026-03-05T15:01:00Z")).await;
    ada.reads();
    grace.reads();
    let answer = ada.types_and_sees("/mentor move").await;
    assert!(answer.contains("Thursday, March 12th"), "the next one can be moved: {answer}");
    ada.closes().await;
});

story!(one_meeting_is_skipped_by_the_mentor, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let question = grace.types_and_sees("/mentor skip").await;
    assert_snapshot!(question, @"
    # Skip this one?
    Your meeting with @ada, Thursday, March 5th, 2026 at 10:00 AM
    @ada is told. The other meetings stay where they are.
    [Cancel] [Skip this one]
    ");
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.reads_one(), @"
    @grace leaves out your meeting, Thursday, March 5th, 2026 at 3:00 PM.
    The other meetings stay where they are.
    ");
    world.advance(TimeDelta::days(5)).await;
    assert_eq!(grace.reads(), Vec::<String>::new(), "nothing about a meeting that does not take place");
    assert_eq!(ada.reads(), Vec::<String>::new());
    // Tuesday: the next agenda, for the slot after.
    world.advance_to(at("2026-03-10T15:00:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    Prepare your agenda for @grace, Thursday, March 12th, 2026 at 2:00 PM
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
});

story!(the_first_tuesday_of_every_month, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    ada.asks(&grace, &world.secret("strategy")).await;
    grace.reads();
    grace.clicks_and_sees("Accept").await;
    grace.chooses("How often", "Every month, the first one").await;
    grace.chooses("Weekday", "Tuesday").await;
    grace.chooses("Time", "10:00").await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.reads()[0], @"
    Good news: @grace mentors you from now on, every month, the first Tuesday, 45 minutes.
    Your next meeting: Tuesday, March 3rd, 2026 at 3:00 PM.
    [Prepare]
    You will be asked for your agenda two working days before. You prepare; they only have to turn up.
    [Add to Google Calendar] [Add to Outlook]
    [Read and sign our agreement]
    ");
    grace.reads();
    for expected in [
        "March 3rd, 2026 at 3:00 PM",
        "April 7th, 2026 at 3:00 PM",
        "May 5th, 2026 at 3:00 PM",
        "June 2nd, 2026 at 3:00 PM",
    ] {
        let home = ada.home().await;
        assert!(home.contains(expected), "{expected} in {home}");
        ada.types_and_sees("/mentor skip").await;
        assert_eq!(ada.submits().await, SubmitOutcome::Closed);
        grace.reads_one();
    }
});

story!(the_preview_is_what_happens, |world: Arc<World>| async move {
    use mentor::domain::forecast::{Coming, of_pair};
    use mentor::domain::reminders::MessageKind;
    use mentor::store::{meetings, pairs};

    let (ada, grace) = world.a_pair().await;
    let ctx = &world.app.speaker.ctx;
    let (now, until) = (world.now(), world.now() + TimeDelta::weeks(8));
    let mut reading = ctx.db.read().await.unwrap();
    let [of] = &pairs::active(&mut reading).await.unwrap()[..] else { panic!("one pair") };
    let planned = meetings::without_outcome(&mut reading, of.pair.id).await.unwrap();
    drop(reading);
    let forecast = of_pair(of, &planned, &ctx.programme(), now, until);
    let expected = |kind: MessageKind| -> Vec<String> {
        let said = forecast.iter().filter(|one| matches!(one.coming, Coming::Message(of, _) if of == kind));
        said.map(|one| one.at.to_rfc3339()).collect()
    };
    assert_eq!(forecast.iter().filter(|one| one.coming == Coming::Meeting).count(), 8);

    world.advance_to(until).await;
    let came = |to: &str, text: &str| -> Vec<String> {
        let messages = world.sandbox.messages(&format!("D{}", &world.sandbox.person(to).unwrap().id()[1..]));
        let said = messages.iter().filter(|message| message.text.contains(text));
        said.map(|message| {
            let seconds = message.ts.split('.').next().unwrap().parse().unwrap();
            DateTime::from_timestamp(seconds, 0).unwrap().to_rfc3339()
        })
        .collect()
    };
    assert_eq!(came("ada", "Prepare your agenda"), expected(MessageKind::AgendaRequest));
    // The notices say by now that these meetings are over.
    assert_eq!(came("grace", "Your meeting with ada"), expected(MessageKind::AgendaNotice));
    // Asked again two days later, unanswered: each question is there twice.
    let asked = came("ada", "Did you meet");
    assert!(expected(MessageKind::DidYouMeet).iter().all(|at| asked.contains(at)), "{asked:?}");
    ada.reads();
    grace.reads();
});

story!(a_meeting_that_goes_there_and_back_is_told_each_time, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    // The request is out when the meeting begins to travel: Thursday, Friday, Thursday, Friday.
    world.advance_to(at("2026-03-03T15:01:00Z")).await;
    assert!(ada.reads_one().starts_with("Prepare your agenda for @grace, Thursday, March 5th"));
    for (day, shown) in
        [("2026-03-06", "Friday, March 6th"), ("2026-03-05", "Thursday, March 5th")].iter().cycle().take(3)
    {
        ada.types_and_sees("/mentor move").await;
        ada.chooses("Day", day).await;
        assert_eq!(ada.submits().await, SubmitOutcome::Closed);
        let told = grace.reads_one();
        assert!(told.starts_with(&format!("@ada moved your meeting: it is now {shown}")), "{told}");
        // What is due by now about the new time comes at once, and once.
        ada.reads();
    }
    world.advance_to(at("2026-03-05T14:59:00Z")).await;
    assert_snapshot!(ada.reads().join("\n--\n"), @"
    Prepare your agenda for @grace, Friday, March 6th, 2026 at 3:00 PM
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
    assert_snapshot!(grace.reads().join("\n--\n"), @"");
    world.advance_to(at("2026-03-06T14:59:00Z")).await;
    assert!(ada.reads_one().starts_with("Last call for your agenda for @grace, Friday, March 6th"));
    assert!(grace.reads_one().starts_with("No agenda yet"));
    world.advance_to(at("2026-03-06T15:50:00Z")).await;
    assert!(ada.reads_one().starts_with("Did you meet @grace?\nFriday, March 6th, 2026 at 3:00 PM"));
    assert_eq!(grace.reads(), Vec::<String>::new());
    world.leave_unsettled();
});

story!(the_next_meeting_is_moved_below_the_report, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to(at("2026-03-05T16:00:00Z")).await;
    ada.reads();
    grace.reads();
    ada.clicks_and_sees("We met").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.latest(), @"
    You met @grace, Thursday, March 5th, 2026 at 3:00 PM.
    Next meeting: Thursday, March 12th, 2026 at 2:00 PM.
    [Move this one]
    ");
    ada.clicks_and_sees("Move this one").await;
    ada.chooses("Day", "2026-03-13").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.latest(), @"
    You met @grace, Thursday, March 5th, 2026 at 3:00 PM.
    Next meeting: Friday, March 13th, 2026 at 2:00 PM.
    [Move this one]
    ");
    assert!(grace.reads_one().contains("Friday, March 13th, 2026"));
    // Skipped, the one after it is next; begun, none is offered any more.
    ada.home().await;
    ada.clicks_on_home("Skip this one").await;
    ada.modal().await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    grace.reads_one();
    assert_snapshot!(ada.latest(), @"
    You met @grace, Thursday, March 5th, 2026 at 3:00 PM.
    Next meeting: Thursday, March 19th, 2026 at 2:00 PM.
    [Move this one]
    ");
    world.advance_to(at("2026-03-17T15:00:00Z")).await;
    ada.reads_one();
    world.advance_to(at("2026-03-19T14:00:00Z")).await;
    let told: Vec<String> =
        ada.hands.dms().iter().map(ToString::to_string).filter(|told| told.starts_with("You met")).collect();
    assert_snapshot!(told.join("\n---\n"), @"
    You met @grace, Thursday, March 5th, 2026 at 3:00 PM.
    ---
    You met @grace, Thursday, March 5th, 2026 at 3:00 PM.
    ---
    You met @grace, Thursday, March 5th, 2026 at 3:00 PM.
    Next meeting: Thursday, March 26th, 2026 at 2:00 PM.
    [Move this one]
    ");
    ada.reads();
    grace.reads();
});
