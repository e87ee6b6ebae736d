//! Where a test's database is.

use std::path::PathBuf;

use sqlx::{Connection as _, PgConnection, SqliteConnection};
use tempfile::TempDir;

use super::Raw;
use crate::postgres;

pub(crate) enum Place {
    Sqlite(TempDir),
    Postgres { name: String, server: String },
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        Self::Sqlite(TempDir::new().unwrap())
    }

    /// With this version's tables.
    pub(crate) async fn postgres() -> Self {
        let (server, name) = (postgres::server(), postgres::new_name());
        postgres::create(&server, &name).await;
        Self::Postgres { name, server }
    }

    /// With nothing in it.
    pub(crate) async fn empty_postgres() -> Self {
        let place = Self::Postgres { name: postgres::new_name(), server: postgres::server() };
        place.on_server("CREATE DATABASE {}").await;
        place
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite(_) => format!("sqlite:{}", self.file().display()),
            Self::Postgres { name, server } => postgres::url(server, name),
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
        if let Self::Postgres { name, server } = self {
            postgres::remove(server, name).await;
        }
    }
}
