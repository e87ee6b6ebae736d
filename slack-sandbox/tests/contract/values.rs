//! Contract tests of values: only those a client can send reach the app.

use serde_json::{Value, json};
use slack_sandbox::{NewPerson, SandboxOptions};

use crate::common::{Browser, listening, sandbox};

fn plain(text: &str) -> Value {
    json!({"type": "plain_text", "text": text})
}

/// An input block named after its element's action.
fn input(action: &str, mut element: Value, dispatches: bool) -> Value {
    element["action_id"] = json!("it");
    json!({"type": "input", "block_id": action, "dispatch_action": dispatches, "label": plain(action), "element": element})
}

fn form() -> Value {
    let options: Vec<Value> = ["a", "b", "c"].map(|name| json!({"text": plain(name), "value": name})).to_vec();
    let kind = |kind: &str| json!({"type": kind});
    json!({"type": "modal", "title": plain("Form"), "submit": plain("Send"), "blocks": [
        input("date", kind("datepicker"), true), input("time", kind("timepicker"), true),
        input("moment", kind("datetimepicker"), true), input("person", kind("users_select"), true),
        input("people", json!({"type": "multi_users_select", "max_selected_items": 2}), true),
        input("place", kind("conversations_select"), true), input("channel", kind("channels_select"), true),
        input("channels", kind("multi_channels_select"), true),
        input("some", json!({"type": "multi_static_select", "options": options, "max_selected_items": 2}), true),
        input("ticks", json!({"type": "checkboxes", "options": options}), true),
        input("words", json!({"type": "plain_text_input", "min_length": 3, "max_length": 5}), true),
        input("number", json!({"type": "number_input", "is_decimal_allowed": false, "max_value": "7"}), true),
        input("mail", kind("email_text_input"), true), input("rich", kind("rich_text_input"), true),
    ]})
}

#[tokio::test]
async fn only_values_a_client_can_send_reach_the_app() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let (ada, grace) = (sandbox.person("ada").unwrap(), sandbox.person("grace").unwrap());
    let emmy = sandbox.add_person(NewPerson::deactivated("emmy", "Emmy Noether", "Europe/Berlin"));
    let (town, crew) = (sandbox.add_channel("town", false, &["grace"]), sandbox.add_channel("crew", true, &["grace"]));
    ada.types("/form").await.unwrap();
    let opened = app.call("views.open", json!({"trigger_id": ears.last()["trigger_id"], "view": form()})).await;
    assert_eq!(opened["ok"], true, "{opened}");
    let (browser, _) = Browser::opens(&sandbox).await;
    let gives = async |block: &str, value: &Value| {
        let target = json!({"view": opened["view"]["id"]});
        let deed = json!({"person": ada.id(), "target": target, "block_id": block, "action_id": "it", "value": value});
        browser.does("acts", deed).await.0
    };
    let heard = sandbox.envelopes().len();
    for (block, wrong) in [
        ("date", vec![json!(42), json!("42"), json!("2026-02-30"), json!("2026-2-3")]),
        ("time", vec![json!("25:00"), json!("9:00"), json!(9)]),
        ("moment", vec![json!("2026-03-02"), json!(42), json!(1.5)]),
        ("person", vec![json!("U0NOBODY"), json!(emmy.id()), json!([ada.id()])]),
        ("people", vec![json!([ada.id(), ada.id()]), json!([ada.id(), "U0NOBODY"]), json!(ada.id())]),
        ("people", vec![json!([ada.id(), grace.id(), sandbox.bot_user()])]),
        ("place", vec![json!("C0NOWHERE"), json!(crew)]),
        ("channel", vec![json!(crew), json!("#town"), json!(ada.id())]),
        ("channels", vec![json!([town, town])]),
        ("some", vec![json!(["a", "b", "c"]), json!(["a", "a"]), json!("a"), json!(["z"])]),
        ("ticks", vec![json!(["a", "a"])]),
        ("words", vec![json!("ab"), json!("abcdef"), json!("a\nbc"), json!(7)]),
        ("number", vec![json!("eight"), json!("8"), json!("1.5")]),
        ("mail", vec![json!("nobody")]),
        ("rich", vec![json!({"type": "rich_text"})]),
    ] {
        for value in wrong {
            assert_eq!(gives(block, &value).await, 409, "{block}: {value}");
        }
    }
    assert_eq!(sandbox.envelopes().len(), heard, "the app hears of none of them");
    for (block, right) in [
        ("date", json!("2026-02-28")),
        ("time", json!("09:00")),
        ("moment", json!(1_772_000_000)),
        ("person", json!(grace.id())),
        ("people", json!([ada.id(), grace.id()])),
        ("place", json!(town)),
        ("channel", json!(town)),
        ("channels", json!([town])),
        ("some", json!(["a", "c"])),
        ("ticks", json!(["a", "b", "c"])),
        ("words", json!("abc")),
        ("number", json!("7")),
        ("mail", json!("ada@example.com")),
        ("rich", json!("words")),
        ("date", Value::Null),
        ("people", json!([])),
    ] {
        assert_eq!(gives(block, &right).await, 200, "{block}: {right}");
    }
    sandbox.stop().await;
}
