//! What mentors ask before answering, as kept. Question and answer are sealed with the pair's key.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::statements::statements;
use super::vault::Place;
use super::{pair_keys, pairs, screens};
use crate::domain::identifiers::{InquiryId, PairId, PersonId};
use crate::domain::inquiry::{Inquiry, InquiryOfPair, InquiryState};

statements! {
    INSERT = "INSERT INTO inquiries (id, pair_id, round, state, question, asked_at, answer_by, stopped_at, attention_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $6) ON CONFLICT DO NOTHING";
    BY_ID = "SELECT id, pair_id, round, state, question, answer, asked_at, answer_by, stopped_at FROM inquiries WHERE id = $1";
    OF_PAIR = "SELECT id, pair_id, round, state, question, answer, asked_at, answer_by, stopped_at FROM inquiries
        WHERE pair_id = $1 ORDER BY round";
    WITH_MENTEE = "SELECT i.id FROM inquiries i JOIN pairs p ON p.id = i.pair_id
        WHERE i.state = 'asked' AND p.mentee_id = $1 ORDER BY i.answer_by, i.id";
    SETTLE = "UPDATE inquiries SET state = $2, answer = $3, attention_at = NULL WHERE id = $1 AND state = 'asked'";
    SET_ATTENTION = "UPDATE inquiries SET attention_at = $2 WHERE id = $1";
    DUE = "SELECT id FROM inquiries WHERE attention_at <= $1 ORDER BY attention_at, id LIMIT $2";
    NEXT_ATTENTION = "SELECT MIN(attention_at) FROM inquiries WHERE attention_at IS NOT NULL";
    // A proposal waits longer for its answer, and the planner looks at it at once.
    STOP_CLOCK = "UPDATE pairs SET answer_by = $2, attention_at = $3 WHERE id = $1 AND state = 'proposed'";
    START_CLOCK = "UPDATE pairs SET answer_by = $2, attention_at = $3
        WHERE id = $1 AND state IN ('proposed', 'declined')";
}

#[derive(FromRow)]
struct InquiryRow {
    id: Uuid,
    pair_id: Uuid,
    round: i32,
    state: String,
    question: Vec<u8>,
    answer: Option<Vec<u8>>,
    asked_at: DateTime<Utc>,
    answer_by: DateTime<Utc>,
    stopped_at: DateTime<Utc>,
}

fn place(column: &'static str, row: Uuid) -> Place {
    Place { table: "inquiries", column, row }
}

impl InquiryRow {
    async fn into_inquiry(self, tx: &mut Tx) -> Result<Inquiry, StoreFailure> {
        let pair = PairId(self.pair_id);
        let key = pair_keys::get(tx, pair).await?;
        let answer = match &self.answer {
            Some(sealed) => Some(key.open(place("answer", self.id), sealed)?),
            None => None,
        };
        Ok(Inquiry {
            id: InquiryId(self.id),
            pair,
            round: u8::try_from(self.round).map_err(|_| StoreFailure::Unexpected("inquiries.round"))?,
            state: InquiryState::from_word(&self.state).ok_or(StoreFailure::Unexpected("inquiries.state"))?,
            question: key.open(place("question", self.id), &self.question)?,
            answer,
            asked_at: self.asked_at,
            answer_by: self.answer_by,
            stopped_at: self.stopped_at,
        })
    }
}

/// Keeps a new question; the proposal waits for its answer until `proposal_answer_by` then.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when the proposal was answered meanwhile, or another question is with the mentee.
pub async fn insert(tx: &mut Tx, inquiry: &Inquiry, proposal_answer_by: DateTime<Utc>) -> Result<(), StoreFailure> {
    let stopped =
        changed!(tx, sqlx::query(STOP_CLOCK).bind(inquiry.pair.0).bind(proposal_answer_by).bind(inquiry.asked_at))?;
    one_row(stopped, "the proposal's deadline")?;
    let sealed = pair_keys::get(tx, inquiry.pair).await?.seal(place("question", inquiry.id.0), &inquiry.question)?;
    let asked = changed!(
        tx,
        sqlx::query(INSERT)
            .bind(inquiry.id.0)
            .bind(inquiry.pair.0)
            .bind(i32::from(inquiry.round))
            .bind(inquiry.state.word())
            .bind(&sealed)
            .bind(inquiry.asked_at)
            .bind(inquiry.answer_by)
            .bind(inquiry.stopped_at)
    )?;
    one_row(asked, "a question before an answer")
}

/// Finds a question with its pair and its people.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: InquiryId) -> Result<Option<InquiryOfPair>, StoreFailure> {
    let row: Option<InquiryRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let inquiry = row.into_inquiry(tx).await?;
    let of = pairs::find(tx, inquiry.pair).await?.ok_or(StoreFailure::Unexpected("inquiries.pair_id"))?;
    Ok(Some(InquiryOfPair { inquiry, of }))
}

/// Everything the mentor of a pair asked before answering, in order.
///
/// # Errors
/// When the database fails.
pub async fn of_pair(tx: &mut Tx, pair: PairId) -> Result<Vec<Inquiry>, StoreFailure> {
    let rows: Vec<InquiryRow> = on!(tx, connection => sqlx::query_as(OF_PAIR).bind(pair.0).fetch_all(connection))?;
    let mut inquiries = Vec::with_capacity(rows.len());
    for row in rows {
        inquiries.push(row.into_inquiry(tx).await?);
    }
    Ok(inquiries)
}

/// Questions that are with a mentee, the most urgent first.
///
/// # Errors
/// When the database fails.
pub async fn with_mentee(tx: &mut Tx, mentee: PersonId) -> Result<Vec<InquiryOfPair>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(WITH_MENTEE).bind(mentee.0).fetch_all(connection))?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(find(tx, InquiryId(id)).await?);
    }
    Ok(found)
}

/// Keeps what became of a question.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it is not with the mentee any more.
pub async fn settle(tx: &mut Tx, inquiry: &Inquiry) -> Result<(), StoreFailure> {
    let sealed = match &inquiry.answer {
        Some(text) => Some(pair_keys::get(tx, inquiry.pair).await?.seal(place("answer", inquiry.id.0), text)?),
        None => None,
    };
    let changed =
        changed!(tx, sqlx::query(SETTLE).bind(inquiry.id.0).bind(inquiry.state.word()).bind(sealed.as_deref()))?;
    one_row(changed, "the question before an answer")
}

/// The mentor's clock goes on, for a proposal that looks open to the mentee; the planner looks at it at once.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it does not.
pub async fn start_clock(
    tx: &mut Tx,
    pair: PairId,
    answer_by: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    let changed = changed!(tx, sqlx::query(START_CLOCK).bind(pair.0).bind(answer_by).bind(now))?;
    one_row(changed, "the proposal's deadline")
}

/// The state of a proposal changed: every message about it and about what was asked before shall show that.
///
/// # Errors
/// When the database fails.
pub async fn refresh(tx: &mut Tx, pair: PairId, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    screens::refresh_messages(tx, pair.0, now).await?;
    for inquiry in of_pair(tx, pair).await? {
        screens::refresh_messages(tx, inquiry.id.0, now).await?;
    }
    Ok(())
}

/// Says when the planner shall look at a question again.
///
/// # Errors
/// When the database fails.
pub async fn set_attention(tx: &mut Tx, id: InquiryId, at: Option<DateTime<Utc>>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(SET_ATTENTION).bind(id.0).bind(at))?;
    Ok(())
}

/// Questions the planner shall look at by now, the longest waiting first.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<InquiryId>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(DUE).bind(now).bind(limit).fetch_all(connection))?;
    Ok(ids.into_iter().map(InquiryId).collect())
}

/// When the planner has something to look at next.
///
/// # Errors
/// When the database fails.
pub async fn next_attention(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(NEXT_ATTENTION).fetch_one(connection))
}
