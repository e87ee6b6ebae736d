//! People as kept.

use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use crate::domain::identifiers::PersonId;
use crate::domain::people::{Person, SlackIdentity, Standing};

statements! {
    UPSERT = "INSERT INTO people (id, team_id, user_id, name, time_zone, standing, deactivated)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (team_id, user_id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone,
        standing = excluded.standing, deactivated = excluded.deactivated
        RETURNING id, team_id, user_id, name, time_zone, standing, deactivated";
    BY_SLACK = "SELECT id, team_id, user_id, name, time_zone, standing, deactivated FROM people
        WHERE team_id = $1 AND user_id = $2";
    BY_USER = "SELECT id, team_id, user_id, name, time_zone, standing, deactivated FROM people
        WHERE user_id = $1 ORDER BY team_id LIMIT 2";
    BY_ID = "SELECT id, team_id, user_id, name, time_zone, standing, deactivated FROM people WHERE id = $1";
    CONVERSATION = "SELECT conversation FROM people WHERE id = $1";
    TITLE = "SELECT title FROM people WHERE id = $1";
    SET_TITLE = "UPDATE people SET title = $2 WHERE id = $1";
    SET_CONVERSATION = "UPDATE people SET conversation = $2 WHERE id = $1";
}

#[derive(FromRow)]
struct PersonRow {
    id: Uuid,
    team_id: String,
    user_id: String,
    name: String,
    time_zone: Option<String>,
    standing: String,
    deactivated: bool,
}

impl PersonRow {
    fn into_person(self) -> Result<Person, StoreFailure> {
        Ok(Person {
            id: PersonId(self.id),
            slack: SlackIdentity { team_id: self.team_id, user_id: self.user_id },
            name: self.name,
            // A zone that this version's tables do not know counts as missing.
            time_zone: self.time_zone.and_then(|name| name.parse().ok()),
            standing: Standing::from_word(&self.standing).ok_or(StoreFailure::Unexpected("people.standing"))?,
            deactivated: self.deactivated,
        })
    }
}

/// Keeps what Slack says about somebody; the identifier given is used when the person is new.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, person: &Person) -> Result<Person, StoreFailure> {
    let row: PersonRow = on!(tx, connection => sqlx::query_as(UPSERT)
        .bind(person.id.0)
        .bind(&person.slack.team_id)
        .bind(&person.slack.user_id)
        .bind(&person.name)
        .bind(person.time_zone.map(chrono_tz::Tz::name))
        .bind(person.standing.word())
        .bind(person.deactivated)
        .fetch_one(connection))?;
    row.into_person()
}

/// Finds somebody by who they are in Slack. An org-wide installation shows one user under several workspaces, and user ids
/// are unique there; so a user known under one other workspace only is that person.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, slack: &SlackIdentity, org_wide: bool) -> Result<Option<Person>, StoreFailure> {
    let row: Option<PersonRow> = on!(tx, connection => sqlx::query_as(BY_SLACK)
        .bind(&slack.team_id).bind(&slack.user_id).fetch_optional(connection))?;
    if row.is_some() || !org_wide {
        return row.map(PersonRow::into_person).transpose();
    }
    find_user(tx, &slack.user_id).await
}

/// Finds somebody by user id alone, as a mention in a command gives it; `None` when two workspaces have one of that id.
///
/// # Errors
/// When the database fails.
pub async fn find_user(tx: &mut Tx, user_id: &str) -> Result<Option<Person>, StoreFailure> {
    let mut rows: Vec<PersonRow> = on!(tx, connection => sqlx::query_as(BY_USER).bind(user_id).fetch_all(connection))?;
    if rows.len() == 1 { rows.pop().map(PersonRow::into_person).transpose() } else { Ok(None) }
}

/// Finds a person by the app's own identifier.
///
/// # Errors
/// When the database fails.
pub async fn find_by_id(tx: &mut Tx, id: PersonId) -> Result<Option<Person>, StoreFailure> {
    let row: Option<PersonRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    row.map(PersonRow::into_person).transpose()
}

/// Reads a person.
///
/// # Errors
/// When the database fails or there is no such person.
pub async fn get(tx: &mut Tx, id: PersonId) -> Result<Person, StoreFailure> {
    let row: PersonRow = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_one(connection))?;
    row.into_person()
}

/// The conversation between the app and this person, once opened.
///
/// # Errors
/// When the database fails or there is no such person.
pub async fn conversation(tx: &mut Tx, id: PersonId) -> Result<Option<String>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(CONVERSATION).bind(id.0).fetch_one(connection))
}

/// Remembers the conversation between the app and this person.
///
/// # Errors
/// When the database fails.
pub async fn set_conversation(tx: &mut Tx, id: PersonId, channel: &str) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(SET_CONVERSATION).bind(id.0).bind(channel))?;
    Ok(())
}

/// The title in somebody's Slack profile, if they wrote one.
///
/// # Errors
/// When the database fails or there is no such person.
pub async fn title(tx: &mut Tx, id: PersonId) -> Result<Option<String>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(TITLE).bind(id.0).fetch_one(connection))
}

/// Remembers the title in somebody's Slack profile.
///
/// # Errors
/// When the database fails.
pub async fn set_title(tx: &mut Tx, id: PersonId, title: Option<&str>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(SET_TITLE).bind(id.0).bind(title))?;
    Ok(())
}
