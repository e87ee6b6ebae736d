//! The people somebody can introduce others to: added, changed, removed, and seen by nobody else.

use std::sync::Arc;

use chrono::TimeDelta;
use insta::assert_snapshot;
use mentor::render::controls::{self, forms};
use serde_json::json;
use slack_sandbox::{NewPerson, SubmitOutcome};

use crate::support::{Someone, World, story};

async fn lise(world: &Arc<World>) -> Someone {
    world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await
}

/// Adds somebody in Slack from the command, and closes the list.
async fn notes(owner: &Someone, handle: &str, topics: &str) {
    owner.types_and_sees(&format!("/mentor network @{handle}")).await;
    owner.fills("What they could help with", topics).await;
    assert!(matches!(owner.submits().await, SubmitOutcome::Updated(_)), "the list");
    owner.closes().await;
}

story!(a_network_is_kept_from_home, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    lise(&world).await;
    let (pricing, sql) = (world.secret("pricing"), world.secret("SQL"));
    let line = world.secret("met her in Vienna");
    grace.home().await;
    grace.clicks_on_home("My network").await;
    assert_snapshot!(grace.modal().await, @"
    # My network
    People you are willing to introduce others to. When somebody you mentor looks for a person to talk to, I suggest whom you noted here, to you alone; you decide, and nobody is named before they agree. Who is or was in a pair with you counts without being on the list.
    Nobody yet. Whom would you call about something you know little of yourself?
    [Add somebody]
    Only you see this list. Nobody learns that they are on it.
    [Close]
    ");
    assert_snapshot!(grace.clicks_and_sees("Add somebody").await, @"
    # Add to my network
    Whom would you introduce others to? Somebody in Slack, or somebody outside.
    Somebody in Slack (optional): ____
    Or somebody outside: their name (optional): ____
    Their e-mail address (optional): ____
    What they could help with: ____
      (Separated by commas. This is how I find them for you.)
    A line for myself (optional): ____
      (How you know them, or when to ask them.)
    Only you see what you write here. They do not learn that they are on your list.
    [Cancel] [Save]
    ");
    grace.chooses("Somebody in Slack", "@lise").await;
    grace.fills("What they could help with", &format!("{pricing}, {sql}")).await;
    grace.fills("A line for myself", &line).await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    let hidden = |text: String| text.replace(&pricing, "[pricing]").replace(&sql, "[SQL]").replace(&line, "[line]");
    assert_snapshot!(hidden(grace.modal_with("@lise").await), @"
    # My network
    People you are willing to introduce others to. When somebody you mentor looks for a person to talk to, I suggest whom you noted here, to you alone; you decide, and nobody is named before they agree. Who is or was in a pair with you counts without being on the list.
    @lise
    [pricing] · [SQL]
    [line]
    [Edit] [Remove]
    [Add somebody]
    Only you see this list. Nobody learns that they are on it.
    [Close]
    ");

    // Somebody outside, below the list.
    let (jane, research) = (world.secret("Jane Doe"), world.secret("research"));
    grace.clicks_and_sees("Add somebody").await;
    grace.fills("Or somebody outside: their name", &jane).await;
    grace.fills("Their e-mail address", "<mailto:jane@example.org|jane@example.org>").await;
    grace.fills("What they could help with", &research).await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    let list = grace.modal_with("jane@example.org").await;
    assert!(list.contains(&jane) && list.contains(&research), "{list}");

    // Changed, then removed.
    let better = world.secret("prices");
    grace.closes().await;
    let form = grace.types_and_sees("/mentor network @lise").await;
    assert!(form.contains(&pricing) && form.contains(&line), "what was noted before: {form}");
    grace.fills("What they could help with", &better).await;
    grace.fills("A line for myself", "").await;
    let SubmitOutcome::Updated(list) = grace.submits().await else { panic!("the list") };
    let list = list.to_string();
    assert!(list.contains(&better) && !list.contains(&pricing) && !list.contains(&line), "{list}");
    grace.clicks("Remove").await;
    let redrawn = grace.hands.wait_for("a list without Jane", |hands| {
        hands.modal().map(|view| view.to_string()).filter(|list| !list.contains(&jane))
    });
    let left = world.during(redrawn).await.unwrap();
    assert!(left.contains("@lise"), "the first of the names went: {left}");
    grace.clicks("Remove").await;
    assert_snapshot!(grace.modal_with("Nobody yet").await, @"
    # My network
    People you are willing to introduce others to. When somebody you mentor looks for a person to talk to, I suggest whom you noted here, to you alone; you decide, and nobody is named before they agree. Who is or was in a pair with you counts without being on the list.
    Nobody yet. Whom would you call about something you know little of yourself?
    [Add somebody]
    Only you see this list. Nobody learns that they are on it.
    [Close]
    ");
    grace.closes().await;

    // Nobody else hears or sees anything.
    assert_eq!(ada.reads(), Vec::<String>::new());
    assert!(ada.types_and_sees("/mentor network").await.contains("Nobody yet"));
    ada.closes().await;
});

story!(the_same_person_twice_is_one_entry, |world: Arc<World>| async move {
    let (_ada, grace) = world.ada_and_grace().await;
    lise(&world).await;
    let (first, second) = (world.secret("pricing"), world.secret("hiring"));
    notes(&grace, "lise", &first).await;
    // Chosen in the empty form: what was noted before stays.
    grace.types_and_sees("/mentor network").await;
    grace.clicks_and_sees("Add somebody").await;
    grace.chooses("Somebody in Slack", "@lise").await;
    grace.fills("What they could help with", &second).await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    let list = grace.modal_with(&second).await;
    assert!(list.contains(&first) && list.matches("@lise").count() == 1, "{list}");
    grace.closes().await;
    // And the same address in other letters.
    for (name, email) in [("Jane", "jane@example.org"), ("Jane Doe", "JANE@example.org")] {
        grace.types_and_sees(&format!("/mentor network {name} {email}")).await;
        grace.fills("What they could help with", "research").await;
        assert!(matches!(grace.submits().await, SubmitOutcome::Updated(_)));
        grace.closes().await;
    }
    let list = grace.types_and_sees("/mentor network").await;
    assert!(list.contains("Jane Doe (JANE@example.org)") && !list.contains("Jane (jane"), "{list}");
    grace.closes().await;
});

story!(what_cannot_be_noted_is_said_and_nothing_is_lost, |world: Arc<World>| async move {
    let (_ada, grace) = world.ada_and_grace().await;
    lise(&world).await;
    world.joins(NewPerson::bot("polly", "Polly")).await;
    let topic = world.secret("pricing");
    assert_snapshot!(grace.types("/mentor network @polly").await, @"That is an app. Choose a person.");
    assert_snapshot!(grace.types("/mentor network @grace").await, @"That is you. Your own topics belong in your profile: type /mentor profile.");
    assert_snapshot!(grace.types("/mentor network @lise @ada").await, @"One person at a time, please: `/mentor network @name`.");
    assert_snapshot!(grace.types("/mentor network @nobody-of-that-name").await, @"I can't tell who @nobody-of-that-name is. Type `@` and choose the person from Slack's list: `/mentor network @name`.");
    assert_snapshot!(grace.types_and_sees("/mentor network Jane jane@example").await, @"
    # Add to my network
    Whom would you introduce others to? Somebody in Slack, or somebody outside.
    Somebody in Slack (optional): ____
    Or somebody outside: their name (optional): Jane
    Their e-mail address (optional): jane@example
    What they could help with: ____
      (Separated by commas. This is how I find them for you.)
    A line for myself (optional): ____
      (How you know them, or when to ask them.)
    Only you see what you write here. They do not learn that they are on your list.
    [Cancel] [Save]
    ");
    let mut told = Vec::new();
    let tries = async |grace: &Someone| match grace.submits().await {
        SubmitOutcome::Errors(errors) => format!("{errors:?}"),
        other => panic!("{other:?}"),
    };
    grace.fills("What they could help with", &topic).await;
    told.push(tries(&grace).await);
    grace.chooses("Somebody in Slack", "@lise").await;
    told.push(tries(&grace).await);
    grace.fills("Or somebody outside: their name", "").await;
    grace.fills("Their e-mail address", "").await;
    for who in ["@polly", "@grace"] {
        grace.chooses("Somebody in Slack", who).await;
        told.push(tries(&grace).await);
    }
    grace.chooses("Somebody in Slack", "@lise").await;
    for topics in ["🎉", " , ", &"x".repeat(70), &(1..=21).map(|n| format!("topic {n}")).collect::<Vec<_>>().join(", ")]
    {
        grace.fills("What they could help with", topics).await;
        told.push(tries(&grace).await);
    }
    grace.fills("What they could help with", &topic).await;
    grace.fills("A line for myself", &"x".repeat(201)).await;
    told.push(tries(&grace).await);
    assert_snapshot!(told.join("\n"), @r#"
    {"Their e-mail address": "That is not an e-mail address. It looks like jane@example.org: a name, one @, and a domain with a dot."}
    {"Or somebody outside: their name": "Somebody in Slack or somebody outside, not both: leave this empty, or nobody chosen above."}
    {"Somebody in Slack": "That is an app. Choose a person."}
    {"Somebody in Slack": "That is you. Your own topics belong in your profile: type /mentor profile."}
    {"What they could help with": "Write at least one topic, such as “pricing”: it is how I find them for you."}
    {"What they could help with": "Write at least one topic, such as “pricing”: it is how I find them for you."}
    {"What they could help with": "“xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” has 70 characters, and a topic takes 60. Is there a comma missing?"}
    {"What they could help with": "I read 21 topics, and 20 are the most: topic 1, topic 2, topic 3, topic 4, topic 5, topic 6, topic 7, topic 8, topic 9,… Keep those that matter most to you."}
    {"A line for myself": "201 characters, and 200 are the most. One line is enough."}
    "#);
    assert!(grace.modal().await.contains(&topic), "what was typed is still there");
    grace.fills("A line for myself", "").await;
    assert!(matches!(grace.submits().await, SubmitOutcome::Updated(_)));
    grace.closes().await;
    grace.types_and_sees("/mentor network").await;
    grace.clicks_and_sees("Add somebody").await;
    grace.fills("What they could help with", &topic).await;
    assert_snapshot!(tries(&grace).await, @r#"{"Somebody in Slack": "Choose somebody here, or fill in a name and an e-mail address below."}"#);
    grace.closes().await;
    grace.closes().await;
});

story!(whoever_wrote_a_message_is_added, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let channel = world.sandbox.add_channel("general", false, &["ada", "grace"]);
    let ts = ada.hands.says_in(&channel, "I wrote our price lists for ten years.", None).await.unwrap();
    let uses = async |ts: &str| {
        world.during(grace.hands.uses_message_shortcut("Add to my network", &channel, ts)).await.unwrap();
    };
    uses(&ts).await;
    assert_snapshot!(grace.modal().await, @"
    # Add to my network
    Whom would you introduce others to? Somebody in Slack, or somebody outside.
    Somebody in Slack (optional): @ada
    Or somebody outside: their name (optional): ____
    Their e-mail address (optional): ____
    What they could help with: ____
      (Separated by commas. This is how I find them for you.)
    A line for myself (optional): ____
      (How you know them, or when to ask them.)
    Only you see what you write here. They do not learn that they are on your list.
    [Cancel] [Save]
    ");
    let topic = world.secret("pricing");
    grace.fills("What they could help with", &topic).await;
    let SubmitOutcome::Updated(list) = grace.submits().await else { panic!("the list") };
    assert!(list.to_string().contains(&topic));
    grace.closes().await;
    // A second time: what was noted.
    uses(&ts).await;
    assert!(grace.modal().await.contains(&topic));
    grace.closes().await;
    let own = grace.hands.says_in(&channel, "Nice.", None).await.unwrap();
    uses(&own).await;
    grace.is_told("That is you.").await;
    // Somebody the app has not met yet.
    let kurt = world.lives_here(NewPerson::member("kurt", "Kurt Gödel", "Europe/Vienna"));
    grace.hands.invites(&channel, "kurt").unwrap();
    let ts = kurt.hands.says_in(&channel, "Proofs.", None).await.unwrap();
    uses(&ts).await;
    assert!(grace.modal().await.contains("@kurt"));
    grace.closes().await;
    assert_eq!(ada.reads(), Vec::<String>::new(), "nobody learns that they were noted");
});

story!(the_other_half_of_a_finished_pair_is_added, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    ada.types_and_sees("/mentor end").await;
    ada.clicks_and_is_shown("End now").await;
    let form = ada.clicks_and_sees("Add to my network").await;
    assert!(form.contains("Somebody in Slack (optional): @grace"), "{form}");
    let topic = world.secret("compilers");
    ada.fills("What they could help with", &topic).await;
    let SubmitOutcome::Updated(list) = ada.submits().await else { panic!("the list") };
    assert!(list.to_string().contains(&topic), "{list}");
    ada.closes().await;
    ada.closes().await;
    grace.reads_one();
    grace.clicks_and_sees("Add to my network").await;
    let hers = world.secret("leads");
    grace.fills("What they could help with", &hers).await;
    assert!(matches!(grace.submits().await, SubmitOutcome::Updated(_)));
    grace.closes().await;
    // From the same button once more: what she noted.
    assert!(grace.clicks_and_sees("Add to my network").await.contains(&hers));
    grace.closes().await;
    let list = ada.types_and_sees("/mentor network").await;
    assert!(list.contains(&topic) && !list.contains(&hers), "{list}");
    ada.closes().await;
});

story!(a_mentor_outside_is_added_with_their_address, |world: Arc<World>| async move {
    let ada = world.joins(NewPerson::member("ada", "Ada Lovelace", "Europe/London")).await;
    ada.types_and_sees("/mentor add external Jane Doe jane@example.org").await;
    ada.chooses("Asked personally", "They have agreed to mentor me").await;
    ada.fills("What I want to work on", &world.secret("research")).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    ada.reads();
    ada.types_and_sees("/mentor end").await;
    ada.clicks_and_is_shown("End now").await;
    let form = ada.clicks_and_sees("Add to my network").await;
    assert!(form.contains("Jane Doe") && form.contains("jane@example.org"), "{form}");
    ada.closes().await;
    ada.closes().await;
    ada.reads();
    world.leave_unsettled();
});

story!(a_network_is_its_owners_alone_and_goes_with_people, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let lise = lise(&world).await;
    let (about_lise, about_grace) = (world.secret("pricing"), world.secret("compilers"));
    notes(&ada, "lise", &about_lise).await;
    notes(&lise, "grace", &about_grace).await;
    // Forged clicks and forms show and change nothing.
    let shown = crate::permissions::private_bytes_shown(&world);
    let ids = crate::permissions::ids_on_screens(&world);
    crate::permissions::forges_everything(&world, &grace, &ids, true).await;
    let mut entries = Vec::new();
    for call in world.sandbox.calls() {
        entries.extend(ids_in(&call.arguments.to_string()));
    }
    for envelope in world.sandbox.envelopes() {
        entries.extend(envelope.acknowledgement.iter().flat_map(|answer| ids_in(&answer.to_string())));
    }
    assert!(entries.len() >= 2, "the entries were on screens: {entries:?}");
    for entry in &entries {
        for button in [controls::EDIT_NETWORK_ENTRY, controls::REMOVE_FROM_NETWORK, controls::ADD_TO_NETWORK] {
            let click = json!({ "type": "block_actions", "actions": [{ "type": "button", "action_id": button.id, "block_id": "b", "value": entry }] });
            let _ = world.during(grace.hands.forges(click)).await;
        }
        let submission = json!({ "type": "view_submission", "view": {
            "id": "Vforged", "type": "modal", "callback_id": forms::NETWORK_ENTRY, "private_metadata": entry, "hash": "1.a",
            "state": { "values": { "network_topics": { "network_topics": { "type": "plain_text_input", "value": "forged" } } } } } });
        let _ = world.during(grace.hands.forges(submission)).await;
    }
    assert_eq!(crate::permissions::private_bytes_shown(&world), shown, "somebody saw what is not theirs");
    // So many screens were asked for that the next has to wait.
    world.advance(TimeDelta::minutes(5)).await;
    let list = ada.types_and_sees("/mentor network").await;
    assert!(list.contains(&about_lise) && !list.contains("forged"), "{list}");
    ada.closes().await;
    grace.reads();

    // Who sees what, and what Ada takes along.
    let page = ada.types_and_sees("/mentor privacy").await;
    assert!(page.contains("Your network · 1 person"), "{page}");
    ada.closes().await;
    ada.types("/mentor export").await;
    world.settle().await;
    let taken: Vec<String> = ada.files().into_iter().map(|(_, _, content)| content).collect();
    assert!(taken.iter().all(|content| content.contains(&about_lise)), "{taken:?}");
    ada.reads();

    // Lise is forgotten: her own list goes, and she goes from Ada's.
    lise.types_and_sees("/mentor forget me").await;
    lise.fills("Type “forget”", "forget").await;
    assert_eq!(lise.submits().await, SubmitOutcome::Closed);
    world.advance(TimeDelta::minutes(6)).await;
    lise.reads();
    assert!(ada.types_and_sees("/mentor network").await.contains("Nobody yet"));
    ada.closes().await;
});

/// Identifiers that buttons for entries carry, wherever they were drawn.
fn ids_in(drawn: &str) -> Vec<String> {
    let plain = drawn.replace('\\', "");
    let mut found = Vec::new();
    for part in plain.split("\"action_id\":\"edit_network_entry\"").skip(1) {
        let value = part.split("\"value\":\"").nth(1).and_then(|rest| rest.split('"').next());
        found.extend(value.map(str::to_owned));
    }
    found
}

story!(a_long_list_turns_its_pages, |world: Arc<World>| async move {
    let (_ada, grace) = world.ada_and_grace().await;
    for number in 1..=21 {
        grace.types_and_sees(&format!("/mentor network Person {number:02} p{number}@example.org")).await;
        grace.fills("What they could help with", "pricing").await;
        assert!(matches!(grace.submits().await, SubmitOutcome::Updated(_)));
        grace.closes().await;
    }
    let list = grace.types_and_sees("/mentor network").await;
    assert!(list.contains("Page 1 of 2") && list.contains("Person 20") && !list.contains("Person 21"), "{list}");
    grace.clicks("Next page").await;
    let list = grace.modal_with("Page 2 of 2").await;
    assert!(list.contains("Person 21") && !list.contains("Person 20"), "{list}");
    grace.clicks("Page before").await;
    grace.modal_with("Page 1 of 2").await;
    grace.closes().await;
});
