//! The database behind everything kept: SQLite or PostgreSQL, one SQL text for both.
//!
//! Owns: opening, transactions and the `on!` macro. Must not: know any table.

use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Postgres, Sqlite, Transaction};

use super::failure::StoreFailure;
use super::vault::Vault;
use crate::clock::Clock;

/// How long a statement waits for a lock before it fails.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);

/// A database: pools of connections. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    pools: Pools,
    vault: Arc<Vault>,
}

#[derive(Clone, Debug)]
pub(super) enum Pools {
    /// One writer beside a pool of readers, and the lock that keeps other processes from serving the same file.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
        _lock: Option<Arc<std::fs::File>>,
    },
    Postgres(PgPool),
}

/// A transaction on whichever database is behind it.
#[derive(Debug)]
pub struct Tx {
    pub(super) inner: Inner,
    pub(super) vault: Arc<Vault>,
}

#[derive(Debug)]
pub(super) enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Runs a query expression on the database behind a transaction: `on!(tx, connection => query.execute(connection))`.
macro_rules! on {
    ($tx:expr, $connection:ident => $query:expr) => {
        match &mut $tx.inner {
            $crate::store::db::Inner::Sqlite(transaction) => {
                let $connection: &mut sqlx::SqliteConnection = &mut *transaction;
                $query.await.map_err($crate::store::failure::StoreFailure::from)
            }
            $crate::store::db::Inner::Postgres(transaction) => {
                let $connection: &mut sqlx::PgConnection = &mut *transaction;
                $query.await.map_err($crate::store::failure::StoreFailure::from)
            }
        }
    };
}
pub(super) use on;

/// Changes rows and says how many: `changed!(tx, query)`.
macro_rules! changed {
    ($tx:expr, $query:expr) => {
        match &mut $tx.inner {
            $crate::store::db::Inner::Sqlite(transaction) => {
                $query.execute(&mut **transaction).await.map(|done| done.rows_affected())
            }
            $crate::store::db::Inner::Postgres(transaction) => {
                $query.execute(&mut **transaction).await.map(|done| done.rows_affected())
            }
        }
        .map_err($crate::store::failure::StoreFailure::from)
    };
}
pub(super) use changed;

/// Why a database cannot be opened, in words for an installer.
#[derive(Debug, thiserror::Error)]
pub enum CannotOpen {
    /// Not an address of a database we know.
    #[error("DATABASE_URL must begin with sqlite: or postgres:")]
    Address,
    /// The database said no.
    #[error("the database cannot be opened: {0}")]
    Database(#[from] sqlx::Error),
    /// Another process serves this file.
    #[error("another mentor process is using {0}; two must never serve one file")]
    InUse(String),
    /// The lock beside the file cannot be made.
    #[error("the lock file {0} cannot be made: {1}")]
    Lock(String, std::io::Error),
    /// SQLite found damage.
    #[error("SQLite's quick_check found damage ({0}); restore a backup")]
    Damaged(String),
    /// PostgreSQL would lose what it acknowledged.
    #[error("PostgreSQL runs with synchronous_commit=off, which loses acknowledged changes; switch it on")]
    NotDurable,
}

impl Db {
    /// Opens `sqlite:FILE` (made when absent) or `postgres://…`; migrations are a step of their own.
    ///
    /// # Errors
    /// [`CannotOpen`], in words for an installer.
    pub async fn open(url: &str, vault: Arc<Vault>) -> Result<Self, CannotOpen> {
        let pools = if url.starts_with("sqlite:") {
            open_sqlite(url, Alone::Yes).await?
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            open_postgres(url).await?
        } else {
            return Err(CannotOpen::Address);
        };
        Ok(Self { pools, vault })
    }

    /// Opens a database beside a process that may be serving it, for a change that an administrator makes: nothing is
    /// migrated and nothing may be planned or delivered by whoever opens it so.
    ///
    /// # Errors
    /// [`CannotOpen`], in words for an installer.
    pub async fn open_beside(url: &str, vault: Arc<Vault>) -> Result<Self, CannotOpen> {
        if !url.starts_with("sqlite:") {
            return Self::open(url, vault).await;
        }
        Ok(Self { pools: open_sqlite(url, Alone::No).await?, vault })
    }

    pub(super) fn pools(&self) -> &Pools {
        &self.pools
    }

    /// Whether several processes may serve this database.
    pub fn is_shared(&self) -> bool {
        matches!(self.pools, Pools::Postgres(_))
    }

    /// Which database this is, for people: "SQLite" or "PostgreSQL".
    pub fn name(&self) -> &'static str {
        match self.pools {
            Pools::Sqlite { .. } => "SQLite",
            Pools::Postgres(_) => "PostgreSQL",
        }
    }

    /// Begins a transaction that may write.
    ///
    /// # Errors
    /// When the database is gone, or locked for longer than two seconds.
    pub async fn begin(&self) -> Result<Tx, StoreFailure> {
        let inner = match &self.pools {
            Pools::Sqlite { writer, .. } => {
                // First for the one writer, then for a lock on the file: together no longer than somebody can wait.
                let beginning = tokio::time::timeout(LOCK_PATIENCE, writer.begin_with("BEGIN IMMEDIATE"));
                Inner::Sqlite(beginning.await.map_err(|_| sqlx::Error::PoolTimedOut)??)
            }
            Pools::Postgres(pool) => Inner::Postgres(pool.begin().await?),
        };
        Ok(Tx { inner, vault: self.vault.clone() })
    }

    /// Begins a transaction that only reads, so that it never waits for a writer.
    ///
    /// # Errors
    /// When the database is gone.
    pub async fn read(&self) -> Result<Tx, StoreFailure> {
        let inner = match &self.pools {
            Pools::Sqlite { readers, .. } => Inner::Sqlite(readers.begin().await?),
            Pools::Postgres(pool) => Inner::Postgres(pool.begin().await?),
        };
        Ok(Tx { inner, vault: self.vault.clone() })
    }

    /// Closes every connection.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes everything done in this transaction last.
    ///
    /// # Errors
    /// When the database is gone; then nothing was done.
    pub async fn commit(self) -> Result<(), StoreFailure> {
        match self.inner {
            Inner::Sqlite(transaction) => transaction.commit().await?,
            Inner::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }

    /// The time by which leases are counted: the database's where several machines share it, else the one process' clock.
    /// A clock that a story turns is the one both go by.
    ///
    /// # Errors
    /// When the database is gone.
    pub async fn lease_time(&mut self, clock: &Clock) -> Result<DateTime<Utc>, StoreFailure> {
        match &mut self.inner {
            Inner::Postgres(transaction) if clock.is_machine() => {
                Ok(sqlx::query_scalar("SELECT clock_timestamp()").fetch_one(&mut **transaction).await?)
            }
            Inner::Postgres(_) | Inner::Sqlite(_) => Ok(clock.now()),
        }
    }
}

/// Whether a process keeps others from serving the same file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alone {
    Yes,
    No,
}

async fn open_sqlite(url: &str, alone: Alone) -> Result<Pools, CannotOpen> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is deleted is overwritten, not only unlinked.
        .pragma("secure_delete", "ON")
        .busy_timeout(LOCK_PATIENCE);
    let lock = match alone {
        Alone::Yes => Some(lock_beside(options.get_filename())?),
        Alone::No => None,
    };
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(LOCK_PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await?;
    let verdict: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&writer).await?;
    if verdict != "ok" {
        return Err(CannotOpen::Damaged(verdict));
    }
    let readers = SqlitePoolOptions::new()
        .max_connections(2)
        .acquire_timeout(LOCK_PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_lazy_with(options.read_only(true));
    Ok(Pools::Sqlite { writer, readers, _lock: lock })
}

fn lock_beside(file: &std::path::Path) -> Result<Arc<std::fs::File>, CannotOpen> {
    // Beside the file itself, not beside a link to it: two ways to one file meet at one lock.
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let name = format!("{}.lock", file.display());
    let lock = std::fs::OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&name)
        .map_err(|error| CannotOpen::Lock(name.clone(), error))?;
    match lock.try_lock() {
        Ok(()) => Ok(Arc::new(lock)),
        Err(std::fs::TryLockError::WouldBlock) => Err(CannotOpen::InUse(file.display().to_string())),
        Err(std::fs::TryLockError::Error(error)) => Err(CannotOpen::Lock(name, error)),
    }
}

async fn open_postgres(url: &str) -> Result<Pools, CannotOpen> {
    let options = PgConnectOptions::from_str(url)?.options([
        ("statement_timeout", "10s"),
        ("lock_timeout", "2s"),
        ("TimeZone", "UTC"),
    ]);
    let pool = PgPoolOptions::new().max_connections(8).acquire_timeout(LOCK_PATIENCE).connect_with(options).await?;
    let durable: String = sqlx::query_scalar("SHOW synchronous_commit").fetch_one(&pool).await?;
    if durable == "off" {
        return Err(CannotOpen::NotDurable);
    }
    Ok(Pools::Postgres(pool))
}
