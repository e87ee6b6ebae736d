//! Each person's own key, as kept: wrapped. It is made when somebody first writes something for themselves alone.

use std::collections::HashMap;

use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::slots::{self, rows, slots};
use super::statements::statements;
use super::vault::OwnKey;
use crate::domain::identifiers::PersonId;

statements! {
    INSERT = "INSERT INTO person_keys (person_id, master_key_id, wrapped) VALUES ($1, $2, $3)
        ON CONFLICT (person_id) DO NOTHING";
    SELECT = "SELECT wrapped FROM person_keys WHERE person_id = $1";
    OF_MANY = concat!("SELECT person_id, wrapped FROM person_keys WHERE person_id IN (", slots!(), ")");
}

/// A person's key for writing; made when there is none.
///
/// # Errors
/// When the database fails or the key was wrapped by another master key.
pub(super) async fn get_or_make(tx: &mut Tx, person: PersonId) -> Result<OwnKey, StoreFailure> {
    if let Some(key) = find(tx, person).await? {
        return Ok(key);
    }
    let (_, wrapped) = tx.vault.make_person_key(person)?;
    let master = tx.vault.master_id().to_owned();
    changed!(tx, sqlx::query(INSERT).bind(person.0).bind(&master).bind(&wrapped))?;
    // Somebody else may have been quicker; then theirs is the one that counts.
    find(tx, person).await?.ok_or(StoreFailure::Unexpected("person_keys.person_id"))
}

/// A person's key, unwrapped, if they have one.
///
/// # Errors
/// When the database fails or the key was wrapped by another master key.
pub(super) async fn find(tx: &mut Tx, person: PersonId) -> Result<Option<OwnKey>, StoreFailure> {
    let wrapped: Option<Vec<u8>> =
        on!(tx, connection => sqlx::query_scalar(SELECT).bind(person.0).fetch_optional(connection))?;
    wrapped.map(|wrapped| tx.vault.unwrap_person_key(person, &wrapped)).transpose()
}

/// The keys of these people, each unwrapped once.
///
/// # Errors
/// When the database fails or a key was wrapped by another master key.
pub(super) async fn of_many(tx: &mut Tx, people: &[PersonId]) -> Result<HashMap<PersonId, OwnKey>, StoreFailure> {
    let mut keys = HashMap::new();
    for ids in slots::filled(people.iter().map(|person| person.0)) {
        let rows: Vec<(Uuid, Vec<u8>)> = rows!(tx, OF_MANY, ids)?;
        for (person, wrapped) in rows {
            let person = PersonId(person);
            keys.insert(person, tx.vault.unwrap_person_key(person, &wrapped)?);
        }
    }
    Ok(keys)
}
