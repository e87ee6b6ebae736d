//! Since when an account is switched off, and when its pairs close because of that.

use chrono::{DateTime, TimeDelta, Utc};

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use crate::domain::identifiers::PersonId;
use crate::domain::leaving::RETURN_WITHIN;
use crate::domain::pairs::PairOfPeople;
use crate::domain::people::Person;

/// How long it may take after a start to learn who is here.
const LEARNING: TimeDelta = TimeDelta::hours(1);

statements! {
    GONE = "UPDATE people SET gone_since = $2 WHERE id = $1 AND deactivated AND gone_since IS NULL";
    BACK = "UPDATE people SET gone_since = NULL WHERE id = $1 AND gone_since IS NOT NULL";
    AT_START = "UPDATE people SET gone_since = $1 WHERE gone_since < $1";
    SINCE = "SELECT gone_since FROM people WHERE id = $1";
    LOOK = "UPDATE pairs SET attention_at = $2 WHERE state IN ('active', 'paused')
        AND (attention_at IS NULL OR attention_at > $2) AND (mentee_id = $1 OR mentor_id = $1)";
}

/// Keeps since when somebody is gone, or that they are back. The planner looks at their pairs when that is news.
///
/// # Errors
/// When the database fails.
pub async fn notice(tx: &mut Tx, person: &Person, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    let changed = match person.deactivated {
        true => changed!(tx, sqlx::query(GONE).bind(person.id.0).bind(now))?,
        false => changed!(tx, sqlx::query(BACK).bind(person.id.0))?,
    };
    if changed > 0 {
        changed!(tx, sqlx::query(LOOK).bind(person.id.0).bind(now))?;
    }
    Ok(())
}

/// The app starts, and does not know yet who has come back meanwhile: nobody is given up within the next hour.
///
/// # Errors
/// When the database fails.
pub async fn at_start(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(AT_START).bind(now + LEARNING - RETURN_WITHIN))?;
    Ok(())
}

/// When a pair closes because one of the two is gone; `None` while both are here.
///
/// # Errors
/// When the database fails.
pub async fn closes_at(tx: &mut Tx, of: &PairOfPeople) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    let mut first: Option<DateTime<Utc>> = None;
    for person in of.gone() {
        let since: Option<DateTime<Utc>> = since(tx, person.id).await?;
        let at = since.map(|since| since + RETURN_WITHIN);
        first = [first, at].into_iter().flatten().min();
    }
    Ok(first)
}

async fn since(tx: &mut Tx, person: PersonId) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(SINCE).bind(person.0).fetch_one(connection))
}
