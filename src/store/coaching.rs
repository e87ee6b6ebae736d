//! Which coaching question a mentor was given for which part of which meeting.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use crate::domain::agenda::Part;
use crate::domain::coaching::{self, Question};
use crate::domain::identifiers::{MeetingId, PairId};
use crate::domain::meetings::Meeting;
use crate::ids::Ids;

statements! {
    INSERT = "INSERT INTO coaching_questions_asked (meeting_id, part, pair_id, question_id, chosen_at)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (meeting_id, part) DO NOTHING";
    OF_MEETING = "SELECT part, question_id FROM coaching_questions_asked WHERE meeting_id = $1";
    OF_PAIR = "SELECT question_id FROM coaching_questions_asked WHERE pair_id = $1 AND part = $2
        ORDER BY chosen_at, meeting_id";
}

/// The question of each of these parts at a meeting: the one chosen before, else the next one, chosen now.
///
/// # Errors
/// When the database fails.
pub async fn of_meeting(
    tx: &mut Tx,
    meeting: &Meeting,
    parts: &[Part],
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<BTreeMap<Part, &'static Question>, StoreFailure> {
    let rows: Vec<(String, String)> =
        on!(tx, connection => sqlx::query_as(OF_MEETING).bind(meeting.id.0).fetch_all(connection))?;
    // A question that left the bank is replaced on the screen alone: what was asked stays what was asked.
    let chosen = |part: Part| rows.iter().find(|(word, _)| word == part.word()).and_then(|(_, id)| coaching::by_id(id));
    let mut questions = BTreeMap::new();
    for part in parts {
        let question = match chosen(*part) {
            Some(question) => question,
            None => choose(tx, meeting.pair, meeting.id, *part, ids, now).await?,
        };
        questions.insert(*part, question);
    }
    Ok(questions)
}

async fn choose(
    tx: &mut Tx,
    pair: PairId,
    meeting: MeetingId,
    part: Part,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<&'static Question, StoreFailure> {
    let asked: Vec<String> =
        on!(tx, connection => sqlx::query_scalar(OF_PAIR).bind(pair.0).bind(part.word()).fetch_all(connection))?;
    let below = |most: usize| usize::try_from(ids.below(most as u64)).unwrap_or_default();
    let question = coaching::next(part, &asked, below);
    changed!(tx, sqlx::query(INSERT).bind(meeting.0).bind(part.word()).bind(pair.0).bind(question.id).bind(now))?;
    Ok(question)
}
