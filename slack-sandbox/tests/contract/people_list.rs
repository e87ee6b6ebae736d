//! Contract tests of lists of people that others write.

use slack_sandbox::NewPerson;

#[test]
fn nonsense_is_refused_with_its_place_and_a_way_out() {
    for (list, said) in [
        ("", "line 1: "),
        ("{}", "write a list"),
        ("[]", "the list is empty"),
        ("[7]", "person 1: write {"),
        (r#"[{"handle": "ada"}]"#, "person 1: missing field `name`"),
        (r#"[{"name": "Ada"}]"#, "person 1: missing field `handle`"),
        (r#"[{"handle": "", "name": "Ada"}]"#, "person 1: \"\" is no handle"),
        (r#"[{"handle": "ada l", "name": "Ada"}]"#, "person 1: \"ada l\" is no handle; write letters"),
        (r#"[{"handle": "@ada", "name": "Ada"}]"#, "person 1: \"@ada\" is no handle"),
        (r#"[{"handle": 7, "name": "Ada"}]"#, "person 1: 7 is no handle"),
        (r#"[{"handle": "slackbot", "name": "Ada"}]"#, "Slack's own"),
        (r#"[{"handle": "ada", "name": " "}]"#, "person 1: \" \" is no name"),
        (r#"[{"handle": "ada", "name": "Ada", "zone": "UTC"}]"#, "person 1: \"zone\" is unknown; known are handle"),
        (r#"[{"handle": "ada", "name": "Ada", "tz": "Europe/Lodon"}]"#, "no time zone \"Europe/Lodon\""),
        (r#"[{"handle": "ada", "name": "Ada", "kind": "boss"}]"#, "person 1: unknown variant `boss`"),
        (r#"[{"handle": "ada", "name": "Ada", "manager": "eve"}]"#, "nobody in the list has the handle \"eve\""),
        (r#"[{"handle": "ada", "name": "A"}, {"handle": "ada", "name": "B"}]"#, "person 2: the handle \"ada\" is"),
    ] {
        let refused = NewPerson::list_from_json(list).unwrap_err().to_string();
        assert!(refused.contains(said), "{list}: {refused}");
    }
    let good = r#"[{"handle": "ada", "name": "Ada", "manager": "eve"}, {"handle": "eve", "name": "Eve", "tz": null}]"#;
    assert_eq!(NewPerson::list_from_json(good).unwrap().len(), 2);
}
