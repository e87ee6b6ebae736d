//! Screens as kept: a Home or a message that follows its state.
//!
//! `wanted` counts the changes of state, `shown` the one that was last put on the screen. Showing again is harmless, so
//! this needs no claims: whoever shows, shows the state of that moment.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use crate::domain::identifiers::PersonId;
use crate::domain::introductions::{Introduction, Nomination};
use crate::domain::pairs::PairOfPeople;

statements! {
    OPEN_HOME = "INSERT INTO screens (id, kind, person_id, wanted, shown, not_before) VALUES ($1, 'home', $1, 1, 0, $2)
        ON CONFLICT (id) DO UPDATE SET wanted = screens.wanted + 1, not_before = excluded.not_before";
    REFRESH_HOME = "UPDATE screens SET wanted = wanted + 1 WHERE id = $1 AND kind = 'home'";
    REFRESH_MESSAGES = "INSERT INTO screens (id, kind, person_id, wanted, shown, not_before)
        SELECT id, 'message', person_id, 1, 0, $2 FROM outbox
        WHERE state IN ('claimed', 'sent', 'doubt') AND id IN (
            SELECT COALESCE(said_with, id) FROM outbox WHERE subject_id = $1)
        ON CONFLICT (id) DO UPDATE SET wanted = screens.wanted + 1";
    DUE = "SELECT s.id, s.kind, s.person_id, s.wanted, s.failures, s.hash FROM screens s
        WHERE s.wanted > s.shown AND s.not_before <= $1
        AND (s.kind = 'home' OR EXISTS (SELECT 1 FROM outbox o WHERE o.id = s.id AND o.state = 'sent'))
        ORDER BY CASE s.kind WHEN 'home' THEN 0 ELSE 1 END, s.not_before, s.id LIMIT $2";
    SHOWN = "UPDATE screens SET shown = $2, hash = $3, failures = 0 WHERE id = $1 AND shown < $2";
    LATER = "UPDATE screens SET not_before = $2, hash = NULL, failures = failures + 1 WHERE id = $1";
    NEXT = "SELECT MIN(not_before) FROM screens WHERE wanted > shown AND not_before > $1
        AND (kind = 'home' OR EXISTS (SELECT 1 FROM outbox o WHERE o.id = screens.id AND o.state = 'sent'))";
}

/// A screen that shows less than it should.
#[derive(Clone, Debug)]
pub struct Screen {
    /// What it is.
    pub on: OnScreen,
    /// Whose it is.
    pub person: PersonId,
    /// Which change it should show.
    pub wanted: i64,
    /// How often showing it failed since it last worked.
    pub failures: i32,
    /// Slack's mark of what is shown now, for a Home.
    pub hash: Option<String>,
}

/// What is on a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnScreen {
    /// A Home tab.
    Home,
    /// A message that was sent: the outbox row.
    Message(Uuid),
}

#[derive(FromRow)]
struct ScreenRow {
    id: Uuid,
    kind: String,
    person_id: Uuid,
    wanted: i64,
    failures: i32,
    hash: Option<String>,
}

impl Screen {
    fn id(&self) -> Uuid {
        match self.on {
            OnScreen::Home => self.person.0,
            OnScreen::Message(id) => id,
        }
    }
}

/// Somebody looks at their Home: show it, from now on follow it.
///
/// # Errors
/// When the database fails.
pub async fn open_home(tx: &mut Tx, person: PersonId, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(OPEN_HOME).bind(person.0).bind(now))?;
    Ok(())
}

/// Something on this person's Home changed; does nothing for somebody who never opened it.
///
/// # Errors
/// When the database fails.
pub async fn refresh_home(tx: &mut Tx, person: PersonId) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(REFRESH_HOME).bind(person.0))?;
    Ok(())
}

/// Something on the Homes of both of a pair changed.
///
/// # Errors
/// When the database fails.
pub async fn refresh_homes(tx: &mut Tx, of: &PairOfPeople) -> Result<(), StoreFailure> {
    refresh_home(tx, of.mentee.id).await?;
    refresh_home(tx, of.mentor.id).await
}

/// An ask changed: every message about it, its requests and its nominations shall show that, and the Homes of everybody in it.
///
/// # Errors
/// When the database fails.
pub async fn refresh_introduction(tx: &mut Tx, of: &Introduction, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    refresh_messages(tx, of.id.0, now).await?;
    refresh_home(tx, of.asker).await?;
    for request in &of.requests {
        refresh_messages(tx, request.id.0, now).await?;
        refresh_home(tx, request.person).await?;
    }
    for nomination in &of.nominations {
        refresh_messages(tx, nomination.id.0, now).await?;
        if let Some(person) = nomination.nominee.person() {
            refresh_home(tx, person).await?;
        }
    }
    Ok(())
}

/// An ask changed: of the messages about it, those shall show that which say something else now, and so shall the Homes of those
/// who have them. Nothing else is touched: when a message was changed last, Slack shows.
///
/// # Errors
/// When the database fails.
pub async fn refresh_changed(
    tx: &mut Tx,
    before: &Introduction,
    after: &Introduction,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    if before.state != after.state || before.follow_up != after.follow_up {
        refresh_messages(tx, after.id.0, now).await?;
        refresh_home(tx, after.asker).await?;
    }
    for request in &after.requests {
        let knew = before.request(request.id).map(|old| before.as_holder_knows(old));
        if knew != Some(after.as_holder_knows(request)) {
            refresh_messages(tx, request.id.0, now).await?;
            refresh_home(tx, request.person).await?;
        }
    }
    let is_changed =
        |nomination: &&Nomination| before.nomination(nomination.id).is_none_or(|old| old.state != nomination.state);
    for nomination in after.nominations.iter().filter(is_changed) {
        refresh_messages(tx, nomination.id.0, now).await?;
        let writer = after.through(nomination).map(|request| request.person);
        if let Some(person) = nomination.nominee.person().or(writer) {
            refresh_home(tx, person).await?;
        }
    }
    Ok(())
}

/// The state of a pair or a meeting changed: every message about it shall show that.
///
/// # Errors
/// When the database fails.
pub async fn refresh_messages(tx: &mut Tx, subject: Uuid, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(REFRESH_MESSAGES).bind(subject).bind(now))?;
    Ok(())
}

/// Screens that show less than they should: Homes first, since somebody may be looking at one; then the longest waiting.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<Screen>, StoreFailure> {
    let rows: Vec<ScreenRow> = on!(tx, connection => sqlx::query_as(DUE).bind(now).bind(limit).fetch_all(connection))?;
    let screens = rows.into_iter().map(|row| Screen {
        on: if row.kind == "home" { OnScreen::Home } else { OnScreen::Message(row.id) },
        person: PersonId(row.person_id),
        wanted: row.wanted,
        failures: row.failures,
        hash: row.hash,
    });
    Ok(screens.collect())
}

/// The screen shows the change it should, or Slack will never let it. `hash` is Slack's mark of it, for a Home.
///
/// # Errors
/// When the database fails.
pub async fn shown(tx: &mut Tx, screen: &Screen, hash: Option<&str>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(SHOWN).bind(screen.id()).bind(screen.wanted).bind(hash))?;
    Ok(())
}

/// It could not be shown now; next time it is shown over whatever is there.
///
/// # Errors
/// When the database fails.
pub async fn later(tx: &mut Tx, screen: &Screen, not_before: DateTime<Utc>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(LATER).bind(screen.id()).bind(not_before))?;
    Ok(())
}

/// When, after `now`, there is a screen to show.
///
/// # Errors
/// When the database fails.
pub async fn next_due(tx: &mut Tx, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(NEXT).bind(now).fetch_one(connection))
}
