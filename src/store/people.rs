//! People as kept.

use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::settings::{self, SettingsRow};
use super::statements::statements;
use crate::domain::identifiers::PersonId;
use crate::domain::people::{Person, SlackIdentity, Standing};

statements! {
    UPSERT = "INSERT INTO people (id, team_id, user_id, name, time_zone, standing, deactivated, locale)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (team_id, user_id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone,
        standing = excluded.standing, deactivated = excluded.deactivated, locale = COALESCE(excluded.locale, people.locale)
        RETURNING id";
    BY_SLACK = "SELECT p.id, p.team_id, p.user_id, p.name, p.time_zone, p.locale, p.standing, p.deactivated,
        s.working_days, s.works_from, s.works_until, s.agenda_days, s.notice_days, s.starting_soon_minutes
        FROM people p LEFT JOIN person_settings s ON s.person_id = p.id WHERE p.team_id = $1 AND p.user_id = $2
        AND p.team_id <> '@outside'";
    BY_USER = "SELECT p.id, p.team_id, p.user_id, p.name, p.time_zone, p.locale, p.standing, p.deactivated,
        s.working_days, s.works_from, s.works_until, s.agenda_days, s.notice_days, s.starting_soon_minutes
        FROM people p LEFT JOIN person_settings s ON s.person_id = p.id WHERE p.user_id = $1
        AND p.team_id <> '@outside' ORDER BY p.team_id LIMIT 2";
    BY_ID = "SELECT p.id, p.team_id, p.user_id, p.name, p.time_zone, p.locale, p.standing, p.deactivated,
        s.working_days, s.works_from, s.works_until, s.agenda_days, s.notice_days, s.starting_soon_minutes
        FROM people p LEFT JOIN person_settings s ON s.person_id = p.id WHERE p.id = $1";
    MEMBERS = "SELECT user_id FROM people WHERE standing IN ('member', 'guest') AND deactivated = FALSE ORDER BY user_id";
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
    locale: Option<String>,
    standing: String,
    deactivated: bool,
    #[sqlx(flatten)]
    settings: SettingsRow,
}

impl PersonRow {
    async fn into_person(self, tx: &mut Tx) -> Result<Person, StoreFailure> {
        let id = PersonId(self.id);
        let settings = self.settings.into_settings(settings::days_off(tx, id).await?)?;
        Ok(Person {
            id,
            slack: SlackIdentity { team_id: self.team_id, user_id: self.user_id },
            name: self.name,
            // A zone that this version's tables do not know counts as missing.
            time_zone: self.time_zone.and_then(|name| name.parse().ok()),
            locale: self.locale,
            standing: Standing::from_word(&self.standing).ok_or(StoreFailure::Unexpected("people.standing"))?,
            deactivated: self.deactivated,
            settings,
        })
    }
}

/// Keeps what Slack says about somebody; the identifier given is used when the person is new. What they have set stays, and
/// so does the language that Slack does not always tell.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, person: &Person) -> Result<Person, StoreFailure> {
    let id: Uuid = on!(tx, connection => sqlx::query_scalar(UPSERT)
        .bind(person.id.0)
        .bind(&person.slack.team_id)
        .bind(&person.slack.user_id)
        .bind(&person.name)
        .bind(person.time_zone.map(chrono_tz::Tz::name))
        .bind(person.standing.word())
        .bind(person.deactivated)
        .bind(&person.locale)
        .fetch_one(connection))?;
    get(tx, PersonId(id)).await
}

/// Finds somebody by who they are in Slack. An org-wide installation shows one user under several workspaces, and user ids
/// are unique there; so a user known under one other workspace only is that person.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, slack: &SlackIdentity, org_wide: bool) -> Result<Option<Person>, StoreFailure> {
    let row: Option<PersonRow> = on!(tx, connection => sqlx::query_as(BY_SLACK)
        .bind(&slack.team_id).bind(&slack.user_id).fetch_optional(connection))?;
    match row {
        Some(row) => row.into_person(tx).await.map(Some),
        None if org_wide => find_user(tx, &slack.user_id).await,
        None => Ok(None),
    }
}

/// Finds somebody by user id alone, as a mention in a command gives it; `None` when two workspaces have one of that id.
///
/// # Errors
/// When the database fails.
pub async fn find_user(tx: &mut Tx, user_id: &str) -> Result<Option<Person>, StoreFailure> {
    let mut rows: Vec<PersonRow> = on!(tx, connection => sqlx::query_as(BY_USER).bind(user_id).fetch_all(connection))?;
    match (rows.pop(), rows.is_empty()) {
        (Some(row), true) => row.into_person(tx).await.map(Some),
        _ => Ok(None),
    }
}

/// Finds a person by the app's own identifier.
///
/// # Errors
/// When the database fails.
pub async fn find_by_id(tx: &mut Tx, id: PersonId) -> Result<Option<Person>, StoreFailure> {
    let row: Option<PersonRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    match row {
        Some(row) => row.into_person(tx).await.map(Some),
        None => Ok(None),
    }
}

/// Reads a person.
///
/// # Errors
/// When the database fails or there is no such person.
pub async fn get(tx: &mut Tx, id: PersonId) -> Result<Person, StoreFailure> {
    let row: PersonRow = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_one(connection))?;
    row.into_person(tx).await
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

/// The user ids of everybody of the organisation whose account is switched on, guests included.
///
/// # Errors
/// When the database fails.
pub async fn members(tx: &mut Tx) -> Result<Vec<String>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(MEMBERS).fetch_all(connection))
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
