//! Networks as kept. What their owner typed is sealed with the owner's own key; whom in Slack an entry is about is a reference,
//! so that it goes when they are forgotten.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::statements::statements;
use super::vault::{OwnKey, Place};
use super::{people, person_keys};
use crate::domain::contacts::EmailAddress;
use crate::domain::identifiers::{NetworkEntryId, PersonId};
use crate::domain::network::{Acquaintance, NetworkEntry, in_order};
use crate::domain::private_text::PrivateText;

statements! {
    INSERT = "INSERT INTO network_entries (id, owner_id, person_id, name, email, topics, note, added_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    CHANGE = "UPDATE network_entries SET name = $3, email = $4, topics = $5, note = $6 WHERE id = $1 AND owner_id = $2";
    REMOVE = "DELETE FROM network_entries WHERE id = $1 AND owner_id = $2";
    OF_OWNER = "SELECT id, owner_id, person_id, name, email, topics, note, added_at FROM network_entries
        WHERE owner_id = $1";
    BY_ID = "SELECT id, owner_id, person_id, name, email, topics, note, added_at FROM network_entries WHERE id = $1";
    ABOUT = "SELECT id, owner_id, person_id, name, email, topics, note, added_at FROM network_entries
        WHERE owner_id = $1 AND person_id = $2";
    COUNT = "SELECT COUNT(*) FROM network_entries WHERE owner_id = $1";
    // Changes nothing, but holds the row until the transaction ends, on either database.
    HOLD = "UPDATE person_keys SET wrapped = wrapped WHERE person_id = $1";
}

#[derive(FromRow)]
struct EntryRow {
    id: Uuid,
    owner_id: Uuid,
    person_id: Option<Uuid>,
    name: Option<Vec<u8>>,
    email: Option<Vec<u8>>,
    topics: Vec<u8>,
    note: Option<Vec<u8>>,
    added_at: DateTime<Utc>,
}

/// Where a text of an entry is sealed.
pub(super) fn place(column: &'static str, row: Uuid) -> Place {
    Place { table: "network_entries", column, row }
}

/// Topics as they are sealed: one a line.
pub(super) fn topics_of(opened: &PrivateText) -> Vec<PrivateText> {
    opened.reveal().lines().map(|line| PrivateText::kept(line.to_owned())).collect()
}

impl EntryRow {
    async fn into_entry(self, tx: &mut Tx, key: &OwnKey) -> Result<NetworkEntry, StoreFailure> {
        let open = |column, sealed: &[u8]| key.open(place(column, self.id), sealed);
        let whom = match (self.person_id, &self.name, &self.email) {
            (Some(person), ..) => Acquaintance::InSlack(people::get(tx, PersonId(person)).await?),
            (None, Some(name), Some(email)) => {
                Acquaintance::Outside { name: open("name", name)?, email: EmailAddress::kept(open("email", email)?) }
            }
            _ => return Err(StoreFailure::Unexpected("network_entries.name")),
        };
        Ok(NetworkEntry {
            id: NetworkEntryId(self.id),
            owner: PersonId(self.owner_id),
            whom,
            topics: topics_of(&open("topics", &self.topics)?),
            note: self.note.as_deref().map(|note| open("note", note)).transpose()?,
            added_at: self.added_at,
        })
    }
}

/// What an entry says, sealed.
struct Sealed {
    name: Option<Vec<u8>>,
    email: Option<Vec<u8>>,
    topics: Vec<u8>,
    note: Option<Vec<u8>>,
}

async fn seal(tx: &mut Tx, entry: &NetworkEntry) -> Result<Sealed, StoreFailure> {
    let key = person_keys::get_or_make(tx, entry.owner).await?;
    let seal = |column, text: &PrivateText| key.seal(place(column, entry.id.0), text);
    let (name, email) = match &entry.whom {
        Acquaintance::InSlack(_) => (None, None),
        Acquaintance::Outside { name, email } => (Some(seal("name", name)?), Some(seal("email", email.as_text())?)),
    };
    let lines: Vec<&str> = entry.topics.iter().map(PrivateText::reveal).collect();
    let topics = PrivateText::kept(lines.join("\n"));
    let note = entry.note.as_ref().map(|note| seal("note", note)).transpose()?;
    Ok(Sealed { name, email, topics: seal("topics", &topics)?, note })
}

/// Adds an entry. Whether it is there already is for the caller to look at, under [`hold`].
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, entry: &NetworkEntry) -> Result<(), StoreFailure> {
    let sealed = seal(tx, entry).await?;
    let person = match &entry.whom {
        Acquaintance::InSlack(person) => Some(person.id.0),
        Acquaintance::Outside { .. } => None,
    };
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(entry.id.0)
            .bind(entry.owner.0)
            .bind(person)
            .bind(sealed.name.as_deref())
            .bind(sealed.email.as_deref())
            .bind(&sealed.topics)
            .bind(sealed.note.as_deref())
            .bind(entry.added_at)
    )?;
    Ok(())
}

/// Keeps what an entry says now; whom in Slack it is about stays.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it is gone.
pub async fn change(tx: &mut Tx, entry: &NetworkEntry) -> Result<(), StoreFailure> {
    let sealed = seal(tx, entry).await?;
    let changed = changed!(
        tx,
        sqlx::query(CHANGE)
            .bind(entry.id.0)
            .bind(entry.owner.0)
            .bind(sealed.name.as_deref())
            .bind(sealed.email.as_deref())
            .bind(&sealed.topics)
            .bind(sealed.note.as_deref())
    )?;
    one_row(changed, "the network entry")
}

/// Takes an entry off its owner's network.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it is gone.
pub async fn remove(tx: &mut Tx, entry: &NetworkEntry) -> Result<(), StoreFailure> {
    let removed = changed!(tx, sqlx::query(REMOVE).bind(entry.id.0).bind(entry.owner.0))?;
    one_row(removed, "the network entry")
}

/// Somebody's network, in the order of names.
///
/// # Errors
/// When the database fails.
pub async fn of_owner(tx: &mut Tx, owner: PersonId) -> Result<Vec<NetworkEntry>, StoreFailure> {
    let rows: Vec<EntryRow> = on!(tx, connection => sqlx::query_as(OF_OWNER).bind(owner.0).fetch_all(connection))?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = person_keys::find(tx, owner).await?.ok_or(StoreFailure::Sealed("person_keys"))?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        entries.push(row.into_entry(tx, &key).await?);
    }
    in_order(&mut entries);
    Ok(entries)
}

/// Finds an entry.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: NetworkEntryId) -> Result<Option<NetworkEntry>, StoreFailure> {
    let row: Option<EntryRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let owner = PersonId(row.owner_id);
    let key = person_keys::find(tx, owner).await?.ok_or(StoreFailure::Sealed("person_keys"))?;
    Ok(Some(row.into_entry(tx, &key).await?))
}

/// What somebody noted of another in Slack.
///
/// # Errors
/// When the database fails.
pub async fn about(tx: &mut Tx, owner: PersonId, person: PersonId) -> Result<Option<NetworkEntry>, StoreFailure> {
    let row: Option<EntryRow> =
        on!(tx, connection => sqlx::query_as(ABOUT).bind(owner.0).bind(person.0).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let key = person_keys::find(tx, owner).await?.ok_or(StoreFailure::Sealed("person_keys"))?;
    Ok(Some(row.into_entry(tx, &key).await?))
}

/// How many entries somebody has.
///
/// # Errors
/// When the database fails.
pub async fn count(tx: &mut Tx, owner: PersonId) -> Result<i64, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(COUNT).bind(owner.0).fetch_one(connection))
}

/// Holds somebody's network until the transaction ends, so that of two who add to it at once one waits for the other.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx, owner: PersonId) -> Result<(), StoreFailure> {
    person_keys::get_or_make(tx, owner).await?;
    changed!(tx, sqlx::query(HOLD).bind(owner.0))?;
    Ok(())
}
