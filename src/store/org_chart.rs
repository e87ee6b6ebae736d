//! The org chart as kept: the part of it that a question needs, and who in it is who in Slack.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::slots::{self, rows, slots};
use super::statements::statements;
use crate::domain::identifiers::PersonId;
use crate::domain::org_chart::{Chart, Line};

statements! {
    LINES = concat!("SELECT e.id, e.person_id, e.department, m.id AS manager_id, m.person_id AS manager_person_id, e.source, e.name
        FROM directory_entries e LEFT JOIN directory_entries m ON m.id = e.manager_id
        WHERE e.person_id IN (", slots!(), ") AND e.listed = TRUE
        AND EXISTS (SELECT 1 FROM directory_sources s WHERE s.snapshot_id = e.snapshot_id)
        UNION ALL SELECT e.id, e.person_id, e.department, m.id, m.person_id, e.source, e.name
        FROM directory_entries e LEFT JOIN directory_entries m ON m.id = e.manager_id
        WHERE e.id IN (", slots!(), ") AND e.listed = TRUE
        AND EXISTS (SELECT 1 FROM directory_sources s WHERE s.snapshot_id = e.snapshot_id)
        ORDER BY 6, 7");
    NAME = "SELECT COALESCE(p.name, e.email, e.name) FROM directory_entries e LEFT JOIN people p ON p.id = e.person_id
        WHERE e.id = $1";
    NAME_OF_PERSON = "SELECT name FROM people WHERE id = $1";
    // Whoever changes which snapshot counts waits for this transaction to end.
    HOLD_STILL = "UPDATE directory_sources SET sync_at = sync_at";
    KEEP_EMAIL = "INSERT INTO people_emails (person_id, email) VALUES ($1, $2)
        ON CONFLICT (person_id) DO UPDATE SET email = excluded.email";
    FORGET_EMAIL = "DELETE FROM people_emails WHERE person_id = $1";
    BY_EMAIL = "SELECT p.id FROM people_emails e JOIN people p ON p.id = e.person_id WHERE e.email = $1
        ORDER BY p.deactivated, CASE p.standing WHEN 'member' THEN 0 WHEN 'guest' THEN 1 ELSE 2 END, p.id LIMIT 1";
    RECOGNISE_EMAIL = "UPDATE directory_entries SET person_id = $1 WHERE person_id IS NULL AND email = $2";
    RECOGNISE_USER = "UPDATE directory_entries SET person_id = $1 WHERE person_id IS NULL AND user_id = $2";
    LATEST_GOOD = "SELECT MAX(good_at) FROM directory_sources WHERE snapshot_id IS NOT NULL";
}

/// How many people above those concerned are looked at; no organisation is that deep.
const HIGHEST: usize = 5_000;

#[derive(FromRow)]
struct LineRow {
    id: Uuid,
    person_id: Option<Uuid>,
    department: Option<String>,
    manager_id: Option<Uuid>,
    manager_person_id: Option<Uuid>,
}

/// The chart around these people: everybody above any of them, which is all that rule 1 asks for. Read level by level.
///
/// # Errors
/// When the database fails.
pub async fn around(tx: &mut Tx, people: &[PersonId]) -> Result<Chart, StoreFailure> {
    let mut chart = Chart::default();
    let mut level: BTreeSet<Uuid> = people.iter().map(|person| person.0).collect();
    let mut seen: BTreeSet<Uuid> = BTreeSet::new();
    while !level.is_empty() && seen.len() < HIGHEST {
        seen.extend(&level);
        let mut above = BTreeSet::new();
        for ids in slots::filled(level.into_iter()) {
            let rows: Vec<LineRow> = rows!(tx, LINES, ids)?;
            for row in rows {
                let manager = row.manager_person_id.or(row.manager_id);
                above.extend(manager.filter(|manager| !seen.contains(manager)));
                chart.add(Line {
                    person: PersonId(row.person_id.unwrap_or(row.id)),
                    manager: manager.map(PersonId),
                    department: row.department,
                });
            }
        }
        level = above;
    }
    Ok(chart)
}

/// Until this transaction ends, no other snapshot begins to count: what was decided by the chart stays right.
///
/// # Errors
/// When the database fails.
pub async fn hold_still(tx: &mut Tx) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(HOLD_STILL))?;
    Ok(())
}

/// What to call somebody in a chart.
///
/// # Errors
/// When the database fails.
pub async fn name_of(tx: &mut Tx, id: PersonId) -> Result<String, StoreFailure> {
    let person: Option<String> =
        on!(tx, connection => sqlx::query_scalar(NAME_OF_PERSON).bind(id.0).fetch_optional(connection))?;
    if let Some(name) = person {
        return Ok(name);
    }
    let entry: Option<String> = on!(tx, connection => sqlx::query_scalar(NAME).bind(id.0).fetch_optional(connection))?;
    Ok(entry.unwrap_or_else(|| "somebody".to_owned()))
}

/// Keeps what Slack says is somebody's e-mail address, and recognises them in every directory that has waited for them.
///
/// # Errors
/// When the database fails.
pub async fn recognise(tx: &mut Tx, person: PersonId, user_id: &str, email: Option<&str>) -> Result<(), StoreFailure> {
    match email {
        Some(email) => {
            changed!(tx, sqlx::query(KEEP_EMAIL).bind(person.0).bind(email))?;
            changed!(tx, sqlx::query(RECOGNISE_EMAIL).bind(person.0).bind(email))?;
        }
        None => {
            changed!(tx, sqlx::query(FORGET_EMAIL).bind(person.0))?;
        }
    }
    changed!(tx, sqlx::query(RECOGNISE_USER).bind(person.0).bind(user_id))?;
    Ok(())
}

/// Who in Slack has an e-mail address, as far as Slack says; of several a full member first.
///
/// # Errors
/// When the database fails.
pub async fn by_email(tx: &mut Tx, email: &str) -> Result<Option<PersonId>, StoreFailure> {
    let id: Option<Uuid> = on!(tx, connection => sqlx::query_scalar(BY_EMAIL).bind(email).fetch_optional(connection))?;
    Ok(id.map(PersonId))
}

/// When any directory was last read; `None` while there is no chart.
///
/// # Errors
/// When the database fails.
pub async fn as_of(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(LATEST_GOOD).fetch_one(connection))
}
