//! Asks as kept, with everybody who is asked and named. What people wrote is sealed with the ask's own key.
//!
//! An ask changes as a whole: whoever keeps a change says on top of which one (`revision`), so that of two who answer at the same
//! moment the second reads what the first did. Its rows of requests and nominations are in `introduction_rows`.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::statements::statements;
use super::vault::{OwnKey, Place};
use super::{introduction_keys, introduction_rows, people};
use crate::domain::identifiers::{IntroductionId, IntroductionRequestId, NominationId, PersonId};
use crate::domain::introductions::{AskText, FollowUp, Introduction, IntroductionState};
use crate::domain::private_text::PrivateText;
use crate::domain::reminders_introduction::{IntroductionOfPeople, NominationOfIntroduction, RequestOfIntroduction};

statements! {
    INSERT = "INSERT INTO introductions (id, asker_id, state, topic, why, would_help, give_back, may_pass_on, asked_at,
        answer_by, looked_further, revision, attention_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $9)";
    BY_ID = "SELECT id, asker_id, state, topic, why, would_help, give_back, may_pass_on, asked_at, answer_by, ended_at,
        looked_further, follow_up, followed_up_at, came_of_it, revision FROM introductions WHERE id = $1";
    SAVE = "UPDATE introductions SET state = $3, ended_at = $4, looked_further = $5, follow_up = $6, followed_up_at = $7,
        came_of_it = $8, attention_at = $9, revision = revision + 1 WHERE id = $1 AND revision = $2";
    SET_ATTENTION = "UPDATE introductions SET attention_at = $3 WHERE id = $1 AND revision = $2";
    POSTPONE = "UPDATE introductions SET attention_at = $2 WHERE id = $1";
    // Whoever is about to keep a change of one of these reads it anew.
    WAKE = "UPDATE introductions SET revision = revision + 1, attention_at = CASE WHEN state = 'open' THEN $2 ELSE attention_at END
        WHERE id IN (SELECT introduction_id FROM introduction_requests WHERE person_id = $1 OR passed_on_by = $1
            UNION SELECT introduction_id FROM nominations WHERE nominee_id = $1)";
    AROUND = "SELECT id FROM introductions WHERE state = 'open' AND id IN (
        SELECT introduction_id FROM introduction_requests WHERE person_id = $1 OR passed_on_by = $1
        UNION SELECT introduction_id FROM nominations WHERE nominee_id = $1)";
    DUE = "SELECT id FROM introductions WHERE attention_at <= $1 ORDER BY attention_at, id LIMIT $2";
    NEXT_ATTENTION = "SELECT MIN(attention_at) FROM introductions WHERE attention_at IS NOT NULL";
    OF_ASKER = "SELECT id FROM introductions WHERE asker_id = $1 AND (state = 'open' OR ended_at > $2) ORDER BY asked_at, id";
    EVERY_OF_ASKER = "SELECT id FROM introductions WHERE asker_id = $1 ORDER BY asked_at, id";
    OPEN_OF = "SELECT COUNT(*) FROM introductions WHERE asker_id = $1 AND state = 'open'";
}

#[derive(FromRow)]
struct IntroductionRow {
    id: Uuid,
    asker_id: Uuid,
    state: String,
    topic: Vec<u8>,
    why: Option<Vec<u8>>,
    would_help: Option<Vec<u8>>,
    give_back: Option<Vec<u8>>,
    may_pass_on: bool,
    asked_at: DateTime<Utc>,
    answer_by: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    looked_further: bool,
    follow_up: Option<String>,
    followed_up_at: Option<DateTime<Utc>>,
    came_of_it: Option<Vec<u8>>,
    revision: i32,
}

fn place(column: &'static str, row: Uuid) -> Place {
    Place { table: "introductions", column, row }
}

fn seal(
    key: &OwnKey,
    column: &'static str,
    row: Uuid,
    text: Option<&PrivateText>,
) -> Result<Option<Vec<u8>>, StoreFailure> {
    text.map(|text| key.seal(place(column, row), text)).transpose()
}

impl IntroductionRow {
    async fn into_introduction(self, tx: &mut Tx) -> Result<IntroductionOfPeople, StoreFailure> {
        let id = IntroductionId(self.id);
        let key = introduction_keys::get(tx, id).await?;
        let open = |column, sealed: &Option<Vec<u8>>| {
            sealed.as_ref().map(|sealed| key.open(place(column, self.id), sealed)).transpose()
        };
        let text = AskText {
            topic: key.open(place("topic", self.id), &self.topic)?,
            why: open("why", &self.why)?,
            would_help: open("would_help", &self.would_help)?,
            give_back: open("give_back", &self.give_back)?,
        };
        let came_of_it = open("came_of_it", &self.came_of_it)?;
        let follow_up = match self.follow_up.as_deref() {
            Some(word) => Some(FollowUp::from_word(word).ok_or(StoreFailure::Unexpected("introductions.follow_up"))?),
            None => None,
        };
        let requests = introduction_rows::requests(tx, id).await?;
        let nominations = introduction_rows::nominations(tx, id, &key).await?;
        let introduction = Introduction {
            id,
            asker: PersonId(self.asker_id),
            state: IntroductionState::from_word(&self.state).ok_or(StoreFailure::Unexpected("introductions.state"))?,
            may_pass_on: self.may_pass_on,
            asked_at: self.asked_at,
            answer_by: self.answer_by,
            ended_at: self.ended_at,
            looked_further: self.looked_further,
            follow_up: follow_up.zip(self.followed_up_at),
            requests,
            nominations,
        };
        let people = everybody(tx, &introduction).await?;
        Ok(IntroductionOfPeople { introduction, text, came_of_it, people, revision: self.revision })
    }
}

async fn everybody(
    tx: &mut Tx,
    introduction: &Introduction,
) -> Result<HashMap<PersonId, crate::domain::people::Person>, StoreFailure> {
    let ids: BTreeSet<PersonId> = [introduction.asker]
        .into_iter()
        .chain(introduction.requests.iter().map(|request| request.person))
        .chain(introduction.requests.iter().filter_map(|request| request.passed_on_by))
        .chain(introduction.nominations.iter().filter_map(|nomination| nomination.nominee.person()))
        .collect();
    let mut found = HashMap::with_capacity(ids.len());
    for id in ids {
        found.insert(id, people::get(tx, id).await?);
    }
    Ok(found)
}

/// Keeps a new ask with its sealed words, its key and whom it is asked; the planner looks at it at once.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, introduction: &Introduction, text: &AskText) -> Result<(), StoreFailure> {
    let (key, wrapped) = tx.vault.make_introduction_key(introduction.id)?;
    let row = introduction.id.0;
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(row)
            .bind(introduction.asker.0)
            .bind(introduction.state.word())
            .bind(key.seal(place("topic", row), &text.topic)?)
            .bind(seal(&key, "why", row, text.why.as_ref())?)
            .bind(seal(&key, "would_help", row, text.would_help.as_ref())?)
            .bind(seal(&key, "give_back", row, text.give_back.as_ref())?)
            .bind(introduction.may_pass_on)
            .bind(introduction.asked_at)
            .bind(introduction.answer_by)
            .bind(introduction.looked_further)
    )?;
    introduction_keys::insert(tx, introduction.id, &wrapped).await?;
    introduction_rows::keep(tx, introduction, &key).await
}

/// Finds an ask with everybody who is part of it.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: IntroductionId) -> Result<Option<IntroductionOfPeople>, StoreFailure> {
    let row: Option<IntroductionRow> =
        on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    match row {
        Some(row) => row.into_introduction(tx).await.map(Some),
        None => Ok(None),
    }
}

/// Finds a request with its ask.
///
/// # Errors
/// When the database fails.
pub async fn find_request(
    tx: &mut Tx,
    id: IntroductionRequestId,
) -> Result<Option<RequestOfIntroduction>, StoreFailure> {
    let Some(ask) = introduction_rows::ask_of_request(tx, id).await? else { return Ok(None) };
    let Some(of) = find(tx, ask).await? else { return Ok(None) };
    let request = of.introduction.request(id).cloned();
    Ok(request.map(|request| RequestOfIntroduction { of, request }))
}

/// Finds a nomination with its ask.
///
/// # Errors
/// When the database fails.
pub async fn find_nomination(tx: &mut Tx, id: NominationId) -> Result<Option<NominationOfIntroduction>, StoreFailure> {
    let Some(ask) = introduction_rows::ask_of_nomination(tx, id).await? else { return Ok(None) };
    let Some(of) = find(tx, ask).await? else { return Ok(None) };
    let nomination = of.introduction.nomination(id).cloned();
    Ok(nomination.map(|nomination| NominationOfIntroduction { of, nomination }))
}

/// Keeps a change of an ask, and asks the planner to look at it at `look_at`. From then on `of` is what is kept.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when somebody else has changed it since it was read.
pub async fn save(
    tx: &mut Tx,
    of: &mut IntroductionOfPeople,
    look_at: Option<DateTime<Utc>>,
) -> Result<(), StoreFailure> {
    let introduction = &of.introduction;
    let key = introduction_keys::get(tx, introduction.id).await?;
    let came_of_it = seal(&key, "came_of_it", introduction.id.0, of.came_of_it.as_ref())?;
    let saved = changed!(
        tx,
        sqlx::query(SAVE)
            .bind(introduction.id.0)
            .bind(of.revision)
            .bind(introduction.state.word())
            .bind(introduction.ended_at)
            .bind(introduction.looked_further)
            .bind(introduction.follow_up.map(|(answer, _)| answer.word()))
            .bind(introduction.follow_up.map(|(_, at)| at))
            .bind(came_of_it)
            .bind(look_at)
    )?;
    one_row(saved, "the ask")?;
    introduction_rows::keep(tx, introduction, &key).await?;
    of.people = everybody(tx, &of.introduction).await?;
    of.revision += 1;
    Ok(())
}

/// Says when the planner shall look at an ask again, unless somebody has changed it since it was read: then it looks anyway.
///
/// # Errors
/// When the database fails.
pub async fn set_attention(
    tx: &mut Tx,
    of: &IntroductionOfPeople,
    at: Option<DateTime<Utc>>,
) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(SET_ATTENTION).bind(of.introduction.id.0).bind(of.revision).bind(at))?;
    Ok(())
}

/// The planner could not look at an ask, and tries again then.
///
/// # Errors
/// When the database fails.
pub async fn postpone(tx: &mut Tx, id: IntroductionId, at: DateTime<Utc>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(POSTPONE).bind(id.0).bind(at))?;
    Ok(())
}

/// Somebody in between leaves: the planner looks at every ask they are part of, and whoever just read one reads it anew.
///
/// # Errors
/// When the database fails.
pub async fn wake(tx: &mut Tx, person: PersonId, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(WAKE).bind(person.0).bind(now))?;
    Ok(())
}

/// Open asks of others that somebody is part of.
///
/// # Errors
/// When the database fails.
pub async fn around(tx: &mut Tx, person: PersonId) -> Result<Vec<IntroductionOfPeople>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(AROUND).bind(person.0).fetch_all(connection))?;
    all(tx, ids).await
}

/// Asks the planner shall look at by now, the longest waiting first.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<IntroductionId>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(DUE).bind(now).bind(limit).fetch_all(connection))?;
    Ok(ids.into_iter().map(IntroductionId).collect())
}

/// When the planner has something to look at next.
///
/// # Errors
/// When the database fails.
pub async fn next_attention(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(NEXT_ATTENTION).fetch_one(connection))
}

/// Somebody's asks that are open or ended after a moment, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_asker(
    tx: &mut Tx,
    asker: PersonId,
    ended_after: DateTime<Utc>,
) -> Result<Vec<IntroductionOfPeople>, StoreFailure> {
    let ids: Vec<Uuid> =
        on!(tx, connection => sqlx::query_scalar(OF_ASKER).bind(asker.0).bind(ended_after).fetch_all(connection))?;
    all(tx, ids).await
}

/// Every ask of somebody, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn every_of_asker(tx: &mut Tx, asker: PersonId) -> Result<Vec<IntroductionOfPeople>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(EVERY_OF_ASKER).bind(asker.0).fetch_all(connection))?;
    all(tx, ids).await
}

pub(super) async fn all(tx: &mut Tx, ids: Vec<Uuid>) -> Result<Vec<IntroductionOfPeople>, StoreFailure> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(find(tx, IntroductionId(id)).await?);
    }
    Ok(found)
}

/// How many asks of somebody are open.
///
/// # Errors
/// When the database fails.
pub async fn count_open(tx: &mut Tx, asker: PersonId) -> Result<usize, StoreFailure> {
    let open: i64 = on!(tx, connection => sqlx::query_scalar(OPEN_OF).bind(asker.0).fetch_one(connection))?;
    Ok(usize::try_from(open).unwrap_or_default())
}
