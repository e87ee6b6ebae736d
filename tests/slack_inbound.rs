//! What Slack sends is understood, whatever its shape, and never printed.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use mentor::slack::inbound::{
    DisconnectReason, Envelope, Event, Frame, FrameError, Inbound, PersonKind, Place, SlackPerson, parse,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const INTERACTIONS: &str = include_str!("fixtures/slack/interactions.jsonl");
const EVENTS: &str = include_str!("fixtures/slack/events.jsonl");

/// Kinds of interaction this app has no use for.
const NOT_OURS: [&str; 1] = ["block_suggestion"];

fn samples(lines: &str) -> Vec<(String, String, Value)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a sample is JSON"))
        .map(|sample| (text(&sample["kind"]), text(&sample["event"]), sample["payload"].clone()))
        .collect()
}

fn frame(kind: &str, payload: &Value) -> String {
    json!({
        "envelope_id": "57d6a792-4d35-4d0b-b6aa-3361493e1caf",
        "type": kind,
        "accepts_response_payload": true,
        "payload": payload,
    })
    .to_string()
}

fn envelope(kind: &str, payload: &Value) -> Envelope {
    match parse(&frame(kind, payload)) {
        Ok(Frame::Envelope(envelope)) => envelope,
        other => panic!("not an envelope: {other:?}"),
    }
}

fn interaction(payload: &Value) -> Inbound {
    envelope("interactive", payload).inbound
}

fn event(event: &Value) -> Event {
    let payload = json!({ "type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": event });
    match envelope("events_api", &payload).inbound {
        Inbound::Event(envelope) => envelope.event,
        other => panic!("not an event: {other:?}"),
    }
}

fn command(text: &str) -> Value {
    json!({
        "token": "t", "team_id": "T1", "team_domain": "d", "channel_id": "C1", "channel_name": "general",
        "user_id": "U1", "user_name": "ada", "command": "/greet", "text": text, "api_app_id": "A1",
        "is_enterprise_install": "false", "response_url": "https://hooks.slack.com/commands/1/2/3",
        "trigger_id": "111.222.abc",
    })
}

#[test]
fn every_interaction_sample_is_understood() {
    let samples = samples(INTERACTIONS);
    assert!(samples.len() >= 14, "samples are missing");
    for (kind, _, payload) in samples {
        let inbound = interaction(&payload);
        match (&inbound, kind.as_str()) {
            (Inbound::Action(action), "block_actions") => assert_eq!(action.value.as_deref(), Some("click_me_123")),
            (Inbound::Submission(submission), "view_submission") => assert!(!submission.callback_id.is_empty()),
            (Inbound::Closed(closed), "view_closed") => assert_eq!(closed.callback_id, "view-id"),
            (Inbound::Shortcut(shortcut), "shortcut") => assert!(shortcut.message.is_none()),
            (Inbound::Shortcut(shortcut), "message_action") => {
                let message = shortcut.message.as_ref().expect("a message shortcut has its message");
                assert_eq!((message.channel_id.as_str(), message.text.as_str()), ("C111", "<@W222> test"));
                assert_eq!(shortcut.team_domain.as_deref(), Some("test-test"));
            }
            (Inbound::Unknown { kind: unknown }, kind) if NOT_OURS.contains(&kind) => assert_eq!(unknown, kind),
            _ => panic!("{kind} came out as {inbound:?}"),
        }
        if !NOT_OURS.contains(&kind.as_str()) {
            let sender = inbound.sender().expect("an interaction has somebody who acted");
            assert!(sender.user_id.starts_with('W') || sender.user_id.starts_with('U'), "{kind}: {sender:?}");
            assert!(sender.team_id.starts_with('T'), "{kind}: {sender:?}");
            assert!(inbound.dedupe_key().is_some(), "{kind}");
        }
    }
}

#[test]
fn every_event_sample_is_understood() {
    let samples = samples(EVENTS);
    assert!(samples.len() >= 44, "samples are missing");
    for (_, kind, payload) in samples {
        let Inbound::Event(envelope) = envelope("events_api", &payload).inbound else { panic!("{kind} is no event") };
        assert_eq!(Some(envelope.event_id.as_str()), payload["event_id"].as_str());
        match (&envelope.event, kind.as_str()) {
            (Event::AppUninstalled, "app_uninstalled") | (Event::TokensRevoked, "tokens_revoked") => {}
            (Event::Other { kind: other }, kind) => assert_eq!(other, kind),
            (event, kind) => panic!("{kind} came out as {event:?}"),
        }
    }
}

#[test]
fn the_person_s_own_team_wins() {
    let expected = [
        // team is null: the person's own team, not the one the app is installed in.
        ("block_actions", "T_expected"),
        ("view_submission", "T_unexpected"),
        ("view_closed", "T_unexpected"),
    ];
    let org_wide: Vec<_> =
        samples(INTERACTIONS).into_iter().filter(|(_, _, payload)| payload["team"].is_null()).collect();
    assert_eq!(org_wide.len(), expected.len());
    for ((kind, _, payload), (expected_kind, team)) in org_wide.into_iter().zip(expected) {
        assert_eq!(kind, expected_kind);
        assert_eq!(interaction(&payload).sender().map(|sender| sender.team_id.clone()).as_deref(), Some(team));
    }

    // Somebody of another organisation submits a view of an app that is installed in ours.
    let outside = samples(INTERACTIONS).into_iter().map(|(_, _, payload)| payload);
    let outside =
        outside.filter(|payload| payload["team"]["id"] == "T-other-side").map(|payload| interaction(&payload));
    let teams: Vec<_> = outside.filter_map(|inbound| inbound.sender().map(|sender| sender.team_id.clone())).collect();
    assert_eq!(teams, ["T-other-side"]);

    // Only the installation is known.
    let sparse = json!({ "type": "view_submission", "user": { "id": "W1" }, "team": null,
        "view": { "id": "V1", "app_installed_team_id": "T9" } });
    assert_eq!(interaction(&sparse).sender().map(|sender| sender.team_id.clone()).as_deref(), Some("T9"));
}

#[test]
fn a_command_is_read() {
    let Inbound::Command(command) = envelope("slash_commands", &command("hello there")).inbound else { panic!() };
    assert_eq!((command.command.as_str(), command.text.as_str()), ("/greet", "hello there"));
    assert_eq!((command.sender.team_id.as_str(), command.sender.user_id.as_str()), ("T1", "U1"));
    assert_eq!(command.channel_id, "C1");
}

#[test]
fn retries_are_told() {
    let payload = json!({ "event_id": "Ev1", "event": { "type": "app_uninstalled" } });
    let frame = json!({ "envelope_id": "e", "type": "events_api", "payload": payload, "retry_attempt": 2,
        "retry_reason": "timeout", "accepts_response_payload": false });
    let Ok(Frame::Envelope(envelope)) = parse(&frame.to_string()) else { panic!() };
    assert_eq!((envelope.retry_attempt, envelope.accepts_payload), (2, false));
}

#[test]
fn the_connection_s_own_frames() {
    let hello = r#"{"type":"hello","num_connections":2,"debug_info":{"host":"h","approximate_connection_time":3600},
        "connection_info":{"app_id":"A1"}}"#;
    let Ok(Frame::Hello { connections, lifetime }) = parse(hello) else { panic!() };
    assert_eq!((connections, lifetime.map(|time| time.as_secs())), (Some(2), Some(3600)));
    for (reason, expected) in [
        ("warning", DisconnectReason::Warning),
        ("refresh_requested", DisconnectReason::RefreshRequested),
        ("link_disabled", DisconnectReason::LinkDisabled),
        ("too_many_websockets", DisconnectReason::TooManyWebsockets),
        ("something new", DisconnectReason::Other),
    ] {
        let frame = json!({ "type": "disconnect", "reason": reason, "debug_info": { "host": "h" } }).to_string();
        let Ok(Frame::Disconnect { reason }) = parse(&frame) else { panic!() };
        assert_eq!(reason, expected);
    }
    assert!(matches!(parse(r#"{"type":"weather"}"#), Ok(Frame::Unknown)));
}

#[test]
fn nonsense_is_refused_by_size_and_never_quoted() {
    assert_eq!(parse("not json").unwrap_err(), FrameError::NotJson { bytes: 8 });
    assert_eq!(parse("[]").unwrap_err(), FrameError::NotAFrame { bytes: 2 });
    assert_eq!(parse("{}").unwrap_err(), FrameError::NotAFrame { bytes: 2 });
    let error = parse(r#"{"type":{"secret":"canary"}}"#).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("canary"));
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    assert!(parse(&deep).is_err());
    let deep = format!(r#"{{"type":"interactive","envelope_id":"e","payload":{deep}}}"#);
    assert!(matches!(parse(&deep), Ok(Frame::Envelope(Envelope { inbound: Inbound::Unknown { .. }, .. })) | Err(_)));
}

#[test]
fn an_unreadable_payload_is_still_acknowledged() {
    for payload in [json!(null), json!(7), json!([]), json!({}), json!({ "type": "block_actions" })] {
        for kind in ["slash_commands", "interactive", "events_api", "weather"] {
            let Inbound::Unknown { kind } = envelope(kind, &payload).inbound else { panic!("{kind} {payload}") };
            assert!(kind.starts_with("malformed ") || kind == "weather", "{kind}");
        }
    }
    let sneaky = json!({ "type": "evil\n\u{1b}[31m<!channel>" });
    let Inbound::Unknown { kind } = interaction(&sneaky) else { panic!() };
    assert_eq!(kind, "evil31mchannel");
}

#[test]
fn a_second_delivery_has_the_same_key_and_a_corrected_submission_another() {
    let submission = |trigger: &str| {
        json!({ "type": "view_submission", "user": { "id": "U1", "team_id": "T1" }, "trigger_id": trigger,
            "view": { "id": "V1", "hash": "h", "callback_id": "c" } })
    };
    let key = |payload: &Value| interaction(payload).dedupe_key();
    assert_eq!(key(&submission("1")), key(&submission("1")));
    assert_ne!(key(&submission("1")), key(&submission("2")));
    assert_eq!(key(&submission("1")).as_deref(), Some("submission:V1:1"));
    assert_eq!(key(&submission("")), None);

    let click = json!({ "type": "block_actions", "user": { "id": "U1" }, "trigger_id": "1",
        "actions": [{ "action_id": "a" }] });
    assert_eq!(key(&click).as_deref(), Some("action:U1:1"));
    let typed = envelope("slash_commands", &command("x")).inbound.dedupe_key();
    assert_eq!(typed.as_deref(), Some("command:111.222.abc"));
    let happened = json!({ "event_id": "Ev7", "event": { "type": "app_uninstalled" } });
    assert_eq!(envelope("events_api", &happened).inbound.dedupe_key().as_deref(), Some("event:Ev7"));
}

#[test]
fn a_form_s_inputs_are_read_by_block() {
    let payload = json!({ "type": "view_submission", "user": { "id": "U1" }, "view": { "id": "V1", "state": { "values": {
        "words": { "a": { "type": "plain_text_input", "value": "hello" } },
        "left_empty": { "a": { "type": "plain_text_input", "value": null } },
        "menu": { "a": { "type": "static_select", "selected_option": { "text": {}, "value": "one" } } },
        "unchosen": { "a": { "type": "static_select", "selected_option": null } },
        "boxes": { "a": { "type": "checkboxes", "selected_options": [{ "value": "x" }, { "value": "y" }] } },
        "no_boxes": { "a": { "type": "checkboxes", "selected_options": [] } },
        "day": { "a": { "type": "datepicker", "selected_date": "2031-02-03" } },
        "hour": { "a": { "type": "timepicker", "selected_time": "14:30", "timezone": "Europe/Oslo" } },
        "moment": { "a": { "type": "datetimepicker", "selected_date_time": 1_628_633_820 } },
        "who": { "a": { "type": "users_select", "selected_user": "U2" } },
        "crowd": { "a": { "type": "multi_users_select", "selected_users": ["U3", "U4"] } },
        "rooms": { "a": { "type": "multi_conversations_select", "selected_conversations": ["C1"] } },
        "rich": { "a": { "type": "rich_text_input", "rich_text_value": { "type": "rich_text", "elements": [] } } },
    } } } });
    let Inbound::Submission(submission) = interaction(&payload) else { panic!() };
    let state = submission.state;
    assert_eq!(state.text("words"), Some("hello"));
    assert_eq!((state.text("left_empty"), state.has("left_empty"), state.has("missing")), (None, true, false));
    assert_eq!((state.choice("menu"), state.choice("unchosen")), (Some("one"), None));
    assert_eq!((state.choices("boxes"), state.choices("no_boxes")), (vec!["x", "y"], vec![]));
    assert_eq!((state.date("day"), state.time("hour")), (Some("2031-02-03"), Some("14:30")));
    assert_eq!(state.moment("moment"), Some(1_628_633_820));
    assert_eq!((state.user("who"), state.users("who")), (Some("U2"), vec!["U2"]));
    assert_eq!((state.users("crowd"), state.conversations("rooms")), (vec!["U3", "U4"], vec!["C1"]));
    assert_eq!(state.rich_text("rich").map(|block| block["type"].clone()), Some(json!("rich_text")));
}

#[test]
fn a_click_s_value_and_place() {
    let click = |action: &Value, rest: Value| {
        let mut payload = json!({ "type": "block_actions", "user": { "id": "U1" }, "actions": [action] });
        payload.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        match interaction(&payload) {
            Inbound::Action(action) => action,
            other => panic!("{other:?}"),
        }
    };
    for (field, value) in [
        ("value", json!("v")),
        ("selected_option", json!({ "value": "v" })),
        ("selected_user", json!("v")),
        ("selected_date", json!("v")),
        ("selected_time", json!("v")),
        ("selected_conversation", json!("v")),
    ] {
        assert_eq!(click(&json!({ "action_id": "a", field: value }), json!({})).value.as_deref(), Some("v"), "{field}");
    }
    let action = json!({ "action_id": "a", "block_id": "b" });
    let on_home = click(
        &action,
        json!({
            "container": { "type": "view", "view_id": "V1" },
            "view": { "id": "V1", "type": "home", "hash": "h", "private_metadata": "m", "state": { "values": {} } },
        }),
    );
    let home = Place::View { view_id: "V1".into(), hash: Some("h".into()), view_type: "home".into() };
    assert_eq!((on_home.place, on_home.private_metadata.as_deref()), (home, Some("m")));
    let in_message = click(&action, json!({ "channel": { "id": "C1" }, "message": { "ts": "1.2", "text": "hi" } }));
    assert_eq!(in_message.place, Place::Message { channel_id: "C1".into(), ts: "1.2".into() });
    assert_eq!(click(&action, json!({})).place, Place::Other);
}

#[test]
fn events_are_told_apart() {
    let home = json!({ "type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home" });
    let Event::HomeOpened { sender } = event(&home) else { panic!() };
    assert_eq!((sender.team_id.as_str(), sender.user_id.as_str()), ("T1", "U1"));
    let messages = json!({ "type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages" });
    assert!(matches!(event(&messages), Event::Other { .. }));

    let said =
        json!({ "type": "message", "channel_type": "im", "user": "U1", "team": "T2", "channel": "D1", "text": "hi" });
    let Event::DirectMessage { sender, channel_id, text } = event(&said) else { panic!() };
    assert_eq!((sender.team_id.as_str(), channel_id.as_str(), text.as_str()), ("T2", "D1", "hi"));
    for (field, value) in [("subtype", "message_changed"), ("bot_id", "B1"), ("channel_type", "channel")] {
        let mut other = said.clone();
        other[field] = json!(value);
        assert!(matches!(event(&other), Event::Other { .. }), "{field}");
    }

    let user = json!({ "id": "U1", "team_id": "T1", "name": "ada", "deleted": true });
    assert!(matches!(event(&json!({ "type": "user_change", "user": user })),
        Event::PersonChanged { user } if user.deactivated));
    assert!(matches!(event(&json!({ "type": "team_join", "user": user })), Event::PersonJoined { .. }));
    let people_s = json!({ "type": "tokens_revoked", "tokens": { "oauth": ["U1"], "bot": [] } });
    assert!(matches!(event(&people_s), Event::Other { .. }));
}

#[test]
fn a_person_is_read() {
    let read = |value: Value| serde_json::from_value::<SlackPerson>(value).unwrap();
    let ada =
        read(json!({ "id": "U1", "team_id": "T1", "name": "ada", "real_name": "Ada Lovelace", "tz": "Europe/London",
        "tz_offset": 0, "profile": { "display_name": "", "real_name": "Ada L.", "email": "ada@example.org" },
        "is_bot": false, "is_restricted": false }));
    assert_eq!((ada.name.as_str(), ada.time_zone.as_deref()), ("Ada L.", Some("Europe/London")));
    assert_eq!((ada.kind, ada.email.as_deref(), ada.deactivated), (PersonKind::Member, Some("ada@example.org"), false));
    assert!(!format!("{ada:?}").contains("Ada"));
    assert_eq!(read(json!({ "id": "USLACKBOT", "is_bot": false })).kind, PersonKind::Bot);
    assert_eq!(read(json!({ "id": "U2", "is_restricted": true })).kind, PersonKind::Guest);
    let guest = read(json!({ "id": "U3", "is_restricted": true, "is_ultra_restricted": true, "tz": null }));
    assert_eq!((guest.kind, guest.time_zone), (PersonKind::SingleChannelGuest, None));
    assert!(read(json!({ "id": "U4", "is_stranger": true, "profile": null })).is_stranger);
}

/// Replaces every text a person may have written by one that is easy to find.
fn plant(value: &mut Value) {
    const WRITTEN: [&str; 8] =
        ["text", "value", "private_metadata", "name", "real_name", "display_name", "email", "title"];
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if WRITTEN.contains(&name.as_str()) => "CANARY".clone_into(text),
                    _ => plant(value),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(plant),
        _ => {}
    }
}

#[test]
fn debug_prints_no_text() {
    let mut inbound = vec![("slash_commands", command("CANARY"))];
    inbound.extend(samples(INTERACTIONS).into_iter().map(|(_, _, payload)| ("interactive", payload)));
    inbound.extend(samples(EVENTS).into_iter().map(|(_, _, payload)| ("events_api", payload)));
    let said = json!({ "type": "message", "channel_type": "im", "user": "U1", "channel": "D1", "text": "x" });
    inbound.push(("events_api", json!({ "event_id": "Ev1", "event": said })));
    let joined = json!({ "type": "team_join", "user": { "id": "U1", "name": "x", "profile": { "email": "x" } } });
    inbound.push(("events_api", json!({ "event_id": "Ev1", "event": joined })));
    for (kind, mut payload) in inbound {
        plant(&mut payload);
        let envelope = envelope(kind, &payload);
        let printed = format!("{envelope:?} {envelope:#?}");
        assert!(!printed.contains("CANARY"), "{printed}");
        assert!(!printed.contains("hooks.slack.com"), "{printed}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        let _ = parse(&text);
    }

    #[test]
    fn no_payload_makes_it_panic(index in 0_usize..58, from in 0_usize..20_000, length in 0_usize..40, with in "\\PC{0,8}") {
        let (kind, lines) = if index < 14 { ("interactive", INTERACTIONS) } else { ("events_api", EVENTS) };
        let all = samples(lines);
        let (_, _, payload) = &all[index % all.len()];
        let mut text = frame(kind, payload);
        let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let (from, to) = (boundary(from % text.len()), boundary(from % text.len() + length));
        text.replace_range(from..to, &with);
        let _ = parse(&text);
    }
}

/// The reading alone, on one core. `cargo test --release --test slack_inbound -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
#[expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measurement")]
fn commands_a_second() {
    let frame = frame("slash_commands", &command("hello there, this is a usual command"));
    let start = std::time::Instant::now();
    for _ in 0..200_000 {
        std::hint::black_box(parse(std::hint::black_box(&frame)).unwrap());
    }
    println!("{:.0} commands a second", 200_000.0 / start.elapsed().as_secs_f64());
}
