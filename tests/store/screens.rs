//! Screens follow their state: shown when it changed, left alone when it did not.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::identifiers::PersonId;
use mentor::store::outbox::settle::{Ending, settle};
use mentor::store::screens::{self, OnScreen, Screen};

use crate::support::{Store, both, now};

/// What is due at a moment after now.
async fn due_after(store: &Store, seconds: i64) -> Vec<Screen> {
    screens::due(&mut store.read().await, now() + TimeDelta::seconds(seconds), 10).await.unwrap()
}

async fn due(store: &Store) -> Vec<Screen> {
    due_after(store, 0).await
}

both!(a_home_is_followed_once_it_was_opened, |store: Arc<Store>| async move {
    let ada = store.person("U1").await.id;
    let grace = store.person("U2").await.id;
    let mut tx = store.begin().await;
    screens::refresh_home(&mut tx, ada).await.unwrap();
    assert!(screens::due(&mut tx, now(), 10).await.unwrap().is_empty(), "never opened, so nobody looks");
    screens::open_home(&mut tx, ada, now()).await.unwrap();
    screens::open_home(&mut tx, grace, now() + TimeDelta::seconds(1)).await.unwrap();
    tx.commit().await.unwrap();

    let found = due(&store).await;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].on, found[0].person, found[0].wanted), (OnScreen::Home, ada, 1));
    assert_eq!((found[0].failures, found[0].hash.as_deref()), (0, None));
    let both: Vec<PersonId> = due_after(&store, 1).await.iter().map(|screen| screen.person).collect();
    assert_eq!(both, [ada, grace], "the longest waiting first");
    assert_eq!(screens::due(&mut store.read().await, now() + TimeDelta::days(1), 1).await.unwrap().len(), 1);

    let mut tx = store.begin().await;
    screens::shown(&mut tx, &found[0], Some("hash 1")).await.unwrap();
    assert!(screens::due(&mut tx, now(), 10).await.unwrap().is_empty(), "it shows what it should");
    screens::refresh_home(&mut tx, ada).await.unwrap();
    screens::refresh_home(&mut tx, ada).await.unwrap();
    let again = screens::due(&mut tx, now(), 10).await.unwrap();
    assert_eq!((again[0].wanted, again[0].hash.as_deref()), (3, Some("hash 1")));
});

both!(a_change_while_showing_is_shown_next, |store: Arc<Store>| async move {
    let ada = store.person("U1").await.id;
    let mut tx = store.begin().await;
    screens::open_home(&mut tx, ada, now()).await.unwrap();
    let drawn = screens::due(&mut tx, now(), 1).await.unwrap().remove(0);
    screens::refresh_home(&mut tx, ada).await.unwrap();
    screens::shown(&mut tx, &drawn, Some("old")).await.unwrap();
    let next = screens::due(&mut tx, now(), 1).await.unwrap().remove(0);
    assert_eq!(next.wanted, 2);
    screens::shown(&mut tx, &next, Some("new")).await.unwrap();
    // Another that showed the older state comes late.
    screens::shown(&mut tx, &drawn, Some("old")).await.unwrap();
    assert!(screens::due(&mut tx, now(), 1).await.unwrap().is_empty());
    screens::refresh_home(&mut tx, ada).await.unwrap();
    assert_eq!(screens::due(&mut tx, now(), 1).await.unwrap()[0].hash.as_deref(), Some("new"));
});

both!(what_cannot_be_shown_is_shown_later, |store: Arc<Store>| async move {
    let ada = store.person("U1").await.id;
    let mut tx = store.begin().await;
    screens::open_home(&mut tx, ada, now()).await.unwrap();
    let screen = screens::due(&mut tx, now(), 1).await.unwrap().remove(0);
    screens::shown(&mut tx, &screen, Some("hash")).await.unwrap();
    screens::refresh_home(&mut tx, ada).await.unwrap();
    let later = now() + TimeDelta::seconds(5);
    for failures in 1..=2 {
        let screen = screens::due(&mut tx, later, 1).await.unwrap().remove(0);
        screens::later(&mut tx, &screen, later).await.unwrap();
        assert!(screens::due(&mut tx, now(), 1).await.unwrap().is_empty(), "not yet");
        assert_eq!(screens::next_due(&mut tx, now()).await.unwrap(), Some(later));
        let screen = screens::due(&mut tx, later, 1).await.unwrap().remove(0);
        assert_eq!((screen.failures, screen.hash), (failures, None), "over whatever is there then");
    }
    let screen = screens::due(&mut tx, later, 1).await.unwrap().remove(0);
    screens::shown(&mut tx, &screen, Some("hash 2")).await.unwrap();
    screens::refresh_home(&mut tx, ada).await.unwrap();
    assert_eq!(screens::due(&mut tx, later, 1).await.unwrap()[0].failures, 0, "it worked since");
    // Somebody who opens it does not wait for the next attempt.
    screens::open_home(&mut tx, ada, now()).await.unwrap();
    assert_eq!(screens::due(&mut tx, now(), 1).await.unwrap().len(), 1);
});

both!(a_message_follows_its_subject_once_it_was_sent, |store: Arc<Store>| async move {
    let ada = store.person("U1").await.id;
    let owed = store.owed(ada, now());
    let refresh = async || {
        let mut tx = store.begin().await;
        screens::refresh_messages(&mut tx, owed.subject, now()).await.unwrap();
        tx.commit().await.unwrap();
    };
    let pending = store.enqueued(&owed).await;
    refresh().await;
    let mut tx = store.begin().await;
    let count = "SELECT CAST(COUNT(*) AS TEXT) FROM screens";
    assert_eq!(store.raw().await.one(count, &[]).await, "0", "what is not sent yet will show the state of its moment");
    let claimed = mentor::store::outbox::queue::claim(&mut tx, &pending, now(), TimeDelta::seconds(60)).await.unwrap();
    tx.commit().await.unwrap();
    refresh().await;
    assert!(due(&store).await.is_empty(), "it is on its way");
    assert_eq!(screens::next_due(&mut store.read().await, now() - TimeDelta::days(1)).await.unwrap(), None);

    let mut tx = store.begin().await;
    let sent = Ending::Sent { channel: "D1".to_owned(), ts: "1.1".to_owned() };
    assert!(settle(&mut tx, &claimed.unwrap(), &sent, now()).await.unwrap());
    tx.commit().await.unwrap();
    let found = due(&store).await;
    assert_eq!((found[0].on, found[0].person, found[0].wanted), (OnScreen::Message(pending.id), ada, 1));
    refresh().await;
    let mut tx = store.begin().await;
    screens::shown(&mut tx, &found[0], None).await.unwrap();
    tx.commit().await.unwrap();
    let found = due(&store).await;
    assert_eq!(found[0].wanted, 2, "it changed once more meanwhile");
    let mut tx = store.begin().await;
    screens::shown(&mut tx, &found[0], None).await.unwrap();
    tx.commit().await.unwrap();
    assert!(due(&store).await.is_empty());
    refresh().await;
    assert_eq!(due(&store).await.len(), 1);
    // A Home is not a message, though both are screens of one person.
    let mut tx = store.begin().await;
    screens::refresh_home(&mut tx, PersonId(pending.id)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(due(&store).await[0].wanted, 3);
});

both!(homes_are_shown_first, |store: Arc<Store>| async move {
    let (ada, grace) = (store.person("U1").await.id, store.person("U2").await.id);
    let owed = store.owed(ada, now());
    let claimed = store.claimed(&owed).await;
    let mut tx = store.begin().await;
    let sent = Ending::Sent { channel: "D1".to_owned(), ts: "1.1".to_owned() };
    settle(&mut tx, &claimed, &sent, now()).await.unwrap();
    screens::refresh_messages(&mut tx, owed.subject, now() - TimeDelta::hours(1)).await.unwrap();
    screens::open_home(&mut tx, grace, now()).await.unwrap();
    let found: Vec<_> = screens::due(&mut tx, now(), 10).await.unwrap().iter().map(|screen| screen.on).collect();
    assert_eq!(found, [OnScreen::Home, OnScreen::Message(claimed.id)], "somebody may be looking at a Home");
});

both!(a_message_in_doubt_is_shown_when_it_turns_out_sent, |store: Arc<Store>| async move {
    use mentor::store::outbox::doubt::{self, Look};
    let ada = store.person("U1").await.id;
    let owed = store.owed(ada, now());
    let claimed = store.claimed(&owed).await;
    let mut tx = store.begin().await;
    settle(&mut tx, &claimed, &Ending::Doubt { look_at: now() }, now()).await.unwrap();
    screens::refresh_messages(&mut tx, owed.subject, now()).await.unwrap();
    assert!(screens::due(&mut tx, now(), 1).await.unwrap().is_empty());
    let found = doubt::due(&mut tx, now(), 1).await.unwrap().remove(0);
    let arrived = Look::Arrived { channel: "D1".to_owned(), ts: "1.1".to_owned() };
    doubt::resolve(&mut tx, &found, &arrived, now()).await.unwrap();
    assert_eq!(screens::due(&mut tx, now(), 1).await.unwrap()[0].on, OnScreen::Message(claimed.id));
});
