//! Somebody sets when they work, when they are off and how long ahead they are told; with effect at once.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime, Weekday};

use crate::ctx::Ctx;
use crate::domain::leads::{LONGEST_LEAD, STARTING_SOON};
use crate::domain::off_ranges;
use crate::domain::people::Person;
use crate::domain::permissions::{ChangeOwnSettings, Permit};
use crate::domain::settings::{Hours, OffRange, Settings};
use crate::domain::working_time::WorkingTime;
use crate::render::settings_form::{
    AGENDA_DAYS, DAYS, DAYS_OFF, FROM, NOTICE_DAYS, STARTING_SOON_MINUTES, UNTIL, USUAL, WEEK,
};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::{screens, settings, working_times};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Pieces of the days off whose problem is told at once; who mends them hears of the others.
const PROBLEMS_TOLD: usize = 6;

/// Keeps the settings.
pub struct SaveSettings;

impl Handler for SaveSettings {
    type Action = ChangeOwnSettings;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<ChangeOwnSettings>,
        form: FormState,
    ) -> Result<Answer, Failure> {
        let (now, programme) = (ctx.now(), ctx.programme());
        let (before, ()) = permit.take();
        let chosen = match read(&form, &before, &programme, now.with_timezone(&before.zone()).date_naive()) {
            Ok(chosen) => chosen,
            Err(problems) => return Ok(Answer::Errors(problems)),
        };
        settings::keep(tx, before.id, &chosen).await?;
        let after = Person { settings: chosen, ..before.clone() };
        working_times::changed(tx, &before, &after, &programme, &ctx.ids, now).await?;
        screens::refresh_home(tx, after.id).await?;
        Ok(Answer::Nothing)
    }
}

/// Every problem at once, each at its field.
fn read(
    form: &FormState,
    me: &Person,
    programme: &WorkingTime,
    today: NaiveDate,
) -> Result<Settings, BTreeMap<String, String>> {
    let mut problems = BTreeMap::new();
    let mut or_tell = |field: &str, words: String| {
        problems.insert(field.to_owned(), words);
    };
    let days = days(form).map_err(|words| or_tell(DAYS, words)).unwrap_or_default();
    let hours = hours(form).map_err(|(field, words)| or_tell(field, words)).ok();
    let days_off = days_off(form, me, today).map_err(|words| or_tell(DAYS_OFF, words)).unwrap_or_default();
    let mut number = |field, allowed: &[u32]| {
        chosen(form, field, allowed).map_err(|words| or_tell(field, words)).unwrap_or_default()
    };
    let leads: Vec<u32> = (1..=LONGEST_LEAD).collect();
    let (agenda_days, notice_days) = (number(AGENDA_DAYS, &leads), number(NOTICE_DAYS, &leads));
    let starting_soon_minutes = number(STARTING_SOON_MINUTES, &STARTING_SOON);
    if !problems.is_empty() {
        return Err(problems);
    }
    // What is the programme's own stays the programme's, should that change.
    let usual = Hours { from: programme.from, until: programme.until };
    let usual_days = WEEK.into_iter().filter(|day| programme.days.contains(day)).eq(days.iter().copied());
    Ok(Settings {
        days: (!usual_days).then_some(days),
        hours: hours.filter(|hours| *hours != usual),
        days_off,
        agenda_days,
        notice_days,
        starting_soon_minutes,
    })
}

fn days(form: &FormState) -> Result<Vec<Weekday>, String> {
    let ticked = form.choices(DAYS);
    let days: Vec<Weekday> = WEEK.into_iter().filter(|day| ticked.contains(&day.to_string().as_str())).collect();
    if days.is_empty() {
        Err("Tick at least one day; for a longer absence, write days off.".to_owned())
    } else {
        Ok(days)
    }
}

fn hours(form: &FormState) -> Result<Hours, (&'static str, String)> {
    let (from, until) = (time(form, FROM)?, time(form, UNTIL)?);
    Hours::new(from, until).map_err(|refused| (UNTIL, refused.to_string()))
}

fn time(form: &FormState, field: &'static str) -> Result<NaiveTime, (&'static str, String)> {
    let text = form.time(field).unwrap_or_default();
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| match text {
        "" => (field, "Choose a time of day, such as 09:00.".to_owned()),
        other => {
            let shown: String = other.chars().take(20).collect();
            (field, format!("{shown} is no time of day; choose one from 00:00 to 23:59."))
        }
    })
}

fn days_off(form: &FormState, me: &Person, today: NaiveDate) -> Result<Vec<OffRange>, String> {
    let text = form.text(DAYS_OFF).unwrap_or_default();
    off_ranges::read(text, today, me.locale.as_deref()).map_err(|unread| {
        let told: Vec<String> = unread.iter().take(PROBLEMS_TOLD).map(ToString::to_string).collect();
        format!("{}.", told.join(". "))
    })
}

/// A number among those that are offered; `None` is as usual.
fn chosen(form: &FormState, field: &'static str, allowed: &[u32]) -> Result<Option<u32>, String> {
    match form.choice(field) {
        Some(USUAL) => Ok(None),
        Some(text) => text
            .parse()
            .ok()
            .filter(|number| allowed.contains(number))
            .map(Some)
            .ok_or_else(|| "Choose one from the list.".to_owned()),
        None => Err("Choose one from the list.".to_owned()),
    }
}
