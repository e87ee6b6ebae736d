//! A connection that goes past the store: to look at what it wrote, and to do what it never would.

use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Executor as _, PgConnection, Row as _, SqlSafeStr as _, SqliteConnection};
use uuid::Uuid;

pub(crate) enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Raw {
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// Changes rows, identifiers bound in their order, and says how many.
    pub(crate) async fn change(&mut self, sql: &str, ids: &[Uuid]) -> Result<u64, sqlx::Error> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(connection) => {
                let query = ids.iter().fold(sqlx::query(sql), |query, id| query.bind(*id));
                query.execute(connection).await.map(|done| done.rows_affected())
            }
            Self::Postgres(connection) => {
                let query = ids.iter().fold(sqlx::query(sql), |query, id| query.bind(*id));
                query.execute(connection).await.map(|done| done.rows_affected())
            }
        }
    }

    /// Changes exactly one row.
    pub(crate) async fn change_one(&mut self, sql: &str, ids: &[Uuid]) {
        assert_eq!(self.change(sql, ids).await.unwrap(), 1, "{sql}");
    }

    /// Executes a script of several statements.
    pub(crate) async fn script(&mut self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(connection) => connection.execute(sqlx::raw_sql(sql)).await.map(|_| ()).unwrap(),
            Self::Postgres(connection) => connection.execute(sqlx::raw_sql(sql)).await.map(|_| ()).unwrap(),
        }
    }

    /// Rows of texts; a null is an empty text.
    pub(crate) async fn rows(&mut self, sql: &str, ids: &[Uuid]) -> Vec<Vec<String>> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(connection) => {
                let query = ids.iter().fold(sqlx::query(sql), |query, id| query.bind(*id));
                let rows = query.fetch_all(connection).await.unwrap();
                rows.iter()
                    .map(|row| (0..row.len()).map(|at| row.get::<Option<String>, _>(at).unwrap_or_default()).collect())
                    .collect()
            }
            Self::Postgres(connection) => {
                let query = ids.iter().fold(sqlx::query(sql), |query, id| query.bind(*id));
                let rows = query.fetch_all(connection).await.unwrap();
                rows.iter()
                    .map(|row| (0..row.len()).map(|at| row.get::<Option<String>, _>(at).unwrap_or_default()).collect())
                    .collect()
            }
        }
    }

    /// One text.
    pub(crate) async fn one(&mut self, sql: &str, ids: &[Uuid]) -> String {
        self.rows(sql, ids).await.remove(0).remove(0)
    }

    /// Lets the database read a statement without executing it.
    pub(crate) async fn prepare(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(connection) => connection.prepare(sql.into_sql_str()).await.map(|_| ()),
            Self::Postgres(connection) => connection.prepare(sql.into_sql_str()).await.map(|_| ()),
        }
    }

    /// Applies migrations up to a version.
    pub(crate) async fn migrate_to(&mut self, migrations: &Migrator, version: i64) {
        match self {
            Self::Sqlite(connection) => migrations.run_direct(Some(version), connection, false).await.unwrap(),
            Self::Postgres(connection) => migrations.run_direct(Some(version), connection, false).await.unwrap(),
        }
    }
}
