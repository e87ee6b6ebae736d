//! Either half pauses without a reason, with a day to go on; the other hears until when, and nothing else is said meanwhile.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use insta::assert_snapshot;
use slack_sandbox::{NewPerson, SubmitOutcome};

use crate::support::{World, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

story!(a_pause_over_the_clock_change, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    ada.types("/mentor agenda how do budgets grow?").await;
    assert_snapshot!(ada.types("/mentor pause until 30 March").await, @"
    Your meetings with @grace are paused until Monday, 30 March 2026. @grace is told until when, and no reason.
    The first meeting after that: Thursday, April 2nd, 2026 at 3:00 PM. `/mentor resume` goes on earlier.
    ");
    assert_snapshot!(grace.reads_one(), @"
    @ada pauses your meetings until Monday, 30 March 2026.
    Until then nothing is asked of you; what stands on your agenda waits. The first meeting after that: Thursday, April 2nd, 2026 at 10:00 AM.
    ");
    assert_snapshot!(ada.types("/mentor").await, @"
    @grace mentors you, paused by you until Monday, 30 March 2026.
    `/mentor help` shows the commands; the Home tab shows everything.
    ");
    assert_snapshot!(ada.home().await, @"
    What waits for me
    Nothing. Enjoy your day.
    ---
    Homework
    [See homework] [Add homework]
    ---
    Asks and introductions
    [Who can I talk to about…]
    ---
    My mentors, mentees and peers
    @grace mentors you · every week, 30 minutes · paused by you until Monday, 30 March 2026
    [Our agreement] [Resume] [Become peers] [Finish]
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
    assert_snapshot!(ada.types("/mentor move").await, @"There is no meeting to come that could be moved or skipped.");
    let agenda = ada.types("/mentor agenda").await;
    assert_snapshot!(agenda, @"Your meetings with @grace are paused by you until Monday, 30 March 2026. What stands on your agenda waits; `/mentor agenda <text>` puts something there.");

    // The clocks change in New York on 8 March and in London on 29 March. On the day, each hears once, when they work.
    world.advance_to(at("2026-03-30T07:59:00Z")).await;
    assert_eq!((ada.reads(), grace.reads()), (Vec::new(), Vec::new()), "nothing was said for four weeks");
    world.advance_to(at("2026-03-30T08:00:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    You and @grace go on: the pause is over.
    Your next meeting: Thursday, April 2nd, 2026 at 3:00 PM.
    ");
    assert_eq!(grace.reads(), Vec::<String>::new());
    world.advance_to(at("2026-03-30T13:00:00Z")).await;
    assert_snapshot!(grace.reads_one(), @"
    You and @ada go on: the pause is over.
    Your next meeting: Thursday, April 2nd, 2026 at 10:00 AM.
    ");
    assert_snapshot!(grace.home().await, @"
    What waits for me
    The agenda with @ada, Thursday, April 2nd, 2026 at 10:00 AM, is ready.
    [Open agenda]
    ---
    Next meetings
    Thursday, April 2nd, 2026 at 10:00 AM with @ada
    Agenda: 1 part
    [Open agenda]
    [Move this one] [Skip this one]
    ---
    Homework
    [See homework] [Add homework]
    ---
    Asks and introductions
    [Who can I talk to about…]
    ---
    My mentors, mentees and peers
    You mentor @ada · every week, 30 minutes
    [Our agreement] [Change rhythm] [Pause] [Become peers] [Finish]
    [Find a mentor] [Ask somebody to mentor me] [Ask my manager to suggest someone] [Add an outside mentor]
    ---
    Goals and wins
    [Log a win]
    ---
    Settings
    You work Mon–Fri, 09:00–17:00 (America/New_York). No days off.
    You are asked for an agenda 2 working days ahead.
    [My settings]
    [Who sees what]
    You are not listed; who knows you may ask you. Introductions: off.
    [My profile]
    [My network] [Mentor or manager?]
    ");

    // What was on the agenda is on this one.
    world.advance_to(at("2026-03-31T14:00:00Z")).await;
    let asked = ada.reads_one();
    assert!(asked.contains("Thursday, April 2nd"), "{asked}");
    let agenda = ada.clicks_and_sees("Prepare").await;
    assert!(agenda.contains("how do budgets grow?"), "{agenda}");
    ada.closes().await;
});

story!(both_pause_and_the_longer_counts, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    ada.types("/mentor pause until 10 March").await;
    grace.reads_one();
    assert_snapshot!(grace.types("/mentor pause until 20 March").await, @"
    Your meetings with @ada are paused until Friday, 20 March 2026. @ada is told until when, and no reason.
    The first meeting after that: Thursday, March 26th, 2026 at 10:00 AM. `/mentor resume` goes on earlier.
    ");
    assert_snapshot!(ada.reads_one(), @"
    @grace pauses your meetings until Friday, 20 March 2026.
    Until then nothing is asked of you; what stands on your agenda waits. The first meeting after that: Thursday, March 26th, 2026 at 2:00 PM.
    ");
    assert_snapshot!(grace.types("/mentor").await, @"
    You mentor @ada, paused by you until Friday, 20 March 2026, and by @ada until Tuesday, 10 March 2026.
    `/mentor help` shows the commands; the Home tab shows everything.
    ");

    // Ada's is over on the 10th; Grace's stands.
    world.advance_to(at("2026-03-10T12:00:00Z")).await;
    assert_eq!((ada.reads(), grace.reads()), (Vec::new(), Vec::new()));
    assert_snapshot!(ada.types("/mentor resume").await, @"It is not you who paused: @grace pauses your meetings until Friday, 20 March 2026. They go on then, or when @grace resumes.");

    // Ada pauses once more, and takes hers back: Grace's stays, and is said so.
    ada.types("/mentor pause until 17 March").await;
    grace.reads_one();
    assert_snapshot!(ada.types("/mentor resume").await, @"Your pause is over, but @grace pauses your meetings until Friday, 20 March 2026. They go on then, or when @grace resumes.");
    assert_eq!(grace.reads(), Vec::<String>::new());

    // Grace takes hers back, on Tuesday: they meet on Thursday.
    assert_snapshot!(grace.types("/mentor resume").await, @"You go on with @ada. Next meeting: Thursday, March 12th, 2026 at 10:00 AM. What was left out stays left out.");
    assert_snapshot!(ada.reads_one(), @"
    You and @grace go on: the pause is over.
    Your next meeting: Thursday, March 12th, 2026 at 2:00 PM.
    ");
    assert_snapshot!(ada.types("/mentor resume").await, @"None of your meetings are paused. `/mentor` shows where you stand.");
    let status = ada.types("/mentor").await;
    assert!(status.contains("Thursday, March 12th"), "{status}");
});

story!(a_pause_is_chosen_on_home, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    ada.home().await;
    grace.home().await;
    assert_snapshot!(ada.clicks_and_sees("Pause").await, @"
    # Pause
    Your meetings with @grace
    Until: ____
      (The day on which you go on; at most twelve months away.)
    Meetings before that day are left out, and what stands on their agenda waits. The other one hears until when, and no reason is asked for.
    [Cancel] [Pause]
    ");
    ada.chooses("Until", "2026-03-02").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("that is today") };
    assert_snapshot!(format!("{errors:?}"), @r#"{"Until": "Choose the day on which you go on: tomorrow or later."}"#);
    ada.chooses("Until", "2027-03-03").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("that is more than a year") };
    assert_snapshot!(format!("{errors:?}"), @r#"{"Until": "A pause is at most twelve months long: 2 March 2027 is the latest."}"#);
    ada.chooses("Until", "2026-03-09").await;
    ada.submits().await;
    ada.closes().await;
    grace.reads_one();

    // Resumed at once: the meeting that was left out stays left out, the one after it is where the calendar says.
    ada.clicks_on_home("Resume").await;
    assert_snapshot!(ada.modal().await, @"
    # Mentor
    You go on with @grace. Next meeting: Thursday, March 12th, 2026 at 2:00 PM. What was left out stays left out.
    [Close]
    ");
    ada.closes().await;
    assert_snapshot!(grace.reads_one(), @"
    You and @ada go on: the pause is over.
    Your next meeting: Thursday, March 12th, 2026 at 10:00 AM.
    ");
    assert_snapshot!(grace.hands.dms().iter().map(ToString::to_string).find(|said| said.contains("That is over")).unwrap(), @"@ada paused your meetings until Monday, 9 March 2026. That is over.");
});

story!(a_day_that_cannot_be, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let mut answers = Vec::new();
    for until in [
        "until 31 February",
        "until yesterday",
        "until today",
        "until 3/4",
        "until the cows come home",
        "until 1 March 2030",
        "until 1 April 2027",
    ] {
        answers.push(ada.types(&format!("/mentor pause {until}")).await);
    }
    assert_snapshot!(answers.join("\n"), @"
    I can't pause until “31 February”. There is no 31 February. Nothing was paused. Type for example `/mentor pause until 3 January`, or `/mentor pause` to choose a day.
    I can't pause until “yesterday”. Sunday, 1 March 2026 is past. Nothing was paused. Type for example `/mentor pause until 3 January`, or `/mentor pause` to choose a day.
    I can't pause until “today”. Choose the day on which you go on: tomorrow or later. Nothing was paused. Type for example `/mentor pause until 3 January`, or `/mentor pause` to choose a day.
    I can't pause until “3/4”. That could be Friday, 3 April 2026 or Wednesday, 4 March 2026; write the month in letters. Nothing was paused. Type for example `/mentor pause until 3 January`, or `/mentor pause` to choose a day.
    I can't pause until “the cows come home”. That is not a date I understand; write it like “12 March”, “next Friday”, “in 3 weeks” or 2027-03-12. Nothing was paused. Type for example `/mentor pause until 3 January`, or `/mentor pause` to choose a day.
    I can't pause until “1 March 2030”. A pause is at most twelve months long: 2 March 2027 is the latest. Nothing was paused. Type for example `/mentor pause until 3 January`, or `/mentor pause` to choose a day.
    I can't pause until “1 April 2027”. A pause is at most twelve months long: 2 March 2027 is the latest. Nothing was paused. Type for example `/mentor pause until 3 January`, or `/mentor pause` to choose a day.
    ");
    assert_eq!(grace.reads(), Vec::<String>::new(), "nothing was paused");
    assert_snapshot!(ada.types("/mentor resume").await, @"None of your meetings are paused. `/mentor` shows where you stand.");
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    assert_snapshot!(lise.types("/mentor pause until Friday").await, @"You have no mentor or mentee yet. Type `/mentor ask @name` to ask somebody to be your mentor.");
    assert_snapshot!(lise.types("/mentor rhythm").await, @"You have no mentor or mentee yet. Type `/mentor ask @name` to ask somebody to be your mentor.");
});

story!(one_of_several_is_paused, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    ada.asks(&lise, &world.secret("measuring")).await;
    lise.accepts("Wednesday", "10:00", "45 minutes").await;
    ada.reads();
    lise.reads();
    // The day is not lost: the form opens with it, for the nearest.
    assert_snapshot!(ada.types_and_sees("/mentor pause until 16 March").await, @"
    # Pause
    With: lise
    Until: 2026-03-16
      (The day on which you go on; at most twelve months away.)
    Meetings before that day are left out, and what stands on their agenda waits. The other one hears until when, and no reason is asked for.
    [Cancel] [Pause]
    ");
    ada.submits().await;
    ada.closes().await;
    let told = lise.reads_one();
    assert!(told.contains("@ada pauses your meetings until Monday, 16 March 2026"), "{told}");
    assert_eq!(grace.reads(), Vec::<String>::new());
    // With a mention there is nothing to choose.
    let answer = ada.types("/mentor pause with @grace for two weeks").await;
    assert!(answer.contains("Your meetings with @grace are paused until Monday, 16 March 2026"), "{answer}");
    grace.reads_one();
    assert_snapshot!(ada.types_and_sees("/mentor resume").await, @"
    # Resume
    Your meetings with @grace: paused by you until Monday, 16 March 2026.
    Your meetings with @lise: paused by you until Monday, 16 March 2026.
    With: grace
    [Cancel] [Resume]
    ");
    ada.chooses("With", "grace").await;
    ada.submits().await;
    ada.closes().await;
    let told = grace.reads_one();
    assert!(told.contains("go on"), "{told}");
    assert_eq!(lise.reads(), Vec::<String>::new());
});

story!(what_took_place_before_a_pause_is_asked_about, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to(at("2026-03-05T15:10:00Z")).await;
    ada.reads();
    grace.reads();
    // They are meeting, and the next one is on the calendar already.
    ada.types("/mentor pause until 23 March").await;
    grace.reads_one();
    world.advance_to(at("2026-03-05T16:00:00Z")).await;
    let question = ada.reads_one();
    assert!(question.contains("Did you meet @grace?"), "{question}");
    ada.clicks_and_sees("We met").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    // Nothing was put on the calendar by that, and down for two days over the return, nothing comes twice.
    let status = ada.types("/mentor").await;
    assert!(status.contains("paused by you until Monday, 23 March 2026"), "{status}");
    world.advance_to(at("2026-03-20T12:00:00Z")).await;
    assert_eq!((ada.reads(), grace.reads()), (Vec::new(), Vec::new()));
    world.clock.set(at("2026-03-25T12:00:00Z"));
    world.advance(TimeDelta::minutes(90)).await;
    let told = ada.reads();
    assert_eq!(told.len(), 2, "that they go on, and the agenda: {told:#?}");
    assert!(told[0].contains("Thursday, March 26th"), "{told:#?}");
    let told = grace.reads();
    assert!(told[0].contains("go on"), "{told:#?}");
});

story!(the_preview_knows_pauses, |world: Arc<World>| async move {
    use mentor::domain::forecast::{Coming, of_paused_pair};
    use mentor::store::{meetings, pauses};

    let (ada, grace) = world.a_pair().await;
    ada.types("/mentor pause until 23 March").await;
    grace.reads_one();
    let ctx = &world.app.speaker.ctx;
    let (now, until) = (world.now(), world.now() + TimeDelta::weeks(8));
    let mut reading = ctx.db.read().await.unwrap();
    let [of] = &pauses::paused_pairs(&mut reading).await.unwrap()[..] else { panic!("one pair") };
    let planned = meetings::without_outcome(&mut reading, of.pair.id).await.unwrap();
    let standing = pauses::standing(&mut reading, of.pair.id).await.unwrap();
    drop(reading);
    let forecast = of_paused_pair(of, &standing, &planned, &ctx.programme(), (now, until));
    let meetings: Vec<String> = forecast
        .iter()
        .filter(|one| one.coming == Coming::Meeting)
        .map(|one| one.at.format("%-d %b %H:%M").to_string())
        .collect();
    assert_snapshot!(meetings.join(", "), @"26 Mar 14:00, 2 Apr 14:00, 9 Apr 14:00, 16 Apr 14:00, 23 Apr 14:00");
    assert!(forecast.iter().all(|one| one.at >= at("2026-03-23T00:00:00Z")), "{forecast:#?}");
});

story!(a_meeting_after_the_pause_stays, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    // Until the day before the meeting; its agenda would have been asked for on Tuesday.
    ada.types("/mentor pause until 4 March").await;
    let told = grace.reads_one();
    assert!(told.contains("The first meeting after that: Thursday, March 5th"), "{told}");
    let home = ada.home().await;
    assert!(home.contains("Thursday, March 5th") && !home.contains("Move this one"), "{home}");
    world.advance_to(at("2026-03-04T08:59:00Z")).await;
    assert_eq!((ada.reads(), grace.reads()), (Vec::new(), Vec::new()));
    world.advance_to(at("2026-03-04T09:30:00Z")).await;
    let told = ada.reads();
    assert_eq!(told.len(), 2, "that they go on, and the agenda: {told:#?}");
    assert!(told[0].contains("go on") && told[1].contains("Prepare your agenda"), "{told:#?}");
    let old = ada.latest();
    ada.types("/mentor pause until 1 April").await;
    ada.clicks_old(&old, "Move this one").await;
    ada.is_told("are paused").await;
    grace.reads();
});

story!(a_change_of_the_agreement_is_over_in_a_pause, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    ada.types_and_sees("/mentor agreement").await;
    ada.clicks_and_sees("Change it").await;
    ada.fills("Anything else we agree", &world.secret("we write it down")).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    ada.closes().await;
    ada.types("/mentor pause until 30 March").await;
    grace.reads();
    world.advance_to(at("2026-03-06T18:00:00Z")).await;
    assert_eq!(grace.reads(), Vec::<String>::new(), "nothing is asked in a pause");
    let told = ada.reads_one();
    assert!(told.contains("did not work out this time"), "{told}");
    let seen = grace.types_and_sees("/mentor agreement").await;
    assert!(seen.contains("[Change it]") && !seen.contains("A change that"), "{seen}");
    grace.closes().await;
    world.leave_unsettled();
});
