//! Contract tests of people acting: commands, modals, triggers, double submissions.

use std::time::Duration;

use serde_json::{Value, json};
use slack_sandbox::{HandsError, NewPerson, SandboxOptions, SubmitOutcome};

use crate::common::{acknowledge, listening, modal, rules, sandbox, with_button};

#[tokio::test]
async fn a_command_is_encoded_and_answered_to_its_author_alone() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let (ada, grace) = (sandbox.person("ada").unwrap(), sandbox.person("grace").unwrap());
    ears.says(json!({"text": "Hello <@U0ADA0000>, *you* &amp; me"}));
    let seen = ada.types("/hello tell @grace. a<b").await.unwrap();
    assert_eq!(seen[0].to_string(), "Hello @ada, you & me");
    assert!(seen[0].ephemeral);
    let sent = ears.last();
    assert_eq!(sent["text"], format!("tell <@{}|grace>. a&lt;b", grace.id()));
    assert_eq!(ada.ephemerals().len(), 1);
    assert!(grace.ephemerals().is_empty());
    sandbox.add_person(NewPerson::stranger("eve", "Eve", "Europe/Paris"));
    let refused = sandbox.person("eve").unwrap().types("/hello").await.unwrap_err();
    assert!(matches!(refused, HandsError::Refused(_)));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_modal_lives_through_refusal_errors_and_success() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    app.call("chat.postMessage", with_button(ada.id(), "Ready?", "Go")).await;
    ada.clicks("Go").await.unwrap();
    let clicked = ears.last();
    assert_eq!(clicked["container"]["type"], "message");
    assert_eq!(clicked["message"]["blocks"][1]["block_id"], "row");
    let trigger = clicked["trigger_id"].clone();
    let open = json!({"trigger_id": trigger, "view": modal("A form")});
    assert_eq!(app.call("views.open", open.clone()).await["ok"], true);
    assert_eq!(app.call("views.open", open).await["error"], "exchanged_trigger_id");
    let seen = ada.wait_for_modal().await.unwrap();
    assert_eq!(seen.to_string(), "# A form\nWhy: ____\nDay (optional): ____\n[Cancel] [Send]");
    assert!(matches!(ada.submits().await, Err(HandsError::Refused(_))));
    assert!(matches!(ada.fills("Why", &"x".repeat(21)).await, Err(HandsError::Refused(_))));
    ada.fills("Why", "because").await.unwrap();
    ada.chooses("Day", "Friday").await.unwrap();
    ears.says(json!({"response_action": "errors", "errors": {"why": "Too short"}}));
    let SubmitOutcome::Errors(errors) = ada.submits().await.unwrap() else { panic!("no errors") };
    assert_eq!(errors["Why"], "Too short");
    let state = &ears.last()["view"]["state"]["values"];
    assert_eq!(state["why"]["text"], json!({"type": "plain_text_input", "value": "because"}));
    assert_eq!(state["day"]["pick"]["selected_option"]["value"], "fri");
    ears.says(json!({"response_action": "errors", "errors": {"nothing": "x"}}));
    assert!(ada.submits().await.is_err());
    ears.says(json!({"response_action": "push", "view": modal("On top")}));
    assert!(matches!(ada.submits().await.unwrap(), SubmitOutcome::Pushed(view) if view.title == "On top"));
    ada.closes().await.unwrap();
    assert_eq!(ada.modal().unwrap().title, "A form");
    ears.says(Value::Null);
    assert_eq!(ada.submits().await.unwrap(), SubmitOutcome::Closed);
    assert!(ada.modal().is_none());
    assert_eq!(rules(&sandbox), ["exchanged_trigger", "invalid_error_block"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_trigger_dies_after_three_seconds() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    sandbox.person("ada").unwrap().types("/form").await.unwrap();
    let trigger = ears.last()["trigger_id"].clone();
    tokio::time::sleep(Duration::from_millis(3100)).await;
    let late = app.call("views.open", json!({"trigger_id": trigger, "view": modal("Late")})).await;
    assert_eq!(late["error"], "expired_trigger_id");
    assert_eq!(rules(&sandbox), ["expired_trigger"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_double_submission_is_sent_twice() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    ada.types("/form").await.unwrap();
    let trigger = ears.last()["trigger_id"].clone();
    app.call("views.open", json!({"trigger_id": trigger, "view": modal("Form")})).await;
    ada.fills("Why", "so").await.unwrap();
    let [first, second] = ada.submits_twice().await.unwrap();
    assert_eq!((first.unwrap(), second.unwrap()), (SubmitOutcome::Closed, SubmitOutcome::Closed));
    let sent = sandbox.envelopes().iter().filter(|sent| sent.payload["type"] == "view_submission").count();
    assert_eq!(sent, 2);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_deactivated_person_cannot_act_and_the_app_hears_of_it() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    app.connect(acknowledge()).await;
    sandbox.wait_for_connections(1, Duration::from_secs(3)).await;
    sandbox.deactivate("ada");
    let ada = sandbox.person("ada").unwrap();
    assert!(matches!(ada.types("/hello").await, Err(HandsError::Refused(_))));
    let heard = ada.wait_for("the event", |_| {
        sandbox.envelopes().into_iter().find(|sent| sent.payload["event"]["type"] == "user_change")
    });
    assert_eq!(heard.await.unwrap().payload["event"]["user"]["deleted"], true);
    let post = app.call("chat.postMessage", json!({"channel": ada.id(), "text": "hi"})).await;
    assert_eq!(post["error"], "channel_not_found");
    sandbox.stop().await;
}

#[tokio::test]
async fn the_hands_of_a_known_handle_have_the_known_name() {
    let (sandbox, _) = sandbox(SandboxOptions::default()).await;
    let again = sandbox.add_person(NewPerson::member("ada", "Somebody Else", "Europe/Paris"));
    assert_eq!(again.name(), "Ada Lovelace");
    sandbox.stop().await;
}
