//! Not for life: three quarters of the way, three missed meetings, and what two people answer.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use insta::assert_snapshot;
use slack_sandbox::SubmitOutcome;

use crate::support::{Someone, World, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The messages that are about how a pair goes on, or finishes.
fn about_review(who: &Someone) -> Vec<String> {
    let about = ["Three quarters", "Your review day", "three times in a row", "carry on", "to a close"];
    who.reads().into_iter().filter(|told| about.iter().any(|words| told.contains(words))).collect()
}

/// Time passes, and Ada says of every meeting that they skipped it.
async fn skips_until(world: &Arc<World>, ada: &Someone, until: &str) {
    let until = at(until);
    while world.now() < until {
        world.advance_to((world.now() + TimeDelta::days(2)).min(until)).await;
        while ada.hands.unread().iter().any(|message| message.to_string().contains("[Skipped]")) {
            ada.clicks("Skipped").await;
        }
    }
}

story!(three_quarters_of_the_way, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    ada.asks(&grace, &world.secret("becoming a lead")).await;
    grace.clicks_and_sees("Accept").await;
    grace.chooses("How often", "Every two months, the first one").await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    world.sign(&ada, &grace).await;
    // From 2 March to 2 September: three quarters are behind them on 18 July, a Saturday.
    skips_until(&world, &ada, "2026-07-17T20:00:00Z").await;
    assert_eq!(about_review(&ada), Vec::<String>::new());
    assert_eq!(about_review(&grace), Vec::<String>::new());
    skips_until(&world, &ada, "2026-07-20T13:30:00Z").await;
    assert_snapshot!(about_review(&ada).join("\n--\n"), @"
    Three quarters of the way with @grace are behind you. Your review day is Wed 2 Sep 2026. How would you like to go on?
    [Carry on] [Change rhythm] [Become peers] [Pause] [Finish well]
    What you answer stays with you until both have answered, or the day has come. Finishing needs no reason.
    ");
    assert_snapshot!(about_review(&grace).join("\n--\n"), @"
    Three quarters of the way with @ada are behind you. Your review day is Wed 2 Sep 2026. How would you like to go on?
    [Carry on] [Change rhythm] [Become peers] [Pause] [Finish well]
    What you answer stays with you until both have answered, or the day has come. Finishing needs no reason.
    ");
    let home = ada.home().await;
    assert!(home.contains("How do you go on with @grace? Your review day is Wed 2 Sep 2026."), "{home}");

    // What one answers stays with them until both have.
    assert_snapshot!(ada.clicks_and_sees("Carry on").await, @"
    # Carry on
    You carry on with @grace as you are. When do you look back again?
    Next review: 6 months from today: Wed 20 Jan 2027
    Date (optional): ____
      (Only for “On this date”.)
    If they name another day, the earlier one counts. What you answer stays with you until both have answered, or the day has come. Finishing needs no reason.
    [Cancel] [Carry on]
    ");
    ada.chooses("Next review", "On this date").await;
    ada.chooses("Date", "2026-07-20").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("that day is over") };
    assert_snapshot!(format!("{errors:?}"), @r#"{"Date": "That day is over. Choose one to come."}"#);
    ada.chooses("Next review", "3 months from today: Tue 20 Oct 2026").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let home = ada.home().await;
    assert!(!home.contains("How do you go on"), "{home}");
    assert!(grace.home().await.contains("How do you go on with @ada?"));
    assert_eq!(about_review(&grace), Vec::<String>::new());

    // By the review date Grace has not answered: she is asked once more, and Ada is not.
    skips_until(&world, &ada, "2026-09-02T14:00:00Z").await;
    assert_eq!(about_review(&ada), Vec::<String>::new());
    assert_snapshot!(about_review(&grace).join("\n--\n"), @"
    Your review day with @ada has come. How would you like to go on?
    [Carry on] [Change rhythm] [Become peers] [Pause] [Finish well]
    What you answer stays with you until both have answered, or the day has come. Finishing needs no reason.
    ");

    // Nor does she in the week that is left: the pair goes on, and nobody is asked again before it is time.
    skips_until(&world, &ada, "2026-09-10T14:00:00Z").await;
    assert_eq!(about_review(&grace), Vec::<String>::new());
    assert!(!grace.home().await.contains("How do you go on"));
    let seen = grace.types_and_sees("/mentor agreement").await;
    assert!(seen.contains("First review: Wed 2 Sep 2026; the next one is on Tue 20 Oct 2026"), "{seen}");
    grace.closes().await;
    skips_until(&world, &ada, "2026-10-08T14:00:00Z").await;
    assert_eq!(about_review(&ada), Vec::<String>::new());
    skips_until(&world, &ada, "2026-10-12T14:00:00Z").await;
    assert_eq!(about_review(&ada).len(), 1);
    assert_eq!(about_review(&grace).len(), 1);

    // Both carry on: the earlier day counts, and both messages say so.
    for (who, months) in [(&ada, "12 months"), (&grace, "9 months")] {
        who.clicks_on_home("Carry on").await;
        who.modal().await;
        let date = if months == "12 months" { "Tue 12 Oct 2027" } else { "Mon 12 Jul 2027" };
        who.chooses("Next review", &format!("{months} from today: {date}")).await;
        assert_eq!(who.submits().await, SubmitOutcome::Closed);
    }
    let seen = ada.types_and_sees("/mentor agreement").await;
    assert!(seen.contains("the next one is on Mon 12 Jul 2027"), "{seen}");
    ada.closes().await;
    ada.reads();
    grace.reads();
    world.leave_unsettled();
});

story!(three_missed_meetings_bring_it_forward, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    // Nobody reports on 5, 12 and 19 March: each counts as missed four days later.
    world.advance_to(at("2026-03-19T12:00:00Z")).await;
    assert_eq!(about_review(&ada), Vec::<String>::new());
    world.advance_to(at("2026-03-26T12:00:00Z")).await;
    assert_snapshot!(about_review(&ada).join("\n--\n"), @"
    You and @grace have not met three times in a row. That happens, and it is nobody’s fault. How would you like to go on?
    [Carry on] [Change rhythm] [Become peers] [Pause] [Finish well]
    What you answer stays with you until both have answered, or the day has come. Finishing needs no reason.
    ");
    assert_eq!(about_review(&grace).len(), 1);

    // Once a streak: two more misses change nothing, and a week later whoever is silent is asked once more.
    world.advance_to(at("2026-04-02T12:00:00Z")).await;
    assert_eq!(about_review(&ada).len(), 1, "the day has come");
    assert_eq!(about_review(&grace).len(), 1);
    world.advance_to(at("2026-05-15T12:00:00Z")).await;
    assert_eq!(about_review(&ada), Vec::<String>::new());
    assert_eq!(about_review(&grace), Vec::<String>::new());

    // They meet, and miss each other three times again.
    ada.home().await;
    ada.clicks_on_home("We met").await;
    ada.modal().await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    world.advance_to(at("2026-06-12T12:00:00Z")).await;
    assert_eq!(about_review(&ada).len(), 1);
    ada.reads();
    grace.reads();
    world.leave_unsettled();
});

story!(a_pause_swallows_no_review, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to(at("2026-03-26T12:00:00Z")).await;
    assert_eq!(about_review(&ada).len(), 1);
    assert_eq!(about_review(&grace).len(), 1);
    // The day and the week after it fall into the pause.
    ada.types("/mentor pause until 1 June").await;
    world.advance_to(at("2026-05-31T12:00:00Z")).await;
    assert_eq!((about_review(&ada), about_review(&grace)), (vec![], vec![]));
    world.advance_to(at("2026-06-01T18:00:00Z")).await;
    assert_eq!(about_review(&ada).len(), 1, "asked anew");
    assert_eq!(about_review(&grace).len(), 1);
    assert!(ada.home().await.contains("How do you go on with @grace? Your review day is Mon 8 Jun 2026."));
    world.leave_unsettled();
});
