//! Who reports to whom, and what directories say about it: rule 1 as pure functions.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use mentor::domain::directory::{BadRows, Change, Entry, Snapshot, email, user_id};
use mentor::domain::identifiers::PersonId;
use mentor::domain::org_chart::{Chart, Departments, Line, Relation, SameManager, TooClose};
use mentor::domain::pairs::PairKind;
use proptest::prelude::*;
use uuid::Uuid;

fn person(number: u8) -> PersonId {
    PersonId(Uuid::from_u128(u128::from(number) + 1))
}

/// `(who, whom they report to)`; 0 is nobody.
fn chart(lines: &[(u8, u8)]) -> Chart {
    Chart::new(lines.iter().map(|(who, manager)| Line {
        person: person(*who),
        manager: (*manager != 0).then(|| person(*manager)),
        department: None,
    }))
}

fn name(id: PersonId) -> String {
    let names = ["nobody", "Ada", "Bob", "Cleo", "Dora", "Emil"];
    names[usize::try_from(id.0.as_u128() - 1).unwrap()].to_owned()
}

// Ada → Bob → Cleo; Dora → Bob; Emil → Cleo.
fn company() -> Chart {
    chart(&[(1, 2), (2, 3), (3, 0), (4, 2), (5, 3)])
}

#[test]
fn people_stand_to_each_other_as_the_chart_says() {
    let chart = company();
    let relation = |one, other| chart.relation(person(one), person(other));
    assert_eq!(relation(1, 2), Relation::Below(1));
    assert_eq!(relation(3, 1), Relation::Above(2));
    assert_eq!(relation(1, 4), Relation::SameManager(person(2)));
    assert_eq!(relation(2, 5), Relation::SameManager(person(3)));
    assert_eq!(relation(1, 5), Relation::Unrelated, "an aunt is no boss");
    assert_eq!(relation(1, 1), Relation::Same);
    assert_eq!(relation(1, 9), Relation::Unknown);
    assert_eq!(relation(8, 9), Relation::Unknown);
}

#[test]
fn colleagues_may_be_a_pair_where_that_is_set_and_peers_everywhere() {
    let chart = company();
    let may = |one, other, kind, set| chart.may_pair(person(one), person(other), kind, set);
    assert_eq!(may(1, 4, PairKind::InOrg, SameManager::Refuse), Err(TooClose::SameManager));
    assert_eq!(may(1, 4, PairKind::InOrg, SameManager::Allow), Ok(()));
    assert_eq!(may(1, 4, PairKind::Peer, SameManager::Refuse), Ok(()));
    assert_eq!(may(1, 2, PairKind::Peer, SameManager::Allow), Err(TooClose::ReportingLine), "a peer is no boss either");
    assert_eq!(may(1, 5, PairKind::InOrg, SameManager::Refuse), Ok(()));
    assert_eq!(may(1, 9, PairKind::InOrg, SameManager::Refuse), Ok(()), "what is not known forbids nothing");
    let all = [person(1), person(5), person(3)];
    assert_eq!(chart.may_meet(&all, PairKind::InOrg, SameManager::Refuse), Err(TooClose::ReportingLine));
    assert_eq!(chart.may_meet(&all[..2], PairKind::InOrg, SameManager::Refuse), Ok(()));
}

#[test]
fn a_manager_without_a_line_is_the_same_manager() {
    let chart = chart(&[(1, 9), (2, 9)]);
    assert_eq!(chart.relation(person(1), person(2)), Relation::SameManager(person(9)));
    assert_eq!(chart.relation(person(1), person(9)), Relation::Below(1));
}

#[test]
fn circles_and_oneself_end() {
    let circle = chart(&[(1, 2), (2, 3), (3, 1), (4, 3), (5, 5)]);
    assert_eq!(circle.relation(person(1), person(2)), Relation::Below(1));
    assert_eq!(circle.relation(person(2), person(1)), Relation::Above(1));
    assert_eq!(circle.relation(person(1), person(4)), Relation::Above(2));
    assert_eq!(circle.relation(person(5), person(1)), Relation::Unrelated);
    assert_eq!(
        circle.line_in_words(person(1), name),
        "Ada reports to Bob, who reports to Cleo, and round in a circle."
    );
    assert_eq!(circle.line_in_words(person(5), name), "Emil is in the org chart and reports to nobody.");
}

#[test]
fn what_is_known_is_said_in_steps() {
    let chart = company();
    assert_eq!(chart.line_in_words(person(1), name), "Ada reports to Bob, who reports to Cleo.");
    assert_eq!(chart.line_in_words(person(0), name), "nobody is not in the org chart.");
    assert_eq!(chart.relation_in_words(person(3), person(1), name), "Ada reports to Bob, who reports to Cleo.");
    assert_eq!(chart.relation_in_words(person(1), person(4), name), "Ada and Dora both report to Bob.");
    let part = Chart::new([Line { person: person(1), manager: Some(person(2)), department: None }]);
    assert_eq!(part.line_in_words(person(1), name), "Ada reports to Bob, of whom the chart says no more.");
}

#[test]
fn another_department_is_better() {
    let of = |who, department: Option<&str>| Line {
        person: person(who),
        manager: None,
        department: department.map(str::to_owned),
    };
    let chart =
        Chart::new([of(1, Some("Sales ")), of(2, Some("sales")), of(3, Some("Legal")), of(4, None), of(5, Some(" "))]);
    let departments = |one, other| chart.departments(person(one), person(other));
    assert_eq!(departments(1, 2), Departments::Same);
    assert_eq!(departments(1, 3), Departments::Different);
    for unknown in [4, 5, 9] {
        assert_eq!(departments(1, unknown), Departments::Unknown);
    }
    assert!(Departments::Different < Departments::Unknown && Departments::Unknown < Departments::Same);
}

proptest! {
    /// Against the plain definition, on charts with circles, holes and people of two managers.
    #[test]
    fn the_relation_is_what_walking_up_says(lines in prop::collection::vec((1_u8..12, 0_u8..14), 0..30), one in 1_u8..14, other in 1_u8..14) {
        prop_assume!(one != other);
        let chart = chart(&lines);
        let reaches = |from: u8, to: u8| {
            let mut seen = BTreeSet::from([from]);
            let mut next = vec![from];
            while let Some(here) = next.pop() {
                for (_, manager) in lines.iter().filter(|(who, manager)| *who == here && manager != who && *manager != 0) {
                    if *manager == to { return true; }
                    if seen.insert(*manager) { next.push(*manager); }
                }
            }
            false
        };
        let managers = |who: u8| -> BTreeSet<u8> {
            lines.iter().filter(|(one, manager)| *one == who && manager != one && *manager != 0).map(|(_, manager)| *manager).collect()
        };
        let relation = chart.relation(person(one), person(other));
        let line = reaches(one, other) || reaches(other, one);
        prop_assert_eq!(matches!(relation, Relation::Above(_) | Relation::Below(_)), line);
        let share = !managers(one).is_disjoint(&managers(other));
        prop_assert_eq!(matches!(relation, Relation::SameManager(_)), !line && share);
        // The other way round it is the same rule.
        for kind in [PairKind::InOrg, PairKind::Peer] {
            for set in SameManager::ALL {
                prop_assert_eq!(
                    chart.may_pair(person(one), person(other), kind, *set),
                    chart.may_pair(person(other), person(one), kind, *set)
                );
            }
        }
        // What is above the two is all that is needed.
        let mut near = BTreeSet::from([one, other]);
        loop {
            let more: Vec<u8> = near.iter().flat_map(|who| managers(*who)).filter(|who| !near.contains(who)).collect();
            if more.is_empty() { break; }
            near.extend(more);
        }
        let part = Chart::new(lines.iter().filter(|(who, _)| near.contains(who)).map(|(who, manager)| Line {
            person: person(*who), manager: (*manager != 0).then(|| person(*manager)), department: None,
        }));
        prop_assert_eq!(part.relation(person(one), person(other)), relation);
        let words = chart.line_in_words(person(one), |id| id.0.as_u128().to_string());
        prop_assert!(words.len() < 1_000, "it ends: {}", words);
    }

    #[test]
    fn circles_are_counted_once(lines in prop::collection::btree_map(1_u8..15, 0_u8..15, 0..15)) {
        let snapshot = snapshot(&lines.iter().map(|(who, manager)| (*who, *manager)).collect::<Vec<_>>());
        let circling = lines.keys().filter(|start| {
            let mut here = **start;
            for _ in 0..20 {
                match lines.get(&here) {
                    Some(manager) if *manager != here => here = *manager,
                    _ => return false,
                }
                if here == **start { return true; }
            }
            false
        });
        prop_assert_eq!(snapshot.in_circles(), circling.count());
    }
}

fn snapshot(lines: &[(u8, u8)]) -> Snapshot {
    let key = |number: u8| number.to_string().into();
    let entries = lines.iter().map(|(who, manager)| Entry {
        key: key(*who),
        user_id: None,
        email: None,
        manager: (*manager != 0).then(|| key(*manager)),
        department: None,
    });
    Snapshot { entries: entries.collect() }
}

#[test]
fn a_fifth_of_the_managers_may_go_and_no_more() {
    let before: BTreeSet<String> = (1..=10).map(|number: u8| number.to_string()).collect();
    let lines = |managers: u8| (1..=managers).map(|manager| (100 + manager, manager)).collect::<Vec<_>>();
    let eight = Change::between(20, &before, &snapshot(&lines(8)));
    assert_eq!((eight.managers_before, eight.managers, eight.managers_gone), (10, 8, 2));
    assert!(!eight.takes_too_many());
    assert!(Change::between(20, &before, &snapshot(&lines(7))).takes_too_many());
    assert!(Change::between(20, &before, &Snapshot::default()).takes_too_many());
    assert!(!Change::between(0, &BTreeSet::new(), &snapshot(&lines(3))).takes_too_many(), "the first takes nothing");
    // Everybody reports to somebody else: the managers before are all gone, however many there are now.
    let others: Vec<(u8, u8)> = (1..=10).map(|number| (number, 200 + number)).collect();
    assert!(Change::between(20, &before, &snapshot(&others)).takes_too_many());
    assert_eq!(snapshot(&others).missing_managers().len(), 10);
}

#[test]
fn names_are_told_from_what_is_none() {
    assert_eq!(email(" Ada@Example.COM ").as_deref(), Some("ada@example.com"));
    for none in
        ["ada", "@example.com", "ada@", "ada@localhost", "a b@example.com", "Ada <ada@example.com>", "", "a@b.c,d@e.f"]
    {
        assert_eq!(email(none), None, "{none}");
    }
    assert_eq!(user_id("U0ADA0000").as_deref(), Some("U0ADA0000"));
    assert_eq!(user_id("W012A3CDE").as_deref(), Some("W012A3CDE"));
    for none in ["ada", "u0ada0000", "U0", "UPPER case", "B0ADA0000", ""] {
        assert_eq!(user_id(none), None, "{none}");
    }
}

#[test]
fn of_many_bad_rows_the_first_are_shown_and_all_are_counted() {
    let mut bad = BadRows::default();
    (1..=1_000).for_each(|line| bad.note(line, "no"));
    assert_eq!((bad.first.len(), bad.count), (BadRows::SHOWN, 1_000));
}
