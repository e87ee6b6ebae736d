//! Carrying on what was not covered: to the next meeting, or to the one that is not planned yet.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::agenda::{Agenda, Part};
use mentor::domain::agenda_items::Age;
use mentor::domain::meetings::{Meeting, MeetingOfPair};
use mentor::domain::pairs::{PairOfPeople, Role};
use mentor::store::carrying::{self, Uncovered};
use mentor::store::{agenda, agenda_items, homework, meetings};

use crate::agenda_items::entry;
use crate::support::{Couple, Store, at, both, now, text};

fn of(couple: &Couple, meeting: &Meeting) -> MeetingOfPair {
    let (pair, mentee, mentor) = (couple.pair.clone(), couple.mentee.clone(), couple.mentor.clone());
    MeetingOfPair { meeting: meeting.clone(), of: PairOfPeople { pair, mentee, mentor } }
}

both!(what_was_not_covered_goes_to_the_next_meeting, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let pair = &couple.pair;
    let [first, second, third] = ["2026-03-05T15:00:00Z", "2026-03-12T14:00:00Z", "2026-03-19T14:00:00Z"].map(at);
    let (first, second, third) =
        (store.meeting(pair, first).await, store.meeting(pair, second).await, store.meeting(pair, third).await);
    let mut tx = store.begin().await;
    let parts = [(Part::Why, text("why")), (Part::Topic, text("topic")), (Part::Homework, text("findings"))];
    let written = Agenda { parts: parts.into() };
    agenda::set(&mut tx, &first, Role::Mentee, &written, now()).await.unwrap();
    for (part, body) in [(Some(Part::Topic), "put there"), (Some(Part::Upcoming), "plan"), (None, "point")] {
        agenda_items::insert(&mut tx, &entry(&store, pair, Some(first.id), part, body)).await.unwrap();
    }
    let task = store.task(pair, "the runbook");
    homework::insert(&mut tx, &task).await.unwrap();
    homework::set_findings(&mut tx, &task.returned(None), first.id).await.unwrap();

    let after = first.ends_at();
    let uncovered = Uncovered { parts: vec![Part::Topic, Part::Homework], points: false };
    carrying::carry(&mut tx, &of(&couple, &first), &uncovered, &store.ids, after).await.unwrap();
    let said = |entries: &mentor::domain::agenda_items::Entries| -> Vec<_> {
        entries.0.iter().map(|item| (item.body.reveal().to_owned(), item.part, item.age)).collect()
    };
    let age = |meetings| Some(Age { since: first.starts_at, meetings });
    let carried = agenda_items::of_meeting(&mut tx, &second).await.unwrap();
    assert_eq!(
        said(&carried),
        [
            ("put there".to_owned(), Some(Part::Topic), age(1)),
            ("topic".to_owned(), Some(Part::Topic), age(1)),
            ("findings".to_owned(), Some(Part::Homework), age(1)),
        ]
    );
    assert_eq!(
        agenda::get(&mut tx, &first, Role::Mentee).await.unwrap(),
        written,
        "what was written stays where it was"
    );
    assert_eq!(agenda_items::of_meeting(&mut tx, &first).await.unwrap().0.len(), 2);
    assert!(agenda::get(&mut tx, &second, Role::Mentee).await.unwrap().is_empty());
    // The homework is talked about there, too.
    homework::review_returned(&mut tx, first.id).await.unwrap();
    assert_eq!(homework::carried(&mut tx, pair.id).await.unwrap().len(), 1);

    // Once more, everything: a meeting older.
    let everything = Uncovered::everything();
    meetings::report(&mut tx, &second.clone().skipped(second.ends_at()).unwrap(), now()).await.unwrap();
    carrying::carry(&mut tx, &of(&couple, &second), &everything, &store.ids, second.ends_at()).await.unwrap();
    let carried = agenda_items::of_meeting(&mut tx, &third).await.unwrap();
    assert!(carried.0.iter().all(|item| item.age == age(2)), "{carried:?}");
    homework::review_returned(&mut tx, third.id).await.unwrap();
    assert!(homework::carried(&mut tx, pair.id).await.unwrap().is_empty());
    assert_eq!(carrying::next_to_come(&mut tx, pair.id, first.starts_at).await.unwrap(), Some(third));
});

both!(without_a_next_meeting_it_waits, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let meeting = store.meeting(&couple.pair, at("2026-03-05T15:00:00Z")).await;
    let mut tx = store.begin().await;
    let written = Agenda { parts: [(Part::Why, text("why"))].into() };
    agenda::set(&mut tx, &meeting, Role::Mentee, &written, now()).await.unwrap();
    let after = meeting.ends_at() + TimeDelta::days(1);
    assert_eq!(carrying::next_to_come(&mut tx, couple.pair.id, after).await.unwrap(), None);
    carrying::carry(&mut tx, &of(&couple, &meeting), &Uncovered::everything(), &store.ids, after).await.unwrap();
    let waiting = agenda_items::waiting(&mut tx, couple.pair.id).await.unwrap();
    assert_eq!(waiting.0[0].age, Some(Age { since: meeting.starts_at, meetings: 1 }));
    tx.commit().await.unwrap();
    let next = store.meeting(&couple.pair, at("2026-03-12T14:00:00Z")).await;
    let adopted = agenda_items::of_meeting(&mut store.read().await, &next).await.unwrap();
    assert_eq!(adopted.0.len(), 1);
});
