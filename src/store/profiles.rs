//! Profiles as kept. The "not with" list has statements of its own: what reads a profile never reads it.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use crate::domain::identifiers::PersonId;
use crate::domain::profile::{OpenTo, Profile, TopicKind};

statements! {
    UPSERT = "INSERT INTO profiles (person_id, about, open_to, most_mentees, introductions, saved_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (person_id) DO UPDATE SET about = excluded.about, open_to = excluded.open_to,
        most_mentees = excluded.most_mentees, introductions = excluded.introductions, saved_at = excluded.saved_at";
    BY_PERSON = "SELECT about, open_to, most_mentees, introductions FROM profiles WHERE person_id = $1";
    TOPICS = "SELECT kind, topic FROM profile_topics WHERE person_id = $1 ORDER BY kind, place";
    FORGET_TOPICS = "DELETE FROM profile_topics WHERE person_id = $1";
    INSERT_TOPIC = "INSERT INTO profile_topics (person_id, kind, place, topic) VALUES ($1, $2, $3, $4)";
    NOT_WITH = "SELECT other_id FROM profile_not_with WHERE person_id = $1 ORDER BY other_id";
    FORGET_NOT_WITH = "DELETE FROM profile_not_with WHERE person_id = $1";
    INSERT_NOT_WITH = "INSERT INTO profile_not_with (person_id, other_id) VALUES ($1, $2)";
    SAID_NOT_WITH = "SELECT COUNT(*) FROM profile_not_with WHERE person_id = $1 AND other_id = $2";
    // Changes nothing, but holds the row until the transaction ends, on either database.
    HOLD = "UPDATE profiles SET most_mentees = most_mentees WHERE person_id = $1";
    MENTEES = "SELECT COUNT(*) FROM pairs WHERE mentor_id = $1 AND state IN ('active', 'paused') AND kind <> 'peer'";
}

#[derive(FromRow)]
struct ProfileRow {
    about: Option<String>,
    open_to: String,
    most_mentees: i32,
    introductions: bool,
}

/// What somebody says about themselves, if they have said anything.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, person: PersonId) -> Result<Option<Profile>, StoreFailure> {
    let row: Option<ProfileRow> =
        on!(tx, connection => sqlx::query_as(BY_PERSON).bind(person.0).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let topics: Vec<(String, String)> =
        on!(tx, connection => sqlx::query_as(TOPICS).bind(person.0).fetch_all(connection))?;
    let of = |kind: TopicKind| {
        topics.iter().filter(|(word, _)| word == kind.word()).map(|(_, topic)| topic.clone()).collect()
    };
    Ok(Some(Profile {
        person,
        offered: of(TopicKind::Offered),
        sought: of(TopicKind::Sought),
        about: row.about,
        open_to: OpenTo::from_word(&row.open_to).ok_or(StoreFailure::Unexpected("profiles.open_to"))?,
        most_mentees: u8::try_from(row.most_mentees).map_err(|_| StoreFailure::Unexpected("profiles.most_mentees"))?,
        introductions: row.introductions,
    }))
}

/// Keeps what somebody says about themselves, in the place of what they said before.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &mut Tx, profile: &Profile, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    let person = profile.person.0;
    changed!(
        tx,
        sqlx::query(UPSERT)
            .bind(person)
            .bind(profile.about.as_deref())
            .bind(profile.open_to.word())
            .bind(i32::from(profile.most_mentees))
            .bind(profile.introductions)
            .bind(now)
    )?;
    changed!(tx, sqlx::query(FORGET_TOPICS).bind(person))?;
    for (kind, topics) in [(TopicKind::Offered, &profile.offered), (TopicKind::Sought, &profile.sought)] {
        for (place, topic) in (0_i32..).zip(topics) {
            changed!(tx, sqlx::query(INSERT_TOPIC).bind(person).bind(kind.word()).bind(place).bind(topic))?;
        }
    }
    Ok(())
}

/// Whom somebody wants nothing to do with, for their own form.
///
/// # Errors
/// When the database fails.
pub async fn not_with(tx: &mut Tx, person: PersonId) -> Result<Vec<PersonId>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(NOT_WITH).bind(person.0).fetch_all(connection))?;
    Ok(ids.into_iter().map(PersonId).collect())
}

/// Keeps whom somebody wants nothing to do with; their profile must be there.
///
/// # Errors
/// When the database fails.
pub async fn set_not_with(tx: &mut Tx, person: PersonId, others: &[PersonId]) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(FORGET_NOT_WITH).bind(person.0))?;
    for other in others {
        changed!(tx, sqlx::query(INSERT_NOT_WITH).bind(person.0).bind(other.0))?;
    }
    Ok(())
}

/// Whether somebody said that they want nothing to do with another.
///
/// # Errors
/// When the database fails.
pub async fn said_not_with(tx: &mut Tx, person: PersonId, other: PersonId) -> Result<bool, StoreFailure> {
    let count: i64 =
        on!(tx, connection => sqlx::query_scalar(SAID_NOT_WITH).bind(person.0).bind(other.0).fetch_one(connection))?;
    Ok(count > 0)
}

/// Holds somebody's profile until the transaction ends, so that of two who count their mentees one waits for the other.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx, person: PersonId) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(HOLD).bind(person.0))?;
    Ok(())
}

/// How many people somebody mentors, peers aside.
///
/// # Errors
/// When the database fails.
pub async fn mentees(tx: &mut Tx, person: PersonId) -> Result<usize, StoreFailure> {
    let count: i64 = on!(tx, connection => sqlx::query_scalar(MENTEES).bind(person.0).fetch_one(connection))?;
    usize::try_from(count).map_err(|_| StoreFailure::Unexpected("pairs.mentor_id"))
}
