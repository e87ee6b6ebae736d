//! What people set for themselves, and what follows from another calendar.

use std::sync::Arc;

use chrono::{TimeDelta, Weekday};
use chrono_tz::Tz;
use mentor::domain::people::Person;
use mentor::domain::settings::{Hours, OffRange, Settings};
use mentor::domain::working_time::WorkingTime;
use mentor::store::{meetings, people, settings, working_times};

use crate::support::{Store, at, both, now};

fn some_settings() -> Settings {
    let off = |first: &str, last: &str| OffRange { first: first.parse().unwrap(), last: last.parse().unwrap() };
    Settings {
        days: Some(vec![Weekday::Mon, Weekday::Sun]),
        hours: Some(Hours::new("00:00:00".parse().unwrap(), "23:59:00".parse().unwrap()).unwrap()),
        days_off: vec![off("2026-03-04", "2026-03-06"), off("2026-12-24", "2027-01-02")],
        agenda_days: Some(10),
        notice_days: Some(1),
        starting_soon_minutes: Some(60),
    }
}

both!(what_somebody_sets_comes_with_them, |store: Arc<Store>| async move {
    let (ada, other) = (store.person("U1").await, store.person("U2").await);
    assert_eq!(ada.settings, Settings::default());
    let mut tx = store.begin().await;
    settings::keep(&mut tx, ada.id, &some_settings()).await.unwrap();
    let expected = Person { settings: some_settings(), ..ada.clone() };
    assert_eq!(people::get(&mut tx, ada.id).await.unwrap(), expected);
    assert_eq!(people::find(&mut tx, &ada.slack, false).await.unwrap(), Some(expected.clone()));
    assert_eq!(people::find_user(&mut tx, "U1").await.unwrap(), Some(expected.clone()));
    // What Slack says does not touch it.
    assert_eq!(people::keep(&mut tx, &ada).await.unwrap(), expected);
    assert_eq!(people::get(&mut tx, other.id).await.unwrap(), other);
    settings::keep(&mut tx, ada.id, &Settings::default()).await.unwrap();
    assert_eq!(people::get(&mut tx, ada.id).await.unwrap(), ada);
    tx.commit().await.unwrap();
});

both!(another_calendar_has_the_planner_look_at_once, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let of_another = store.couple().await;
    let meeting = store.meeting(&couple.pair, at("2026-03-12T14:00:00Z")).await;
    let elsewhere = store.meeting(&of_another.pair, at("2026-03-12T14:00:00Z")).await;
    let later = now() + TimeDelta::days(1);
    let mut tx = store.begin().await;
    for one in [&meeting, &elsewhere] {
        meetings::set_attention(&mut tx, one.id, Some(later)).await.unwrap();
    }
    let programme = WorkingTime::default();
    // The same calendar: nothing.
    let renamed = Person { name: "Another".to_owned(), ..couple.mentee.clone() };
    working_times::learn(&mut tx, &renamed, &programme, &store.ids, now()).await.unwrap();
    assert_eq!(meetings::due(&mut tx, now(), 9).await.unwrap(), []);
    let moved = Person { time_zone: Some(Tz::Asia__Tokyo), ..renamed };
    working_times::learn(&mut tx, &moved, &programme, &store.ids, now()).await.unwrap();
    assert_eq!(meetings::due(&mut tx, now(), 9).await.unwrap(), [meeting.id]);
    tx.commit().await.unwrap();
});

both!(what_was_moved_by_hand_is_not_put_by_the_calendar, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let mut meeting = store.meeting(&couple.pair, at("2026-03-12T14:00:00Z")).await;
    let mut tx = store.begin().await;
    assert!(working_times::is_put_by_the_calendar(&mut tx, &meeting).await.unwrap());
    meeting = meeting.placed_anew(at("2026-03-13T14:00:00Z"), now());
    assert!(working_times::place_anew(&mut tx, &meeting).await.unwrap());
    assert!(working_times::is_put_by_the_calendar(&mut tx, &meeting).await.unwrap());
    assert_eq!(meetings::find(&mut tx, meeting.id).await.unwrap().unwrap().meeting, meeting);
    meeting.starts_at = at("2026-03-16T14:00:00Z");
    meetings::set_start(&mut tx, &meeting).await.unwrap();
    assert!(!working_times::is_put_by_the_calendar(&mut tx, &meeting).await.unwrap());
    let over = meeting.clone().left_out(now()).unwrap();
    meetings::report(&mut tx, &over, now()).await.unwrap();
    assert!(!working_times::place_anew(&mut tx, &meeting).await.unwrap(), "it has an outcome");
    tx.commit().await.unwrap();
});
