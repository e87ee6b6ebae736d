//! Mentors outside who have only an e-mail address, as kept. Their addresses are sealed with the key of their only pair.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::outbox::queue;
use super::statements::statements;
use super::vault::Place;
use super::{pair_keys, pairs, screens};
use crate::domain::contacts::{Contact, EmailAddress};
use crate::domain::identifiers::{PairId, PersonId};
use crate::domain::letters::letters_stopped;
use crate::ids::Ids;

statements! {
    INSERT = "INSERT INTO contacts (person_id, pair_id, email, reply_to, stop_token, sends_aim, added_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    BY_PERSON = "SELECT person_id, pair_id, email, reply_to, stop_token, sends_aim, added_at, stopped_at, unreachable_at,
        refused_code FROM contacts WHERE person_id = $1";
    SET_ADDRESSES = "UPDATE contacts SET email = $2, reply_to = $3, unreachable_at = NULL, refused_code = NULL
        WHERE person_id = $1";
    REFUSED = "UPDATE contacts SET unreachable_at = $2, refused_code = $3 WHERE person_id = $1 AND unreachable_at IS NULL";
    STOP = "UPDATE contacts SET stopped_at = $2 WHERE person_id = $1 AND stopped_at IS NULL";
    GO_ON = "UPDATE contacts SET stopped_at = NULL WHERE person_id = $1";
    BY_TOKEN = "SELECT person_id, pair_id, stopped_at FROM contacts WHERE stop_token = $1";
}

#[derive(FromRow)]
struct ContactRow {
    person_id: Uuid,
    pair_id: Uuid,
    email: Vec<u8>,
    reply_to: Option<Vec<u8>>,
    stop_token: String,
    sends_aim: bool,
    added_at: DateTime<Utc>,
    stopped_at: Option<DateTime<Utc>>,
    unreachable_at: Option<DateTime<Utc>>,
    refused_code: Option<String>,
}

fn place(column: &'static str, person: PersonId) -> Place {
    Place { table: "contacts", column, row: person.0 }
}

/// Keeps a new contact; the person and the pair must be there.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, contact: &Contact) -> Result<(), StoreFailure> {
    let key = pair_keys::get(tx, contact.pair).await?;
    let email = key.seal(place("email", contact.person), contact.email.as_text())?;
    let reply_to = contact.reply_to.as_ref();
    let reply_to = reply_to.map(|it| key.seal(place("reply_to", contact.person), it.as_text())).transpose()?;
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(contact.person.0)
            .bind(contact.pair.0)
            .bind(&email)
            .bind(reply_to.as_deref())
            .bind(&contact.stop_token)
            .bind(contact.sends_aim)
            .bind(contact.added_at)
    )?;
    Ok(())
}

/// Finds a contact by the person they are.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, person: PersonId) -> Result<Option<Contact>, StoreFailure> {
    let row: Option<ContactRow> =
        on!(tx, connection => sqlx::query_as(BY_PERSON).bind(person.0).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let key = pair_keys::get(tx, PairId(row.pair_id)).await?;
    let reply_to = row.reply_to.map(|sealed| key.open(place("reply_to", person), &sealed)).transpose()?;
    Ok(Some(Contact {
        person: PersonId(row.person_id),
        pair: PairId(row.pair_id),
        email: EmailAddress::kept(key.open(place("email", person), &row.email)?),
        reply_to: reply_to.map(EmailAddress::kept),
        stop_token: row.stop_token,
        sends_aim: row.sends_aim,
        added_at: row.added_at,
        stopped_at: row.stopped_at,
        unreachable_at: row.unreachable_at,
        refused_code: row.refused_code,
    }))
}

/// Keeps other addresses; what was refused before counts no more.
///
/// # Errors
/// When the database fails or there is no such contact.
pub async fn set_addresses(
    tx: &mut Tx,
    contact: &Contact,
    email: &EmailAddress,
    reply_to: Option<&EmailAddress>,
) -> Result<(), StoreFailure> {
    let key = pair_keys::get(tx, contact.pair).await?;
    let email = key.seal(place("email", contact.person), email.as_text())?;
    let reply_to = reply_to.map(|it| key.seal(place("reply_to", contact.person), it.as_text())).transpose()?;
    let changed =
        changed!(tx, sqlx::query(SET_ADDRESSES).bind(contact.person.0).bind(&email).bind(reply_to.as_deref()))?;
    one_row(changed, "the contact")
}

/// A mail server refuses this contact's address, with this code. True when it did not before.
///
/// # Errors
/// When the database fails.
pub async fn refused(
    tx: &mut Tx,
    person: PersonId,
    code: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool, StoreFailure> {
    Ok(changed!(tx, sqlx::query(REFUSED).bind(person.0).bind(now).bind(code))? == 1)
}

/// No more letters to this contact. True when there were until now.
///
/// # Errors
/// When the database fails.
pub async fn stop(tx: &mut Tx, person: PersonId, now: DateTime<Utc>) -> Result<bool, StoreFailure> {
    Ok(changed!(tx, sqlx::query(STOP).bind(person.0).bind(now))? == 1)
}

/// Letters again.
///
/// # Errors
/// When the database fails.
pub async fn go_on(tx: &mut Tx, person: PersonId) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(GO_ON).bind(person.0))?;
    Ok(())
}

/// Whether letters can be stopped with this token: somebody's, who has not done so or has.
///
/// # Errors
/// When the database fails.
pub async fn knows_token(tx: &mut Tx, token: &str) -> Result<bool, StoreFailure> {
    Ok(by_token(tx, token).await?.is_some())
}

async fn by_token(tx: &mut Tx, token: &str) -> Result<Option<(Uuid, Uuid, Option<DateTime<Utc>>)>, StoreFailure> {
    on!(tx, connection => sqlx::query_as(BY_TOKEN).bind(token).fetch_optional(connection))
}

/// The contact with this token wants no more letters: there are none from now on, and the mentee is owed the word. False when
/// nobody has this token.
///
/// # Errors
/// When the database fails.
pub async fn stop_by_token(tx: &mut Tx, token: &str, ids: &Ids, now: DateTime<Utc>) -> Result<bool, StoreFailure> {
    let Some((person, pair, _)) = by_token(tx, token).await? else { return Ok(false) };
    if stop(tx, PersonId(person), now).await?
        && let Some(of) = pairs::find(tx, PairId(pair)).await?
    {
        queue::enqueue(tx, &letters_stopped(&of.pair, of.mentee.id, now), ids, now).await?;
        screens::refresh_home(tx, of.mentee.id).await?;
    }
    Ok(true)
}
