//! Entries on agendas, questions kept for the moment, and coaching questions: kept, found, and sealed where they are.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::agenda::Part;
use mentor::domain::agenda_items::{Age, AgendaItem, KeptQuestion, SourceLink};
use mentor::domain::coaching::BANK;
use mentor::domain::identifiers::{AgendaItemId, KeptQuestionId, MeetingId, PersonId};
use mentor::domain::pairs::Pair;
use mentor::store::failure::StoreFailure;
use mentor::store::{agenda, agenda_items, coaching, kept_questions};

use crate::support::{Couple, Store, at, both, now, overtaken, text};

/// An entry under a part that is not kept yet; `None` is a point from the mentor.
pub(crate) fn entry(
    store: &Store,
    pair: &Pair,
    meeting: Option<MeetingId>,
    part: Option<Part>,
    body: &str,
) -> AgendaItem {
    AgendaItem {
        id: AgendaItemId(store.ids.ordered(now())),
        pair: pair.id,
        meeting,
        part,
        author: if part.is_some() { pair.mentee } else { pair.mentor },
        body: text(body),
        source: SourceLink::of_message("acme", "C1", "1770130801.000100"),
        created_at: now(),
        age: None,
    }
}

both!(an_entry_is_kept_as_it_was_put, |store: Arc<Store>| async move {
    let Couple { mentee, mentor, pair } = store.couple().await;
    let meeting = store.meeting(&pair, at("2026-03-05T15:00:00Z")).await;
    let other = store.meeting(&pair, at("2026-03-12T14:00:00Z")).await;
    let topic = entry(&store, &pair, Some(meeting.id), Some(Part::Topic), "🎉 budgets");
    let age = Some(Age { since: at("2026-02-05T15:00:00Z"), meetings: 3 });
    let why = AgendaItem { age, source: None, ..entry(&store, &pair, Some(meeting.id), Some(Part::Why), "the freeze") };
    let point = entry(&store, &pair, Some(meeting.id), None, "the talk");
    let mut tx = store.begin().await;
    for item in [&topic, &why, &point] {
        agenda_items::insert(&mut tx, item).await.unwrap();
    }
    let kept = agenda_items::of_meeting(&mut tx, &meeting).await.unwrap();
    assert_eq!(kept.0, [topic.clone(), why.clone(), point.clone()]);
    assert_eq!(kept.under(Part::Topic).collect::<Vec<_>>(), [&topic]);
    assert_eq!(kept.points().collect::<Vec<_>>(), [&point]);
    assert!(agenda_items::of_meeting(&mut tx, &other).await.unwrap().0.is_empty());
    let found = agenda_items::find(&mut tx, why.id).await.unwrap().unwrap();
    assert_eq!((&found.item, &found.of.mentee, &found.of.mentor), (&why, &mentee, &mentor));
    assert_eq!(agenda_items::find(&mut tx, AgendaItemId(store.ids.opaque())).await.unwrap(), None);
    // Parts with something under them; what was put there for this very meeting.
    assert_eq!(agenda::count(&mut tx, meeting.id, pair.preparer(pair.mentee)).await.unwrap(), 2);
    assert_eq!(agenda_items::prepared(&mut tx, meeting.id, mentee.id).await.unwrap(), 1);
    assert!(agenda::is_prepared(&mut tx, meeting.id, pair.preparer(pair.mentee)).await.unwrap());
    assert!(!agenda::is_prepared(&mut tx, other.id, pair.preparer(pair.mentee)).await.unwrap());

    agenda_items::set_part(&mut tx, topic.id, Part::Upcoming).await.unwrap();
    overtaken(agenda_items::set_part(&mut tx, point.id, Part::Upcoming).await);
    let changed = AgendaItem { body: text("better"), ..why.clone() };
    agenda_items::set_body(&mut tx, &changed, meeting.id).await.unwrap();
    // Of another meeting, and a mentor's point: left as they are.
    agenda_items::set_body(&mut tx, &AgendaItem { body: text("no"), ..topic.clone() }, other.id).await.unwrap();
    agenda_items::set_body(&mut tx, &AgendaItem { body: text("no"), ..point.clone() }, meeting.id).await.unwrap();
    agenda_items::delete_of(&mut tx, topic.id, other.id).await.unwrap();
    agenda_items::delete_of(&mut tx, point.id, meeting.id).await.unwrap();
    let moved = AgendaItem { part: Some(Part::Upcoming), ..topic.clone() };
    assert_eq!(agenda_items::of_meeting(&mut tx, &meeting).await.unwrap().0, [moved, changed, point]);
    agenda_items::delete_of(&mut tx, why.id, meeting.id).await.unwrap();
    agenda_items::delete(&mut tx, topic.id).await.unwrap();
    overtaken(agenda_items::delete(&mut tx, topic.id).await);
    assert!(
        !agenda::is_prepared(&mut tx, meeting.id, pair.preparer(pair.mentee)).await.unwrap(),
        "a mentor's point prepares nothing"
    );
});

both!(what_waits_is_adopted_by_the_next_meeting, |store: Arc<Store>| async move {
    let Couple { pair, .. } = store.couple().await;
    let others = store.couple().await.pair;
    let waiting = entry(&store, &pair, None, Some(Part::Topic), "later");
    let theirs = entry(&store, &others, None, Some(Part::Topic), "theirs");
    let mut tx = store.begin().await;
    agenda_items::insert(&mut tx, &waiting).await.unwrap();
    agenda_items::insert(&mut tx, &theirs).await.unwrap();
    assert_eq!(agenda_items::waiting(&mut tx, pair.id).await.unwrap().0, std::slice::from_ref(&waiting));
    tx.commit().await.unwrap();
    let meeting = store.meeting(&pair, at("2026-03-05T15:00:00Z")).await;
    let mut tx = store.begin().await;
    assert!(agenda_items::waiting(&mut tx, pair.id).await.unwrap().0.is_empty());
    assert_eq!(agenda_items::waiting(&mut tx, others.id).await.unwrap().0, [theirs]);
    let adopted = AgendaItem { meeting: Some(meeting.id), ..waiting };
    assert_eq!(agenda_items::of_meeting(&mut tx, &meeting).await.unwrap().0, [adopted]);
    // A second meeting at the same moment is none and adopts nothing.
    agenda_items::insert(&mut tx, &entry(&store, &pair, None, None, "a point")).await.unwrap();
    mentor::store::meetings::plan(&mut tx, &store.plan_for(&pair, meeting.starts_at)).await.unwrap();
    assert_eq!(agenda_items::waiting(&mut tx, pair.id).await.unwrap().0.len(), 1);
});

both!(entries_and_questions_open_where_they_are_alone, |store: Arc<Store>| async move {
    let Couple { pair, .. } = store.couple().await;
    let meeting = store.meeting(&pair, at("2026-03-05T15:00:00Z")).await;
    let (first, second) = (
        entry(&store, &pair, Some(meeting.id), Some(Part::Topic), "first"),
        entry(&store, &pair, Some(meeting.id), Some(Part::Topic), "second"),
    );
    let question = |body: &str| KeptQuestion {
        id: KeptQuestionId(store.ids.opaque()),
        pair: pair.id,
        person: pair.mentee,
        body: text(body),
        asked_at: now(),
    };
    let (one, two) = (question("one?"), question("two?"));
    let mut tx = store.begin().await;
    for item in [&first, &second] {
        agenda_items::insert(&mut tx, item).await.unwrap();
    }
    for question in [&one, &two] {
        kept_questions::insert(&mut tx, question).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut raw = store.raw().await;
    let body = "UPDATE agenda_items SET body = (SELECT i.body FROM agenda_items i WHERE i.id = $1) WHERE id = $2";
    raw.change_one(body, &[first.id.0, second.id.0]).await;
    let opened = agenda_items::of_meeting(&mut store.read().await, &meeting).await;
    assert!(matches!(opened, Err(StoreFailure::Sealed("agenda_items"))), "another row's body");
    raw.change_one("UPDATE agenda_items SET body = source WHERE id = $1", &[second.id.0]).await;
    let opened = agenda_items::of_meeting(&mut store.read().await, &meeting).await;
    assert!(matches!(opened, Err(StoreFailure::Sealed("agenda_items"))), "another column's text");
    let body = "UPDATE kept_questions SET body = (SELECT k.body FROM kept_questions k WHERE k.id = $1) WHERE id = $2";
    raw.change_one(body, &[one.id.0, two.id.0]).await;
    let opened = kept_questions::find(&mut store.read().await, two.id).await;
    assert!(matches!(opened, Err(StoreFailure::Sealed("kept_questions"))), "another row's question");
});

both!(a_question_is_kept_until_it_is_used_or_old, |store: Arc<Store>| async move {
    let Couple { pair, .. } = store.couple().await;
    let question = |asked_at| KeptQuestion {
        id: KeptQuestionId(store.ids.opaque()),
        pair: pair.id,
        person: pair.mentee,
        body: text("why?"),
        asked_at,
    };
    let (used, old, new) = (question(now()), question(now() - TimeDelta::hours(25)), question(now()));
    let mut tx = store.begin().await;
    for question in [&used, &old, &new] {
        kept_questions::insert(&mut tx, question).await.unwrap();
        assert_eq!(kept_questions::find(&mut tx, question.id).await.unwrap().as_ref(), Some(question));
    }
    assert!(kept_questions::forget(&mut tx, used.id).await.unwrap());
    assert!(!kept_questions::forget(&mut tx, used.id).await.unwrap());
    assert_eq!(kept_questions::find(&mut tx, used.id).await.unwrap(), None);
    assert_eq!(kept_questions::forget_before(&mut tx, now() - TimeDelta::hours(24)).await.unwrap(), 1);
    assert_eq!(kept_questions::find(&mut tx, old.id).await.unwrap(), None);
    assert_eq!(kept_questions::find(&mut tx, new.id).await.unwrap(), Some(new));
    let nobody = KeptQuestion { person: PersonId(store.ids.opaque()), ..question(now()) };
    assert!(kept_questions::insert(&mut tx, &nobody).await.is_err(), "a question belongs to somebody");
});

both!(a_pair_is_asked_everything_before_anything_again, |store: Arc<Store>| async move {
    let Couple { pair, .. } = store.couple().await;
    let size = BANK.iter().filter(|question| question.part == Part::Why).count();
    let mut tx = store.begin().await;
    let mut now = now();
    for _round in 0..2 {
        let mut asked = BTreeSet::new();
        for _ in 0..size {
            now += TimeDelta::days(7);
            let meeting = store.plan_for(&pair, now);
            mentor::store::meetings::plan(&mut tx, &meeting).await.unwrap();
            let chosen = coaching::of_meeting(&mut tx, &meeting, &[Part::Why], &store.ids, now).await.unwrap();
            // Opened again, it is the same; another part has its own.
            let both = [Part::Why, Part::Topic];
            let again = coaching::of_meeting(&mut tx, &meeting, &both, &store.ids, now).await.unwrap();
            assert_eq!(again[&Part::Why], chosen[&Part::Why]);
            assert_eq!(again[&Part::Topic].part, Part::Topic);
            assert!(asked.insert(chosen[&Part::Why].id), "{} came twice in a round", chosen[&Part::Why].id);
        }
    }
});
