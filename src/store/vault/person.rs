//! A key of one person's own, for what they write for themselves alone: sealed as a pair's texts are, bound to table, column,
//! row and person.

use super::{OwnKey, Vault};
use crate::domain::identifiers::PersonId;
use crate::store::failure::StoreFailure;

impl Vault {
    /// Makes a person's key; returns it with its wrapped form.
    ///
    /// # Errors
    /// Never for a key.
    pub fn make_person_key(&self, person: PersonId) -> Result<(OwnKey, Vec<u8>), StoreFailure> {
        self.make_key(&wrapping(person), owner(person))
    }

    /// Unwraps a person's key.
    ///
    /// # Errors
    /// [`StoreFailure::Sealed`] with another master key or another person.
    pub fn unwrap_person_key(&self, person: PersonId, wrapped: &[u8]) -> Result<OwnKey, StoreFailure> {
        self.unwrap_key(&wrapping(person), owner(person), wrapped).ok_or(StoreFailure::Sealed("person_keys"))
    }
}

/// What is sealed with a person's key is bound to.
fn owner(person: PersonId) -> String {
    format!("of person {person}")
}

fn wrapping(person: PersonId) -> String {
    format!("person_keys/wrapped/{person}")
}
