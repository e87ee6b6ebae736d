//! How much is kept of a pair, counted without opening anything.

use super::db::{Tx, on};
use super::failure::StoreFailure;
use super::statements::statements;
use crate::domain::identifiers::PairId;
use crate::domain::leaving::Kept;

statements! {
    MEETINGS = "SELECT COUNT(*) FROM meetings WHERE pair_id = $1";
    PARTS = "SELECT COUNT(*) FROM agenda_parts a JOIN meetings m ON m.id = a.meeting_id WHERE m.pair_id = $1";
    ITEMS = "SELECT COUNT(*) FROM agenda_items WHERE pair_id = $1";
    HOMEWORK = "SELECT COUNT(*) FROM homework WHERE pair_id = $1";
    GOALS = "SELECT COUNT(*) FROM goals WHERE pair_id = $1";
    WINS = "SELECT COUNT(*) FROM wins WHERE pair_id = $1";
    AGREEMENTS = "SELECT COUNT(*) FROM agreements WHERE pair_id = $1";
    REVIEWS = "SELECT COUNT(*) FROM reviews WHERE pair_id = $1";
    FINISH_WORDS = "SELECT COUNT(*) FROM finishes WHERE pair_id = $1
        AND (got_out IS NOT NULL OR thanks IS NOT NULL OR what_next IS NOT NULL)";
}

/// Counts it.
///
/// # Errors
/// When the database fails.
pub async fn kept(tx: &mut Tx, pair: PairId) -> Result<Kept, StoreFailure> {
    Ok(Kept {
        meetings: count(tx, MEETINGS, pair).await?,
        agendas: count(tx, PARTS, pair).await? + count(tx, ITEMS, pair).await?,
        homework: count(tx, HOMEWORK, pair).await?,
        goals: count(tx, GOALS, pair).await?,
        wins: count(tx, WINS, pair).await?,
        agreements: count(tx, AGREEMENTS, pair).await?,
        reviews: count(tx, REVIEWS, pair).await?,
        finish_words: count(tx, FINISH_WORDS, pair).await?,
    })
}

async fn count(tx: &mut Tx, sql: &'static str, pair: PairId) -> Result<i64, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(sql).bind(pair.0).fetch_one(connection))
}
