//! A meeting moved before changes were counted: what was said about it then is not said again.

use std::sync::Arc;

use mentor::domain::identifiers::{MeetingId, PersonId};
use mentor::domain::reminders::{MessageKind, Owed};
use mentor::store::meetings;
use mentor::store::migrate::MIGRATIONS;
use mentor::store::outbox::queue;
use uuid::Uuid;

use crate::support::{Place, Store, at, both_empty, now};

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_4000_8000_0000_0000_0000 + number)
}

/// A row about meeting 25 to person 1, in the notation of both databases.
fn row(sqlite: bool, number: u128, kind: &str, state: &str, due_at: &str, occasion: &str) -> String {
    let uuid = |number| {
        let text = id(number).simple().to_string();
        if sqlite { format!("X'{text}'") } else { format!("'{text}'") }
    };
    let key = format!("{kind}:{}:{}{occasion}", id(0x25).simple(), id(1).simple());
    format!(
        "INSERT INTO outbox (id, dedupe_key, kind, subject_id, person_id, nonce, state, due_at, until_at, not_before)
        VALUES ({}, '{key}', '{kind}', {}, {}, 'n{number}', '{state}', '{due_at}', '2026-02-05T15:00:00+00:00', '{due_at}');",
        uuid(number),
        uuid(0x25),
        uuid(1),
    )
}

both_empty!(what_was_said_about_a_moved_meeting_is_not_said_again, |place: Arc<Place>| async move {
    let mut raw = place.raw().await;
    raw.migrate_to(&MIGRATIONS, 5).await;
    let data = concat!(include_str!("data/0001.sql"), include_str!("data/0002.sql"));
    let sqlite = raw.is_sqlite();
    raw.script(&if sqlite { data.to_owned() } else { crate::migration::for_postgres(data) }).await;
    let planned_at = raw.one("SELECT CAST(planned_at AS TEXT) FROM meetings WHERE starts_at <> slot_at", &[]).await;
    assert!(planned_at.starts_with("2026-01"), "{planned_at}");
    // Moved twice: to a time that one nudge spoke of, and to where it is now.
    for row in [
        row(sqlite, 0x81, "agenda_nudge", "sent", "2026-01-02T09:00:00+00:00", ":1770000000000000"),
        row(sqlite, 0x82, "agenda_nudge", "sent", "2026-02-04T15:00:00+00:00", ":1770303600000000"),
        row(sqlite, 0x83, "did_you_meet", "sent", "2026-01-02T09:00:00+00:00", ":1770000000000000"),
        row(sqlite, 0x84, "meeting_moved", "dropped", "2026-02-04T15:00:00+00:00", ":1770303600000000"),
    ] {
        raw.script(&row).await;
    }
    drop(raw);
    let store = Store::ready(place).await;
    let meeting = meetings::find(&mut store.read().await, MeetingId(id(0x25))).await.unwrap().unwrap().meeting;
    assert_eq!(meeting.occasion(), Some(1));
    let owed = |kind| Owed {
        kind,
        subject: meeting.id.0,
        occasion: meeting.occasion(),
        to: PersonId(id(1)),
        due_at: now(),
        until: at("2026-04-05T15:00:00Z"),
    };
    let mut tx = store.begin().await;
    for (kind, is_new) in
        [(MessageKind::AgendaNudge, false), (MessageKind::DidYouMeet, true), (MessageKind::MeetingMoved, true)]
    {
        let enqueued = queue::enqueue(&mut tx, &owed(kind), &store.ids, now()).await.unwrap();
        assert_eq!(enqueued, is_new, "{kind:?}");
    }
    drop(tx);
    store.db.close().await;
});
