//! Agreements, reviews and finishes are kept sealed, and change only from where they stood.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::agreements::{Agreement, AgreementState, Says};
use mentor::domain::identifiers::AgreementId;
use mentor::domain::pairs::{PairOfPeople, PairState, Role};
use mentor::domain::reviews::{CarryOn, Finish, ReviewOfPair, Words};
use mentor::store::failure::StoreFailure;
use mentor::store::{agreements, finishes, history, meetings, reviews};

use crate::support::{Couple, Store, both, now, overtaken, text};

fn of(couple: &Couple) -> PairOfPeople {
    PairOfPeople { pair: couple.pair.clone(), mentee: couple.mentee.clone(), mentor: couple.mentor.clone() }
}

both!(a_pair_begins_once_and_its_versions_follow_each_other, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let pair = &couple.pair;
    let mut tx = store.begin().await;
    for _ in 0..2 {
        reviews::begin_pair(&mut tx, &of(&couple), &store.ids, now()).await.unwrap();
    }
    let draft = agreements::standing(&mut tx, pair.id).await.unwrap().unwrap();
    assert_eq!((draft.state, draft.says.review_on), (AgreementState::Draft, "2026-09-02".parse().unwrap()));
    let review = reviews::open(&mut tx, pair.id).await.unwrap().unwrap();
    assert_eq!((review.counts_from, review.review_on), (now(), draft.says.review_on));

    // An edit takes the draft's place; what it says comes back as it was written.
    let says =
        Says { goals: Some(text("to lead 🎉")), more: Some(text("no calls")), review_on: draft.says.review_on };
    let by = (pair.mentee, Role::Mentee);
    let next = draft.rewritten(AgreementId(store.ids.opaque()), says, by, now(), now()).unwrap();
    agreements::set_state(&mut tx, draft.id, AgreementState::Draft, AgreementState::Replaced).await.unwrap();
    agreements::insert(&mut tx, &next).await.unwrap();
    assert_eq!(agreements::standing(&mut tx, pair.id).await.unwrap(), Some(next.clone()));
    let signed = next.sign(Role::Mentee, now()).unwrap().sign(Role::Mentor, now()).unwrap();
    let half = agreements::sign(&mut tx, signed.id, Role::Mentee, AgreementState::Draft, now()).await.unwrap();
    assert_eq!((half.state, half.mentor_signed_at), (AgreementState::Draft, None));
    overtaken(agreements::sign(&mut tx, signed.id, Role::Mentee, AgreementState::Draft, now()).await);
    let both = agreements::sign(&mut tx, signed.id, Role::Mentor, AgreementState::Draft, now()).await.unwrap();
    assert_eq!(both, signed);
    assert_eq!(agreements::standing(&mut tx, pair.id).await.unwrap(), Some(signed.clone()));

    // A change stands beside it, and is declined once.
    let says = Says { goals: None, ..signed.says.clone() };
    let id = AgreementId(store.ids.opaque());
    let change = signed.rewritten(id, says, by, now() + TimeDelta::days(3), now()).unwrap();
    agreements::insert(&mut tx, &change).await.unwrap();
    assert_eq!(agreements::change(&mut tx, pair.id).await.unwrap(), Some(change.clone()));
    agreements::decline(&mut tx, change.id, now()).await.unwrap();
    overtaken(agreements::decline(&mut tx, change.id, now()).await);
    assert_eq!(agreements::versions(&mut tx, pair.id).await.unwrap().len(), 3);
    tx.commit().await.unwrap();
});

both!(a_review_is_asked_answered_and_closed_once, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let pair = couple.pair.id;
    let mut tx = store.begin().await;
    assert!(reviews::pairs_without(&mut tx, 10).await.unwrap().is_empty(), "the planner is about to look at it anyway");
    mentor::store::pairs::set_attention(&mut tx, pair, None).await.unwrap();
    assert_eq!(reviews::pairs_without(&mut tx, 10).await.unwrap(), [pair]);
    reviews::begin_pair(&mut tx, &of(&couple), &store.ids, now()).await.unwrap();
    assert!(reviews::pairs_without(&mut tx, 10).await.unwrap().is_empty());
    let mut review = reviews::open(&mut tx, pair).await.unwrap().unwrap();
    review.asked_at = Some(now());
    reviews::ask(&mut tx, &review).await.unwrap();
    overtaken(reviews::ask(&mut tx, &review).await);
    for day in ["2027-03-02", "2026-12-02"] {
        let answer = CarryOn { person: couple.mentee.id, next_review_on: day.parse().unwrap() };
        reviews::answer(&mut tx, review.id, answer, now()).await.unwrap();
    }
    let found = reviews::find(&mut tx, review.id).await.unwrap().unwrap();
    assert_eq!(found.review.answers.len(), 1, "the last word counts");
    let found = ReviewOfPair { of: of(&couple), ..found };
    reviews::go_on(&mut tx, &found, &store.ids, now()).await.unwrap();
    overtaken(reviews::go_on(&mut tx, &found, &store.ids, now()).await);
    let next = reviews::open(&mut tx, pair).await.unwrap().unwrap();
    assert_eq!((next.counts_from, next.review_on), (now(), "2026-12-02".parse().unwrap()));
});

both!(missed_meetings_count_since_the_last_that_was_held, |store: Arc<Store>| async move {
    let pair = store.couple().await.pair;
    let mut tx = store.begin().await;
    let days = [("held", 0), ("missed", 7), ("skipped", 14), ("missed", 21), ("missed", 28)];
    for (state, day) in days {
        let planned = store.plan_for(&pair, now() + TimeDelta::days(day));
        meetings::plan(&mut tx, &planned).await.unwrap();
        let later = now() + TimeDelta::days(60);
        let ended = match state {
            "held" => planned.held(None, later),
            "missed" => planned.missed(later),
            _ => planned.skipped(later),
        };
        meetings::report(&mut tx, &ended.unwrap(), later).await.unwrap();
    }
    let streak = reviews::streak(&mut tx, pair.id).await.unwrap();
    assert_eq!((streak.misses, streak.brings_forward()), (3, Some(now() + TimeDelta::days(7))));
    assert!(!reviews::knows_streak(&mut tx, pair.id, now() + TimeDelta::days(7)).await.unwrap());
    assert_eq!(history::counts(&mut tx, pair.id).await.unwrap().meetings, 5);
    assert_eq!(history::meetings(&mut tx, pair.id, 3).await.unwrap().len(), 2);
});

both!(what_two_people_say_at_the_end_is_theirs, |store: Arc<Store>| async move {
    let mut couple = store.couple().await;
    let mut tx = store.begin().await;
    let words = Words {
        got_out: Some(text("I plan now")),
        thanks: Some(text("for your patience 🎉")),
        what_next: None,
        stay_in_touch: Some(true),
    };
    let first = Finish { pair: couple.pair.id, person: couple.mentee.id, words, ended_it: true, finished_at: now() };
    let (one, other) = (store.ids.opaque(), store.ids.opaque());
    finishes::insert(&mut tx, one, &first).await.unwrap();
    overtaken(finishes::insert(&mut tx, other, &first).await);
    let second = Finish {
        person: couple.mentor.id,
        words: Words { thanks: Some(text("it was a pleasure")), ..Words::default() },
        ended_it: false,
        finished_at: now() + TimeDelta::days(1),
        ..first.clone()
    };
    finishes::insert(&mut tx, other, &second).await.unwrap();
    assert_eq!(finishes::of_pair(&mut tx, couple.pair.id).await.unwrap(), [first, second]);
    tx.commit().await.unwrap();
    store.put(&mut couple.pair, PairState::Ended).await;
    let mut tx = store.read().await;
    assert_eq!(history::ended(&mut tx, couple.mentee.id).await.unwrap(), [couple.pair.id]);
    assert_eq!(history::count_ended(&mut tx, couple.mentor.id).await.unwrap(), 1);
    drop(tx);

    // Somebody with the database in hand swaps the two: nothing opens.
    let mut raw = store.raw().await;
    raw.change_one(
        "UPDATE finishes SET thanks = (SELECT o.thanks FROM finishes o WHERE o.id = $2) WHERE id = $1",
        &[one, other],
    )
    .await;
    drop(raw);
    let found = finishes::of_pair(&mut store.read().await, couple.pair.id).await;
    assert!(matches!(found, Err(StoreFailure::Sealed("finishes"))), "{found:?}");
});

both!(an_agreement_opens_where_it_was_sealed_and_nowhere_else, |store: Arc<Store>| async move {
    let couples = [store.couple().await, store.couple().await];
    let mut ids = Vec::new();
    let mut tx = store.begin().await;
    for couple in &couples {
        let id = AgreementId(store.ids.opaque());
        let mut agreement = Agreement::begin(id, couple.pair.id, "2026-09-02".parse().unwrap(), now());
        agreement.says.goals = Some(text("to lead"));
        agreements::insert(&mut tx, &agreement).await.unwrap();
        ids.push(id.0);
    }
    tx.commit().await.unwrap();
    let swap = "UPDATE agreements SET goals = (SELECT o.goals FROM agreements o WHERE o.id = $2) WHERE id = $1";
    store.raw().await.change_one(swap, &[ids[0], ids[1]]).await;
    let found = agreements::standing(&mut store.read().await, couples[0].pair.id).await;
    assert!(matches!(found, Err(StoreFailure::Sealed("agreements"))), "{found:?}");
});
