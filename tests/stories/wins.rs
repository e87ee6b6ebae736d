//! Wins: shared with the mentor at once, with a channel only when their owner says so.

use std::sync::Arc;

use chrono::TimeDelta;
use insta::assert_snapshot;
use mentor::render::controls::{self, forms};
use serde_json::json;
use slack_sandbox::{Fault, FaultHow, FaultWhen, NewPerson, SubmitOutcome};

use crate::support::{World, story};

story!(a_win_goes_to_the_mentor_at_once, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/London")).await;
    lise.asks(&ada, &world.secret("courage")).await;
    ada.reads_one();
    ada.accepts("Friday", "10:00", "30 minutes").await;
    lise.reads();
    let win = world.secret("the first green week");
    let form = ada.types_and_sees(&format!("/mentor win {win}")).await;
    assert_snapshot!(form.replace(&win, "[win]"), @"
    # Log a win
    The win: [win]
      (Small or large.)
    Who sees it: [x] grace  [ ] lise
      (They hear of it at once.)
    Also tell a channel (optional): ____
      (Empty: no channel. Chosen, I post your win there with your name.)
    Without a channel, only you and those you tick will ever see this.
    [Cancel] [Share]
    ");
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    // At once, although it is five in the morning in New York: it carries what somebody has just done.
    assert_snapshot!(grace.reads_one(), @"
    @ada has a win to share.
    [Read it]
    ");
    assert_snapshot!(grace.clicks_and_sees("Read it").await.replace(&win, "[win]"), @"
    # A win
    @ada has a win:
    [win]
    March 2nd, 2026
    [Close]
    ");
    grace.closes().await;
    assert_eq!(lise.reads(), Vec::<String>::new(), "a mentee hears of it when ticked, and she was not");
    assert!(ada.home().await.contains(&win) && grace.home().await.contains(&win));

    // With the shortcut, for both.
    world.during(ada.hands.uses_shortcut("Log a win")).await.unwrap();
    ada.modal().await;
    let second = world.secret("a talk in front of everybody");
    ada.fills("The win", &second).await;
    ada.chooses("Who sees it", "lise").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    for reader in [&grace, &lise] {
        assert!(reader.reads_one().contains("@ada has a win to share."));
        assert!(reader.clicks_and_sees("Read it").await.contains(&second));
        reader.closes().await;
    }
});

story!(a_win_for_a_channel, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let channel = world.sandbox.add_channel("wins", false, &["ada", "grace"]);
    ada.home().await;
    ada.clicks_on_home("Log a win").await;
    ada.modal().await;
    ada.fills("The win", "We shipped <!channel> & *nobody* was woken up").await;
    ada.chooses("Also tell a channel", "#wins").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    grace.reads_one();
    let posted = grace.hands.reads(&channel);
    assert_eq!(posted.len(), 1);
    assert_snapshot!(posted[0], @"
    :tada: @ada has a win to celebrate:
    We shipped <!channel> & *nobody* was woken up
    ");
    assert_eq!(posted[0].text, "ada has a win to celebrate", "the notification says that, not what");

    // Chosen each time: the next win stays with the two of them.
    let quiet = world.secret("a quiet one");
    let form = ada.types_and_sees(&format!("/mentor win {quiet}")).await;
    assert!(form.contains("Also tell a channel (optional): ____"), "{form}");
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    grace.reads_one();
    assert_eq!(grace.hands.reads(&channel).len(), 1);
});

story!(a_channel_that_does_not_take_it, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let private = world.sandbox.add_channel("board", true, &["ada"]);
    ada.types_and_sees("/mentor win").await;
    ada.fills("The win", "Something for the board").await;
    ada.chooses("Also tell a channel", "#board").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    grace.reads_one();
    assert_snapshot!(ada.reads_one(), @"
    I could not post your win in #board: I am not allowed in there.
    Nothing else is lost: those you share it with have it, and you can tell the channel yourself.
    ");
    assert_eq!(ada.hands.reads(&private).len(), 0);
});

story!(a_channel_that_may_have_it, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let channel = world.sandbox.add_channel("wins", false, &["ada"]);
    ada.types_and_sees("/mentor win something worth telling").await;
    ada.chooses("Also tell a channel", "#wins").await;
    // Both answers are lost: the one to Grace can be looked for, the one in the channel cannot.
    let how = FaultHow::Status(503);
    world.sandbox.inject(Fault { method: "chat.postMessage".into(), when: FaultWhen::After, how, times: 2 });
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    world.advance(TimeDelta::minutes(5)).await;
    grace.reads_one();
    assert_snapshot!(ada.reads_one(), @"
    I cannot tell whether your win stands in #wins: Slack’s answer was lost. Please look there; I will not post it a second time.
    Nothing else is lost: those you share it with have it, and you can tell the channel yourself.
    ");
    assert_eq!(ada.hands.reads(&channel).len(), 1, "it was there, and is not said twice");
});

story!(wrong_wins, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    assert_snapshot!(ada.types(&format!("/mentor win {}", world.secret("alone"))).await, @"Well done! You have no mentor yet to share it with. Type `/mentor ask @name` to ask somebody.");
    ada.asks(&grace, &world.secret("direction")).await;
    grace.reads_one();
    grace.accepts("Thursday", "10:00", "30 minutes").await;
    ada.reads();
    let long = world.secret("long");
    let form = ada.types_and_sees(&format!("/mentor win {long} {}the rest", "x".repeat(2_999 - long.len()))).await;
    assert!(form.contains("3,000 characters that fit. The rest:\nthe rest"), "{form}");
    ada.fills("The win", "\u{200b}").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("an error at the field") };
    assert_snapshot!(errors["The win"], @"Write a line: what is there to celebrate?");
    ada.fills("The win", &long).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    grace.reads_one();

    // Somebody else's pair, a person for a channel: refused at the field.
    let forged = |view: &str, pair: &str, channel: &str| {
        json!({ "type": "view_submission", "view": {
            "id": view, "type": "modal", "callback_id": forms::LOG_WIN, "private_metadata": "", "hash": "1.a",
            "state": { "values": {
                "win": { "win": { "type": "plain_text_input", "value": "forged" } },
                "pairs": { "pairs": { "type": "checkboxes", "selected_options": [{ "value": pair }] } },
                "channel": { "channel": { "type": "conversations_select", "selected_conversation": channel } },
            } } } })
    };
    let nobody = forged("V1", "ffffffffffffffffffffffffffffffff", "");
    let answer = world.during(ada.hands.forges(nobody)).await.unwrap();
    assert_snapshot!(answer["errors"]["pairs"], @r#""Tick somebody who sees it.""#);
    ada.types_and_sees("/mentor win").await;
    let calls = world.sandbox.calls();
    let text = calls.last().unwrap().arguments.to_string().replace('\\', "");
    let pair = text.split("\"value\":\"").nth(1).and_then(|rest| rest.get(..32)).unwrap().to_owned();
    ada.closes().await;
    let answer = world.during(ada.hands.forges(forged("V2", &pair, grace.hands.id()))).await.unwrap();
    assert_snapshot!(answer["errors"]["channel"], @r#""Choose a channel, or leave it empty.""#);

    // A win that is not theirs reads like one that is not there.
    let button = grace.latest();
    let id = button.blocks.to_string();
    let id = id.split("\"value\":\"").nth(1).and_then(|rest| rest.get(..32)).unwrap().to_owned();
    let mallory = world.joins(NewPerson::member("mallory", "Mallory", "Europe/London")).await;
    for id in [id.as_str(), "ffffffffffffffffffffffffffffffff", ""] {
        let click = json!({ "type": "block_actions", "actions": [{ "type": "button", "action_id": controls::READ_WIN.id, "block_id": "b", "value": id }] });
        world.during(mallory.hands.forges(click)).await.unwrap();
        assert!(mallory.modal().await.contains("That is not here, or not yours."));
        mallory.closes().await;
    }
});
