//! Questions somebody typed, kept until they say what shall become of them; a day at most.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::pair_keys;
use super::statements::statements;
use super::vault::Place;
use crate::domain::agenda_items::KeptQuestion;
use crate::domain::identifiers::{KeptQuestionId, PairId, PersonId};

statements! {
    INSERT = "INSERT INTO kept_questions (id, pair_id, person_id, body, asked_at) VALUES ($1, $2, $3, $4, $5)";
    BY_ID = "SELECT pair_id, person_id, body, asked_at FROM kept_questions WHERE id = $1";
    DELETE = "DELETE FROM kept_questions WHERE id = $1";
    FORGET = "DELETE FROM kept_questions WHERE asked_at < $1";
}

fn place(row: Uuid) -> Place {
    Place { table: "kept_questions", column: "body", row }
}

/// Keeps a question.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, question: &KeptQuestion) -> Result<(), StoreFailure> {
    let body = pair_keys::get(tx, question.pair).await?.seal(place(question.id.0), &question.body)?;
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(question.id.0)
            .bind(question.pair.0)
            .bind(question.person.0)
            .bind(&body)
            .bind(question.asked_at)
    )?;
    Ok(())
}

/// Finds a question that is still kept.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: KeptQuestionId) -> Result<Option<KeptQuestion>, StoreFailure> {
    let row: Option<(Uuid, Uuid, Vec<u8>, DateTime<Utc>)> =
        on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    let Some((pair, person, sealed, asked_at)) = row else { return Ok(None) };
    let pair = PairId(pair);
    let body = pair_keys::get(tx, pair).await?.open(place(id.0), &sealed)?;
    Ok(Some(KeptQuestion { id, pair, person: PersonId(person), body, asked_at }))
}

/// Forgets a question. False when it was forgotten before.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, id: KeptQuestionId) -> Result<bool, StoreFailure> {
    Ok(changed!(tx, sqlx::query(DELETE).bind(id.0))? == 1)
}

/// Forgets questions typed before a moment. Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(tx: &mut Tx, moment: DateTime<Utc>) -> Result<u64, StoreFailure> {
    changed!(tx, sqlx::query(FORGET).bind(moment))
}
