//! Contract tests of what people may type, upload and open, and of what they are told otherwise.

use std::time::Duration;

use serde_json::{Value, json};
use slack_sandbox::{HandsError, NewPerson, SandboxOptions};

use crate::common::{Browser, http_client, listening, rules, sandbox};

fn why<T: std::fmt::Debug>(outcome: Result<T, HandsError>) -> String {
    let Err(HandsError::Refused(why)) = outcome else { panic!("not refused: {outcome:?}") };
    why
}

#[tokio::test]
async fn a_command_in_a_thread_is_not_posted() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let (ada, town) = (sandbox.person("ada").unwrap(), sandbox.add_channel("town", false, &["ada", "grace"]));
    let root = ada.says_in(&town, "hello", None).await.unwrap();
    let sorry = "/coo is not supported in threads. Sorry!";
    assert_eq!(why(ada.says_in(&town, "/coo now", Some(&root)).await), sorry);
    let http = http_client();
    let said = json!({"person": "ada", "channel": town, "text": "/coo now", "thread_ts": root});
    let told = http.post(format!("{}/control/says_in", sandbox.base_url())).json(&said).send().await.unwrap();
    assert_eq!((told.status().as_u16(), told.json::<Value>().await.unwrap()["error"].clone()), (409, json!(sorry)));
    let (browser, _) = Browser::opens(&sandbox).await;
    let said = json!({"person": ada.id(), "channel": town, "text": "/coo now", "thread_ts": root});
    assert_eq!(browser.does("says", said).await.1["error"], sorry);
    let [_, line] = &sandbox.messages(&town)[..] else { panic!("one line more") };
    assert_eq!((line.text.as_str(), line.ephemeral_to.as_deref()), (sorry, Some(ada.id())));
    assert_eq!(line.thread_ts.as_deref(), Some(root.as_str()), "where it was typed");
    assert!(sandbox.envelopes().is_empty());
    ears.says(json!({"text": "Coo"}));
    let ts = ada.says_in(&town, "/coo", None).await.unwrap();
    assert_eq!(ears.last()["command"], "/coo", "a slash makes a command everywhere");
    assert_eq!(sandbox.messages(&town).last().unwrap().ts, ts);
    sandbox.stop().await;
}

#[tokio::test]
async fn nothing_and_too_much_are_not_sent() {
    let (sandbox, _) = sandbox(SandboxOptions::default()).await;
    let (ada, town) = (sandbox.person("ada").unwrap(), sandbox.add_channel("town", false, &["ada"]));
    for nothing in ["", "  \n"] {
        assert!(why(ada.says_in(&town, nothing, None).await).starts_with("no_text"));
    }
    assert!(why(ada.says_in(&town, &"x".repeat(40_001), None).await).starts_with("msg_too_long: 40001"));
    ada.says_in(&town, &format!("@{}", "y".repeat(39_000)), None).await.unwrap();
    assert_eq!(sandbox.messages(&town).len(), 1);
    sandbox.stop().await;
}

#[tokio::test]
async fn only_messages_for_all_that_are_no_replies_are_replied_to() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let (ada, town) = (sandbox.person("ada").unwrap(), sandbox.add_channel("town", false, &["ada", "grace"]));
    let root = ada.says_in(&town, "hello", None).await.unwrap();
    let reply = ada.says_in(&town, "again", Some(&root)).await.unwrap();
    assert!(why(ada.says_in(&town, "deeper", Some(&reply)).await).contains("no message"));
    app.call("conversations.join", json!({"channel": town})).await;
    let grace = sandbox.person("grace").unwrap();
    let psst = json!({"channel": town, "user": grace.id(), "text": "psst"});
    let psst = app.call("chat.postEphemeral", psst).await["message_ts"].as_str().unwrap().to_owned();
    assert!(why(ada.says_in(&town, "I heard", Some(&psst)).await).contains("no message"));
    sandbox.stop().await;
}

#[tokio::test]
async fn bots_type_no_commands() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    listening(&sandbox, &app).await;
    let polly = sandbox.add_person(NewPerson::bot("polly", "Polly"));
    sandbox.add_channel("town", false, &["polly"]);
    for bot in [polly, sandbox.person("slackbot").unwrap(), sandbox.person("app").unwrap()] {
        assert!(why(bot.types("/coo").await).contains("is a bot"), "{}", bot.name());
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn an_answer_slack_does_not_take_is_told_without_json() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let ears = listening(&sandbox, &app).await;
    let (ada, town) = (sandbox.person("ada").unwrap(), sandbox.add_channel("town", false, &["ada"]));
    ears.says(json!({"text": "x", "blocks": [{"type": "section"}]}));
    let (browser, _) = Browser::opens(&sandbox).await;
    browser.does("says", json!({"person": ada.id(), "channel": town, "text": "/bad"})).await;
    assert_eq!(sandbox.messages(&town)[0].text, "/bad failed with the error \"invalid_blocks\"");
    let Err(HandsError::BadAnswer(said)) = ada.types_in(&town, "/bad").await else { panic!("not refused") };
    assert_eq!(said, "/bad failed with the error \"invalid_blocks\"");
    assert!(sandbox.violations()[0].detail.contains("json-pointer"), "the detail is in the log");
    sandbox.stop().await;
}

#[tokio::test]
async fn nobody_unknown_deactivated_or_a_bot_is_met() {
    let (sandbox, _) = sandbox(SandboxOptions::default()).await;
    sandbox.add_person(NewPerson::deactivated("emmy", "Emmy Noether", "Europe/Berlin"));
    sandbox.add_person(NewPerson::bot("polly", "Polly"));
    let id = |handle: &str| sandbox.person(handle).unwrap().id().to_owned();
    let (browser, _) = Browser::opens(&sandbox).await;
    let meets = |person: String, users: Vec<String>| browser.does("meets", json!({"person": person, "users": users}));
    let (status, told) = meets(id("ada"), vec![id("grace"), "U0NOBODY".to_owned()]).await;
    assert_eq!((status, &told["error"]), (404, &json!("nobody has the id U0NOBODY")));
    for other in ["emmy", "polly"] {
        for more in [Vec::new(), vec![sandbox.bot_user()]] {
            let together = [vec![id(other)], more].concat();
            assert_eq!(meets(id("ada"), together.clone()).await.0, 409, "{together:?}");
        }
    }
    assert_eq!(meets(id("emmy"), vec![sandbox.bot_user()]).await.0, 409);
    let http = http_client();
    let channel = json!({"name": "town", "people": ["ada", "nobody"]});
    let told = http.post(format!("{}/control/channels", sandbox.base_url())).json(&channel).send().await.unwrap();
    assert_eq!(told.status(), 404);
    assert_eq!(told.json::<Value>().await.unwrap()["error"], "nobody is called nobody");
    sandbox.stop().await;
}

#[tokio::test]
async fn files_are_uploaded_by_people_who_are_there_and_not_empty_nor_huge() {
    let (sandbox, _) = sandbox(SandboxOptions::default()).await;
    let emmy = sandbox.add_person(NewPerson::deactivated("emmy", "Emmy Noether", "Europe/Berlin"));
    let ada = sandbox.person("ada").unwrap();
    let http = http_client();
    for (person, bytes, said) in [
        (ada.id(), vec![1], ""),
        (ada.id(), Vec::new(), "a.txt: the file is empty"),
        (ada.id(), vec![1; 11 << 20], "a.txt: the file is over 10 MB"),
        (emmy.id(), vec![1], "Emmy Noether is deactivated and cannot act"),
    ] {
        let address = format!("{}/page/uploads?person={person}&name=a.txt", sandbox.base_url());
        let answer: Value = http.post(address).body(bytes).send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["error"].as_str().unwrap_or_default(), said);
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn the_log_says_what_was_never_acknowledged_and_names_nobody_for_several() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    app.connect(std::sync::Arc::new(|_| None)).await;
    sandbox.wait_for_connections(1, Duration::from_secs(3)).await;
    let ada = sandbox.person("ada").unwrap();
    app.call("conversations.open", json!({"users": format!("{},U0GRACE00", ada.id())})).await;
    let (mut browser, world) = Browser::opens(&sandbox).await;
    let line = world["log"].as_array().unwrap().iter().rfind(|line| line["title"] == "conversations.open").unwrap();
    assert_eq!(line["person"], Value::Null);
    // Who asked leaves at once.
    let asked = http_client().post(format!("{}/control/types", sandbox.base_url()));
    let asked = asked.timeout(Duration::from_millis(100)).json(&json!({"person": "ada", "text": "/coo"}));
    assert!(asked.send().await.is_err());
    assert_eq!(browser.hears("log").await["log"][0]["outcome"], "not yet acknowledged");
    tokio::time::sleep(Duration::from_millis(2900)).await;
    let line = browser.hears("log").await["log"][0].clone();
    assert_eq!((&line["outcome"], &line["bad"]), (&json!("not acknowledged within 3 s"), &json!(true)));
    assert_eq!(rules(&sandbox), ["ack_within_3s"]);
    sandbox.stop().await;
}
