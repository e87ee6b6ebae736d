//! Contract tests of views: stacks, external ids, unknown properties, closing, refused acknowledgements.

use serde_json::{Value, json};
use slack_sandbox::{HandsError, Redelivery, SandboxOptions, SubmitOutcome};

use crate::common::{listening, modal, rules, sandbox};

#[tokio::test]
async fn three_modals_are_the_most_and_closing_tells_who_asked() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    for (method, title) in [("views.open", "One"), ("views.push", "Two"), ("views.push", "Three")] {
        ada.types("/form").await.unwrap();
        let mut view = modal(title);
        view["notify_on_close"] = json!(true);
        let sent = json!({"trigger_id": ears.last()["trigger_id"], "view": view});
        assert_eq!(app.call(method, sent).await["ok"], true, "{method}");
    }
    ada.types("/form").await.unwrap();
    let fourth = json!({"trigger_id": ears.last()["trigger_id"], "view": modal("Four")});
    assert_eq!(app.call("views.push", fourth).await["error"], "push_limit_reached");
    assert_eq!(ada.modal().unwrap().title, "Three");
    ada.closes().await.unwrap();
    let closed = ears.last();
    assert_eq!((&closed["type"], &closed["is_cleared"]), (&json!("view_closed"), &json!(false)));
    assert_eq!(closed["view"]["previous_view_id"], ada.modal().unwrap().id);
    ada.fills("Why", "so").await.unwrap();
    ears.says(json!({"response_action": "clear"}));
    assert_eq!(ada.submits().await.unwrap(), SubmitOutcome::Closed);
    assert!(ada.modal().is_none());
    assert_eq!(rules(&sandbox), ["push_limit_reached"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn updates_keep_what_was_typed_and_find_views_by_external_id() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    let mut view = modal("First");
    view["external_id"] = json!("form-1");
    for expected in [Value::Null, json!("duplicate_external_id")] {
        ada.types("/form").await.unwrap();
        let sent = json!({"trigger_id": ears.last()["trigger_id"], "view": view});
        assert_eq!(app.call("views.open", sent).await["error"], expected);
    }
    ada.fills("Why", "kept").await.unwrap();
    view["title"]["text"] = json!("Second");
    let updated = app.call("views.update", json!({"external_id": "form-1", "view": view})).await;
    assert_eq!(updated["view"]["state"]["values"]["why"]["text"]["value"], "kept");
    let seen = ada.modal().unwrap();
    assert_eq!((seen.title.as_str(), seen.version), ("Second", 2));
    let stale = json!({"view_id": seen.id, "hash": "old", "view": view});
    assert_eq!(app.call("views.update", stale).await["error"], "hash_conflict");
    let given = app.call("views.update", json!({"view_id": seen.id, "view": updated["view"]})).await;
    assert_eq!(given["error"], "invalid_arguments");
    assert_eq!(rules(&sandbox), ["invalid_blocks"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn bad_acknowledgements_are_refused_and_submissions_can_come_again() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    ears.says(json!({"text": "x", "blocks": [{"type": "section", "colour": "red",
        "text": {"type": "mrkdwn", "text": "hi"}}]}));
    assert!(matches!(ada.types("/form").await, Err(HandsError::BadAnswer(_))));
    ears.says(Value::Null);
    ada.types("/form").await.unwrap();
    let sent = json!({"trigger_id": ears.last()["trigger_id"], "view": modal("Form")});
    app.call("views.open", sent).await;
    ada.fills("Why", "so").await.unwrap();
    let mut bad = modal("Form");
    bad["title"]["text"] = json!("x".repeat(25));
    ears.says(json!({"response_action": "update", "view": bad}));
    assert!(matches!(ada.submits().await, Err(HandsError::BadAnswer(_))));
    ears.says(json!({"response_action": "update", "view": modal("Done")}));
    let outcome = ada.submits().await.unwrap();
    assert!(matches!(outcome, SubmitOutcome::Updated(view) if view.title == "Done"));
    let first = ears.last();
    sandbox.redeliver_last(Redelivery::ViewSubmission).await.unwrap();
    assert_eq!(ears.last()["trigger_id"], first["trigger_id"]);
    assert_eq!(rules(&sandbox), ["invalid_blocks", "invalid_blocks"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn ephemeral_messages_are_in_no_history() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let (ada, grace) = (sandbox.person("ada").unwrap(), sandbox.person("grace").unwrap());
    let users = format!("{},{}", ada.id(), grace.id());
    let channel = app.call("conversations.open", json!({"users": users})).await["channel"]["id"].clone();
    let psst = json!({"channel": channel, "user": ada.id(), "text": "psst"});
    assert_eq!(app.call("chat.postEphemeral", psst).await["ok"], true);
    assert_eq!((ada.ephemerals().len(), grace.ephemerals().len()), (1, 0));
    assert!(grace.group_dms()[0].1.is_empty());
    let query = format!("channel={}", channel.as_str().unwrap());
    assert_eq!(app.get("conversations.history", &query).await["messages"], json!([]));
    sandbox.stop().await;
}
