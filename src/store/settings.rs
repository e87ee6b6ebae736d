//! What people set for themselves, as kept: it comes and goes with the person.

use chrono::{NaiveDate, NaiveTime, Timelike as _, Weekday};
use sqlx::FromRow;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use crate::domain::identifiers::PersonId;
use crate::domain::settings::{Hours, OffRange, Settings};

statements! {
    KEEP = "INSERT INTO person_settings (person_id, working_days, works_from, works_until, agenda_days, notice_days,
        starting_soon_minutes) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (person_id) DO UPDATE SET working_days = excluded.working_days, works_from = excluded.works_from,
        works_until = excluded.works_until, agenda_days = excluded.agenda_days, notice_days = excluded.notice_days,
        starting_soon_minutes = excluded.starting_soon_minutes";
    DAYS_OFF = "SELECT first_day, last_day FROM days_off WHERE person_id = $1 ORDER BY first_day";
    CLEAR_DAYS_OFF = "DELETE FROM days_off WHERE person_id = $1";
    ADD_DAYS_OFF = "INSERT INTO days_off (person_id, first_day, last_day) VALUES ($1, $2, $3)";
}

/// The columns of `person_settings`, all null where somebody has set nothing.
#[derive(FromRow)]
pub(super) struct SettingsRow {
    working_days: Option<String>,
    works_from: Option<i32>,
    works_until: Option<i32>,
    agenda_days: Option<i32>,
    notice_days: Option<i32>,
    starting_soon_minutes: Option<i32>,
}

impl SettingsRow {
    pub(super) fn into_settings(self, days_off: Vec<OffRange>) -> Result<Settings, StoreFailure> {
        let unexpected = || StoreFailure::Unexpected("person_settings");
        let days = self.working_days.map(|text| text.split(',').map(str::parse).collect::<Result<Vec<Weekday>, _>>());
        let hours = match (self.works_from, self.works_until) {
            (Some(from), Some(until)) => {
                let (from, until) = (time(from).ok_or_else(unexpected)?, time(until).ok_or_else(unexpected)?);
                Some(Hours::new(from, until).map_err(|_| unexpected())?)
            }
            _ => None,
        };
        let number = |value: Option<i32>| value.map(u32::try_from).transpose().map_err(|_| unexpected());
        Ok(Settings {
            days: days.transpose().map_err(|_| unexpected())?,
            hours,
            days_off,
            agenda_days: number(self.agenda_days)?,
            notice_days: number(self.notice_days)?,
            starting_soon_minutes: number(self.starting_soon_minutes)?,
        })
    }
}

/// Keeps what somebody has set.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, person: PersonId, settings: &Settings) -> Result<(), StoreFailure> {
    let days = settings.days.as_ref().map(|days| days.iter().map(ToString::to_string).collect::<Vec<_>>().join(","));
    let number = |value: Option<u32>| value.map(i32::try_from).transpose();
    let unexpected = |_| StoreFailure::Unexpected("person_settings");
    changed!(
        tx,
        sqlx::query(KEEP)
            .bind(person.0)
            .bind(&days)
            .bind(settings.hours.map(|hours| minutes(hours.from)))
            .bind(settings.hours.map(|hours| minutes(hours.until)))
            .bind(number(settings.agenda_days).map_err(unexpected)?)
            .bind(number(settings.notice_days).map_err(unexpected)?)
            .bind(number(settings.starting_soon_minutes).map_err(unexpected)?)
    )?;
    changed!(tx, sqlx::query(CLEAR_DAYS_OFF).bind(person.0))?;
    for range in &settings.days_off {
        changed!(tx, sqlx::query(ADD_DAYS_OFF).bind(person.0).bind(range.first).bind(range.last))?;
    }
    Ok(())
}

/// Somebody's days off, in their order.
pub(super) async fn days_off(tx: &mut Tx, person: PersonId) -> Result<Vec<OffRange>, StoreFailure> {
    let rows: Vec<(NaiveDate, NaiveDate)> =
        on!(tx, connection => sqlx::query_as(DAYS_OFF).bind(person.0).fetch_all(connection))?;
    Ok(rows.into_iter().map(|(first, last)| OffRange { first, last }).collect())
}

/// A time of day as it is kept, in minutes since midnight; `None` for what is none.
pub(super) fn time(minutes: i32) -> Option<NaiveTime> {
    NaiveTime::from_num_seconds_from_midnight_opt(u32::try_from(minutes).ok()?.checked_mul(60)?, 0)
}

fn minutes(time: NaiveTime) -> i32 {
    i32::try_from(time.num_seconds_from_midnight() / 60).unwrap_or_default()
}
