//! `mentor preview`: the calendar of the coming weeks, without sending anything. Names and times, never what a pair wrote.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use clap::Args;

use super::say;
use crate::app::open_storage;
use crate::clock::Clock;
use crate::config::Found;
use crate::domain::days_off::DaysOff;
use crate::domain::forecast::{Coming, Forecast, of_pair, of_paused_pair, say_together};
use crate::domain::pairs::PairOfPeople;
use crate::domain::people::Person;
use crate::domain::reminders::MessageKind;
use crate::ids::Ids;
use crate::store::{holidays, meetings, pairs, pauses};

/// How far to look.
#[derive(Debug, Args)]
pub struct PreviewArguments {
    /// How many weeks, 1 to 104.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=104))]
    weeks: u16,
}

/// Prints what will happen if nobody does anything.
///
/// # Errors
/// When the settings are wrong or the database cannot be opened, for example because the app runs on it.
pub async fn run(found: Found, how: PreviewArguments) -> anyhow::Result<()> {
    let config = found.into_config()?;
    let (clock, ids) = (Clock::system(), Arc::new(Ids::system()));
    let db = open_storage(&config.storage, &clock, &ids).await?;
    let (now, until) = (clock.now(), clock.now() + TimeDelta::weeks(i64::from(how.weeks)));
    let mut reading = db.read().await?;
    let mut days_off = Vec::new();
    for calendar in &config.holiday_calendars {
        let holidays = holidays::of_source(&mut reading, &calendar.key()).await?;
        days_off.extend(holidays.into_iter().map(|holiday| holiday.day));
    }
    let programme = config.programme.without(&days_off.into_iter().collect::<DaysOff>());
    let live = pairs::active(&mut reading).await?;
    let mut coming: Vec<(&PairOfPeople, Forecast)> = Vec::new();
    for of in &live {
        let planned = meetings::without_outcome(&mut reading, of.pair.id).await?;
        coming.extend(of_pair(of, &planned, &programme, now, until).into_iter().map(|one| (of, one)));
    }
    let paused = pauses::paused_pairs(&mut reading).await?;
    let mut lines: Vec<(DateTime<Utc>, String)> = Vec::new();
    for of in &paused {
        let planned = meetings::without_outcome(&mut reading, of.pair.id).await?;
        let standing = pauses::standing(&mut reading, of.pair.id).await?;
        for (pause, ends_at) in standing.ends(of) {
            let who = of.half(pause.person);
            let line = format!(
                "{}  {} and {} go on, as {} chose",
                on_clock(who, ends_at),
                of.mentee.name,
                of.mentor.name,
                who.name
            );
            lines.push((ends_at, line));
        }
        let after = of_paused_pair(of, &standing, &planned, &programme, (now, until));
        coming.extend(after.into_iter().map(|one| (of, one)));
    }
    drop(reading);
    say_together(&mut coming);
    lines.extend(coming.iter().map(|(of, one)| (one.at, line(of, one))));
    lines.retain(|(at, _)| *at < until);
    lines.sort();
    if !paused.is_empty() {
        say(format!("{} pair(s) paused.", paused.len()));
    }
    say(format!("{} pair(s), {} week(s) from now. Nothing was sent.", live.len(), how.weeks));
    for (_, line) in &lines {
        say(line);
    }
    db.close().await;
    Ok(())
}

/// One line, on the reader's own clock; a meeting on both clocks.
fn line(of: &PairOfPeople, one: &Forecast) -> String {
    let (mentee, mentor) = (&of.mentee, &of.mentor);
    match &one.coming {
        Coming::Meeting => {
            let theirs = one.at.with_timezone(&mentor.zone()).format("%H:%M");
            let zone = mentor.zone();
            format!("{}  {} and {} meet ({theirs} {zone})", on_clock(mentee, one.at), mentee.name, mentor.name)
        }
        Coming::Message(kind, to) => {
            let (to, other) = if *to == mentee.id { (mentee, mentor) } else { (mentor, mentee) };
            format!("{}  to {}: {} (with {})", on_clock(to, one.at), to.name, called(*kind), other.name)
        }
    }
}

fn on_clock(person: &Person, at: DateTime<Utc>) -> String {
    format!("{} {}", at.with_timezone(&person.zone()).format("%a %Y-%m-%d %H:%M"), person.zone().name())
}

fn called(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::AgendaRequest => "prepare your agenda",
        MessageKind::AgendaNotice => "the agenda",
        MessageKind::DidYouMeet => "did you meet?",
        MessageKind::StartingSoon => "starting soon",
        _ => kind.word(),
    }
}
