//! Holidays as kept.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::days_off::Holiday;
use mentor::domain::identifiers::PairId;
use mentor::store::{holidays, meetings, pairs};

use crate::support::{Store, both, now};

const SOURCE: &str = "https://calendar.example.org/a.ics";

fn holiday(day: &str, name: &str) -> Holiday {
    Holiday { day: day.parse().unwrap(), name: name.to_owned() }
}

both!(one_reader_takes_a_calendar_until_it_is_due_again, |store: Arc<Store>| async move {
    let later = now() + TimeDelta::hours(1);
    let mut tx = store.begin().await;
    assert!(holidays::is_due(&mut tx, SOURCE, now()).await.unwrap(), "one that was never read is due");
    assert!(holidays::take(&mut tx, SOURCE, now(), later).await.unwrap());
    assert!(!holidays::take(&mut tx, SOURCE, now(), later).await.unwrap(), "somebody has it");
    assert!(!holidays::is_due(&mut tx, SOURCE, now()).await.unwrap());
    assert!(holidays::is_due(&mut tx, SOURCE, later).await.unwrap());
    assert!(holidays::take(&mut tx, SOURCE, later, later + TimeDelta::hours(1)).await.unwrap());
    assert_eq!(holidays::last_good(&mut tx, SOURCE).await.unwrap(), None, "taken is not read");
    tx.commit().await.unwrap();
});

both!(what_was_read_last_is_what_is_known, |store: Arc<Store>| async move {
    let mut tx = store.begin().await;
    let again_at = now() + TimeDelta::hours(24);
    let first = [holiday("2026-12-25", "Christmas"), holiday("2026-12-26", "Boxing Day")];
    holidays::keep(&mut tx, SOURCE, &first, now(), again_at).await.unwrap();
    holidays::keep(&mut tx, "another", &[holiday("2026-12-25", "Noël")], now(), again_at).await.unwrap();
    assert_eq!(holidays::of_source(&mut tx, SOURCE).await.unwrap(), first);
    let second = [holiday("2027-01-01", "New Year")];
    holidays::keep(&mut tx, SOURCE, &second, now(), again_at).await.unwrap();
    assert_eq!(holidays::of_source(&mut tx, SOURCE).await.unwrap(), second);
    assert_eq!(holidays::of_source(&mut tx, "another").await.unwrap().len(), 1);
    assert_eq!(holidays::of_source(&mut tx, "nowhere").await.unwrap(), []);
    assert_eq!(holidays::last_good(&mut tx, SOURCE).await.unwrap(), Some(now()));
    assert!(!holidays::is_due(&mut tx, SOURCE, now()).await.unwrap());
    assert!(holidays::is_due(&mut tx, SOURCE, again_at).await.unwrap());
    tx.commit().await.unwrap();
});

both!(everything_to_come_is_looked_at_again, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let meeting = store.meeting(&couple.pair, now() + TimeDelta::days(7)).await;
    let other = store.meeting(&couple.pair, now() + TimeDelta::days(14)).await;
    let mut tx = store.begin().await;
    meetings::set_attention(&mut tx, meeting.id, Some(now() + TimeDelta::days(5))).await.unwrap();
    meetings::set_attention(&mut tx, other.id, None).await.unwrap();
    pairs::set_attention(&mut tx, couple.pair.id, Some(now() + TimeDelta::days(2))).await.unwrap();
    holidays::look_again(&mut tx, now()).await.unwrap();
    assert_eq!(meetings::due(&mut tx, now(), 10).await.unwrap(), [meeting.id], "what is over is not looked at again");
    assert_eq!(pairs::due(&mut tx, now(), 10).await.unwrap(), [PairId(couple.pair.id.0)]);
    tx.commit().await.unwrap();
});
