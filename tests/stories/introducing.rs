//! Other people's asks: what a mentor does with one, what whoever was named answers, and that nobody finds out who declined.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use insta::assert_snapshot;
use mentor::domain::identifiers::{IntroductionId, IntroductionRequestId, PairId};
use mentor::domain::introductions::{AskText, Introduction};
use mentor::domain::pairs::{Pair, PairKind, PairState};
use mentor::domain::people::Person;
use mentor::domain::private_text::PrivateText;
use mentor::store::{introduction_rows, introductions, pairs, people};
use slack_sandbox::{NewPerson, SubmitOutcome};

use crate::never_the_boss::reports;
use crate::permissions::{forges_everything, ids_on_screens, private_bytes_shown};
use crate::support::{Someone, World, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// People of London, known by their handles.
async fn londoners<const N: usize>(world: &Arc<World>, handles: [&str; N]) -> [Someone; N] {
    let mut all = Vec::new();
    for handle in handles {
        all.push(world.joins(NewPerson::member(handle, handle, "Europe/London")).await);
    }
    all.try_into().unwrap_or_else(|_| panic!("as many as handles"))
}

async fn person(world: &World, someone: &Someone) -> Person {
    let mut reading = world.app.speaker.ctx.db.read().await.unwrap();
    people::find_user(&mut reading, someone.hands.id()).await.unwrap().unwrap()
}

/// The two were a pair once, or peers.
async fn knew(world: &World, mentee: &Someone, mentor: &Someone, kind: PairKind) {
    let (mentee, mentor) = (person(world, mentee).await, person(world, mentor).await);
    let ctx = &world.app.speaker.ctx;
    let aim = PrivateText::typed("growing").unwrap();
    let working = mentor.working_time(&ctx.programme());
    let pair = Pair::propose(PairId(ctx.ids.opaque()), kind, &mentee, &mentor, aim, &working, ctx.now());
    let mut tx = ctx.db.begin().await.unwrap();
    pairs::insert(&mut tx, &Pair { state: PairState::Ended, ..pair }).await.unwrap();
    tx.commit().await.unwrap();
}

/// What somebody asks: each part with a marker of its own. Where names meet, it is shown.
fn words(world: &World) -> AskText {
    let secret = |about: &str| PrivateText::typed(&world.blurb(about)).unwrap();
    AskText {
        topic: secret("pricing experiments"),
        why: Some(secret("we launch in May")),
        would_help: Some(secret("half an hour")),
        give_back: Some(secret("SQL")),
    }
}

/// Somebody asks everybody they know from pairs.
async fn asks(world: &World, asker: &Someone, text: &AskText, may_pass_on: bool) -> IntroductionId {
    let ctx = &world.app.speaker.ctx;
    let asker = person(world, asker).await;
    let mut tx = ctx.db.begin().await.unwrap();
    let mut mentors = Vec::new();
    for id in introduction_rows::known_to(&mut tx, asker.id).await.unwrap() {
        mentors.push((IntroductionRequestId(ctx.ids.opaque()), people::get(&mut tx, id).await.unwrap()));
    }
    let id = IntroductionId(ctx.ids.opaque());
    let requests = mentors.iter().map(|(id, mentor)| (*id, mentor));
    let ask = Introduction::ask(id, &asker, requests, may_pass_on, &ctx.programme(), ctx.now());
    introductions::insert(&mut tx, &ask, text).await.unwrap();
    tx.commit().await.unwrap();
    world.settle().await;
    id
}

/// Names somebody from the message that was read last.
async fn names(who: &Someone, button: &str, nominee: &str) {
    who.clicks_and_sees(button).await;
    who.chooses("Somebody in Slack", nominee).await;
    assert_eq!(who.submits().await, SubmitOutcome::Closed);
}

/// How often names have met in groups that somebody is in.
fn met_in_groups(someone: &Someone) -> usize {
    someone.hands.group_dms().iter().map(|(_, seen)| seen.len()).sum()
}

fn hidden(shown: &str, text: &AskText) -> String {
    let parts = [Some(&text.topic), text.why.as_ref(), text.would_help.as_ref(), text.give_back.as_ref()];
    let names = ["[topic]", "[why]", "[would help]", "[give back]"];
    parts.into_iter().zip(names).fold(shown.to_owned(), |shown, (part, name)| match part {
        Some(part) => shown.replace(part.reveal(), name),
        None => shown,
    })
}

/// How often a message of somebody's was changed.
fn redrawn(world: &World, someone: &Someone) -> usize {
    let channel = format!("D{}", &someone.hands.id()[1..]);
    let calls = world.sandbox.calls();
    calls.iter().filter(|call| call.method == "chat.update" && call.arguments["channel"] == channel.as_str()).count()
}

story!(two_mentors_at_once, |world: Arc<World>| async move {
    let [ada, grace, hedy, linus, lise] = londoners(&world, ["ada", "grace", "hedy", "linus", "lise"]).await;
    knew(&world, &ada, &grace, PairKind::InOrg).await;
    knew(&world, &ada, &hedy, PairKind::Peer).await;
    let text = words(&world);
    asks(&world, &ada, &text, false).await;
    assert_snapshot!(grace.reads_one(), @"
    @ada asks: who can I talk to about …? You may know somebody.
    [Read the ask] [Nominate someone] [I can help myself] [Not this time]
    Until Thursday, March 5th, 2026 at 10:00 AM. “Not this time” needs no reason; @ada is not told who answered what.
    ");
    assert!(hedy.reads_one().starts_with("@ada asks: who can I talk to about"));
    let ask = grace.clicks_and_sees("Read the ask").await;
    assert_snapshot!(hidden(&ask, &text), @"
    # Who can I talk to?
    @ada asks: who can I talk to about …? You may know somebody.
    Topic
    [topic]
    Why
    [why]
    What would help
    [would help]
    In return
    [give back]
    ---
    [Nominate someone] [I can help myself] [Not this time]
    Until Thursday, March 5th, 2026 at 10:00 AM. “Not this time” needs no reason; @ada is not told who answered what.
    [Close]
    ");
    assert_snapshot!(grace.clicks_and_sees("Nominate someone").await, @"
    # Nominate someone
    Who could @ada talk to? They are asked first, and @ada learns their name only if they say yes. You read no more about it unless it works out.
    Somebody in Slack (optional): ____
    Or somebody outside: then you get a letter to send them, and they answer you.
    Their name (optional): ____
    Their e-mail address (optional): ____
    A line for them (optional): ____
      (Why them? Whoever you name reads it together with the ask.)
    [Cancel] [Nominate]
    ");
    let line = world.secret("she ran three of them");
    grace.chooses("Somebody in Slack", "@linus").await;
    grace.fills("A line for them", &line).await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    assert!(grace.hands.modal().is_none(), "every modal is closed");
    assert_snapshot!(grace.latest(), @"
    You named @linus for @ada. If it works out, names meet in a conversation with you.
    [Nominate one more] [Read the ask]
    ");
    assert_snapshot!(grace.home().await.split("Settings").next().unwrap(), @"
    What waits for me
    Nothing. Enjoy your day.
    ---
    Asks and introductions
    [Who can I talk to about…]
    You named @linus for @ada. If it works out, names meet in a conversation with you.
    [Read the ask]
    ---
    My mentors, mentees and peers
    Nobody yet. Somebody outside your team, with whom nothing is at stake, is best.
    [Find a mentor] [Ask somebody to mentor me] [Ask my manager to suggest someone] [Add an outside mentor] [Past pairs]
    ---
    ");

    // Hedy names Lise, from her Home. Linus was named first and is asked; Lise waits, and nobody can see that.
    assert_snapshot!(hedy.types("/mentor").await, @"
    What waits for you
    @ada asks: who can I talk to about …? You may know somebody. Please answer by Thursday, March 5th, 2026 at 10:00 AM.
    [Read the ask] [Nominate someone] [I can help myself] [Not this time]
    `/mentor help` shows the commands; the Home tab shows everything.
    ");
    hedy.home().await;
    hedy.clicks_on_home("Nominate someone").await;
    hedy.modal().await;
    hedy.chooses("Somebody in Slack", "@lise").await;
    assert_eq!(hedy.submits().await, SubmitOutcome::Closed);
    assert_eq!(
        hedy.latest().to_string().replace("@lise", "@linus"),
        grace.latest().to_string(),
        "one who waits looks like one who is asked"
    );
    assert_snapshot!(linus.reads_one(), @"
    @ada asks: who can I talk to about …? It comes to you through @grace, who thought of you.
    [Read what it is about] [Happy to] [Not now] [Please don't ask me again]
    Until Thursday, March 5th, 2026 at 10:00 AM. @ada has not seen your name, and will not unless you say yes. “Not now” needs no reason, and nobody is told.
    ");
    assert!(lise.reads().is_empty());
    let about = linus.clicks_and_sees("Read what it is about").await;
    assert_snapshot!(hidden(&about, &text).replace(&line, "[line]"), @"
    # Who can I talk to?
    @ada asks: who can I talk to about …? It comes to you through @grace, who thought of you.
    Topic
    [topic]
    Why
    [why]
    What would help
    [would help]
    In return
    [give back]
    A line with it, from @grace
    [line]
    ---
    [Happy to] [Not now] [Please don't ask me again]
    Until Thursday, March 5th, 2026 at 10:00 AM. @ada has not seen your name, and will not unless you say yes. “Not now” needs no reason, and nobody is told.
    [Close]
    ");
    linus.closes().await;

    let before = (grace.latest(), hedy.latest(), grace.home().await, hedy.home().await, ada.home().await);
    let touched = [&ada, &grace, &hedy].map(|one| redrawn(&world, one));
    linus.clicks("Not now").await;
    assert_snapshot!(linus.latest(), @"Not now. Nobody is told.");
    assert_snapshot!(lise.reads_one(), @"
    @ada asks: who can I talk to about …? It comes to you through @hedy, who thought of you.
    [Read what it is about] [Happy to] [Not now] [Please don't ask me again]
    Until Thursday, March 5th, 2026 at 10:00 AM. @ada has not seen your name, and will not unless you say yes. “Not now” needs no reason, and nobody is told.
    ");
    let after = (grace.latest(), hedy.latest(), grace.home().await, hedy.home().await, ada.home().await);
    assert_eq!(before, after, "nobody can see that somebody declined");
    assert_eq!(touched, [&ada, &grace, &hedy].map(|one| redrawn(&world, one)), "not even that something changed");
    assert!(ada.reads().is_empty());

    lise.clicks_and_sees("Read what it is about").await;
    lise.clicks("Happy to").await;
    assert_snapshot!(lise.modal_with("Happy to.").await, @"
    # Who can I talk to?
    Happy to. You and @ada have each other’s names now. Thank you!
    [Close]
    ");
    lise.closes().await;
    assert_snapshot!(lise.latest(), @"Happy to. You and @ada have each other’s names now. Thank you!");
    assert_snapshot!(hedy.latest(), @"It worked out for @ada: names have met, through you. Thank you!");
    assert_snapshot!(grace.latest(), @"This is over; thank you.");
    ada.reads();
});

story!(who_cannot_be_named, |world: Arc<World>| async move {
    let [ada, grace, boss, aide, chief, linus] =
        londoners(&world, ["ada", "grace", "boss", "aide", "chief", "linus"]).await;
    world.joins(NewPerson::bot("polly", "Polly")).await;
    world.joins(NewPerson::guest("gina", "Gina", "Europe/London")).await;
    world.joins(NewPerson::deactivated("dora", "Dora", "Europe/London")).await;
    // Ada reports to boss, aide to Ada; Grace reports to chief.
    reports(&world, &[("ada", "boss"), ("aide", "ada"), ("grace", "chief"), ("linus", "")]).await;
    knew(&world, &ada, &grace, PairKind::InOrg).await;
    let text = words(&world);
    asks(&world, &ada, &text, false).await;
    grace.reads_one();
    grace.clicks_and_sees("Nominate someone").await;
    let mut said = Vec::new();
    for whom in ["@ada", "@grace", "@polly", "@gina", "@dora", "@boss", "@aide", "@chief"] {
        grace.chooses("Somebody in Slack", whom).await;
        let SubmitOutcome::Errors(errors) = grace.submits().await else { panic!("{whom} cannot be named") };
        said.push(format!("{whom}: {}", errors.values().next().unwrap()));
    }
    assert_snapshot!(said.join("\n"), @"
    @ada: ada is the one who asks. Choose somebody else.
    @grace: That is you. Choose somebody else, or close this and click “I can help myself”.
    @polly: polly is an app, not a person. Choose a person.
    @gina: gina is a guest here, and sees few people. Write to them yourself, or name them below with their e-mail address.
    @dora: dora’s account is switched off. Choose somebody else.
    @boss: boss is in the reporting line of ada or of you, or next to it, and nobody is introduced along that line. Choose somebody outside it. Nobody is told.
    @aide: aide is in the reporting line of ada or of you, or next to it, and nobody is introduced along that line. Choose somebody outside it. Nobody is told.
    @chief: chief is in the reporting line of ada or of you, or next to it, and nobody is introduced along that line. Choose somebody outside it. Nobody is told.
    ");
    // Somebody in Slack and somebody outside at once; half of somebody outside; no address.
    grace.chooses("Somebody in Slack", "@linus").await;
    let mut said = Vec::new();
    grace.fills("Their name", "Jane Doe").await;
    for (name, email) in
        [("Jane Doe", "jane@example.org"), ("Jane Doe", ""), ("", "jane@example.org"), ("Jane Doe", "jane")]
    {
        grace.fills("Their name", name).await;
        grace.fills("Their e-mail address", email).await;
        let SubmitOutcome::Errors(errors) = grace.submits().await else { panic!("{name} {email}") };
        said.push(format!("{errors:?}"));
    }
    assert_snapshot!(said.join("\n"), @r#"
    {"Somebody in Slack": "Name one at a time: somebody in Slack, or somebody outside. Empty the other fields; you can nominate one more later."}
    {"Their e-mail address": "Add their e-mail address, such as jane@example.org."}
    {"Their name": "Add their name."}
    {"Their e-mail address": "That is not an e-mail address. It looks like jane@example.org: a name, one @, and a domain with a dot."}
    "#);
    grace.closes().await;
    grace.clicks_and_sees("Nominate someone").await;
    let SubmitOutcome::Errors(errors) = grace.submits().await else { panic!("nobody is named") };
    assert_snapshot!(format!("{errors:?}"), @r#"{"Somebody in Slack": "Choose somebody in Slack, or write the name and the address of somebody outside below."}"#);
    grace.chooses("Somebody in Slack", "@linus").await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    linus.reads_one();
    // The same one twice, and more than three.
    grace.clicks_and_sees("Nominate one more").await;
    grace.chooses("Somebody in Slack", "@linus").await;
    let SubmitOutcome::Errors(errors) = grace.submits().await else { panic!("twice") };
    assert_snapshot!(format!("{errors:?}"), @r#"{"Somebody in Slack": "You named them already. Choose somebody else."}"#);
    grace.closes().await;
    let old = grace.latest();
    for (name, email) in [("Jane Doe", "jane@example.org"), ("Joan Doe", "joan@example.org")] {
        grace.clicks_and_sees("Nominate one more").await;
        grace.fills("Their name", &world.secret(name)).await;
        grace.fills("Their e-mail address", email).await;
        assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    }
    assert_snapshot!(grace.latest(), @"
    You named @linus, somebody outside and somebody outside for @ada. If it works out, names meet in a conversation with you.
    [Read the ask]
    ");
    grace.clicks_old(&old, "Nominate one more").await;
    grace.is_told("that is the most").await;
    for nobody in [&boss, &aide, &chief, &ada] {
        assert!(nobody.reads().is_empty(), "nobody is told");
    }
    linus.clicks("Happy to").await;
    ada.reads();
});

story!(passed_on_one_step, |world: Arc<World>| async move {
    let [ada, hedy, grace, linus, boss] = londoners(&world, ["ada", "hedy", "grace", "linus", "boss"]).await;
    reports(&world, &[("ada", "boss")]).await;
    // Hedy mentored Ada; Grace and Ada's boss mentored Hedy, and Hedy is on a list of Marie's, who did, too.
    knew(&world, &ada, &hedy, PairKind::InOrg).await;
    knew(&world, &hedy, &grace, PairKind::InOrg).await;
    knew(&world, &hedy, &boss, PairKind::InOrg).await;
    let [marie, lise] = londoners(&world, ["marie", "lise"]).await;
    knew(&world, &hedy, &marie, PairKind::Peer).await;
    knew(&world, &grace, &lise, PairKind::InOrg).await;
    marie.types_and_sees("/mentor profile").await;
    marie.chooses("Not with …", "@ada").await;
    marie.submits().await;
    marie.closes().await;
    let text = words(&world);
    asks(&world, &ada, &text, true).await;
    assert!(hedy.reads_one().contains("[Pass on to my mentors]"));
    // Her boss cannot get it, and is not shown; Marie never gets it, which nobody can see.
    assert_snapshot!(hedy.clicks_and_sees("Pass on to my mentors").await, @"
    # Pass on to my mentors
    These read what @ada wrote, and that it comes through you: @grace, @marie.
    They can name somebody or help themselves; they cannot pass it on again. You stay the link: when names meet, you are part of it.
    [Pass it on]
    [Close]
    ");
    let first = hedy.latest();
    hedy.clicks("Pass it on").await;
    assert_snapshot!(hedy.modal_with("You passed on").await, @"
    # Who can I talk to?
    You passed on what @ada asks. If it works out, names meet in a conversation with you.
    [Close]
    ");
    hedy.closes().await;
    assert_snapshot!(hedy.latest(), @"You passed on what @ada asks. If it works out, names meet in a conversation with you.");
    assert_snapshot!(grace.reads_one(), @"
    @ada asks: who can I talk to about …? @hedy, whom they asked, passes it on to you.
    [Read the ask] [Nominate someone] [I can help myself] [Not this time]
    Until Thursday, March 5th, 2026 at 10:00 AM. “Not this time” needs no reason; @ada is not told who answered what.
    ");
    assert!(marie.reads().is_empty() && boss.reads().is_empty() && lise.reads().is_empty());
    hedy.clicks_old(&first, "Pass on to my mentors").await;
    hedy.is_told("You passed on what").await;
    // Two steps are refused: there is no button, and one that is made up says why.
    assert!(!grace.latest().to_string().contains("Pass on"));
    let mine = grace.latest().blocks.to_string();
    let id = mine.split("\"value\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let click = serde_json::json!({ "type": "block_actions",
        "actions": [{ "type": "button", "action_id": "pass_it_on", "block_id": "b", "value": id }] });
    let _ = world.during(grace.hands.forges(click)).await;
    assert!(lise.reads().is_empty());
    names(&grace, "Nominate someone", "@linus").await;
    assert_snapshot!(linus.reads_one(), @"
    @ada asks: who can I talk to about …? It comes to you through @grace, to whom @hedy passed it on, and who thought of you.
    [Read what it is about] [Happy to] [Not now] [Please don't ask me again]
    Until Thursday, March 5th, 2026 at 10:00 AM. @ada has not seen your name, and will not unless you say yes. “Not now” needs no reason, and nobody is told.
    ");
    linus.clicks("Happy to").await;
    assert_snapshot!(hedy.latest(), @"It worked out for @ada: names have met, through you. Thank you!");
    assert_snapshot!(grace.latest(), @"It worked out for @ada: names have met, through you. Thank you!");
    ada.reads();
});

story!(not_to_be_passed_on, |world: Arc<World>| async move {
    let [ada, hedy, grace] = londoners(&world, ["ada", "hedy", "grace"]).await;
    knew(&world, &ada, &hedy, PairKind::InOrg).await;
    knew(&world, &hedy, &grace, PairKind::InOrg).await;
    asks(&world, &ada, &words(&world), false).await;
    assert!(!hedy.reads_one().contains("Pass on"));
    hedy.clicks("Not this time").await;
    assert_snapshot!(hedy.latest(), @"Not this time. @ada is not told who answered what.");
    assert!(grace.reads().is_empty() && ada.reads().is_empty());
});

story!(somebody_it_was_passed_on_to_helps, |world: Arc<World>| async move {
    let [ada, hedy, grace] = londoners(&world, ["ada", "hedy", "grace"]).await;
    knew(&world, &ada, &hedy, PairKind::InOrg).await;
    knew(&world, &hedy, &grace, PairKind::InOrg).await;
    asks(&world, &ada, &words(&world), true).await;
    hedy.reads_one();
    hedy.clicks_and_sees("Pass on to my mentors").await;
    hedy.clicks("Pass it on").await;
    hedy.modal_with("You passed on").await;
    hedy.closes().await;
    grace.reads_one();
    grace.clicks("I can help myself").await;
    assert_snapshot!(grace.latest(), @"You and @ada have each other’s names now. Thank you!");
    assert_snapshot!(hedy.latest(), @"It worked out for @ada: names have met, through you. Thank you!");
    ada.reads();
});

story!(a_mentor_helps, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let [hedy] = londoners(&world, ["hedy"]).await;
    knew(&world, &ada, &hedy, PairKind::InOrg).await;
    let text = words(&world);
    asks(&world, &ada, &text, false).await;
    hedy.reads_one();
    world.advance_to(at("2026-03-02T14:30:00Z")).await;
    grace.reads_one();
    grace.clicks("I can help myself").await;
    assert_snapshot!(grace.latest(), @"You can help yourself: it is on your next agenda with @ada, who knows.");
    assert_snapshot!(ada.reads_one(), @"
    @grace can help you with what you asked. It is on your next agenda together.
    [Read it]
    ");
    let agenda = ada.types_and_sees("/mentor agenda").await;
    assert!(agenda.contains(text.topic.reveal()), "{agenda}");
    ada.closes().await;
    // It goes on with the others; a mentor of long ago has no agenda with her, and so names meet.
    hedy.clicks("I can help myself").await;
    assert_snapshot!(hedy.latest(), @"You and @ada have each other’s names now. Thank you!");
    assert_snapshot!(grace.latest(), @"You can help yourself: it is on your next agenda with @ada, who knows.");
    ada.reads();
});

story!(declining_and_silence_look_alike, |world: Arc<World>| async move {
    let [ada, lise, grace, hedy, linus, marie] =
        londoners(&world, ["ada", "lise", "grace", "hedy", "linus", "marie"]).await;
    knew(&world, &ada, &grace, PairKind::InOrg).await;
    knew(&world, &lise, &hedy, PairKind::InOrg).await;
    let text = words(&world);
    for asker in [&ada, &lise] {
        asks(&world, asker, &text, true).await;
    }
    for (mentor, nominee) in [(&grace, "@linus"), (&hedy, "@marie")] {
        mentor.reads_one();
        names(mentor, "Nominate someone", nominee).await;
    }
    linus.reads_one();
    marie.reads_one();
    linus.clicks("Not now").await;
    let same = |one: String| one.replace("@lise", "@ada").replace("@marie", "@linus").replace("@hedy", "@grace");
    for _ in 0..26 {
        world.advance(TimeDelta::hours(14)).await;
        assert_eq!(ada.home().await, same(lise.home().await));
        assert_eq!(ada.reads(), lise.reads());
        assert_eq!(grace.home().await, same(hedy.home().await));
        let [with, without] = [grace.latest().to_string(), same(hedy.latest().to_string())];
        assert_eq!(with, without);
        assert_eq!((grace.reads(), hedy.reads()), (Vec::new(), Vec::new()));
    }
    assert!(linus.reads().is_empty(), "no reminder for who has answered");
    assert_snapshot!(marie.reads_one(), @"The time to answer is over. Nothing more to do.");
    assert_snapshot!(marie.latest(), @"The time to answer is over. Nothing more to do.");
    assert_snapshot!(grace.latest(), @"This is over; thank you.");
});

story!(a_nominee_leaves_in_between, |world: Arc<World>| async move {
    let [ada, grace, linus, lise, marie] = londoners(&world, ["ada", "grace", "linus", "lise", "marie"]).await;
    knew(&world, &ada, &grace, PairKind::InOrg).await;
    asks(&world, &ada, &words(&world), false).await;
    grace.reads_one();
    names(&grace, "Nominate someone", "@linus").await;
    for whom in ["@lise", "@marie"] {
        names(&grace, "Nominate one more", whom).await;
    }
    linus.reads_one();
    let before = grace.latest();
    world.sandbox.deactivate("linus");
    crate::leaving::told(&world, "linus", true).await;
    // Looked at the next day; the next one is asked.
    world.advance(TimeDelta::days(1)).await;
    assert!(lise.reads_one().starts_with("@ada asks: who can I talk to about"));
    assert_eq!(grace.latest().to_string(), before.to_string());
    // Being forgotten moves on at once.
    lise.types_and_sees("/mentor forget me").await;
    lise.fills("Type “forget”", "forget").await;
    lise.submits().await;
    lise.reads();
    assert!(marie.reads_one().starts_with("@ada asks: who can I talk to about"));
    assert!(!grace.latest().to_string().contains("@lise"), "{}", grace.latest());
    assert_snapshot!(grace.latest(), @"
    You named @linus and @marie for @ada. If it works out, names meet in a conversation with you.
    [Nominate one more] [Read the ask]
    ");
    marie.clicks("Happy to").await;
    ada.reads();
});

story!(a_mentor_is_forgotten_in_between, |world: Arc<World>| async move {
    let [ada, grace, hedy, linus, lise] = londoners(&world, ["ada", "grace", "hedy", "linus", "lise"]).await;
    knew(&world, &ada, &grace, PairKind::InOrg).await;
    knew(&world, &ada, &hedy, PairKind::InOrg).await;
    asks(&world, &ada, &words(&world), false).await;
    grace.reads_one();
    hedy.reads_one();
    names(&grace, "Nominate someone", "@linus").await;
    names(&hedy, "Nominate someone", "@lise").await;
    linus.reads_one();
    let old = linus.latest();
    grace.types_and_sees("/mentor forget me").await;
    grace.fills("Type “forget”", "forget").await;
    grace.submits().await;
    grace.reads();
    // Whom she named is not asked any more; whoever Hedy named is.
    assert!(!linus.latest().to_string().contains("@grace"), "{}", linus.latest());
    assert_snapshot!(linus.latest(), @"Somebody asked here whom they could talk to. It is over, and there is nothing to do.");
    linus.clicks_old(&old, "Happy to").await;
    linus.is_told("not here, or not yours").await;
    assert!(lise.reads_one().starts_with("@ada asks: who can I talk to about"));
    lise.clicks("Happy to").await;
    ada.reads();
});

story!(the_org_chart_changes_in_between, |world: Arc<World>| async move {
    let [ada, grace, linus, lise, marie] = londoners(&world, ["ada", "grace", "linus", "lise", "marie"]).await;
    knew(&world, &ada, &grace, PairKind::InOrg).await;
    asks(&world, &ada, &words(&world), false).await;
    grace.reads_one();
    names(&grace, "Nominate someone", "@linus").await;
    for whom in ["@lise", "@marie"] {
        names(&grace, "Nominate one more", whom).await;
    }
    linus.reads_one();
    let before = (grace.latest(), ada.home().await);
    // Linus is asked, Lise waits: both become Ada's bosses.
    reports(&world, &[("ada", "linus"), ("linus", "lise")]).await;
    linus.clicks("Happy to").await;
    assert_snapshot!(linus.latest(), @"That is kind of you, but it does not work out any more. Nothing more to do, and nobody is told. Thank you all the same.");
    assert!(lise.reads().is_empty(), "passed over without a word");
    assert!(marie.reads_one().starts_with("@ada asks: who can I talk to about"));
    assert_eq!((grace.latest(), ada.home().await), before, "and nobody else hears");
    // The same between whoever was named and who named them.
    reports(&world, &[("grace", "marie")]).await;
    marie.clicks("Happy to").await;
    assert!(marie.latest().to_string().contains("does not work out any more"), "{}", marie.latest());
    assert_eq!((grace.latest(), ada.home().await), before);
    assert!(ada.reads().is_empty());
});

story!(opting_out_for_good, |world: Arc<World>| async move {
    let [ada, grace, linus, lise] = londoners(&world, ["ada", "grace", "linus", "lise"]).await;
    knew(&world, &ada, &grace, PairKind::InOrg).await;
    asks(&world, &ada, &words(&world), false).await;
    grace.reads_one();
    names(&grace, "Nominate someone", "@linus").await;
    linus.reads_one();
    linus.home().await;
    let before = grace.latest();
    linus.clicks("Please don't ask me again").await;
    assert_snapshot!(linus.is_told("will not be asked again").await, @"
    You will not be asked again whether you would be introduced to somebody. This one counts as “Not now”, and nobody is told.
    You can change it at any time in your profile.
    [My profile]
    ");
    assert_snapshot!(linus.latest(), @"Not now. Nobody is told.");
    assert!(linus.home().await.contains("Introductions: off; nobody asks you to be introduced."));
    assert_eq!(grace.latest(), before);
    // Named again for another ask: accepted without a word, and the next one is asked.
    asks(&world, &lise, &words(&world), false).await;
    knew(&world, &lise, &grace, PairKind::InOrg).await;
    asks(&world, &lise, &words(&world), false).await;
    grace.reads_one();
    names(&grace, "Nominate someone", "@linus").await;
    assert!(grace.latest().to_string().starts_with("You named @linus for @lise."), "{}", grace.latest());
    assert!(linus.reads().is_empty());
    // And back, in the profile.
    linus.types_and_sees("/mentor profile").await;
    linus.chooses("Asked to be introduced at most", "Once a month").await;
    linus.submits().await;
    assert!(linus.modal().await.contains("Introductions: off; you are asked at most once a month."));
    linus.closes().await;
});

story!(as_often_a_month_as_they_like, |world: Arc<World>| async move {
    let [ada, lise, grace, linus, marie] = londoners(&world, ["ada", "lise", "grace", "linus", "marie"]).await;
    knew(&world, &ada, &grace, PairKind::InOrg).await;
    knew(&world, &lise, &grace, PairKind::InOrg).await;
    linus.types_and_sees("/mentor profile").await;
    linus.chooses("Asked to be introduced at most", "Once a month").await;
    linus.submits().await;
    linus.closes().await;
    asks(&world, &ada, &words(&world), false).await;
    asks(&world, &lise, &words(&world), false).await;
    let asked = grace.reads();
    assert_eq!(asked.len(), 2, "{asked:?}");
    // Lise's first: it is the newest message.
    names(&grace, "Nominate someone", "@linus").await;
    names(&grace, "Nominate someone", "@linus").await;
    assert_eq!(linus.reads().len(), 1, "once a month");
    // For the ask for which Linus could not be asked, too, nobody can tell; the next one is asked for it.
    names(&grace, "Nominate one more", "@marie").await;
    linus.clicks("Not now").await;
    let [first, second] = [grace.hands.dms()[0].to_string(), grace.hands.dms()[1].to_string()];
    assert!([&first, &second].iter().all(|told| told.starts_with("You named @linus")), "{first}\n{second}");
    assert_eq!(marie.reads().len(), 1);
});

story!(two_clicks_at_one_moment, |world: Arc<World>| async move {
    let [ada, grace, hedy, linus, lise] = londoners(&world, ["ada", "grace", "hedy", "linus", "lise"]).await;
    knew(&world, &ada, &grace, PairKind::InOrg).await;
    knew(&world, &ada, &hedy, PairKind::InOrg).await;
    asks(&world, &ada, &words(&world), true).await;
    grace.reads_one();
    hedy.reads_one();
    // Both help at the same moment: one does, the other reads what is, or that it could not be saved.
    let both = async { tokio::join!(grace.hands.clicks("I can help myself"), hedy.hands.clicks("I can help myself")) };
    let (one, other) = world.during(both).await;
    one.unwrap();
    other.unwrap();
    let mut shown = [grace.latest().to_string(), hedy.latest().to_string()];
    shown.sort();
    assert_snapshot!(shown.join("\n"), @"
    This is over; thank you.
    You and @ada have each other’s names now. Thank you!
    ");
    assert_eq!(met_in_groups(&ada), 1, "names meet once");
    assert!(ada.reads().is_empty());
    // One person's two clicks at one moment.
    knew(&world, &lise, &linus, PairKind::InOrg).await;
    asks(&world, &lise, &words(&world), true).await;
    linus.reads_one();
    let both = async { tokio::join!(linus.hands.clicks("Not this time"), linus.hands.clicks("I can help myself")) };
    let (one, other) = world.during(both).await;
    one.unwrap();
    other.unwrap();
    let shown = linus.latest().to_string();
    assert!(shown.starts_with("Not this time.") || shown.starts_with("You and @lise"), "{shown}");
    lise.reads();
});

story!(guests_and_mentors_outside_do_it_with_buttons, |world: Arc<World>| async move {
    let [ada, linus] = londoners(&world, ["ada", "linus"]).await;
    let gina = world.joins(NewPerson::guest("gina", "Gina", "Europe/London")).await;
    let marie = crate::outside::marie(&world, true).await;
    ada.asks(&marie, &world.secret("research")).await;
    marie.reads_one();
    marie.clicks("Not now").await;
    knew(&world, &ada, &gina, PairKind::InOrg).await;
    knew(&world, &ada, &marie, PairKind::External).await;
    let text = words(&world);
    asks(&world, &ada, &text, false).await;
    gina.reads_one();
    marie.reads_one();
    names(&marie, "Nominate someone", "@linus").await;
    linus.reads_one();
    linus.clicks("Not now").await;
    assert!(gina.clicks_and_sees("Read the ask").await.contains(text.topic.reveal()));
    gina.clicks("Not this time").await;
    gina.modal_with("Not this time. ").await;
    gina.closes().await;
});

story!(forged_clicks_on_asks, |world: Arc<World>| async move {
    let [ada, grace, hedy, linus] = londoners(&world, ["ada", "grace", "hedy", "linus"]).await;
    knew(&world, &ada, &grace, PairKind::InOrg).await;
    knew(&world, &grace, &hedy, PairKind::InOrg).await;
    asks(&world, &ada, &words(&world), true).await;
    grace.reads_one();
    names(&grace, "Nominate someone", "@linus").await;
    linus.reads_one();
    let ids = ids_on_screens(&world);
    assert!(ids.len() >= 2, "a request and a nomination: {ids:?}");
    let before = (ada.home().await, grace.home().await, linus.home().await, world.outbox().await);
    let private = private_bytes_shown(&world);
    let mallory = world.joins(NewPerson::member("mallory", "Mallory", "Europe/London")).await;
    let stranger = world.lives_here(NewPerson::stranger("marie", "Marie Curie", "Europe/Paris"));
    for (intruder, may_ask) in [(&mallory, true), (&stranger, false)] {
        forges_everything(&world, intruder, &ids, may_ask).await;
    }
    // The asker reads no request of theirs, whoever named somebody does not answer for them, nor the other way round.
    for (insider, buttons) in [
        (
            &ada,
            &[
                "read_ask",
                "nominate",
                "help_myself",
                "pass_it_on",
                "not_this_time",
                "read_about",
                "happy_to",
                "not_now_to_meet",
                "never_introduce",
            ][..],
        ),
        (&grace, &["read_about", "happy_to", "not_now_to_meet", "never_introduce"][..]),
        (&linus, &["read_ask", "nominate", "help_myself", "pass_on", "pass_it_on", "not_this_time"][..]),
    ] {
        for (button, id) in buttons.iter().flat_map(|button| ids.iter().map(move |id| (button, id))) {
            let click = serde_json::json!({ "type": "block_actions",
                "actions": [{ "type": "button", "action_id": button, "block_id": "b", "value": id }] });
            let _ = world.during(insider.hands.forges(click)).await;
        }
    }
    assert_eq!(private_bytes_shown(&world), private, "somebody saw what is not theirs");
    assert_eq!((ada.home().await, grace.home().await, linus.home().await, world.outbox().await), before);
    linus.clicks("Not now").await;
});

story!(people_of_ones_own_network_are_suggested, |world: Arc<World>| async move {
    let [ada, grace, lise, ..] = londoners(&world, ["ada", "grace", "lise", "boss", "linus"]).await;
    reports(&world, &[("ada", "boss")]).await;
    knew(&world, &ada, &grace, PairKind::InOrg).await;
    for whom in ["@lise", "@boss", "@linus", "Jane Doe jane@example.org"] {
        grace.types_and_sees(&format!("/mentor network {whom}")).await;
        let topics = if whom == "@linus" { "gardening" } else { "pricing" };
        grace.fills("What they could help with", topics).await;
        grace.submits().await;
        grace.closes().await;
    }
    let topic = PrivateText::typed("pricing").unwrap();
    asks(&world, &ada, &AskText { topic, why: None, would_help: None, give_back: None }, false).await;
    grace.reads_one();
    // Whom rule 1 keeps apart is not there, nor who is noted for something else.
    assert_snapshot!(grace.clicks_and_sees("Read the ask").await, @"
    # Who can I talk to?
    @ada asks: who can I talk to about …? You may know somebody.
    Topic
    pricing
    ---
    People you know who could fit. Only you see this.
    Jane Doe: you noted pricing.
    [Nominate]
    @lise: you noted pricing.
    [Nominate]
    ---
    [Nominate someone] [I can help myself] [Not this time]
    Until Thursday, March 5th, 2026 at 10:00 AM. “Not this time” needs no reason; @ada is not told who answered what.
    [Close]
    ");
    let form = grace.clicks_and_sees("Nominate").await;
    let outside = form.contains("Their name (optional): Jane Doe") && form.contains("jane@example.org");
    assert!(outside || form.contains("Somebody in Slack (optional): @lise"), "{form}");
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    let named = grace.latest().to_string();
    assert!(named.contains(if outside { "somebody outside" } else { "@lise" }), "{named}");
    // Whoever was named is suggested no more.
    let ask = grace.clicks_and_sees("Read the ask").await;
    assert_eq!(ask.matches("you noted pricing").count(), 1, "{ask}");
    grace.closes().await;
    if !outside {
        lise.reads_one();
    }
    grace.reads();
});
