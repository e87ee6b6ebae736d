//! A rhythm out of words as they stand in a list: "every two weeks, Thursday 10:00, 45 minutes", or a cron expression.
//!
//! Owns: which words are understood. Must not: know where they stand.

use chrono::{NaiveDate, NaiveTime, Weekday};
use chrono_tz::Tz;

use super::pairs::PairKind;
use super::rhythm::{Frequency, Regular, Rhythm, WeekOfMonth};

/// Length of a meeting of which nothing is said, in minutes.
const USUAL_LENGTH: u16 = 30;

/// What to write instead, for whoever wrote something else.
pub const EXAMPLES: &str = "“every two weeks, Thursday 10:00, 45 minutes”, “monthly, first Tuesday 9:30” or a cron expression such as 0 10 * * Thu";

/// Reads a rhythm. What is not said is as usual for the kind of pair: on the weekday of the first day, at 10:00, for 30
/// minutes.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read(text: &str, kind: PairKind, first_day: NaiveDate, zone: Tz) -> Result<Rhythm, String> {
    use chrono::Datelike as _;
    let fields: Vec<&str> = text.split_whitespace().collect();
    if fields.len() == 5 && fields.iter().all(|field| is_cron(field)) {
        return Rhythm::by_expression(text, first_day, zone, USUAL_LENGTH).map_err(|refused| refused.to_string());
    }
    let mut said = Said::default();
    for word in text.split(|letter: char| letter.is_whitespace() || [',', ';'].contains(&letter)) {
        said.hear(&word.to_lowercase())
            .map_err(|()| format!("“{}” is no rhythm I know: write {EXAMPLES}", shown(word)))?;
    }
    let usual = if kind == PairKind::External { PairKind::External } else { kind };
    let week = said.week.unwrap_or(WeekOfMonth::First);
    let frequency = match (said.two, said.unit) {
        (_, None) => Frequency::default_of(usual),
        (false, Some(Unit::Week)) => Frequency::Weekly,
        (true, Some(Unit::Week)) => Frequency::EveryTwoWeeks,
        (false, Some(Unit::Month)) => Frequency::Monthly(week),
        (true, Some(Unit::Month)) => Frequency::EveryTwoMonths(week),
    };
    let regular = Regular {
        frequency,
        day: said.day.unwrap_or_else(|| first_day.weekday()),
        time: said.time.or_else(|| NaiveTime::from_hms_opt(10, 0, 0)).unwrap_or_default(),
    };
    Rhythm::regular(regular, first_day, zone, said.minutes.unwrap_or(USUAL_LENGTH))
        .map_err(|refused| refused.to_string())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Week,
    Month,
}

#[derive(Default)]
struct Said {
    two: bool,
    unit: Option<Unit>,
    week: Option<WeekOfMonth>,
    day: Option<Weekday>,
    time: Option<NaiveTime>,
    minutes: Option<u16>,
}

impl Said {
    fn hear(&mut self, word: &str) -> Result<(), ()> {
        match word.trim_end_matches('.') {
            "" | "every" | "at" | "on" | "the" | "for" | "min" | "mins" | "minutes" | "minute" | "of" | "a" => {}
            "two" | "second" if self.unit.is_none() && self.week.is_none() => self.two = true,
            "other" | "2" => self.two = true,
            "week" | "weeks" | "weekly" => self.unit = Some(Unit::Week),
            "biweekly" | "bi-weekly" | "fortnightly" | "fortnight" => {
                self.two = true;
                self.unit = Some(Unit::Week);
            }
            "month" | "months" | "monthly" => self.unit = Some(Unit::Month),
            "first" | "1st" => self.week = Some(WeekOfMonth::First),
            "second" | "2nd" => self.week = Some(WeekOfMonth::Second),
            "third" | "3rd" => self.week = Some(WeekOfMonth::Third),
            "fourth" | "4th" => self.week = Some(WeekOfMonth::Fourth),
            other => return self.hear_value(other),
        }
        Ok(())
    }

    fn hear_value(&mut self, word: &str) -> Result<(), ()> {
        if let Ok(day) = word.trim_end_matches('s').parse::<Weekday>().or_else(|_| word.parse()) {
            self.day = Some(day);
        } else if let Ok(time) = NaiveTime::parse_from_str(word, "%H:%M") {
            self.time = Some(time);
        } else if let Ok(minutes) = word.trim_end_matches(|letter: char| letter.is_alphabetic()).parse::<u16>() {
            self.minutes = Some(minutes);
        } else {
            return Err(());
        }
        Ok(())
    }
}

fn is_cron(field: &str) -> bool {
    field.starts_with(|letter: char| letter.is_ascii_digit() || letter == '*') || field.parse::<Weekday>().is_ok()
}

fn shown(word: &str) -> String {
    word.chars().take(30).collect()
}
