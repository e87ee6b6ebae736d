//! "Who can I talk to about …?", as who asks sees it: the form and what others will see, every way it ends, and what came of it.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use insta::assert_snapshot;
use mentor::domain::identifiers::NominationId;
use mentor::domain::introductions::{Introduction, Nominee};
use mentor::domain::people::Person;
use mentor::domain::reminders::MessageKind;
use mentor::domain::reminders_introduction::IntroductionOfPeople;
use mentor::jobs::tidy;
use mentor::render::controls::{self, forms};
use mentor::store::outbox::queue;
use mentor::store::{asks, introductions, people, screens};
use serde_json::json;
use slack_sandbox::{NewPerson, SubmitOutcome};

use crate::permissions::{ids_on_screens, private_bytes_shown};
use crate::support::{Someone, World, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Ada, whose mentor Grace is at work, too: it is ten in New York.
async fn at_noon(world: &Arc<World>) -> (Someone, Someone) {
    let both = world.a_pair().await;
    world.advance_to(at("2026-03-02T15:00:00Z")).await;
    both
}

async fn person(world: &World, someone: &Someone) -> Person {
    let mut tx = world.app.speaker.ctx.db.read().await.unwrap();
    people::find_user(&mut tx, someone.hands.id()).await.unwrap().unwrap()
}

/// Fills in the topic of the open form and sends it; what others will see, and that it is sent.
async fn sends(asker: &Someone, topic: &str) -> (String, String) {
    asker.fills("Topic", topic).await;
    let SubmitOutcome::Pushed(preview) = asker.submits().await else { panic!("what others will see") };
    let SubmitOutcome::Updated(sent) = asker.submits().await else { panic!("that it is sent") };
    asker.closes().await;
    assert!(asker.hands.modal().is_none(), "the form closes with it");
    (preview.to_string(), sent.to_string())
}

/// Asks about a topic, by the command without one.
async fn asks_about(asker: &Someone, topic: &str) -> (String, String) {
    asker.types_and_sees("/mentor who").await;
    sends(asker, topic).await
}

/// Somebody of whom the asker is a mentee; everything said until then has been read.
async fn mentors(world: &Arc<World>, mentor: &Someone, mentee: &Someone, day: &str) {
    mentee.asks(mentor, &world.secret("growing")).await;
    mentor.reads();
    mentor.accepts(day, "10:00", "30 minutes").await;
    world.sign(mentee, mentor).await;
}

/// Everything said to somebody, but nothing about asks.
fn reads_all(people: &[&Someone]) {
    for someone in people {
        someone.reads();
    }
}

/// The latest ask of somebody is changed, as a mentor or somebody who was named would.
async fn changed(
    world: &World,
    asker: &Someone,
    change: impl FnOnce(&mut Introduction, &World),
) -> IntroductionOfPeople {
    let asker = person(world, asker).await;
    let ctx = &world.app.speaker.ctx;
    let mut tx = ctx.db.begin().await.unwrap();
    let mut of = asks::latest(&mut tx, asker.id, 1).await.unwrap().pop().unwrap();
    change(&mut of.introduction, world);
    introductions::save(&mut tx, &mut of, Some(world.now())).await.unwrap();
    screens::refresh_introduction(&mut tx, &of.introduction, world.now()).await.unwrap();
    tx.commit().await.unwrap();
    world.settle().await;
    of
}

/// A mentor who was asked says: not this time.
async fn declines(world: &World, asker: &Someone, mentor: &Someone) {
    let mentor = person(world, mentor).await.id;
    changed(world, asker, |ask, _| {
        let request = ask.request_of(mentor).unwrap().id;
        ask.decline(request).unwrap();
    })
    .await;
}

/// A mentor names somebody, who agrees; the two (three) have met.
async fn brings_together(world: &World, asker: &Someone, mentor: &Someone, whom: &Someone) {
    let (mentor, whom) = (person(world, mentor).await.id, person(world, whom).await.id);
    changed(world, asker, |ask, world| {
        let request = ask.request_of(mentor).unwrap().id;
        let id = NominationId(world.app.speaker.ctx.ids.opaque());
        ask.nominate(request, id, Nominee::Person(whom), None, world.now()).unwrap();
        ask.ask_nominee(id, world.now() + TimeDelta::days(3), world.now());
        ask.agree(id, world.now()).unwrap();
    })
    .await;
}

story!(an_ask_from_the_sentence_to_the_end_of_its_time, |world: Arc<World>| async move {
    let (ada, grace) = at_noon(&world).await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    mentors(&world, &lise, &ada, "Friday").await;
    reads_all(&[&ada, &grace, &lise]);

    assert_snapshot!(ada.types_and_sees("/mentor who can I talk to about pricing experiments?").await, @"
    # Who can I talk to?
    Your mentors and peers are asked whom you could talk to. You hear a name only once that person has said yes.
    Topic: pricing experiments
      (A few words: pricing experiments, Kubernetes, giving hard feedback.)
    Why (optional): ____
      (What you are at, in a sentence or two.)
    What would help (optional): ____
      (Half an hour, a look at a draft, how others did it.)
    What I can give back (optional): ____
      (It makes a yes easier.)
    How far it may go (optional): [ ] May be passed on one step further, to mentors of my mentors
    Nothing is sent yet: next you see exactly what others will see.
    [Cancel] [Preview]
    ");
    let secrets = ["prices", "we double prices", "half an hour", "our dashboards"].map(|about| world.secret(about));
    let [topic, why, help, give] = &secrets;
    ada.fills("Topic", topic).await;
    ada.fills("Why", why).await;
    ada.fills("What would help", help).await;
    ada.fills("What I can give back", give).await;
    ada.chooses("How far it may go", "May be passed on one step further, to mentors of my mentors").await;
    let SubmitOutcome::Pushed(preview) = ada.submits().await else { panic!("what others will see") };
    let hidden = |mut text: String| {
        for (secret, name) in secrets.iter().zip(["[topic]", "[why]", "[help]", "[give]"]) {
            text = text.replace(secret, name);
        }
        text
    };
    assert_snapshot!(hidden(preview.to_string()), @"
    # What others will see
    Nothing has been sent yet. This is what others will see:
    ---
    @ada asks whom they can talk to.
    Topic
    [topic]
    Why
    [why]
    What would help
    [help]
    In return
    [give]
    ---
    Who sees it
    @grace and @lise, and everybody they name: one after another is asked, and you hear a name once that person has said yes. It may be passed on to mentors of theirs, one step. If none of them knows somebody, people who offer this topic and are open to introductions are asked, one after another.
    You hear by Monday, March 16th, 2026 at 3:00 PM at the latest. When names meet, the words above stand in the group message. Who could not help is told to nobody.
    [Back] [Send it]
    ");
    // Back, with everything still there; nothing was sent.
    ada.closes().await;
    let form = ada.modal().await;
    assert!(secrets.iter().all(|secret| form.contains(secret)), "{form}");
    assert_eq!((grace.reads(), lise.reads()), (Vec::new(), Vec::new()));
    ada.submits().await;
    let SubmitOutcome::Updated(sent) = ada.submits().await else { panic!("that it is sent") };
    assert_snapshot!(sent, @"
    # Sent
    Your ask is out. You hear by Monday, March 16th, 2026 at 3:00 PM at the latest, and at once when somebody would like to talk to you.
    It stands on the Home tab, where you can read it or withdraw it at any time.
    [Close]
    ");
    ada.closes().await;
    assert!(ada.hands.modal().is_none(), "the form closes with it");

    let home = ada.home().await;
    let section = home.split("Asks and introductions").nth(1).unwrap().split("---").next().unwrap();
    assert_snapshot!(hidden(section.to_owned()), @"

    [topic]
    Asked March 2nd, 2026 · you hear by Monday, March 16th, 2026 at 3:00 PM at the latest
    [Read it] [Withdraw]
    [Who can I talk to about…]
    ");
    assert_snapshot!(ada.types("/mentor").await.lines().filter(|line| !line.contains("agenda")).collect::<Vec<_>>().join("\n"), @"
    You asked whom you can talk to; you hear by Monday, March 16th, 2026 at 3:00 PM at the latest.
    [Read it]
    What waits for you
    [Prepare]
    [Prepare]
    `/mentor help` shows the commands; the Home tab shows everything.
    ");
    ada.clicks_on_home("Read it").await;
    assert_snapshot!(hidden(ada.modal().await), @"
    # Your ask
    Topic
    [topic]
    Why
    [why]
    What would help
    [help]
    In return
    [give]
    ---
    Asked March 2nd, 2026 · you hear by Monday, March 16th, 2026 at 3:00 PM at the latest
    It may be passed on one step further.
    [Withdraw]
    [Close]
    ");
    ada.closes().await;
    assert!(grace.reads().len() == 1 && lise.reads().len() == 1, "both are asked at once");

    // Nobody answers. Nothing is said before the ten working days are over, and nothing on Home tells how far it is.
    let open = ada.home().await;
    let open = open.split("Asks and introductions").nth(1).unwrap().split("---").next().unwrap().to_owned();
    assert_eq!(hidden(open), hidden(section.to_owned()));
    world.advance_to(at("2026-03-16T14:59:00Z")).await;
    assert!(!ada.reads().iter().any(|told| told.contains("what you asked")), "not a word before");
    reads_all(&[&grace, &lise]);
    world.advance_to(at("2026-03-16T15:00:30Z")).await;
    let told: Vec<String> = ada.reads().into_iter().filter(|told| told.contains("what you asked")).collect();
    assert_snapshot!(told.join("\n"), @"
    For what you asked, I found nobody this time.
    What else may help
    • Ask in other words: a wider topic, or the one question that matters most.
    • Say what you can give back, if you did not: it makes a yes easier.
    • `/mentor find` shows people who offer a topic and take mentees.
    • Ask again in a month, when others may have time.
    [Ask again] [Find a mentor] [Read it]
    ");
    assert!(ada.hands.notifications().contains(&"Nobody this time for what you asked".to_owned()));
    let again = ada.clicks_and_sees("Ask again").await;
    assert!(secrets.iter().all(|secret| again.contains(secret)), "{again}");
    ada.closes().await;
    let home = ada.home().await;
    let section = home.split("Asks and introductions").nth(1).unwrap().split("---").next().unwrap();
    assert_snapshot!(hidden(section.to_owned()), @"

    [topic]
    Asked March 2nd, 2026 · Nobody this time.
    [Read it] [Ask again]
    [Who can I talk to about…]
    ");
    // In the modal that shows it the form takes its place.
    ada.clicks_on_home("Read it").await;
    ada.modal().await;
    assert_eq!(ada.clicks_and_is_shown("Ask again").await, again);
    ada.closes().await;
    assert!(ada.hands.modal().is_none());
    // For thirty days.
    world.advance_to(at("2026-04-15T15:30:00Z")).await;
    assert!(!ada.home().await.contains(topic));
    reads_all(&[&ada, &grace, &lise]);
});

story!(no_and_silence_read_the_same, |world: Arc<World>| async move {
    // Grace mentors all three. She says no to Ada, nothing to Lise, and wants nothing to do with Max.
    let (ada, grace) = at_noon(&world).await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/London")).await;
    let max = world.joins(NewPerson::member("max", "Max Planck", "Europe/London")).await;
    mentors(&world, &grace, &lise, "Friday").await;
    mentors(&world, &grace, &max, "Wednesday").await;
    grace.types_and_sees("/mentor profile").await;
    grace.chooses("Not with …", "@max").await;
    grace.submits().await;
    grace.closes().await;
    reads_all(&[&ada, &lise, &max, &grace]);
    let mut said = Vec::new();
    for asker in [&ada, &lise, &max] {
        let (preview, sent) = asks_about(asker, "pricing").await;
        let name = format!("@{}", asker.hands.handle());
        said.push((preview.replace(&name, "@me"), sent));
        reads_all(&[asker]);
    }
    assert_eq!(said[0], said[1]);
    assert_eq!(said[0], said[2], "whoever is on her list is told what everybody is told");
    assert_eq!(grace.reads().len(), 2, "she hears of two of them");
    declines(&world, &ada, &grace).await;
    let section =
        |home: String| home.split("Asks and introductions").nth(1).unwrap().split("---").next().unwrap().to_owned();
    let homes = [section(ada.home().await), section(lise.home().await), section(max.home().await)];
    assert_eq!((&homes[0], &homes[0]), (&homes[1], &homes[2]));
    world.advance_to(at("2026-03-16T14:59:00Z")).await;
    let about = |told: Vec<String>| told.into_iter().filter(|told| told.contains("what you asked")).collect::<Vec<_>>();
    for asker in [&ada, &lise, &max] {
        assert_eq!(about(asker.reads()), Vec::<String>::new());
    }
    world.advance_to(at("2026-03-16T15:00:30Z")).await;
    let told = [about(ada.reads()), about(lise.reads()), about(max.reads())];
    assert_eq!(told[0].len(), 1);
    assert_eq!((&told[0], &told[0]), (&told[1], &told[2]));
    grace.reads();
});

story!(asked_from_everywhere, |world: Arc<World>| async move {
    let (ada, grace) = at_noon(&world).await;
    // The shortcut and Home open the empty form, and so does the command without a topic.
    world.during(ada.hands.uses_shortcut("Who can I talk to about…")).await.unwrap();
    let form = ada.modal().await;
    ada.closes().await;
    ada.home().await;
    ada.clicks_on_home("Who can I talk to about…").await;
    assert_eq!(ada.modal().await, form);
    ada.closes().await;
    assert_eq!(ada.types_and_sees("/mentor who").await, form);
    ada.closes().await;

    // A question is kept until it is sent.
    let question = world.secret("how do we set prices");
    assert_snapshot!(ada.types(&format!("/mentor ask {question}?")).await.replace(&question, "[question]"), @"
    A good question for your next meeting. Nobody has seen it yet.
    [Put it on my next agenda] [Find someone to talk to]
    I keep it for a day. To ask somebody to be your mentor, type `/mentor ask @name`.
    ");
    let waiting = ada.hands.ephemerals().last().cloned().unwrap();
    let form = ada.clicks_and_sees("Find someone to talk to").await;
    assert!(form.contains(&question), "{form}");
    ada.closes().await;
    ada.clicks_and_sees("Find someone to talk to").await;
    sends(&ada, "pricing").await;
    assert_eq!(grace.reads().len(), 1);
    ada.clicks_old(&waiting, "Find someone to talk to").await;
    assert_snapshot!(ada.is_told("not kept any more").await, @"That question is not kept any more: it was used already, or is more than a day old. Type `/mentor who <topic>` to ask.");
    ada.clicks_old(&waiting, "Put it on my next agenda").await;
    ada.is_told("That question is not kept any more: it was used already").await;
    // A long one goes where there is room for it, and nothing is lost.
    let long = format!("{} {}", world.secret("who signs what"), "word ".repeat(150).trim());
    ada.types(&format!("/mentor ask {long}")).await;
    let form = ada.clicks_and_sees("Find someone to talk to").await;
    assert!(form.contains(&long), "{form}");
    ada.fills("Topic", "contracts").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("too long for a reason") };
    assert_snapshot!(format!("{errors:?}").replace(char::is_numeric, "#"), @r#"{"Why": "At most ### characters, and this has ###: a few sentences are enough."}"#);
    ada.closes().await;
    // A day later it is forgotten.
    world.advance(TimeDelta::hours(25)).await;
    tidy::tick(&world.app.speaker.ctx).await.unwrap();
    ada.clicks("Find someone to talk to").await;
    assert_eq!(ada.hands.modal().map(|view| view.to_string()), None);
    // Without a mentor there is no agenda to put a question on.
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/London")).await;
    assert_snapshot!(lise.types("/mentor ask how do we set prices?").await, @"You have no mentor yet, so there is no agenda to put it on. To find someone to talk to about it, type `/mentor who <topic>`; to ask somebody to be your mentor, `/mentor ask @name`.");
    reads_all(&[&ada, &grace]);
});

story!(withdrawn_at_any_time, |world: Arc<World>| async move {
    let (ada, grace) = at_noon(&world).await;
    asks_about(&ada, "pricing").await;
    grace.reads_one();
    ada.home().await;
    ada.clicks_on_home("Withdraw").await;
    let home = ada.home().await;
    assert!(home.contains("You withdrew it."), "{home}");
    world.advance(TimeDelta::minutes(1)).await;
    // In the modal that shows it, and once more on a screen that has not refreshed.
    asks_about(&ada, "hiring").await;
    grace.reads_one();
    ada.types("/mentor").await;
    ada.clicks_and_sees("Read it").await;
    assert_snapshot!(ada.clicks_and_is_shown("Withdraw").await, @"
    # Withdrawn
    Nobody is asked any more; whoever was asked sees that there is nothing to do.
    [Close]
    ");
    ada.closes().await;
    let ask = changed(&world, &ada, |_, _| ()).await;
    let click = json!({ "type": "block_actions", "actions": [{ "type": "button",
        "action_id": controls::WITHDRAW_ASK.id, "block_id": "b", "value": ask.introduction.id.to_string() }] });
    let _ = world.during(ada.hands.forges(click)).await;
    assert_snapshot!(ada.modal().await, @"
    # Mentor
    That ask has ended already. You withdrew it.
    [Close]
    ");
    ada.closes().await;
    world.advance_to(at("2026-03-17T10:00:00Z")).await;
    assert!(!ada.reads().iter().any(|told| told.contains("what you asked")), "nothing is owed any more");
    grace.reads();
});

story!(as_many_as_is_good, |world: Arc<World>| async move {
    let (ada, grace) = at_noon(&world).await;
    asks_about(&ada, "Pricing experiments").await;
    // The same once more, in other letters and another order.
    ada.types_and_sees("/mentor who knows experiments: pricing").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("the same") };
    assert_snapshot!(errors["Topic"], @"You have asked about that already, and it is still open: you hear by Monday, 16 March, 15:00. Your asks stand on the Home tab.");
    ada.closes().await;
    asks_about(&ada, "hiring").await;
    assert_snapshot!(ada.types("/mentor who knows SQL").await, @"You have 2 asks open, and that is the most at a time. You hear about the first by Monday, 16 March, 15:00; withdraw one on the Home tab, and you can ask at once.");
    // The form was open already in another window.
    let form = json!({ "type": "view_submission", "view": {
        "id": "Vother", "type": "modal", "callback_id": forms::SEND_ASK, "hash": "1.a",
        "private_metadata": "\u{1e}\u{1e}SQL\u{1e}\u{1e}\u{1e}", "state": { "values": {} } } });
    let answer = world.during(ada.hands.forges(form)).await.unwrap();
    assert!(answer.to_string().contains("You have 2 asks open"), "{answer}");
    for topic in ["SQL", "Kubernetes", "negotiation"] {
        ada.home().await;
        ada.clicks_on_home("Withdraw").await;
        asks_about(&ada, topic).await;
    }
    ada.home().await;
    ada.clicks_on_home("Withdraw").await;
    assert_snapshot!(ada.types("/mentor who knows accounting").await, @"You have asked 5 times in 30 days, and that is the most. You can ask again from Wednesday, 1 April, 16:00.");
    reads_all(&[&grace, &ada]);
    world.advance_to(at("2026-04-01T15:10:30Z")).await;
    asks_about(&ada, "accounting").await;
    reads_all(&[&grace, &ada]);
});

story!(what_is_no_topic, |world: Arc<World>| async move {
    let (ada, grace) = at_noon(&world).await;
    world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/London")).await;
    let mut said = Vec::new();
    for typed in ["x", "!!! ???", &"word ".repeat(60), "me", "@lise", "grace", "ada", "\u{202e}\u{200b}"] {
        ada.types_and_sees("/mentor who").await;
        ada.fills("Topic", typed).await;
        let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("{typed} is no topic") };
        said.push(format!("{}: {}", typed.chars().take(8).filter(char::is_ascii).collect::<String>(), errors["Topic"]));
        ada.closes().await;
    }
    assert_snapshot!(said.join("\n"), @"
    x: One letter says too little: at least 2. Write it out, such as “R programming”.
    !!! ???: I see only signs. Write what you would like to talk about, in a few words.
    word wor: A topic has at most 60 characters, and this has 299. Keep a few words here, and put the rest under “Why”.
    me: That is you. Write what you would like to talk about, in a few words.
    @lise: That is a person. To ask them to be your mentor, type /mentor ask @name. Here, write what you would like to talk about.
    grace: That is a person. To ask them to be your mentor, type /mentor ask @name. Here, write what you would like to talk about.
    ada: That is you. Write what you would like to talk about, in a few words.
    : Write what you would like to talk about, in a few words.
    ");
    assert_snapshot!(ada.types("/mentor who @lise").await, @"That is a person. To ask them to be your mentor, type /mentor ask @name. Here, write what you would like to talk about.");
    assert_snapshot!(ada.types("/mentor who can I ask about @ada?").await, @"That is you. Write what you would like to talk about, in a few words.");
    // What looks like a mark of Slack's is what somebody typed, and stays that.
    ada.types_and_sees("/mentor who knows <!channel> & *bold* `code`").await;
    let SubmitOutcome::Pushed(preview) = ada.submits().await else { panic!("odd, but theirs") };
    assert!(preview.to_string().contains("<!channel> & *bold* `code`"), "{preview}");
    ada.submits().await;
    ada.closes().await;
    assert!(ada.home().await.contains("<!channel> & *bold* `code`"));
    let shown: String = world.sandbox.calls().iter().map(|call| call.arguments.to_string()).collect();
    let marked = |text: &str| shown.match_indices(text).count();
    assert_eq!(marked("<!channel> & *bold* `code`\",\"type\":\"mrkdwn") + marked("mrkdwn\",\"text\":\"<!channel>"), 0);
    assert_eq!(grace.reads().len(), 1);
});

/// Says in the profile what somebody offers, and whether they may be introduced.
async fn offers(someone: &Someone, topic: &str, introductions: bool) {
    someone.types_and_sees("/mentor profile").await;
    someone.fills("What I can help with", topic).await;
    if introductions {
        someone.chooses("Open to introductions", "I may be introduced to others; I am asked each time").await;
    }
    assert!(matches!(someone.submits().await, SubmitOutcome::Updated(_)));
    someone.closes().await;
}

story!(whoever_offers_the_topic_is_asked_one_after_another, |world: Arc<World>| async move {
    let ada = world.joins(NewPerson::member("ada", "Ada Lovelace", "Europe/London")).await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    let hedy = world.joins(NewPerson::member("hedy", "Hedy Lamarr", "Europe/Vienna")).await;
    let grace = world.joins(NewPerson::member("grace", "Grace Hopper", "Europe/London")).await;
    offers(&lise, "pricing", true).await;
    offers(&hedy, "pricing", true).await;
    offers(&grace, "pricing", false).await;
    asks_about(&ada, "pricing").await;
    let (first, second) = if lise.reads().is_empty() { (&hedy, &lise) } else { (&lise, &hedy) };
    assert!(second.reads().is_empty(), "one after another");
    assert_snapshot!(first.latest(), @"
    @ada asks: who can I talk to about …? I ask you because you offer this topic.
    [Read what it is about] [Happy to] [Not now] [Please don't ask me again]
    Until Thursday, March 5th, 2026 at 11:00 AM. @ada has not seen your name, and will not unless you say yes. “Not now” needs no reason, and nobody is told.
    ");
    first.clicks("Not now").await;
    assert!(second.reads_one().contains("because you offer this topic"));
    assert!(ada.reads().is_empty(), "nothing of it is told");
    second.clicks("Happy to").await;
    let groups = ada.hands.group_dms();
    assert_eq!(groups.len(), 1, "names meet");
    assert_eq!(second.hands.group_dms().len(), 1);
    assert!(first.hands.group_dms().is_empty() && grace.hands.group_dms().is_empty());
    assert!(grace.reads().is_empty(), "who is not open to introductions is not asked");
    reads_all(&[&ada, first, second]);
});

story!(without_a_mentor, |world: Arc<World>| async move {
    let ada = world.joins(NewPerson::member("ada", "Ada Lovelace", "Europe/London")).await;
    let hedy = world.joins(NewPerson::guest("hedy", "Hedy Lamarr", "Europe/Vienna")).await;
    let (preview, _) = asks_about(&ada, "pricing").await;
    assert_snapshot!(preview, @"
    # What others will see
    Nothing has been sent yet. This is what others will see:
    ---
    @ada asks whom they can talk to.
    Topic
    pricing
    ---
    Who sees it
    You have no mentor or peer whom I could ask. Instead, people who offer this topic and are open to introductions are asked, one after another.
    You hear by Monday, March 16th, 2026 at 10:00 AM at the latest. When names meet, the words above stand in the group message. Who could not help is told to nobody.
    [Back] [Send it]
    ");
    asks_about(&hedy, "pricing").await;
    assert!(ada.home().await.contains("Asked March 2nd, 2026 · you hear by Monday, March 16th, 2026"));
    world.advance_to(at("2026-03-16T10:00:30Z")).await;
    assert!(ada.reads_one().starts_with("For what you asked, I found nobody this time."));
    hedy.reads_one();
    // Somebody of another organisation does not ask here.
    let marie = crate::outside::marie(&world, true).await;
    let click = json!({ "type": "block_actions", "actions": [{ "type": "button",
        "action_id": controls::WHO.id, "block_id": "b", "value": "" }] });
    let _ = world.during(marie.hands.forges(click)).await;
    assert_snapshot!(marie.modal().await, @"
    # Mentor
    Only people of this workspace can ask for introductions.
    [Close]
    ");
    marie.closes().await;
});

story!(they_talked, |world: Arc<World>| async move {
    let (ada, grace) = at_noon(&world).await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    asks_about(&ada, "pricing").await;
    grace.reads_one();
    brings_together(&world, &ada, &grace, &lise).await;
    assert!(ada.home().await.contains("You met @lise, through @grace."));
    world.advance_to(at("2026-03-09T15:30:00Z")).await;
    let asked = ada.reads().into_iter().find(|told| told.contains("Did you talk?")).unwrap();
    assert_snapshot!(asked, @"
    You met @lise, through @grace. Did you talk?
    [We talked] [Not yet] [No longer needed]
    ");
    let waits = ada.home().await;
    assert!(waits.split("Next meetings").next().unwrap().contains("Did you talk?"), "{waits}");
    assert!(ada.types("/mentor").await.contains("Did you talk?"));
    assert_snapshot!(ada.clicks_and_sees("We talked").await, @"
    # We talked
    What came of it? (optional): ____
      (A sentence is enough, and it may stay empty.)
    @grace will be thanked, and can read what you write here.
    [Cancel] [Send]
    ");
    let outcome = world.secret("a plan for two tests");
    ada.fills("What came of it?", &outcome).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let told = ada.hands.dms().iter().map(ToString::to_string).find(|told| told.starts_with("You talked.")).unwrap();
    assert_snapshot!(told, @"You talked. Thank you for telling! Whoever made it possible hears so.");
    assert!(!ada.home().await.contains("Did you talk?"));
    world.advance_to(at("2026-03-09T16:30:00Z")).await;
    let thanks = grace.reads().into_iter().find(|told| told.contains("Thank you")).unwrap();
    assert_snapshot!(thanks, @"
    @ada and @lise have talked. Thank you for bringing them together!
    [Read what came of it]
    ");
    let read = grace.clicks_and_sees("Read what came of it").await;
    assert_snapshot!(read.replace(&outcome, "[what came of it]"), @"
    # What came of it
    @ada tells what came of it:
    [what came of it]
    [Close]
    ");
    grace.closes().await;
    // Nothing more is asked, and the one who was met is not told.
    world.advance_to(at("2026-03-20T10:30:00Z")).await;
    assert!(!ada.reads().iter().any(|told| told.contains("Did you talk")));
    assert_eq!(lise.reads(), Vec::<String>::new());
    grace.reads();
});

story!(not_yet_is_asked_once_more, |world: Arc<World>| async move {
    let (ada, grace) = at_noon(&world).await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    asks_about(&ada, "pricing").await;
    brings_together(&world, &ada, &grace, &lise).await;
    let of = changed(&world, &ada, |_, _| ()).await;
    owes(&world, &of, MessageKind::NamesMeet, of.introduction.id.0).await;
    world.advance_to(at("2026-03-09T15:30:00Z")).await;
    reads_all(&[&ada, &grace]);
    let first = ada.hands.latest_dm_that(|told| told.to_string().contains("Did you talk?")).unwrap();
    ada.clicks_old(&first, "Not yet").await;
    let told = |part: &'static str| ada.hands.latest_dm_that(move |told| told.to_string().contains(part));
    assert_snapshot!(told("I ask once more").unwrap(), @"
    You have not talked yet. I ask once more in a week; or tell me when you have:
    [We talked]
    ");
    assert!(!ada.home().await.contains("Did you talk?"), "not on Home, either, until then");
    // The group hears a nudge.
    let mut tx = world.app.speaker.ctx.db.read().await.unwrap();
    assert!(queue::is_out(&mut tx, of.introduction.id.0, MessageKind::NamesMeetNudge).await.unwrap());
    drop(tx);
    world.advance_to(at("2026-03-16T15:29:00Z")).await;
    ada.reads();
    world.advance_to(at("2026-03-16T15:31:00Z")).await;
    let asked = ada.reads().into_iter().find(|told| told.contains("Did you talk?")).unwrap();
    assert_snapshot!(asked, @"
    You met @lise, through @grace. Did you talk?
    [We talked] [Not yet] [No longer needed]
    I don't ask again.
    ");
    let second = ada.hands.latest_dm_that(|told| told.to_string().contains("I don't ask again")).unwrap();
    ada.clicks_old(&second, "Not yet").await;
    assert_snapshot!(told("tell me when you have, if you like").unwrap(), @"
    You have not talked yet. I don't ask again; tell me when you have, if you like:
    [We talked]
    ");
    world.advance_to(at("2026-03-31T10:30:00Z")).await;
    assert!(!ada.reads().iter().any(|told| told.contains("Did you talk")), "twice is enough");
    // An old button still says what came of it, once.
    ada.clicks_old(&first, "No longer needed").await;
    assert_snapshot!(told("You need it no longer").unwrap(), @"You need it no longer. That is all right.");
    ada.clicks_old(&first, "We talked").await;
    assert_snapshot!(ada.is_told("told me already").await, @"You have told me already. Thank you!");
    reads_all(&[&grace, &lise]);
});

story!(a_mentor_helps_or_writes_to_somebody_outside, |world: Arc<World>| async move {
    let (ada, grace) = at_noon(&world).await;
    let mentor = person(&world, &grace).await.id;
    asks_about(&ada, "pricing").await;
    let of = changed(&world, &ada, |ask, world| {
        let request = ask.request_of(mentor).unwrap().id;
        ask.help(request, NominationId(world.app.speaker.ctx.ids.opaque()), world.now()).unwrap();
    })
    .await;
    owes(&world, &of, MessageKind::IntroductionHelped, of.introduction.requests[0].id.0).await;
    assert_snapshot!(ada.reads_one(), @"
    @grace can help you with what you asked. It is on your next agenda together.
    [Read it]
    ");
    assert!(ada.home().await.contains("@grace can help you: it is on your next agenda together."));

    world.advance(TimeDelta::minutes(1)).await;
    asks_about(&ada, "contracts").await;
    let name = mentor::domain::private_text::PrivateText::kept(world.secret("Marie"));
    let email = mentor::domain::contacts::EmailAddress::typed("marie@example.org").unwrap();
    let of = changed(&world, &ada, |ask, world| {
        let request = ask.request_of(mentor).unwrap().id;
        let id = NominationId(world.app.speaker.ctx.ids.opaque());
        ask.nominate(request, id, Nominee::Outside { name, email }, None, world.now()).unwrap();
        ask.ask_nominee(id, world.now() + TimeDelta::days(3), world.now());
        ask.written(id, world.now()).unwrap();
    })
    .await;
    owes(&world, &of, MessageKind::IntroductionWritten, of.introduction.id.0).await;
    assert_snapshot!(ada.reads_one(), @"
    @grace has written to somebody outside who may help with what you asked. If they would like to talk, they will write to you.
    [Read it]
    They owe no answer. In a week I ask you what came of it.
    ");
    world.advance_to(at("2026-03-09T15:30:00Z")).await;
    let asked = ada.reads().into_iter().find(|told| told.contains("Did you talk?")).unwrap();
    assert_snapshot!(asked, @"
    Through @grace, somebody outside was written to about what you asked. Did you talk?
    [We talked] [Not yet] [No longer needed]
    ");
    reads_all(&[&grace]);
});

/// Owes the asker news about their ask, as whoever made it happen does.
async fn owes(world: &World, of: &IntroductionOfPeople, kind: MessageKind, subject: uuid::Uuid) {
    let ctx = &world.app.speaker.ctx;
    let mut tx = ctx.db.begin().await.unwrap();
    queue::enqueue(&mut tx, &of.news(kind, subject, world.now()), &ctx.ids, world.now()).await.unwrap();
    tx.commit().await.unwrap();
    world.settle().await;
}

story!(asks_in_an_export_and_when_somebody_is_forgotten, |world: Arc<World>| async move {
    let (ada, grace) = at_noon(&world).await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    asks_about(&ada, &world.secret("prices")).await;
    brings_together(&world, &ada, &grace, &lise).await;
    world.advance(TimeDelta::minutes(1)).await;
    asks_about(&ada, &world.secret("hiring")).await;
    let privacy = ada.types_and_sees("/mentor privacy").await;
    let line = privacy.lines().skip_while(|line| !line.contains("When you ask")).nth(1).unwrap();
    assert_snapshot!(line, @"Read by: @grace, and by everybody they name; if they know nobody, by people who offer the topic and are open to introductions. When names meet it stands in the group message. Who could not help is told to nobody.");
    ada.closes().await;
    ada.types("/mentor export").await;
    let mine = |end: &str| ada.files().into_iter().find(|(_, title, _)| title.ends_with(end)).unwrap().2;
    let document: serde_json::Value = serde_json::from_str(&mine(".json")).unwrap();
    let asks = document["asks"].as_array().unwrap();
    assert_eq!((asks.len(), &asks[0]["state"], &asks[0]["met"]), (2, &json!("met"), &json!("lise")), "{asks:?}");
    assert_eq!((&asks[0]["through"], &asks[1]["state"]), (&json!("grace"), &json!("open")));
    let text = mine(".txt");
    assert!(text.contains("Asked 2 March 2026, 15:00, met lise through grace"), "{text}");

    // Forgotten: whoever was asked sees that there is nothing to do.
    reads_all(&[&ada, &grace]);
    ada.types_and_sees("/mentor forget me").await;
    ada.fills("Type “forget”", "forget").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let requests = grace
        .hands
        .dms()
        .iter()
        .filter(|told| told.to_string().contains("It is over, and there is nothing to do"))
        .count();
    assert_eq!(requests, 2);
    reads_all(&[&ada, &grace]);
    world.advance(TimeDelta::days(20)).await;
    reads_all(&[&grace]);
});

story!(nobody_else_does_anything_with_an_ask, |world: Arc<World>| async move {
    let (ada, grace) = at_noon(&world).await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    asks_about(&ada, &world.secret("prices")).await;
    brings_together(&world, &ada, &grace, &lise).await;
    asks_about(&ada, &world.secret("hiring")).await;
    ada.types(&format!("/mentor ask {}", world.secret("a question"))).await;
    reads_all(&[&ada, &grace]);
    let ids = ids_on_screens(&world);
    let before = (ada.home().await, world.outbox().await, private_bytes_shown(&world));
    let mallory = world.joins(NewPerson::member("mallory", "Mallory", "Europe/London")).await;
    for intruder in [&mallory, &lise, &grace] {
        for id in &ids {
            for button in [
                controls::FIND_SOMEONE,
                controls::ASK_AGAIN,
                controls::READ_OWN_ASK,
                controls::WITHDRAW_ASK,
                controls::WE_TALKED,
                controls::NOT_TALKED_YET,
                controls::NO_LONGER_NEEDED,
                controls::READ_WHAT_CAME,
            ] {
                let click = json!({ "type": "block_actions", "actions": [{ "type": "button", "action_id": button.id, "block_id": "b", "value": id }] });
                let _ = world.during(intruder.hands.forges(click)).await;
            }
            for form in [forms::WE_TALKED, forms::SEND_ASK] {
                let submission = json!({ "type": "view_submission", "view": {
                    "id": format!("V{form}{id}"), "type": "modal", "callback_id": form, "private_metadata": id, "hash": "1.a",
                    "state": { "values": { "came_of_it": { "came_of_it": { "type": "plain_text_input", "value": "forged" } } } } } });
                let _ = world.during(intruder.hands.forges(submission)).await;
            }
        }
    }
    assert_eq!((ada.home().await, world.outbox().await, private_bytes_shown(&world)), before);
});
