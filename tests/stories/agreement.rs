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
    assert_snapshot!(ada.latest(), @"");
    assert_snapshot!(grace.latest(), @"");
    assert_snapshot!(ada.clicks_and_sees("Read and sign our agreement").await, @"");

    // Ada writes into it first; Grace has not signed, so nobody is told.
    assert_snapshot!(ada.clicks_and_sees("Edit").await, @"");
    let (goals, more) = (world.secret("that I lead a project"), world.secret("we answer within a day"));
    ada.fills("What we want to reach", &goals).await;
    ada.fills("Anything else we agree", &more).await;
    ada.chooses("First review", "On this date").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("a date is missing") };
    assert_snapshot!(format!("{errors:?}"), @"");
    ada.chooses("Date", "2026-08-31").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let seen = ada.modal_with("Mon 31 Aug 2026").await;
    assert!(seen.contains(&goals) && seen.contains(&more), "{seen}");
    let SubmitOutcome::Updated(signed) = ada.submits().await else { panic!("a word that it is signed") };
    assert_snapshot!(signed.replace(&goals, "[goals]").replace(&more, "[more]"), @"");
    ada.closes().await;
    assert_eq!(grace.reads(), Vec::<String>::new());

    // Home says who has not signed.
    assert!(!ada.home().await.contains("Sign your agreement"));
    assert!(grace.home().await.contains("Sign your agreement with @ada."));
    let seen = grace.clicks_and_sees("Read and sign our agreement").await;
    assert!(seen.contains(&goals) && seen.contains(&more), "{seen}");
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.reads_one(), @"");
    assert_snapshot!(grace.reads_one(), @"");
    assert!(!grace.home().await.contains("Sign your agreement"));
    assert_snapshot!(ada.types_and_sees("/mentor agreement").await.replace(&goals, "[goals]").replace(&more, "[more]"), @"");
    ada.closes().await;

    // Nobody is reminded of anything.
    world.advance_to(at("2026-03-05T11:00:00Z")).await;
    assert_eq!(ada.reads().len(), 1, "the request for the agenda");
    assert_eq!(grace.reads().len(), 1, "that there is none yet");
    ada.reads();
    grace.reads();
    world.leave_unsettled();
});

story!(editing_takes_back_the_others_signature, |world: Arc<World>| async move {
    let (ada, grace) = unsigned(&world).await;
    ada.clicks_and_sees("Read and sign our agreement").await;
    let SubmitOutcome::Updated(_) = ada.submits().await else { panic!("a word that it is signed") };
    ada.closes().await;

    // Ada has it open again while Grace edits: her click signs nothing that she has not read.
    writes(&grace, "Edit", &world.secret("that she leads"), &world.secret("no calls on Fridays")).await;
    assert_snapshot!(ada.reads_one(), @"");
    assert!(ada.home().await.contains("Sign your agreement with @grace."));
    ada.clicks_and_sees("Read and sign our agreement").await;
    let other = world.secret("that both learn");
    writes(&grace, "Edit", &other, "").await;
    let SubmitOutcome::Updated(again) = ada.submits().await else { panic!("how it stands") };
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
    assert_snapshot!(format!("{errors:?}"), @"");
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
    assert_eq!(ada.reads().len(), 1, "the request for the agenda alone");
    assert_snapshot!(grace.reads().join("\n--\n"), @"");

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
    assert_snapshot!(ada.clicks_and_sees("Change it").await, @"");
    let more = world.secret("we write down what we decide");
    ada.fills("Anything else we agree", &more).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.modal_with("A change that").await.replace(&more, "[more]"), @"");
    ada.closes().await;
    assert_snapshot!(grace.reads_one(), @"");

    // Not now, and nobody is told; a reminder would be a nuisance.
    grace.clicks_and_sees("Read and sign our agreement").await;
    grace.clicks("Not now").await;
    assert!(grace.modal_with("You answered “not now”").await.contains(&more));
    grace.closes().await;
    assert_snapshot!(grace.latest(), @"");
    assert_eq!(ada.reads(), Vec::<String>::new());
    let seen = ada.types_and_sees("/mentor agreement").await;
    assert!(seen.contains("It waits for an answer until"), "{seen}");
    ada.closes().await;

    // The time is over: the old one holds.
    world.advance_to(at("2026-03-05T14:30:00Z")).await;
    let told = ada.reads();
    assert_snapshot!(told.iter().find(|told| told.contains("change of the agreement")).unwrap(), @"");
    grace.reads();
    let seen = grace.types_and_sees("/mentor agreement").await;
    assert!(!seen.contains(&more), "{seen}");
    grace.closes().await;

    // Once more, and silence reads the same; then a third time, and it is signed.
    writes(&ada, "Change it", "", &more).await;
    grace.reads_one();
    world.advance_to(at("2026-03-11T16:00:00Z")).await;
    let told = grace.reads();
    assert!(
        told.iter().any(|told| told.starts_with("A reminder: @ada would like to change your agreement.")),
        "{told:?}"
    );
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
    assert_snapshot!(ada.reads_one(), @"");
    grace.reads_one();
    let seen = grace.types_and_sees("/mentor agreement").await;
    assert!(seen.contains(&more), "{seen}");
    world.leave_unsettled();
});
