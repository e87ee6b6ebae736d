//! Proposals of another rhythm as kept.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::pairs;
use super::statements::statements;
use crate::domain::identifiers::{PairId, PersonId};
use crate::domain::rhythm::Rhythm;
use crate::domain::rhythm_proposals::{ProposalOfPair, ProposalState, RhythmProposal};

statements! {
    INSERT = "INSERT INTO rhythm_proposals (id, pair_id, person_id, state, old_cron, old_every, old_anchor, old_zone, old_length,
        new_cron, new_every, new_anchor, new_zone, new_length, asked_at, answer_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        ON CONFLICT (pair_id) WHERE state = 'open' DO NOTHING";
    BY_ID = "SELECT id, pair_id, person_id, state, old_cron, old_every, old_anchor, old_zone, old_length, new_cron, new_every,
        new_anchor, new_zone, new_length, asked_at, answer_by, settled_at FROM rhythm_proposals WHERE id = $1";
    UNSETTLED = "SELECT id, pair_id, person_id, state, old_cron, old_every, old_anchor, old_zone, old_length, new_cron, new_every,
        new_anchor, new_zone, new_length, asked_at, answer_by, settled_at FROM rhythm_proposals
        WHERE pair_id = $1 AND state IN ('open', 'kept', 'lapsed') AND answer_by > $2 ORDER BY asked_at, id";
    OVERTAKEN_AT = "SELECT COUNT(*) FROM rhythm_proposals
        WHERE pair_id = $1 AND person_id = $2 AND state = 'overtaken' AND settled_at = $3";
    SETTLE = "UPDATE rhythm_proposals SET state = $3, settled_at = $4 WHERE id = $1 AND state = $2";
}

#[derive(FromRow)]
struct ProposalRow {
    id: Uuid,
    pair_id: Uuid,
    person_id: Uuid,
    state: String,
    old_cron: String,
    old_every: i32,
    old_anchor: NaiveDate,
    old_zone: String,
    old_length: i32,
    new_cron: String,
    new_every: i32,
    new_anchor: NaiveDate,
    new_zone: String,
    new_length: i32,
    asked_at: DateTime<Utc>,
    answer_by: DateTime<Utc>,
    settled_at: Option<DateTime<Utc>>,
}

fn rhythm(cron: String, every: i32, anchor: NaiveDate, zone: &str, length: i32) -> Result<Rhythm, StoreFailure> {
    let unexpected = || StoreFailure::Unexpected("rhythm_proposals.rhythm");
    let every = u16::try_from(every).map_err(|_| unexpected())?;
    let length = u16::try_from(length).map_err(|_| unexpected())?;
    let zone = zone.parse().map_err(|_| unexpected())?;
    Rhythm::kept(cron, every, anchor, zone, length).map_err(|_| unexpected())
}

impl ProposalRow {
    fn into_proposal(self) -> Result<RhythmProposal, StoreFailure> {
        Ok(RhythmProposal {
            id: self.id,
            pair: PairId(self.pair_id),
            by: PersonId(self.person_id),
            state: ProposalState::from_word(&self.state).ok_or(StoreFailure::Unexpected("rhythm_proposals.state"))?,
            old: rhythm(self.old_cron, self.old_every, self.old_anchor, &self.old_zone, self.old_length)?,
            new: rhythm(self.new_cron, self.new_every, self.new_anchor, &self.new_zone, self.new_length)?,
            asked_at: self.asked_at,
            answer_by: self.answer_by,
            settled_at: self.settled_at,
        })
    }
}

/// Keeps a new proposal.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when the pair has an open one already.
pub async fn insert(tx: &mut Tx, proposal: &RhythmProposal) -> Result<(), StoreFailure> {
    let (old, new) = (&proposal.old, &proposal.new);
    let changed = changed!(
        tx,
        sqlx::query(INSERT)
            .bind(proposal.id)
            .bind(proposal.pair.0)
            .bind(proposal.by.0)
            .bind(proposal.state.word())
            .bind(&old.cron)
            .bind(i32::from(old.every))
            .bind(old.anchor)
            .bind(old.zone.name())
            .bind(i32::from(old.length_minutes))
            .bind(&new.cron)
            .bind(i32::from(new.every))
            .bind(new.anchor)
            .bind(new.zone.name())
            .bind(i32::from(new.length_minutes))
            .bind(proposal.asked_at)
            .bind(proposal.answer_by)
    )?;
    one_row(changed, "a proposal of another rhythm")
}

/// Finds a proposal with its pair and its people.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<ProposalOfPair>, StoreFailure> {
    let row: Option<ProposalRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let proposal = row.into_proposal()?;
    let of = pairs::find(tx, proposal.pair).await?.ok_or(StoreFailure::Unexpected("rhythm_proposals.pair_id"))?;
    Ok(Some(ProposalOfPair { proposal, of }))
}

/// A pair's proposals of which somebody has yet to hear something: open, or turned down without a word, with a time to
/// answer that ends after a moment. The oldest first.
///
/// # Errors
/// When the database fails.
pub async fn unsettled(
    tx: &mut Tx,
    pair: PairId,
    ending_after: DateTime<Utc>,
) -> Result<Vec<RhythmProposal>, StoreFailure> {
    let rows: Vec<ProposalRow> =
        on!(tx, connection => sqlx::query_as(UNSETTLED).bind(pair.0).bind(ending_after).fetch_all(connection))?;
    rows.into_iter().map(ProposalRow::into_proposal).collect()
}

/// Whether a proposal of this person was overtaken at exactly this moment.
///
/// # Errors
/// When the database fails.
pub async fn overtaken_at(
    tx: &mut Tx,
    pair: PairId,
    person: PersonId,
    at: DateTime<Utc>,
) -> Result<bool, StoreFailure> {
    let count: i64 = on!(tx, connection => sqlx::query_scalar(OVERTAKEN_AT).bind(pair.0).bind(person.0).bind(at).fetch_one(connection))?;
    Ok(count > 0)
}

/// Keeps what became of a proposal that was in another state before.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it is no longer in `from`.
pub async fn settle(tx: &mut Tx, proposal: &RhythmProposal, from: ProposalState) -> Result<(), StoreFailure> {
    let changed = changed!(
        tx,
        sqlx::query(SETTLE).bind(proposal.id).bind(from.word()).bind(proposal.state.word()).bind(proposal.settled_at)
    )?;
    one_row(changed, "the proposal's state")
}
