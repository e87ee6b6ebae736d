//! What must be true before a database or a key file is used.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

use mentor::ids::Ids;
use mentor::store::db::{CannotOpen, Db};
use mentor::store::key_file::{KeyFileProblem, read_or_make};
use mentor::store::migrate;
use mentor::store::{inbox, pairs, people};
use tempfile::TempDir;

use crate::support::{Place, Store, both, both_empty, now, vault};

fn mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_key_file_is_made_for_its_owner_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("mentor.key");
    let ids = Ids::system();
    let (key, name) = read_or_make(&path, &ids).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o400);
    assert_eq!(name.len(), 8);
    assert_eq!(read_or_make(&path, &ids).unwrap(), (key.clone(), name), "the same ever after");
    let (another, other_name) = read_or_make(&folder.path().join("another.key"), &ids).unwrap();
    assert_ne!(another, key);
    assert_ne!(other_name, read_or_make(&path, &ids).unwrap().1);
}

#[test]
fn a_key_file_others_can_read_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("mentor.key");
    let ids = Ids::system();
    read_or_make(&path, &ids).unwrap();
    for open in [0o440, 0o404, 0o644, 0o420, 0o401] {
        mode(&path, open);
        let problem = read_or_make(&path, &ids).unwrap_err();
        assert!(matches!(problem, KeyFileProblem::Open(_, found) if found == open), "{problem}");
        assert!(problem.to_string().contains("chmod 0400"), "{problem}");
    }
    for closed in [0o400, 0o600] {
        mode(&path, closed);
        read_or_make(&path, &ids).unwrap();
    }
}

#[test]
fn a_key_file_with_something_else_in_it_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("mentor.key");
    let ids = Ids::system();
    let short = "a1b2c3d4:c2VjcmV0";
    let long = format!("a1b2c3d4:{}", "QUJD".repeat(11));
    for garbage in ["", "\n", "secret", ":", "a1b2c3d4:", short, &long, "a1b2c3d4:!!!secret!!!", "\u{0}\u{1}:secret"] {
        std::fs::write(&path, garbage).unwrap();
        mode(&path, 0o600);
        let problem = read_or_make(&path, &ids).unwrap_err();
        assert!(matches!(problem, KeyFileProblem::NotAKey(_)), "{garbage:?}: {problem}");
        let shown = format!("{problem} {problem:?}");
        assert!(!shown.contains("secret") && !shown.contains("c2Vj") && !shown.contains("QUJD"), "{shown}");
    }
    std::fs::write(&path, [0xFF, 0xFE, 0x00]).unwrap();
    assert!(read_or_make(&path, &ids).is_err());
    let nowhere = folder.path().join("no such folder").join("mentor.key");
    assert!(matches!(read_or_make(&nowhere, &ids), Err(KeyFileProblem::Io(..))));
}

async fn cannot_open(url: &str) -> CannotOpen {
    Db::open(url, vault()).await.err().unwrap_or_else(|| panic!("{url} was opened"))
}

#[tokio::test]
async fn an_address_of_neither_is_refused() {
    for url in ["", "mysql://localhost/mentor", "mentor.db", "SQLITE:mentor.db"] {
        assert!(matches!(cannot_open(url).await, CannotOpen::Address), "{url}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_an_address_is_told_without_its_password() {
    for url in [
        "postgres://me:hunter2@localhost:no-port/mentor",
        "postgres://me:hunter2@127.0.0.1:1/mentor",
        "postgres://me:hunter2@[::/mentor",
        "postgres://me:hunter2@no.such.host.invalid/mentor",
        "postgres://me:hunter2@localhost/mentor?sslmode=perhaps",
        "postgresql:hunter2@localhost",
    ] {
        let refused = cannot_open(url).await;
        let told = format!("{refused} {refused:?}");
        assert!(!told.contains("hunter2"), "{told}");
    }
}

#[tokio::test]
async fn one_process_serves_a_file() {
    let place = Place::sqlite();
    let first = Db::open(&place.url(), vault()).await.unwrap();
    let clone = first.clone();
    let folder = place.file().parent().unwrap().to_owned();
    let link = folder.join("link.db");
    std::os::unix::fs::symlink(place.file(), &link).unwrap();
    let detour = folder.join(".").join("..").join(folder.file_name().unwrap()).join("store.db");
    for path in [place.file(), detour, link] {
        let refused = cannot_open(&format!("sqlite:{}", path.display())).await;
        assert!(matches!(refused, CannotOpen::InUse(_)), "{refused}");
        assert!(refused.to_string().contains("another mentor process is using"), "{refused}");
    }
    first.close().await;
    drop(first);
    assert!(matches!(cannot_open(&place.url()).await, CannotOpen::InUse(_)), "as long as anything holds it");
    drop(clone);
    let again = Db::open(&place.url(), vault()).await.unwrap();
    assert!(!again.is_shared());
    assert_eq!(again.name(), "SQLite");
    again.close().await;
}

#[tokio::test]
async fn a_file_in_no_folder_is_refused() {
    let place = Place::sqlite();
    let nowhere = place.file().parent().unwrap().join("no such folder").join("store.db");
    let refused = cannot_open(&format!("sqlite:{}", nowhere.display())).await;
    assert!(refused.to_string().contains("no such folder"), "{refused}");
}

#[tokio::test]
async fn a_damaged_file_is_refused() {
    let place = Arc::new(Place::sqlite());
    let store = Store::ready(place.clone()).await;
    store.person("U1").await;
    store.db.close().await;
    drop(store);
    let whole = std::fs::read(place.file()).unwrap();
    let page = usize::from(u16::from_be_bytes([whole[16], whole[17]]));
    let mut damaged = whole.clone();
    damaged[page * 3..page * 4].fill(0xA5);
    std::fs::write(place.file(), &damaged).unwrap();
    let refused = cannot_open(&place.url()).await;
    assert!(matches!(refused, CannotOpen::Damaged(_)), "{refused}");
    assert!(refused.to_string().contains("backup"), "{refused}");
    std::fs::write(place.file(), "something else altogether, and long enough to have a header".repeat(100)).unwrap();
    assert!(matches!(cannot_open(&place.url()).await, CannotOpen::Database(_)));
    std::fs::write(place.file(), whole).unwrap();
    Store::ready(place).await.db.close().await;
}

/// Settings are a connection's own, so the app's own connection is made to say them: by a trigger on what it writes.
#[tokio::test]
async fn sqlite_loses_nothing_it_acknowledged() {
    let place = Arc::new(Place::sqlite());
    let store = Store::ready(place).await;
    let trigger = "CREATE TABLE said (what TEXT);
        CREATE TRIGGER say AFTER INSERT ON inbox BEGIN
            INSERT INTO said SELECT 'journal_mode ' || journal_mode FROM pragma_journal_mode;
            INSERT INTO said SELECT 'synchronous ' || synchronous FROM pragma_synchronous;
            INSERT INTO said SELECT 'foreign_keys ' || foreign_keys FROM pragma_foreign_keys;
        END";
    store.raw().await.script(trigger).await;
    let mut tx = store.begin().await;
    inbox::record(&mut tx, "Ev1", now()).await.unwrap();
    tx.commit().await.unwrap();
    let said: Vec<String> = store.raw().await.rows("SELECT what FROM said", &[]).await.into_iter().flatten().collect();
    assert_eq!(said, ["journal_mode wal", "synchronous 2", "foreign_keys 1"], "2 is FULL");
    store.db.close().await;
}

both!(nothing_refers_to_what_is_not_there, |store: Arc<Store>| async move {
    let (ada, nobody) = (store.person("U1").await, store.somebody("T1", "U2"));
    let mut tx = store.begin().await;
    assert!(pairs::insert(&mut tx, &store.question(&ada, &nobody, now())).await.is_err());
});

both!(who_only_reads_waits_for_no_writer, |store: Arc<Store>| async move {
    let ada = store.person("U1").await;
    let mut writing = store.begin().await;
    people::set_conversation(&mut writing, ada.id, "D1").await.unwrap();
    let mut reading = store.read().await;
    assert_eq!(people::conversation(&mut reading, ada.id).await.unwrap(), None, "what is not committed is not there");
    drop(reading);
    writing.commit().await.unwrap();
    assert!(people::conversation(&mut store.read().await, ada.id).await.unwrap().is_some());
});

#[tokio::test]
async fn who_only_reads_writes_nothing_on_sqlite() {
    let store = Store::ready(Arc::new(Place::sqlite())).await;
    assert!(inbox::record(&mut store.read().await, "Ev1", now()).await.is_err());
    store.db.close().await;
}

#[tokio::test]
async fn postgres_that_forgets_what_it_acknowledged_is_refused() {
    let place = Place::empty_postgres().await;
    place.on_server("ALTER DATABASE {} SET synchronous_commit = off").await;
    let refused = cannot_open(&place.url()).await;
    assert!(matches!(refused, CannotOpen::NotDurable), "{refused}");
    assert!(refused.to_string().contains("synchronous_commit"), "{refused}");
    for safe in ["local", "on"] {
        place.on_server(&format!("ALTER DATABASE {{}} SET synchronous_commit = {safe}")).await;
        let db = Db::open(&place.url(), vault()).await.unwrap();
        assert!(db.is_shared());
        assert_eq!(db.name(), "PostgreSQL");
        db.close().await;
    }
    place.remove().await;
}

both_empty!(making_ready_again_changes_nothing, |place: Arc<Place>| async move {
    let db = Db::open(&place.url(), vault()).await.unwrap();
    for _ in 0..2 {
        migrate::make_ready(&db, now()).await.unwrap();
    }
    let keys = "SELECT CAST(COUNT(*) AS TEXT) FROM master_keys";
    assert_eq!(place.raw().await.one(keys, &[]).await, "1");
    db.close().await;
});
