//! The org chart and pairs it holds back, as kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::directory::{Change, Entry, Source};
use mentor::domain::held::{Held, Outcome};
use mentor::domain::identifiers::PersonId;
use mentor::domain::org_chart::{Departments, Relation};
use mentor::store::db::Db;
use mentor::store::directory::{self, Incoming};
use mentor::store::{held, migrate, org_chart, statements};
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};
use uuid::Uuid;

use crate::support::{Place, Store, both, now, overtaken, vault};

fn entry(key: &str, email: Option<&str>, manager: Option<&str>) -> Entry {
    Entry {
        key: key.into(),
        user_id: None,
        email: email.map(Into::into),
        manager: manager.map(Into::into),
        department: None,
    }
}

/// Writes a snapshot; it counts when `turned`.
async fn snapshot(store: &Store, entries: &[Entry], turned: bool) -> Uuid {
    let ids: BTreeMap<&str, Uuid> = entries.iter().map(|entry| (&*entry.key, store.ids.opaque())).collect();
    let into = Incoming { source: Source::Csv, id: store.ids.opaque(), ids: &ids };
    let mut tx = store.begin().await;
    directory::know(&mut tx, Source::Csv, now()).await.unwrap();
    directory::write(&mut tx, &into, entries).await.unwrap();
    if turned {
        directory::turn(&mut tx, &into, Change::default(), Some("tag"), now(), now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    into.id
}

both!(what_is_on_its_way_does_not_count, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let people = [couple.pair.mentee, couple.pair.mentor];
    let mut tx = store.begin().await;
    for (person, email) in people.iter().zip(["ada@x.org", "grace@x.org"]) {
        org_chart::recognise(&mut tx, *person, "U", Some(email)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let ada_reports = [entry("1", Some("ada@x.org"), Some("2")), entry("2", Some("grace@x.org"), None)];
    snapshot(&store, &ada_reports, false).await;
    let mut tx = store.begin().await;
    assert!(!org_chart::around(&mut tx, &people).await.unwrap().knows(people[0]));
    // What was left behind is cleared away, and what counts stays.
    assert_eq!(directory::sweep(&mut tx, Source::Csv).await.unwrap(), 2);
    tx.commit().await.unwrap();
    snapshot(&store, &ada_reports, true).await;
    let mut tx = store.begin().await;
    assert_eq!(directory::sweep(&mut tx, Source::Csv).await.unwrap(), 0);
    let chart = org_chart::around(&mut tx, &people).await.unwrap();
    assert_eq!(chart.relation(people[0], people[1]), Relation::Below(1));
    assert_eq!(directory::managers(&mut tx, Source::Csv).await.unwrap().into_iter().collect::<Vec<_>>(), ["2"]);
    drop(tx);
    // The next takes its place in one step.
    let id = snapshot(&store, &[entry("2", Some("grace@x.org"), Some("1")), entry("1", Some("ada@x.org"), None)], true)
        .await;
    let mut tx = store.begin().await;
    let chart = org_chart::around(&mut tx, &people).await.unwrap();
    assert_eq!(chart.relation(people[0], people[1]), Relation::Above(1));
    assert_eq!(directory::recognised(&mut tx, id).await.unwrap(), 2);
    assert_eq!(directory::sweep(&mut tx, Source::Csv).await.unwrap(), 2);
});

both!(many_entries_are_written_like_a_few, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let people = [couple.pair.mentee, couple.pair.mentor];
    let mut tx = store.begin().await;
    let grace = mentor::store::people::get(&mut tx, people[1]).await.unwrap().slack.user_id;
    org_chart::recognise(&mut tx, people[0], "U0NOBODY0", Some("p7@x.org")).await.unwrap();
    tx.commit().await.unwrap();
    // More than one statement takes, and some more. Everybody reports to the eighth of them but themselves.
    let email = |number: usize| format!("p{number}@x.org");
    let mut entries: Vec<Entry> = (0..253)
        .map(|number| Entry {
            user_id: (number == 150).then(|| grace.as_str().into()),
            department: Some("Analysis".into()),
            ..entry(&email(number), Some(&email(number)), Some(&email(7)))
        })
        .collect();
    entries[7].manager = None;
    entries[8].email = None;
    let id = snapshot(&store, &entries, true).await;
    let mut tx = store.begin().await;
    assert_eq!(directory::recognised(&mut tx, id).await.unwrap(), 2);
    let chart = org_chart::around(&mut tx, &people).await.unwrap();
    assert_eq!(chart.relation(people[1], people[0]), Relation::Below(1));
    assert_eq!(chart.departments(people[0], people[1]), Departments::Same);
    assert_eq!(directory::managers(&mut tx, Source::Csv).await.unwrap().into_iter().collect::<Vec<_>>(), [email(7)]);
});

/// Each batch of a million entries is looked at by itself.
#[tokio::test]
async fn recognising_goes_by_identifiers() {
    let store = Store::ready(Arc::new(Place::sqlite())).await;
    let mut connection = SqliteConnection::connect(&store.place.url()).await.unwrap();
    let (_, _, sql) = statements::all().find(|(file, name, _)| (*file, *name) == ("directory", "RECOGNISE")).unwrap();
    let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
    let steps = sqlx::query(explain).fetch_all(&mut connection).await.unwrap();
    let steps: Vec<String> = steps.iter().map(|row| row.get("detail")).collect();
    assert!(steps[0].ends_with("(id>? AND id<?)"), "{steps:?}");
    assert!(!steps.iter().any(|step| step.starts_with("SCAN directory_entries")), "{steps:?}");
    store.db.close().await;
}

both!(a_snapshot_of_which_something_is_gone_does_not_begin_to_count, |store: Arc<Store>| async move {
    let entries = [entry("1", None, None)];
    let ids: BTreeMap<&str, Uuid> = [("1", store.ids.opaque()), ("2", store.ids.opaque())].into();
    let into = Incoming { source: Source::Scim, id: store.ids.opaque(), ids: &ids };
    let mut tx = store.begin().await;
    directory::know(&mut tx, Source::Scim, now()).await.unwrap();
    directory::write(&mut tx, &into, &entries).await.unwrap();
    overtaken(directory::turn(&mut tx, &into, Change::default(), None, now(), now()).await);
});

both!(somebody_is_recognised_when_slack_shows_them, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let (ada, grace) = (couple.pair.mentee, couple.pair.mentor);
    snapshot(&store, &[entry("1", Some("ada@x.org"), Some("2")), entry("2", Some("grace@x.org"), None)], true).await;
    let mut tx = store.begin().await;
    assert!(org_chart::around(&mut tx, &[ada, grace]).await.unwrap().everybody().next().is_none());
    org_chart::recognise(&mut tx, ada, "U", Some("ada@x.org")).await.unwrap();
    let chart = org_chart::around(&mut tx, &[ada]).await.unwrap();
    let manager: Vec<PersonId> = chart.managers_of(ada).collect();
    assert_eq!(org_chart::name_of(&mut tx, manager[0]).await.unwrap(), "grace@x.org");
    org_chart::recognise(&mut tx, grace, "U", Some("grace@x.org")).await.unwrap();
    let chart = org_chart::around(&mut tx, &[ada]).await.unwrap();
    assert_eq!(chart.managers_of(ada).collect::<Vec<_>>(), [grace]);
    assert_eq!(org_chart::by_email(&mut tx, "grace@x.org").await.unwrap(), Some(grace));
    org_chart::recognise(&mut tx, grace, "U", None).await.unwrap();
    assert_eq!(org_chart::by_email(&mut tx, "grace@x.org").await.unwrap(), None);
});

both!(one_reader_takes_a_source_until_it_is_due_again, |store: Arc<Store>| async move {
    let later = now() + TimeDelta::hours(1);
    let mut tx = store.begin().await;
    assert!(directory::is_due(&mut tx, Source::Scim, now()).await.unwrap());
    assert!(directory::take(&mut tx, Source::Scim, now(), later).await.unwrap());
    assert!(!directory::take(&mut tx, Source::Scim, now(), later).await.unwrap());
    assert!(directory::take(&mut tx, Source::Scim, later, later + TimeDelta::hours(1)).await.unwrap());
    directory::stopped(&mut tx, Source::Scim, 3, later).await.unwrap();
    assert_eq!(directory::status(&mut tx).await.unwrap()[0].managers_gone, Some(3));
    directory::failed(&mut tx, Source::Scim, "no", later).await.unwrap();
    directory::same(&mut tx, Source::Scim, now(), later).await.unwrap();
    let status = directory::status(&mut tx).await.unwrap().remove(0);
    assert_eq!((status.problem, status.managers_gone, status.good_at), (None, None, Some(now())));
});

both!(a_pair_is_held_once_and_settled_once, |store: Arc<Store>| async move {
    let pair = store.couple().await.pair;
    let standing = Held { pair: pair.id, held_at: now(), was_paused: true, settled: None };
    let mut tx = store.begin().await;
    assert!(!held::is_held(&mut tx, pair.id).await.unwrap());
    assert!(held::hold(&mut tx, store.ids.opaque(), &standing).await.unwrap());
    assert!(!held::hold(&mut tx, store.ids.opaque(), &standing).await.unwrap());
    assert_eq!(held::latest(&mut tx, pair.id).await.unwrap(), Some(standing));
    assert_eq!(held::count(&mut tx).await.unwrap(), 1);
    held::settle(&mut tx, pair.id, pair.mentor, Outcome::GoesOn, now()).await.unwrap();
    assert!(!held::is_held(&mut tx, pair.id).await.unwrap());
    overtaken(held::settle(&mut tx, pair.id, pair.mentor, Outcome::Finished, now()).await);
    let later = Held { held_at: now() + TimeDelta::hours(1), ..standing };
    assert!(held::hold(&mut tx, store.ids.opaque(), &later).await.unwrap(), "it may be held again");
});

both!(an_administrator_may_change_something_beside_the_running_app, |store: Arc<Store>| async move {
    let beside = Db::open_beside(&store.place.url(), vault()).await.unwrap();
    assert!(migrate::is_current(&beside).await.unwrap());
    let mut tx = beside.begin().await.unwrap();
    directory::know(&mut tx, Source::Scim, now()).await.unwrap();
    tx.commit().await.unwrap();
    beside.close().await;
    assert_eq!(directory::status(&mut store.read().await).await.unwrap().len(), 1);
});
