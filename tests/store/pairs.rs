//! Pairs: one live at a time, and no answer to a question that is not open any more.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::identifiers::PairId;
use mentor::domain::pairs::{Pair, PairKind, PairOfPeople, PairState};
use mentor::store::pairs;

use crate::support::{Couple, Store, both, now, overtaken, text};

both!(a_question_is_kept_with_its_people, |store: Arc<Store>| async move {
    let (ada, grace) = (store.person("U1").await, store.person("U2").await);
    for (kind, aim) in [
        (PairKind::InOrg, "to lead, one day".to_owned()),
        (PairKind::External, "🎉 “quoted” 'and' \\ \0 مرحبا".to_owned()),
        (PairKind::Peer, "x".repeat(100_000)),
    ] {
        let mut pair = Pair { kind, aim: text(&aim), ..store.question(&ada, &grace, now()) };
        let mut tx = store.begin().await;
        pairs::insert(&mut tx, &pair).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = store.read().await;
        let found = pairs::find(&mut tx, pair.id).await.unwrap();
        let expected = PairOfPeople { pair: pair.clone(), mentee: ada.clone(), mentor: grace.clone() };
        assert_eq!(found, Some(expected));
        assert_eq!(pairs::latest(&mut tx, ada.id, grace.id).await.unwrap(), Some(pair.clone()));
        drop(tx);
        store.put(&mut pair, PairState::Ended).await;
        store.raw().await.change("UPDATE pairs SET asked_at = '2026-01-01T00:00:00+00:00'", &[]).await.unwrap();
    }
    let mut tx = store.read().await;
    assert_eq!(pairs::find(&mut tx, PairId(store.ids.opaque())).await.unwrap(), None);
    assert_eq!(pairs::latest(&mut tx, grace.id, ada.id).await.unwrap(), None, "nobody asked the other way round");
});

both!(two_people_have_one_live_pair, |store: Arc<Store>| async move {
    let Couple { mentee, mentor, mut pair } = store.asked().await;
    for state in [PairState::Proposed, PairState::Active, PairState::Paused] {
        if pair.state != state {
            store.put(&mut pair, state).await;
        }
        let mut tx = store.begin().await;
        overtaken(pairs::insert(&mut tx, &store.question(&mentee, &mentor, now())).await);
    }
    // The other way round is another relationship.
    let mut tx = store.begin().await;
    pairs::insert(&mut tx, &store.question(&mentor, &mentee, now())).await.unwrap();
    tx.commit().await.unwrap();
    for over in [PairState::Ended, PairState::Declined, PairState::Expired] {
        store.put(&mut pair, over).await;
        pair = store.question(&mentee, &mentor, pair.asked_at + TimeDelta::seconds(1));
        let mut tx = store.begin().await;
        pairs::insert(&mut tx, &pair).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(pairs::latest(&mut store.read().await, mentee.id, mentor.id).await.unwrap(), Some(pair.clone()));
    }
});

both!(of_two_questions_at_once_one_is_kept, |store: Arc<Store>| async move {
    let (ada, grace) = (store.person("U1").await, store.person("U2").await);
    let asking = (0..4).map(|_| {
        let (store, question) = (store.clone(), store.question(&ada, &grace, now()));
        tokio::spawn(async move {
            let mut tx = store.begin().await;
            pairs::insert(&mut tx, &question).await?;
            tx.commit().await
        })
    });
    let mut kept = 0;
    for asked in asking.collect::<Vec<_>>() {
        match asked.await.unwrap() {
            Ok(()) => kept += 1,
            refused => overtaken(refused),
        }
    }
    assert_eq!(kept, 1);
    assert_eq!(pairs::of_person(&mut store.read().await, ada.id).await.unwrap().len(), 1);
    let orphans = "SELECT CAST(COUNT(*) AS TEXT) FROM pair_keys";
    assert_eq!(store.raw().await.one(orphans, &[]).await, "1", "no key without its pair");
});

both!(an_answer_changes_only_an_open_question, |store: Arc<Store>| async move {
    let Couple { pair, .. } = store.couple().await;
    let found = pairs::find(&mut store.read().await, pair.id).await.unwrap().unwrap();
    assert_eq!(found.pair, pair, "its rhythm came with the answer");
    let mut tx = store.begin().await;
    let declined = Pair { state: PairState::Declined, rhythm: None, ..pair.clone() };
    overtaken(pairs::set_state(&mut tx, &declined, PairState::Proposed, now()).await);
    let strange = Pair { id: PairId(store.ids.opaque()), ..declined };
    overtaken(pairs::set_state(&mut tx, &strange, PairState::Proposed, now()).await);
    tx.commit().await.unwrap();
    assert_eq!(pairs::find(&mut store.read().await, pair.id).await.unwrap().unwrap().pair, pair);
});

both!(a_pair_that_meets_has_a_rhythm, |store: Arc<Store>| async move {
    let Couple { pair, .. } = store.asked().await;
    let mut tx = store.begin().await;
    let wrong = Pair { state: PairState::Active, ..pair };
    assert!(pairs::set_state(&mut tx, &wrong, PairState::Proposed, now()).await.is_err(), "the schema itself refuses");
});

both!(what_somebody_is_part_of, |store: Arc<Store>| async move {
    let ada = store.person("U0").await;
    let mut expected = Vec::new();
    for (index, state) in PairState::ALL.iter().enumerate() {
        let other = store.person(&format!("U1{index}")).await;
        let asked_at = now() - TimeDelta::hours(i64::try_from(index).unwrap());
        let (mentee, mentor) = if index % 2 == 0 { (&ada, &other) } else { (&other, &ada) };
        let mut pair = store.question(mentee, mentor, asked_at);
        let mut tx = store.begin().await;
        pairs::insert(&mut tx, &pair).await.unwrap();
        tx.commit().await.unwrap();
        if *state != PairState::Proposed {
            store.put(&mut pair, *state).await;
        }
        if !matches!(state, PairState::Ended | PairState::Expired) {
            expected.insert(0, pair);
        }
    }
    store.asked().await;
    let found = pairs::of_person(&mut store.read().await, ada.id).await.unwrap();
    assert_eq!(found.into_iter().map(|of| of.pair).collect::<Vec<_>>(), expected, "the oldest first");
});

both!(the_planner_is_told_when_to_look, |store: Arc<Store>| async move {
    let mut tx = store.read().await;
    assert_eq!(pairs::next_attention(&mut tx).await.unwrap(), None);
    drop(tx);
    let (first, second) = (store.asked().await.pair, store.asked().await.pair);
    let mut tx = store.begin().await;
    assert_eq!(pairs::next_attention(&mut tx).await.unwrap(), Some(now()), "a new question at once");
    let later = now() + TimeDelta::microseconds(1);
    pairs::set_attention(&mut tx, first.id, Some(later)).await.unwrap();
    assert_eq!(pairs::due(&mut tx, now(), 10).await.unwrap(), [second.id]);
    assert_eq!(pairs::due(&mut tx, later, 10).await.unwrap(), [second.id, first.id], "the longest waiting first");
    assert_eq!(pairs::due(&mut tx, later, 1).await.unwrap(), [second.id]);
    pairs::set_attention(&mut tx, second.id, None).await.unwrap();
    assert_eq!(pairs::due(&mut tx, later, 10).await.unwrap(), [first.id]);
    assert_eq!(pairs::next_attention(&mut tx).await.unwrap(), Some(later));
});
