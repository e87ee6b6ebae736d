//! Into the outbox once, out of it in order, by one hand at a time.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use mentor::domain::reminders::{MessageKind, Owed};
use mentor::store::outbox::queue::{self, Message};
use mentor::store::outbox::settle::{Ending, settle};
use mentor::store::outbox::{counts, doubt};
use uuid::Uuid;

use crate::support::{Raw, Store, both, now};

const LEASE: TimeDelta = TimeDelta::seconds(60);

impl Raw {
    /// The row of a message by what makes it this message.
    pub(crate) async fn message_id(&mut self, dedupe_key: &str) -> Uuid {
        let sql = "SELECT id FROM outbox WHERE dedupe_key = $1";
        match self {
            Self::Sqlite(connection) => {
                sqlx::query_scalar(sql).bind(dedupe_key.to_owned()).fetch_one(connection).await.unwrap()
            }
            Self::Postgres(connection) => {
                sqlx::query_scalar(sql).bind(dedupe_key.to_owned()).fetch_one(connection).await.unwrap()
            }
        }
    }
}

async fn due_at(store: &Store, moment: DateTime<Utc>) -> Vec<Uuid> {
    let due = queue::due(&mut store.read().await, moment, 10).await.unwrap();
    due.into_iter().map(|message| message.id).collect()
}

async fn end(store: &Store, message: &Message, ending: &Ending) {
    let mut tx = store.begin().await;
    assert!(settle(&mut tx, message, ending, now()).await.unwrap());
    tx.commit().await.unwrap();
}

both!(what_is_owed_twice_is_said_once, |store: Arc<Store>| async move {
    let (ada, grace) = (store.person("U1").await.id, store.person("U2").await.id);
    let owed = store.owed(ada, now());
    let message = store.enqueued(&owed).await;
    assert_eq!((message.kind, message.subject, message.to), (owed.kind, owed.subject, ada));
    assert_eq!((message.attempt, message.due_at, message.until), (0, owed.due_at, owed.until));
    assert_eq!(message.nonce.len(), 32);
    let mut tx = store.begin().await;
    let later = Owed { due_at: now() + TimeDelta::hours(1), until: now() + TimeDelta::days(9), ..owed.clone() };
    assert!(!queue::enqueue(&mut tx, &later, &store.ids, now()).await.unwrap());
    for different in [
        Owed { kind: MessageKind::AgendaNudge, ..owed.clone() },
        Owed { subject: store.ids.opaque(), ..owed.clone() },
        Owed { to: grace, ..owed.clone() },
    ] {
        assert!(queue::enqueue(&mut tx, &different, &store.ids, now()).await.unwrap(), "{different:?}");
    }
    tx.commit().await.unwrap();
    assert_eq!(queue::get(&mut store.read().await, message.id).await.unwrap(), message, "it stays as it was");
    assert!(queue::get(&mut store.read().await, store.ids.opaque()).await.is_err());
});

both!(every_kind_of_message_can_be_owed, |store: Arc<Store>| async move {
    let ada = store.person("U1").await.id;
    for kind in MessageKind::ALL {
        let message = store.enqueued(&Owed { kind: *kind, ..store.owed(ada, now()) }).await;
        assert_eq!(message.kind, *kind);
    }
});

both!(what_is_too_late_to_say_is_kept_as_dropped, |store: Arc<Store>| async move {
    let ada = store.person("U1").await.id;
    let moment = TimeDelta::microseconds(1);
    let over = Owed { until: now() - moment, ..store.owed(ada, now() - TimeDelta::days(1)) };
    let before_it_begins = Owed { until: now() + LEASE, ..store.owed(ada, now() + LEASE + moment) };
    for late in [over, before_it_begins] {
        let message = store.enqueued(&late).await;
        assert_eq!(store.stands(message.id).await, "dropped (window_over), attempt 0");
        let mut tx = store.begin().await;
        assert!(!queue::enqueue(&mut tx, &late, &store.ids, now()).await.unwrap(), "nor is it owed again");
        assert_eq!(queue::claim(&mut tx, &message, now(), LEASE).await.unwrap(), None);
    }
    let last_moment = Owed { until: now(), ..store.owed(ada, now()) };
    let message = store.enqueued(&last_moment).await;
    assert_eq!(due_at(&store, now()).await, [message.id]);
});

both!(a_conversation_is_served_in_order, |store: Arc<Store>| async move {
    let (ada, grace) = (store.person("U1").await.id, store.person("U2").await.id);
    let minutes = |count| now() + TimeDelta::minutes(count);
    let third = store.enqueued(&store.owed(ada, now())).await;
    let first = store.enqueued(&store.owed(ada, minutes(-2))).await;
    let second = store.enqueued(&store.owed(ada, minutes(-1))).await;
    let fourth = store.enqueued(&store.owed(ada, now())).await;
    let hers = store.enqueued(&store.owed(grace, minutes(-1))).await;
    let to_come = store.enqueued(&store.owed(grace, minutes(5))).await;
    assert!(due_at(&store, minutes(-3)).await.is_empty());
    assert_eq!(due_at(&store, now()).await, [first.id, hers.id], "one a conversation, the longest due first");
    assert_eq!(queue::due(&mut store.read().await, now(), 1).await.unwrap(), std::slice::from_ref(&first));
    assert_eq!(queue::next_due(&mut store.read().await, now()).await.unwrap(), Some(to_come.due_at));
    assert_eq!(queue::next_due(&mut store.read().await, minutes(-2)).await.unwrap(), Some(minutes(-1)));

    // In flight, given back or in doubt: nothing overtakes it.
    let claimed = store.claim(&first).await;
    assert_eq!(due_at(&store, now()).await, [hers.id]);
    end(&store, &claimed, &Ending::GivenBack { not_before: minutes(1) }).await;
    assert_eq!(due_at(&store, now()).await, [hers.id]);
    assert_eq!(due_at(&store, minutes(1)).await, [first.id, hers.id]);
    let claimed = store.claim_again(&store.claim(&first).await).await;
    end(&store, &claimed, &Ending::Doubt { look_at: minutes(1) }).await;
    assert_eq!(due_at(&store, minutes(1)).await, [hers.id]);
    let mut tx = store.begin().await;
    assert_eq!(queue::claim(&mut tx, &second, now(), LEASE).await.unwrap(), None, "the conversation is busy");
    let doubted = doubt::due(&mut tx, minutes(1), 1).await.unwrap().remove(0);
    let arrived = doubt::Look::Arrived { channel: "D1".to_owned(), ts: "1.1".to_owned() };
    assert!(doubt::resolve(&mut tx, &doubted, &arrived, now()).await.unwrap());
    tx.commit().await.unwrap();

    for (next, ending) in [
        (second, Ending::Sent { channel: "D1".to_owned(), ts: "1.2".to_owned() }),
        (third, Ending::Dropped { reason: "no_longer_owed" }),
        (fourth, Ending::Parked { reason: "restricted_action".to_owned() }),
    ] {
        let due = queue::due(&mut store.read().await, now(), 10).await.unwrap();
        assert!(due.contains(&next), "{next:?} is next: {due:?}");
        let claimed = store.claim(&next).await;
        end(&store, &claimed, &ending).await;
    }
    assert_eq!(due_at(&store, now()).await, [hers.id]);
});

impl Store {
    /// Claims a message for a minute.
    pub(crate) async fn claim(&self, message: &Message) -> Message {
        let mut tx = self.begin().await;
        let claimed = queue::claim(&mut tx, message, now(), LEASE).await.unwrap().expect("nobody else has it");
        tx.commit().await.unwrap();
        claimed
    }
}

both!(a_message_is_claimed_once, |store: Arc<Store>| async move {
    let ada = store.person("U1").await.id;
    let message = store.enqueued(&store.owed(ada, now())).await;
    let claiming = (0..4).map(|_| {
        let (store, message) = (store.clone(), message.clone());
        tokio::spawn(async move {
            let mut tx = store.begin().await;
            let claimed = queue::claim(&mut tx, &message, now(), LEASE).await.unwrap();
            tx.commit().await.unwrap();
            claimed
        })
    });
    let mut claims = Vec::new();
    for claimed in claiming.collect::<Vec<_>>() {
        claims.extend(claimed.await.unwrap());
    }
    assert_eq!(claims, [Message { attempt: 1, ..message.clone() }]);
    assert_eq!(store.stands(message.id).await, "claimed, attempt 1, leased");
    let again = store.claim_again(&claims[0]).await;
    end(&store, &again, &Ending::GivenBack { not_before: now() }).await;
    let mut tx = store.begin().await;
    let old = queue::claim(&mut tx, &message, now(), LEASE).await.unwrap();
    assert_eq!(old, None, "who saw it before the first attempt saw another state");
});

both!(two_messages_of_one_conversation_are_not_claimed_together, |store: Arc<Store>| async move {
    let ada = store.person("U1").await.id;
    let messages = [store.enqueued(&store.owed(ada, now())).await, store.enqueued(&store.owed(ada, now())).await];
    let mut tx = store.begin().await;
    assert!(queue::claim(&mut tx, &messages[1], now(), LEASE).await.unwrap().is_some());
    assert_eq!(queue::claim(&mut tx, &messages[0], now(), LEASE).await.unwrap(), None);
});

both!(what_was_tried_goes_behind_what_was_not, |store: Arc<Store>| async move {
    let (ada, grace) = (store.person("U1").await.id, store.person("U2").await.id);
    let tried = store.claimed(&store.owed(ada, now() - TimeDelta::hours(1))).await;
    let fresh = store.enqueued(&store.owed(grace, now())).await;
    let again = store.claim_again(&tried).await;
    end(&store, &again, &Ending::GivenBack { not_before: now() }).await;
    assert_eq!(due_at(&store, now()).await, [fresh.id, tried.id]);
});

both!(what_is_out_is_known, |store: Arc<Store>| async move {
    let ada = store.person("U1").await.id;
    let owed = store.owed(ada, now());
    let is_out = async |kind| queue::is_out(&mut store.read().await, owed.subject, kind).await.unwrap();
    let is_waiting =
        async |kind| queue::is_waiting(&mut store.read().await, owed.subject, kind, owed.to).await.unwrap();
    let sent_as = async |id| queue::sent_as(&mut store.read().await, id).await.unwrap();
    let message = store.enqueued(&owed).await;
    assert!(!is_out(owed.kind).await, "it may still be dropped");
    assert!(is_waiting(owed.kind).await && !is_waiting(MessageKind::AgendaNotice).await);
    let claimed = store.claim(&message).await;
    assert!(is_out(owed.kind).await, "it may be");
    assert!(!is_waiting(owed.kind).await);
    assert!(!is_out(MessageKind::AgendaNotice).await);
    assert_eq!(sent_as(message.id).await, None);
    end(&store, &claimed, &Ending::Sent { channel: "D1".to_owned(), ts: "1.1".to_owned() }).await;
    assert!(is_out(owed.kind).await);
    assert_eq!(sent_as(message.id).await, Some(("D1".to_owned(), "1.1".to_owned())));
    assert_eq!(sent_as(store.ids.opaque()).await, None);
});

both!(states_are_counted, |store: Arc<Store>| async move {
    let states = async || counts::by_state(&mut store.read().await).await.unwrap();
    assert!(states().await.is_empty());
    for (user, ending) in [
        ("U1", None),
        ("U2", Some(Ending::Sent { channel: "D1".to_owned(), ts: "1.1".to_owned() })),
        ("U3", Some(Ending::Doubt { look_at: now() })),
        ("U4", Some(Ending::Doubt { look_at: now() })),
        ("U5", Some(Ending::Dropped { reason: "no_longer_owed" })),
        ("U6", Some(Ending::Parked { reason: "restricted_action".to_owned() })),
        ("U7", Some(Ending::GivenBack { not_before: now() })),
    ] {
        let claimed = store.claimed(&store.owed(store.person(user).await.id, now())).await;
        if let Some(ending) = ending {
            end(&store, &claimed, &ending).await;
        }
    }
    let expected = [("claimed", 1), ("doubt", 2), ("dropped", 1), ("parked", 1), ("pending", 1), ("sent", 1)];
    assert_eq!(states().await, expected.map(|(state, count)| (state.to_owned(), count)).into());
    let doubts = async |moment| counts::doubts_before(&mut store.read().await, moment).await.unwrap();
    assert_eq!(doubts(now()).await, 0);
    assert_eq!(doubts(now() + TimeDelta::microseconds(1)).await, 2);
});
