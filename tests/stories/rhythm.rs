//! Another rhythm belongs to both: one proposes, the other agrees, keeps it as it is, or says nothing.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use insta::assert_snapshot;
use mentor::render::controls::forms;
use serde_json::json;
use slack_sandbox::{NewPerson, SubmitOutcome};

use crate::support::{Someone, World, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Proposes Tuesdays at 09:30 for 45 minutes every two weeks, on the clock that is filled in.
async fn proposes_tuesdays(who: &Someone) -> String {
    let form = who.types_and_sees("/mentor rhythm").await;
    who.chooses("How often", "Every two weeks").await;
    who.chooses("Weekday", "Tuesday").await;
    who.chooses("Time", "09:30").await;
    who.chooses("Length", "45 minutes").await;
    who.submits().await;
    who.closes().await;
    form
}

story!(a_rhythm_is_proposed_and_agreed_to, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    ada.types("/mentor agenda how do budgets grow?").await;
    assert_snapshot!(proposes_tuesdays(&ada).await, @"
    # Change rhythm
    With @grace now: every week on Thursday at 10:00, 30 minutes, on the clock of America/New_York.
    How often: Every week
    Weekday: Thursday
    Time: 10:00
    Length: (x) 30 minutes  ( ) 45 minutes  ( ) 60 minutes
    Counted on the clock of: America/New_York
    Or a cron expression (optional): ____
      (Minute, hour, day of month, month, day of week; a day must fit both. 0 10 1-7 * Tue is the first Tuesday at 10:00. When something stands here, it counts instead of how often, weekday and time.)
    The rhythm belongs to both of you: it changes when the other one agrees. Until then everything stays.
    [Cancel] [Propose]
    ");
    assert_eq!(ada.reads(), Vec::<String>::new());
    assert_snapshot!(grace.reads_one(), @"
    @ada proposes another rhythm.
    Now: every week on Thursday at 10:00, 30 minutes, on the clock of America/New_York
    Proposed: every two weeks on Tuesday at 09:30, 45 minutes, on the clock of America/New_York
    The next three dates would be:
    • Tuesday, March 3rd, 2026 at 9:30 AM
    • Tuesday, March 17th, 2026 at 9:30 AM
    • Tuesday, March 31st, 2026 at 9:30 AM
    [Agree] [Keep as it is]
    Please answer by Thursday, March 5th, 2026 at 9:00 AM. “Keep as it is” needs no reason, and reads the same as no answer.
    ");
    let home = grace.home().await;
    assert!(home.contains("proposes another rhythm"), "{home}");
    let status = ada.types("/mentor").await;
    assert!(status.contains("Thursday, March 5th"), "until Grace agrees, everything stays: {status}");

    grace.clicks("Agree").await;
    assert_snapshot!(grace.latest(), @"
    You agreed with @ada: you meet every two weeks on Tuesday at 09:30, 45 minutes, on the clock of America/New_York.
    Your next meeting: Tuesday, March 3rd, 2026 at 9:30 AM.
    ");
    assert_snapshot!(ada.reads_one(), @"
    @grace agrees: you meet every two weeks on Tuesday at 09:30, 45 minutes, on the clock of America/New_York.
    Your next meeting: Tuesday, March 3rd, 2026 at 2:30 PM.
    ");
    // The same meeting, with what stood on its agenda, and reminders of its own.
    let agenda = ada.types_and_sees("/mentor agenda").await;
    assert!(agenda.contains("how do budgets grow?"), "{agenda}");
    ada.closes().await;
    assert_snapshot!(ada.home().await, @"
    What waits for me
    Nothing. Enjoy your day.
    ---
    Next meetings
    Tuesday, March 3rd, 2026 at 2:30 PM with @grace
    Agenda: 1 part
    [Edit agenda]
    [Move this one] [Skip this one]
    ---
    Homework
    [See homework] [Add homework]
    ---
    Asks and introductions
    [Who can I talk to about…]
    ---
    My mentors, mentees and peers
    @grace mentors you · every two weeks, 45 minutes
    [Our agreement] [Change rhythm] [Pause] [Become peers] [Finish]
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
    world.advance_to(at("2026-03-13T15:00:00Z")).await;
    let said = ada.reads().join("\n");
    assert!(!said.contains("Thursday"), "Thursday is no meeting any more: {said}");
    assert!(said.contains("counts as missed"), "she was asked about Tuesday, twice: {said}");
    assert!(said.contains("agenda for @grace, Tuesday, March 17th"), "{said}");
    grace.reads();
});

story!(keeping_and_silence_read_the_same, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "America/New_York")).await;
    lise.asks(&grace, &world.secret("measuring")).await;
    grace.accepts("Thursday", "10:00", "30 minutes").await;
    lise.reads();
    grace.reads();

    // Grace keeps it for Ada, and does not answer Lise.
    proposes_tuesdays(&ada).await;
    grace.reads_one();
    grace.clicks("Keep as it is").await;
    assert_snapshot!(grace.latest(), @"Your rhythm with @ada stays as it is. They hear so when the time to answer is over, as they would have without an answer.");
    proposes_tuesdays(&lise).await;
    let question = grace.reads_one();
    assert!(question.contains("@lise proposes another rhythm"), "{question}");
    let form = ada.types_and_sees("/mentor rhythm").await;
    assert!(form.contains("You proposed: every two weeks on Tuesday"), "it looks open to Ada: {form}");
    ada.closes().await;

    // Reminded once, after two working days; then the time is over for both alike.
    world.advance_to(at("2026-03-04T14:30:00Z")).await;
    let reminders: Vec<String> =
        grace.reads().into_iter().filter(|said| said.contains("proposes another rhythm")).collect();
    assert_eq!(reminders.len(), 1, "{reminders:#?}");
    assert!(reminders[0].starts_with("A reminder: @lise"), "{reminders:#?}");
    for someone in [&ada, &lise] {
        assert!(someone.reads().iter().all(|said| !said.contains("rhythm")), "nobody heard yet");
    }
    world.advance_to(at("2026-03-05T14:30:00Z")).await;
    let about = |said: Vec<String>| said.into_iter().find(|said| said.contains("rhythm")).unwrap();
    let (to_ada, to_lise) = (about(ada.reads()), about(lise.reads()));
    assert_snapshot!(to_ada, @"
    Your rhythm with @grace stays as it is: every week on Thursday at 10:00, 30 minutes, on the clock of America/New_York. It says nothing about you or your proposal.
    You can propose another one.
    [Change rhythm]
    ");
    assert_eq!(to_ada, to_lise, "the two read the same");
    grace.reads();
});

story!(one_proposal_at_a_time, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    proposes_tuesdays(&ada).await;
    grace.reads_one();
    let old = grace.latest();

    // Another one by the same person takes its place.
    ada.types_and_sees("/mentor rhythm").await;
    ada.chooses("Weekday", "Friday").await;
    ada.submits().await;
    assert_snapshot!(ada.modal().await, @"
    # Mentor
    You proposed: every week on Friday at 10:00, 30 minutes, on the clock of America/New_York.
    @grace has time to answer until Thursday, March 5th, 2026 at 2:00 PM; you hear then at the latest. Until they agree, everything stays as it is.
    [Close]
    ");
    ada.closes().await;
    assert_snapshot!(grace.hands.dms().iter().map(ToString::to_string).find(|said| said.contains("instead")).unwrap(), @"@ada has proposed something else instead.");
    grace.clicks_old(&old, "Agree").await;
    assert_snapshot!(grace.is_told("Nothing was changed").await, @"@ada has proposed something else instead. Nothing was changed.");

    // Grace is shown the open one instead of a form.
    assert_snapshot!(grace.types_and_sees("/mentor rhythm").await, @"
    # Another rhythm
    @ada proposes another rhythm.
    Now: every week on Thursday at 10:00, 30 minutes, on the clock of America/New_York
    Proposed: every week on Friday at 10:00, 30 minutes, on the clock of America/New_York
    The next three dates would be:
    • Friday, March 6th, 2026 at 10:00 AM
    • Friday, March 13th, 2026 at 10:00 AM
    • Friday, March 20th, 2026 at 10:00 AM
    [Agree] [Keep as it is]
    Please answer by Thursday, March 5th, 2026 at 9:00 AM. “Keep as it is” needs no reason, and reads the same as no answer.
    [Close]
    ");
    grace.clicks("Agree").await;
    assert_snapshot!(grace.modal_with("You agreed").await, @"
    # Another rhythm
    You agreed with @ada: you meet every week on Friday at 10:00, 30 minutes, on the clock of America/New_York.
    Your next meeting: Friday, March 6th, 2026 at 10:00 AM.
    [Close]
    ");
    grace.closes().await;
    let agreed = ada.reads_one();
    assert!(agreed.contains("every week on Friday at 10:00"), "{agreed}");
    grace.reads();

    // What changes nothing is not proposed.
    ada.types_and_sees("/mentor rhythm").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("nothing new") };
    assert_snapshot!(format!("{errors:?}"), @r#"{"How often": "That is how you meet already. Choose something else, or cancel."}"#);
    ada.closes().await;
});

story!(a_meeting_about_to_begin_stays, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    proposes_tuesdays(&grace).await;
    ada.reads_one();
    world.advance_to(at("2026-03-04T16:00:00Z")).await;
    grace.reads();
    ada.reads();
    // 23 hours before the meeting.
    ada.clicks("Agree").await;
    let status = ada.types("/mentor").await;
    assert!(status.contains("Thursday, March 5th, 2026 at 3:00 PM"), "{status}");
    let said = grace.reads_one();
    assert!(said.contains("Thursday, March 5th"), "{said}");
    world.advance_to(at("2026-03-05T16:00:00Z")).await;
    ada.clicks_and_sees("We met").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    // Every two weeks from when it was proposed, 2 March: the 3rd counts, the 10th does not.
    let status = ada.types("/mentor").await;
    assert!(status.contains("Tuesday, March 17th, 2026 at 1:30 PM"), "{status}");
    grace.reads();
    ada.reads();
});

story!(a_rhythm_by_expression, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    ada.types_and_sees("/mentor rhythm").await;
    let mut refused = Vec::new();
    for expression in ["* * * * *", "0 10 31 2 *", "every Tuesday please", "0 25 * * Mon"] {
        ada.fills("Or a cron expression", expression).await;
        let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("{expression}") };
        refused.push(format!("{expression}: {errors:?}"));
    }
    assert_snapshot!(refused.join("\n"), @r#"
    * * * * *: {"Or a cron expression": "That expression fires more than once a day; a pair meets once a day at most."}
    0 10 31 2 *: {"Or a cron expression": "That expression never fires within two years."}
    every Tuesday please: {"Or a cron expression": "That is not a cron expression I can read: write minute, hour, day of month, month and day of week, such as 0 10 1-7 * Tue for the first Tuesday at 10:00."}
    0 25 * * Mon: {"Or a cron expression": "That is not a cron expression I can read: write minute, hour, day of month, month and day of week, such as 0 10 1-7 * Tue for the first Tuesday at 10:00."}
    "#);
    ada.fills("Or a cron expression", "0 10 * * 1,4").await;
    ada.submits().await;
    assert_snapshot!(ada.modal().await, @"
    # Mentor
    You proposed: by the expression `0 10 * * Mon,Thu`, 30 minutes, on the clock of America/New_York.
    @grace has time to answer until Thursday, March 5th, 2026 at 2:00 PM; you hear then at the latest. Until they agree, everything stays as it is.
    [Close]
    ");
    ada.closes().await;
    assert_snapshot!(grace.reads_one(), @"
    @ada proposes another rhythm.
    Now: every week on Thursday at 10:00, 30 minutes, on the clock of America/New_York
    Proposed: by the expression `0 10 * * Mon,Thu`, 30 minutes, on the clock of America/New_York
    The next three dates would be:
    • Thursday, March 5th, 2026 at 10:00 AM
    • Monday, March 9th, 2026 at 10:00 AM
    • Thursday, March 12th, 2026 at 10:00 AM
    [Agree] [Keep as it is]
    Please answer by Thursday, March 5th, 2026 at 9:00 AM. “Keep as it is” needs no reason, and reads the same as no answer.
    ");
    grace.clicks("Agree").await;
    assert_snapshot!(ada.reads_one(), @"
    @grace agrees: you meet by the expression `0 10 * * Mon,Thu`, 30 minutes, on the clock of America/New_York.
    Your next meeting: Thursday, March 5th, 2026 at 3:00 PM.
    ");
    let form = ada.types_and_sees("/mentor rhythm").await;
    assert!(form.contains("0 10 * * Mon,Thu"), "it is filled in: {form}");
    ada.closes().await;
});

story!(a_rhythm_with_several_pairs, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    ada.asks(&lise, &world.secret("measuring")).await;
    lise.accepts("Wednesday", "10:00", "45 minutes").await;
    ada.reads();
    lise.reads();
    // Wednesday the 4th is nearer than Thursday the 5th.
    assert_snapshot!(ada.types_and_sees("/mentor rhythm").await, @"
    # Change rhythm
    With @grace now: every week on Thursday at 10:00, 30 minutes, on the clock of America/New_York.
    With @lise now: every week on Wednesday at 10:00, 45 minutes, on the clock of Europe/Vienna.
    With: lise
    How often: Every week
    Weekday: Wednesday
    Time: 10:00
    Length: ( ) 30 minutes  (x) 45 minutes  ( ) 60 minutes
    Counted on the clock of: Europe/Vienna
    Or a cron expression (optional): ____
      (Minute, hour, day of month, month, day of week; a day must fit both. 0 10 1-7 * Tue is the first Tuesday at 10:00. When something stands here, it counts instead of how often, weekday and time.)
    The rhythm belongs to both of you: it changes when the other one agrees. Until then everything stays.
    [Cancel] [Propose]
    ");
    ada.chooses("With", "grace").await;
    ada.chooses("Counted on the clock of", "Europe/London").await;
    ada.submits().await;
    ada.closes().await;
    let question = grace.reads_one();
    assert!(question.contains("on the clock of Europe/London"), "{question}");
    assert_eq!(lise.reads(), Vec::<String>::new());
    // Not the clock of somebody who is not one of the two.
    ada.types_and_sees("/mentor rhythm").await;
    ada.chooses("With", "grace").await;
    ada.chooses("Counted on the clock of", "Europe/Vienna").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("whose clock is that?") };
    assert_snapshot!(format!("{errors:?}"), @r#"{"Counted on the clock of": "Choose the clock of one of you two."}"#);
    ada.closes().await;
});

story!(paused_before_a_proposal_is_answered, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    proposes_tuesdays(&ada).await;
    grace.reads_one();
    let old = grace.latest();
    grace.types("/mentor pause until 20 March").await;
    assert_snapshot!(ada.reads_one(), @"
    @grace pauses your meetings until Friday, 20 March 2026.
    Until then nothing is asked of you; what stands on your agenda waits. The first meeting after that: Thursday, March 26th, 2026 at 2:00 PM.
    The rhythm you proposed was not decided before. Propose it again when you go on.
    ");
    assert_snapshot!(grace.latest(), @"What @ada proposed is open no more: your meetings were paused, or your rhythm changed, before it was decided.");
    grace.clicks_old(&old, "Agree").await;
    grace.is_told("Nothing was changed").await;
    assert_snapshot!(ada.types("/mentor rhythm").await, @"Your meetings with @grace are paused by @grace until Friday, 20 March 2026. The rhythm can be changed when you go on.");
});

story!(more_than_an_hour_is_refused_wherever_it_comes_from, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let mut reading = world.app.speaker.ctx.db.read().await.unwrap();
    let pair = mentor::store::pairs::active(&mut reading).await.unwrap().remove(0).pair.id.to_string();
    drop(reading);
    for (length, expression) in [("90", ""), ("90", "0 10 * * Fri"), ("99999999", "")] {
        let submission = json!({ "type": "view_submission", "view": {
            "id": format!("V{length}{}", expression.len()), "type": "modal", "callback_id": forms::RHYTHM,
            "private_metadata": pair, "hash": "1.a",
            "state": { "values": {
                "frequency": { "frequency": { "type": "static_select", "selected_option": { "value": "weekly" } } },
                "weekday": { "weekday": { "type": "static_select", "selected_option": { "value": "Mon" } } },
                "time": { "time": { "type": "timepicker", "selected_time": "09:00" } },
                "length": { "length": { "type": "radio_buttons", "selected_option": { "value": length } } },
                "expression": { "expression": { "type": "plain_text_input", "value": expression } },
            } } } });
        world.during(ada.hands.forges(submission)).await.unwrap();
        let answer = world.sandbox.envelopes().into_iter().filter_map(|envelope| envelope.acknowledgement).next_back();
        let answer = answer.unwrap().to_string();
        assert!(
            answer.contains(r#""length":"A meeting takes between 1 and 60 minutes; an hour is a lot to give.""#),
            "{answer}"
        );
    }
    assert_eq!(grace.reads(), Vec::<String>::new());
});
