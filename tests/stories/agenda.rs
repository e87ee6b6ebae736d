//! The agenda between meetings: what is typed, asked, added by a mentor.

use std::sync::Arc;

use chrono::TimeDelta;
use insta::assert_snapshot;
use mentor::jobs::tidy;
use slack_sandbox::{NewPerson, SubmitOutcome};

use crate::support::{Someone, World, story, without_questions};

/// Ada has a second mentor: Lise in Vienna, on Wednesdays at 11:00 there.
pub(crate) async fn and_lise(world: &Arc<World>, ada: &Someone) -> Someone {
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    ada.asks(&lise, &world.secret("measuring well")).await;
    lise.accepts("Wednesday", "11:00", "30 minutes").await;
    ada.reads();
    lise.reads();
    lise
}

story!(one_line_typed_is_on_the_agenda, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let topic = world.secret("how are budgets made & <decided>");
    let answer = ada.types(&format!("/mentor agenda {topic}")).await;
    assert_snapshot!(answer, @"
    On your agenda with @grace, Thursday, March 5th, 2026 at 3:00 PM, under “A topic I'm curious about”.
    Put it under …
    [A topic I'm curious about ▾]
    Only the two of you will ever see what it says.
    ");
    // It is there, for both, at once.
    let form = ada.types_and_sees("/mentor agenda").await;
    assert!(form.contains(&topic), "{form}");
    assert_snapshot!(form.replace(&topic, "[topic]"), @"
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
    A topic I'm curious about: put here on 2 March (optional): [topic]
      (Empty it to take it off.)
    Homework I'm returning (optional): ____
      (What you found out about the homework below)
    Only the two of you will ever see this.
    [Cancel] [Save]
    ");
    ada.closes().await;
    let agenda = grace.types_and_sees("/mentor agenda").await;
    assert!(agenda.contains(&topic), "{agenda}");
    assert_snapshot!(without_questions(&agenda.replace(&topic, "[topic]")), @"
    # Agenda
    With @ada, Thursday, March 5th, 2026 at 10:00 AM
    A topic I'm curious about
    [topic]
    put here today
    A question to ask: [question]
    [Add a point]
    [Close]
    ");
    grace.closes().await;

    // Another part is chosen below the answer, which then says so.
    ada.chooses("Put it under …", "Upcoming work").await;
    let told = ada.is_told("under “Upcoming work”").await;
    assert!(!told.contains("canary"), "{told}");
    let form = ada.types_and_sees("/mentor agenda").await;
    assert!(form.contains(&format!("Upcoming work: put here on 2 March (optional): {topic}")), "{form}");

    // It is changed in the form, beside what is written there; nothing runs together.
    let why = world.secret("why do we sign off twice");
    let better = world.secret("how are budgets made, and by whom");
    ada.fills("Learn the why", &why).await;
    ada.fills("Upcoming work: put here on 2 March", &better).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let agenda = grace.types_and_sees("/mentor agenda").await;
    assert!(agenda.contains(&better) && agenda.contains(&why) && !agenda.contains(&topic), "{agenda}");
    grace.closes().await;

    // Emptied, it is off.
    ada.types_and_sees("/mentor agenda").await;
    ada.fills("Upcoming work: put here on 2 March", "").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let form = ada.types_and_sees("/mentor agenda").await;
    assert!(!form.contains("put here on"), "{form}");
    ada.closes().await;
    // Whoever chooses in the old answer hears that it is not there any more.
    ada.chooses("Put it under …", "Learn the why").await;
    ada.is_told("not here").await;
});

story!(typed_while_the_form_is_open, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    ada.types_and_sees("/mentor agenda").await;
    let (typed, written) = (world.secret("typed meanwhile"), world.secret("written in the form"));
    ada.fills("A topic I'm curious about", &written).await;
    // On her telephone.
    ada.types(&format!("/mentor agenda {typed}")).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let agenda = grace.types_and_sees("/mentor agenda").await;
    assert!(agenda.contains(&typed) && agenda.contains(&written), "{agenda}");
    grace.closes().await;
    assert!(ada.home().await.contains("Agenda: 1 part"));
});

story!(whatever_stands_behind_the_word, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    // Typed twice, it is there once; people, channels and links read as they were written.
    let secret = world.secret("about pricing");
    for _ in 0..2 {
        let answer = ada.types(&format!("/mentor agenda ask @grace {secret} & <more>")).await;
        assert!(answer.contains("On your agenda with @grace"), "{answer}");
    }
    let agenda = grace.types_and_sees("/mentor agenda").await;
    assert_eq!(agenda.matches(&format!("ask @grace {secret} & <more>")).count(), 1, "{agenda}");
    grace.closes().await;
    // "prepare" is the form, whatever follows it.
    let form = ada.types_and_sees("/mentor prepare my agenda please").await;
    assert!(form.contains(&secret) && !form.contains("my agenda please"), "{form}");
    ada.closes().await;
});

story!(two_mentors_and_one_line, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let lise = and_lise(&world, &ada).await;
    let topic = world.secret("how do I say no");
    assert_snapshot!(ada.types(&format!("/mentor agenda {topic}")).await, @"
    On your agenda with @lise, Wednesday, March 4th, 2026 at 10:00 AM, under “A topic I'm curious about”.
    Put it under …
    [A topic I'm curious about ▾]
    For the meeting with …
    [lise, Wed 4 March, 10:00 ▾]
    Only the two of you will ever see what it says.
    ");
    ada.chooses("For the meeting with …", "grace, Thu 5 March, 15:00").await;
    ada.is_told("On your agenda with @grace").await;
    let agenda = grace.types_and_sees("/mentor agenda").await;
    assert!(agenda.contains(&topic), "{agenda}");
    grace.closes().await;
    let agenda = lise.types_and_sees("/mentor agenda").await;
    assert!(!agenda.contains(&topic), "{agenda}");
    lise.closes().await;
    // And from there under another part.
    ada.chooses("Put it under …", "Learn the why").await;
    ada.is_told("under “Learn the why”").await;
    let agenda = grace.types_and_sees("/mentor agenda").await;
    assert!(agenda.contains("Learn the why") && agenda.contains(&topic), "{agenda}");
    grace.closes().await;
});

story!(nothing_is_cut_and_nothing_is_lost, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let emmy = world.joins(NewPerson::member("emmy", "Emmy Noether", "Europe/Berlin")).await;
    // Nobody to meet.
    assert_snapshot!(emmy.types(&format!("/mentor agenda {}", world.secret("rings"))).await, @"You have no mentor yet, so there is no agenda to put it on. Type `/mentor ask @name` to ask somebody to be your mentor; then type this once more.");
    assert_snapshot!(emmy.types(&format!("/mentor ask {}", world.secret("what is a ring?"))).await, @"You have no mentor yet, so there is no agenda to put it on. To find someone to talk to about it, type `/mentor who <topic>`; to ask somebody to be your mentor, `/mentor ask @name`.");
    // Too long: what was typed is there to be copied.
    let end = world.secret("the end");
    let long = format!("{} {end}", "word ".repeat(700));
    let modal = ada.types_and_sees(&format!("/mentor agenda {long}")).await;
    assert!(modal.contains("Nothing was saved") && modal.contains(&end), "{modal}");
    assert!(modal.contains("characters, and one entry takes 3000"), "{modal}");
    ada.closes().await;
    let modal = ada.types_and_sees(&format!("/mentor ask {long}")).await;
    assert!(modal.contains("Nothing was saved") && modal.contains(&end), "{modal}");
    ada.closes().await;
    // Nothing but what nobody sees is the plain command.
    let form = ada.types_and_sees("/mentor agenda \u{200b} \u{202e}").await;
    assert!(form.starts_with("# Your agenda"), "{form}");
    ada.closes().await;
    // As much as fits, to the last character.
    let fits = world.secret("fits");
    let fits = format!("{fits}{}", "x".repeat(3_000 - fits.chars().count()));
    assert!(ada.types(&format!("/mentor agenda {fits}")).await.contains("On your agenda with @grace"));
    let form = ada.types_and_sees("/mentor agenda").await;
    assert!(form.contains(&fits), "all of it");
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let agenda = grace.types_and_sees("/mentor agenda").await;
    assert!(agenda.replace('\n', "").contains(&fits), "all of it");
    grace.closes().await;
});

story!(an_agenda_that_is_full, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let long = "x".repeat(2_950);
    for number in 0..20 {
        let text = world.secret(&format!("number {number}"));
        assert!(ada.types(&format!("/mentor agenda {text} {}", &long[text.len()..])).await.contains("On your agenda"));
    }
    let last = world.secret("one too many");
    let modal = ada.types_and_sees(&format!("/mentor agenda {last}")).await;
    assert!(modal.contains("There are 20 entries on that agenda already") && modal.contains(&last), "{modal}");
    ada.closes().await;
    // Both can be opened, and what has no room is counted.
    let form = ada.types_and_sees("/mentor agenda").await;
    assert!(form.contains("Homework I'm returning"), "{form}");
    ada.fills("Learn the why", &world.secret("why")).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let agenda = grace.types_and_sees("/mentor agenda").await;
    assert!(agenda.contains("number 19") || agenda.contains("no room for"), "{agenda}");
    grace.closes().await;
});

story!(typed_when_the_meeting_has_begun, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to("2026-03-05T15:05:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    let topic = world.secret("for the next time");
    let answer = ada.types(&format!("/mentor agenda {topic}")).await;
    assert!(answer.contains("Thursday, March 12th, 2026"), "{answer}");
    world.advance_to("2026-03-12T15:00:00Z".parse().unwrap()).await;
    // That one is over by now.
    ada.chooses("Put it under …", "Learn the why").await;
    ada.is_told("That meeting is over").await;
    ada.reads();
    grace.reads();
});

story!(typed_after_the_mentor_heard_of_none, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to("2026-03-04T15:00:00Z".parse().unwrap()).await;
    assert!(grace.reads_one().contains("No agenda yet"));
    ada.reads();
    ada.types(&format!("/mentor agenda {}", world.secret("late"))).await;
    assert!(grace.reads_one().contains("is ready: 1 part"));
    ada.types(&format!("/mentor agenda {}", world.secret("later"))).await;
    assert_eq!(grace.reads(), Vec::<String>::new(), "once");
});

story!(a_question_waits_for_a_word, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let question = world.secret("how do you prepare a hard talk?");
    assert_snapshot!(ada.types(&format!("/mentor ask {question}")).await, @"
    A good question for your next meeting. Nobody has seen it yet.
    [Put it on my next agenda] [Find someone to talk to]
    I keep it for a day. To ask somebody to be your mentor, type `/mentor ask @name`.
    ");
    let waiting = ada.hands.ephemerals().last().cloned().unwrap();
    ada.clicks("Put it on my next agenda").await;
    let told = ada.is_told("On your agenda with @grace").await;
    assert!(!told.contains("Put it on my next agenda"), "the question became the answer: {told}");
    let agenda = grace.types_and_sees("/mentor agenda").await;
    assert!(agenda.contains(&question), "{agenda}");
    grace.closes().await;
    // Clicked again, on a screen that has not refreshed.
    ada.clicks_old(&waiting, "Put it on my next agenda").await;
    assert_snapshot!(ada.is_told("not kept any more").await, @"That question is not kept any more: it was used already, or is more than a day old. Type `/mentor agenda` to see yours.");

    // A day later it is forgotten.
    ada.types(&format!("/mentor ask {}", world.secret("anything else?"))).await;
    world.advance(TimeDelta::hours(25)).await;
    tidy::tick(&world.app.speaker.ctx).await.unwrap();
    ada.clicks("Put it on my next agenda").await;
    let form = ada.types_and_sees("/mentor agenda").await;
    assert!(!form.contains("anything else"), "{form}");
    ada.closes().await;
    assert_snapshot!(ada.types("/mentor ask").await, @"
    Whom would you like to ask? Type `/mentor ask @name`, or choose:
    [Ask somebody to mentor me] [Ask my manager to suggest someone]
    ");
    ada.reads();
    grace.reads();
});

story!(a_mentor_adds_a_point, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    // Ada has her form open all the while.
    ada.types_and_sees("/mentor agenda").await;
    let why = world.secret("why so many reviews");
    ada.fills("Learn the why", &why).await;
    grace.types_and_sees("/mentor agenda").await;
    assert_snapshot!(grace.clicks_and_is_shown("Add a point").await, @"
    # Add a point
    With @ada, Thursday, March 5th, 2026 at 10:00 AM
    My point: ____
      (A question or a subject. What the other wrote stays as it is.)
    Only the two of you will ever see this.
    [Cancel] [Add]
    ");
    grace.fills("My point", "  ").await;
    let SubmitOutcome::Errors(_) = grace.submits().await else { panic!("an error at the field") };
    let point = world.secret("the talk in June");
    grace.fills("My point", &point).await;
    let SubmitOutcome::Updated(agenda) = grace.submits().await else { panic!("the agenda with it") };
    let agenda = agenda.to_string();
    assert!(agenda.contains(&point), "{agenda}");
    assert_snapshot!(agenda.replace(&point, "[point]"), @"
    # Agenda
    With @ada, Thursday, March 5th, 2026 at 10:00 AM
    Nothing on the agenda yet.
    Points from your mentor
    [point]
    @grace · put here today
    [Add a point]
    [Close]
    ");
    grace.closes().await;
    // Neither overwrites the other.
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let form = ada.types_and_sees("/mentor agenda").await;
    assert!(form.contains(&why) && form.contains(&point) && form.contains("Points from your mentor"), "{form}");
    assert!(ada.hands.fills("Points from your mentor", "mine").await.is_err(), "read only");
    ada.closes().await;
    // A mentor who types a line adds a point, too.
    let typed = world.secret("and the budget");
    assert_snapshot!(grace.types(&format!("/mentor agenda {typed}")).await, @"
    On the agenda with @ada, Thursday, March 5th, 2026 at 10:00 AM, as a point from you.
    Only the two of you will ever see what it says.
    ");
    let agenda = grace.types_and_sees("/mentor agenda").await;
    assert!(agenda.contains(&point) && agenda.contains(&typed) && agenda.contains(&why), "{agenda}");
    // Once the meeting is over there is nothing to add to.
    world.advance_to("2026-03-05T16:00:00Z".parse().unwrap()).await;
    grace.clicks("Add a point").await;
    let notice = grace.modal().await;
    assert!(notice.contains("That meeting is over"), "{notice}");
    grace.closes().await;
    grace.closes().await;
    ada.reads();
    grace.reads();
});

story!(somebody_elses_entries_cannot_be_touched, |world: Arc<World>| async move {
    use serde_json::json;
    let (ada, grace) = world.a_pair().await;
    let topic = world.secret("mine alone");
    ada.types(&format!("/mentor agenda {topic}")).await;
    ada.types(&format!("/mentor ask {}", world.secret("kept for me"))).await;
    let shown: String = ada.hands.ephemerals().iter().map(|seen| seen.blocks.to_string()).collect();
    let ids: Vec<String> = shown
        .split(|character: char| !character.is_ascii_hexdigit())
        .filter(|word| word.len() == 32)
        .map(str::to_owned)
        .collect();
    assert!(ids.len() >= 2, "{shown}");
    let mallory = world.joins(NewPerson::member("mallory", "Mallory", "Europe/London")).await;
    let before = (ada.home().await, grace.home().await, world.outbox().await);
    for id in &ids {
        for person in [&mallory, &grace] {
            for (action, value) in [
                ("put_under", format!("{id}:why")),
                ("put_under", format!("{id}:homework")),
                ("put_with", format!("{id}:{id}")),
                ("put_on_agenda", id.clone()),
            ] {
                let click = json!({ "type": "block_actions", "actions": [
                    { "type": "static_select", "action_id": action, "block_id": "b", "selected_option": { "value": value }, "value": value } ] });
                let _ = world.during(person.hands.forges(click)).await;
            }
            // A form for a pair that is not theirs, with a link that is none.
            let form = json!({ "type": "view_submission", "view": {
                "id": format!("V{id}"), "type": "modal", "callback_id": "add_to_agenda",
                "private_metadata": "https://evil.example/archives/C1/p1", "hash": "1.a",
                "state": { "values": {
                    "text": { "text": { "type": "plain_text_input", "value": "forged" } },
                    "pair": { "pair": { "type": "static_select", "selected_option": { "value": id } } },
                } } } });
            let _ = world.during(person.hands.forges(form)).await;
        }
    }
    assert_eq!((ada.home().await, grace.home().await, world.outbox().await), before);
    let form = ada.types_and_sees("/mentor agenda").await;
    assert!(form.contains(&format!("A topic I'm curious about: put here on 2 March (optional): {topic}")), "{form}");
    assert!(!form.contains("forged"), "{form}");
    ada.closes().await;
});
