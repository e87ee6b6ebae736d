//! What holds for somebody, in one line at the foot of Home.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc, Weekday};

use crate::domain::people::Person;
use crate::domain::settings::OffRange;
use crate::domain::working_time::WorkingTime;
use crate::render::controls::{MY_SETTINGS, WHO_SEES_WHAT};
use crate::render::settings_form::{WEEK, ahead};
use crate::slack::blocks::{Blocks, Markup, actions, divider, header, section_with};

/// Ranges of days off that are named; the rest are in the form.
const SHOWN: usize = 3;

/// The section with its buttons.
pub fn section(me: &Person, programme: &WorkingTime, now: DateTime<Utc>) -> Blocks {
    let line = section_with(&line(me, programme, now), MY_SETTINGS.on(""));
    vec![divider(), header("Settings"), line, actions([WHO_SEES_WHAT.on("")])]
}

fn line(me: &Person, programme: &WorkingTime, now: DateTime<Utc>) -> Markup {
    let working = me.working_time(programme);
    let today = now.with_timezone(&me.zone()).date_naive();
    let hours = format!("{}–{}", working.from.format("%H:%M"), working.until.format("%H:%M"));
    let line = Markup::words("You work ")
        .text(&days(&working.days))
        .and(", ")
        .text(&hours)
        .and(" (")
        .text(me.zone().name())
        .and("). ");
    let off: Vec<OffRange> = me.settings.days_off_from(today).collect();
    let line = match off.len() {
        0 => line.and("No days off."),
        all => {
            let named: Vec<String> = off.iter().take(SHOWN).map(|range| short(*range, today)).collect();
            let more = if all > SHOWN { ", …" } else { "." };
            line.and("Off: ").text(&named.join(", ")).and(more)
        }
    };
    let line = line.and("\nYou are asked for an agenda ").text(&ahead(working.leads.agenda_days)).and(".");
    match working.leads.starting_soon_minutes {
        0 => line,
        minutes => line.and(" You hear ").text(&minutes.to_string()).and(" minutes before a meeting starts."),
    }
}

/// "Mon–Fri", "Mon, Wed".
fn days(days: &[Weekday]) -> String {
    let works = |day: &&Weekday| days.contains(*day);
    let own: Vec<&Weekday> = WEEK.iter().filter(works).collect();
    let in_a_row = own.windows(2).all(|two| two[0].succ() == *two[1]);
    match own.as_slice() {
        [first, _, .., last] if in_a_row && own.len() > 2 => format!("{first}–{last}"),
        _ => own.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}

/// "24 Dec – 2 Jan 2027": the year where it is another.
fn short(range: OffRange, today: NaiveDate) -> String {
    let day = |day: NaiveDate, year: bool| day.format(if year { "%-d %b %Y" } else { "%-d %b" }).to_string();
    let other = range.last.year() != today.year();
    if range.first == range.last {
        return day(range.last, other);
    }
    format!(
        "{} – {}",
        day(range.first, range.first.year() != range.last.year() && range.first.year() != today.year()),
        day(range.last, other)
    )
}
