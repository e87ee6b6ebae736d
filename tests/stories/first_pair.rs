//! The first pair meets: from the first question to the second agenda.

use std::sync::Arc;

use chrono::TimeDelta;
use insta::assert_snapshot;
use slack_sandbox::SubmitOutcome;

use crate::support::{World, story, without_questions};

story!(from_the_first_question_to_the_second_agenda, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    assert_snapshot!(ada.types("/mentor").await, @"
    You have no mentor yet. Type `/mentor find` to see whom you could ask, `/mentor ask @name` to ask somebody, or `/mentor help` for everything I do.
    [Find a mentor] [Ask somebody to mentor me]
    `/mentor help` shows the commands; the Home tab shows everything.
    ");

    // Ada asks.
    assert_snapshot!(ada.types_and_sees("/mentor ask @grace").await, @"
    # Ask for mentoring
    You ask @grace.
    How: (x) As my mentor: I prepare, they react  ( ) As peers: we help each other
    What I want to work on: ____
      (Only the two of you will ever see this.)
    What I am asking for
    30–45 minutes every week; I prepare, you react. As peers: every two weeks, and we both prepare.
    They have three working days to answer and are reminded once. You will hear from me either way.
    [Cancel] [Send]
    ");
    let aim = world.secret("running my first project");
    ada.fills("What I want to work on", &aim).await;
    let SubmitOutcome::Updated(sent) = ada.submits().await else { panic!("a word that it was sent") };
    assert_snapshot!(sent, @"
    # Sent
    I am asking @grace. You will hear by Thursday, March 5th, 2026 at 2:00 PM, either way.
    [Close]
    ");
    ada.closes().await;

    // Grace is asked, at once.
    assert_snapshot!(grace.reads_one(), @"
    @ada would like you as a mentor.
    What they ask for: 30–45 minutes every week; the mentee prepares, you react.
    Asked Monday, March 2nd, 2026 at 5:00 AM.
    [Accept] [Not now] [Tell me more] [Suggest someone else] [Read the request]
    Please answer by Thursday, March 5th, 2026 at 9:00 AM. “Not now” needs no reason, and reads the same as no answer.
    ");
    let form = grace.clicks_and_sees("Accept").await;
    assert!(form.contains(&aim), "{form}");
    assert_snapshot!(form.replace(&aim, "[what Ada wants]"), @"
    # Accept
    @ada wants to work on:
    [what Ada wants]
    How often: Every week
    Weekday: Tuesday
    Time: 10:00
    Length: ( ) 30 minutes  (x) 45 minutes  ( ) 60 minutes
    On your clock (America/New_York). @ada is on Europe/London time.
    [Cancel] [Accept]
    ");
    grace.chooses("Weekday", "Thursday").await;
    grace.chooses("Time", "10:00").await;
    grace.chooses("Length", "30 minutes").await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(grace.latest(), @"
    You said yes: you mentor @ada, every week, 30 minutes. Next meeting: Thursday, March 5th, 2026 at 10:00 AM.
    [Add to Google Calendar] [Add to Outlook]
    [Read and sign our agreement]
    ");
    assert_snapshot!(ada.reads_one(), @"
    Good news: @grace mentors you from now on, every week, 30 minutes.
    Your next meeting: Thursday, March 5th, 2026 at 3:00 PM.
    [Prepare]
    You will be asked for your agenda two working days before. You prepare; they only have to turn up.
    [Add to Google Calendar] [Add to Outlook]
    [Read and sign our agreement]
    ");
    assert_snapshot!(ada.types("/mentor").await, @"
    @grace mentors you. Next meeting: Thursday, March 5th, 2026 at 3:00 PM, no agenda yet.
    What waits for you
    Your agenda for @grace, Thursday, March 5th, 2026 at 3:00 PM, is empty.
    [Prepare]
    Sign your agreement with @grace.
    [Read and sign our agreement]
    `/mentor help` shows the commands; the Home tab shows everything.
    ");

    world.sign(&ada, &grace).await;

    // Two working days before, at the hour of the meeting: Tuesday. Not a minute earlier.
    world.advance_to("2026-03-03T14:59:00Z".parse().unwrap()).await;
    assert_eq!(ada.reads(), Vec::<String>::new());
    world.advance(TimeDelta::minutes(1)).await;
    assert_snapshot!(ada.reads_one(), @"
    Prepare your agenda for @grace, Thursday, March 5th, 2026 at 3:00 PM
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");

    // Ada prepares.
    assert_snapshot!(ada.clicks_and_sees("Prepare").await, @"
    # Your agenda
    For @grace, Thursday, March 5th, 2026 at 3:00 PM
    Learn the why (optional): ____
      (A task or rule you follow without knowing the reason)
    Biggest challenge since last time (optional): ____
      (What was most puzzling? What you expected, what happened, what you would do next time)
    Upcoming work (optional): ____
      (Your next piece of planned work, and how you intend to do it)
    A topic I'm curious about (optional): ____
      (One subject: how does our organisation handle it?)
    Homework I'm returning (optional): ____
      (What you found out about the homework below)
    Only the two of you will ever see this.
    [Cancel] [Save]
    ");
    let why = world.secret("why do we freeze releases in December");
    let challenge = world.secret("the flaky deploy");
    ada.fills("Learn the why", &why).await;
    ada.fills("Biggest challenge since last time", &challenge).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.latest(), @"
    Your agenda for @grace is ready: 2 parts.
    Thursday, March 5th, 2026 at 3:00 PM
    [Edit agenda]
    ");
    assert_eq!(grace.reads(), Vec::<String>::new(), "the mentor hears a working day before, not now");

    // One working day before: Grace sees it.
    world.advance_to("2026-03-04T15:00:00Z".parse().unwrap()).await;
    assert_snapshot!(grace.reads_one(), @"
    The agenda with @ada is ready: 2 parts.
    Thursday, March 5th, 2026 at 10:00 AM
    [Open agenda]
    ");
    let agenda = grace.clicks_and_sees("Open agenda").await;
    assert!(agenda.contains(&why) && agenda.contains(&challenge), "{agenda}");
    assert_snapshot!(without_questions(&agenda.replace(&why, "[why]").replace(&challenge, "[challenge]")), @"
    # Agenda
    With @ada, Thursday, March 5th, 2026 at 10:00 AM
    Learn the why
    [why]
    A question to ask: [question]
    Biggest challenge since last time
    [challenge]
    A question to ask: [question]
    [Add a point]
    [Close]
    ");
    grace.closes().await;
    assert_eq!(ada.reads(), Vec::<String>::new(), "no nudge when there is an agenda");

    // They meet on Thursday, 10:00 in New York. Ada is asked a quarter of an hour after the end.
    world.advance_to("2026-03-05T15:44:00Z".parse().unwrap()).await;
    assert_eq!(ada.reads(), Vec::<String>::new());
    world.advance(TimeDelta::minutes(1)).await;
    assert_snapshot!(ada.reads_one(), @"
    Did you meet @grace?
    Thursday, March 5th, 2026 at 3:00 PM
    [We met] [Not yet] [Skipped]
    ");
    assert_snapshot!(ada.clicks_and_sees("We met").await, @"
    # You met
    With @grace, Thursday, March 5th, 2026 at 3:00 PM
    Not covered: keep for next time (optional): [ ] Learn the why  [ ] Biggest challenge since last time
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
    let homework = world.secret("read the post-mortem of the 2024 outage");
    let useful = world.secret("hearing how she plans");
    let win = world.secret("first green week");
    ada.fills("Homework", &homework).await;
    ada.fills("What was most useful?", &useful).await;
    ada.fills("A win", &win).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.latest(), @"
    You met @grace, Thursday, March 5th, 2026 at 3:00 PM.
    Until next time: 1 homework item.
    Next meeting: Thursday, March 12th, 2026 at 2:00 PM.
    [Move this one]
    ");

    // Grace hears of the win at once, not what it is.
    assert_snapshot!(grace.reads_one(), @"
    @ada has a win to share.
    [Read it]
    ");

    // Halfway, she is reminded of it; the message will follow what becomes of it.
    world.advance_to("2026-03-09T09:00:00Z".parse().unwrap()).await;
    assert_snapshot!(ada.reads_one(), @"
    Halfway to your next meeting with @grace, Thursday, March 12th, 2026 at 2:00 PM: 1 homework item of yours is open.
    [See homework]
    ");

    // The next agenda opens with the homework, though New York has changed its clocks meanwhile and London has not.
    world.advance_to("2026-03-10T13:59:00Z".parse().unwrap()).await;
    assert_eq!(ada.reads(), Vec::<String>::new());
    world.advance(TimeDelta::minutes(1)).await;
    assert_snapshot!(ada.reads_one(), @"
    Prepare your agenda for @grace, Thursday, March 12th, 2026 at 2:00 PM
    Coming back: 1 homework item
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
    let form = ada.clicks_and_sees("Prepare").await;
    assert!(form.contains(&homework), "{form}");
    assert_snapshot!(form.replace(&homework, "[homework]"), @"
    # Your agenda
    For @grace, Thursday, March 12th, 2026 at 2:00 PM
    Open homework
    [homework]
    @ada · open · since March 5th, 2026
    Learn the why (optional): ____
      (A task or rule you follow without knowing the reason)
    Biggest challenge since last time (optional): ____
      (What was most puzzling? What you expected, what happened, what you would do next time)
    Upcoming work (optional): ____
      (Your next piece of planned work, and how you intend to do it)
    A topic I'm curious about (optional): ____
      (One subject: how does our organisation handle it?)
    Coming back this time (optional): [ ] read the post-mortem of the 2024 outage canary-read-the-post-mortem-o…
    Homework I'm returning (optional): ____
      (What you found out about the homework below)
    Only the two of you will ever see this.
    [Cancel] [Save]
    ");
    let findings = world.secret("it was a full disk");
    ada.fills("Homework I'm returning", &findings).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);

    // Home shows everything, to each their own side.
    let home = ada.home().await;
    assert!(home.contains(&homework) && home.contains(&win), "{home}");
    assert_snapshot!(home.replace(&homework, "[homework]").replace(&win, "[win]"), @"
    What waits for me
    Nothing. Enjoy your day.
    ---
    Next meetings
    Thursday, March 12th, 2026 at 2:00 PM with @grace
    Agenda: 1 part
    [Edit agenda]
    [Move this one] [Skip this one]
    ---
    Homework
    [homework]
    @ada · returned, to be talked about · since March 5th, 2026
    [See homework] [Add homework]
    ---
    Asks and introductions
    [Who can I talk to about…]
    ---
    My mentors, mentees and peers
    @grace mentors you · every week, 30 minutes
    [Our agreement] [Change rhythm] [Pause] [Become peers] [Finish]
    [Find a mentor] [Ask somebody to mentor me] [Ask my manager to suggest someone] [Add an outside mentor]
    ---
    Goals and wins
    [win]
    Mar 5, 2026
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
    let home = grace.home().await;
    assert_snapshot!(home.replace(&homework, "[homework]").replace(&win, "[win]"), @"
    What waits for me
    The agenda with @ada, Thursday, March 12th, 2026 at 10:00 AM, is ready.
    [Open agenda]
    ---
    Next meetings
    Thursday, March 12th, 2026 at 10:00 AM with @ada
    Agenda: 1 part
    [Open agenda]
    [Move this one] [Skip this one]
    ---
    Homework
    [homework]
    @ada · returned, to be talked about · since March 5th, 2026
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
    [win]
    Mar 5, 2026
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

    world.advance_to("2026-03-11T14:00:00Z".parse().unwrap()).await;
    assert_snapshot!(grace.reads_one(), @"
    The agenda with @ada is ready: 1 part, 1 homework item.
    Thursday, March 12th, 2026 at 10:00 AM
    [Open agenda]
    ");
    let agenda = grace.clicks_and_sees("Open agenda").await;
    assert!(agenda.contains(&homework) && agenda.contains(&findings), "{agenda}");
    grace.closes().await;
});

story!(everything_from_home, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    assert_snapshot!(ada.home().await, @"
    What waits for me
    Nothing. Enjoy your day.
    ---
    Asks and introductions
    [Who can I talk to about…]
    ---
    My mentors, mentees and peers
    Nobody yet. Somebody outside your team, with whom nothing is at stake, is best.
    [Find a mentor] [Ask somebody to mentor me] [Ask my manager to suggest someone] [Add an outside mentor]
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
    ada.asks(&grace, &world.secret("seeing the whole")).await;
    grace.reads_one();

    // Grace answers from her Home, which follows what happens without being opened again.
    assert_snapshot!(grace.home().await, @"
    What waits for me
    @ada would like you as a mentor. Please answer by Thursday, March 5th, 2026 at 9:00 AM.
    [Accept] [Not now] [Tell me more] [Suggest someone else] [Read the request]
    ---
    Asks and introductions
    [Who can I talk to about…]
    ---
    My mentors, mentees and peers
    Nobody yet. Somebody outside your team, with whom nothing is at stake, is best.
    [Find a mentor] [Ask somebody to mentor me] [Ask my manager to suggest someone] [Add an outside mentor]
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
    grace.clicks_on_home("Accept").await;
    grace.modal().await;
    grace.chooses("Weekday", "Friday").await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(grace.hands.home().unwrap(), @"
    What waits for me
    Sign your agreement with @ada.
    [Read and sign our agreement]
    ---
    Next meetings
    Friday, March 6th, 2026 at 10:00 AM with @ada
    No agenda yet
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
    You mentor @ada · every week, 45 minutes
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
    ada.reads();

    // Ada prepares from hers.
    ada.clicks_on_home("Prepare").await;
    ada.modal().await;
    ada.fills("Learn the why", &world.secret("reviews")).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert!(ada.hands.home().unwrap().to_string().contains("Agenda: 1 part"));
    assert!(grace.hands.home().unwrap().to_string().contains("Agenda: 1 part"));

    // They meet; she says so from Home. An old button there says what is.
    world.advance_to("2026-03-09T10:00:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    ada.clicks_on_home("Not yet").await;
    ada.clicks_on_home("We met").await;
    ada.modal().await;
    ada.fills("Homework", &world.secret("the checklist")).await;
    ada.chooses("Who looks into it", "grace").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert!(grace.hands.home().unwrap().to_string().contains("the checklist"));
    let waiting = ada.hands.home().unwrap().to_string();
    assert!(!waiting.contains("Did you meet"), "{waiting}");
});
