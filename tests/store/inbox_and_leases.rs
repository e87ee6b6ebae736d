//! What Slack tells twice is heard once; what one replica holds no other takes.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use mentor::clock::Clock;
use mentor::store::{inbox, leases};
use uuid::Uuid;

use crate::support::{Store, both, now};

both!(an_envelope_is_recorded_once, |store: Arc<Store>| async move {
    let mut tx = store.begin().await;
    assert!(inbox::record(&mut tx, "Ev1", now()).await.unwrap());
    assert!(!inbox::record(&mut tx, "Ev1", now()).await.unwrap());
    assert!(inbox::record(&mut tx, "Ev2", now()).await.unwrap());
    drop(tx);
    let mut tx = store.begin().await;
    assert!(inbox::record(&mut tx, "Ev1", now()).await.unwrap(), "what was rolled back was not carried out");
    tx.commit().await.unwrap();
    assert!(!inbox::record(&mut store.begin().await, "Ev1", now()).await.unwrap());
});

both!(two_tellings_at_once_are_one, |store: Arc<Store>| async move {
    let telling = (0..4).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut tx = store.begin().await;
            let first = inbox::record(&mut tx, "Ev1", now()).await.unwrap();
            tx.commit().await.unwrap();
            usize::from(first)
        })
    });
    let mut first = 0;
    for told in telling.collect::<Vec<_>>() {
        first += told.await.unwrap();
    }
    assert_eq!(first, 1);
});

both!(envelopes_are_forgotten_after_a_while, |store: Arc<Store>| async move {
    let mut tx = store.begin().await;
    let day = TimeDelta::days(1);
    for (key, received_at) in [("old", now() - day), ("limit", now()), ("new", now() + day)] {
        inbox::record(&mut tx, key, received_at).await.unwrap();
    }
    assert_eq!(inbox::forget_before(&mut tx, now()).await.unwrap(), 1);
    assert_eq!(inbox::forget_before(&mut tx, now()).await.unwrap(), 0);
    assert!(inbox::record(&mut tx, "old", now()).await.unwrap());
    assert!(!inbox::record(&mut tx, "limit", now()).await.unwrap());
});

/// Takes a lease for ten seconds, in a transaction of its own.
async fn take(store: &Store, name: &str, holder: Uuid, now: DateTime<Utc>) -> bool {
    let mut tx = store.begin().await;
    let taken = leases::take(&mut tx, name, holder, now, TimeDelta::seconds(10)).await.unwrap();
    tx.commit().await.unwrap();
    taken
}

both!(a_lease_has_one_holder, |store: Arc<Store>| async move {
    let (one, other) = (store.ids.opaque(), store.ids.opaque());
    let after = |seconds| now() + TimeDelta::seconds(seconds);
    assert!(take(&store, "plan", one, after(0)).await);
    assert!(!take(&store, "plan", other, after(1)).await, "it is held");
    assert!(take(&store, "tidy", other, after(1)).await, "another lease is another matter");
    assert!(take(&store, "plan", one, after(8)).await, "renewed by its holder");
    assert!(!take(&store, "plan", other, after(11)).await, "its end moved");
    assert!(!take(&store, "plan", other, after(18)).await, "the last moment is the holder's");
    assert!(take(&store, "plan", other, after(18) + TimeDelta::microseconds(1)).await, "it ran out");
    assert!(!take(&store, "plan", one, after(19)).await, "who lost it has to wait, too");
});

both!(a_lease_is_given_back_by_its_holder_alone, |store: Arc<Store>| async move {
    let (one, other) = (store.ids.opaque(), store.ids.opaque());
    assert!(take(&store, "plan", one, now()).await);
    let give_back = async |holder| {
        let mut tx = store.begin().await;
        leases::give_back(&mut tx, "plan", holder).await.unwrap();
        tx.commit().await.unwrap();
    };
    give_back(other).await;
    assert!(!take(&store, "plan", other, now()).await);
    give_back(one).await;
    give_back(one).await;
    assert!(take(&store, "plan", other, now()).await);
});

both!(of_two_that_want_it_at_once_one_gets_it, |store: Arc<Store>| async move {
    let wanting = (0..4).map(|_| {
        let store = store.clone();
        let holder = store.ids.opaque();
        tokio::spawn(async move { usize::from(take(&store, "plan", holder, now()).await) })
    });
    let mut holders = 0;
    for taken in wanting.collect::<Vec<_>>() {
        holders += taken.await.unwrap();
    }
    assert_eq!(holders, 1);
});

both!(leases_go_by_the_clock_that_all_holders_share, |store: Arc<Store>| async move {
    let turned = Clock::manual(now());
    let mut tx = store.begin().await;
    assert_eq!(tx.lease_time(&turned).await.unwrap(), now(), "a story's clock is everybody's");
    let machine = Clock::system();
    let before = machine.now() - TimeDelta::minutes(1);
    let time = tx.lease_time(&machine).await.unwrap();
    assert!((before..before + TimeDelta::minutes(2)).contains(&time), "{time}");
});
