//! Each pair's key, as kept: wrapped.

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use super::vault::OwnKey;
use crate::domain::identifiers::PairId;

statements! {
    INSERT = "INSERT INTO pair_keys (pair_id, master_key_id, wrapped) VALUES ($1, $2, $3)";
    SELECT = "SELECT wrapped FROM pair_keys WHERE pair_id = $1";
}

/// Keeps a new pair's wrapped key; the pair's row must be there.
///
/// # Errors
/// When the database fails.
pub(super) async fn insert(tx: &mut Tx, pair: PairId, wrapped: &[u8]) -> Result<(), StoreFailure> {
    let master = tx.vault.master_id().to_owned();
    changed!(tx, sqlx::query(INSERT).bind(pair.0).bind(&master).bind(wrapped))?;
    Ok(())
}

/// A pair's key, unwrapped.
///
/// # Errors
/// When the database fails or the key was wrapped by another master key.
pub(super) async fn get(tx: &mut Tx, pair: PairId) -> Result<OwnKey, StoreFailure> {
    let wrapped: Vec<u8> = on!(tx, connection => sqlx::query_scalar(SELECT).bind(pair.0).fetch_one(connection))?;
    tx.vault.unwrap_pair_key(pair, &wrapped)
}
