//! Contract tests of external selects: what is asked, what may be answered, what is chosen then.

use serde_json::{Value, json};
use slack_sandbox::{HandsError, SandboxOptions, SubmitOutcome};

use crate::common::{Listening, RawApp, listening, rules, sandbox};

fn option(text: &str) -> Value {
    json!({"text": {"type": "plain_text", "text": text}, "value": text.to_lowercase()})
}

fn asking(kind: &str, extra: &Value) -> Value {
    let mut element =
        json!({"type": kind, "action_id": "pick", "placeholder": {"type": "plain_text", "text": "Search"}});
    element.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    json!({
        "type": "modal", "callback_id": "form", "title": {"type": "plain_text", "text": "Towns"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [{"type": "input", "block_id": "town", "label": {"type": "plain_text", "text": "Town"},
            "element": element}],
    })
}

async fn shown(sandbox: &slack_sandbox::Sandbox, app: &RawApp, view: Value) -> Listening {
    let ears = listening(sandbox, app).await;
    sandbox.person("ada").unwrap().uses_shortcut("towns").await.unwrap();
    let opened = app.call("views.open", json!({"trigger_id": ears.last()["trigger_id"], "view": view})).await;
    assert_eq!(opened["ok"], true, "{opened}");
    ears
}

#[tokio::test]
async fn what_is_typed_is_asked_and_what_is_chosen_is_submitted() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = shown(&sandbox, &app, asking("external_select", &json!({}))).await;
    let ada = sandbox.person("ada").unwrap();
    ears.says(json!({"options": [option("Leipzig"), option("Lisbon")]}));
    assert_eq!(ada.suggestions("Town", "Lis").await.unwrap(), ["Leipzig", "Lisbon"]);
    let asked = ears.last();
    assert_eq!((&asked["type"], &asked["value"]), (&json!("block_suggestion"), &json!("Lis")));
    assert_eq!((&asked["action_id"], &asked["block_id"]), (&json!("pick"), &json!("town")));
    assert_eq!(asked["container"], json!({"type": "view", "view_id": asked["view"]["id"]}));
    assert!(asked.get("actions").is_none() && asked.get("trigger_id").is_none());
    assert!(matches!(ada.suggestions("Town", "Li").await, Err(HandsError::Refused(_))));
    let HandsError::NotSeen(why) = ada.chooses("Town", "Paris").await.unwrap_err() else { panic!("was there") };
    assert!(why.contains("Leipzig"), "{why}");
    ada.chooses("Town", "Lisbon").await.unwrap();
    assert_eq!(ears.last()["value"], "Lisbon");
    ears.says(Value::Null);
    assert_eq!(ada.submits().await.unwrap(), SubmitOutcome::Closed);
    let chosen = &ears.last()["view"]["state"]["values"]["town"]["pick"];
    assert_eq!(chosen, &json!({"type": "external_select", "selected_option": option("Lisbon")}));
    assert!(rules(&sandbox).is_empty());
    sandbox.stop().await;
}

#[tokio::test]
async fn groups_are_offered_too_and_several_can_be_chosen() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = shown(&sandbox, &app, asking("multi_external_select", &json!({"min_query_length": 0}))).await;
    let ada = sandbox.person("ada").unwrap();
    let group =
        |name: &str, town: &str| json!({"label": {"type": "plain_text", "text": name}, "options": [option(town)]});
    ears.says(json!({"option_groups": [group("Portugal", "Lisbon"), group("Saxony", "Leipzig")]}));
    assert_eq!(ada.suggestions("Town", "").await.unwrap(), ["Lisbon", "Leipzig"]);
    ada.chooses("Town", "Lisbon").await.unwrap();
    ada.chooses("Town", "Leipzig").await.unwrap();
    let sent = sandbox.envelopes().len();
    ada.chooses("Town", "Lisbon").await.unwrap();
    assert_eq!(sandbox.envelopes().len(), sent, "taking away asks nothing");
    assert_eq!(ada.modal().unwrap().values["town"]["pick"]["selected_options"], json!([option("Leipzig")]));
    sandbox.stop().await;
}

#[tokio::test]
async fn wrong_answers_are_refused_and_silence_is_an_error() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = shown(&sandbox, &app, asking("external_select", &json!({"min_query_length": 1}))).await;
    let ada = sandbox.person("ada").unwrap();
    let many: Vec<Value> = (0..101).map(|number| option(&number.to_string())).collect();
    let long = option(&"x".repeat(76));
    for wrong in [Value::Null, json!({"options": "x"}), json!({"options": many}), json!({"options": [long]})] {
        ears.says(wrong.clone());
        assert!(matches!(ada.suggestions("Town", "x").await, Err(HandsError::Refused(_))), "{wrong}");
    }
    assert_eq!(rules(&sandbox), ["invalid_options"; 4]);
    ears.says(json!({"options": []}));
    assert!(ada.suggestions("Town", "x").await.unwrap().is_empty());
    sandbox.drop_connections();
    app.connect(std::sync::Arc::new(|_| None)).await;
    sandbox.wait_for_connections(1, std::time::Duration::from_secs(3)).await;
    assert!(matches!(ada.suggestions("Town", "x").await, Err(HandsError::OperationTimeout(_))));
    assert_eq!(rules(&sandbox).last(), Some(&"ack_within_3s"));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_select_in_a_message_brings_the_message_and_acts_at_once() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    let select =
        json!({"type": "external_select", "action_id": "pick", "placeholder": {"type": "plain_text", "text": "Town"}});
    let blocks = json!([{"type": "actions", "block_id": "row", "elements": [select]}]);
    app.call("chat.postMessage", json!({"channel": ada.id(), "text": "Where?", "blocks": blocks})).await;
    ears.says(json!({"options": [option("Lisbon")]}));
    ada.chooses("Town", "Lisbon").await.unwrap();
    let sent = sandbox.envelopes();
    let asked = &sent[sent.len() - 2].payload;
    assert_eq!((&asked["message"]["text"], &asked["container"]["type"]), (&json!("Where?"), &json!("message")));
    assert_eq!(ears.last()["actions"][0]["selected_option"], option("Lisbon"));
    sandbox.stop().await;
}
