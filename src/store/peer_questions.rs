//! Questions whether two become peers, as kept.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::pairs;
use super::statements::statements;
use crate::domain::identifiers::{PairId, PeerQuestionId, PersonId};
use crate::domain::pairs::Pair;
use crate::domain::peers::{PeerQuestion, PeerQuestionOfPair, PeerQuestionState};

statements! {
    INSERT = "INSERT INTO peer_questions (id, pair_id, asked_by, every_two_weeks, state, asked_at, answer_by, attention_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $6) ON CONFLICT (pair_id) WHERE state = 'open' DO NOTHING";
    BY_ID = "SELECT id, pair_id, asked_by, every_two_weeks, state, asked_at, answer_by FROM peer_questions WHERE id = $1";
    LATEST = "SELECT id, pair_id, asked_by, every_two_weeks, state, asked_at, answer_by FROM peer_questions
        WHERE pair_id = $1 ORDER BY asked_at DESC, id DESC LIMIT 1";
    ANSWER = "UPDATE peer_questions SET state = $2 WHERE id = $1 AND state = 'open'";
    SET_KIND = "UPDATE pairs SET kind = 'peer' WHERE id = $1 AND kind = 'in_org' AND state IN ('active', 'paused')";
    SET_ATTENTION = "UPDATE peer_questions SET attention_at = $2 WHERE id = $1";
    TAKE_LOOK = "UPDATE peer_questions SET attention_at = NULL WHERE id = $1 AND attention_at <= $2";
    // What somebody else wants looked at earlier stays so.
    LOOK_AGAIN = "UPDATE peer_questions SET attention_at = CASE WHEN attention_at IS NULL OR attention_at > $2 THEN $2
        ELSE attention_at END WHERE id = $1";
    DUE = "SELECT id FROM peer_questions WHERE attention_at <= $1 ORDER BY attention_at, id LIMIT $2";
    NEXT_ATTENTION = "SELECT MIN(attention_at) FROM peer_questions WHERE attention_at IS NOT NULL";
}

#[derive(FromRow)]
struct QuestionRow {
    id: Uuid,
    pair_id: Uuid,
    asked_by: Uuid,
    every_two_weeks: bool,
    state: String,
    asked_at: DateTime<Utc>,
    answer_by: DateTime<Utc>,
}

impl QuestionRow {
    fn into_question(self) -> Result<PeerQuestion, StoreFailure> {
        Ok(PeerQuestion {
            id: PeerQuestionId(self.id),
            pair: PairId(self.pair_id),
            asked_by: PersonId(self.asked_by),
            every_two_weeks: self.every_two_weeks,
            state: PeerQuestionState::from_word(&self.state).ok_or(StoreFailure::Unexpected("peer_questions.state"))?,
            asked_at: self.asked_at,
            answer_by: self.answer_by,
        })
    }
}

/// Keeps a new question; the planner looks at it at once.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when one about this pair is open.
pub async fn insert(tx: &mut Tx, question: &PeerQuestion) -> Result<(), StoreFailure> {
    let changed = changed!(
        tx,
        sqlx::query(INSERT)
            .bind(question.id.0)
            .bind(question.pair.0)
            .bind(question.asked_by.0)
            .bind(question.every_two_weeks)
            .bind(question.state.word())
            .bind(question.asked_at)
            .bind(question.answer_by)
    )?;
    one_row(changed, "the question about peers")
}

/// Finds a question with its pair and its people.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: PeerQuestionId) -> Result<Option<PeerQuestionOfPair>, StoreFailure> {
    let row: Option<QuestionRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let question = row.into_question()?;
    let of = pairs::find(tx, question.pair).await?.ok_or(StoreFailure::Unexpected("peer_questions.pair_id"))?;
    Ok(Some(PeerQuestionOfPair { question, of }))
}

/// The latest question about a pair, whatever became of it.
///
/// # Errors
/// When the database fails.
pub async fn latest(tx: &mut Tx, pair: PairId) -> Result<Option<PeerQuestion>, StoreFailure> {
    let row: Option<QuestionRow> =
        on!(tx, connection => sqlx::query_as(LATEST).bind(pair.0).fetch_optional(connection))?;
    row.map(QuestionRow::into_question).transpose()
}

/// Keeps the answer to an open question, or that its time is over.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it is open no more.
pub async fn answer(tx: &mut Tx, question: &PeerQuestion) -> Result<(), StoreFailure> {
    let changed = changed!(tx, sqlx::query(ANSWER).bind(question.id.0).bind(question.state.word()))?;
    one_row(changed, "the answer about peers")
}

/// Keeps that a live pair is one of peers from now on, with its rhythm.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it is live no more, or of another kind by now.
pub async fn make_peers(tx: &mut Tx, pair: &Pair) -> Result<(), StoreFailure> {
    one_row(changed!(tx, sqlx::query(SET_KIND).bind(pair.id.0))?, "the pair's kind")?;
    match &pair.rhythm {
        Some(rhythm) => pairs::set_rhythm(tx, pair.id, rhythm).await,
        None => Ok(()),
    }
}

/// Says when the planner shall look at a question again.
///
/// # Errors
/// When the database fails.
pub async fn set_attention(tx: &mut Tx, id: PeerQuestionId, at: Option<DateTime<Utc>>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(SET_ATTENTION).bind(id.0).bind(at))?;
    Ok(())
}

/// The planner begins to look at a question: what others change from here on waits for the end of this look, and asks for another.
/// False when there is no look to be taken any more.
///
/// # Errors
/// When the database fails.
pub async fn take_look(tx: &mut Tx, id: PeerQuestionId, now: DateTime<Utc>) -> Result<bool, StoreFailure> {
    Ok(changed!(tx, sqlx::query(TAKE_LOOK).bind(id.0).bind(now))? == 1)
}

/// The planner has looked at a question, and looks again then, or earlier if that is wanted already.
///
/// # Errors
/// When the database fails.
pub async fn look_again(tx: &mut Tx, id: PeerQuestionId, at: Option<DateTime<Utc>>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(LOOK_AGAIN).bind(id.0).bind(at))?;
    Ok(())
}

/// Questions the planner shall look at by now, the longest waiting first.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<PeerQuestionId>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(DUE).bind(now).bind(limit).fetch_all(connection))?;
    Ok(ids.into_iter().map(PeerQuestionId).collect())
}

/// When the planner has something to look at next.
///
/// # Errors
/// When the database fails.
pub async fn next_attention(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(NEXT_ATTENTION).fetch_one(connection))
}
