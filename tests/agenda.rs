//! The agenda's rules and its words by the kind of pair, which no story can make yet: outside mentors and peers.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use mentor::domain::agenda::{Agenda, Part};
use mentor::domain::agenda_items::{
    Age, AgendaItem, CannotPark, Entries, MOST_CHARACTERS, SourceLink, Spot, fit, open_spots,
};
use mentor::domain::coaching::{BANK, by_id};
use mentor::domain::identifiers::{AgendaItemId, MeetingId, PairId, PersonId};
use mentor::domain::meetings::{Meeting, MeetingOfPair, MeetingState};
use mentor::domain::pairs::{Pair, PairKind, PairOfPeople, PairState};
use mentor::domain::people::{Person, SlackIdentity, Standing};
use mentor::domain::private_text::PrivateText;
use mentor::domain::settings::Settings;
use mentor::render::agenda_form::{OnAgenda, read, write};
use mentor::render::meeting_form;
use proptest::prelude::*;
use serde_json::Value;
use uuid::Uuid;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn text(text: &str) -> PrivateText {
    PrivateText::kept(text.to_owned())
}

fn person(number: u128, name: &str) -> Person {
    Person {
        id: PersonId(Uuid::from_u128(number)),
        slack: SlackIdentity { team_id: "T1".to_owned(), user_id: format!("U{number}") },
        name: name.to_owned(),
        time_zone: Some(chrono_tz::Tz::Europe__London),
        standing: Standing::Member,
        deactivated: false,
        locale: None,
        settings: Settings::default(),
    }
}

fn pair_of(kind: PairKind, mentee: u128, mentor: u128) -> PairOfPeople {
    let (mentee, mentor) = (person(mentee, "Ada"), person(mentor, "Grace"));
    let asked_at = at("2026-01-05T09:00:00Z");
    let pair = Pair {
        id: PairId(Uuid::from_u128(mentor.id.0.as_u128() + 100)),
        kind,
        state: PairState::Active,
        mentee: mentee.id,
        mentor: mentor.id,
        aim: text("to lead"),
        asked_at,
        answer_by: asked_at,
        rhythm: None,
    };
    PairOfPeople { pair, mentee, mentor }
}

fn meeting_at(of: &PairOfPeople, starts_at: &str) -> Meeting {
    Meeting {
        id: MeetingId(Uuid::from_u128(9)),
        pair: of.pair.id,
        slot_at: at(starts_at),
        starts_at: at(starts_at),
        length_minutes: 30,
        state: MeetingState::Planned,
        planned_at: of.pair.asked_at,
        not_yet_at: None,
        most_useful: None,
        revision: 0,
    }
}

fn meeting(kind: PairKind) -> MeetingOfPair {
    let of = pair_of(kind, 1, 2);
    MeetingOfPair { meeting: meeting_at(&of, "2026-03-05T15:00:00Z"), of }
}

fn item(of: &MeetingOfPair, number: u128, part: Option<Part>, body: &str) -> AgendaItem {
    AgendaItem {
        id: AgendaItemId(Uuid::from_u128(number)),
        pair: of.meeting.pair,
        meeting: Some(of.meeting.id),
        part,
        author: if part.is_some() { of.of.mentee.id } else { of.of.mentor.id },
        body: text(body),
        source: SourceLink::of_message("acme", "C1", "1.000100"),
        created_at: at("2026-03-02T10:00:00Z"),
        age: None,
    }
}

/// Every text on a screen, a line each.
fn words(view: &Value) -> String {
    fn collect(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("text").and_then(Value::as_str).map(str::to_owned));
                fields.values().for_each(|value| collect(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| collect(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(view, &mut found);
    found.join("\n")
}

fn screens(kind: PairKind) -> (String, String) {
    let of = meeting(kind);
    let written = Agenda { parts: [(Part::Topic, text("pricing"))].into() };
    let entries = Entries(vec![item(&of, 21, None, "the talk in June")]);
    let on = OnAgenda { written: &written, entries: &entries, homework: &[] };
    let questions = BTreeMap::from([(Part::Topic, by_id("topic-1").unwrap())]);
    (words(&write(&of, on, of.of.mentee.id)), words(&read(&of, on, &questions, of.of.mentor.id, true)))
}

#[test]
fn inside_it_is_our_organisation() {
    let (form, agenda) = screens(PairKind::InOrg);
    assert!(form.contains("how does our organisation handle it?"), "{form}");
    assert!(form.contains("Points from your mentor") && agenda.contains("Points from your mentor"));
    assert!(!agenda.contains("You are asked"), "{agenda}");
}

#[test]
fn a_mentor_outside_is_asked_about_theirs() {
    let (form, agenda) = screens(PairKind::External);
    assert!(
        form.contains("how does your organisation handle it?") && !form.contains("our organisation handle it?\nour")
    );
    assert!(!form.contains("does our organisation"), "{form}");
    assert!(agenda.contains("You are asked: How does *your* organisation handle it?"), "{agenda}");
    assert!(agenda.contains("A question to ask: "), "{agenda}");
}

#[test]
fn peers_are_peers() {
    let (form, agenda) = screens(PairKind::Peer);
    assert!(form.contains("how does each of you handle it?"), "{form}");
    assert!(form.contains("Points from your peer") && agenda.contains("Points from your peer"), "{agenda}");
    assert!(!form.contains("your mentor") && !agenda.contains("your mentor"), "{form}{agenda}");
    let of = meeting(PairKind::Peer);
    assert!(words(&meeting_form::open(&of, of.of.mentee.id, &[], true, None)).contains("Points from your peer"));
}

#[test]
fn an_age_is_told_in_words() {
    let of = meeting(PairKind::InOrg);
    let since = at("2025-11-03T15:00:00Z");
    let aged = |meetings: u32| AgendaItem {
        age: Some(Age::carried_from(Some(Age { since, meetings: meetings - 1 }), of.meeting.starts_at)),
        ..item(&of, 21, Some(Part::Why), "why")
    };
    for (meetings, words_of_it) in [(2, "2 meetings ago"), (12, "12 meetings ago")] {
        let entries = Entries(vec![aged(meetings)]);
        let on = OnAgenda { written: &Agenda::default(), entries: &entries, homework: &[] };
        let form = words(&write(&of, on, of.of.mentee.id));
        assert!(form.contains(&format!("Since 3 November, {words_of_it}.")), "{form}");
        let agenda = words(&read(&of, on, &BTreeMap::new(), of.of.mentor.id, true));
        assert!(agenda.contains(words_of_it), "{agenda}");
    }
    assert_eq!(Age::carried_from(None, since), Age { since, meetings: 1 });
}

#[test]
fn what_has_no_room_is_counted_and_every_field_is_there() {
    let of = meeting(PairKind::InOrg);
    let entries = Entries((0..80).map(|number| item(&of, 100 + number, Some(Part::Topic), "x")).collect());
    let on = OnAgenda { written: &Agenda::default(), entries: &entries, homework: &[] };
    let questions: BTreeMap<_, _> = Part::ALL.iter().map(|part| (*part, &BANK[0])).collect();
    for view in [write(&of, on, of.of.mentee.id), read(&of, on, &questions, of.of.mentor.id, true)] {
        assert!(view["blocks"].as_array().unwrap().len() <= 100);
        assert!(words(&view).contains("that this screen has no room for. They stay."), "{}", words(&view));
    }
    let form = write(&of, on, of.of.mentee.id).to_string();
    for part in Part::ALL {
        assert!(form.contains(&format!("\"block_id\":\"{}\"", part.word())), "{part:?}");
    }
}

#[test]
fn a_text_fits_or_says_how_long_it_is() {
    let of_length = |length: usize| PrivateText::typed(&"é".repeat(length));
    assert_eq!(fit(None), Err(CannotPark::Empty));
    assert!(fit(of_length(MOST_CHARACTERS)).is_ok());
    assert_eq!(fit(of_length(MOST_CHARACTERS + 1)), Err(CannotPark::TooLong(3_001)));
}

#[test]
fn a_link_is_a_message_in_slack_and_nothing_else() {
    let link = SourceLink::of_message("acme", "C0AB1", "1770130801.000100").unwrap();
    assert_eq!(link.as_text().reveal(), "https://acme.slack.com/archives/C0AB1/p1770130801000100");
    for wrong in [
        "",
        "http://acme.slack.com/archives/C1/p1",
        "https://evil.example/archives/C1/p1",
        "https://evil.example/x.slack.com/archives/C1/p1",
        "https://acme.slack.com.evil.example/archives/C1/p1",
        "https://acme.slack.com/archives/C1/p1|click>",
        "https://acme.slack.com/archives/C1/p1?next=https://evil.example",
        "https://acme.slack.com/archives/c1/p1",
        "https://.slack.com/archives//p1",
        "https://a@evil.slack.com/archives/C1/p1",
    ] {
        assert_eq!(SourceLink::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn ones_own_agenda_comes_first_then_the_nearest() {
    let spot = |of: PairOfPeople, starts_at: Option<&str>| Spot {
        meeting: starts_at.map(|starts_at| meeting_at(&of, starts_at)),
        of,
    };
    let me = PersonId(Uuid::from_u128(1));
    let later = spot(pair_of(PairKind::InOrg, 1, 2), Some("2026-03-05T15:00:00Z"));
    let sooner = spot(pair_of(PairKind::External, 1, 3), Some("2026-03-04T15:00:00Z"));
    let unplanned = spot(pair_of(PairKind::InOrg, 1, 4), None);
    let as_mentor = spot(pair_of(PairKind::InOrg, 5, 1), Some("2026-03-03T15:00:00Z"));
    let mut asked = spot(pair_of(PairKind::InOrg, 1, 6), Some("2026-03-03T15:00:00Z"));
    asked.of.pair.state = PairState::Proposed;
    let all = vec![unplanned.clone(), later.clone(), as_mentor.clone(), sooner.clone(), asked];
    assert_eq!(open_spots(all, me), [sooner, later, unplanned]);
    assert_eq!(open_spots(vec![as_mentor.clone()], me), [as_mentor]);
}

proptest! {
    /// Whatever somebody puts behind the address of a message, it is none or exactly one.
    #[test]
    fn no_other_address_gets_through(tail in "[ -~]{0,20}") {
        let address = format!("https://acme.slack.com/archives/C1/p1{tail}");
        let digits = tail.bytes().all(|byte| byte.is_ascii_digit());
        prop_assert_eq!(SourceLink::parse(&address).is_some(), digits);
    }
}
