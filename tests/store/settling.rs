//! However an attempt ends, only the claim that made it may say so.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::store::outbox::doubt;
use mentor::store::outbox::queue::{self, Message};
use mentor::store::outbox::settle::{Ending, settle};

use crate::support::{Store, both, now};

/// Every ending, and where it leaves a message that was claimed for the first time.
fn endings() -> [(Ending, &'static str); 5] {
    let later = now() + TimeDelta::seconds(5);
    [
        (Ending::Sent { channel: "D1".to_owned(), ts: "1.1".to_owned() }, "sent, attempt 1, settled"),
        (Ending::GivenBack { not_before: later }, "pending, attempt 0"),
        (Ending::Doubt { look_at: later }, "doubt, attempt 1"),
        (Ending::Dropped { reason: "no_longer_owed" }, "dropped (no_longer_owed), attempt 1, settled"),
        (Ending::Parked { reason: "restricted_action".to_owned() }, "parked (restricted_action), attempt 1, settled"),
    ]
}

both!(every_ending_is_kept, |store: Arc<Store>| async move {
    for (number, (ending, stands)) in endings().into_iter().enumerate() {
        let to = store.person(&format!("U{number}")).await.id;
        let claimed = store.claimed(&store.owed(to, now())).await;
        let mut tx = store.begin().await;
        assert!(settle(&mut tx, &claimed, &ending, now()).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(store.stands(claimed.id).await, stands);
        // Settled, it is settled: nothing else changes it.
        for (other, _) in endings() {
            let mut tx = store.begin().await;
            assert!(!settle(&mut tx, &claimed, &other, now()).await.unwrap(), "{ending:?}, then {other:?}");
        }
    }
    let later = now() + TimeDelta::seconds(5);
    let early = queue::due(&mut store.read().await, later - TimeDelta::microseconds(1), 10).await.unwrap();
    assert!(early.is_empty(), "{early:?}");
    let due = queue::due(&mut store.read().await, later, 10).await.unwrap();
    let attempts: Vec<i32> = due.iter().map(|message| message.attempt).collect();
    assert_eq!(attempts, [0], "as if nothing had been attempted");
    assert_eq!(doubt::due(&mut store.read().await, later, 10).await.unwrap().len(), 1);
});

both!(only_the_claim_that_did_it_may_settle_it, |store: Arc<Store>| async move {
    for (number, (ending, _)) in endings().into_iter().enumerate() {
        let to = store.person(&format!("U{number}")).await.id;
        let first = store.claimed(&store.owed(to, now())).await;
        // Another has taken the message over meanwhile.
        let second = store.claim_again(&first).await;
        assert_eq!(second.attempt, 2);
        for stranger in
            [first, Message { attempt: 3, ..second.clone() }, Message { id: store.ids.opaque(), ..second.clone() }]
        {
            let mut tx = store.begin().await;
            assert!(!settle(&mut tx, &stranger, &ending, now()).await.unwrap(), "{ending:?}");
            tx.commit().await.unwrap();
            assert_eq!(store.stands(second.id).await, "claimed, attempt 2, leased");
        }
        let mut tx = store.begin().await;
        assert!(settle(&mut tx, &second, &ending, now()).await.unwrap(), "{ending:?}");
    }
});

both!(a_message_given_back_is_claimed_as_if_for_the_first_time, |store: Arc<Store>| async move {
    let to = store.person("U1").await.id;
    let first = store.claimed(&store.owed(to, now())).await;
    let mut tx = store.begin().await;
    settle(&mut tx, &first, &Ending::GivenBack { not_before: now() }, now()).await.unwrap();
    tx.commit().await.unwrap();
    let due = queue::due(&mut store.read().await, now(), 1).await.unwrap().remove(0);
    assert_eq!(store.claim(&due).await.attempt, 1);
});
