//! Agreements as kept, one row a version.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::statements::statements;
use super::vault::{OwnKey, Place};
use super::{pair_keys, pairs};
use crate::domain::agreements::{Agreement, AgreementOfPair, AgreementState, Says};
use crate::domain::identifiers::{AgreementId, PairId, PersonId};
use crate::domain::pairs::Role;

statements! {
    INSERT = "INSERT INTO agreements (id, pair_id, state, goals, more, review_on, written_by, written_at, mentee_signed_at,
        mentor_signed_at, answer_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    BY_ID = "SELECT id, pair_id, state, goals, more, review_on, written_by, written_at, mentee_signed_at, mentor_signed_at,
        answer_by, declined_at FROM agreements WHERE id = $1";
    STANDING = "SELECT id, pair_id, state, goals, more, review_on, written_by, written_at, mentee_signed_at, mentor_signed_at,
        answer_by, declined_at FROM agreements WHERE pair_id = $1 AND state IN ('draft', 'agreed')";
    CHANGE = "SELECT id, pair_id, state, goals, more, review_on, written_by, written_at, mentee_signed_at, mentor_signed_at,
        answer_by, declined_at FROM agreements WHERE pair_id = $1 AND state = 'proposed'";
    // Each half sets its own signature only: whichever is second, both stand.
    SIGN_AS_MENTEE = "UPDATE agreements SET mentee_signed_at = $3,
        state = CASE WHEN mentor_signed_at IS NOT NULL THEN 'agreed' ELSE state END
        WHERE id = $1 AND state = $2 AND mentee_signed_at IS NULL";
    SIGN_AS_MENTOR = "UPDATE agreements SET mentor_signed_at = $3,
        state = CASE WHEN mentee_signed_at IS NOT NULL THEN 'agreed' ELSE state END
        WHERE id = $1 AND state = $2 AND mentor_signed_at IS NULL";
    SET_STATE = "UPDATE agreements SET state = $3 WHERE id = $1 AND state = $2";
    DECLINE = "UPDATE agreements SET declined_at = $2 WHERE id = $1 AND state = 'proposed' AND declined_at IS NULL";
    VERSIONS = "SELECT id FROM agreements WHERE pair_id = $1";
}

#[derive(FromRow)]
struct AgreementRow {
    id: Uuid,
    pair_id: Uuid,
    state: String,
    goals: Option<Vec<u8>>,
    more: Option<Vec<u8>>,
    review_on: NaiveDate,
    written_by: Option<Uuid>,
    written_at: DateTime<Utc>,
    mentee_signed_at: Option<DateTime<Utc>>,
    mentor_signed_at: Option<DateTime<Utc>>,
    answer_by: Option<DateTime<Utc>>,
    declined_at: Option<DateTime<Utc>>,
}

fn place(column: &'static str, row: Uuid) -> Place {
    Place { table: "agreements", column, row }
}

impl AgreementRow {
    fn into_agreement(self, key: &OwnKey) -> Result<Agreement, StoreFailure> {
        let open =
            |column, sealed: Option<&[u8]>| sealed.map(|sealed| key.open(place(column, self.id), sealed)).transpose();
        Ok(Agreement {
            id: AgreementId(self.id),
            pair: PairId(self.pair_id),
            state: AgreementState::from_word(&self.state).ok_or(StoreFailure::Unexpected("agreements.state"))?,
            says: Says {
                goals: open("goals", self.goals.as_deref())?,
                more: open("more", self.more.as_deref())?,
                review_on: self.review_on,
            },
            written_by: self.written_by.map(PersonId),
            written_at: self.written_at,
            mentee_signed_at: self.mentee_signed_at,
            mentor_signed_at: self.mentor_signed_at,
            answer_by: self.answer_by,
            declined_at: self.declined_at,
        })
    }
}

async fn opened(tx: &mut Tx, row: Option<AgreementRow>) -> Result<Option<Agreement>, StoreFailure> {
    let Some(row) = row else { return Ok(None) };
    let key = pair_keys::get(tx, PairId(row.pair_id)).await?;
    row.into_agreement(&key).map(Some)
}

/// Keeps a version.
///
/// # Errors
/// When the database fails, or another version stands already.
pub async fn insert(tx: &mut Tx, agreement: &Agreement) -> Result<(), StoreFailure> {
    let key = pair_keys::get(tx, agreement.pair).await?;
    let id = agreement.id.0;
    let goals = agreement.says.goals.as_ref().map(|text| key.seal(place("goals", id), text)).transpose()?;
    let more = agreement.says.more.as_ref().map(|text| key.seal(place("more", id), text)).transpose()?;
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(id)
            .bind(agreement.pair.0)
            .bind(agreement.state.word())
            .bind(goals.as_deref())
            .bind(more.as_deref())
            .bind(agreement.says.review_on)
            .bind(agreement.written_by.map(|person| person.0))
            .bind(agreement.written_at)
            .bind(agreement.mentee_signed_at)
            .bind(agreement.mentor_signed_at)
            .bind(agreement.answer_by)
    )?;
    Ok(())
}

/// Finds a version with its pair and its people.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: AgreementId) -> Result<Option<AgreementOfPair>, StoreFailure> {
    let row: Option<AgreementRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    let Some(agreement) = opened(tx, row).await? else { return Ok(None) };
    let of = pairs::find(tx, agreement.pair).await?.ok_or(StoreFailure::Unexpected("agreements.pair_id"))?;
    Ok(Some(AgreementOfPair { agreement, of }))
}

/// The version that stands: the draft, or what was agreed.
///
/// # Errors
/// When the database fails.
pub async fn standing(tx: &mut Tx, pair: PairId) -> Result<Option<Agreement>, StoreFailure> {
    let row: Option<AgreementRow> =
        on!(tx, connection => sqlx::query_as(STANDING).bind(pair.0).fetch_optional(connection))?;
    opened(tx, row).await
}

/// The change that waits for an answer.
///
/// # Errors
/// When the database fails.
pub async fn change(tx: &mut Tx, pair: PairId) -> Result<Option<Agreement>, StoreFailure> {
    let row: Option<AgreementRow> =
        on!(tx, connection => sqlx::query_as(CHANGE).bind(pair.0).fetch_optional(connection))?;
    opened(tx, row).await
}

/// Keeps the signature of one half, and that it holds when it was the second. Returns the version as it is then.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when the version is no longer in `from`, or this half has signed it.
pub async fn sign(
    tx: &mut Tx,
    id: AgreementId,
    role: Role,
    from: AgreementState,
    now: DateTime<Utc>,
) -> Result<Agreement, StoreFailure> {
    let statement = match role {
        Role::Mentee => SIGN_AS_MENTEE,
        Role::Mentor => SIGN_AS_MENTOR,
    };
    one_row(
        changed!(tx, sqlx::query(statement).bind(id.0).bind(from.word()).bind(now))?,
        "the agreement's signatures",
    )?;
    let row: Option<AgreementRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    opened(tx, row).await?.ok_or(StoreFailure::Unexpected("agreements.id"))
}

/// A version takes another state.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it is no longer in `from`.
pub async fn set_state(
    tx: &mut Tx,
    id: AgreementId,
    from: AgreementState,
    to: AgreementState,
) -> Result<(), StoreFailure> {
    let changed = changed!(tx, sqlx::query(SET_STATE).bind(id.0).bind(from.word()).bind(to.word()))?;
    one_row(changed, "the agreement's state")
}

/// The other would rather not have this change.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it waits for no answer any more.
pub async fn decline(tx: &mut Tx, id: AgreementId, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    let changed = changed!(tx, sqlx::query(DECLINE).bind(id.0).bind(now))?;
    one_row(changed, "the change of the agreement")
}

/// Every version of a pair's agreement.
///
/// # Errors
/// When the database fails.
pub async fn versions(tx: &mut Tx, pair: PairId) -> Result<Vec<AgreementId>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(VERSIONS).bind(pair.0).fetch_all(connection))?;
    Ok(ids.into_iter().map(AgreementId).collect())
}
