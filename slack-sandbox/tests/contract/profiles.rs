//! Contract tests of profiles: titles everywhere, custom fields only where Slack shows them.

use serde_json::json;
use slack_sandbox::{NewPerson, SandboxOptions};

use crate::common::{rules, sandbox};

#[tokio::test]
async fn custom_fields_are_in_single_profiles_only() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let new = NewPerson::member("tu", "Tu Youyou", "Asia/Shanghai");
    let tu = sandbox.add_person(new.titled("Chemist").managed_by("later").asked_about("pricing, SQL"));
    let profile = |query: String| {
        let app = app.clone();
        async move { app.get("users.profile.get", &query).await["profile"].clone() }
    };
    let early = profile(format!("user={}", tu.id())).await;
    assert_eq!(early["title"], "Chemist");
    assert_eq!(early["fields"], json!({"Xf0ASKME": {"value": "pricing, SQL", "alt": ""}}));
    let later = sandbox.add_person(NewPerson::member("later", "Later", "Europe/Berlin"));
    let full = profile(format!("user={}&include_labels=true", tu.id())).await;
    assert_eq!(full["fields"]["Xf0MANAGER"], json!({"value": later.id(), "alt": "", "label": "Manager"}));
    assert_eq!(profile(format!("user={}", later.id())).await["fields"], json!({}));
    let user = app.get("users.info", &format!("user={}", tu.id())).await["user"].clone();
    assert_eq!((&user["profile"]["title"], &user["profile"]["fields"]), (&json!("Chemist"), &json!({})));
    assert!(rules(&sandbox).is_empty());
    sandbox.stop().await;
}

#[tokio::test]
async fn the_team_lists_its_fields() {
    let (sandbox, app) = sandbox(SandboxOptions::default()).await;
    let fields = app.get("team.profile.get", "").await["profile"]["fields"].clone();
    let kinds: Vec<(&str, &str)> = fields
        .as_array()
        .unwrap()
        .iter()
        .map(|field| (field["id"].as_str().unwrap(), field["type"].as_str().unwrap()))
        .collect();
    assert_eq!(kinds, [("Xf0MANAGER", "user"), ("Xf0ASKME", "text")]);
    assert_eq!((&fields[0]["label"], &fields[1]["ordering"]), (&json!("Manager"), &json!(1)));
    assert_eq!(app.get("team.profile.get", "visibility=hidden").await["profile"]["fields"], json!([]));
    sandbox.stop().await;
}

#[test]
fn people_of_old_files_need_no_new_fields() {
    let person: NewPerson = serde_json::from_str(r#"{"handle": "ada", "name": "Ada"}"#).unwrap();
    assert_eq!((person.title, person.manager, person.ask_me_about), (None, None, None));
}
