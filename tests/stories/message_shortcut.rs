//! **Add to mentor agenda**, on a message.

use std::sync::Arc;

use insta::assert_snapshot;
use slack_sandbox::{HandsError, NewPerson, SubmitOutcome};

use crate::agenda::and_lise;
use crate::support::{Someone, World, story};

story!(a_message_is_put_on_the_agenda, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let channel = world.sandbox.add_channel("general", false, &["ada", "grace"]);
    let said = world.secret("who signs the & contracts");
    let ts = grace.hands.says_in(&channel, &format!("@ada {said}"), None).await.unwrap();
    let form = uses_shortcut(&world, &ada, &channel, &ts).await;
    assert!(form.contains(&said), "{form}");
    assert_snapshot!(form.replace(&said, "[what was said]"), @"
    # Add to mentor agenda
    For grace, Thu 5 March, 15:00
    What I want to talk about: @ada [what was said]
    Put it under: ( ) Learn the why  ( ) Biggest challenge since last time  ( ) Upcoming work  (x) A topic I'm curious about
    A link back to the message goes with it.
    Only the two of you will ever see this.
    [Cancel] [Add]
    ");
    let mine = world.secret("who signs the contracts, and why them");
    ada.fills("What I want to talk about", &mine).await;
    ada.chooses("Put it under", "Learn the why").await;
    let SubmitOutcome::Updated(done) = ada.submits().await else { panic!("a word that it is there") };
    assert_snapshot!(done, @"
    # On the agenda
    On your agenda with @grace, Thursday, March 5th, 2026 at 3:00 PM, under “Learn the why”.
    [Close]
    ");
    ada.closes().await;

    // Both see it, with the way back.
    for person in [&ada, &grace] {
        let agenda = person.types_and_sees("/mentor agenda").await;
        assert!(agenda.contains(&mine) && agenda.contains("The message it comes from"), "{agenda}");
        let address = format!("/archives/{channel}/p{}", ts.replace('.', ""));
        assert!(world.sandbox.calls().iter().any(|call| call.arguments.to_string().contains(&address)));
        person.closes().await;
    }
});

/// Uses the message shortcut; the form as it is read.
async fn uses_shortcut(world: &Arc<World>, person: &Someone, channel: &str, ts: &str) -> String {
    world.during(person.hands.uses_message_shortcut("Add to mentor agenda", channel, ts)).await.unwrap();
    person.modal().await
}

story!(a_message_with_nothing_or_too_much_in_it, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let channel = world.sandbox.add_channel("general", false, &["ada", "grace"]);
    // A long one: what fits is there, and that it is not all is said.
    let ts = grace.hands.says_in(&channel, &"word ".repeat(700), None).await.unwrap();
    let form = uses_shortcut(&world, &ada, &channel, &ts).await;
    assert!(form.contains("longer than the 3,000 characters"), "{form}");
    // Emptied: an error at the field, and the form stays.
    ada.fills("What I want to talk about", " \u{200b} ").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("an error at the field") };
    assert_snapshot!(errors["What I want to talk about"], @"Write what you would like to talk about.");
    ada.closes().await;
    // What only Ada sees has no shortcuts.
    let (own, place) = {
        world.during(ada.hands.types_in(&channel, "/mentor help")).await.unwrap();
        let own = ada.hands.ephemerals().last().cloned().unwrap();
        (own.ts, own.channel)
    };
    let refused = ada.hands.uses_message_shortcut("Add to mentor agenda", &place, &own).await;
    assert!(matches!(refused, Err(HandsError::Refused(_))), "{refused:?}");
    // Somebody without a pair is told what to do.
    let emmy = world.joins(NewPerson::member("emmy", "Emmy Noether", "Europe/Berlin")).await;
    grace.hands.invites(&channel, "emmy").unwrap();
    world.during(emmy.hands.uses_message_shortcut("Add to mentor agenda", &channel, &ts)).await.unwrap();
    emmy.is_told("You have no mentor yet").await;
});

story!(a_message_for_one_of_two_mentors, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let lise = and_lise(&world, &ada).await;
    let channel = world.sandbox.add_channel("general", false, &["ada", "grace"]);
    let said = world.secret("we tried it twice");
    let ts = ada.hands.says_in(&channel, &said, None).await.unwrap();
    uses_shortcut(&world, &ada, &channel, &ts).await;
    ada.chooses("For the meeting with", "grace, Thu 5 March, 15:00").await;
    assert!(matches!(ada.submits().await, SubmitOutcome::Updated(_)));
    ada.closes().await;
    let agenda = grace.types_and_sees("/mentor agenda").await;
    assert!(agenda.contains(&said), "{agenda}");
    grace.closes().await;
    assert!(lise.home().await.contains("No agenda yet"));
});
