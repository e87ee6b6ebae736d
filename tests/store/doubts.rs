//! What was in flight when its process died is in doubt, and every doubt ends.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::store::outbox::doubt::{self, Doubt, Look};
use mentor::store::outbox::queue::{self, Message};
use mentor::store::outbox::settle::{Ending, settle};

use crate::support::{Store, both, now};

fn after(seconds: i64) -> chrono::DateTime<chrono::Utc> {
    now() + TimeDelta::seconds(seconds)
}

impl Store {
    /// Finds that a claimed message is not there, and claims it once more.
    pub(crate) async fn claim_again(&self, claimed: &Message) -> Message {
        let mut tx = self.begin().await;
        assert!(settle(&mut tx, claimed, &Ending::Doubt { look_at: now() }, now()).await.unwrap());
        let doubts = doubt::due(&mut tx, now(), 100).await.unwrap();
        let doubt = doubts.iter().find(|doubt| doubt.id == claimed.id).expect("it is in doubt");
        assert!(doubt::resolve(&mut tx, doubt, &Look::NotThere(now()), now()).await.unwrap());
        tx.commit().await.unwrap();
        self.claim(claimed).await
    }

    /// A message to somebody new that is in doubt from now on.
    async fn doubted(&self) -> Doubt {
        let to = self.person(&format!("U{}", self.ids.nonce())).await.id;
        let claimed = self.claimed(&self.owed(to, now())).await;
        let mut tx = self.begin().await;
        assert!(settle(&mut tx, &claimed, &Ending::Doubt { look_at: now() }, now()).await.unwrap());
        tx.commit().await.unwrap();
        let doubts = doubt::due(&mut self.read().await, now(), 100).await.unwrap();
        doubts.into_iter().find(|doubt| doubt.id == claimed.id).expect("it is in doubt")
    }

    async fn look(&self, doubt: &Doubt, look: &Look) -> bool {
        let mut tx = self.begin().await;
        let resolved = doubt::resolve(&mut tx, doubt, look, now()).await.unwrap();
        tx.commit().await.unwrap();
        resolved
    }
}

fn looks() -> [(Look, &'static str); 5] {
    [
        (Look::Arrived { channel: "D1".to_owned(), ts: "1.1".to_owned() }, "sent, attempt 1, settled"),
        (Look::NotFoundYet(after(30)), "doubt, attempt 1, looks 1"),
        (Look::NotThere(after(30)), "pending, attempt 1"),
        (Look::NotThereForGood, "parked (too_many_attempts), attempt 1, settled"),
        (Look::Unread(after(30)), "doubt, attempt 1"),
    ]
}

both!(every_look_is_kept, |store: Arc<Store>| async move {
    for (look, stands) in looks() {
        let doubt = store.doubted().await;
        assert_eq!((doubt.attempt, doubt.looks, doubt.attempt_at), (1, 0, now()));
        let message = queue::get(&mut store.read().await, doubt.id).await.unwrap();
        assert_eq!((doubt.to(), &doubt.nonce), (message.to, &message.nonce));
        assert!(store.look(&doubt, &look).await);
        assert_eq!(store.stands(doubt.id).await, stands);
        if !stands.starts_with("doubt") {
            for (other, _) in looks() {
                assert!(!store.look(&doubt, &other).await, "{look:?}, then {other:?}");
            }
        }
        let now_due = doubt::due(&mut store.read().await, now(), 10).await.unwrap();
        assert!(now_due.iter().all(|found| found.id != doubt.id), "not at once");
    }
    assert_eq!(doubt::due(&mut store.read().await, after(30), 10).await.unwrap().len(), 2);
    assert_eq!(doubt::due(&mut store.read().await, after(30), 1).await.unwrap().len(), 1);
    assert_eq!(queue::due(&mut store.read().await, after(30), 10).await.unwrap().len(), 1);
    assert_eq!(queue::next_due(&mut store.read().await, now()).await.unwrap(), Some(after(30)));
});

both!(somebody_else_may_have_resolved_it, |store: Arc<Store>| async move {
    for (look, _) in looks() {
        let old = store.doubted().await;
        assert!(store.look(&old, &Look::NotThere(now())).await);
        let pending = queue::get(&mut store.read().await, old.id).await.unwrap();
        let claimed = store.claim(&pending).await;
        assert!(!store.look(&old, &look).await, "it is in flight again");
        let mut tx = store.begin().await;
        settle(&mut tx, &claimed, &Ending::Doubt { look_at: now() }, now()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!store.look(&old, &look).await, "this doubt is another attempt's");
        assert_eq!(store.stands(old.id).await, "doubt, attempt 2");
    }
});

both!(a_doubt_begins_with_no_look, |store: Arc<Store>| async move {
    let doubt = store.doubted().await;
    assert!(store.look(&doubt, &Look::NotFoundYet(now())).await);
    let again = doubt::due(&mut store.read().await, now(), 1).await.unwrap().remove(0);
    assert_eq!(again.looks, 1);
    assert!(store.look(&again, &Look::NotThere(now())).await);
    let pending = queue::get(&mut store.read().await, doubt.id).await.unwrap();
    let claimed = store.claim(&pending).await;
    let mut tx = store.begin().await;
    settle(&mut tx, &claimed, &Ending::Doubt { look_at: now() }, now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.stands(doubt.id).await, "doubt, attempt 2");
});

both!(three_deaths_are_enough, |store: Arc<Store>| async move {
    let to = store.person("U1").await.id;
    let other = store.person("U2").await.id;
    let message = store.enqueued(&store.owed(to, now())).await;
    store.enqueued(&store.owed(other, now())).await;
    let abandoned = async |lease_time| {
        let mut tx = store.begin().await;
        let count = doubt::abandoned(&mut tx, lease_time, after(90), after(90)).await.unwrap();
        tx.commit().await.unwrap();
        count
    };
    assert_eq!(abandoned(after(1_000)).await, 0, "nothing is in flight");
    for deaths in 1..=3 {
        let pending = queue::get(&mut store.read().await, message.id).await.unwrap();
        let claimed = store.claim(&pending).await;
        assert_eq!(abandoned(after(60)).await, 0, "its lease holds to its last moment");
        assert_eq!(abandoned(after(60) + TimeDelta::microseconds(1)).await, 1);
        assert_eq!(abandoned(after(1_000)).await, 0, "it died once");
        let mut tx = store.begin().await;
        let sent = Ending::Sent { channel: "D1".to_owned(), ts: "1.1".to_owned() };
        assert!(!settle(&mut tx, &claimed, &sent, now()).await.unwrap(), "too late");
        drop(tx);
        if deaths == 3 {
            break;
        }
        assert_eq!(store.stands(message.id).await, format!("doubt, attempt {deaths}, deaths {deaths}"));
        let doubts = doubt::due(&mut store.read().await, after(90), 1).await.unwrap();
        assert!(doubt::due(&mut store.read().await, after(89), 1).await.unwrap().is_empty());
        assert!(store.look(&doubts[0], &Look::NotThere(now())).await);
    }
    assert_eq!(store.stands(message.id).await, "parked (three_deaths), attempt 3, deaths 3, settled");
    assert!(doubt::due(&mut store.read().await, after(1_000), 10).await.unwrap().is_empty());
    let waiting = queue::due(&mut store.read().await, now(), 10).await.unwrap();
    assert_eq!(waiting.len(), 1, "what goes to others goes on");
});
