//! Who reports to whom, in charts as they come: with gaps, circles and people nobody reports to.

use std::collections::{HashMap, HashSet};

use mentor::domain::identifiers::PersonId;
use mentor::domain::org_chart::{Forbidden, OrgChart, Place, Relation};
use mentor::domain::pairs::PairKind;
use proptest::prelude::*;

fn person(number: u128) -> PersonId {
    PersonId(uuid::Uuid::from_u128(number))
}

/// A chart of (person, manager) by number.
fn chart(rows: &[(u128, Option<u128>)]) -> OrgChart {
    let place = |manager: Option<u128>| Place { manager: manager.map(person), department: None };
    OrgChart::new(rows.iter().map(|(who, manager)| (person(*who), place(*manager))))
}

fn line(numbers: &[u128]) -> Vec<PersonId> {
    numbers.iter().copied().map(person).collect()
}

/// 1 is the top; 2 and 3 report to 1; 4 and 5 to 2; 6 to 4; 7 to somebody (99) who is not in the chart.
fn company() -> OrgChart {
    chart(&[(1, None), (2, Some(1)), (3, Some(1)), (4, Some(2)), (5, Some(2)), (6, Some(4)), (7, Some(99))])
}

#[test]
fn the_relation_names_the_way() {
    let company = company();
    let relation = |first, second| company.relation(person(first), person(second));
    assert_eq!(relation(1, 1), Relation::OnePerson);
    assert_eq!(relation(6, 4), Relation::Below { line: line(&[6, 4]) });
    assert_eq!(relation(6, 1), Relation::Below { line: line(&[6, 4, 2, 1]) });
    assert_eq!(relation(1, 6), Relation::Above { line: line(&[6, 4, 2, 1]) });
    assert_eq!(relation(4, 5), Relation::SameManager { manager: person(2) });
    assert_eq!(relation(6, 5), Relation::Unrelated);
    assert_eq!(relation(6, 3), Relation::Unrelated);
}

#[test]
fn a_gap_is_said_and_forbids_nothing() {
    let company = company();
    let relation = |first, second| company.relation(person(first), person(second));
    assert_eq!(relation(7, 3), Relation::Unknown { missing: line(&[99]) });
    assert_eq!(relation(3, 8), Relation::Unknown { missing: line(&[8]) });
    assert_eq!(relation(7, 8), Relation::Unknown { missing: line(&[99, 8]) });
    // Not in the chart, but known to be a manager.
    assert_eq!(relation(99, 7), Relation::Above { line: line(&[7, 99]) });
    assert_eq!(company.may_pair(person(7), person(3), PairKind::InOrg, true), Ok(()));
    // Two lines that end at one gap are whole for this question.
    let two = chart(&[(1, Some(9)), (2, Some(1)), (3, Some(9)), (4, Some(3))]);
    assert_eq!(two.relation(person(2), person(4)), Relation::Unrelated);
    assert_eq!(two.relation(person(1), person(3)), Relation::SameManager { manager: person(9) });
}

#[test]
fn a_circle_forbids() {
    let circle = chart(&[(1, Some(2)), (2, Some(3)), (3, Some(1)), (4, Some(2)), (5, Some(5))]);
    let relation = |first, second| circle.relation(person(first), person(second));
    assert_eq!(relation(1, 3), Relation::Circle { line: line(&[1, 2, 3]) });
    assert_eq!(relation(4, 1), Relation::Below { line: line(&[4, 2, 3, 1]) });
    assert_eq!(relation(5, 4), Relation::Unrelated);
    assert_eq!(circle.may_pair(person(1), person(3), PairKind::Peer, false), Err(Forbidden::ReportingLine));
}

#[test]
fn who_may_pair() {
    let company = company();
    let may = |first, second, kind, setting| company.may_pair(person(first), person(second), kind, setting);
    for kind in PairKind::ALL {
        assert_eq!(may(6, 1, *kind, false), Err(Forbidden::ReportingLine));
        assert_eq!(may(1, 6, *kind, false), Err(Forbidden::ReportingLine));
        assert_eq!(may(6, 6, *kind, false), Err(Forbidden::Oneself));
        assert_eq!(may(4, 5, *kind, false), Ok(()));
        assert_eq!(may(6, 5, *kind, true), Ok(()));
    }
    assert_eq!(may(4, 5, PairKind::InOrg, true), Err(Forbidden::SameManager));
    assert_eq!(may(4, 5, PairKind::External, true), Err(Forbidden::SameManager));
    assert_eq!(may(4, 5, PairKind::Peer, true), Ok(()));
}

#[test]
fn another_department_is_known_only_when_both_are() {
    let place = |department: &str| Place { manager: None, department: Some(department.to_owned()) };
    let rows =
        [(1, place("Sales")), (2, place(" sales")), (3, place("Research")), (4, place(" ")), (5, Place::default())];
    let chart = OrgChart::new(rows.map(|(who, place)| (person(who), place)));
    let different = |first, second| chart.in_different_departments(person(first), person(second));
    assert_eq!(different(1, 2), Some(false));
    assert_eq!(different(1, 3), Some(true));
    assert_eq!([different(1, 4), different(5, 1), different(1, 6)], [None; 3]);
}

/// Any chart of up to twelve people: forests, circles, gaps.
fn any_chart() -> impl Strategy<Value = HashMap<u128, Option<u128>>> {
    prop::collection::hash_map(0_u128..12, prop::option::weighted(0.85, 0_u128..12), 0..12)
}

/// Whether one is above the other: reached by asking "whose manager" as often as there are people.
fn is_above(chart: &HashMap<u128, Option<u128>>, upper: u128, lower: u128) -> bool {
    let mut above = HashSet::new();
    let mut who = lower;
    while let Some(Some(manager)) = chart.get(&who) {
        if !above.insert(*manager) {
            break;
        }
        who = *manager;
    }
    above.contains(&upper)
}

proptest! {
    /// Whatever the chart: it ends, agrees with the plain definition, and is the same seen from the other side.
    #[test]
    fn relations_hold_in_any_chart(rows in any_chart(), first in 0_u128..13, second in 0_u128..13) {
        let chart = chart(&rows.iter().map(|(who, manager)| (*who, *manager)).collect::<Vec<_>>());
        let (there, back) = (chart.relation(person(first), person(second)), chart.relation(person(second), person(first)));
        let (above, below) = (is_above(&rows, first, second), is_above(&rows, second, first));
        match (&there, &back) {
            (Relation::OnePerson, Relation::OnePerson) => prop_assert_eq!(first, second),
            (Relation::Circle { .. }, Relation::Circle { .. }) => prop_assert!(above && below),
            (Relation::Above { line }, Relation::Below { line: other }) => prop_assert!(above && !below && line == other),
            (Relation::Below { line }, Relation::Above { line: other }) => prop_assert!(below && !above && line == other),
            (Relation::SameManager { manager }, Relation::SameManager { manager: other }) => {
                prop_assert!(!above && !below && manager == other);
            }
            (Relation::Unrelated, Relation::Unrelated) => prop_assert!(!above && !below),
            (Relation::Unknown { missing }, Relation::Unknown { missing: other }) => {
                prop_assert!(!above && !below && !missing.is_empty());
                let (missing, other): (HashSet<_>, HashSet<_>) = (missing.iter().collect(), other.iter().collect());
                prop_assert_eq!(missing, other);
            }
            _ => prop_assert!(false, "{:?}, {:?}", there, back),
        }
        for kind in PairKind::ALL {
            for setting in [false, true] {
                let may = chart.may_pair(person(first), person(second), *kind, setting);
                prop_assert_eq!(may, chart.may_pair(person(second), person(first), *kind, setting));
                prop_assert!(may.is_err() || !(above || below || first == second));
            }
        }
    }

    /// A line leads from manager to manager, without anybody twice.
    #[test]
    fn a_line_can_be_walked(rows in any_chart(), first in 0_u128..12, second in 0_u128..12) {
        let chart = chart(&rows.iter().map(|(who, manager)| (*who, *manager)).collect::<Vec<_>>());
        let Relation::Below { line } = chart.relation(person(first), person(second)) else { return Ok(()) };
        prop_assert_eq!((line.first(), line.last()), (Some(&person(first)), Some(&person(second))));
        prop_assert!(line.windows(2).all(|step| chart.place(step[0]).and_then(|place| place.manager) == Some(step[1])));
        prop_assert_eq!(line.iter().collect::<HashSet<_>>().len(), line.len());
    }
}
