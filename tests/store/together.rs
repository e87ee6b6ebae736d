//! Messages said together: the one that carries the others may end in any way, and none of them is lost or said twice.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::reminders::{MessageKind, Owed};
use mentor::store::outbox::doubt::{self, Look};
use mentor::store::outbox::settle::{Ending, settle};
use mentor::store::outbox::together;
use mentor::store::outbox::{queue, queue::Message};
use mentor::store::screens;
use uuid::Uuid;

use crate::support::{Store, both, now};

/// A message that was claimed with two others of the same reader; a third is news, a fourth is somebody else's.
async fn gathered(store: &Store, user: &str) -> (Message, [Uuid; 2]) {
    let to = store.person(user).await.id;
    let one = store.enqueued(&store.owed(to, now())).await;
    let other = store.enqueued(&Owed { kind: MessageKind::DidYouMeet, ..store.owed(to, now()) }).await;
    let news = store.enqueued(&Owed { kind: MessageKind::WinShared, ..store.owed(to, now()) }).await;
    let later = store.enqueued(&store.owed(to, now() + TimeDelta::hours(1))).await;
    let elsewhere = store.person(&format!("{user}X")).await.id;
    let elsewhere = store.enqueued(&store.owed(elsewhere, now())).await;
    let carrier = store.claimed(&store.owed(to, now())).await;
    let mut tx = store.begin().await;
    together::gather(&mut tx, &carrier, now()).await.unwrap();
    tx.commit().await.unwrap();
    for left in [news.id, later.id, elsewhere.id] {
        assert_eq!(store.stands(left).await, "pending, attempt 0");
    }
    let carried = together::carried(&mut store.read().await, carrier.id).await.unwrap();
    assert_eq!(carried.iter().map(|message| message.id).collect::<Vec<_>>(), [one.id, other.id]);
    (carrier, [one.id, other.id])
}

both!(what_is_carried_follows_its_carrier, |store: Arc<Store>| async move {
    let endings = [
        (Ending::Sent { channel: "D1".to_owned(), ts: "1.1".to_owned() }, true),
        (Ending::Doubt { look_at: now() }, true),
        (Ending::GivenBack { not_before: now() }, false),
        (Ending::Dropped { reason: "no_longer_owed" }, false),
        (Ending::Parked { reason: "restricted_action".to_owned() }, false),
    ];
    for (number, (ending, stays)) in endings.into_iter().enumerate() {
        let (carrier, carried) = gathered(&store, &format!("U{number}")).await;
        let mut tx = store.begin().await;
        assert!(settle(&mut tx, &carrier, &ending, now()).await.unwrap());
        tx.commit().await.unwrap();
        for id in carried {
            let expected = if stays { "dropped (said_together), attempt 0, settled" } else { "pending, attempt 0" };
            assert_eq!(store.stands(id).await, expected, "{ending:?}");
        }
    }
});

both!(what_never_arrived_is_said_by_itself, |store: Arc<Store>| async move {
    let (carrier, carried) = gathered(&store, "U1").await;
    let mut tx = store.begin().await;
    settle(&mut tx, &carrier, &Ending::Doubt { look_at: now() }, now()).await.unwrap();
    let doubt = doubt::due(&mut tx, now(), 1).await.unwrap().remove(0);
    assert!(doubt::resolve(&mut tx, &doubt, &Look::NotThere(now()), now()).await.unwrap());
    tx.commit().await.unwrap();
    for id in carried {
        assert_eq!(store.stands(id).await, "pending, attempt 0");
    }
});

both!(the_third_death_of_a_carrier_frees_what_it_carried, |store: Arc<Store>| async move {
    let (carrier, carried) = gathered(&store, "U1").await;
    store.raw().await.script("UPDATE outbox SET deaths = 2 WHERE state = 'claimed'").await;
    let mut tx = store.begin().await;
    assert_eq!(doubt::abandoned(&mut tx, now() + TimeDelta::days(1), now(), now()).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert!(store.stands(carrier.id).await.starts_with("parked (three_deaths)"));
    for id in carried {
        assert_eq!(store.stands(id).await, "pending, attempt 0");
    }
});

both!(what_is_not_owed_any_more_does_not_stand_in_it, |store: Arc<Store>| async move {
    let (carrier, [one, other]) = gathered(&store, "U1").await;
    let mut tx = store.begin().await;
    together::leave_out(&mut tx, carrier.id, one).await.unwrap();
    together::put_one_back(&mut tx, carrier.id, other).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.stands(one).await, "dropped (no_longer_owed), attempt 0, settled");
    assert_eq!(store.stands(other).await, "pending, attempt 0");
    assert_eq!(together::carried(&mut store.read().await, carrier.id).await.unwrap(), []);
});

both!(its_screen_follows_everything_in_it, |store: Arc<Store>| async move {
    let (carrier, [one, _]) = gathered(&store, "U1").await;
    let mut tx = store.begin().await;
    settle(&mut tx, &carrier, &Ending::Sent { channel: "D1".to_owned(), ts: "1.1".to_owned() }, now()).await.unwrap();
    let subject = queue::get(&mut tx, one).await.unwrap().subject;
    screens::refresh_messages(&mut tx, subject, now()).await.unwrap();
    tx.commit().await.unwrap();
    let due = screens::due(&mut store.read().await, now(), 10).await.unwrap();
    assert_eq!(due.iter().map(|screen| screen.on).collect::<Vec<_>>(), [screens::OnScreen::Message(carrier.id)]);
    // Said, it counts as said.
    assert!(queue::is_out(&mut store.read().await, subject, MessageKind::AgendaRequest).await.unwrap());
});
