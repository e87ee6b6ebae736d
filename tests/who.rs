//! Who comes first of those whom mentors know, and what a network holds and takes.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{DateTime, TimeDelta, Utc};
use mentor::domain::contacts::EmailAddress;
use mentor::domain::finding::{Closeness, Match};
use mentor::domain::identifiers::{NetworkEntryId, PersonId};
use mentor::domain::network::{
    Acquaintance, LONGEST_NOTE, NetworkEntry, ON_A_PAGE, in_order, page_with, pages, read_note,
};
use mentor::domain::private_text::PrivateText;
use mentor::domain::topics::{Thesaurus, Topic, fit};
use mentor::domain::who::{Candidate, Ring, WhoId, Why, best_first, first_to_ask, mentors_in_order, once_each};
use mentor::surfaces::commands::network::Typed;
use mentor::surfaces::commands::parse::{Wish, parse};
use proptest::prelude::*;
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn found(wanted: &str, offered: &str) -> Match {
    let thesaurus = Thesaurus::built_in();
    let read = |typed: &str| thesaurus.read(&Topic::parse(typed).unwrap());
    let fit = fit(&read(wanted), &read(offered)).unwrap();
    Match { offered: offered.to_owned(), wanted: wanted.to_owned(), fit }
}

fn candidate(number: u128, ring: Ring, why: Why) -> Candidate {
    Candidate { who: WhoId::Person(person(number)), mentor: person(1_000), ring, why, asked_at: None }
}

fn numbers(candidates: &[Candidate]) -> Vec<u128> {
    let number = |one: &Candidate| match one.who {
        WhoId::Person(person) => person.0.as_u128(),
        WhoId::Outside(entry) => entry.0.as_u128(),
    };
    candidates.iter().map(number).collect()
}

#[test]
fn one_thing_after_the_other_decides() {
    let same = || found("pricing", "pricing");
    let asked = |days: i64, number| Candidate {
        asked_at: Some(now() - TimeDelta::days(days)),
        ..candidate(number, Ring::Contact, Why::Noted(same()))
    };
    let expected = [
        candidate(1, Ring::Mentor, Why::Offers(same())),
        candidate(2, Ring::Contact, Why::Noted(same())),
        candidate(3, Ring::Contact, Why::Offers(same())),
        asked(20, 4),
        asked(2, 5),
        // Further away, although nobody asked them lately.
        candidate(6, Ring::ContactsContact, Why::MayKnow { closeness: Closeness::Same, score: 1.0 }),
        // The topic comes before everything else.
        candidate(7, Ring::Mentor, Why::Offers(found("pricing", "pricing experiments"))),
        candidate(8, Ring::Contact, Why::Noted(found("pricing", "pricing experiments"))),
        candidate(9, Ring::Mentor, Why::Offers(found("princing", "pricing"))),
    ];
    let mut mixed: Vec<Candidate> = expected.iter().rev().cloned().collect();
    best_first(&mut mixed, person(0));
    assert_eq!(numbers(&mixed), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

#[test]
fn each_once_through_each_mentor() {
    let why = || Why::Noted(found("pricing", "pricing"));
    let through = |mentor, number| Candidate { mentor: person(mentor), ..candidate(number, Ring::Contact, why()) };
    let mut all = vec![through(7, 1), through(7, 1), through(8, 1), through(8, 2), through(7, 2)];
    once_each(&mut all);
    assert_eq!(numbers(&all), [1, 1, 2, 2]);
    assert_eq!(mentors_in_order(&all), [person(7), person(8)]);
    assert_eq!(mentors_in_order(&[]), []);
}

#[test]
fn no_word_of_a_network_is_printed() {
    let one = candidate(1, Ring::Contact, Why::Noted(found("pricing", "pricing")));
    let printed = format!("{one:?}");
    assert!(printed.contains("Noted(Same)") && !printed.contains("pricing"), "{printed}");
    let printed = format!("{:?}", entry(1, "Jane Doe", 0));
    assert!(!printed.contains("Jane") && !printed.contains("example"), "{printed}");
}

fn outside(name: &str) -> Acquaintance {
    let email = EmailAddress::typed("jane@example.org").unwrap();
    Acquaintance::Outside { name: PrivateText::kept(name.to_owned()), email }
}

fn entry(number: u128, name: &str, minutes: i64) -> NetworkEntry {
    NetworkEntry {
        id: NetworkEntryId(Uuid::from_u128(number)),
        owner: person(1),
        whom: outside(name),
        topics: vec![PrivateText::kept("pricing".to_owned())],
        note: None,
        added_at: now() + TimeDelta::minutes(minutes),
    }
}

#[test]
fn a_list_goes_by_names_and_turns_its_pages() {
    let mut entries = vec![entry(1, "zoe", 0), entry(2, "Ada", 5), entry(3, "ada", 1)];
    in_order(&mut entries);
    assert_eq!(entries.iter().map(|entry| entry.id.0.as_u128()).collect::<Vec<_>>(), [3, 2, 1]);
    let many: Vec<NetworkEntry> = (0..45).map(|number| entry(number, "x", 0)).collect();
    assert_eq!((pages(0), pages(ON_A_PAGE), pages(ON_A_PAGE + 1), pages(many.len())), (1, 1, 2, 3));
    assert_eq!(page_with(&many, many[44].id), 2);
    assert_eq!(page_with(&many, NetworkEntryId(Uuid::from_u128(999))), 0);
    // The same address in other letters is the same person.
    let email = EmailAddress::typed("JANE@example.org").unwrap();
    assert!(many[0].is_about(&Acquaintance::Outside { name: PrivateText::kept("J.".to_owned()), email }));
}

#[test]
fn a_line_is_one_line() {
    assert_eq!(read_note(" \u{200b} "), Ok(None));
    let line = read_note("met her\nin  Vienna").unwrap().unwrap();
    assert_eq!(line.reveal(), "met her in Vienna");
    assert!(read_note(&"x".repeat(LONGEST_NOTE)).is_ok());
    assert_eq!(read_note(&"x".repeat(LONGEST_NOTE + 1)), Err(LONGEST_NOTE + 1));
}

proptest! {
    /// What is equal begins elsewhere for everybody, and no order depends on where somebody stood before.
    #[test]
    fn equal_ones_begin_elsewhere_for_everybody(
        ids in prop::collection::btree_set(any::<u128>(), 1..20),
        from: u128,
    ) {
        let same = found("pricing", "pricing");
        let mut all: Vec<Candidate> =
            ids.iter().map(|id| candidate(*id, Ring::Contact, Why::Noted(same.clone()))).collect();
        best_first(&mut all, person(from));
        let expected: Vec<u128> = ids.range(from..).chain(ids.range(..from)).copied().collect();
        prop_assert_eq!(numbers(&all), expected.clone());
        let mut direct: Vec<_> = ids.iter().rev().map(|id| (person(*id), same.clone(), None)).collect();
        first_to_ask(&mut direct, person(from));
        prop_assert_eq!(direct.iter().map(|(one, ..)| one.0.as_u128()).collect::<Vec<_>>(), expected);
    }

    /// Least lately asked first.
    #[test]
    fn least_lately_asked_first(days in prop::collection::vec(prop::option::of(0_i64..40), 1..15)) {
        let same = found("pricing", "pricing");
        let mut direct: Vec<_> = (0_u128..)
            .zip(&days)
            .map(|(id, days)| (person(id), same.clone(), days.map(|days| now() - TimeDelta::days(days))))
            .collect();
        first_to_ask(&mut direct, person(0));
        prop_assert!(direct.is_sorted_by_key(|(_, _, asked_at)| *asked_at));
    }
}

#[test]
fn what_is_typed_is_understood() {
    for typed in ["network", "Network", "my network", "show my network", "network pricing"] {
        assert_eq!(parse(typed), Wish::Network(Typed::Nothing), "{typed}");
    }
    let grace = Typed::User("U0GRACE".to_owned());
    for typed in [
        "network <@U0GRACE|grace>",
        "add <@U0GRACE|grace> to my network",
        "network add <@U0GRACE>",
        "<@U0GRACE|grace> network",
        "please put <@U0GRACE|grace> on my network, thanks",
    ] {
        assert_eq!(parse(typed), Wish::Network(grace.clone()), "{typed}");
    }
    assert_eq!(parse("network <@U0GRACE> <@U0ADA>"), Wish::Network(Typed::OneAtATime));
    assert_eq!(parse("network @grace"), Wish::Network(Typed::Name("@grace".to_owned())));
    for typed in
        ["network Jane Doe jane@example.org", "add Jane Doe <mailto:jane@example.org|jane@example.org> to my network"]
    {
        let jane = Typed::Outside { name: "Jane Doe".to_owned(), email: "jane@example.org".to_owned() };
        assert_eq!(parse(typed), Wish::Network(jane), "{typed}");
    }
    // What cannot be an address stands in the form as it was typed.
    let wrong = Typed::Outside { name: "Jane".to_owned(), email: "jane@example".to_owned() };
    assert_eq!(parse("network Jane jane@example"), Wish::Network(wrong));
    // The word alone makes nothing of it.
    assert!(matches!(parse("agenda how do I grow my network"), Wish::Agenda { .. }));
    assert!(matches!(parse("ask how do I add to my network?"), Wish::Question(_)));
    assert!(matches!(parse("goal add two people to my network"), Wish::Goal { .. }));
    assert!(matches!(parse("find network engineering"), Wish::Find { .. }));
}

#[test]
fn why_them_in_words() {
    let said = |why| mentor::render::who_words::why(&candidate(1, Ring::Contact, why)).as_str().to_owned();
    assert_eq!(said(Why::Noted(found("pricing", "pricing experiments"))), "you noted pricing experiments");
    assert_eq!(said(Why::Noted(found("k8s", "kubernetes"))), "you noted kubernetes (asked about: k8s)");
    assert_eq!(said(Why::Offers(found("pricing", "pricing"))), "offers pricing");
    let hint = Why::MayKnow { closeness: Closeness::Same, score: 1.0 };
    assert_eq!(said(hint), "may know somebody for this");
}
