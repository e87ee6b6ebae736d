//! Each ask's key, as kept: wrapped.

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use super::vault::OwnKey;
use crate::domain::identifiers::IntroductionId;

statements! {
    INSERT = "INSERT INTO introduction_keys (introduction_id, master_key_id, wrapped) VALUES ($1, $2, $3)";
    SELECT = "SELECT wrapped FROM introduction_keys WHERE introduction_id = $1";
}

/// Keeps a new ask's wrapped key; the ask's row must be there.
///
/// # Errors
/// When the database fails.
pub(super) async fn insert(tx: &mut Tx, introduction: IntroductionId, wrapped: &[u8]) -> Result<(), StoreFailure> {
    let master = tx.vault.master_id().to_owned();
    changed!(tx, sqlx::query(INSERT).bind(introduction.0).bind(&master).bind(wrapped))?;
    Ok(())
}

/// An ask's key, unwrapped.
///
/// # Errors
/// When the database fails or the key was wrapped by another master key.
pub(super) async fn get(tx: &mut Tx, introduction: IntroductionId) -> Result<OwnKey, StoreFailure> {
    let wrapped: Vec<u8> =
        on!(tx, connection => sqlx::query_scalar(SELECT).bind(introduction.0).fetch_one(connection))?;
    tx.vault.unwrap_introduction_key(introduction, &wrapped)
}
