//! A mentor outside, met in a shared channel: asked, meets monthly, sees their own pair and nothing else.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use insta::assert_snapshot;
use slack_sandbox::{Fault, FaultHow, FaultWhen, NewPerson, SubmitOutcome};

use crate::support::{Someone, World, story, without_questions};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Marie in Paris, of another organisation; `shared`: there is a channel in which the app can meet her.
pub(crate) async fn marie(world: &Arc<World>, shared: bool) -> Someone {
    let marie = world.lives_here(NewPerson::stranger("marie", "Marie Curie", "Europe/Paris"));
    if shared {
        world.sandbox.share_with("marie");
    }
    marie
}

story!(an_outside_mentor_from_the_question_to_the_second_month, |world: Arc<World>| async move {
    let ada = world.joins(NewPerson::member("ada", "Ada Lovelace", "Europe/London")).await;
    let marie = marie(&world, true).await;
    assert_snapshot!(ada.types_and_sees("/mentor ask @marie").await, @"
    # Ask for mentoring
    You ask @marie to be your outside mentor.
    What I want to work on: ____
      (Only the two of you will ever see this.)
    What I am asking for
    30–45 minutes every month; I prepare, you react.
    They have three working days to answer and are reminded once. You will hear from me either way.
    I can write to them only where you share a channel with their organisation. If Slack does not let me, you hear so at once.
    [Cancel] [Send]
    ");
    let aim = world.secret("how others do research");
    ada.fills("What I want to work on", &aim).await;
    ada.submits().await;
    ada.closes().await;
    assert_snapshot!(marie.reads_one(), @"
    @ada would like you as an outside mentor.
    What they ask for: 30–45 minutes every month; the mentee prepares, you react.
    Asked Monday, March 2nd, 2026 at 11:00 AM.
    [Accept] [Not now] [Tell me more] [Suggest someone else] [Read the request]
    Please answer by Thursday, March 5th, 2026 at 11:00 AM. “Not now” needs no reason, and reads the same as no answer.
    ");
    let form = marie.clicks_and_sees("Accept").await;
    assert_snapshot!(form.replace(&aim, "[aim]"), @"
    # Accept
    @ada wants to work on:
    [aim]
    How often: Every month, the first one
    Weekday: Tuesday
    Time: 10:00
    Length: ( ) 30 minutes  (x) 45 minutes  ( ) 60 minutes
    On your clock (Europe/Paris). @ada is on Europe/London time.
    [Cancel] [Accept]
    ");
    marie.chooses("Time", "10:00").await;
    assert_eq!(marie.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(marie.latest(), @"
    You said yes: you mentor @ada, every month, the first Tuesday, 45 minutes. Next meeting: Tuesday, April 7th, 2026 at 10:00 AM.
    [Add to Google Calendar] [Add to Outlook]
    [Read and sign our agreement]
    ");
    assert_snapshot!(ada.reads_one(), @"
    Good news: @marie is your outside mentor from now on, every month, the first Tuesday, 45 minutes.
    Your next meeting: Tuesday, April 7th, 2026 at 9:00 AM.
    [Prepare]
    You will be asked for your agenda five working days before. You prepare; they only have to turn up.
    [Add to Google Calendar] [Add to Outlook]
    [Read and sign our agreement]
    ");
    assert_snapshot!(ada.types("/mentor").await, @"
    @marie is your outside mentor. Next meeting: Tuesday, April 7th, 2026 at 9:00 AM, no agenda yet.
    What waits for you
    Your agenda for @marie, Tuesday, April 7th, 2026 at 9:00 AM, is empty.
    [Prepare]
    Sign your agreement with @marie.
    [Read and sign our agreement]
    `/mentor help` shows the commands; the Home tab shows everything.
    ");

    world.sign(&ada, &marie).await;
    // Five working days before the first Tuesday of April, on Ada's clock; a month lies before it.
    world.advance_to(at("2026-03-31T07:59:00Z")).await;
    assert!(ada.reads().is_empty());
    world.advance(TimeDelta::minutes(1)).await;
    assert_snapshot!(ada.reads_one(), @"
    Prepare your agenda for @marie, Tuesday, April 7th, 2026 at 9:00 AM
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
    let form = ada.clicks_and_sees("Prepare").await;
    assert!(form.contains("how does your organisation handle it?"), "{form}");
    let topic = world.secret("who owns results");
    ada.fills("A topic I'm curious about", &topic).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);

    // Marie reads it the working day before; she needs neither commands nor Home to move it.
    world.advance_to(at("2026-04-06T08:00:00Z")).await;
    assert_snapshot!(marie.reads_one(), @"
    The agenda with @ada is ready: 1 part.
    Tuesday, April 7th, 2026 at 10:00 AM
    [Open agenda] [Move this one] [Skip this one]
    ");
    let agenda = marie.clicks_and_sees("Open agenda").await;
    assert_snapshot!(without_questions(&agenda.replace(&topic, "[topic]")), @"
    # Agenda
    With @ada, Tuesday, April 7th, 2026 at 10:00 AM
    A topic I'm curious about
    [topic]
    You are asked: How does your organisation handle it?
    A question to ask: [question]
    [Add a point]
    [Close]
    ");
    marie.closes().await;
    marie.clicks_and_sees("Move this one").await;
    marie.chooses("Time", "11:00").await;
    assert_eq!(marie.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.reads_one(), @"
    @marie moved your meeting: it is now Tuesday, April 7th, 2026 at 10:00 AM.
    The other meetings stay where they are.
    [Move this one] [Skip this one]
    [Add to Google Calendar] [Add to Outlook]
    ");
    // The agenda comes once more for the new time.
    world.advance_to(at("2026-04-06T09:00:00Z")).await;
    assert!(marie.reads_one().starts_with("The agenda with @ada is ready"));

    // Not yet, once more after two days, then they met.
    world.advance_to(at("2026-04-07T10:00:00Z")).await;
    assert!(ada.reads_one().starts_with("Did you meet @marie?"));
    assert!(marie.reads().is_empty(), "who turns up is not asked");
    ada.clicks("Not yet").await;
    world.advance_to(at("2026-04-09T10:01:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    Did you meet @marie?
    Tuesday, April 7th, 2026 at 10:00 AM
    [We met] [Skipped]
    ");
    assert_snapshot!(ada.clicks_and_sees("We met").await, @"
    # You met
    With @marie, Tuesday, April 7th, 2026 at 10:00 AM
    Not covered: keep for next time (optional): [ ] A topic I'm curious about
      (It opens the next agenda, with its age.)
    Homework (optional): ____
      (One a line. It opens the next agenda.)
    Who looks into it: (x) ada  ( ) marie
    Due (optional): ____
      (Empty: the next meeting.)
    What was most useful? (optional): ____
    A win (optional): ____
      (Something to celebrate, small or large.)
    Only the two of you will ever see this.
    Next meeting: Tuesday, May 5th, 2026 at 9:00 AM. Once this is saved, you can move it: Move this one stands below my question then.
    [Cancel] [Save]
    ");
    ada.fills("Homework", &world.secret("read her paper")).await;
    ada.chooses("Who looks into it", "marie").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.latest(), @"
    You met @marie, Tuesday, April 7th, 2026 at 10:00 AM.
    Until next time: 1 homework item.
    Next meeting: Tuesday, May 5th, 2026 at 9:00 AM.
    [Move this one]
    ");

    // Halfway Marie is nudged about hers, and returns it from there; then the first Tuesday of May.
    world.advance_to(at("2026-04-24T12:00:00Z")).await;
    assert_snapshot!(marie.reads_one(), @"
    Halfway to your next meeting with @ada, Tuesday, May 5th, 2026 at 10:00 AM: 1 homework item of yours is open.
    [See homework]
    ");
    marie.clicks_and_sees("See homework").await;
    marie.clicks_and_sees("Return").await;
    marie.fills("What I found out", &world.secret("it is online")).await;
    marie.submits().await;
    marie.closes().await;
    world.advance_to(at("2026-04-28T08:00:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    Prepare your agenda for @marie, Tuesday, May 5th, 2026 at 9:00 AM
    Coming back: 1 homework item
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
    world.advance_to(at("2026-05-04T08:00:00Z")).await;
    assert_snapshot!(marie.reads_one(), @"
    No agenda yet from @ada for Tuesday, May 5th, 2026 at 10:00 AM.
    [Move this one] [Skip this one]
    ");
    ada.reads();
});

story!(the_shared_channel_goes, |world: Arc<World>| async move {
    let ada = world.joins(NewPerson::member("ada", "Ada Lovelace", "Europe/London")).await;
    let marie = marie(&world, true).await;
    ada.asks(&marie, &world.secret("research")).await;
    marie.reads_one();
    marie.accepts("Tuesday", "10:00", "45 minutes").await;
    ada.reads_one();
    world.sign(&ada, &marie).await;
    world.advance_to(at("2026-04-06T07:00:00Z")).await;
    ada.reads();
    ada.prepares("Learn the why", &world.secret("why")).await;
    // Slack takes nothing for her any more: Ada hears once, and can do something about it.
    let how = FaultHow::Error("channel_not_found".to_owned());
    world.sandbox.inject(Fault { method: "chat.postMessage".to_owned(), when: FaultWhen::Before, how, times: 1 });
    world.advance_to(at("2026-04-06T08:00:00Z")).await;
    let told = ada.reads();
    assert_snapshot!(told.join("\n---\n"), @"
    Slack does not let me write to marie. I ask you for your agenda as ever, but you have to send it yourself until we share a channel again: ask for a Slack Connect channel with them.
    [Add to Google Calendar] [Add to Outlook]
    [Our agreement]
    ");
    assert!(marie.reads().is_empty());
    assert!(ada.home().await.contains("@marie is your outside mentor"), "the pair goes on");
});

story!(slack_does_not_let_the_app_write_to_somebody_outside, |world: Arc<World>| async move {
    let ada = world.joins(NewPerson::member("ada", "Ada Lovelace", "Europe/London")).await;
    let marie = marie(&world, false).await;
    ada.asks(&marie, &world.secret("how others do research")).await;
    assert_snapshot!(ada.reads_one(), @"Slack does not let me write to marie. So they have not been asked. I can write to people of other organisations only where you share a channel: invite them to a Slack Connect channel with you, then ask again.");
    assert!(marie.reads().is_empty());
    assert!(!ada.home().await.contains("You asked"), "it is not left open");
    // Nothing more comes of it at the deadline.
    world.advance(TimeDelta::days(7)).await;
    assert!(ada.reads().is_empty());
    // With a shared channel she is asked.
    world.sandbox.share_with("marie");
    ada.asks(&marie, &world.secret("how others do research")).await;
    assert!(marie.reads_one().contains("would like you as an outside mentor"));
    marie.clicks("Not now").await;
    world.advance(TimeDelta::days(7)).await;
    assert!(ada.reads_one().starts_with("@marie can't take this on"));
});

story!(nobody_outside_is_a_peer_and_no_guest_is_asked, |world: Arc<World>| async move {
    let ada = world.joins(NewPerson::member("ada", "Ada Lovelace", "Europe/London")).await;
    let hedy = world.joins(NewPerson::guest("hedy", "Hedy Lamarr", "Europe/Vienna")).await;
    let marie = marie(&world, true).await;
    assert_snapshot!(ada.types("/mentor ask @hedy").await, @"hedy is a guest here and cannot be asked. Ask a full member.");
    ada.asks(&marie, &world.secret("research")).await;
    marie.reads_one();
    marie.accepts("Tuesday", "10:00", "45 minutes").await;
    ada.reads_one();
    assert_snapshot!(ada.types("/mentor peers").await, @"marie is outside this organisation; peers are two people inside. You stay mentee and mentor.");
    assert!(!ada.home().await.contains("[Become peers]"));
    ada.clicks_on_home("Ask somebody to mentor me").await;
    ada.modal().await;
    ada.chooses("Whom I ask", "marie").await;
    ada.chooses("How", "As peers: we help each other").await;
    ada.fills("What I want to work on", &world.secret("both of us")).await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("it is refused at its field") };
    assert_snapshot!(format!("{errors:?}"), @r#"{"Whom I ask": "marie is outside this organisation; peers are two people inside. Ask them as a mentor."}"#);
    ada.closes().await;
    let _ = hedy;
});
