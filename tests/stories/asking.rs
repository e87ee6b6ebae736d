//! Asking somebody, and every answer there is: tell me more with each silence, suggest someone else, no room, "not with".

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use insta::assert_snapshot;
use slack_sandbox::{NewPerson, SubmitOutcome};

use crate::permissions::{forges_everything, ids_on_screens, private_bytes_shown};
use crate::support::{Someone, World, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The mentor asks for more about the question that was read last.
async fn asks_for_more(mentor: &Someone, question: &str) {
    mentor.clicks_and_sees("Tell me more").await;
    mentor.fills("What I would like to know", question).await;
    assert_eq!(mentor.submits().await, SubmitOutcome::Closed);
}

async fn answers(mentee: &Someone, answer: &str) {
    mentee.clicks_and_sees("Answer").await;
    mentee.fills("My answer", answer).await;
    assert_eq!(mentee.submits().await, SubmitOutcome::Closed);
}

/// Says in the profile how many mentees somebody takes.
async fn takes(mentor: &Someone, how_many: &str) {
    mentor.types_and_sees("/mentor profile").await;
    mentor.chooses("For how many mentees", how_many).await;
    mentor.submits().await;
    mentor.closes().await;
}

async fn wants_nothing_to_do_with(someone: &Someone, other: &str) {
    someone.types_and_sees("/mentor profile").await;
    someone.chooses("Not with …", other).await;
    someone.submits().await;
    someone.closes().await;
}

async fn lise(world: &Arc<World>) -> Someone {
    world.joins(NewPerson::member("lise", "Lise Meitner", "America/New_York")).await
}

story!(tell_me_more_there_and_back, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    ada.asks(&grace, &world.secret("leading")).await;
    grace.reads_one();
    // On Tuesday, with two of her three days left, she asks for more.
    world.advance_to(at("2026-03-03T15:00:00Z")).await;
    assert_snapshot!(grace.clicks_and_sees("Tell me more").await, @"
    # Tell me more
    What would you like to know from @ada before you answer?
    What I would like to know: ____
      (Only the two of you will ever see this.)
    They have three working days. Your own time to answer stands still meanwhile, and you promise nothing.
    [Cancel] [Ask]
    ");
    let question = world.secret("what have you led so far");
    grace.fills("What I would like to know", &question).await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(grace.latest(), @"
    @ada would like you as a mentor.
    What they ask for: 30–45 minutes every week; the mentee prepares, you react.
    Asked Monday, March 2nd, 2026 at 5:00 AM.
    Your question is with @ada until Friday, March 6th, 2026 at 10:00 AM. Your own time to answer stands still meanwhile.
    [Accept] [Not now] [Suggest someone else] [Read the request]
    ");
    assert_snapshot!(ada.reads_one(), @"
    @grace would like to know more before answering you.
    [Answer]
    Please answer by Friday, March 6th, 2026 at 3:00 PM. Without an answer your request stands as it is.
    ");
    assert_eq!(ada.hands.notifications().last().unwrap(), "grace would like to know more before answering");
    let home = ada.home().await;
    assert!(home.contains("@grace would like to know more before answering you."), "{home}");

    // Her clock stands still: nothing reminds her on Wednesday, and nothing is over on Thursday.
    world.advance_to(at("2026-03-05T09:00:00Z")).await;
    assert_eq!((grace.reads(), ada.reads()), (Vec::new(), Vec::new()));
    let form = ada.clicks_and_sees("Answer").await;
    assert!(form.contains(&question), "{form}");
    assert_snapshot!(form.replace(&question, "[what Grace asks]"), @"
    # Your answer
    @grace would like to know:
    [what Grace asks]
    My answer: ____
      (Only the two of you will ever see this.)
    [Cancel] [Send]
    ");
    let answer = world.secret("a team of two");
    ada.fills("My answer", &answer).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.latest(), @"You answered @grace’s question.");
    assert_snapshot!(grace.reads_one(), @"
    There is an answer to your question to @ada.
    [Read it] [Accept] [Not now] [Tell me more] [Suggest someone else]
    Please answer by Monday, March 9th, 2026 at 9:00 AM. “Not now” needs no reason, and reads the same as no answer.
    ");
    assert_snapshot!(grace.hands.dms().first().unwrap(), @"
    @ada would like you as a mentor.
    What they ask for: 30–45 minutes every week; the mentee prepares, you react.
    Asked Monday, March 2nd, 2026 at 5:00 AM.
    [Accept] [Not now] [Tell me more] [Suggest someone else] [Read the request]
    Please answer by Monday, March 9th, 2026 at 9:00 AM. “Not now” needs no reason, and reads the same as no answer.
    ");
    let request = grace.clicks_and_sees("Read it").await;
    assert!(request.contains(&question) && request.contains(&answer), "{request}");
    grace.closes().await;

    // One reminder, a working day before her time is over; then yes.
    world.advance_to(at("2026-03-06T14:00:30Z")).await;
    assert_snapshot!(grace.reads_one(), @"
    A reminder: @ada would like you as a mentor.
    What they ask for: 30–45 minutes every week; the mentee prepares, you react.
    Asked Monday, March 2nd, 2026 at 5:00 AM.
    [Accept] [Not now] [Tell me more] [Suggest someone else] [Read the request]
    Please answer by Monday, March 9th, 2026 at 9:00 AM. “Not now” needs no reason, and reads the same as no answer.
    ");
    grace.accepts("Thursday", "10:00", "30 minutes").await;
    assert!(ada.reads_one().starts_with("Good news: @grace mentors you from now on"));
    assert_eq!(grace.hands.dms()[1].to_string(), "There is an answer to your question to @ada.\n[Read it]");
});

story!(tell_me_more_without_an_answer, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    ada.asks(&grace, &world.secret("leading")).await;
    grace.reads_one();
    asks_for_more(&grace, &world.secret("what have you led")).await;
    ada.reads_one();
    // One reminder after two working days, and none before.
    world.advance_to(at("2026-03-04T09:59:00Z")).await;
    assert_eq!(ada.reads(), Vec::<String>::new());
    world.advance(TimeDelta::minutes(2)).await;
    assert_snapshot!(ada.reads_one(), @"
    A reminder: @grace would like to know more before answering you.
    [Answer]
    Please answer by Thursday, March 5th, 2026 at 10:00 AM. Without an answer your request stands as it is.
    ");
    // After three it goes on as if the answer were "no answer".
    world.advance_to(at("2026-03-05T14:00:30Z")).await;
    assert_snapshot!(ada.latest(), @"The time to answer @grace’s question is over. Your request stands as it was.");
    assert_snapshot!(grace.reads_one(), @"
    No answer came to your question to @ada.
    [Accept] [Not now] [Tell me more] [Suggest someone else]
    Please answer by Tuesday, March 10th, 2026 at 9:00 AM. “Not now” needs no reason, and reads the same as no answer.
    ");
    let old = grace.hands.dms().first().cloned().unwrap();
    assert!(old.to_string().contains("[Tell me more]"), "she may ask again: {old}");
    // Late, Ada is told kindly.
    let late = ada.hands.dms()[0].clone();
    assert!(!late.to_string().contains("[Answer]"), "{late}");
    // Silence of the mentor, too: reminded once, then it is over, in the words of "not now".
    world.advance_to(at("2026-03-09T13:00:30Z")).await;
    assert!(grace.reads_one().starts_with("A reminder: @ada would like you as a mentor."));
    world.advance_to(at("2026-03-10T14:00:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    @grace can't take this on at the moment. It says nothing about you or your request.
    You can ask somebody else: type `/mentor ask @name`.
    ");
    assert_snapshot!(grace.latest(), @"The time to answer @ada is over. Nothing more to do.");
});

story!(one_question_at_a_time_and_three_at_most, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    ada.asks(&grace, &world.secret("leading")).await;
    grace.reads_one();
    let open = grace.latest();
    asks_for_more(&grace, &world.secret("first")).await;
    // From an old copy of the message: one at a time.
    grace.clicks_old(&open, "Tell me more").await;
    assert_snapshot!(grace.is_told("already").await, @"Your question is with @ada already. One at a time: I tell you when there is an answer.");
    ada.reads_one();
    world.advance(TimeDelta::minutes(1)).await;
    answers(&ada, &world.secret("first answer")).await;
    grace.reads_one();
    for round in ["second", "third"] {
        asks_for_more(&grace, &world.secret(round)).await;
        ada.reads_one();
        world.advance(TimeDelta::minutes(1)).await;
        answers(&ada, &world.secret(&format!("{round} answer"))).await;
        grace.reads_one();
    }
    assert!(!grace.latest().to_string().contains("Tell me more"), "{}", grace.latest());
    grace.clicks_old(&open, "Tell me more").await;
    assert_snapshot!(grace.is_told("three times").await, @"You have asked @ada three times. Please say yes or “not now”; you can go on talking when you meet.");
    // Each round stood still for a day that had begun: from Thursday to Tuesday.
    assert!(grace.latest().to_string().contains("Tuesday, March 10th"), "{}", grace.latest());
    grace.clicks("Not now").await;
    world.advance_to(at("2026-03-10T15:00:00Z")).await;
    assert!(ada.reads_one().contains("can't take this on at the moment"));
});

story!(not_now_while_a_question_is_out_gives_nothing_away, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let lise = lise(&world).await;
    ada.asks(&grace, &world.secret("pricing")).await;
    ada.asks(&lise, &world.secret("pricing again")).await;
    for mentor in [&grace, &lise] {
        mentor.reads_one();
        asks_for_more(mentor, &world.secret("why")).await;
    }
    ada.reads();
    // Grace says "not now" while Ada thinks about her question; Lise says nothing.
    grace.clicks("Not now").await;
    let both = |told: Vec<String>| -> Vec<String> {
        let mut told: Vec<String> = told.into_iter().map(|one| one.replace("@grace", "@lise")).collect();
        told.dedup();
        told
    };
    assert_eq!(both(ada.hands.dms().iter().map(ToString::to_string).collect()).len(), 1, "the two read the same");
    world.advance_to(at("2026-03-04T10:30:00Z")).await;
    assert_eq!(both(ada.reads()).len(), 1, "reminded of both alike");
    // She answers both; only one is told, and she cannot tell which.
    let questions: Vec<_> = ada.hands.dms().into_iter().take(2).collect();
    for question in &questions {
        ada.clicks_old(question, "Answer").await;
        ada.modal().await;
        ada.fills("My answer", &world.secret("because")).await;
        assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    }
    assert_eq!(grace.reads(), Vec::<String>::new());
    assert_eq!(lise.reads().len(), 1);
    let status = ada.types("/mentor").await;
    assert_snapshot!(status, @"
    You asked @grace; you will hear by Monday, March 9th, 2026 at 1:00 PM.
    You asked @lise; you will hear by Monday, March 9th, 2026 at 1:00 PM.
    `/mentor help` shows the commands; the Home tab shows everything.
    ");
    world.advance_to(at("2026-03-13T12:00:00Z")).await;
    let told = ada.reads();
    assert_eq!((told.len(), both(told.clone()).len()), (2, 1), "{told:#?}");
    lise.reads();
});

story!(somebody_else_is_suggested, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let lise = lise(&world).await;
    world.joins(NewPerson::bot("polly", "Polly")).await;
    ada.asks(&grace, &world.secret("physics")).await;
    grace.reads_one();
    assert_snapshot!(grace.clicks_and_sees("Suggest someone else").await, @"
    # Suggest someone else
    Whom could @ada ask instead?
    Whom I suggest: ____
    A line with it (optional): ____
      (Why them? Only the two of you will ever see this.)
    They hear of it at once. It is your answer: about yourself they hear what they would have heard without one.
    [Cancel] [Suggest]
    ");
    for (whom, why) in [("@grace", "That is you"), ("@ada", "cannot ask themselves"), ("@polly", "is an app")] {
        grace.chooses("Whom I suggest", whom).await;
        let SubmitOutcome::Errors(errors) = grace.submits().await else { panic!("{whom} cannot be suggested") };
        assert!(format!("{errors:?}").contains(why), "{errors:?}");
    }
    grace.chooses("Whom I suggest", "@lise").await;
    let note = world.secret("she has been there");
    grace.fills("A line with it", &note).await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(grace.latest(), @"You suggested @lise to @ada, who knows by now. About yourself they hear what they would have heard without an answer.");

    // Ada hears of it at once, and nothing about Grace's own answer until the time is over.
    assert_snapshot!(ada.reads_one(), @"
    @grace suggests you ask @lise.
    [Ask them] [Read the note]
    ");
    let read = ada.clicks_and_sees("Read the note").await;
    assert!(read.contains(&note), "{read}");
    ada.closes().await;
    let status = ada.types("/mentor").await;
    assert!(status.starts_with("You asked @grace; you will hear by Thursday, March 5th"), "{status}");
    assert_snapshot!(ada.clicks_and_sees("Ask them").await, @"
    # Ask for mentoring
    You ask @lise.
    How: (x) As my mentor: I prepare, they react  ( ) As peers: we help each other
    What I want to work on: ____
      (Only the two of you will ever see this.)
    What I am asking for
    30–45 minutes every week; I prepare, you react. As peers: every two weeks, and we both prepare.
    They have three working days to answer and are reminded once. You will hear from me either way.
    [Cancel] [Send]
    ");
    ada.fills("What I want to work on", &world.secret("physics, again")).await;
    ada.submits().await;
    ada.closes().await;
    assert!(lise.reads_one().starts_with("@ada would like you as a mentor."));
    lise.accepts("Thursday", "10:00", "30 minutes").await;
    ada.reads();
    world.advance_to(at("2026-03-05T14:30:00Z")).await;
    assert!(ada.reads().iter().any(|told| told.starts_with("@grace can't take this on at the moment.")));
    lise.reads();

    // Who is her mentor already cannot be suggested to her again; nor can anything be changed twice.
    let marie = world.joins(NewPerson::member("marie", "Marie Curie", "Europe/Paris")).await;
    ada.asks(&marie, &world.secret("chemistry")).await;
    marie.reads_one();
    let open = marie.latest();
    marie.clicks_and_sees("Suggest someone else").await;
    marie.chooses("Whom I suggest", "@lise").await;
    let SubmitOutcome::Errors(errors) = marie.submits().await else { panic!("a pair already") };
    assert_snapshot!(format!("{errors:?}"), @r#"{"Whom I suggest": "lise and ada are a pair already. Choose somebody else."}"#);
    marie.chooses("Whom I suggest", "@grace").await;
    assert_eq!(marie.submits().await, SubmitOutcome::Closed);
    ada.reads_one();
    for label in ["Suggest someone else", "Tell me more", "Accept", "Not now"] {
        marie.clicks_old(&open, label).await;
    }
    assert_eq!(ada.reads(), Vec::<String>::new());
    marie.is_told("Nothing was changed").await;
    world.advance_to(at("2026-03-11T09:00:00Z")).await;
    ada.reads();
    lise.reads();
});

story!(of_two_accepts_at_once_one_wins, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let lise = lise(&world).await;
    takes(&grace, "1").await;
    ada.asks(&grace, &world.secret("pricing")).await;
    lise.asks(&grace, &world.secret("hiring")).await;
    grace.reads();
    // Two forms, opened while there was room, sent at the same moment from two windows.
    let questions = grace.hands.dms();
    let pairs: Vec<String> = questions
        .iter()
        .map(|message| {
            let blocks = serde_json::json!(message.blocks).to_string();
            blocks.split("\"accept_pair\"").nth(1).unwrap().split("\"value\":\"").nth(1).unwrap()[..32].to_owned()
        })
        .collect();
    let form = |pair: &str| {
        serde_json::json!({ "type": "view_submission", "view": {
            "id": format!("V{pair}"), "type": "modal", "callback_id": "accept_pair", "private_metadata": pair, "hash": "1.a",
            "state": { "values": {
                "frequency": { "frequency": { "type": "static_select", "selected_option": { "value": "weekly" } } },
                "weekday": { "weekday": { "type": "static_select", "selected_option": { "value": "Thu" } } },
                "time": { "time": { "type": "timepicker", "selected_time": "10:00" } },
                "length": { "length": { "type": "radio_buttons", "selected_option": { "value": "30" } } },
            } } } })
    };
    let (one, other) = world
        .during(async { tokio::join!(grace.hands.forges(form(&pairs[0])), grace.hands.forges(form(&pairs[1]))) })
        .await;
    let (one, other) = (one.unwrap(), other.unwrap());
    let told: Vec<String> = [&one, &other]
        .iter()
        .filter(|answer| !answer["errors"].is_null())
        .map(|answer| answer["errors"].to_string())
        .collect();
    assert_eq!(told.len(), 1, "one is told, the other wins: {one} {other}");
    assert!(told[0].contains("You said that you take up to 1 mentee, and you mentor 1."), "{told:?}");
    let heard = [ada.reads(), lise.reads()];
    assert_eq!(heard.iter().filter(|heard| heard.is_empty()).count(), 1, "{heard:?}");
    assert!(heard.iter().flatten().all(|told| told.starts_with("Good news")), "{heard:?}");

    // The other question waits; from the button she hears the same, and with a higher number it works.
    grace.clicks("Accept").await;
    assert_snapshot!(grace.is_told("You said").await, @"You said that you take up to 1 mentee, and you mentor 1. Nothing was changed, and the question is still open: raise the number with `/mentor profile` and accept again, wait, or answer “Not now”.");
    takes(&grace, "2").await;
    grace.accepts("Friday", "10:00", "30 minutes").await;
    let heard = [ada.reads(), lise.reads()];
    assert_eq!(heard.iter().filter(|heard| heard.is_empty()).count(), 1, "{heard:?}");
});

story!(not_with_reads_like_silence, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let lise = lise(&world).await;
    wants_nothing_to_do_with(&grace, "@ada").await;
    // Ada asks Grace, who wants nothing to do with her, and Lise, who just says nothing.
    let mut sent = Vec::new();
    for mentor in ["grace", "lise"] {
        ada.types_and_sees(&format!("/mentor ask @{mentor}")).await;
        ada.fills("What I want to work on", &world.secret(mentor)).await;
        let SubmitOutcome::Updated(said) = ada.submits().await else { panic!("a word that it was sent") };
        sent.push(said.to_string().replace("@grace", "@lise"));
        ada.closes().await;
    }
    assert_eq!(sent[0], sent[1]);
    assert_eq!(lise.reads().len(), 1);
    assert_eq!(grace.reads(), Vec::<String>::new(), "Grace never hears of it");
    let home = grace.home().await;
    assert!(home.contains("Nothing. Enjoy your day.") && !home.contains("ada"), "{home}");
    let again = [ada.types("/mentor ask @grace").await, ada.types("/mentor ask @lise").await];
    assert_eq!(again[0].replace("grace", "lise"), again[1]);
    let status = ada.types("/mentor").await;
    assert_eq!(status.matches("you will hear by Thursday, March 5th, 2026 at 2:00 PM.").count(), 2, "{status}");
    let home = ada.home().await;
    assert_eq!(home.matches("you will hear by Thursday, March 5th, 2026 at 2:00 PM.").count(), 2, "{home}");
    world.advance_to(at("2026-03-05T14:30:00Z")).await;
    let told = ada.reads();
    assert_eq!(told.len(), 2);
    assert_eq!(told[0].replace("@grace", "@lise"), told[1].replace("@grace", "@lise"));
    assert_eq!(lise.reads().len(), 1, "reminded once");
    assert_eq!(grace.reads(), Vec::<String>::new());
});

story!(not_with_ends_what_is_open, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let lise = lise(&world).await;
    ada.asks(&grace, &world.secret("pricing")).await;
    lise.asks(&ada, &world.secret("physics")).await;
    grace.reads_one();
    asks_for_more(&grace, &world.secret("what have you led")).await;
    ada.reads();
    // Ada thinks better of both.
    wants_nothing_to_do_with(&ada, "@grace").await;
    wants_nothing_to_do_with(&ada, "@lise").await;
    assert_snapshot!(grace.latest(), @"The time to answer @ada is over. Nothing more to do.");
    let mut about: Vec<String> = ada.hands.dms().iter().map(ToString::to_string).collect();
    about.sort();
    assert_snapshot!(about.join("\n"), @"
    The time to answer @grace’s question is over. Your request stands as it was.
    You answered “not now” to @lise. They will hear that it did not work out this time, as they would have without an answer.
    ");
    // She hears of it when the time is over, as she would have.
    world.advance_to(at("2026-03-10T14:30:00Z")).await;
    assert!(ada.reads_one().starts_with("@grace can't take this on at the moment."));
    assert!(lise.reads_one().starts_with("@ada can't take this on at the moment."));
    assert_eq!(grace.reads(), Vec::<String>::new());
});

story!(forged_answers_change_nothing_and_show_nothing, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let lise = lise(&world).await;
    ada.asks(&grace, &world.secret("leading")).await;
    ada.asks(&lise, &world.secret("physics")).await;
    grace.reads_one();
    asks_for_more(&grace, &world.secret("what have you led")).await;
    ada.reads_one();
    ada.types("/mentor ask my manager").await;
    ada.modal().await;
    ada.chooses("Who is your manager?", "@lise").await;
    ada.submits().await;
    ada.closes().await;
    lise.reads();
    let ids = ids_on_screens(&world);
    let before = (ada.home().await, grace.home().await, lise.home().await, world.outbox().await);
    let shown = private_bytes_shown(&world);
    let mallory = world.joins(NewPerson::member("mallory", "Mallory", "Europe/London")).await;
    forges_everything(&world, &mallory, &ids, true).await;
    assert_eq!(private_bytes_shown(&world), shown, "somebody saw what is not theirs");
    assert_eq!((ada.home().await, grace.home().await, lise.home().await, world.outbox().await), before);

    // The mentee answers no proposal, and the mentor no question of their own.
    for (who, form) in
        [(&ada, "tell_me_more"), (&ada, "suggest_else"), (&grace, "answer_inquiry"), (&ada, "manager_suggests")]
    {
        for id in &ids {
            let forged = serde_json::json!({ "type": "view_submission", "view": {
                "id": format!("V{form}{id}"), "type": "modal", "callback_id": form, "private_metadata": id, "hash": "1.a",
                "state": { "values": {
                    "question": { "question": { "type": "plain_text_input", "value": "forged" } },
                    "answer": { "answer": { "type": "plain_text_input", "value": "forged" } },
                    "whom": { "whom": { "type": "users_select", "selected_user": mallory.hands.id() } },
                } } } });
            let _ = world.during(who.hands.forges(forged)).await;
        }
    }
    assert_eq!((ada.home().await, grace.home().await, lise.home().await, world.outbox().await), before);
    world.advance_to(at("2026-03-20T12:00:00Z")).await;
    for someone in [&ada, &grace, &lise] {
        someone.reads();
    }
});

story!(the_mentor_sees_who_asks, |world: Arc<World>| async move {
    let grace = world.joins(NewPerson::member("grace", "Grace Hopper", "America/New_York")).await;
    let ada = world
        .joins(NewPerson::member("ada", "Ada Lovelace", "Europe/London").titled("Engineer, <b>Payments</b>"))
        .await;
    ada.asks(&grace, &world.secret("leading")).await;
    assert_snapshot!(grace.reads_one(), @"
    @ada (Engineer, <b>Payments</b>) would like you as a mentor.
    What they ask for: 30–45 minutes every week; the mentee prepares, you react.
    Asked Monday, March 2nd, 2026 at 5:00 AM.
    [Accept] [Not now] [Tell me more] [Suggest someone else] [Read the request]
    Please answer by Thursday, March 5th, 2026 at 9:00 AM. “Not now” needs no reason, and reads the same as no answer.
    ");
});

story!(a_yes_makes_the_question_pointless, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    ada.asks(&grace, &world.secret("leading")).await;
    grace.reads_one();
    asks_for_more(&grace, &world.secret("what have you led")).await;
    ada.reads_one();
    let asked = ada.latest();
    grace.accepts("Friday", "10:00", "30 minutes").await;
    assert!(ada.reads_one().starts_with("Good news: @grace mentors you from now on"));
    let about = ada.hands.dms().iter().map(ToString::to_string).find(|told| told.contains("before answering"));
    assert_snapshot!(about.unwrap(), @"@grace had a question before answering; it needs no answer any more.");
    ada.clicks_old(&asked, "Answer").await;
    assert_snapshot!(ada.is_told("has said yes").await, @"@grace has said yes; the question needs no answer any more.");
    // Nobody is reminded of it, and nothing ends.
    world.advance_to(at("2026-03-05T12:00:00Z")).await;
    let told: Vec<String> = ada.reads().into_iter().chain(grace.reads()).collect();
    assert!(!told.iter().any(|told| told.contains("before answering") || told.contains("No answer")), "{told:#?}");
});
