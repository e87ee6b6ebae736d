//! Contract tests of the page's server side: what the feed tells, what deeds do, whom it answers.

use serde_json::{Value, json};
use slack_sandbox::SandboxOptions;

use crate::common::{Browser, RawApp, http_client, listening, modal, sandbox, with_button};

#[tokio::test]
async fn a_browser_hears_the_world_and_then_what_changes() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let (mut browser, world) = Browser::opens(&sandbox).await;
    assert_eq!(world["type"], "world");
    assert!(world["people"].as_array().unwrap().iter().any(|person| person["handle"] == "ada"));
    let ada = sandbox.person("ada").unwrap();
    let posted = app.call("chat.postMessage", json!({"channel": ada.id(), "text": "Hello"})).await;
    let frame = browser.hears("messages").await;
    assert_eq!(frame["messages"][0]["text"], "Hello");
    let (channel, ts) = (posted["channel"].clone(), posted["ts"].clone());
    app.call("chat.update", json!({"channel": channel, "ts": ts, "text": "Hello again"})).await;
    let frame = browser.hears("messages").await;
    assert_eq!((&frame["messages"][0]["text"], &frame["messages"][0]["ts"]), (&json!("Hello again"), &ts));
    app.call("chat.delete", json!({"channel": channel, "ts": ts})).await;
    assert_eq!(browser.hears("deleted").await["deleted"], json!([[channel, ts]]));
    let (_, again) = Browser::opens(&sandbox).await;
    assert_eq!(again["messages"], json!([]));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_form_keeps_what_is_typed_and_says_what_is_missing() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let (mut browser, _) = Browser::opens(&sandbox).await;
    let ada = sandbox.person("ada").unwrap();
    let posted = app.call("chat.postMessage", with_button(ada.id(), "Ready?", "Go")).await;
    let message = json!({"channel": posted["channel"], "ts": posted["ts"]});
    let click = json!({"person": ada.id(), "target": message, "block_id": "row", "action_id": "go"});
    assert_eq!(browser.does("acts", click).await, (200, json!({})));
    assert_eq!(ears.last()["actions"][0]["value"], "1");
    let opened =
        app.call("views.open", json!({"trigger_id": ears.last()["trigger_id"], "view": modal("A form")})).await;
    let view = opened["view"]["id"].as_str().unwrap().to_owned();
    assert_eq!(browser.hears("modals").await["modals"][ada.id()][0]["id"], view.as_str());

    let on = |values: Value| json!({"person": ada.id(), "view": view, "values": values});
    let (status, refused) = browser.does("submits", on(json!({}))).await;
    assert_eq!((status, &refused["missing"]), (409, &json!(["why"])));
    let target = json!({"view": view});
    let picks = json!({"person": ada.id(), "target": target, "block_id": "day", "action_id": "pick", "value": "fri"});
    assert_eq!(browser.does("acts", picks).await.0, 200);
    let (_, reloaded) = Browser::opens(&sandbox).await;
    let kept = &reloaded["modals"][ada.id()][0]["values"]["day"]["pick"]["selected_option"];
    assert_eq!(kept["text"]["text"], "Friday", "a reload loses nothing");

    let typed = json!({"why": {"text": "twenty-one letters ..."}});
    let (status, refused) = browser.does("submits", on(typed)).await;
    assert_eq!((status, &refused["error"]), (409, &json!("22 characters, at most 20 are allowed")));
    let sent = browser.does("submits", on(json!({"why": {"text": "to learn"}}))).await;
    assert_eq!(sent, (200, json!({"outcome": "closed"})));
    let values = &ears.last()["view"]["state"]["values"];
    assert_eq!(values["why"]["text"]["value"], "to learn");
    let (status, gone) = browser.does("submits", on(json!({}))).await;
    assert_eq!((status, &gone["error"]), (409, &json!("This form is no longer open.")));
    sandbox.stop().await;
}

#[tokio::test]
async fn nobody_acts_on_what_is_not_theirs() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let _ears = listening(&sandbox, &app).await;
    let (browser, _) = Browser::opens(&sandbox).await;
    let (ada, grace) = (sandbox.person("ada").unwrap(), sandbox.person("grace").unwrap());
    let posted = app.call("chat.postMessage", with_button(ada.id(), "Ready?", "Go")).await;
    let message = json!({"channel": posted["channel"], "ts": posted["ts"]});
    let click = json!({"person": grace.id(), "target": message, "block_id": "row", "action_id": "go"});
    let (status, refused) = browser.does("acts", click).await;
    assert_eq!((status, &refused["error"]), (409, &json!("This is no longer there.")));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_command_nobody_answers_is_told_as_slack_tells_it() {
    let (sandbox, _) = sandbox(SandboxOptions::default()).await;
    let (browser, _) = Browser::opens(&sandbox).await;
    let ada = sandbox.person("ada").unwrap();
    let channel = sandbox.add_channel("general", false, &["ada"]);
    let (status, told) = browser.does("says", json!({"person": ada.id(), "channel": channel, "text": "/hello"})).await;
    assert_eq!((status, &told["slack"]), (409, &json!("dispatch_failed")));
    let [line] = &sandbox.messages(&channel)[..] else { panic!("one line") };
    assert_eq!(line.text, "/hello failed because the app did not respond.");
    assert_eq!(line.ephemeral_to.as_deref(), Some(ada.id()));
    sandbox.stop().await;
}

#[tokio::test]
async fn other_sites_are_not_answered() {
    let (sandbox, _) = sandbox(SandboxOptions::default()).await;
    let page = sandbox.base_url();
    let http = http_client();
    let ours = http.get(&page).send().await.unwrap();
    assert_eq!(ours.status(), 200);
    let policy = ours.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("connect-src 'self'; img-src 'self' data:;"), "{policy}");
    assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(policy.contains("script-src 'self' 'sha256-") && !policy.contains("unsafe"), "{policy}");
    let tag = ours.headers()["etag"].clone();
    let text = ours.text().await.unwrap();
    let inline = text.split("<script").skip(1).filter(|script| !script.split('>').next().unwrap().contains("src="));
    assert_eq!(inline.count(), 1, "the import map is the only script in the page itself");
    for origin in ["http://127.0.0.1:1", "null"] {
        let theirs = http.get(&page).header("origin", origin).send().await.unwrap();
        assert_eq!(theirs.status(), 403, "{origin}");
    }
    assert_eq!(http.get(&page).header("if-none-match", tag).send().await.unwrap().status(), 304);
    for address in [
        "/",
        "/page/feed",
        "/page/reads",
        "/control/state",
        "/api/auth.test",
        "/socket/ticket",
        "/response/R1",
        "/upload/F1",
        "/files-pri/T1-F1/download/x",
        "/nowhere",
    ] {
        let theirs =
            http.get(format!("{page}{address}")).header("origin", "https://evil.example").send().await.unwrap();
        assert_eq!(theirs.status(), 403, "{address}");
        let renamed = http.get(format!("{page}{address}")).header("host", "evil.example").send().await.unwrap();
        assert_eq!(renamed.status(), 403, "{address}");
    }
    assert_eq!(http.get(format!("{page}/page/assets/../Cargo.toml")).send().await.unwrap().status(), 404);
    sandbox.stop().await;
}

#[tokio::test]
async fn marks_of_reading_only_go_forward() {
    let (sandbox, _) = sandbox(SandboxOptions::default()).await;
    let (mut browser, _) = Browser::opens(&sandbox).await;
    let channel = sandbox.add_channel("general", false, &["ada"]);
    let ada = sandbox.person("ada").unwrap();
    ada.says_in(&channel, "first", None).await.unwrap();
    ada.says_in(&channel, "second", None).await.unwrap();
    let [first, second] = &sandbox.messages(&channel)[..] else { panic!("two messages") };
    let read = |person: &str, channel: &str, ts: &str| json!({"person": person, "channel": channel, "ts": ts});
    browser.does("reads", read(ada.id(), &channel, &second.ts)).await;
    assert_eq!(browser.hears("read").await["read"][ada.id()][&channel], second.ts);
    browser.does("reads", read(ada.id(), &channel, &first.ts)).await;
    let (_, world) = Browser::opens(&sandbox).await;
    assert_eq!(world["read"][ada.id()][&channel], second.ts);
    let grace = sandbox.person("grace").unwrap();
    assert_eq!(browser.does("reads", read("U0NOBODY", &channel, &first.ts)).await.0, 404);
    assert_eq!(browser.does("reads", read(grace.id(), &channel, &first.ts)).await.0, 409, "not a member");
    for ts in ["", "tomorrow", "9", "99999999999.000000", "1.2.3"] {
        assert_eq!(browser.does("reads", read(ada.id(), &channel, ts)).await.0, 409, "{ts}");
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn the_log_shows_what_was_sent_and_answered() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let (_, _) = Browser::opens(&sandbox).await;
    RawApp::of(&sandbox).call("chat.postMessage", json!({"channel": "C0NOWHERE", "text": "Hello"})).await;
    app.call("no.such_method", json!({})).await;
    let (_, world) = Browser::opens(&sandbox).await;
    let log = world["log"].as_array().unwrap();
    let titles: Vec<(&str, &str)> =
        log.iter().map(|line| (line["title"].as_str().unwrap(), line["outcome"].as_str().unwrap())).collect();
    assert_eq!(
        titles,
        [
            ("chat.postMessage", "channel_not_found"),
            ("unknown_method", "no.such_method"),
            ("no.such_method", "unknown_method")
        ]
    );
    let address = format!("{}/page/log/{}", sandbox.base_url(), log[0]["n"]);
    let whole: Value = http_client().get(address).send().await.unwrap().json().await.unwrap();
    assert_eq!((&whole["request"]["text"], &whole["response"]["ok"]), (&json!("Hello"), &json!(false)));
    sandbox.stop().await;
}

#[tokio::test]
async fn refusals_are_sentences_in_json() {
    let (sandbox, _) = sandbox(SandboxOptions::default()).await;
    let (base, http) = (sandbox.base_url(), http_client());
    let post = |address: &str| http.post(format!("{base}{address}"));
    let json = |address: &str, body: &'static str| post(address).header("content-type", "application/json").body(body);
    for (status, asked, part) in [
        (400, json("/control/types", "{"), "JSON"),
        (400, json("/page/says", "not"), "JSON"),
        (422, json("/control/types", "{}"), "missing field `person`"),
        (400, json("/page/clock", "{}"), "JSON"),
        (415, post("/control/types").body("{}"), "application/json"),
        (404, post("/control/nothing"), "there is nothing at /control/nothing"),
        (404, http.get(format!("{base}/page/nothing")), "there is nothing at /page/nothing"),
        (404, http.get(format!("{base}/page/log/77")), "nothing at /page/log/77"),
        (400, http.get(format!("{base}/page/log/x")), "Invalid URL"),
        (400, http.get(format!("{base}/control/seen")), "missing field `person`"),
        (405, http.get(format!("{base}/control/types")), "/control/types does not answer GET"),
    ] {
        let answer = asked.send().await.unwrap();
        assert_eq!(answer.status(), status, "{part}");
        let body: Value = answer.json().await.unwrap();
        assert!(body["error"].as_str().unwrap().contains(part), "{part}: {body}");
    }
    sandbox.stop().await;
}
