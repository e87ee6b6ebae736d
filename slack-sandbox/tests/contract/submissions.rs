//! Contract tests of submissions that take their time: two at once, and modals that change meanwhile.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use slack_sandbox::{Hands, Sandbox, SandboxOptions, SubmitOutcome};
use tokio::time::sleep;
use tokio_tungstenite::tungstenite::Message;

use crate::common::{Browser, RawApp, http_client, modal, rules, sandbox};

/// A sandbox where Ada has a filled form open, and an app that answers a submission after a while.
struct Slow {
    sandbox: Sandbox,
    app: RawApp,
    ada: Hands,
    view: String,
}

async fn slow(answer: Value) -> Slow {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let trigger = Arc::new(Mutex::new(Value::Null));
    let (socket, _) = tokio_tungstenite::connect_async(app.socket_url().await).await.unwrap();
    let (mouth, mut ear) = socket.split();
    let (mouth, keep) = (Arc::new(tokio::sync::Mutex::new(mouth)), trigger.clone());
    tokio::spawn(async move {
        while let Some(Ok(frame)) = ear.next().await {
            let Message::Text(text) = frame else { continue };
            let envelope: Value = serde_json::from_str(text.as_str()).unwrap();
            let Some(id) = envelope.get("envelope_id") else { continue };
            *keep.lock().unwrap() = envelope["payload"]["trigger_id"].clone();
            let mut sent = json!({"envelope_id": id});
            let submitted = envelope["payload"]["type"] == "view_submission";
            if submitted {
                sent["payload"] = answer.clone();
            }
            let mouth = mouth.clone();
            tokio::spawn(async move {
                if submitted {
                    sleep(Duration::from_millis(200)).await;
                }
                mouth.lock().await.send(Message::Text(sent.to_string().into())).await.unwrap();
            });
        }
    });
    sandbox.wait_for_connections(1, Duration::from_secs(3)).await;
    let ada = sandbox.person("ada").unwrap();
    ada.types("/form").await.unwrap();
    let trigger = trigger.lock().unwrap().clone();
    let opened = app.call("views.open", json!({"trigger_id": trigger, "view": modal("Form")})).await;
    ada.fills("Why", "so").await.unwrap();
    let view = opened["view"]["id"].as_str().unwrap().to_owned();
    Slow { sandbox, app, ada, view }
}

fn without_why() -> Value {
    let mut view = modal("Other");
    view["blocks"].as_array_mut().unwrap().remove(0);
    view
}

#[tokio::test]
async fn a_client_sends_a_form_once_and_says_so() {
    let Slow { sandbox, ada, view, .. } = slow(json!({"response_action": "update", "view": without_why()})).await;
    let (browser, _) = Browser::opens(&sandbox).await;
    let on = json!({"person": ada.id(), "view": view, "values": {"why": {"text": "so"}}});
    let (first, second) = tokio::join!(browser.does("submits", on.clone()), async {
        sleep(Duration::from_millis(50)).await;
        browser.does("submits", on.clone()).await
    });
    assert_eq!(first, (200, json!({"outcome": "updated"})));
    assert_eq!((second.0, &second.1["error"]), (409, &json!("This form is being sent already.")));
    let sent = sandbox.envelopes().iter().filter(|sent| sent.payload["type"] == "view_submission").count();
    assert_eq!(sent, 1);
    assert_eq!(
        ada.submits().await.map(|outcome| matches!(outcome, SubmitOutcome::Updated(_))),
        Ok(true),
        "later again"
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn errors_are_judged_by_what_was_submitted() {
    let Slow { sandbox, app, ada, view } = slow(json!({"response_action": "errors", "errors": {"why": "No"}})).await;
    let (outcome, ()) = tokio::join!(ada.submits(), async {
        sleep(Duration::from_millis(50)).await;
        app.call("views.update", json!({"view_id": view, "view": without_why()})).await;
    });
    let SubmitOutcome::Errors(errors) = outcome.unwrap() else { panic!("no errors") };
    assert_eq!(errors["Why"], "No");
    assert!(rules(&sandbox).is_empty(), "{:?}", sandbox.violations());
    assert!(ada.modal().unwrap().errors.is_empty(), "there is no such input any more");
    sandbox.stop().await;
}

#[tokio::test]
async fn an_answer_does_nothing_to_a_modal_that_was_closed_nor_to_the_next() {
    for answer in [
        json!({"response_action": "clear"}),
        json!({"response_action": "push", "view": modal("On top")}),
        json!({"response_action": "update", "view": modal("Anew")}),
        Value::Null,
    ] {
        let Slow { sandbox, app, ada, .. } = slow(answer.clone()).await;
        let (outcome, ()) = tokio::join!(ada.submits(), async {
            sleep(Duration::from_millis(50)).await;
            ada.closes().await.unwrap();
            ada.uses_shortcut("again").await.unwrap();
            let trigger = sandbox.envelopes().last().unwrap().payload["trigger_id"].clone();
            let opened = app.call("views.open", json!({"trigger_id": trigger, "view": modal("Next")})).await;
            assert_eq!(opened["ok"], true, "{opened}");
        });
        assert_eq!(outcome, Ok(SubmitOutcome::Closed), "{answer}");
        assert_eq!(ada.modal().unwrap().title, "Next", "{answer}");
        sandbox.stop().await;
    }
}

#[tokio::test]
async fn a_submission_reaches_its_end_when_the_page_is_left() {
    let Slow { sandbox, ada, view, .. } = slow(Value::Null).await;
    let http = http_client();
    let asked = http.post(format!("{}/page/submits", sandbox.base_url())).timeout(Duration::from_millis(80));
    assert!(asked.json(&json!({"person": ada.id(), "view": view})).send().await.is_err(), "it left");
    ada.wait_for("the end", |ada| ada.modal().is_none().then_some(())).await.unwrap();
    sandbox.stop().await;
}
