//! Suggestions of somebody else, as kept: a mentor's, and a manager's with the request for it.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::statements::statements;
use super::vault::Place;
use super::{pair_keys, people};
use crate::domain::identifiers::{ManagerRequestId, PairId, PersonId};
use crate::domain::suggestion::{ManagerRequest, MentorSuggestion, RequestState};

statements! {
    INSERT_SUGGESTION = "INSERT INTO mentor_suggestions (pair_id, suggested_id, note, suggested_at) VALUES ($1, $2, $3, $4)";
    SUGGESTION = "SELECT suggested_id, note FROM mentor_suggestions WHERE pair_id = $1";
    INSERT_REQUEST = "INSERT INTO manager_requests (id, asker_id, manager_id, state, asked_at, answer_by, attention_at)
        VALUES ($1, $2, $3, $4, $5, $6, $5) ON CONFLICT (asker_id) WHERE state = 'asked' DO NOTHING";
    REQUEST = "SELECT id, asker_id, manager_id, state, suggested_id, asked_at, answer_by FROM manager_requests WHERE id = $1";
    LATEST_OF = "SELECT id, asker_id, manager_id, state, suggested_id, asked_at, answer_by FROM manager_requests
        WHERE asker_id = $1 ORDER BY asked_at DESC, id DESC LIMIT 1";
    WITH_MANAGER = "SELECT id, asker_id, manager_id, state, suggested_id, asked_at, answer_by FROM manager_requests
        WHERE manager_id = $1 AND state = 'asked' ORDER BY asked_at, id";
    SETTLE = "UPDATE manager_requests SET state = $2, suggested_id = $3 WHERE id = $1 AND state = 'asked'";
    SET_ATTENTION = "UPDATE manager_requests SET attention_at = $2 WHERE id = $1";
    DUE = "SELECT id FROM manager_requests WHERE attention_at <= $1 ORDER BY attention_at, id LIMIT $2";
    NEXT_ATTENTION = "SELECT MIN(attention_at) FROM manager_requests WHERE attention_at IS NOT NULL";
}

#[derive(FromRow)]
struct SuggestionRow {
    suggested_id: Uuid,
    note: Option<Vec<u8>>,
}

#[derive(FromRow)]
struct RequestRow {
    id: Uuid,
    asker_id: Uuid,
    manager_id: Uuid,
    state: String,
    suggested_id: Option<Uuid>,
    asked_at: DateTime<Utc>,
    answer_by: DateTime<Utc>,
}

fn note(pair: PairId) -> Place {
    Place { table: "mentor_suggestions", column: "note", row: pair.0 }
}

impl RequestRow {
    async fn into_request(self, tx: &mut Tx) -> Result<ManagerRequest, StoreFailure> {
        let suggested = match self.suggested_id {
            Some(id) => Some(people::get(tx, PersonId(id)).await?),
            None => None,
        };
        Ok(ManagerRequest {
            id: ManagerRequestId(self.id),
            asker: people::get(tx, PersonId(self.asker_id)).await?,
            manager: people::get(tx, PersonId(self.manager_id)).await?,
            state: RequestState::from_word(&self.state).ok_or(StoreFailure::Unexpected("manager_requests.state"))?,
            suggested,
            asked_at: self.asked_at,
            answer_by: self.answer_by,
        })
    }
}

/// Keeps whom a mentor suggests.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, suggestion: &MentorSuggestion, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    let pair = suggestion.pair;
    let sealed = match &suggestion.note {
        Some(text) => Some(pair_keys::get(tx, pair).await?.seal(note(pair), text)?),
        None => None,
    };
    changed!(
        tx,
        sqlx::query(INSERT_SUGGESTION).bind(pair.0).bind(suggestion.suggested.id.0).bind(sealed.as_deref()).bind(now)
    )?;
    Ok(())
}

/// Whom the mentor of a proposal suggested, if anybody.
///
/// # Errors
/// When the database fails.
pub async fn of_pair(tx: &mut Tx, pair: PairId) -> Result<Option<MentorSuggestion>, StoreFailure> {
    let row: Option<SuggestionRow> =
        on!(tx, connection => sqlx::query_as(SUGGESTION).bind(pair.0).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let text = match &row.note {
        Some(sealed) => Some(pair_keys::get(tx, pair).await?.open(note(pair), sealed)?),
        None => None,
    };
    let suggested = people::get(tx, PersonId(row.suggested_id)).await?;
    Ok(Some(MentorSuggestion { pair, suggested, note: text }))
}

/// Keeps a new request.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when the asker has one that is open.
pub async fn insert_request(tx: &mut Tx, request: &ManagerRequest) -> Result<(), StoreFailure> {
    let changed = changed!(
        tx,
        sqlx::query(INSERT_REQUEST)
            .bind(request.id.0)
            .bind(request.asker.id.0)
            .bind(request.manager.id.0)
            .bind(request.state.word())
            .bind(request.asked_at)
            .bind(request.answer_by)
    )?;
    one_row(changed, "a request to a manager")
}

/// Finds a request with its people.
///
/// # Errors
/// When the database fails.
pub async fn find_request(tx: &mut Tx, id: ManagerRequestId) -> Result<Option<ManagerRequest>, StoreFailure> {
    let row: Option<RequestRow> = on!(tx, connection => sqlx::query_as(REQUEST).bind(id.0).fetch_optional(connection))?;
    match row {
        Some(row) => Ok(Some(row.into_request(tx).await?)),
        None => Ok(None),
    }
}

/// Somebody's latest request to a manager, whatever became of it.
///
/// # Errors
/// When the database fails.
pub async fn latest_request(tx: &mut Tx, asker: PersonId) -> Result<Option<ManagerRequest>, StoreFailure> {
    let row: Option<RequestRow> =
        on!(tx, connection => sqlx::query_as(LATEST_OF).bind(asker.0).fetch_optional(connection))?;
    match row {
        Some(row) => Ok(Some(row.into_request(tx).await?)),
        None => Ok(None),
    }
}

/// Requests that are with a manager, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn with_manager(tx: &mut Tx, manager: PersonId) -> Result<Vec<ManagerRequest>, StoreFailure> {
    let rows: Vec<RequestRow> =
        on!(tx, connection => sqlx::query_as(WITH_MANAGER).bind(manager.0).fetch_all(connection))?;
    let mut requests = Vec::with_capacity(rows.len());
    for row in rows {
        requests.push(row.into_request(tx).await?);
    }
    Ok(requests)
}

/// Keeps what became of a request.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it is not open any more.
pub async fn settle_request(tx: &mut Tx, request: &ManagerRequest) -> Result<(), StoreFailure> {
    let suggested = request.suggested.as_ref().map(|person| person.id.0);
    let changed = changed!(tx, sqlx::query(SETTLE).bind(request.id.0).bind(request.state.word()).bind(suggested))?;
    one_row(changed, "the request to a manager")
}

/// Says when the planner shall look at a request again.
///
/// # Errors
/// When the database fails.
pub async fn set_attention(tx: &mut Tx, id: ManagerRequestId, at: Option<DateTime<Utc>>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(SET_ATTENTION).bind(id.0).bind(at))?;
    Ok(())
}

/// Requests the planner shall look at by now, the longest waiting first.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<ManagerRequestId>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(DUE).bind(now).bind(limit).fetch_all(connection))?;
    Ok(ids.into_iter().map(ManagerRequestId).collect())
}

/// When the planner has something to look at next.
///
/// # Errors
/// When the database fails.
pub async fn next_attention(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(NEXT_ATTENTION).fetch_one(connection))
}
