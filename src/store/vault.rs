//! Sealing: authenticated encryption of private text, a key per pair, ask or person wrapped by the master key.
//!
//! XChaCha20-Poly1305, a random nonce before each ciphertext, bound to table, column, row and owner: moved anywhere else it
//! does not open. Owns: the cryptography. Must not: know any table.

use std::fmt;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::failure::StoreFailure;
use crate::domain::identifiers::{IntroductionId, PairId, PersonId};
use crate::domain::private_text::PrivateText;
use crate::ids::Ids;

const NONCE_BYTES: usize = 24;
const PROOF: &[u8] = b"mentor master key";

/// The master key and the randomness that sealing needs.
pub struct Vault {
    master: Cipher,
    master_id: String,
    ids: Arc<Ids>,
}

/// Where a sealed value lives; sealed for one place, it opens in no other.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Table.
    pub table: &'static str,
    /// Column.
    pub column: &'static str,
    /// The row's identifier.
    pub row: Uuid,
}

/// A key of a pair's own, an ask's or a person's, unwrapped.
pub struct OwnKey {
    cipher: Cipher,
    // What is sealed with it is bound to this, too.
    owner: String,
    ids: Arc<Ids>,
}

struct Cipher(XChaCha20Poly1305);

impl fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Vault({})", self.master_id)
    }
}

impl fmt::Debug for OwnKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("OwnKey(…)")
    }
}

impl Cipher {
    fn new(key: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(&Key::from(*key)))
    }

    fn seal(&self, ids: &Ids, bytes: &[u8], bound_to: &[u8]) -> Result<Vec<u8>, StoreFailure> {
        let nonce: [u8; NONCE_BYTES] = ids.bytes();
        let sealed = self
            .0
            .encrypt(&XNonce::from(nonce), Payload { msg: bytes, aad: bound_to })
            .map_err(|_| StoreFailure::Unexpected("the size of a text"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    fn open(&self, sealed: &[u8], bound_to: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        self.0.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: bound_to }).ok().map(Zeroizing::new)
    }
}

impl Vault {
    /// A vault over a master key of 32 bytes with its public name.
    pub fn new(master_id: String, key: &[u8; 32], ids: Arc<Ids>) -> Self {
        Self { master: Cipher::new(key), master_id, ids }
    }

    /// The public name of the master key.
    pub fn master_id(&self) -> &str {
        &self.master_id
    }

    /// A known value under the master key, kept to find out a wrong key at start.
    ///
    /// # Errors
    /// Never for this value.
    pub fn proof(&self) -> Result<Vec<u8>, StoreFailure> {
        self.master.seal(&self.ids, PROOF, self.master_id.as_bytes())
    }

    /// Whether a kept proof was made by this very key.
    pub fn proves(&self, proof: &[u8]) -> bool {
        self.master.open(proof, self.master_id.as_bytes()).is_some_and(|opened| opened.as_slice() == PROOF)
    }

    /// Makes a pair's key; returns it with its wrapped form.
    ///
    /// # Errors
    /// Never for a key.
    pub fn make_pair_key(&self, pair: PairId) -> Result<(OwnKey, Vec<u8>), StoreFailure> {
        self.make_key("pair_keys", pair, pair.to_string())
    }

    /// Makes an ask's key; returns it with its wrapped form.
    ///
    /// # Errors
    /// Never for a key.
    pub fn make_introduction_key(&self, introduction: IntroductionId) -> Result<(OwnKey, Vec<u8>), StoreFailure> {
        self.make_key("introduction_keys", introduction, introduction.to_string())
    }

    /// Makes a person's key, for what they write for themselves alone; returns it with its wrapped form.
    ///
    /// # Errors
    /// Never for a key.
    pub fn make_person_key(&self, person: PersonId) -> Result<(OwnKey, Vec<u8>), StoreFailure> {
        self.make_key("person_keys", person, of_person(person))
    }

    fn make_key(
        &self,
        table: &'static str,
        id: impl fmt::Display,
        owner: String,
    ) -> Result<(OwnKey, Vec<u8>), StoreFailure> {
        let key = Zeroizing::new(self.ids.bytes::<32>());
        let wrapped = self.master.seal(&self.ids, key.as_slice(), wrapping(table, id).as_bytes())?;
        Ok((OwnKey { cipher: Cipher::new(&key), owner, ids: self.ids.clone() }, wrapped))
    }

    /// Seals the mark of somebody who was forgotten, for one row.
    ///
    /// # Errors
    /// Never for a mark.
    pub(super) fn seal_mark(&self, row: Uuid, mark: &str) -> Result<Vec<u8>, StoreFailure> {
        self.master.seal(&self.ids, mark.as_bytes(), marking(row).as_bytes())
    }

    /// Opens the mark of a row.
    ///
    /// # Errors
    /// [`StoreFailure::Sealed`] with another master key or another row.
    pub(super) fn open_mark(&self, row: Uuid, sealed: &[u8]) -> Result<PrivateText, StoreFailure> {
        let opened = self.master.open(sealed, marking(row).as_bytes()).ok_or(StoreFailure::Sealed("erasures"))?;
        let mark = std::str::from_utf8(&opened).map_err(|_| StoreFailure::Sealed("erasures"))?;
        Ok(PrivateText::kept(mark.to_owned()))
    }

    /// Unwraps a pair's key.
    ///
    /// # Errors
    /// [`StoreFailure::Sealed`] with another master key or another pair.
    pub fn unwrap_pair_key(&self, pair: PairId, wrapped: &[u8]) -> Result<OwnKey, StoreFailure> {
        self.unwrap_key("pair_keys", pair, pair.to_string(), wrapped)
    }

    /// Unwraps an ask's key.
    ///
    /// # Errors
    /// [`StoreFailure::Sealed`] with another master key or another ask.
    pub fn unwrap_introduction_key(
        &self,
        introduction: IntroductionId,
        wrapped: &[u8],
    ) -> Result<OwnKey, StoreFailure> {
        self.unwrap_key("introduction_keys", introduction, introduction.to_string(), wrapped)
    }

    /// Unwraps a person's key.
    ///
    /// # Errors
    /// [`StoreFailure::Sealed`] with another master key or another person.
    pub fn unwrap_person_key(&self, person: PersonId, wrapped: &[u8]) -> Result<OwnKey, StoreFailure> {
        self.unwrap_key("person_keys", person, of_person(person), wrapped)
    }

    fn unwrap_key(
        &self,
        table: &'static str,
        id: impl fmt::Display,
        owner: String,
        wrapped: &[u8],
    ) -> Result<OwnKey, StoreFailure> {
        let sealed = || StoreFailure::Sealed(table);
        let key = self.master.open(wrapped, wrapping(table, id).as_bytes()).ok_or_else(sealed)?;
        let key: &[u8; 32] = key.as_slice().try_into().map_err(|_| sealed())?;
        Ok(OwnKey { cipher: Cipher::new(key), owner, ids: self.ids.clone() })
    }
}

impl OwnKey {
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
        format!("{}/{}/{}/{}", place.table, place.column, place.row.simple(), self.owner)
    }
}

/// What a wrapped key is bound to.
fn wrapping(table: &str, id: impl fmt::Display) -> String {
    format!("{table}/wrapped/{id}")
}

/// What is sealed with a person's key is bound to.
fn of_person(person: PersonId) -> String {
    format!("of person {person}")
}

fn marking(row: Uuid) -> String {
    format!("erasures/mark/{}", row.simple())
}
