//! A key of one person's own, for what they write for themselves alone: sealed as a pair's texts are, bound to table, column,
//! row and person.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::{Cipher, Place, Vault};
use crate::domain::identifiers::PersonId;
use crate::domain::private_text::PrivateText;
use crate::ids::Ids;
use crate::store::failure::StoreFailure;

/// A person's own key, unwrapped.
pub struct PersonKey {
    cipher: Cipher,
    person: PersonId,
    ids: Arc<Ids>,
}

impl fmt::Debug for PersonKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PersonKey(…)")
    }
}

impl Vault {
    /// Makes a person's key; returns it with its wrapped form.
    ///
    /// # Errors
    /// Never for a key.
    pub fn make_person_key(&self, person: PersonId) -> Result<(PersonKey, Vec<u8>), StoreFailure> {
        let key = Zeroizing::new(self.ids.bytes::<32>());
        let wrapped = self.master.seal(&self.ids, key.as_slice(), wrapping(person).as_bytes())?;
        Ok((PersonKey { cipher: Cipher::new(&key), person, ids: self.ids.clone() }, wrapped))
    }

    /// Unwraps a person's key.
    ///
    /// # Errors
    /// [`StoreFailure::Sealed`] with another master key or another person.
    pub fn unwrap_person_key(&self, person: PersonId, wrapped: &[u8]) -> Result<PersonKey, StoreFailure> {
        let key = self.master.open(wrapped, wrapping(person).as_bytes()).ok_or(StoreFailure::Sealed("person_keys"))?;
        let key: &[u8; 32] = key.as_slice().try_into().map_err(|_| StoreFailure::Sealed("person_keys"))?;
        Ok(PersonKey { cipher: Cipher::new(key), person, ids: self.ids.clone() })
    }
}

impl PersonKey {
    /// Seals a text for one place.
    ///
    /// # Errors
    /// Only for a text of hundreds of gigabytes.
    pub fn seal(&self, place: Place, text: &PrivateText) -> Result<Vec<u8>, StoreFailure> {
        self.cipher.seal(&self.ids, text.reveal().as_bytes(), self.binding(place).as_bytes())
    }

    /// Opens a text that was sealed for this place.
    ///
    /// # Errors
    /// [`StoreFailure::Sealed`] when it was sealed for another place or with another key.
    pub fn open(&self, place: Place, sealed: &[u8]) -> Result<PrivateText, StoreFailure> {
        let opened =
            self.cipher.open(sealed, self.binding(place).as_bytes()).ok_or(StoreFailure::Sealed(place.table))?;
        let text = std::str::from_utf8(&opened).map_err(|_| StoreFailure::Sealed(place.table))?;
        Ok(PrivateText::kept(text.to_owned()))
    }

    fn binding(&self, place: Place) -> String {
        format!("{}/{}/{}/of person {}", place.table, place.column, place.row.simple(), self.person)
    }
}

fn wrapping(person: PersonId) -> String {
    format!("person_keys/wrapped/{person}")
}
