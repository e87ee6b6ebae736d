//! Networks as kept: sealed with the owner's own key, and what goes when somebody is forgotten.

use std::sync::Arc;

use mentor::domain::contacts::EmailAddress;
use mentor::domain::identifiers::NetworkEntryId;
use mentor::domain::network::{Acquaintance, NetworkEntry};
use mentor::domain::people::Person;
use mentor::store::failure::StoreFailure;
use mentor::store::{erasing, exports, network};

use crate::support::{Store, both, now, overtaken, text};

impl Store {
    /// Notes somebody in Slack on a person's network.
    pub(crate) async fn notes(&self, owner: &Person, person: &Person, topics: &[&str]) -> NetworkEntry {
        self.keeps(owner, Acquaintance::InSlack(person.clone()), topics).await
    }

    /// Notes somebody outside.
    pub(crate) async fn notes_outside(&self, owner: &Person, name: &str, email: &str, topics: &[&str]) -> NetworkEntry {
        let email = EmailAddress::typed(email).unwrap();
        self.keeps(owner, Acquaintance::Outside { name: text(name), email }, topics).await
    }

    async fn keeps(&self, owner: &Person, whom: Acquaintance, topics: &[&str]) -> NetworkEntry {
        let entry = NetworkEntry {
            id: NetworkEntryId(self.ids.opaque()),
            owner: owner.id,
            whom,
            topics: topics.iter().map(|topic| text(topic)).collect(),
            note: Some(text("met in Vienna")),
            added_at: now(),
        };
        let mut tx = self.begin().await;
        network::insert(&mut tx, &entry).await.unwrap();
        tx.commit().await.unwrap();
        entry
    }
}

both!(what_was_noted_is_read_again, |store: Arc<Store>| async move {
    let (ada, grace) = (store.person("ADA").await, store.person("GRACE").await);
    assert_eq!(network::of_owner(&mut store.read().await, ada.id).await.unwrap(), []);
    let known = store.notes(&ada, &grace, &["pricing", "SQL"]).await;
    let jane = store.notes_outside(&ada, "Jane Doe", "jane@example.org", &["research"]).await;
    let mut tx = store.begin().await;
    assert_eq!(network::of_owner(&mut tx, ada.id).await.unwrap(), [jane.clone(), known.clone()]);
    assert_eq!(network::find(&mut tx, jane.id).await.unwrap(), Some(jane.clone()));
    assert_eq!(network::about(&mut tx, ada.id, grace.id).await.unwrap(), Some(known.clone()));
    assert_eq!(network::about(&mut tx, grace.id, ada.id).await.unwrap(), None);
    assert_eq!(network::count(&mut tx, ada.id).await.unwrap(), 2);
    let email = EmailAddress::typed("j.doe@example.org").unwrap();
    let changed = NetworkEntry {
        whom: Acquaintance::Outside { name: text("J. Doe"), email },
        topics: vec![text("interviews")],
        note: None,
        ..jane
    };
    network::change(&mut tx, &changed).await.unwrap();
    assert_eq!(network::find(&mut tx, changed.id).await.unwrap(), Some(changed.clone()));
    network::remove(&mut tx, &changed).await.unwrap();
    overtaken(network::remove(&mut tx, &changed).await);
    overtaken(network::change(&mut tx, &changed).await);
    let export = exports::gather(&mut tx, ada.id, now()).await.unwrap();
    assert_eq!(export.network, [known]);
    tx.commit().await.unwrap();
});

both!(nobody_is_noted_twice, |store: Arc<Store>| async move {
    let (ada, grace) = (store.person("ADA").await, store.person("GRACE").await);
    let known = store.notes(&ada, &grace, &["pricing"]).await;
    let mut tx = store.begin().await;
    let again = NetworkEntry { id: NetworkEntryId(store.ids.opaque()), ..known };
    assert!(network::insert(&mut tx, &again).await.is_err());
    drop(tx);
    let mut tx = store.begin().await;
    let oneself = NetworkEntry { whom: Acquaintance::InSlack(ada.clone()), ..again };
    assert!(network::insert(&mut tx, &oneself).await.is_err());
});

fn sealed<T>(result: Result<T, StoreFailure>, table: &str) {
    assert!(matches!(&result, Err(StoreFailure::Sealed(found)) if *found == table), "{:?}", result.err());
}

both!(it_opens_where_it_was_sealed_and_nowhere_else, |store: Arc<Store>| async move {
    let (ada, grace) = (store.person("ADA").await, store.person("GRACE").await);
    let mine = store.notes_outside(&ada, "Jane Doe", "jane@example.org", &["pricing"]).await;
    let other = store.notes_outside(&ada, "June Doe", "june@example.org", &["pricing"]).await;
    let theirs = store.notes_outside(&grace, "Joan Doe", "joan@example.org", &["pricing"]).await;
    let mut raw = store.raw().await;
    let reads = async |id| network::find(&mut store.read().await, id).await;
    let swapped = |column: &str, from: &str| {
        format!(
            "UPDATE network_entries SET {column} = (SELECT o.{from} FROM network_entries o WHERE o.id = $1) WHERE id = $2"
        )
    };
    raw.script("CREATE TABLE kept AS SELECT * FROM network_entries").await;
    for (column, from, source) in [
        ("topics", "topics", other.id),
        ("topics", "topics", theirs.id),
        ("topics", "note", mine.id),
        ("name", "email", mine.id),
        ("email", "email", theirs.id),
        ("note", "note", other.id),
    ] {
        raw.change_one(&swapped(column, from), &[source.0, mine.id.0]).await;
        sealed(reads(mine.id).await, "network_entries");
        let back = format!(
            "UPDATE network_entries SET {column} = (SELECT k.{column} FROM kept k WHERE k.id = network_entries.id)"
        );
        raw.change(&back, &[]).await.unwrap();
        reads(mine.id).await.unwrap();
    }
    // A whole row handed to somebody else, and another's key.
    let given = "UPDATE network_entries SET owner_id = $1 WHERE id = $2";
    raw.change_one(given, &[grace.id.0, mine.id.0]).await;
    sealed(reads(mine.id).await, "network_entries");
    raw.change_one(given, &[ada.id.0, mine.id.0]).await;
    let key = "UPDATE person_keys SET wrapped = (SELECT k.wrapped FROM person_keys k WHERE k.person_id = $1) WHERE person_id = $2";
    raw.change_one(key, &[grace.id.0, ada.id.0]).await;
    sealed(reads(mine.id).await, "person_keys");
    raw.change_one("DELETE FROM person_keys WHERE person_id = $1", &[ada.id.0]).await;
    assert!(reads(mine.id).await.is_err(), "without its key nothing can be read");
    raw.script("DROP TABLE kept").await;
});

both!(it_goes_with_its_owner_and_with_whom_it_is_about, |store: Arc<Store>| async move {
    let (ada, grace, lise) = (store.person("ADA").await, store.person("GRACE").await, store.person("LISE").await);
    store.notes(&ada, &grace, &["pricing"]).await;
    store.notes(&ada, &lise, &["pricing"]).await;
    store.notes(&grace, &ada, &["pricing"]).await;
    store.notes(&lise, &grace, &["pricing"]).await;
    let mut tx = store.begin().await;
    erasing::erase(&mut tx, &grace, now()).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.read().await;
    let mut names = Vec::new();
    for owner in [&ada, &grace, &lise] {
        names.push(network::of_owner(&mut tx, owner.id).await.unwrap().len());
    }
    assert_eq!(names, [1, 0, 0]);
    drop(tx);
    let mut raw = store.raw().await;
    assert_eq!(raw.one("SELECT CAST(COUNT(*) AS TEXT) FROM network_entries", &[]).await, "1");
    assert_eq!(raw.one("SELECT CAST(COUNT(*) AS TEXT) FROM person_keys", &[]).await, "2");
});
