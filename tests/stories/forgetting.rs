//! Being forgotten: what goes, what the other half keeps, and that nothing is left in the raw files.

use std::sync::Arc;

use chrono::TimeDelta;
use insta::assert_snapshot;
use mentor::store::{erasures, people};
use slack_sandbox::{Fault, FaultHow, FaultWhen, NewPerson, SubmitOutcome};

use crate::support::{Someone, World, story};

/// Two people with names that turn up nowhere else, who meet on Thursdays.
async fn zephyrine_and_grace(world: &Arc<World>) -> (Someone, Someone) {
    let zephyrine = world.joins(NewPerson::member("zephyrine", "Zephyrine Quux", "Europe/London")).await;
    let grace = world.joins(NewPerson::member("grace", "Grace Hopper", "America/New_York")).await;
    zephyrine.asks(&grace, &world.secret("becoming a lead")).await;
    grace.accepts("Thursday", "10:00", "30 minutes").await;
    world.sign(&zephyrine, &grace).await;
    (zephyrine, grace)
}

async fn is_forgotten(person: &Someone) {
    person.types_and_sees("/mentor forget me").await;
    person.fills("Type “forget”", "forget").await;
    assert_eq!(person.submits().await, SubmitOutcome::Closed);
}

/// S5: not in the tables, the write-ahead log or a free page. PostgreSQL wipes its own pages when the installer says so.
async fn no_trace_is_left(world: &World, traces: &[&str]) {
    world.advance(TimeDelta::minutes(6)).await;
    let mut reading = world.app.speaker.ctx.db.read().await.unwrap();
    assert!(!erasures::is_anything_open(&mut reading).await.unwrap(), "all is settled and wiped");
    drop(reading);
    if world.is_on_sqlite() {
        assert_eq!(world.in_files(traces).await, Vec::<&str>::new(), "in the raw files");
    }
}

story!(somebody_is_forgotten, |world: Arc<World>| async move {
    let (zephyrine, grace) = zephyrine_and_grace(&world).await;
    let goal = world.secret("lead a project");
    zephyrine.types_and_sees("/mentor goal").await;
    zephyrine.fills("My goal", &goal).await;
    assert_eq!(zephyrine.submits().await, SubmitOutcome::Closed);
    let win = world.secret("a green week");
    zephyrine.types_and_sees(&format!("/mentor win {win}")).await;
    zephyrine.submits().await;
    grace.reads();
    zephyrine.home().await;
    zephyrine.clicks_on_home("Who sees what").await;
    zephyrine.modal().await;
    assert_snapshot!(zephyrine.clicks_and_sees("Forget me").await, @"
    # Forget me
    Erased at once, for good: your name, your settings and days off, your agendas, your goals, your wins, the homework that is yours, your network, and questions you have asked.
    These end, kindly, and they are told: @grace.
    The other half of a pair keeps what is theirs: what they wrote, when you met, what you two agreed, and the words you left them at the end. Your name is gone from it: it says “somebody who left”. When they are forgotten, too, all of it is erased.
    Messages you got stay in our direct messages until you delete them; I rewrite those of others that show your name where Slack lets me. You may come back at any time, and begin anew. Would you like your data first? Close this and type `/mentor export`.
    Type “forget”: ____
      (This cannot be taken back.)
    [Cancel] [Forget me]
    ");
    assert!(!world.in_files(&["zephyrine"]).await.is_empty(), "there is something to find");
    // Nothing by mistake.
    zephyrine.fills("Type “forget”", "yes").await;
    let SubmitOutcome::Errors(errors) = zephyrine.submits().await else { panic!("a word at the field") };
    assert_snapshot!(errors.values().next().unwrap(), @"Type the word forget, and nothing else. Nothing was erased.");
    assert!(zephyrine.home().await.contains(&goal));
    zephyrine.fills("Type “forget”", " “Forget” ").await;
    assert_eq!(zephyrine.submits().await, SubmitOutcome::Closed);
    assert!(zephyrine.hands.modal().is_none(), "every modal is closed: what they showed is gone");

    // The receipt, and an empty Home.
    assert_snapshot!(zephyrine.reads_one(), @"
    You are forgotten, as you asked, Monday, March 2nd, 2026 at 10:00 AM.
    Erased: your name, your settings and days off, 1 goal, 1 win.
    1 pair has ended; the other half is told.
    Of 1 pair, the other half keeps what they wrote, when you met, what you two agreed and the words you left them; without your name.
    This is my last message. If you ever type `/mentor` again, we begin anew.
    ");
    // The other half is told, and every screen has lost the name.
    assert_snapshot!(grace.reads_one(), @"
    Somebody you met here has left and asked to be forgotten, and so your time together has come to a close. It says nothing about you. Your history stays readable, without their name.
    [Look back]
    ");
    for message in grace.hands.dms() {
        assert!(message.files.len() == 1 || !message.to_string().contains("zephyrine"), "{message}");
    }
    let kept = grace.types_and_sees("/mentor history").await;
    assert_snapshot!(kept, @"
    # Past pairs
    You mentored somebody who left · until March 2nd, 2026
    [Look back]
    [Close]
    ");
    grace.clicks_and_sees("Look back").await;
    grace.closes().await;
    grace.closes().await;
    assert!(grace.types_and_sees("/mentor privacy").await.contains("With somebody who left"));
    grace.closes().await;
    let user_id = zephyrine.hands.id().to_owned();
    no_trace_is_left(&world, &["zephyrine", "Zephyrine", "Quux", &user_id]).await;

    // Slack tells about her as about everybody; that brings nothing back.
    mentor::jobs::learn::everybody(&world.app.speaker).await.unwrap();
    no_trace_is_left(&world, &["zephyrine", &user_id]).await;
    let mut reading = world.app.speaker.ctx.db.read().await.unwrap();
    assert_eq!(people::find_user(&mut reading, &user_id).await.unwrap(), None);
    drop(reading);

    // Her old buttons are a stranger's, and she may begin anew.
    zephyrine.types("/mentor").await;
    zephyrine.is_told("You have no mentor yet").await;
    assert!(!zephyrine.home().await.contains(&goal));
    zephyrine.types_and_sees("/mentor history").await;
    zephyrine.closes().await;
    world.advance(TimeDelta::days(30)).await;
    assert_eq!(grace.reads(), Vec::<String>::new());
});

story!(one_half_and_then_the_other, |world: Arc<World>| async move {
    let (zephyrine, grace) = zephyrine_and_grace(&world).await;
    let pair = world.pair_id("zephyrine", "grace").await;
    is_forgotten(&zephyrine).await;
    zephyrine.reads_one();
    grace.reads_one();
    is_forgotten(&grace).await;
    assert_snapshot!(grace.reads_one(), @"
    You are forgotten, as you asked, Monday, March 2nd, 2026 at 5:00 AM.
    Erased: your name, your settings and days off, 1 pair of which nobody was left.
    Nobody keeps anything of it.
    This is my last message. If you ever type `/mentor` again, we begin anew.
    ");
    let mut reading = world.app.speaker.ctx.db.read().await.unwrap();
    assert_eq!(mentor::store::pairs::find(&mut reading, pair.parse().unwrap()).await.unwrap(), None);
    drop(reading);
    no_trace_is_left(&world, &["zephyrine", "grace"]).await;
});

story!(while_a_message_is_in_flight, |world: Arc<World>| async move {
    let (zephyrine, grace) = zephyrine_and_grace(&world).await;
    // Whether the request for the agenda has arrived, nobody knows yet.
    let fault =
        Fault { method: "chat.postMessage".to_owned(), when: FaultWhen::Before, how: FaultHow::Status(500), times: 1 };
    world.sandbox.inject(fault);
    world.advance_to("2026-03-03T15:00:30Z".parse().unwrap()).await;
    assert_eq!(world.outbox().await.get("doubt"), Some(&1));
    is_forgotten(&zephyrine).await;
    grace.reads_one();
    assert_eq!(zephyrine.reads(), Vec::<String>::new(), "the receipt waits for its turn");
    world.advance(TimeDelta::minutes(10)).await;
    assert!(zephyrine.reads_one().contains("You are forgotten"), "and the request is owed to nobody");
    no_trace_is_left(&world, &["zephyrine"]).await;
});

story!(questions_end_in_silence, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    ada.asks(&grace, &world.secret("pricing")).await;
    lise.asks(&ada, &world.secret("research")).await;
    grace.reads_one();
    ada.reads_one();
    is_forgotten(&ada).await;
    ada.reads_one();
    assert_snapshot!(grace.latest(), @"The time to answer somebody who left is over. Nothing more to do.");
    assert_eq!((grace.reads(), lise.reads()), (Vec::new(), Vec::new()), "nobody is told now");
    world.advance(TimeDelta::days(8)).await;
    assert_snapshot!(lise.reads_one(), @"
    Somebody who left can't take this on at the moment. It says nothing about you or your request.
    You can ask somebody else: type `/mentor ask @name`.
    ");
    assert_eq!(grace.reads(), Vec::<String>::new());
    no_trace_is_left(&world, &["Lovelace"]).await;
});

story!(a_win_in_a_channel_is_taken_back, |world: Arc<World>| async move {
    let (zephyrine, grace) = zephyrine_and_grace(&world).await;
    let channel = world.sandbox.add_channel("wins", false, &["zephyrine", "grace"]);
    zephyrine.types_and_sees("/mentor win a week without an outage").await;
    zephyrine.chooses("Also tell a channel", "#wins").await;
    assert_eq!(zephyrine.submits().await, SubmitOutcome::Closed);
    grace.reads();
    is_forgotten(&zephyrine).await;
    zephyrine.reads();
    grace.reads();
    let [post] = &world.sandbox.messages(&channel)[..] else { panic!("one post") };
    assert!(post.text.contains("A win was taken back"), "{}", post.text);
    let told: Vec<String> = grace.hands.dms().iter().map(ToString::to_string).collect();
    assert!(told.contains(&"A win stood here. Its owner has left and took it back.".to_owned()), "{told:#?}");
    no_trace_is_left(&world, &["zephyrine"]).await;
});

story!(words_in_any_order, |world: Arc<World>| async move {
    let (ada, _grace) = world.ada_and_grace().await;
    for (typed, title) in [
        ("/mentor forget me", "# Forget me"),
        ("/mentor please forget me", "# Forget me"),
        ("/mentor privacy", "# Who sees what"),
        ("/mentor my privacy", "# Who sees what"),
    ] {
        assert!(ada.types_and_sees(typed).await.starts_with(title), "{typed}");
        ada.closes().await;
    }
    assert!(ada.types("/mentor my export").await.contains("on its way"));
    assert!(ada.types("/mentor forgte me").await.contains("/mentor forget me"));
});
