//! Requests and nominations of an ask, as kept. Names and addresses of people outside are sealed with the ask's key.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::introductions;
use super::statements::statements;
use super::vault::{OwnKey, Place};
use crate::domain::contacts::EmailAddress;
use crate::domain::identifiers::{IntroductionId, IntroductionRequestId, NominationId, PersonId};
use crate::domain::introducing::Introduced;
use crate::domain::introductions::{
    Introduction, IntroductionRequest, Nomination, NominationState, Nominee, RequestState,
};
use crate::domain::reminders_introduction::{NominationOfIntroduction, RequestOfIntroduction};

statements! {
    REQUESTS = "SELECT id, person_id, passed_on_by, state, asked_at, answer_by FROM introduction_requests
        WHERE introduction_id = $1 ORDER BY asked_at, id";
    KEEP_REQUEST = "INSERT INTO introduction_requests (id, introduction_id, person_id, passed_on_by, state, asked_at, answer_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET state = excluded.state";
    ASK_OF_REQUEST = "SELECT introduction_id FROM introduction_requests WHERE id = $1";
    NOMINATIONS = "SELECT id, request_id, nominee_id, outside_name, outside_email, note, state, nominated_at, asked_at, answer_by
        FROM nominations WHERE introduction_id = $1 ORDER BY nominated_at, id";
    KEEP_NOMINATION = "INSERT INTO nominations (id, introduction_id, request_id, nominee_id, outside_name, outside_email, note,
        state, nominated_at, asked_at, answer_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, asked_at = excluded.asked_at, answer_by = excluded.answer_by";
    ASK_OF_NOMINATION = "SELECT introduction_id FROM nominations WHERE id = $1";
    ASKED_OF = "SELECT r.id FROM introduction_requests r JOIN introductions i ON i.id = r.introduction_id
        WHERE r.person_id = $1 AND r.state = 'asked' AND i.state = 'open' ORDER BY r.answer_by, r.id";
    ANSWERED_BY = "SELECT r.id FROM introduction_requests r JOIN introductions i ON i.id = r.introduction_id
        WHERE r.person_id = $1 AND r.state IN ('nominated', 'helping', 'passed_on') AND i.state = 'open'
        ORDER BY r.asked_at, r.id";
    EVERY_REQUEST_OF = "SELECT id FROM introduction_requests WHERE person_id = $1 ORDER BY asked_at, id";
    EVERY_NOMINATION_OF = "SELECT id FROM nominations WHERE nominee_id = $1 AND asked_at IS NOT NULL ORDER BY asked_at, id";
    NAMED = "SELECT n.id FROM nominations n JOIN introductions i ON i.id = n.introduction_id
        WHERE n.nominee_id = $1 AND n.state = 'asked' AND i.state = 'open' ORDER BY n.answer_by, n.id";
    TO_WRITE = "SELECT n.id FROM introduction_requests r JOIN nominations n ON n.request_id = r.id
        JOIN introductions i ON i.id = n.introduction_id
        WHERE r.person_id = $1 AND n.state = 'to_write' AND i.state = 'open' ORDER BY n.answer_by, n.id";
    MOST_A_MONTH = "SELECT most_a_month FROM introduction_preferences WHERE person_id = $1";
    SET_MOST_A_MONTH = "INSERT INTO introduction_preferences (person_id, most_a_month) VALUES ($1, $2)
        ON CONFLICT (person_id) DO UPDATE SET most_a_month = excluded.most_a_month";
    ASKED_SINCE = "SELECT COUNT(*) FROM nominations WHERE nominee_id = $1 AND asked_at > $2";
    ASKED_LATELY = "SELECT nominee_id, MAX(asked_at) FROM nominations WHERE nominee_id IS NOT NULL AND asked_at > $1
        GROUP BY nominee_id";
    ASKED_LAST = "SELECT MAX(asked_at) FROM nominations WHERE nominee_id = $1";
    // Everybody with whom an ask can begin: mentors and peers, of pairs that go on and of those that are finished.
    KNOWN_TO = "SELECT mentor_id FROM pairs WHERE mentee_id = $1 AND state IN ('active', 'paused', 'ended')
        UNION SELECT mentee_id FROM pairs WHERE mentor_id = $1 AND kind = 'peer' AND state IN ('active', 'paused', 'ended')";
}

#[derive(FromRow)]
struct RequestRow {
    id: Uuid,
    person_id: Uuid,
    passed_on_by: Option<Uuid>,
    state: String,
    asked_at: DateTime<Utc>,
    answer_by: DateTime<Utc>,
}

#[derive(FromRow)]
struct NominationRow {
    id: Uuid,
    request_id: Option<Uuid>,
    nominee_id: Option<Uuid>,
    outside_name: Option<Vec<u8>>,
    outside_email: Option<Vec<u8>>,
    note: Option<Vec<u8>>,
    state: String,
    nominated_at: DateTime<Utc>,
    asked_at: Option<DateTime<Utc>>,
    answer_by: Option<DateTime<Utc>>,
}

fn place(column: &'static str, row: Uuid) -> Place {
    Place { table: "nominations", column, row }
}

impl NominationRow {
    fn into_nomination(self, key: &OwnKey) -> Result<Nomination, StoreFailure> {
        let open = |column, sealed: &Option<Vec<u8>>| {
            sealed.as_ref().map(|sealed| key.open(place(column, self.id), sealed)).transpose()
        };
        let name = open("outside_name", &self.outside_name)?;
        let email = open("outside_email", &self.outside_email)?;
        let nominee = match (self.nominee_id, name, email) {
            (Some(id), None, None) => Nominee::Person(PersonId(id)),
            (None, Some(name), Some(email)) => Nominee::Outside { name, email: EmailAddress::kept(email) },
            _ => return Err(StoreFailure::Unexpected("nominations.nominee_id")),
        };
        Ok(Nomination {
            id: NominationId(self.id),
            request: self.request_id.map(IntroductionRequestId),
            nominee,
            note: open("note", &self.note)?,
            state: NominationState::from_word(&self.state).ok_or(StoreFailure::Unexpected("nominations.state"))?,
            nominated_at: self.nominated_at,
            asked_at: self.asked_at,
            answer_by: self.answer_by,
        })
    }
}

/// Who is asked to name somebody, in the order asked.
///
/// # Errors
/// When the database fails.
pub(super) async fn requests(tx: &mut Tx, id: IntroductionId) -> Result<Vec<IntroductionRequest>, StoreFailure> {
    let rows: Vec<RequestRow> = on!(tx, connection => sqlx::query_as(REQUESTS).bind(id.0).fetch_all(connection))?;
    let requests = rows.into_iter().map(|row| {
        Ok(IntroductionRequest {
            id: IntroductionRequestId(row.id),
            person: PersonId(row.person_id),
            passed_on_by: row.passed_on_by.map(PersonId),
            state: RequestState::from_word(&row.state)
                .ok_or(StoreFailure::Unexpected("introduction_requests.state"))?,
            asked_at: row.asked_at,
            answer_by: row.answer_by,
        })
    });
    requests.collect()
}

/// Who was named, in the order named.
///
/// # Errors
/// When the database fails.
pub(super) async fn nominations(
    tx: &mut Tx,
    id: IntroductionId,
    key: &OwnKey,
) -> Result<Vec<Nomination>, StoreFailure> {
    let rows: Vec<NominationRow> = on!(tx, connection => sqlx::query_as(NOMINATIONS).bind(id.0).fetch_all(connection))?;
    rows.into_iter().map(|row| row.into_nomination(key)).collect()
}

/// Keeps where requests and nominations stand; new ones are added.
///
/// # Errors
/// When the database fails.
pub(super) async fn keep(tx: &mut Tx, introduction: &Introduction, key: &OwnKey) -> Result<(), StoreFailure> {
    for request in &introduction.requests {
        changed!(
            tx,
            sqlx::query(KEEP_REQUEST)
                .bind(request.id.0)
                .bind(introduction.id.0)
                .bind(request.person.0)
                .bind(request.passed_on_by.map(|person| person.0))
                .bind(request.state.word())
                .bind(request.asked_at)
                .bind(request.answer_by)
        )?;
    }
    for nomination in &introduction.nominations {
        let row = nomination.id.0;
        let (name, email) = match &nomination.nominee {
            Nominee::Person(_) => (None, None),
            Nominee::Outside { name, email } => (
                Some(key.seal(place("outside_name", row), name)?),
                Some(key.seal(place("outside_email", row), email.as_text())?),
            ),
        };
        let note = nomination.note.as_ref().map(|note| key.seal(place("note", row), note)).transpose()?;
        changed!(
            tx,
            sqlx::query(KEEP_NOMINATION)
                .bind(row)
                .bind(introduction.id.0)
                .bind(nomination.request.map(|request| request.0))
                .bind(nomination.nominee.person().map(|person| person.0))
                .bind(name)
                .bind(email)
                .bind(note)
                .bind(nomination.state.word())
                .bind(nomination.nominated_at)
                .bind(nomination.asked_at)
                .bind(nomination.answer_by)
        )?;
    }
    Ok(())
}

pub(super) async fn ask_of_request(
    tx: &mut Tx,
    id: IntroductionRequestId,
) -> Result<Option<IntroductionId>, StoreFailure> {
    let found: Option<Uuid> =
        on!(tx, connection => sqlx::query_scalar(ASK_OF_REQUEST).bind(id.0).fetch_optional(connection))?;
    Ok(found.map(IntroductionId))
}

pub(super) async fn ask_of_nomination(tx: &mut Tx, id: NominationId) -> Result<Option<IntroductionId>, StoreFailure> {
    let found: Option<Uuid> =
        on!(tx, connection => sqlx::query_scalar(ASK_OF_NOMINATION).bind(id.0).fetch_optional(connection))?;
    Ok(found.map(IntroductionId))
}

/// Requests that wait for somebody's answer, the most urgent first.
///
/// # Errors
/// When the database fails.
pub async fn asked_of(tx: &mut Tx, person: PersonId) -> Result<Vec<RequestOfIntroduction>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(ASKED_OF).bind(person.0).fetch_all(connection))?;
    requests_by_id(tx, ids).await
}

/// Requests that somebody answered with help of some kind, of asks that go on; the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn answered_by(tx: &mut Tx, person: PersonId) -> Result<Vec<RequestOfIntroduction>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(ANSWERED_BY).bind(person.0).fetch_all(connection))?;
    requests_by_id(tx, ids).await
}

/// Everything somebody did and was asked about other people's asks.
///
/// # Errors
/// When the database fails.
pub async fn introduced(tx: &mut Tx, person: PersonId) -> Result<Introduced, StoreFailure> {
    let requests: Vec<Uuid> =
        on!(tx, connection => sqlx::query_scalar(EVERY_REQUEST_OF).bind(person.0).fetch_all(connection))?;
    let nominations: Vec<Uuid> =
        on!(tx, connection => sqlx::query_scalar(EVERY_NOMINATION_OF).bind(person.0).fetch_all(connection))?;
    Ok(Introduced {
        requests: requests_by_id(tx, requests).await?,
        nominations: nominations_by_id(tx, nominations).await?,
        most_a_month: most_a_month(tx, person).await?,
    })
}

async fn requests_by_id(tx: &mut Tx, ids: Vec<Uuid>) -> Result<Vec<RequestOfIntroduction>, StoreFailure> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(introductions::find_request(tx, IntroductionRequestId(id)).await?);
    }
    Ok(found)
}

/// Asks for which somebody was named, and that wait for their answer; the most urgent first.
///
/// # Errors
/// When the database fails.
pub async fn named(tx: &mut Tx, person: PersonId) -> Result<Vec<NominationOfIntroduction>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(NAMED).bind(person.0).fetch_all(connection))?;
    nominations_by_id(tx, ids).await
}

/// Letters that somebody has to send to people outside whom they named, the most urgent first.
///
/// # Errors
/// When the database fails.
pub async fn to_write(tx: &mut Tx, person: PersonId) -> Result<Vec<NominationOfIntroduction>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(TO_WRITE).bind(person.0).fetch_all(connection))?;
    nominations_by_id(tx, ids).await
}

async fn nominations_by_id(tx: &mut Tx, ids: Vec<Uuid>) -> Result<Vec<NominationOfIntroduction>, StoreFailure> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(introductions::find_nomination(tx, NominationId(id)).await?);
    }
    Ok(found)
}

/// How often a month somebody is asked to be introduced; `None` when they have not said.
///
/// # Errors
/// When the database fails.
pub async fn most_a_month(tx: &mut Tx, person: PersonId) -> Result<Option<u8>, StoreFailure> {
    let most: Option<i32> =
        on!(tx, connection => sqlx::query_scalar(MOST_A_MONTH).bind(person.0).fetch_optional(connection))?;
    most.map(u8::try_from).transpose().map_err(|_| StoreFailure::Unexpected("introduction_preferences.most_a_month"))
}

/// Keeps how often a month somebody is asked to be introduced; 0 is never again.
///
/// # Errors
/// When the database fails.
pub async fn set_most_a_month(tx: &mut Tx, person: PersonId, most: u8) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(SET_MOST_A_MONTH).bind(person.0).bind(i32::from(most)))?;
    Ok(())
}

/// How often somebody was asked to be introduced after a moment, by whomever.
///
/// # Errors
/// When the database fails.
pub async fn asked_since(tx: &mut Tx, person: PersonId, since: DateTime<Utc>) -> Result<usize, StoreFailure> {
    let count: i64 =
        on!(tx, connection => sqlx::query_scalar(ASKED_SINCE).bind(person.0).bind(since).fetch_one(connection))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Who was asked to be introduced after a moment, and when last.
///
/// # Errors
/// When the database fails.
pub async fn asked_lately(tx: &mut Tx, since: DateTime<Utc>) -> Result<HashMap<PersonId, DateTime<Utc>>, StoreFailure> {
    let rows: Vec<(Uuid, DateTime<Utc>)> =
        on!(tx, connection => sqlx::query_as(ASKED_LATELY).bind(since).fetch_all(connection))?;
    Ok(rows.into_iter().map(|(person, at)| (PersonId(person), at)).collect())
}

/// When somebody was asked to be introduced last.
///
/// # Errors
/// When the database fails.
pub async fn asked_last(tx: &mut Tx, person: PersonId) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(ASKED_LAST).bind(person.0).fetch_one(connection))
}

/// Mentors and peers of somebody, of pairs that go on and of those that are finished.
///
/// # Errors
/// When the database fails.
pub async fn known_to(tx: &mut Tx, person: PersonId) -> Result<Vec<PersonId>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(KNOWN_TO).bind(person.0).fetch_all(connection))?;
    Ok(ids.into_iter().map(PersonId).collect())
}
