//! A database of a test's own, what is kept in it, and a second way to it that goes past the store.

mod cast;
mod place;
mod raw;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use mentor::domain::private_text::PrivateText;
use mentor::ids::Ids;
use mentor::store::db::{Db, Tx};
use mentor::store::failure::StoreFailure;
use mentor::store::migrate;
use mentor::store::vault::Vault;

pub(crate) use cast::Couple;
pub(crate) use place::Place;
pub(crate) use raw::Raw;

/// The master key of every test that does not speak of another.
pub(crate) const KEY: [u8; 32] = *b"a key for tests and nothing else";

/// Runs a test on both databases, of which PostgreSQL's is made as `$made` does it.
macro_rules! on_both {
    ($(#[$attribute:meta])* $name:ident, $made:ident, $test:expr) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[$attribute])*
            async fn sqlite() {
                let place = std::sync::Arc::new($crate::support::Place::sqlite());
                let test = $test;
                test(place).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[$attribute])*
            async fn postgres() {
                let place = std::sync::Arc::new($crate::support::Place::$made().await);
                let test = $test;
                test(place.clone()).await;
                place.remove().await;
            }
        }
    };
}
pub(crate) use on_both;

/// Runs a test on both databases, each empty: `both_empty!(name, |place: Arc<Place>| async move { … });`.
macro_rules! both_empty {
    ($(#[$attribute:meta])* $name:ident, $test:expr) => {
        $crate::support::on_both!($(#[$attribute])* $name, empty_postgres, $test);
    };
}
pub(crate) use both_empty;

/// Runs a test on both databases, each at this version's schema: `both!(name, |store: Arc<Store>| async move { … });`.
macro_rules! both {
    ($(#[$attribute:meta])* $name:ident, $test:expr) => {
        $crate::support::on_both!($(#[$attribute])* $name, postgres, |place: std::sync::Arc<$crate::support::Place>| async move {
            let store = std::sync::Arc::new($crate::support::Store::ready(place).await);
            let test = $test;
            test(store.clone()).await;
            store.db.close().await;
        });
    };
}
pub(crate) use both;

/// A database at this version's schema.
pub(crate) struct Store {
    pub(crate) db: Db,
    pub(crate) ids: Arc<Ids>,
    pub(crate) place: Arc<Place>,
}

impl Store {
    pub(crate) async fn ready(place: Arc<Place>) -> Self {
        let db = Db::open(&place.url(), vault()).await.unwrap();
        migrate::make_ready(&db, now()).await.unwrap();
        Self { db, ids: Arc::new(Ids::seeded(2)), place }
    }

    pub(crate) async fn begin(&self) -> Tx {
        self.db.begin().await.unwrap()
    }

    pub(crate) async fn read(&self) -> Tx {
        self.db.read().await.unwrap()
    }

    pub(crate) async fn raw(&self) -> Raw {
        self.place.raw().await
    }
}

/// A vault over [`KEY`].
pub(crate) fn vault() -> Arc<Vault> {
    vault_of("testkey1", &KEY)
}

pub(crate) fn vault_of(name: &str, key: &[u8; 32]) -> Arc<Vault> {
    Arc::new(Vault::new(name.to_owned(), key, Arc::new(Ids::seeded(3))))
}

/// Monday 2 March 2026, 10:00 UTC and a little: both databases keep microseconds.
pub(crate) fn now() -> DateTime<Utc> {
    at("2026-03-02T10:00:00.123456Z")
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn text(text: &str) -> PrivateText {
    PrivateText::kept(text.to_owned())
}

/// Requires that somebody else was quicker.
pub(crate) fn overtaken<T>(result: Result<T, StoreFailure>) {
    assert!(matches!(result, Err(StoreFailure::Overtaken(_))), "{:?}", result.err());
}
