//! Contract tests of file inputs: limits, file objects in the state, downloads.

use serde_json::{Value, json};
use slack_sandbox::{HandsError, SandboxOptions, SubmitOutcome};

use crate::common::{listening, rules, sandbox};

#[tokio::test]
async fn attached_files_are_submitted_whole_and_downloaded_with_the_token() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let ada = sandbox.person("ada").unwrap();
    ada.uses_shortcut("plan").await.unwrap();
    let view = json!({
        "type": "modal", "callback_id": "form", "title": {"type": "plain_text", "text": "Plans"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [{"type": "input", "block_id": "plan", "label": {"type": "plain_text", "text": "Plan"},
            "element": {"type": "file_input", "action_id": "file", "filetypes": ["csv"], "max_files": 2}}],
    });
    let opened = app.call("views.open", json!({"trigger_id": ears.last()["trigger_id"], "view": view})).await;
    assert_eq!(opened["view"]["state"]["values"]["plan"]["file"], json!({"type": "file_input", "files": []}));
    assert!(matches!(ada.submits().await, Err(HandsError::Refused(_))), "it is required");
    assert!(matches!(ada.attaches("Plan", "plan.pdf", b"x").await, Err(HandsError::Refused(_))));
    assert!(matches!(ada.attaches("Plan", "plan.csv", b"").await, Err(HandsError::Refused(_))));
    assert!(matches!(ada.attaches("Map", "plan.csv", b"x").await, Err(HandsError::NotSeen(_))));
    ada.attaches("Plan", "the plan.CSV", b"a,b").await.unwrap();
    ada.attaches("Plan", "b.csv", b"c").await.unwrap();
    let HandsError::Refused(why) = ada.attaches("Plan", "c.csv", b"d").await.unwrap_err() else { panic!("taken") };
    assert!(why.ends_with("no more than 2 files are taken"), "{why}");
    assert!(ada.modal().unwrap().to_string().contains("Plan: the plan.CSV, b.csv"));
    assert_eq!(ada.submits().await.unwrap(), SubmitOutcome::Closed);
    let files = ears.last()["view"]["state"]["values"]["plan"]["file"]["files"].clone();
    let file = &files[0];
    for (key, value) in [("name", "the plan.CSV"), ("filetype", "csv"), ("mimetype", "text/csv"), ("mode", "hosted")] {
        assert_eq!(file[key], value, "{key}");
    }
    assert_eq!((&file["user"], &file["size"]), (&json!(ada.id()), &json!(3)));
    let address = file["url_private_download"].as_str().unwrap();
    let got = app.http.get(address).bearer_auth(&app.bot_token).send().await.unwrap();
    assert_eq!(got.bytes().await.unwrap().as_ref(), b"a,b");
    let page = app.http.get(address).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Sign in"));
    assert_eq!(rules(&sandbox), ["not_authed"]);
    assert_eq!(sandbox.file("b.csv").unwrap(), b"c");
    sandbox.stop().await;
}

#[tokio::test]
async fn downloads_need_their_scope() {
    let options =
        SandboxOptions { scopes: vec!["files:write".into(), "chat:write".into()], ..SandboxOptions::default() };
    let (sandbox, app) = sandbox(options).await;
    let url = app.get("files.getUploadURLExternal", "filename=plan.csv&length=3").await;
    app.http.post(url["upload_url"].as_str().unwrap()).body("a,b").send().await.unwrap();
    let done: Value = app.call("files.completeUploadExternal", json!({"files": [{"id": url["file_id"]}]})).await;
    let address = done["files"][0]["url_private_download"].as_str().unwrap();
    let page = app.http.get(address).bearer_auth(&app.bot_token).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Sign in"));
    assert_eq!(rules(&sandbox), ["missing_scope"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_file_input_is_judged() {
    let options = SandboxOptions { scopes: vec!["chat:write".into()], ..SandboxOptions::default() };
    let (sandbox, app) = sandbox(options).await;
    let view = |element: Value| {
        json!({
            "type": "modal", "title": {"type": "plain_text", "text": "Plans"},
            "submit": {"type": "plain_text", "text": "Send"},
            "blocks": [{"type": "input", "label": {"type": "plain_text", "text": "Plan"}, "element": element}],
        })
    };
    for wrong in [json!({"max_files": 11}), json!({"max_files": 0}), json!({"file_types": ["csv"]})] {
        let mut element = json!({"type": "file_input", "action_id": "file"});
        element.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
        let judged = app.call("blocks.validate", json!({"view": view(element)})).await;
        assert_eq!(judged["error"], "invalid_blocks", "{wrong}");
    }
    let ears = listening(&sandbox, &app).await;
    sandbox.person("ada").unwrap().uses_shortcut("plan").await.unwrap();
    let element = json!({"type": "file_input", "action_id": "file"});
    app.call("views.open", json!({"trigger_id": ears.last()["trigger_id"], "view": view(element)})).await;
    assert_eq!(rules(&sandbox), ["missing_scope"]);
    sandbox.stop().await;
}
