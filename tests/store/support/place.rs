//! Where a test's database is.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::{Connection as _, PgConnection, SqliteConnection};
use tempfile::TempDir;

use super::Raw;

static COUNT: AtomicUsize = AtomicUsize::new(0);

pub(crate) enum Place {
    Sqlite(TempDir),
    Postgres { name: String, server: String },
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        Self::Sqlite(TempDir::new().unwrap())
    }

    pub(crate) async fn postgres() -> Self {
        let server = std::env::var("MENTOR_TEST_POSTGRES")
            .expect("MENTOR_TEST_POSTGRES names a server for the tests; scripts/test starts one");
        let name = format!("store_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let place = Self::Postgres { name, server };
        place.on_server("CREATE DATABASE {}").await;
        place
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite(_) => format!("sqlite:{}", self.file().display()),
            Self::Postgres { name, server } => format!("{}/{name}", server.rsplit_once('/').unwrap().0),
        }
    }

    /// SQLite's file.
    pub(crate) fn file(&self) -> PathBuf {
        match self {
            Self::Sqlite(folder) => folder.path().join("store.db"),
            Self::Postgres { .. } => panic!("PostgreSQL has no file of ours"),
        }
    }

    /// Goes to the database past the store.
    pub(crate) async fn raw(&self) -> Raw {
        match self {
            Self::Sqlite(_) => {
                Raw::Sqlite(SqliteConnection::connect(&format!("{}?mode=rwc", self.url())).await.unwrap())
            }
            Self::Postgres { .. } => Raw::Postgres(PgConnection::connect(&self.url()).await.unwrap()),
        }
    }

    /// Tells PostgreSQL's server something about this database, whose name is put where `{}` is.
    pub(crate) async fn on_server(&self, sql: &str) {
        if let Self::Postgres { name, server } = self {
            let mut connection = PgConnection::connect(server).await.unwrap();
            sqlx::query(sqlx::AssertSqlSafe(sql.replace("{}", name))).execute(&mut connection).await.unwrap();
        }
    }

    pub(crate) async fn remove(&self) {
        self.on_server("DROP DATABASE {} WITH (FORCE)").await;
    }
}
