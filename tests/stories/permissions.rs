//! Forged clicks and forms: somebody else's ids change nothing and show nothing.

use std::sync::Arc;

use mentor::render::controls::{self, forms};
use serde_json::{Value, json};
use slack_sandbox::NewPerson;

use crate::support::{Someone, World, story};

/// Every opaque id that was ever on a screen.
pub(crate) fn ids_on_screens(world: &World) -> Vec<String> {
    let mut ids = Vec::new();
    for call in world.sandbox.calls() {
        collect(&call.arguments, &mut ids);
    }
    ids.sort();
    ids.dedup();
    ids
}

fn collect(value: &Value, ids: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| match value {
            Value::String(text) if ["value", "private_metadata"].contains(&name.as_str()) && text.len() == 32 => {
                ids.push(text.clone());
            }
            // The form encoding carries views and blocks as text.
            Value::String(text) if text.starts_with(['{', '[']) => {
                if let Ok(inner) = serde_json::from_str(text) {
                    collect(&inner, ids);
                }
            }
            other => collect(other, ids),
        }),
        Value::Array(items) => items.iter().for_each(|item| collect(item, ids)),
        _ => {}
    }
}

/// How often private text was put on a screen or into an answer, Homes aside.
pub(crate) fn private_bytes_shown(world: &World) -> usize {
    let called =
        world.sandbox.calls().into_iter().filter(|call| call.method != "views.publish").map(|call| call.arguments);
    let answered = world.sandbox.envelopes().into_iter().filter_map(|envelope| envelope.acknowledgement);
    called.chain(answered).map(|value| value.to_string().matches("canary-").count()).sum()
}

/// `may_ask`: a member may ask anybody, forged or not.
pub(crate) async fn forges_everything(world: &World, intruder: &Someone, ids: &[String], may_ask: bool) {
    let garbage = ["", "0", "not-an-id", "ffffffffffffffffffffffffffffffff"].map(str::to_owned);
    for id in ids.iter().chain(&garbage) {
        // Everybody may take along what is theirs, whatever id a click carries; `leaving` tells what comes of that.
        let theirs = [controls::EXPORT_MY_DATA.id];
        for button in controls::ALL.iter().map(|control| control.id).filter(|id| !theirs.contains(id)) {
            let click = json!({ "type": "block_actions", "actions": [{ "type": "button", "action_id": button, "block_id": "b", "value": id }] });
            let _ = world.during(intruder.hands.forges(click)).await;
        }
        // Everybody may change their own settings, and meetings of their own go by them.
        let is_theirs = |form: &str| if may_ask { form == forms::ASK } else { form == forms::SETTINGS };
        for form in forms::ALL.iter().copied().filter(|form| !is_theirs(form)) {
            let submission = json!({ "type": "view_submission", "view": {
                "id": format!("V{form}{id}"), "type": "modal", "callback_id": form, "private_metadata": id, "hash": "1.a",
                "state": { "values": {
                    "aim": { "aim": { "type": "plain_text_input", "value": "forged" } },
                    "would_help": { "would_help": { "type": "plain_text_input", "value": "forged" } },
                    "give_back": { "give_back": { "type": "plain_text_input", "value": "forged" } },
                    "pass_on": { "pass_on": { "type": "checkboxes", "selected_options": [{ "value": "yes" }] } },
                    "came_of_it": { "came_of_it": { "type": "plain_text_input", "value": "forged" } },
                    "why": { "why": { "type": "plain_text_input", "value": "forged" } },
                    "point": { "point": { "type": "plain_text_input", "value": "forged" } },
                    "text": { "text": { "type": "plain_text_input", "value": "forged" } },
                    "homework": { "homework": { "type": "plain_text_input", "value": "forged" } },
                    "task": { "task": { "type": "plain_text_input", "value": "forged" } },
                    "findings": { "findings": { "type": "plain_text_input", "value": "forged" } },
                    "goal": { "goal": { "type": "plain_text_input", "value": "forged" } },
                    "agreement_goals": { "agreement_goals": { "type": "plain_text_input", "value": "forged" } },
                    "agreement_more": { "agreement_more": { "type": "plain_text_input", "value": "forged" } },
                    "review_in": { "review_in": { "type": "static_select", "selected_option": { "value": "3" } } },
                    "word": { "word": { "type": "plain_text_input", "value": "forged" } },
                    "got_out": { "got_out": { "type": "plain_text_input", "value": "forged" } },
                    "thanks": { "thanks": { "type": "plain_text_input", "value": "forged" } },
                    "what_next": { "what_next": { "type": "plain_text_input", "value": "forged" } },
                    "stay_in_touch": { "stay_in_touch": { "type": "radio_buttons", "selected_option": { "value": "yes" } } },
                    "topic": { "topic": { "type": "plain_text_input", "value": "forged" } },
                    "question": { "question": { "type": "plain_text_input", "value": "forged" } },
                    "answer": { "answer": { "type": "plain_text_input", "value": "forged" } },
                    "note": { "note": { "type": "plain_text_input", "value": "forged" } },
                    "whom": { "whom": { "type": "users_select", "selected_user": intruder.hands.id() } },
                    "offered": { "offered": { "type": "plain_text_input", "value": "forged" } },
                    "open_to": { "open_to": { "type": "radio_buttons", "selected_option": { "value": "anybody" } } },
                    "mentees": { "mentees": { "type": "static_select", "selected_option": { "value": "3" } } },
                    "win": { "win": { "type": "plain_text_input", "value": "forged" } },
                    "working_days": { "working_days": { "type": "checkboxes", "selected_options": [{ "value": "Mon" }] } },
                    "works_from": { "works_from": { "type": "timepicker", "selected_time": "08:00" } },
                    "works_until": { "works_until": { "type": "timepicker", "selected_time": "12:00" } },
                    "days_off": { "days_off": { "type": "plain_text_input", "value": "5 March 2026" } },
                    "agenda_days": { "agenda_days": { "type": "static_select", "selected_option": { "value": "3" } } },
                    "notice_days": { "notice_days": { "type": "static_select", "selected_option": { "value": "3" } } },
                    "starting_soon": { "starting_soon": { "type": "static_select", "selected_option": { "value": "10" } } },
                    "how": { "how": { "type": "radio_buttons", "selected_option": { "value": "peer" } } },
                    "pair": { "pair": { "type": "static_select", "selected_option": { "value": id } } },
                    "often": { "often": { "type": "checkboxes", "selected_options": [{ "value": "every_two_weeks" }] } },
                    "pairs": { "pairs": { "type": "checkboxes", "selected_options": [{ "value": id }] } },
                    "pair": { "pair": { "type": "static_select", "selected_option": { "value": id } } },
                    "until": { "until": { "type": "datepicker", "selected_date": "2026-04-01" } },
                    "frequency": { "frequency": { "type": "static_select", "selected_option": { "value": "weekly" } } },
                    "expression": { "expression": { "type": "plain_text_input", "value": "0 10 * * Wed" } },
                    "weekday": { "weekday": { "type": "static_select", "selected_option": { "value": "Mon" } } },
                    "time": { "time": { "type": "timepicker", "selected_time": "09:00" } },
                    "outside_name": { "outside_name": { "type": "plain_text_input", "value": "Forged" } },
                    "outside_email": { "outside_email": { "type": "plain_text_input", "value": "forged@example.org" } },
                    "outside_reply_to": { "outside_reply_to": { "type": "plain_text_input", "value": "forged@example.org" } },
                    "outside_aim": { "outside_aim": { "type": "plain_text_input", "value": "forged" } },
                    "outside_letters": { "outside_letters": { "type": "checkboxes", "selected_options": [] } },
                    "aliases": { "aliases": { "type": "plain_text_input", "value": "forged, forger" } },
                    "nominee": { "nominee": { "type": "users_select", "selected_user": intruder.hands.id() } },
                    "nominee_line": { "nominee_line": { "type": "plain_text_input", "value": "forged" } },
                    "most_a_month": { "most_a_month": { "type": "static_select", "selected_option": { "value": "0" } } },
                    "network_person": { "network_person": { "type": "users_select", "selected_user": world.someone("grace").hands.id() } },
                    "network_topics": { "network_topics": { "type": "plain_text_input", "value": "forged" } },
                    "network_note": { "network_note": { "type": "plain_text_input", "value": "forged" } },
                    "length": { "length": { "type": "radio_buttons", "selected_option": { "value": "30" } } },
                } } } });
            let _ = world.during(intruder.hands.forges(submission)).await;
        }
    }
}

story!(forged_clicks_change_nothing_and_show_nothing, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to("2026-03-05T16:00:00Z".parse().unwrap()).await;
    ada.types_and_sees("/mentor peers").await;
    ada.submits().await;
    ada.closes().await;
    ada.reads();
    grace.reads();
    let ids = ids_on_screens(&world);
    assert!(ids.len() >= 3, "the pair, the meeting and a person: {ids:?}");
    let before = (ada.home().await, grace.home().await, world.outbox().await);

    let private_before = private_bytes_shown(&world);
    let mallory = world.joins(NewPerson::member("mallory", "Mallory", "Europe/London")).await;
    let guest = world.joins(NewPerson::guest("hedy", "Hedy Lamarr", "Europe/Vienna")).await;
    let stranger = world.lives_here(NewPerson::stranger("marie", "Marie Curie", "Europe/Paris"));
    for (intruder, may_ask) in [(&mallory, true), (&guest, true), (&stranger, false)] {
        forges_everything(&world, intruder, &ids, may_ask).await;
    }
    assert_eq!(private_bytes_shown(&world), private_before, "somebody saw what is not theirs");
    assert_eq!((ada.home().await, grace.home().await, world.outbox().await), before);

    // Who asked to become peers does not answer. Each half may do only what is theirs: the mentor does not report and does not write the agenda, the mentee does not
    // accept; what they may read, they may read.
    for button in [controls::WE_MET.id, controls::NOT_YET.id, controls::SKIPPED.id, controls::PREPARE.id] {
        for id in &ids {
            let click = json!({ "type": "block_actions", "actions": [{ "type": "button", "action_id": button, "block_id": "b", "value": id }] });
            let _ = world.during(grace.hands.forges(click)).await;
        }
    }
    for (button, id) in
        [controls::PEERS_YES.id, controls::PEERS_NO.id].into_iter().flat_map(|it| ids.iter().map(move |id| (it, id)))
    {
        let click = json!({ "type": "block_actions", "actions": [{ "type": "button", "action_id": button, "block_id": "b", "value": id }] });
        let _ = world.during(ada.hands.forges(click)).await;
    }
    for id in &ids {
        let point = json!({ "type": "view_submission", "view": {
            "id": format!("Vpoint{id}"), "type": "modal", "callback_id": forms::ADD_POINT, "private_metadata": id, "hash": "1.a",
            "state": { "values": { "point": { "point": { "type": "plain_text_input", "value": "forged" } } } } } });
        let _ = world.during(ada.hands.forges(point)).await;
    }
    assert_eq!((ada.home().await, grace.home().await, world.outbox().await), before);
});

story!(an_outside_mentor_sees_their_own_pair_alone, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to("2026-03-03T15:00:00Z".parse().unwrap()).await;
    ada.reads();
    ada.prepares("Learn the why", &world.secret("why")).await;
    ada.types_and_sees("/mentor peers").await;
    ada.submits().await;
    ada.closes().await;
    grace.reads();
    let theirs = ids_on_screens(&world);

    // Marie mentors Lise from outside, and has her message with its button.
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/Vienna")).await;
    let marie = crate::outside::marie(&world, true).await;
    lise.asks(&marie, &world.secret("research")).await;
    marie.reads_one();
    marie.accepts("Tuesday", "10:00", "45 minutes").await;
    lise.reads_one();
    world.sign(&lise, &marie).await;

    let before = (ada.home().await, grace.home().await, lise.home().await, world.outbox().await);
    let private_before = private_bytes_shown(&world);
    forges_everything(&world, &marie, &theirs, false).await;
    assert_eq!(private_bytes_shown(&world), private_before, "somebody saw what is not theirs");
    let after = (ada.home().await, grace.home().await, lise.home().await, world.outbox().await);
    assert_eq!(after.0, before.0);
    assert_eq!(after.1, before.1);
    assert_eq!(after.2, before.2);
    assert_eq!(after.3, before.3);

    // Somebody outside asks nobody, forged or not.
    for id in &theirs {
        let ask = json!({ "type": "view_submission", "view": {
            "id": format!("Vask{id}"), "type": "modal", "callback_id": forms::ASK, "private_metadata": id, "hash": "1.a",
            "state": { "values": { "aim": { "aim": { "type": "plain_text_input", "value": "forged" } } } } } });
        let _ = world.during(marie.hands.forges(ask)).await;
    }
    assert_eq!((ada.home().await, grace.home().await, lise.home().await, world.outbox().await), before);
});
