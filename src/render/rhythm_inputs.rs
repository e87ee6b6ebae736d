//! The inputs with which a rhythm is chosen, wherever that happens.

use chrono::{NaiveTime, Weekday};

use crate::domain::rhythm::{Frequency, Regular, WeekOfMonth};
use crate::render::words::{ordinal, weekday};
use crate::slack::blocks::{Blocks, Input, choice, radio_input, select_input, time_input};

/// How often.
pub const FREQUENCY: &str = "frequency";
/// The day of the week, as chrono's three letters.
pub const DAY: &str = "weekday";
/// The time of day, HH:MM.
pub const TIME: &str = "time";
/// Minutes.
pub const LENGTH: &str = "length";

/// The day that is filled in: neither a Monday, which begins weeks, nor a Friday, which ends them.
const USUAL_DAY: Weekday = Weekday::Tue;

/// The lengths that can be chosen, in minutes; never over an hour.
pub const LENGTHS: [u16; 3] = [30, 45, 60];

const fn input(field: &'static str, label: &'static str) -> Input<'static> {
    Input { field, label, hint: None, optional: false }
}

/// A frequency as it is written on its option and kept in what Slack sends back.
fn named(frequency: Frequency) -> (String, String) {
    let by_week = |every: &str, word: &str, week: WeekOfMonth| {
        (format!("{every}, the {} one", ordinal(week)), format!("{word}_{}", ordinal(week)))
    };
    match frequency {
        Frequency::Weekly => ("Every week".to_owned(), "weekly".to_owned()),
        Frequency::EveryTwoWeeks => ("Every two weeks".to_owned(), "every_two_weeks".to_owned()),
        Frequency::Monthly(week) => by_week("Every month", "monthly", week),
        Frequency::EveryTwoMonths(week) => by_week("Every two months", "every_two_months", week),
    }
}

/// The frequency behind a word of Slack's answer.
pub fn frequency(word: &str) -> Option<Frequency> {
    Frequency::ALL.into_iter().find(|frequency| named(*frequency).1 == word)
}

/// What is filled in to begin with: Tuesdays at ten.
pub fn usual(frequency: Frequency) -> Regular {
    Regular { frequency, day: USUAL_DAY, time: NaiveTime::MIN + chrono::TimeDelta::hours(10) }
}

/// How often, on which of these days, at what time, for how long.
pub fn draw(filled_in: Regular, length_minutes: u16, days: &[Weekday]) -> Blocks {
    let frequencies: Vec<_> = Frequency::ALL.into_iter().map(named).map(|(text, word)| choice(text, word)).collect();
    let weekdays: Vec<_> = days.iter().map(|day| choice(weekday(*day), day.to_string())).collect();
    let lengths = LENGTHS.map(|minutes| choice(format!("{minutes} minutes"), minutes.to_string()));
    let day = if days.contains(&filled_in.day) { filled_in.day } else { days.first().copied().unwrap_or(USUAL_DAY) };
    let length = if LENGTHS.contains(&length_minutes) { length_minutes } else { 45 };
    vec![
        select_input(input(FREQUENCY, "How often"), &frequencies, &named(filled_in.frequency).1),
        select_input(input(DAY, "Weekday"), &weekdays, &day.to_string()),
        time_input(input(TIME, "Time"), filled_in.time),
        radio_input(input(LENGTH, "Length"), &lengths, &length.to_string()),
    ]
}
