//! What follows when somebody works at other times than before: their meetings are looked at again, and what waits for them
//! waits for the hours of now.
//!
//! Meetings are placed anew by the planner when it looks; here is only that it shall look at once.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::outbox::queue;
use super::statements::statements;
use super::{holidays, meetings, pairs, screens};
use crate::domain::meetings::{Meeting, MeetingOfPair};
use crate::domain::pairs::PairState;
use crate::domain::people::Person;
use crate::domain::reminders::{MessageKind, Owed};
use crate::domain::reminders_calendar::is_odd_hour;
use crate::domain::working_time::WorkingTime;
use crate::ids::Ids;

statements! {
    LOOK_AT_MEETINGS_OF = "UPDATE meetings SET attention_at = $2 WHERE attention_at > $2 AND pair_id IN
        (SELECT id FROM pairs WHERE mentee_id = $1 OR mentor_id = $1)";
    LOOK_AT_PAIRS_OF = "UPDATE pairs SET attention_at = $2 WHERE attention_at > $2 AND (mentee_id = $1 OR mentor_id = $1)";
    WAITING_FOR = "SELECT id, due_at FROM outbox WHERE person_id = $1 AND state = 'pending' AND due_at > $2";
    PUT_BY_THE_CALENDAR = "SELECT COUNT(*) FROM meetings WHERE id = $1 AND placed_at = starts_at";
    PLACE_ANEW = "UPDATE meetings SET starts_at = $2, placed_at = $2, planned_at = $3, attention_at = $3,
        revision = $4 WHERE id = $1 AND state = 'planned'";
}

/// Somebody is kept with another calendar than before. Whoever has another time zone and meets at an odd hour now is told.
///
/// # Errors
/// When the database fails.
pub async fn changed(
    tx: &mut Tx,
    before: &Person,
    after: &Person,
    programme: &WorkingTime,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    let working = (before.working_time(programme), after.working_time(programme));
    if working.0 == working.1 {
        return Ok(());
    }
    changed!(tx, sqlx::query(LOOK_AT_MEETINGS_OF).bind(after.id.0).bind(now))?;
    changed!(tx, sqlx::query(LOOK_AT_PAIRS_OF).bind(after.id.0).bind(now))?;
    let waiting: Vec<(Uuid, DateTime<Utc>)> =
        on!(tx, connection => sqlx::query_as(WAITING_FOR).bind(after.id.0).bind(now).fetch_all(connection))?;
    for (message, due_at) in waiting {
        let opens = working.1.next_open(due_at);
        if opens != due_at {
            holidays::put_off(tx, message, opens).await?;
        }
    }
    if before.zone() != after.zone() {
        tell_of_odd_hours(tx, after, &working, programme, ids, now).await?;
    }
    screens::refresh_home(tx, after.id).await
}

/// The next meeting of each pair stays where the two agreed; one who lives elsewhere by now may not know what that means.
async fn tell_of_odd_hours(
    tx: &mut Tx,
    person: &Person,
    (before, after): &(WorkingTime, WorkingTime),
    programme: &WorkingTime,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    for of in pairs::of_person(tx, person.id).await? {
        if of.pair.state != PairState::Active {
            continue;
        }
        let planned = meetings::without_outcome(tx, of.pair.id).await?;
        let Some(meeting) = planned.into_iter().find(|meeting| meeting.starts_at > now) else { continue };
        screens::refresh_messages(tx, meeting.id.0, now).await?;
        if is_odd_hour(meeting.starts_at, before, after) {
            let (was_at, of) = (meeting.starts_at, MeetingOfPair { meeting, of });
            let owed = Owed::calendar_news(MessageKind::MeetingAtOddHour, &of, person, was_at, programme, now);
            queue::enqueue(tx, &owed, ids, now).await?;
        }
    }
    Ok(())
}

/// Whether a meeting stands where the calendar has put it, and not where somebody has moved it.
///
/// # Errors
/// When the database fails.
pub async fn is_put_by_the_calendar(tx: &mut Tx, meeting: &Meeting) -> Result<bool, StoreFailure> {
    let count: i64 =
        on!(tx, connection => sqlx::query_scalar(PUT_BY_THE_CALENDAR).bind(meeting.id.0).fetch_one(connection))?;
    Ok(count > 0)
}

/// Keeps where the calendar puts a planned meeting now; the planner looks at it at once. Returns whether it was planned
/// still.
///
/// # Errors
/// When the database fails.
pub async fn place_anew(tx: &mut Tx, meeting: &Meeting) -> Result<bool, StoreFailure> {
    let changed = changed!(
        tx,
        sqlx::query(PLACE_ANEW)
            .bind(meeting.id.0)
            .bind(meeting.starts_at)
            .bind(meeting.planned_at)
            .bind(meetings::revision(meeting)?)
    )?;
    Ok(changed == 1)
}

/// Learns somebody: keeps what Slack says, and follows another time zone.
///
/// # Errors
/// When the database fails.
pub async fn learn(
    tx: &mut Tx,
    person: &Person,
    programme: &WorkingTime,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<Person, StoreFailure> {
    let before = super::people::find(tx, &person.slack, false).await?;
    let kept = super::people::keep(tx, person).await?;
    super::departures::notice(tx, &kept, now).await?;
    if let Some(before) = before {
        changed(tx, &before, &kept, programme, ids, now).await?;
    }
    Ok(kept)
}
