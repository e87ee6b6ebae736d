//! Being forgotten: no table is overlooked, a mark opens in its own row alone, and nothing is left in the raw files.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::people::SlackIdentity;
use mentor::store::erasing::{OF_A_PAIR, TABLES};
use mentor::store::{departures, erasing, erasures, pairs, people};

use crate::support::{Store, both, now};

/// Columns that refer to a table, in both databases' own words.
async fn referring_to(store: &Store, table: &str) -> BTreeSet<(String, String)> {
    let mut raw = store.raw().await;
    let sql = if raw.is_sqlite() {
        format!(
            "SELECT t.name, f.\"from\" FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
                WHERE t.type = 'table' AND f.\"table\" = '{table}'"
        )
    } else {
        format!(
            "SELECT t.relname::text, a.attname::text FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid
                JOIN pg_class o ON o.oid = f.confrelid
                JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = f.conkey[1]
                WHERE f.contype = 'f' AND o.relname = '{table}'"
        )
    };
    let rows = raw.rows(&sql, &[]).await;
    rows.into_iter().map(|row| (row[0].clone(), row[1].clone())).collect()
}

both!(no_table_that_names_a_person_is_overlooked, |store: Arc<Store>| async move {
    let listed: BTreeSet<(String, String)> = TABLES
        .iter()
        .flat_map(|(table, columns, _)| columns.iter().map(|column| ((*table).to_owned(), (*column).to_owned())))
        .collect();
    assert_eq!(listed, referring_to(&store, "people").await, "store::erasing::TABLES says what becomes of each");
});

both!(no_table_of_a_pair_is_overlooked, |store: Arc<Store>| async move {
    let listed: BTreeSet<String> = OF_A_PAIR.iter().map(|(table, _)| (*table).to_owned()).collect();
    let mut needed = BTreeSet::new();
    for table in ["pairs", "meetings", "reviews"] {
        needed.extend(referring_to(&store, table).await.into_iter().map(|(table, _)| table));
    }
    needed.insert("pairs".to_owned());
    assert_eq!(listed, needed, "store::erasing::OF_A_PAIR empties each");
});

both!(one_half_and_then_the_other, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let mut tx = store.begin().await;
    let before = pairs::find(&mut tx, couple.pair.id).await.unwrap().unwrap();
    let erased = erasing::erase(&mut tx, &before.mentee, now()).await.unwrap();
    assert_eq!((erased.pairs_kept, erased.pairs_erased), (1, 0));
    let account = before.mentee.slack.clone();
    erasures::insert(&mut tx, store.ids.opaque(), before.mentee.id, &account, &erased, now()).await.unwrap();
    let after = pairs::find(&mut tx, couple.pair.id).await.unwrap().unwrap();
    assert!(after.mentee.is_forgotten() && after.mentee.deactivated);
    assert_eq!((after.mentee.name.as_str(), after.pair.aim.reveal()), ("somebody who left", ""));
    assert_eq!(people::find(&mut tx, &account, false).await.unwrap(), None);
    let marked: Vec<SlackIdentity> =
        erasures::forgotten(&mut tx).await.unwrap().into_iter().map(|(_, account)| account).collect();
    assert_eq!(marked, std::slice::from_ref(&account));
    let erased = erasing::erase(&mut tx, &after.mentor, now()).await.unwrap();
    assert_eq!((erased.pairs_kept, erased.pairs_erased), (0, 1));
    assert_eq!(pairs::find(&mut tx, couple.pair.id).await.unwrap(), None);
    // Back again: learnt like everybody.
    erasures::welcome(&mut tx, &account).await.unwrap();
    assert_eq!(erasures::forgotten(&mut tx).await.unwrap(), []);
    assert_eq!(erasures::settle(&mut tx, now()).await.unwrap(), 1);
    assert!(erasures::is_to_be_wiped(&mut tx, now(), now() + TimeDelta::minutes(5)).await.unwrap());
    tx.commit().await.unwrap();
    assert!(erasures::wipe(&store.db).await.unwrap());
    let mut tx = store.begin().await;
    erasures::wiped(&mut tx, now()).await.unwrap();
    assert!(!erasures::is_anything_open(&mut tx).await.unwrap());
});

both!(a_mark_opens_in_its_own_row_alone, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let mut tx = store.begin().await;
    let (one, other) = (store.ids.opaque(), store.ids.opaque());
    for id in [one, other] {
        let account = &couple.mentee.slack;
        erasures::insert(&mut tx, id, couple.mentee.id, account, &Default::default(), now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let moved = "UPDATE erasures SET mark = (SELECT mark FROM erasures WHERE id = $1) WHERE id = $2";
    store.raw().await.change_one(moved, &[one, other]).await;
    assert!(erasures::find(&mut store.read().await, other).await.is_err());
    assert!(erasures::find(&mut store.read().await, one).await.unwrap().unwrap().account.is_some());
});

both!(since_when_somebody_is_gone, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let mut tx = store.begin().await;
    let of = pairs::find(&mut tx, couple.pair.id).await.unwrap().unwrap();
    assert_eq!(departures::closes_at(&mut tx, &of).await.unwrap(), None);
    let mut gone = of.mentor.clone();
    gone.deactivated = true;
    let gone = people::keep(&mut tx, &gone).await.unwrap();
    departures::notice(&mut tx, &gone, now()).await.unwrap();
    let later = now() + TimeDelta::days(2);
    // Being told again changes nothing.
    departures::notice(&mut tx, &gone, later).await.unwrap();
    let of = pairs::find(&mut tx, couple.pair.id).await.unwrap().unwrap();
    assert_eq!(departures::closes_at(&mut tx, &of).await.unwrap(), Some(now() + TimeDelta::days(7)));
    let back = people::keep(&mut tx, &of.mentee).await.unwrap();
    departures::notice(&mut tx, &back, later).await.unwrap();
    let mut mentor = of.mentor.clone();
    mentor.deactivated = false;
    let mentor = people::keep(&mut tx, &mentor).await.unwrap();
    departures::notice(&mut tx, &mentor, later).await.unwrap();
    let of = pairs::find(&mut tx, couple.pair.id).await.unwrap().unwrap();
    assert_eq!(departures::closes_at(&mut tx, &of).await.unwrap(), None);
});

both!(after_a_start_nobody_is_given_up_at_once, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let mut tx = store.begin().await;
    let of = pairs::find(&mut tx, couple.pair.id).await.unwrap().unwrap();
    let mut gone = of.mentor.clone();
    gone.deactivated = true;
    let gone = people::keep(&mut tx, &gone).await.unwrap();
    departures::notice(&mut tx, &gone, now()).await.unwrap();
    let of = pairs::find(&mut tx, couple.pair.id).await.unwrap().unwrap();
    // Long before the week is over a start changes nothing; after it there is an hour to hear who is back.
    for (days, closes_at) in [(2, now() + TimeDelta::days(7)), (30, now() + TimeDelta::days(30) + TimeDelta::hours(1))]
    {
        departures::at_start(&mut tx, now() + TimeDelta::days(days)).await.unwrap();
        assert_eq!(departures::closes_at(&mut tx, &of).await.unwrap(), Some(closes_at));
    }
});
