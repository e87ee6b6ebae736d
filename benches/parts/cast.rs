//! Who is in the workspace, and what they type, click and send.
//!
//! Owns: the envelopes, as large as Slack's. Must not: send them.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use serde_json::{Value, json};

use super::wire::envelope_id;

/// The workspace.
pub(crate) const TEAM: &str = "T0BENCH";

/// People without a mentor, who look around.
pub(crate) const ALONE: u64 = 400;
/// Active pairs.
pub(crate) const PAIRS: u64 = 16;
/// Mentees of the pairs that are asked for under load.
const ASKERS: u64 = 100;
/// Mentors who are asked.
pub(crate) const MENTORS: u64 = 50;

const FIRST_MENTEE: u64 = ALONE;
const FIRST_MENTOR: u64 = FIRST_MENTEE + PAIRS;
const FIRST_ASKER: u64 = FIRST_MENTOR + PAIRS;
const FIRST_ASKED: u64 = FIRST_ASKER + ASKERS;
/// Everybody.
pub(crate) const PEOPLE: u64 = FIRST_ASKED + MENTORS;

/// Somebody's user id.
pub(crate) fn user(person: u64) -> String {
    format!("U{person:08}")
}

/// Mentee and mentor of an active pair.
pub(crate) fn pair(index: u64) -> (u64, u64) {
    (FIRST_MENTEE + index, FIRST_MENTOR + index)
}

/// One of those who are asked under load.
pub(crate) fn asked(index: u64) -> u64 {
    FIRST_ASKED + index % MENTORS
}

/// What is sent again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// `/mentor help`: touches no table.
    Help,
    /// `/mentor` by somebody without a mentor.
    Status,
    /// `/mentor` by somebody in an active pair with a meeting to come.
    PairedStatus,
    /// Home is opened: one transaction that writes the envelope's key and the screen.
    OpenHome,
    /// The form with which a mentor is asked: one transaction that writes key, pair, pair key and message.
    Ask,
    /// `/mentor ask @mentor`: reads, and opens a form through the Web API after the acknowledgement.
    OpenAskForm,
}

/// What the app calls the mentors, and how many of the pairs to ask for have been used.
#[derive(Default)]
pub(crate) struct Cast {
    /// In the order of [`asked`].
    mentors: Vec<String>,
    used: AtomicU64,
}

impl Cast {
    /// A cast whose askers ask these mentors, named as the app names them, in the order of [`asked`].
    pub(crate) fn asking(mentors: Vec<String>) -> Self {
        Self { mentors, used: AtomicU64::new(0) }
    }

    /// The envelope of this number for one more turn of an act.
    pub(crate) fn envelope(&self, act: Act, number: u64, turn: u64) -> String {
        match act {
            Act::Help => command(number, turn % ALONE, "help"),
            Act::Status => command(number, turn % ALONE, ""),
            Act::PairedStatus => command(number, FIRST_MENTEE + turn % (2 * PAIRS), ""),
            Act::OpenAskForm => command(number, FIRST_ASKER + turn % ASKERS, &mention(asked(turn))),
            Act::OpenHome => home_opened(number, turn % ALONE),
            Act::Ask => {
                // Every mentee asks the first mentor before anybody asks the second: each question is a new pair.
                let used = self.used.fetch_add(1, Relaxed);
                let mentor = usize::try_from(used / ASKERS % MENTORS).unwrap_or_default();
                let about = self.mentors.get(mentor).map_or("", String::as_str);
                ask_form(number, FIRST_ASKER + used % ASKERS, about)
            }
        }
    }
}

/// The words that ask this person.
pub(crate) fn mention(person: u64) -> String {
    format!("ask <@{}|somebody>", user(person))
}

/// A command, written without a JSON library: it is made once for each of many thousand acknowledgements.
pub(crate) fn command(number: u64, person: u64, text: &str) -> String {
    let (id, user) = (envelope_id(number), user(person));
    format!(
        r#"{{"envelope_id":"{id}","type":"slash_commands","accepts_response_payload":true,"payload":{{"token":"verification-token","team_id":"{TEAM}","team_domain":"bench","channel_id":"D{user}","channel_name":"directmessage","user_id":"{user}","user_name":"person{person}","command":"/mentor","text":"{text}","api_app_id":"A0BENCH","is_enterprise_install":"false","response_url":"http://127.0.0.1:9/commands/{TEAM}/{number}","trigger_id":"{number}.{number}.0123456789abcdef0123456789abcdef"}}}}"#
    )
}

fn home_opened(number: u64, person: u64) -> String {
    let (id, user) = (envelope_id(number), user(person));
    format!(
        r#"{{"envelope_id":"{id}","type":"events_api","accepts_response_payload":false,"retry_attempt":0,"retry_reason":"","payload":{{"token":"verification-token","team_id":"{TEAM}","api_app_id":"A0BENCH","event":{{"type":"app_home_opened","user":"{user}","channel":"D{user}","tab":"home","event_ts":"1700000000.{number:06}"}},"type":"event_callback","event_id":"Ev{number:010}","event_time":1700000000,"authorizations":[{{"enterprise_id":null,"team_id":"{TEAM}","user_id":"U0BOT","is_bot":true,"is_enterprise_install":false}}],"is_ext_shared_channel":false}}}}"#
    )
}

fn ask_form(number: u64, mentee: u64, about: &str) -> String {
    let aim = json!({ "type": "plain_text_input", "value": "To lead a team without losing the work I love; she has." });
    form(number, mentee, "ask_mentor", about, &json!({ "aim": { "aim": aim } }))
}

/// The form with which a mentor accepts this pair.
pub(crate) fn accept_form(number: u64, mentor: u64, pair: &str) -> String {
    let choice = |value: &str| json!({ "type": "static_select", "selected_option": { "value": value } });
    let values = json!({
        "weekday": { "weekday": choice("Tue") },
        "time": { "time": { "type": "timepicker", "selected_time": "10:00" } },
        "length": { "length": choice("45") },
    });
    form(number, mentor, "accept_pair", pair, &values)
}

/// The form with which this mentee asks a mentor, whom the app calls `about`.
pub(crate) fn ask(number: u64, mentee: u64, about: &str) -> String {
    ask_form(number, mentee, about)
}

fn form(number: u64, person: u64, callback_id: &str, about: &str, values: &Value) -> String {
    let user = user(person);
    json!({
        "envelope_id": envelope_id(number),
        "type": "interactive",
        "accepts_response_payload": true,
        "payload": {
            "type": "view_submission",
            "team": { "id": TEAM, "domain": "bench" },
            "user": { "id": user, "username": user, "name": user, "team_id": TEAM },
            "api_app_id": "A0BENCH",
            "token": "verification-token",
            "trigger_id": format!("{number}.{number}.0123456789abcdef"),
            "view": {
                "id": format!("V{number}"), "team_id": TEAM, "type": "modal", "callback_id": callback_id,
                "private_metadata": about, "hash": format!("{number}.hash"), "state": { "values": values },
                "app_id": "A0BENCH", "app_installed_team_id": TEAM, "bot_id": "B0BENCH",
                "blocks": [], "previous_view_id": null, "root_view_id": format!("V{number}"), "external_id": "",
            },
            "response_urls": [],
        },
    })
    .to_string()
}
