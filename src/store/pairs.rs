//! Pairs as kept.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::statements::statements;
use super::vault::Place;
use super::{pair_keys, people};
use crate::domain::identifiers::{PairId, PersonId};
use crate::domain::pairs::{Pair, PairKind, PairOfPeople, PairState};
use crate::domain::rhythm::Rhythm;

statements! {
    INSERT = "INSERT INTO pairs (id, kind, state, mentee_id, mentor_id, aim, asked_at, answer_by, attention_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (mentee_id, mentor_id) WHERE state IN ('proposed', 'active', 'paused') DO NOTHING";
    BY_ID = "SELECT id, kind, state, mentee_id, mentor_id, aim, asked_at, answer_by, rhythm_cron, rhythm_every,
        rhythm_anchor, rhythm_zone, length_minutes FROM pairs WHERE id = $1";
    LATEST = "SELECT id, kind, state, mentee_id, mentor_id, aim, asked_at, answer_by, rhythm_cron, rhythm_every,
        rhythm_anchor, rhythm_zone, length_minutes FROM pairs WHERE mentee_id = $1 AND mentor_id = $2 ORDER BY asked_at DESC LIMIT 1";
    OF_PERSON = "SELECT id, kind, state, mentee_id, mentor_id, aim, asked_at, answer_by, rhythm_cron, rhythm_every,
        rhythm_anchor, rhythm_zone, length_minutes FROM pairs WHERE (mentee_id = $1 OR mentor_id = $1) AND state IN ('proposed', 'active', 'paused', 'declined')
        ORDER BY asked_at, id";
    ACTIVE = "SELECT id, kind, state, mentee_id, mentor_id, aim, asked_at, answer_by, rhythm_cron, rhythm_every,
        rhythm_anchor, rhythm_zone, length_minutes FROM pairs WHERE state = 'active' ORDER BY asked_at, id";
    SET_STATE = "UPDATE pairs SET state = $3, rhythm_cron = $4, rhythm_every = $5, rhythm_anchor = $6, rhythm_zone = $7,
        length_minutes = $8, answered_at = $9 WHERE id = $1 AND state = $2";
    SET_RHYTHM = "UPDATE pairs SET rhythm_cron = $2, rhythm_every = $3, rhythm_anchor = $4, rhythm_zone = $5,
        length_minutes = $6 WHERE id = $1 AND state IN ('active', 'paused')";
    SET_ATTENTION = "UPDATE pairs SET attention_at = $2 WHERE id = $1";
    // Or it meets and has no review to come: see `reviews::pairs_without`.
    TAKE_LOOK = "UPDATE pairs SET attention_at = NULL WHERE id = $1 AND (attention_at <= $2 OR (attention_at IS NULL
        AND state = 'active' AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.pair_id = pairs.id AND r.closed_at IS NULL)))";
    // What somebody else wants looked at earlier stays so.
    LOOK_AGAIN = "UPDATE pairs SET attention_at = CASE WHEN attention_at IS NULL OR attention_at > $2 THEN $2
        ELSE attention_at END WHERE id = $1";
    DUE = "SELECT id FROM pairs WHERE attention_at <= $1 ORDER BY attention_at, id LIMIT $2";
    NEXT_ATTENTION = "SELECT MIN(attention_at) FROM pairs WHERE attention_at IS NOT NULL";
}

const AIM: (&str, &str) = ("pairs", "aim");

#[derive(FromRow)]
struct PairRow {
    id: Uuid,
    kind: String,
    state: String,
    mentee_id: Uuid,
    mentor_id: Uuid,
    aim: Vec<u8>,
    asked_at: DateTime<Utc>,
    answer_by: DateTime<Utc>,
    rhythm_cron: Option<String>,
    rhythm_every: i32,
    rhythm_anchor: Option<NaiveDate>,
    rhythm_zone: Option<String>,
    length_minutes: Option<i32>,
}

impl PairRow {
    fn rhythm(&self) -> Result<Option<Rhythm>, StoreFailure> {
        let (Some(cron), Some(zone), Some(length)) = (&self.rhythm_cron, &self.rhythm_zone, self.length_minutes) else {
            return Ok(None);
        };
        let unexpected = || StoreFailure::Unexpected("pairs.rhythm");
        let every = u16::try_from(self.rhythm_every).map_err(|_| unexpected())?;
        let zone = zone.parse().map_err(|_| unexpected())?;
        let length = u16::try_from(length).map_err(|_| unexpected())?;
        let anchor = self.rhythm_anchor.unwrap_or_default();
        Rhythm::kept(cron.clone(), every, anchor, zone, length).map(Some).map_err(|_| unexpected())
    }

    async fn into_pair(self, tx: &mut Tx) -> Result<Pair, StoreFailure> {
        let id = PairId(self.id);
        let rhythm = self.rhythm()?;
        let key = pair_keys::get(tx, id).await?;
        Ok(Pair {
            id,
            kind: PairKind::from_word(&self.kind).ok_or(StoreFailure::Unexpected("pairs.kind"))?,
            state: PairState::from_word(&self.state).ok_or(StoreFailure::Unexpected("pairs.state"))?,
            mentee: PersonId(self.mentee_id),
            mentor: PersonId(self.mentor_id),
            aim: key.open(Place { table: AIM.0, column: AIM.1, row: self.id }, &self.aim)?,
            asked_at: self.asked_at,
            answer_by: self.answer_by,
            rhythm,
        })
    }
}

/// Keeps a new question with its sealed text and its key.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when the two have an open question or a live pair already.
pub async fn insert(tx: &mut Tx, pair: &Pair) -> Result<(), StoreFailure> {
    let (key, wrapped) = tx.vault.make_pair_key(pair.id)?;
    let aim = key.seal(Place { table: AIM.0, column: AIM.1, row: pair.id.0 }, &pair.aim)?;
    let changed = changed!(
        tx,
        sqlx::query(INSERT)
            .bind(pair.id.0)
            .bind(pair.kind.word())
            .bind(pair.state.word())
            .bind(pair.mentee.0)
            .bind(pair.mentor.0)
            .bind(&aim)
            .bind(pair.asked_at)
            .bind(pair.answer_by)
            .bind(pair.asked_at)
    )?;
    one_row(changed, "a question to this mentor")?;
    pair_keys::insert(tx, pair.id, &wrapped).await
}

/// Finds a pair with its two people.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: PairId) -> Result<Option<PairOfPeople>, StoreFailure> {
    let row: Option<PairRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let pair = row.into_pair(tx).await?;
    Ok(Some(with_people(tx, pair).await?))
}

/// The latest pair of two people, whatever became of it.
///
/// # Errors
/// When the database fails.
pub async fn latest(tx: &mut Tx, mentee: PersonId, mentor: PersonId) -> Result<Option<Pair>, StoreFailure> {
    let row: Option<PairRow> =
        on!(tx, connection => sqlx::query_as(LATEST).bind(mentee.0).bind(mentor.0).fetch_optional(connection))?;
    match row {
        Some(row) => Ok(Some(row.into_pair(tx).await?)),
        None => Ok(None),
    }
}

/// Everything somebody is part of: live pairs, open questions, and declined ones, which look open until their time is over.
///
/// # Errors
/// When the database fails.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<PairOfPeople>, StoreFailure> {
    let rows: Vec<PairRow> = on!(tx, connection => sqlx::query_as(OF_PERSON).bind(person.0).fetch_all(connection))?;
    let mut pairs = Vec::with_capacity(rows.len());
    for row in rows {
        let pair = row.into_pair(tx).await?;
        pairs.push(with_people(tx, pair).await?);
    }
    Ok(pairs)
}

/// Every pair that meets, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn active(tx: &mut Tx) -> Result<Vec<PairOfPeople>, StoreFailure> {
    let rows: Vec<PairRow> = on!(tx, connection => sqlx::query_as(ACTIVE).fetch_all(connection))?;
    let mut pairs = Vec::with_capacity(rows.len());
    for row in rows {
        let pair = row.into_pair(tx).await?;
        pairs.push(with_people(tx, pair).await?);
    }
    Ok(pairs)
}

async fn with_people(tx: &mut Tx, pair: Pair) -> Result<PairOfPeople, StoreFailure> {
    let mentee = people::get(tx, pair.mentee).await?;
    let mentor = people::get(tx, pair.mentor).await?;
    Ok(PairOfPeople { pair, mentee, mentor })
}

/// Keeps an answer: the pair moves from `from` to the state it has now.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it is no longer in `from`.
pub async fn set_state(tx: &mut Tx, pair: &Pair, from: PairState, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    let rhythm = pair.rhythm.as_ref();
    let changed = changed!(
        tx,
        sqlx::query(SET_STATE)
            .bind(pair.id.0)
            .bind(from.word())
            .bind(pair.state.word())
            .bind(rhythm.map(|rhythm| rhythm.cron.as_str()))
            .bind(rhythm.map_or(1, |rhythm| i32::from(rhythm.every)))
            .bind(rhythm.map(|rhythm| rhythm.anchor))
            .bind(rhythm.map(|rhythm| rhythm.zone.name()))
            .bind(rhythm.map(|rhythm| i32::from(rhythm.length_minutes)))
            .bind(now)
    )?;
    one_row(changed, "the pair's state")
}

/// Keeps another rhythm of a live pair.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when the pair is live no more.
pub async fn set_rhythm(tx: &mut Tx, pair: PairId, rhythm: &Rhythm) -> Result<(), StoreFailure> {
    let changed = changed!(
        tx,
        sqlx::query(SET_RHYTHM)
            .bind(pair.0)
            .bind(&rhythm.cron)
            .bind(i32::from(rhythm.every))
            .bind(rhythm.anchor)
            .bind(rhythm.zone.name())
            .bind(i32::from(rhythm.length_minutes))
    )?;
    one_row(changed, "the pair's rhythm")
}

/// Says when the planner shall look at a pair again.
///
/// # Errors
/// When the database fails.
pub async fn set_attention(tx: &mut Tx, id: PairId, at: Option<DateTime<Utc>>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(SET_ATTENTION).bind(id.0).bind(at))?;
    Ok(())
}

/// The planner begins to look at a pair: what others change from here on waits for the end of this look, and asks for another.
/// False when there is no look to be taken any more.
///
/// # Errors
/// When the database fails.
pub async fn take_look(tx: &mut Tx, id: PairId, now: DateTime<Utc>) -> Result<bool, StoreFailure> {
    Ok(changed!(tx, sqlx::query(TAKE_LOOK).bind(id.0).bind(now))? == 1)
}

/// The planner has looked at a pair, and looks again then, or earlier if that is wanted already.
///
/// # Errors
/// When the database fails.
pub async fn look_again(tx: &mut Tx, id: PairId, at: Option<DateTime<Utc>>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(LOOK_AGAIN).bind(id.0).bind(at))?;
    Ok(())
}

/// Pairs the planner shall look at by now, the longest waiting first.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<PairId>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(DUE).bind(now).bind(limit).fetch_all(connection))?;
    Ok(ids.into_iter().map(PairId).collect())
}

/// When the planner has something to look at next.
///
/// # Errors
/// When the database fails.
pub async fn next_attention(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(NEXT_ATTENTION).fetch_one(connection))
}
