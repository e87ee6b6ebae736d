//! Peers: both prepare, both read, either tells; and a mentor pair that becomes one of peers, or stays as it is.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use insta::assert_snapshot;
use slack_sandbox::SubmitOutcome;

use crate::support::{Someone, World, story, without_questions};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Ada and Grace, who help each other every two weeks on Thursdays at 10:00 in New York; the first time on 5 March.
async fn two_peers(world: &Arc<World>) -> (Someone, Someone) {
    let (ada, grace) = world.ada_and_grace().await;
    ada.types_and_sees("/mentor ask @grace").await;
    ada.chooses("How", "As peers: we help each other").await;
    ada.fills("What I want to work on", &world.secret("leading without a title")).await;
    ada.submits().await;
    ada.closes().await;
    (ada, grace)
}

story!(two_peers_from_the_question_to_the_homework, |world: Arc<World>| async move {
    let (ada, grace) = two_peers(&world).await;
    assert_snapshot!(grace.reads_one(), @"
    @ada would like you two to be peers: you help each other.
    What they ask for: 30–45 minutes every two weeks; you both prepare, and each reacts to the other.
    Asked Monday, March 2nd, 2026 at 5:00 AM.
    [Accept] [Not now] [Tell me more] [Suggest someone else] [Read the request]
    Please answer by Thursday, March 5th, 2026 at 9:00 AM. “Not now” needs no reason, and reads the same as no answer.
    ");
    let form = grace.clicks_and_sees("Accept").await;
    assert!(form.contains("How often: Every two weeks"), "{form}");
    grace.closes().await;
    grace.accepts("Thursday", "10:00", "45 minutes").await;
    assert_snapshot!(grace.latest(), @"
    You said yes: you and @ada are peers, every two weeks, 45 minutes. Next meeting: Thursday, March 5th, 2026 at 10:00 AM.
    [Add to Google Calendar] [Add to Outlook]
    [Read and sign our agreement]
    ");
    assert_snapshot!(ada.reads_one(), @"
    Good news: you and @grace are peers from now on, every two weeks, 45 minutes.
    Your next meeting: Thursday, March 5th, 2026 at 3:00 PM.
    [Prepare]
    You will both be asked for your agenda two working days before, and you both see the other’s.
    [Add to Google Calendar] [Add to Outlook]
    [Read and sign our agreement]
    ");
    // One pair is enough for two peers, whoever asks.
    assert_snapshot!(grace.types("/mentor ask @ada").await, @"You and ada are peers already. Type `/mentor` to see when you meet next.");
    assert_snapshot!(grace.types("/mentor peers").await, @"You and ada are peers already.");

    // Both are asked, two working days before.
    world.sign(&ada, &grace).await;
    world.advance_to(at("2026-03-03T15:00:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    Prepare your agenda for @grace, Thursday, March 5th, 2026 at 3:00 PM
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
    assert_snapshot!(grace.reads_one(), @"
    Prepare your agenda for @ada, Thursday, March 5th, 2026 at 10:00 AM
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
    let ada_writes = world.secret("why releases freeze");
    let grace_writes = world.secret("the offer from the other team");
    ada.prepares("Learn the why", &ada_writes).await;
    let form = grace.clicks_and_sees("Prepare").await;
    assert!(!form.contains(&ada_writes), "the other's agenda is not in one's own: {form}");
    assert!(!form.contains("your mentor"), "{form}");
    grace.fills("A topic I'm curious about", &grace_writes).await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    // A line typed goes on one's own; a point on the other's.
    let parked = world.secret("how she says no");
    assert!(grace.types(&format!("/mentor agenda {parked}")).await.contains("On your agenda with @ada"));

    // Both see the other's, one working day before, with a question for each part.
    world.advance_to(at("2026-03-04T15:00:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    @grace has prepared: 1 part.
    Thursday, March 5th, 2026 at 3:00 PM
    [Open agenda]
    ");
    assert_snapshot!(grace.reads_one(), @"
    @ada has prepared: 1 part.
    Thursday, March 5th, 2026 at 10:00 AM
    [Open agenda]
    ");
    let hide = |screen: String| {
        let screen = screen.replace(&ada_writes, "[Ada's]").replace(&grace_writes, "[Grace's]");
        without_questions(&screen.replace(&parked, "[parked]"))
    };
    assert_snapshot!(hide(ada.clicks_and_sees("Open agenda").await), @"
    # Agenda
    With @grace, Thursday, March 5th, 2026 at 3:00 PM
    A topic I'm curious about
    [Grace's]
    [parked]
    put here yesterday
    You are asked: How do you handle it?
    A question to ask: [question]
    [Add a point]
    [Close]
    ");
    ada.clicks_and_is_shown("Add a point").await;
    let point = world.secret("have a look at the budget first");
    ada.fills("My point", &point).await;
    ada.submits().await;
    assert!(ada.modal_with(&point).await.contains("Points from your peer"));
    ada.closes().await;
    assert_snapshot!(hide(grace.clicks_and_sees("Open agenda").await), @"
    # Agenda
    With @ada, Thursday, March 5th, 2026 at 10:00 AM
    Learn the why
    [Ada's]
    A question to ask: [question]
    [Add a point]
    [Close]
    ");
    grace.closes().await;
    assert_snapshot!(hide(ada.home().await), @"
    What waits for me
    What @grace has prepared, Thursday, March 5th, 2026 at 3:00 PM, is ready.
    [Open agenda]
    ---
    Next meetings
    Thursday, March 5th, 2026 at 3:00 PM with @grace
    Agenda: 1 part · theirs: 1 part
    [Edit agenda]
    [Open agenda] [Move this one] [Skip this one]
    ---
    Homework
    [See homework] [Add homework]
    ---
    Asks and introductions
    [Who can I talk to about…]
    ---
    My mentors, mentees and peers
    You and @grace are peers · every two weeks, 45 minutes
    [Our agreement] [Change rhythm] [Pause] [Finish]
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
    let grace_home = grace.home().await;
    assert!(grace_home.contains("You and @ada are peers"), "{grace_home}");
    grace.types_and_sees("/mentor agenda").await;
    let own = grace.modal().await;
    assert!(own.contains(&point) && own.contains(&parked) && !own.contains(&ada_writes), "{own}");
    grace.closes().await;

    // Both are asked whether they met; the first answer counts, and both see it.
    world.advance_to(at("2026-03-05T16:00:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    Did you meet @grace?
    Thursday, March 5th, 2026 at 3:00 PM
    [We met] [Not yet] [Skipped]
    ");
    assert_snapshot!(grace.reads_one(), @"
    Did you meet @ada?
    Thursday, March 5th, 2026 at 10:00 AM
    [We met] [Not yet] [Skipped]
    ");
    let asked = ada.latest();
    assert_snapshot!(hide(grace.clicks_and_sees("We met").await), @"
    # You met
    With @ada, Thursday, March 5th, 2026 at 10:00 AM
    Not covered: keep for next time (optional): [ ] Learn the why  [ ] A topic I'm curious about  [ ] Points from your peer
      (It opens the next agenda, with its age.)
    Homework (optional): ____
      (One a line. It opens the next agenda.)
    Who looks into it: ( ) ada  (x) grace
    Due (optional): ____
      (Empty: the next meeting.)
    What was most useful? (optional): ____
    A win (optional): ____
      (Something to celebrate, small or large.)
    Only the two of you will ever see this.
    Next meeting: Thursday, March 19th, 2026 at 10:00 AM. Once this is saved, you can move it: Move this one stands below my question then.
    [Cancel] [Save]
    ");
    let task = world.secret("draft the budget");
    grace.fills("Homework", &task).await;
    grace.chooses("Who looks into it", "ada").await;
    grace.chooses("Not covered: keep for next time", "A topic I'm curious about").await;
    grace.fills("A win", &world.secret("said no, kindly")).await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(grace.latest(), @"
    You met @ada, Thursday, March 5th, 2026 at 10:00 AM.
    Until next time: 1 homework item.
    Next meeting: Thursday, March 19th, 2026 at 10:00 AM.
    [Move this one]
    ");
    let told = ada.reads();
    assert!(told.iter().any(|line| line.contains("@grace has a win to share")), "{told:#?}");
    ada.clicks_old(&asked, "Skipped").await;
    assert_snapshot!(ada.is_told("Nothing was changed").await, @"One of you said already that you met @grace. Nothing was changed.");

    // Two weeks later each is asked again: Ada with her homework, Grace with what was not covered.
    world.advance_to(at("2026-03-17T14:00:00Z")).await;
    let asked: Vec<String> = ada.reads();
    assert_snapshot!(asked.join("\n---\n"), @"
    Halfway to your next meeting with @grace, Thursday, March 19th, 2026 at 2:00 PM: 1 homework item of yours is open.
    [See homework]
    ---
    Prepare your agenda for @grace, Thursday, March 19th, 2026 at 2:00 PM
    Coming back: 1 homework item
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
    assert_snapshot!(grace.reads().join("\n---\n"), @"
    Prepare your agenda for @ada, Thursday, March 19th, 2026 at 10:00 AM
    Coming back: 1 homework item
    Carried over: 1 part
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
    let form = grace.clicks_and_sees("Prepare").await;
    assert!(form.contains(&grace_writes) && form.contains("carried over"), "{form}");
    grace.closes().await;
    let form = ada.clicks_and_sees("Prepare").await;
    assert!(!form.contains(&grace_writes) && form.contains(&task), "{form}");
    ada.fills("Homework I'm returning", &world.secret("it is drafted")).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    world.advance_to(at("2026-03-19T13:00:00Z")).await;
    ada.reads();
    grace.reads();
});

story!(a_mentor_pair_becomes_peers, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to(at("2026-03-03T15:00:00Z")).await;
    ada.reads_one();
    let why = world.secret("why we estimate");
    ada.prepares("Learn the why", &why).await;
    assert!(ada.home().await.contains("[Become peers]"));
    assert_snapshot!(ada.types_and_sees("/mentor peers").await, @"
    # Become peers
    With @grace
    Peers help each other: you both prepare an agenda, you both read the other’s, and you both set goals and homework. What you have written until now stays.
    How often (optional): [x] Meet every two weeks from now on
      (On the weekday and at the time you have now.)
    They have three working days to answer and are reminded once. Without a yes you stay as you are.
    [Cancel] [Ask]
    ");
    let SubmitOutcome::Updated(asked) = ada.submits().await else { panic!("a word that they are asked") };
    assert_snapshot!(asked, @"
    # Asked
    I am asking @grace. You will hear by Friday, March 6th, 2026 at 3:00 PM, either way.
    [Close]
    ");
    ada.closes().await;
    assert_snapshot!(ada.types("/mentor peers").await, @"You have asked grace already; you will hear by Friday, 6 March, 15:00.");
    assert_snapshot!(grace.reads_one(), @"
    @ada would like you two to become peers: you both prepare, and each helps the other. What you have written stays. You would meet every two weeks.
    [Yes, peers] [Stay as we are]
    Please answer by Friday, March 6th, 2026 at 10:00 AM. “Stay as we are” needs no reason, and reads the same as no answer.
    ");
    assert_snapshot!(grace.types("/mentor peers").await, @"ada has asked you that: the answer is yours, in your messages from me.");
    let question = grace.latest();
    grace.clicks("Yes, peers").await;
    // What Ada wrote stays; Grace is asked now, too, and what she writes is hers.
    assert_snapshot!(grace.reads_one(), @"
    Prepare your agenda for @ada, Thursday, March 5th, 2026 at 10:00 AM
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
    let shown: Vec<String> =
        grace.hands.dms().iter().map(ToString::to_string).filter(|line| line.contains("peers")).collect();
    assert_snapshot!(shown.join("\n---\n"), @"
    You said yes: you and @ada are peers, every two weeks, 30 minutes. Next meeting: Thursday, March 5th, 2026 at 10:00 AM.
    [Add to Google Calendar] [Add to Outlook]
    [Our agreement]
    ---
    You said yes: you and @ada are peers from now on, every two weeks, 30 minutes.
    ");
    assert_snapshot!(ada.reads_one(), @"
    Good news: you and @grace are peers from now on, every two weeks, 30 minutes.
    You both are asked for your agenda two working days before, and you both see the other’s.
    ");
    grace.clicks_old(&question, "Stay as we are").await;
    assert_snapshot!(grace.is_told("are peers already").await, @"You and @ada are peers already. Nothing was changed.");

    let topic = world.secret("what is new in the craft");
    grace.prepares("A topic I'm curious about", &topic).await;
    world.advance_to(at("2026-03-04T15:00:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    @grace has prepared: 1 part.
    Thursday, March 5th, 2026 at 3:00 PM
    [Open agenda]
    ");
    assert_snapshot!(grace.reads_one(), @"
    @ada has prepared: 1 part.
    Thursday, March 5th, 2026 at 10:00 AM
    [Open agenda]
    ");
    let agenda = grace.clicks_and_sees("Open agenda").await;
    assert!(agenda.contains(&why) && !agenda.contains(&topic), "{agenda}");
    grace.closes().await;
    let agenda = ada.clicks_and_sees("Open agenda").await;
    assert!(agenda.contains(&topic) && !agenda.contains(&why), "{agenda}");
    ada.closes().await;

    // Both set goals now; their meeting stays where it was, the next is two weeks later.
    grace.types_and_sees("/mentor goal").await;
    grace.closes().await;
    assert_snapshot!(ada.types("/mentor").await, @"
    You and @grace are peers. Next meeting: Thursday, March 5th, 2026 at 3:00 PM, agenda of 1 part.
    What waits for you
    What @grace has prepared, Thursday, March 5th, 2026 at 3:00 PM, is ready.
    [Open agenda]
    `/mentor help` shows the commands; the Home tab shows everything.
    ");
    world.advance_to(at("2026-03-05T16:00:00Z")).await;
    ada.reads_one();
    grace.reads_one();
    ada.clicks("Not yet").await;
    assert_snapshot!(grace.latest(), @"Not yet. I will ask once more in two days.");
    // Once more after two days, both; then it is missed, for both.
    world.advance_to(at("2026-03-07T16:00:00Z")).await;
    world.advance_to(at("2026-03-09T15:00:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    Did you meet @grace?
    Thursday, March 5th, 2026 at 3:00 PM
    [We met] [Skipped]
    ");
    assert!(grace.reads_one().starts_with("Did you meet @ada?"));
    world.advance_to(at("2026-03-11T18:00:00Z")).await;
    assert!(
        ada.latest().to_string().contains("counts as missed")
            && grace.latest().to_string().contains("counts as missed")
    );
    assert!(
        ada.home().await.contains("Thursday, March 19th, 2026"),
        "every two weeks, counted from the one that was planned"
    );
});

story!(no_and_silence_about_peers_read_the_same, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    // A weekly pair whose agenda is written has nothing else to say on these days.
    world.advance_to(at("2026-03-03T15:00:00Z")).await;
    ada.reads();
    ada.prepares("Learn the why", &world.secret("why")).await;
    ada.asks_for_peers().await;
    assert!(grace.reads_one().contains("would like you two to become peers"));
    let question = grace.latest();

    // Silence: one reminder after two working days, then it moves on.
    world.advance_to(at("2026-03-05T15:10:00Z")).await;
    let reminded = grace.reads();
    assert_snapshot!(reminded.join("\n---\n"), @"
    The agenda with @ada is ready: 1 part.
    Thursday, March 5th, 2026 at 10:00 AM
    [Open agenda]
    ---
    A reminder: @ada would like you two to become peers: you both prepare, and each helps the other. What you have written stays. You would meet every two weeks.
    [Yes, peers] [Stay as we are]
    Please answer by Friday, March 6th, 2026 at 10:00 AM. “Stay as we are” needs no reason, and reads the same as no answer.
    ");
    world.advance_to(at("2026-03-06T15:30:00Z")).await;
    let silence = ada.reads();
    assert_snapshot!(silence.join("\n---\n"), @"
    Did you meet @grace?
    Thursday, March 5th, 2026 at 3:00 PM
    [We met] [Not yet] [Skipped]
    ---
    You and @grace stay as you are for now. Nothing else has changed; you can ask again another time.
    ");
    assert!(grace.reads().is_empty());
    grace.clicks_old(&question, "Yes, peers").await;
    assert_snapshot!(grace.is_told("is over").await, @"The time to answer @ada is over. Nothing was changed.");

    // No: Ada cannot tell until the time is over, and reads the same words.
    ada.clicks("Skipped").await;
    ada.asks_for_peers().await;
    grace.reads_one();
    grace.clicks("Stay as we are").await;
    assert_snapshot!(grace.latest(), @"You and @ada stay as you are. They will hear that, as they would have without an answer.");
    assert!(ada.reads().is_empty());
    assert!(ada.types("/mentor peers").await.starts_with("You have asked grace already; you will hear by"));
    world.advance_to(at("2026-03-11T16:00:00Z")).await;
    let no = ada.reads();
    assert_eq!(
        no.iter().find(|line| line.contains("stay as you are")),
        silence.iter().find(|line| line.contains("stay as you are"))
    );
    grace.reads();
    assert!(ada.home().await.contains("@grace mentors you"));
});

impl Someone {
    /// Asks the mentor to become peers.
    async fn asks_for_peers(&self) {
        self.types_and_sees("/mentor peers").await;
        self.submits().await;
        self.closes().await;
    }
}
