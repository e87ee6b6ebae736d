//! What somebody says about themselves: everything off at first, what was understood, and what does not fit.

use std::sync::Arc;

use insta::assert_snapshot;
use slack_sandbox::SubmitOutcome;

use crate::support::{World, story};

story!(a_profile_is_off_until_somebody_says_so, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let home = grace.home().await;
    let settings = home.split("Settings").nth(1).unwrap();
    assert_snapshot!(settings, @"

    You work Mon–Fri, 09:00–17:00 (America/New_York). No days off.
    You are asked for an agenda 2 working days ahead.
    [My settings]
    [Who sees what]
    You are not listed; who knows you may ask you. Introductions: off.
    [My profile]
    [My network] [Mentor or manager?]
    ");
    assert_snapshot!(grace.types_and_sees("/mentor profile").await, @"
    # My profile
    What I can help with (optional): ____
      (Separated by commas.)
    What I want to grow in (optional): ____
      (Separated by commas.)
    One line about me (optional): ____
    Open to mentoring: ( ) Yes: list me, and anybody may ask me  (x) Not listed; who knows me may ask me by name  ( ) Nobody, for the time being
    For how many mentees: 3
    Open to introductions (optional): [ ] I may be introduced to others; I am asked each time
    Asked to be introduced at most: Twice a month
      (By whoever names you when somebody asks whom they can talk to.)
    Not with … (optional): ____
      (Confidential. Nobody else ever sees this list or learns that somebody is on it.)
    Topics and the line about you are shown to others only while you are listed, or open to introductions.
    [Cancel] [Save]
    ");
    grace.fills("What I can help with", "compilers, public speaking;\n- naming things, Compilers").await;
    grace.fills("What I want to grow in", "hiring").await;
    grace.fills("One line about me", "I taught computers to read").await;
    grace.chooses("Open to mentoring", "Yes: list me, and anybody may ask me").await;
    grace.chooses("For how many mentees", "1").await;
    grace.chooses("Open to introductions", "I may be introduced to others; I am asked each time").await;
    grace.chooses("Not with …", "@ada").await;
    let SubmitOutcome::Updated(saved) = grace.submits().await else { panic!("what was understood") };
    assert_snapshot!(saved, @"
    # Saved
    You are listed as a mentor, for 1 mentee. Introductions: open.
    You help with: compilers · public speaking · naming things
    You want to grow in: hiring
    [Close]
    ");
    grace.closes().await;
    let home = grace.home().await;
    assert_snapshot!(home.split("Settings").nth(1).unwrap(), @"

    You work Mon–Fri, 09:00–17:00 (America/New_York). No days off.
    You are asked for an agenda 2 working days ahead.
    [My settings]
    [Who sees what]
    You are listed as a mentor, for 1 mentee. Introductions: open.
    [My profile]
    [My network] [Mentor or manager?]
    ");
    assert!(!home.contains("ada"), "whom she wants nothing to do with is nowhere but in the form: {home}");

    // From Home, with everything as it was left.
    grace.clicks_on_home("My profile").await;
    assert_snapshot!(grace.modal().await, @"
    # My profile
    What I can help with (optional): compilers, public speaking, naming things
      (Separated by commas.)
    What I want to grow in (optional): hiring
      (Separated by commas.)
    One line about me (optional): I taught computers to read
    Open to mentoring: (x) Yes: list me, and anybody may ask me  ( ) Not listed; who knows me may ask me by name  ( ) Nobody, for the time being
    For how many mentees: 1
    Open to introductions (optional): [x] I may be introduced to others; I am asked each time
    Asked to be introduced at most: Twice a month
      (By whoever names you when somebody asks whom they can talk to.)
    Not with … (optional): @ada
      (Confidential. Nobody else ever sees this list or learns that somebody is on it.)
    Topics and the line about you are shown to others only while you are listed, or open to introductions.
    [Cancel] [Save]
    ");
    grace.chooses("Open to mentoring", "Nobody, for the time being").await;
    grace.submits().await;
    grace.closes().await;

    // Who closed themselves is not asked, and the words say what to do.
    let lise = world.joins(slack_sandbox::NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    assert_snapshot!(lise.types("/mentor ask @grace").await, @"grace takes nobody on for the time being. Ask somebody else, or let your manager suggest someone: type `/mentor ask`.");
    // To somebody on the list it reads the same.
    assert_eq!(ada.types("/mentor ask @grace").await, lise.types("/mentor ask @grace").await);
    // And from her own side.
    assert_snapshot!(grace.types("/mentor ask @ada").await, @"ada is on your own “not with” list, which nobody else sees. Take them off it with `/mentor profile`, or ask somebody else.");
});

story!(what_does_not_fit_is_said_and_nothing_is_lost, |world: Arc<World>| async move {
    let (ada, _grace) = world.ada_and_grace().await;
    ada.types_and_sees("/mentor profile").await;
    let many: Vec<String> = (1..=21).map(|number| format!("topic {number}")).collect();
    ada.fills("What I can help with", &many.join(", ")).await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("too many") };
    assert_snapshot!(format!("{errors:?}"), @r#"{"What I can help with": "I read 21 topics, and 20 are the most: topic 1, topic 2, topic 3, topic 4, topic 5, topic 6, topic 7, topic 8, topic 9,… Keep those that matter most to you."}"#);
    let long = "everything there is to know about running a company without any comma at all";
    ada.fills("What I can help with", &format!("{long}, pricing")).await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("too long") };
    assert_snapshot!(format!("{errors:?}"), @r#"{"What I can help with": "“everything there is to know ab…” has 76 characters, and a topic takes 60. Is there a comma missing?"}"#);
    let form = ada.modal().await;
    assert!(form.contains(long), "what was typed is still there: {form}");
    // Oneself is no choice; an app neither.
    world.joins(slack_sandbox::NewPerson::bot("polly", "Polly")).await;
    ada.fills("What I can help with", "pricing").await;
    ada.chooses("Not with …", "@ada").await;
    ada.chooses("Not with …", "@polly").await;
    // Somebody the app has not met yet.
    world.lives_here(slack_sandbox::NewPerson::member("kurt", "Kurt Gödel", "Europe/Vienna"));
    ada.chooses("Not with …", "@kurt").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("somebody new") };
    assert_snapshot!(format!("{errors:?}"), @r#"{"What I can help with": "I had to look that person up first. Please send this once more."}"#);
    let SubmitOutcome::Updated(saved) = ada.submits().await else { panic!("saved") };
    assert_snapshot!(saved, @"
    # Saved
    You are not listed; who knows you may ask you, up to 3 mentees. Introductions: off.
    You help with: pricing
    [Close]
    ");
    ada.closes().await;
    let form = ada.types_and_sees("/mentor profile").await;
    assert!(form.contains("Not with … (optional): @kurt"), "{form}");
    ada.closes().await;

    // A form from elsewhere that leaves everything out is told what is missing.
    let nothing = serde_json::json!({ "type": "view_submission", "view": {
        "id": "Vforged", "type": "modal", "callback_id": "profile", "private_metadata": "", "hash": "1.a",
        "state": { "values": {} } } });
    let answer = world.during(ada.hands.forges(nothing)).await.unwrap();
    assert_snapshot!(answer["errors"], @r#"{"open_to":"Choose one of the three."}"#);
});

story!(somebody_full_is_said_to_be_full, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    grace.types_and_sees("/mentor profile").await;
    grace.chooses("For how many mentees", "1").await;
    grace.chooses("Not with …", "@ada").await;
    let SubmitOutcome::Updated(saved) = grace.submits().await else { panic!("saved") };
    assert_snapshot!(saved, @"
    # Saved
    You are not listed; who knows you may ask you, up to 1 mentee. Introductions: off.
    You and @ada are a pair, and that goes on as it is: the list keeps new things from beginning.
    [Close]
    ");
    grace.closes().await;
    let lise = world.joins(slack_sandbox::NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    assert_snapshot!(lise.types("/mentor ask @grace").await, @"grace mentors as many people as they can at present. Ask somebody else, or let your manager suggest someone: type `/mentor ask`.");
    // A pair goes on, whatever the list says.
    let status = ada.types("/mentor").await;
    assert!(status.starts_with("@grace mentors you."), "{status}");
    // Chosen in the form: told at the field, and nothing is lost.
    lise.types("/mentor ask").await;
    lise.clicks_and_sees("Ask somebody to mentor me").await;
    lise.chooses("Whom I ask", "@grace").await;
    let aim = world.secret("physics");
    lise.fills("What I want to work on", &aim).await;
    let SubmitOutcome::Errors(errors) = lise.submits().await else { panic!("full") };
    assert_snapshot!(format!("{errors:?}"), @r#"{"Whom I ask": "grace mentors as many people as they can at present. Ask somebody else, or let your manager suggest someone: type `/mentor ask`."}"#);
    assert!(lise.modal().await.contains(&aim));
    lise.closes().await;
});
