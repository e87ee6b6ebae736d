//! What the asker's side of an ask needs to know: their latest asks, when they asked, and who would read the next one.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use super::{introduction_rows, introductions, org_chart, people, profiles};
use crate::domain::contacts::OUTSIDE;
use crate::domain::identifiers::PersonId;
use crate::domain::org_chart::SameManager;
use crate::domain::pairs::PairKind;
use crate::domain::people::{Person, Standing};
use crate::domain::reminders_introduction::IntroductionOfPeople;

statements! {
    LATEST = "SELECT id FROM introductions WHERE asker_id = $1 ORDER BY asked_at DESC, id LIMIT $2";
    ASKED_AT = "SELECT asked_at FROM introductions WHERE asker_id = $1 AND asked_at > $2 ORDER BY asked_at, id";
    // Changes nothing, but holds the row until the transaction ends, on either database.
    HOLD = "UPDATE people SET name = name WHERE id = $1";
    CALLED = "SELECT COUNT(*) FROM people WHERE LOWER(name) = $1 AND standing IN ('member', 'guest')
        AND NOT deactivated AND team_id <> $2";
}

/// Somebody's latest asks, whatever became of them, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn latest(tx: &mut Tx, asker: PersonId, most: i64) -> Result<Vec<IntroductionOfPeople>, StoreFailure> {
    let mut ids: Vec<Uuid> =
        on!(tx, connection => sqlx::query_scalar(LATEST).bind(asker.0).bind(most).fetch_all(connection))?;
    ids.reverse();
    introductions::all(tx, ids).await
}

/// When somebody asked after a moment, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn asked_at(tx: &mut Tx, asker: PersonId, since: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(ASKED_AT).bind(asker.0).bind(since).fetch_all(connection))
}

/// Of two asks of one person at once, one waits for the other from here on.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx, asker: PersonId) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(HOLD).bind(asker.0))?;
    Ok(())
}

/// Whether somebody of this workspace is called that. Slack shows their names to every member, too.
///
/// # Errors
/// When the database fails.
pub async fn is_somebody_called(tx: &mut Tx, name: &str) -> Result<bool, StoreFailure> {
    let name = name.to_lowercase();
    let count: i64 = on!(tx, connection => sqlx::query_scalar(CALLED).bind(&name).bind(OUTSIDE).fetch_one(connection))?;
    Ok(count > 0)
}

/// Somebody who is asked first: a mentor or peer of the asker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub person: Person,
    /// They want nothing to do with the asker, and have answered beforehand. To the asker that reads as silence does.
    pub answered_beforehand: bool,
}

/// Who is asked first, by name: mentors and peers who are here, whom the org chart does not keep apart from the asker, and with whom
/// the asker has something to do.
///
/// # Errors
/// When the database fails.
pub async fn readers(tx: &mut Tx, asker: PersonId, same_manager: SameManager) -> Result<Vec<Reader>, StoreFailure> {
    let known = introduction_rows::known_to(tx, asker).await?;
    let everybody: Vec<PersonId> = known.iter().copied().chain([asker]).collect();
    let chart = org_chart::around(tx, &everybody).await?;
    let mut readers = Vec::with_capacity(known.len());
    for id in known {
        let person = people::get(tx, id).await?;
        let is_here = !person.deactivated && person.standing != Standing::Bot && !person.is_contact();
        if id == asker
            || !is_here
            || person.is_forgotten()
            // Peers may have the same manager; a mentor who has it would be no mentor any more.
            || chart.may_meet(&[asker, id], PairKind::Peer, same_manager).is_err()
            || profiles::said_not_with(tx, asker, id).await?
        {
            continue;
        }
        let answered_beforehand = profiles::said_not_with(tx, id, asker).await?;
        readers.push(Reader { person, answered_beforehand });
    }
    readers.sort_by(|one, other| (&one.person.name, one.person.id).cmp(&(&other.person.name, other.person.id)));
    Ok(readers)
}
