//! Who comes first of those who offer something: closeness, weeks in common, and an order that is stable.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{DateTime, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;
use mentor::domain::finding::{Candidate, Closeness, Match, Week, best_first, closest_first};
use mentor::domain::identifiers::PersonId;
use mentor::domain::org_chart::Departments;
use mentor::domain::topic_aliases::read as read_aliases;
use mentor::domain::topics::{KnownTopics, Thesaurus, Topic, fit};
use mentor::surfaces::commands::parse::{Wish, parse};
use proptest::prelude::*;
use uuid::Uuid;

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

fn winter() -> DateTime<Utc> {
    "2026-01-12T10:00:00Z".parse().unwrap()
}

fn hour(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
}

fn office(zone: Tz) -> Week {
    Week::new(zone, &WEEK[..5], hour(9), hour(17), winter())
}

fn found(wanted: &str, offered: &str) -> Match {
    let thesaurus = Thesaurus::built_in();
    let read = |typed: &str| thesaurus.read(&Topic::parse(typed).unwrap());
    let fit = fit(&read(wanted), &read(offered)).unwrap();
    Match { offered: offered.to_owned(), wanted: wanted.to_owned(), fit }
}

fn somebody(id: u128, best: &Match) -> Candidate {
    Candidate {
        person: PersonId(Uuid::from_u128(id)),
        best: best.clone(),
        also: Vec::new(),
        gives_back: None,
        room: 2,
        department: None,
        departments: Departments::Unknown,
        hours_in_common: 4,
    }
}

#[test]
fn hours_in_common_by_the_clocks_of_the_moment() {
    let london = office(Tz::Europe__London);
    assert_eq!(london.hours_in_common(&london), 8);
    assert_eq!(london.hours_in_common(&office(Tz::America__New_York)), 3);
    assert_eq!(london.hours_in_common(&office(Tz::Asia__Tokyo)), 0);
    // Across the date line, Friday there is Thursday here.
    assert_eq!(office(Tz::Pacific__Kiritimati).hours_in_common(&office(Tz::Pacific__Honolulu)), 6);
    let nights = Week::new(Tz::Pacific__Auckland, &WEEK, hour(0), hour(23), winter());
    assert_eq!(london.hours_in_common(&nights), 7);
    // In summer New York is where it was, and London has moved; a week of one day counts that day alone.
    let autumn: DateTime<Utc> = "2026-10-27T10:00:00Z".parse().unwrap();
    let here = Week::new(Tz::Europe__London, &[Weekday::Tue], hour(9), hour(17), autumn);
    let there = Week::new(Tz::America__New_York, &WEEK[..5], hour(9), hour(17), autumn);
    assert_eq!((here.hours_in_common(&there), there.hours_in_common(&here)), (4, 0));
    assert_eq!(Week::new(Tz::UTC, &[], hour(9), hour(17), autumn).hours_in_common(&here), 0);
}

#[test]
fn the_closest_topic_comes_first() {
    let mut all = [found("k8s", "kubernetes"), found("pricing", "pricing experiments"), found("pricing", "pricing")];
    closest_first(&mut all);
    let offered: Vec<&str> = all.iter().map(|found| found.offered.as_str()).collect();
    assert_eq!(offered, ["pricing", "kubernetes", "pricing experiments"]);
    assert_eq!(Closeness::of(&found("princing", "pricing").fit), Closeness::Guess);
}

#[test]
fn one_thing_after_the_other_decides() {
    let (same, part) = (found("pricing", "pricing"), found("pricing", "pricing experiments"));
    let best = somebody(1, &same);
    let worse = [
        Candidate { hours_in_common: 3, ..somebody(2, &same) },
        Candidate { departments: Departments::Same, hours_in_common: 8, ..somebody(3, &same) },
        Candidate { room: 1, departments: Departments::Different, ..somebody(4, &same) },
        Candidate { also: vec!["hiring".into()], room: 9, departments: Departments::Different, ..somebody(5, &part) },
    ];
    let expected: Vec<Candidate> = std::iter::once(best).chain(worse).collect();
    let mut mixed: Vec<Candidate> = expected.iter().rev().cloned().collect();
    best_first(&mut mixed, PersonId(Uuid::nil()));
    assert_eq!(mixed, expected);
    // Room beyond two makes nobody better, and what fits besides comes before room.
    let mut two = [
        Candidate { room: 9, ..somebody(2, &same) },
        somebody(1, &same),
        Candidate { gives_back: Some("SQL".into()), room: 1, ..somebody(3, &same) },
    ];
    best_first(&mut two, PersonId(Uuid::nil()));
    assert_eq!(two.map(|one| one.person.0.as_u128()), [3, 1, 2]);
}

proptest! {
    #[test]
    fn what_is_equal_begins_elsewhere_for_everybody(ids in prop::collection::btree_set(any::<u128>(), 1..20), from: u128) {
        let same = found("pricing", "pricing");
        let mut candidates: Vec<Candidate> = ids.iter().map(|id| somebody(*id, &same)).collect();
        best_first(&mut candidates, PersonId(Uuid::from_u128(from)));
        let mut expected: Vec<u128> = ids.range(from..).chain(ids.range(..from)).copied().collect();
        let got: Vec<u128> = candidates.iter().map(|one| one.person.0.as_u128()).collect();
        prop_assert_eq!(&got, &expected);
        candidates.reverse();
        best_first(&mut candidates, PersonId(Uuid::from_u128(from)));
        expected.truncate(got.len());
        prop_assert_eq!(candidates.iter().map(|one| one.person.0.as_u128()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn no_more_hours_in_common_than_there_are(from in 0_u32..23, hours in 1_u32..24, one in 0_usize..598, other in 0_usize..598) {
        let until = (from + hours).min(23);
        let zone = |index: usize| chrono_tz::TZ_VARIANTS[index % chrono_tz::TZ_VARIANTS.len()];
        let mine = Week::new(zone(one), &WEEK[..5], hour(from), hour(until), winter());
        let theirs = office(zone(other));
        let common = mine.hours_in_common(&theirs);
        prop_assert!(u32::from(common) <= (until - from).min(8));
        prop_assert_eq!(common, theirs.hours_in_common(&mine), "five days each");
    }
}

#[test]
fn what_is_remembered_reads_the_same() {
    let known = KnownTopics::new("whale watching, cetaceans".to_owned());
    let (once, again) = (known.read("cetaceans").unwrap(), known.read("cetaceans").unwrap());
    assert_eq!(once.keys(), again.keys());
    assert_eq!(once.keys(), known.thesaurus().read(&Topic::parse("cetaceans").unwrap()).keys());
    assert!(fit(&known.read("whale watching").unwrap(), &once).is_some(), "lines of one's own count");
    assert!(known.read("🎉").is_none());
    assert_ne!(known.fingerprint(), KnownTopics::default().fingerprint());
}

#[test]
fn what_is_typed_is_understood() {
    let looks_for = |typed: &str| match parse(typed) {
        Wish::Find { topic } => topic.map(|topic| topic.reveal().to_owned()),
        other => panic!("{typed}: {other:?}"),
    };
    for typed in ["find", "Find a mentor", "find me somebody", "search"] {
        assert_eq!(looks_for(typed), None, "{typed}");
    }
    for typed in
        ["find pricing", "find a mentor for pricing", "search: someone who knows about pricing", "FIND  pricing "]
    {
        assert_eq!(looks_for(typed).as_deref(), Some("pricing"), "{typed}");
    }
    // Words that mean something else elsewhere.
    assert_eq!(
        looks_for("find how to ask for help with homework").as_deref(),
        Some("how to ask for help with homework")
    );
    assert_eq!(looks_for("find R&amp;D").as_deref(), Some("R&D"));
}

#[test]
fn lines_of_coordinators_are_read_or_named() {
    let told =
        |typed: &str| -> Vec<String> { read_aliases(typed).unwrap_err().iter().map(ToString::to_string).collect() };
    assert_eq!(
        read_aliases(
            " OKR , objectives and  key results,okr\n\n,falcon, Project Falcon.,\nOKR, objectives and key results"
        )
        .unwrap(),
        ["OKR, objectives and key results", "falcon, Project Falcon"]
    );
    assert_eq!(read_aliases(" \n\n").unwrap(), Vec::<String>::new());
    assert_eq!(
        told("a, b\nOKR\nokr, OKR\n# ours, mine"),
        [
            "Line 2, “OKR”: there is nothing that means the same; put both on one line, with a comma between them.",
            "Line 3, “okr, OKR”: there is nothing that means the same; put both on one line, with a comma between them.",
            "Line 4, “# ours, mine”: a line that begins with # is a remark and adds nothing.",
        ]
    );
    let long = format!("OKR, {}", "x".repeat(61));
    assert_eq!(
        told(&format!("{long}\nfine, good\n???, what")),
        [
            format!("Line 1, “{}…”: a topic has at most 60 characters; this one has 61.", "x".repeat(40)),
            "Line 3, “???”: a topic needs at least one letter or number.".to_owned(),
        ]
    );
}

proptest! {
    #[test]
    fn whatever_a_coordinator_types_is_understood_or_named(typed in "([a-z#,.é ]{0,12}\n?){0,6}") {
        match read_aliases(&typed) {
            Ok(groups) => {
                // What is kept is a line of a thesaurus as it stands, and reads the same again.
                prop_assert!(Thesaurus::default().with(&groups.join("\n")).is_ok());
                prop_assert_eq!(read_aliases(&groups.join("\n")).unwrap(), groups);
            }
            Err(bad) => prop_assert!(bad.iter().all(|bad| bad.line >= 1 && bad.line <= typed.lines().count())),
        }
    }
}

#[test]
fn words_added_later_count_and_words_taken_away_do_not() {
    let known = KnownTopics::new("whale watching, cetaceans\n".to_owned());
    let before = known.fingerprint();
    let fits = || fit(&known.read("falcon").unwrap(), &known.read("new billing system").unwrap()).is_some();
    assert!(!known.heed(""), "nothing is no change");
    assert!(!fits());
    assert!(known.heed("Falcon, new billing system"));
    assert!(!known.heed("Falcon, new billing system"));
    assert!(fits() && known.fingerprint() != before);
    assert!(
        fit(&known.read("whale watching").unwrap(), &known.read("cetaceans").unwrap()).is_some(),
        "beside the file's"
    );
    assert!(known.heed(""));
    assert!(!fits() && known.fingerprint() == before);
}
