//! Agendas: one sealed row a part, and nothing of a part that says nothing.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::agenda::{Agenda, Part};
use mentor::domain::identifiers::MeetingId;
use mentor::domain::pairs::Role;
use mentor::store::agenda;

use crate::support::{Couple, Store, both, now, text};

fn of(parts: &[(Part, &str)]) -> Agenda {
    Agenda { parts: parts.iter().map(|(part, words)| (*part, text(words))).collect() }
}

both!(an_agenda_is_what_was_written_last, |store: Arc<Store>| async move {
    let Couple { pair, .. } = store.couple().await;
    let meeting = store.meeting(&pair, now() + TimeDelta::days(3)).await;
    let other = store.meeting(&pair, now() + TimeDelta::days(10)).await;
    let every = of(&[
        (Part::Why, "a"),
        (Part::Challenge, "🎉\nb"),
        (Part::Upcoming, "c"),
        (Part::Topic, "d"),
        (Part::Homework, "e"),
    ]);
    let changed = of(&[(Part::Why, "another reason"), (Part::Homework, "e")]);
    for (written, count) in [(every, 5), (changed, 2), (Agenda::default(), 0), (of(&[(Part::Topic, "back")]), 1)] {
        let mut tx = store.begin().await;
        agenda::set(&mut tx, &meeting, Role::Mentee, &written, now()).await.unwrap();
        assert_eq!(agenda::get(&mut tx, &meeting, Role::Mentee).await.unwrap(), written);
        tx.commit().await.unwrap();
        let mut tx = store.read().await;
        assert_eq!(agenda::get(&mut tx, &meeting, Role::Mentee).await.unwrap(), written);
        assert_eq!(agenda::count(&mut tx, meeting.id, pair.preparer(pair.mentee)).await.unwrap(), count);
        assert_eq!(
            agenda::get(&mut tx, &other, Role::Mentee).await.unwrap(),
            Agenda::default(),
            "another meeting's is its own"
        );
    }
});

both!(a_change_that_is_not_committed_was_never_made, |store: Arc<Store>| async move {
    let Couple { pair, .. } = store.couple().await;
    let meeting = store.meeting(&pair, now() + TimeDelta::days(3)).await;
    let mut tx = store.begin().await;
    agenda::set(&mut tx, &meeting, Role::Mentee, &of(&[(Part::Why, "a")]), now()).await.unwrap();
    drop(tx);
    assert_eq!(agenda::count(&mut store.read().await, meeting.id, pair.preparer(pair.mentee)).await.unwrap(), 0);
});

both!(no_meeting_has_no_agenda, |store: Arc<Store>| async move {
    let Couple { pair, .. } = store.couple().await;
    let nowhere = store.plan_for(&pair, now());
    let mut tx = store.begin().await;
    assert_eq!(agenda::get(&mut tx, &nowhere, Role::Mentee).await.unwrap(), Agenda::default());
    assert_eq!(agenda::count(&mut tx, MeetingId(store.ids.opaque()), pair.preparer(pair.mentee)).await.unwrap(), 0);
    let written = agenda::set(&mut tx, &nowhere, Role::Mentee, &of(&[(Part::Why, "a")]), now()).await;
    assert!(written.is_err(), "an agenda belongs to a meeting that is there");
});
