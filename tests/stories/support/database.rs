//! A database of a story's own, and its raw files.

use std::path::{Path, PathBuf};

use sqlx::{Connection as _, PgConnection};
use tempfile::TempDir;

use crate::postgres;

pub(crate) enum Database {
    Sqlite(TempDir),
    Postgres { name: String, server: String },
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        Self::Sqlite(TempDir::new().unwrap())
    }

    pub(crate) async fn postgres() -> Self {
        let (server, name) = (postgres::server(), postgres::new_name());
        postgres::create(&server, &name).await;
        Self::Postgres { name, server }
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite:{}", folder.path().join("story.db").display()),
            Self::Postgres { name, server } => postgres::url(server, name),
        }
    }

    /// Those of the needles that are anywhere in the raw files: tables, write-ahead log, free pages.
    pub(crate) async fn in_files<'a>(&self, needles: &[&'a str]) -> Vec<&'a str> {
        match self {
            Self::Sqlite(folder) => in_folder(folder.path(), needles),
            Self::Postgres { name, .. } => {
                let mut connection = PgConnection::connect(&self.url()).await.unwrap();
                sqlx::query("CHECKPOINT").execute(&mut connection).await.unwrap();
                let data: String = sqlx::query_scalar("SHOW data_directory").fetch_one(&mut connection).await.unwrap();
                let id: i64 = sqlx::query_scalar("SELECT oid::bigint FROM pg_database WHERE datname = $1")
                    .bind(name)
                    .fetch_one(&mut connection)
                    .await
                    .unwrap();
                let data = PathBuf::from(data);
                let tables = in_folder(&data.join("base").join(id.to_string()), needles);
                [tables, in_folder(&data.join("pg_wal"), needles)].concat()
            }
        }
    }

    pub(crate) async fn remove(self) {
        if let Self::Postgres { name, server } = self {
            postgres::remove(&server, &name).await;
        }
    }
}

/// Overwrites a pair's wrapped key.
pub(crate) async fn damage_key(url: &str, pair: uuid::Uuid) {
    const DAMAGE: &str = "UPDATE pair_keys SET wrapped = $2 WHERE pair_id = $1";
    let damage: &[u8] = &[0; 72];
    let done = if url.starts_with("sqlite:") {
        let mut connection = sqlx::SqliteConnection::connect(url).await.unwrap();
        sqlx::query(DAMAGE).bind(pair).bind(damage).execute(&mut connection).await.map(|done| done.rows_affected())
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::query(DAMAGE).bind(pair).bind(damage).execute(&mut connection).await.map(|done| done.rows_affected())
    };
    assert_eq!(done.unwrap(), 1);
}

fn in_folder<'a>(folder: &Path, needles: &[&'a str]) -> Vec<&'a str> {
    let files =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{} cannot be searched: {error}", folder.display()));
    let mut found = Vec::new();
    for bytes in files.filter_map(|entry| std::fs::read(entry.unwrap().path()).ok()) {
        found.extend(needles.iter().filter(|needle| memchr::memmem::find(&bytes, needle.as_bytes()).is_some()));
    }
    found
}
