//! The rules of finding a mentor: topics as people type them, room, a clock that stands still, and the guide by words.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use mentor::domain::days_off::DaysOff;
use mentor::domain::guide::{SITUATIONS, Situation, TakeTo, by_words};
use mentor::domain::identifiers::PersonId;
use mentor::domain::inquiry::stood_still;
use mentor::domain::profile::{
    BadTopics, LONGEST_ABOUT, LONGEST_TOPIC, MOST_TOPICS, NoRoom, OpenTo, Profile, read_about, read_topics,
};
use mentor::domain::working_time::WorkingTime;
use mentor::surfaces::commands::parse::{Wish, parse};
use proptest::prelude::*;
use uuid::Uuid;

fn topics(typed: &str) -> Vec<String> {
    read_topics(typed).unwrap()
}

#[test]
fn topics_are_read_as_people_type_them() {
    assert_eq!(topics("pricing, hiring"), ["pricing", "hiring"]);
    assert_eq!(
        topics("  pricing ;hiring\n- public   speaking\n* SQL."),
        ["pricing", "hiring", "public speaking", "SQL"]
    );
    assert_eq!(topics("Pricing, pricing, PRICING"), ["Pricing"], "said twice, it is there once");
    assert_eq!(topics(" , ;\n- "), Vec::<String>::new());
    assert_eq!(topics("C++, C#, .NET"), ["C++", "C#", ".NET"]);
    assert_eq!(topics("evil\u{202e}topic"), ["eviltopic"]);
    assert_eq!(topics("Überzeugen、交渉"), ["Überzeugen", "交渉"]);
}

#[test]
fn too_many_or_too_long_is_said_with_what_was_understood() {
    let many: Vec<String> = (1..=MOST_TOPICS + 1).map(|number| format!("topic {number}")).collect();
    let Err(BadTopics::TooMany { count, understood }) = read_topics(&many.join(",")) else { unreachable!() };
    assert_eq!(count, MOST_TOPICS + 1);
    assert!(understood.starts_with("topic 1, topic 2, ") && understood.ends_with('…'), "{understood}");
    assert_eq!(topics(&many[1..].join("\n")).len(), MOST_TOPICS);

    let long = "ü".repeat(LONGEST_TOPIC + 1);
    let Err(BadTopics::TooLong { length, .. }) = read_topics(&format!("short, {long}")) else { unreachable!() };
    assert_eq!(length, LONGEST_TOPIC + 1);
    assert_eq!(topics(&"ü".repeat(LONGEST_TOPIC)).len(), 1);

    assert_eq!(read_about(" one\n line \t only "), Ok(Some("one line only".to_owned())));
    assert_eq!(read_about("  \n"), Ok(None));
    assert_eq!(read_about(&"x".repeat(LONGEST_ABOUT + 1)), Err(LONGEST_ABOUT + 1));
}

#[test]
fn nothing_said_is_off_and_the_number_is_a_limit() {
    let mut profile = Profile::empty(PersonId(Uuid::from_u128(1)));
    assert_eq!(
        (profile.open_to, profile.introductions),
        (OpenTo::ByName, false),
        "listed nowhere, introduced to nobody"
    );
    profile.most_mentees = 2;
    assert_eq!(profile.has_room(1), Ok(()));
    assert_eq!(profile.has_room(2), Err(NoRoom::Full { most: 2 }));
    assert_eq!(profile.can_be_asked(0), Ok(()));
    profile.open_to = OpenTo::Nobody;
    assert_eq!(profile.can_be_asked(0), Err(NoRoom::Closed));
    assert_eq!(profile.has_room(0), Ok(()), "who is closed may still accept what was asked before");
}

fn word_for(typed: &str) -> Option<&'static str> {
    by_words(typed).map(|situation| situation.word)
}

#[test]
fn the_guide_is_found_by_words() {
    for (typed, word) in [
        ("promotion", "promotion_ready"),
        ("I want to get promoted", "promotion_ready"),
        ("promotoin", "promotion_ready"),
        ("promotion decision", "promotion_decision"),
        ("who decides about my promotion", "promotion_decision"),
        ("salary", "salary"),
        ("a pay raise", "salary"),
        ("interview", "salary"),
        ("my boss", "manager"),
        ("difficult manager", "manager"),
        ("a colleague is annoying", "colleague"),
        ("coleague", "colleague"),
        ("leaving the company", "career"),
        ("career", "career"),
        ("new job", "career"),
        ("deadline", "daily"),
        ("a ticket I can't solve", "daily"),
        ("leave", "daily"),
        ("why do we do this", "why"),
        ("plan", "plan"),
        ("who can I talk to", "whom"),
        ("something went well", "win"),
    ] {
        assert_eq!(word_for(typed), Some(word), "{typed}");
    }
    for typed in ["", "   ", "banana", "three", "🎉", "xyzzy plugh", "'; DROP TABLE people; --"] {
        assert_eq!(word_for(typed), None, "{typed}");
    }
}

#[test]
fn what_cannot_wait_comes_first_whatever_else_is_said() {
    assert_eq!(SITUATIONS[0].to, TakeTo::AtOnce);
    assert_eq!(SITUATIONS.iter().filter(|situation| situation.to == TakeTo::AtOnce).count(), 1);
    for typed in [
        "harassment",
        "harrasment",
        "harasment at work",
        "I am being bullied by a colleague who wants my promotion",
        "my manager harasses me",
        "unsafe",
        "a safety problem with the plan for the project",
        "this is illegal",
        "fraud in the salary interview promotion career",
        "discrimination",
        "HR",
        "is it against the law",
        "sexual remarks",
        "Threatened!",
    ] {
        assert_eq!(word_for(typed), Some("urgent"), "{typed}");
    }
    assert!(!SITUATIONS[0].is_for_a_mentor());
}

#[test]
fn every_matter_fits_on_the_screen_and_is_found_by_its_own_title() {
    for situation in SITUATIONS {
        assert!(situation.title.chars().count() <= 75, "{}", situation.title);
        assert_eq!(Situation::of_word(situation.word), Some(situation));
        assert!(by_words(situation.title).is_some(), "{}", situation.title);
        for words in [situation.to_whom, situation.why, situation.next] {
            assert!(words.ends_with(['.', '”']), "{words}");
        }
    }
    assert_eq!(SITUATIONS.len(), 12);
}

/// Working hours between two moments, to the minute.
fn minutes_between(working: &WorkingTime, from: DateTime<Utc>, until: DateTime<Utc>) -> i64 {
    let mut count = 0;
    let mut at = from;
    while at < until {
        count += i64::from(working.contains(at));
        at += TimeDelta::minutes(1);
    }
    count
}

fn working() -> impl Strategy<Value = WorkingTime> {
    let zones =
        prop_oneof![Just(Tz::UTC), Just(Tz::Europe__London), Just(Tz::America__New_York), Just(Tz::Asia__Kathmandu)];
    zones.prop_map(|zone| WorkingTime { zone, days_off: DaysOff::default(), ..WorkingTime::default() })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// A mentor who asks for more never has less time left when the answer is back than they had when they asked.
    #[test]
    fn a_clock_that_stood_still_never_takes_time_away(
        working in working(), start in 0_i64..60_000, asked in 0_i64..6_000, away in 0_i64..8_000,
    ) {
        let begin: DateTime<Utc> = "2026-03-02T00:00:00Z".parse().unwrap();
        let begin = begin + TimeDelta::minutes(start);
        let deadline = working.days_after(begin, 3);
        let asked_at = begin + TimeDelta::minutes(asked);
        prop_assume!(asked_at < deadline);
        let back_at = asked_at + TimeDelta::minutes(away);
        let after = stood_still(&working, deadline, asked_at, back_at);
        prop_assert!(after >= deadline);
        prop_assert!(after >= back_at);
        let (before, left) = (minutes_between(&working, asked_at, deadline), minutes_between(&working, back_at, after));
        prop_assert!(left + 1 >= before, "{before} minutes were left, and then {left}");
    }
}

#[test]
fn a_clock_that_did_not_stand_still_shows_the_same() {
    let deadline: DateTime<Utc> = "2026-03-05T14:00:00Z".parse().unwrap();
    let asked: DateTime<Utc> = "2026-03-03T10:00:00Z".parse().unwrap();
    let working = WorkingTime::default();
    assert_eq!(stood_still(&working, deadline, asked, asked), deadline);
    let an_hour = stood_still(&working, deadline, asked, asked + TimeDelta::hours(1));
    assert_eq!(an_hour, "2026-03-06T14:00:00Z".parse::<DateTime<Utc>>().unwrap(), "a day that has begun counts");
}

#[test]
fn what_is_typed_is_understood() {
    let looks_up = |typed: &str| match parse(typed) {
        Wish::Guide { text } => text.map(|text| text.reveal().to_owned()),
        other => panic!("{typed}: {other:?}"),
    };
    assert_eq!(looks_up("guide"), None);
    assert_eq!(looks_up("Guide: promotion").as_deref(), Some("promotion"));
    assert_eq!(looks_up("guide ask for help with a win").as_deref(), Some("ask for help with a win"));
    assert_eq!(looks_up("mentor or manager?"), None);
    for typed in ["profile", "my profile", "edit profile please"] {
        assert_eq!(parse(typed), Wish::Profile, "{typed}");
    }
    for typed in ["ask my manager", "Ask my manager to suggest someone", "ask my manager, please suggest somebody"] {
        assert_eq!(parse(typed), Wish::AskManager, "{typed}");
    }
    assert!(matches!(parse("ask my manager about leave?"), Wish::Question(_)), "a question stays one");
    assert_eq!(parse("ask"), Wish::AskWhom);
}

#[test]
fn sentences_that_ask_for_somebody_to_talk_to() {
    let about = |said: &str| match parse(said) {
        Wish::Who { topic } => topic.map(|topic| topic.reveal().to_owned()).unwrap_or_default(),
        other => format!("{other:?}"),
    };
    for (said, topic) in [
        ("who", ""),
        ("who?", ""),
        ("who pricing", "pricing"),
        ("who can I talk to about pricing experiments?", "pricing experiments"),
        ("Who knows about Kubernetes", "Kubernetes"),
        ("who knows go", "go"),
        ("who knows?", ""),
        ("who can help me?", ""),
        ("who can help me with help desks", "help desks"),
        ("whom could I ask about homework?", "homework"),
        ("who is good at negotiating", "negotiating"),
        ("who has experience with SAP please", "SAP"),
        ("I need somebody who knows how to price things", "price things"),
        ("I'm looking for someone to talk to about moving abroad", "moving abroad"),
        ("is there anybody who understands OKRs?", "OKRs"),
        ("can someone explain C++ to me", "C++ to me"),
        ("does anyone know about pause screens", "pause screens"),
        ("who do I talk to about the rhythm of releases", "rhythm of releases"),
        ("who could I ask to pause until a decision is made", "pause until a decision is made"),
        ("who knows &lt;!channel&gt; &amp; co", "<!channel> & co"),
        ("who about <@U1|lise>", "@lise"),
    ] {
        assert_eq!(about(said), topic, "{said}");
    }
}

#[test]
fn a_sentence_swallows_no_other_command() {
    assert_eq!(parse("who sees what?"), Wish::Privacy);
    assert_eq!(parse("who can see my agenda"), Wish::Privacy);
    assert_eq!(parse("who is my mentor"), Wish::Status);
    let found = |said: &str| match parse(said) {
        Wish::Find { topic } => topic.map(|topic| topic.reveal().to_owned()),
        other => Some(format!("{other:?}")),
    };
    assert_eq!(found("who can mentor me in pricing"), Some("pricing".to_owned()));
    assert_eq!(found("who could be my mentor"), None);
    assert_eq!(found("find me someone who knows SQL"), Some("SQL".to_owned()));
    assert!(matches!(parse("ask who knows about pricing"), Wish::Question(_)));
    assert!(matches!(parse("agenda who signs the contracts"), Wish::Agenda { text: Some(_) }));
    assert!(matches!(parse("homework find out who knows SQL"), Wish::Homework { text: Some(_) }));
    assert!(matches!(parse("win somebody thanked me for my help"), Wish::Win { .. }));
    assert_eq!(parse("can somebody ask <@U1|lise>"), Wish::Ask { user_id: "U1".to_owned() });
    assert_eq!(parse("help"), Wish::Help);
}
