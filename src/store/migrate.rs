//! Migrations, and the check that the database belongs to this master key.
//!
//! Owns: the one set of migrations for both databases. Must not: change data outside a migration.

use chrono::{DateTime, Utc};
use sqlx::migrate::Migrator;

use super::db::{Db, Pools, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;

/// The migrations of this version.
pub static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

statements! {
    SELECT_PROOF = "SELECT id, proof FROM master_keys ORDER BY made_at DESC LIMIT 1";
    VERSION = "SELECT MAX(version) FROM _sqlx_migrations";
    INSERT_PROOF = "INSERT INTO master_keys (id, proof, made_at) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO NOTHING";
}

/// Why a database cannot be made ready.
#[derive(Debug, thiserror::Error)]
pub enum CannotMigrate {
    /// A migration failed or was changed after it ran.
    #[error("the database cannot be migrated: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreFailure),
    /// The texts in this database were sealed with another key.
    #[error(
        "this database was sealed with key {kept}, but the key file holds key {given}; give MENTOR_KEY_FILE the right file"
    )]
    WrongKey {
        /// Name of the key the database knows.
        kept: String,
        /// Name of the key in the file.
        given: String,
    },
}

/// Whether the schema is this version's, for those who must not change it.
///
/// # Errors
/// When the database fails.
pub async fn is_current(db: &Db) -> Result<bool, StoreFailure> {
    let mut tx = db.read().await?;
    let version: Option<i64> = on!(tx, connection => sqlx::query_scalar(VERSION).fetch_one(connection))?;
    Ok(version == MIGRATIONS.iter().map(|migration| migration.version).max())
}

/// Brings the schema to this version and makes sure that the master key is the right one.
///
/// # Errors
/// [`CannotMigrate`]; with the wrong key nothing was touched but the schema.
pub async fn make_ready(db: &Db, now: DateTime<Utc>) -> Result<(), CannotMigrate> {
    match db.pools() {
        Pools::Sqlite { writer, .. } => MIGRATIONS.run(writer).await?,
        Pools::Postgres(pool) => MIGRATIONS.run(pool).await?,
    }
    let mut tx = db.begin().await?;
    let kept: Option<(String, Vec<u8>)> =
        on!(tx, connection => sqlx::query_as(SELECT_PROOF).fetch_optional(connection))?;
    if kept.is_none() {
        // Another process may be starting at this very moment; whoever comes second finds the other's proof below.
        let (id, proof) = (tx.vault.master_id().to_owned(), tx.vault.proof()?);
        changed!(tx, sqlx::query(INSERT_PROOF).bind(&id).bind(&proof).bind(now))?;
    }
    let (kept, proof): (String, Vec<u8>) = on!(tx, connection => sqlx::query_as(SELECT_PROOF).fetch_one(connection))?;
    if !tx.vault.proves(&proof) {
        return Err(CannotMigrate::WrongKey { kept, given: tx.vault.master_id().to_owned() });
    }
    Ok(tx.commit().await?)
}
