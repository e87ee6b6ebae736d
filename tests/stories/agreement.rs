//! The agreement: read, signed by both, edited before, changed after, by both alone.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use insta::assert_snapshot;
use slack_sandbox::SubmitOutcome;

use crate::support::{Someone, World, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Ada and Grace, who have just begun and signed nothing. What was said until then is read.
async fn unsigned(world: &Arc<World>) -> (Someone, Someone) {
    let (ada, grace) = world.ada_and_grace().await;
    ada.asks(&grace, &world.secret("becoming a lead")).await;
    grace.accepts("Thursday", "10:00", "30 minutes").await;
    ada.reads();
    grace.reads();
    (ada, grace)
}

/// Opens the agreement, writes into it and saves; closes what lies below.
async fn writes(who: &Someone, button: &str, goals: &str, more: &str) {
    who.types_and_sees("/mentor agreement").await;
    who.clicks_and_sees(button).await;
    who.fills("What we want to reach", goals).await;
    who.fills("Anything else we agree", more).await;
    assert_eq!(who.submits().await, SubmitOutcome::Closed);
    who.closes().await;
}

story!(both_sign, |world: Arc<World>| async move {
    let (ada, grace) = unsigned(&world).await;
    assert_snapshot!(ada.latest(), @"
    Good news: @grace mentors you from now on, every week, 30 minutes.
    Your next meeting: Thursday, March 5th, 2026 at 3:00 PM.
    [Prepare]
    You will be asked for your agenda two working days before. You prepare; they only have to turn up.
    [Add to Google Calendar] [Add to Outlook]
    [Read and sign our agreement]
    ");
    assert_snapshot!(grace.latest(), @"
    You said yes: you mentor @ada, every week, 30 minutes. Next meeting: Thursday, March 5th, 2026 at 10:00 AM.
    [Add to Google Calendar] [Add to Outlook]
    [Read and sign our agreement]
    ");
    assert_snapshot!(ada.clicks_and_sees("Read and sign our agreement").await, @"
    # Our agreement
    Between @ada and @grace
    We meet: every week, 30 minutes.
    What we want to reach
    Nothing is written yet.
    What stays between us: What is said here stays between the two of us. The limits: when somebody may come to harm, or the law demands it.
    First review: Wed 2 Sep 2026. Then we ask ourselves: carry on, change something, or finish well?
    The way out: Either of us may stop at any time, without giving a reason. Nobody asks why.
    @ada has not signed yet · @grace has not signed yet
    Only the two of you will ever see this.
    [Edit]
    [Cancel] [Sign]
    ");

    // Ada writes into it first; Grace has not signed, so nobody is told.
    assert_snapshot!(ada.clicks_and_sees("Edit").await, @"
    # Our agreement
    What you change takes back @grace’s signature, if it is there already; they are told.
    What we want to reach (optional): ____
    Anything else we agree (optional): ____
      (Such as what else stays between you, or how you reach each other.)
    First review: 6 months after the start: Wed 2 Sep 2026
    Date (optional): ____
      (Only for “On this date”.)
    That everything stays between the two of you, with its limits, and that either may stop, always holds. How often you meet is not written here. Only the two of you will ever see this.
    [Cancel] [Save]
    ");
    let (goals, more) = (world.secret("that I lead a project"), world.secret("we answer within a day"));
    ada.fills("What we want to reach", &goals).await;
    ada.fills("Anything else we agree", &more).await;
    ada.chooses("First review", "On this date").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("a date is missing") };
    assert_snapshot!(format!("{errors:?}"), @r#"{"Date": "Choose a day for the review, or one of the months above."}"#);
    ada.chooses("Date", "2026-08-31").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let seen = ada.modal_with("Mon 31 Aug 2026").await;
    assert!(seen.contains(&goals) && seen.contains(&more), "{seen}");
    let SubmitOutcome::Updated(signed) = ada.submits().await else { panic!("a word that it is signed") };
    assert_snapshot!(signed.to_string().replace(&goals, "[goals]").replace(&more, "[more]"), @"
    # Our agreement
    You have signed. You both hear as soon as the other has signed, too.
    Between @ada and @grace
    We meet: every week, 30 minutes.
    What we want to reach
    [goals]
    Anything else we agree
    [more]
    What stays between us: What is said here stays between the two of us. The limits: when somebody may come to harm, or the law demands it.
    First review: Mon 31 Aug 2026. Then we ask ourselves: carry on, change something, or finish well?
    The way out: Either of us may stop at any time, without giving a reason. Nobody asks why.
    @ada signed on March 2nd, 2026 · @grace has not signed yet
    Only the two of you will ever see this.
    [Edit]
    [Close]
    ");
    ada.closes().await;
    assert_eq!(grace.reads(), Vec::<String>::new());

    // Home says who has not signed.
    assert!(!ada.home().await.contains("Sign your agreement"));
    assert!(grace.home().await.contains("Sign your agreement with @ada."));
    let seen = grace.clicks_and_sees("Read and sign our agreement").await;
    assert!(seen.contains(&goals) && seen.contains(&more), "{seen}");
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.reads_one(), @"
    You and @grace have both signed your agreement.
    [Our agreement]
    ");
    assert_snapshot!(grace.reads_one(), @"
    You and @ada have both signed your agreement.
    [Our agreement]
    ");
    assert!(!grace.home().await.contains("Sign your agreement"));
    assert_snapshot!(ada.types_and_sees("/mentor agreement").await.replace(&goals, "[goals]").replace(&more, "[more]"), @"
    # Our agreement
    Between @ada and @grace
    We meet: every week, 30 minutes.
    What we want to reach
    [goals]
    Anything else we agree
    [more]
    What stays between us: What is said here stays between the two of us. The limits: when somebody may come to harm, or the law demands it.
    First review: Mon 31 Aug 2026. Then we ask ourselves: carry on, change something, or finish well?
    The way out: Either of us may stop at any time, without giving a reason. Nobody asks why.
    @ada signed on March 2nd, 2026 · @grace signed on March 2nd, 2026
    Only the two of you will ever see this.
    [Change it]
    [Close]
    ");
    ada.closes().await;

    // Nobody is reminded of anything.
    world.advance_to(at("2026-03-05T11:00:00Z")).await;
    let told = [ada.reads(), grace.reads()].concat().join("\n");
    assert!(told.contains("agenda") && !told.contains("agreement"), "{told}");
});

story!(editing_takes_back_the_others_signature, |world: Arc<World>| async move {
    let (ada, grace) = unsigned(&world).await;
    ada.clicks_and_sees("Read and sign our agreement").await;
    let SubmitOutcome::Updated(_) = ada.submits().await else { panic!("a word that it is signed") };
    ada.closes().await;

    // Ada has it open again while Grace edits: her click signs nothing that she has not read.
    writes(&grace, "Edit", &world.secret("that she leads"), &world.secret("no calls on Fridays")).await;
    assert_snapshot!(ada.reads_one(), @"
    @grace changed your agreement. Your signature is taken back until you have read and signed it again.
    [Read and sign our agreement]
    ");
    assert!(ada.home().await.contains("Sign your agreement with @grace."));
    ada.clicks_and_sees("Read and sign our agreement").await;
    let other = world.secret("that both learn");
    writes(&grace, "Edit", &other, "").await;
    let SubmitOutcome::Updated(again) = ada.submits().await else { panic!("how it stands") };
    let again = again.to_string();
    assert!(again.starts_with("# Our agreement\nThis has changed since you opened it, and was not signed."), "{again}");
    assert!(again.contains(&other), "{again}");
    let SubmitOutcome::Updated(_) = ada.submits().await else { panic!("a word that it is signed") };
    ada.closes().await;

    // What was open before somebody else saved loses nothing.
    grace.types_and_sees("/mentor agreement").await;
    grace.clicks_and_sees("Edit").await;
    let late = world.secret("written late");
    grace.fills("What we want to reach", &late).await;
    writes(&ada, "Edit", &world.secret("that we both learn"), "").await;
    let SubmitOutcome::Errors(errors) = grace.submits().await else { panic!("it has changed") };
    assert_snapshot!(format!("{errors:?}"), @r#"{"What we want to reach": "The agreement has changed since you opened this. Copy what you wrote, close this, and open the agreement again."}"#);
    grace.closes().await;
    grace.closes().await;
    grace.types_and_sees("/mentor agreement").await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    ada.reads_one();
    grace.reads_one();
});

story!(one_reminder_and_no_nagging, |world: Arc<World>| async move {
    let (ada, grace) = unsigned(&world).await;
    ada.clicks_and_sees("Read and sign our agreement").await;
    let SubmitOutcome::Updated(_) = ada.submits().await else { panic!("a word that it is signed") };
    ada.closes().await;
    world.advance_to(at("2026-03-04T15:00:00Z")).await;
    let told = ada.reads().join("\n");
    assert!(told.contains("agenda") && !told.contains("agreement"), "{told}");
    assert_snapshot!(grace.reads().join("\n--\n"), @"
    Your agreement with @ada waits for your signature. It says what you two can count on; you meet in any case.
    [Read and sign our agreement]
    --
    No agenda yet from @ada for Thursday, March 5th, 2026 at 10:00 AM.
    ");

    // On the agenda form a line says it, and nothing else does.
    world.advance_to(at("2026-03-05T14:00:00Z")).await;
    ada.reads();
    let form = ada.clicks_and_sees("Prepare").await;
    assert!(form.contains("is not signed by both yet"), "{form}");
    ada.closes().await;
    world.advance_to(at("2026-03-06T12:00:00Z")).await;
    ada.reads();
    assert_eq!(grace.reads(), Vec::<String>::new());
    grace.clicks_and_sees("Read and sign our agreement").await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    ada.reads();
    grace.reads();
    world.leave_unsettled();
});

story!(a_change_holds_when_both_have_signed_it, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    ada.types_and_sees("/mentor agreement").await;
    assert_snapshot!(ada.clicks_and_sees("Change it").await, @"
    # Change our agreement
    What you change holds as soon as @grace signs it, too. Until then what you agreed holds.
    What we want to reach (optional): ____
    Anything else we agree (optional): ____
      (Such as what else stays between you, or how you reach each other.)
    First review: 6 months after the start: Wed 2 Sep 2026
    Date (optional): ____
      (Only for “On this date”.)
    That everything stays between the two of you, with its limits, and that either may stop, always holds. How often you meet is not written here. Only the two of you will ever see this.
    [Cancel] [Propose]
    ");
    let more = world.secret("we write down what we decide");
    ada.fills("Anything else we agree", &more).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.modal_with("A change that").await.replace(&more, "[more]"), @"
    # Our agreement
    Between @ada and @grace
    We meet: every week, 30 minutes.
    What we want to reach
    Nothing is written yet.
    What stays between us: What is said here stays between the two of us. The limits: when somebody may come to harm, or the law demands it.
    First review: Wed 2 Sep 2026. Then we ask ourselves: carry on, change something, or finish well?
    The way out: Either of us may stop at any time, without giving a reason. Nobody asks why.
    @ada signed on March 2nd, 2026 · @grace signed on March 2nd, 2026
    Only the two of you will ever see this.
    ---
    A change that @ada proposes. Until both have signed it, what stands above holds.
    What we want to reach
    Nothing is written yet.
    Anything else we agree
    [more]
    First review: Wed 2 Sep 2026.
    It waits for an answer until Thursday, March 5th, 2026 at 2:00 PM.
    [Close]
    ");
    ada.closes().await;
    assert_snapshot!(grace.reads_one(), @"
    @ada would like to change your agreement.
    [Read and sign our agreement]
    Until you sign it, what you agreed holds. Please answer by Thursday, March 5th, 2026 at 9:00 AM. “Not now” needs no reason, and reads the same as no answer.
    ");

    // Not now, and nobody is told; a reminder would be a nuisance.
    grace.clicks_and_sees("Read and sign our agreement").await;
    grace.clicks("Not now").await;
    assert!(grace.modal_with("You answered “not now”").await.contains(&more));
    grace.closes().await;
    assert_snapshot!(grace.latest(), @"
    You answered “not now” to a change of your agreement with @ada.
    [Our agreement]
    ");
    assert_eq!(ada.reads(), Vec::<String>::new());
    let seen = ada.types_and_sees("/mentor agreement").await;
    assert!(seen.contains("It waits for an answer until"), "{seen}");
    ada.closes().await;

    // The time is over: the old one holds.
    world.advance_to(at("2026-03-05T14:30:00Z")).await;
    let told = ada.reads();
    assert_snapshot!(told.iter().find(|told| told.contains("change of the agreement")).unwrap(), @"
    Your change of the agreement with @grace did not work out this time. What you two agreed holds as it was.
    [Our agreement]
    ");
    grace.reads();
    let seen = grace.types_and_sees("/mentor agreement").await;
    assert!(!seen.contains(&more), "{seen}");
    grace.closes().await;

    // Once more, and silence reads the same; then a third time, and it is signed.
    writes(&ada, "Change it", "", &more).await;
    grace.reads_one();
    world.advance_to(at("2026-03-09T20:00:00Z")).await;
    let told = grace.reads();
    assert!(
        told.iter().any(|told| told.starts_with("A reminder: @ada would like to change your agreement.")),
        "{told:?}"
    );
    world.advance_to(at("2026-03-11T16:00:00Z")).await;
    grace.reads();
    let told = ada.reads();
    assert!(
        told.iter().any(|told| told.starts_with("Your change of the agreement with @grace did not work out")),
        "{told:?}"
    );
    writes(&ada, "Change it", "", &more).await;
    grace.reads_one();
    assert!(grace.home().await.contains("A change of your agreement with @ada waits for your answer."));
    let seen = grace.clicks_and_sees("Read and sign our agreement").await;
    assert!(seen.contains("[Sign the change]"), "{seen}");
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.reads_one(), @"
    You and @grace have both signed your agreement.
    [Our agreement]
    ");
    grace.reads_one();
    let seen = grace.types_and_sees("/mentor agreement").await;
    assert!(seen.contains(&more), "{seen}");
    world.leave_unsettled();
});
