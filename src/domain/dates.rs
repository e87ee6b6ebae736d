//! Dates as people write them: "tomorrow", "next Friday", "in drei Wochen", "12 mars", "3/12/2027".
//!
//! Owns: what a text means as a date, given today, and what is wrong with one that cannot be used. Must not: know what the
//! date is for.
//!
//! Written here because no crate does it: those that read dates in words (`interim`, `fuzzydate`, `two_timer`,
//! `date_time_parser`) know English only, choose silently between day and month, and say "error" where a person wants to
//! hear that 31 February does not exist.

mod numbers;
mod phrases;
mod words;

use chrono::{Months, NaiveDate, Weekday};

/// How far ahead a date may be, in months.
const FARTHEST: u32 = 24;
/// A text longer than this is not a date.
const LONGEST: usize = 80;

/// Why a text is not a date to be used, with what was understood of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateRefused {
    /// Nothing was understood.
    #[error("that is not a date I understand; write it like “12 March”, “next Friday”, “in 3 weeks” or 2027-03-12")]
    NotADate,
    /// A day that no calendar has.
    #[error("there is no {}", spoken(*day, *month, *year))]
    Impossible {
        /// Day of the month, as written.
        day: u32,
        /// Month, as written.
        month: u32,
        /// Year, as written.
        year: Option<i32>,
    },
    /// Before today.
    #[error("{} is past", .date.format(SPOKEN))]
    Past {
        /// What was understood.
        date: NaiveDate,
    },
    /// Farther away than anybody plans.
    #[error("{} is too far away; the latest is {}", .date.format(SPOKEN), .latest.format(SPOKEN))]
    TooFar {
        /// What was understood.
        date: NaiveDate,
        /// The last date that is taken.
        latest: NaiveDate,
    },
    /// Two readings, and nothing to choose between them by.
    #[error("that could be {} or {}; write the month in letters", .day_first.format(SPOKEN), .month_first.format(SPOKEN))]
    Ambiguous {
        /// Read as day, then month.
        day_first: NaiveDate,
        /// Read as month, then day.
        month_first: NaiveDate,
    },
    /// The day of the week does not go with the date.
    #[error("{} is not a {said}", .date.format(SPOKEN), said = whole(*.said))]
    OtherWeekday {
        /// The date that was given.
        date: NaiveDate,
        /// The day of the week that was given.
        said: Weekday,
    },
}

/// How a date is named in a refusal.
const SPOKEN: &str = "%A, %-d %B %Y";

/// What comes first where day and month are numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
    /// Nobody said where the writer is from.
    Unknown,
}

impl Order {
    /// By a language tag as Slack gives it, `en-US`. An unknown one writes as in Britain.
    fn of(locale: Option<&str>) -> Self {
        let Some(tag) = locale.map(|tag| tag.trim().replace('_', "-").to_lowercase()).filter(|tag| !tag.is_empty())
        else {
            return Self::Unknown;
        };
        if matches!(tag.as_str(), "en-us" | "en-ph" | "en-pr" | "es-pr" | "es-us") {
            Self::MonthFirst
        } else {
            Self::DayFirst
        }
    }
}

/// Reads a date. `locale` is the writer's language tag, which decides between 3/12 and 12/3; without one both are named.
///
/// A day without a year is the next such day, and today counts. The name of a day is the next one, not today; "this"
/// allows today; "next" is the one in the week after this.
///
/// # Errors
/// [`DateRefused`]: what was understood and why it cannot be used.
pub fn read(text: &str, today: NaiveDate, locale: Option<&str>) -> Result<NaiveDate, DateRefused> {
    if text.len() > LONGEST {
        return Err(DateRefused::NotADate);
    }
    let mut words = words::of(text);
    let lead = words.iter().take_while(|word| words::is_leading(word)).count();
    // The "a" of "a week" is a number, that of "a fin de mes" is not.
    let counts = lead > 0 && words[lead - 1] == "a" && words.get(lead).is_some_and(|word| words::unit(word).is_some());
    words.drain(..if counts { lead - 1 } else { lead });
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let understood = numbers::read(&words, today, Order::of(locale)).or_else(|| phrases::read(&words, today));
    usable(understood.unwrap_or(Err(DateRefused::NotADate))?, today)
}

/// A date that is not past and not too far away.
fn usable(date: NaiveDate, today: NaiveDate) -> Result<NaiveDate, DateRefused> {
    if date < today {
        return Err(DateRefused::Past { date });
    }
    let latest = today.checked_add_months(Months::new(FARTHEST)).unwrap_or(NaiveDate::MAX);
    if date > latest { Err(DateRefused::TooFar { date, latest }) } else { Ok(date) }
}

/// A day of a month; without a year, the next there is.
fn day_of(day: u32, month: u32, year: Option<i32>, today: NaiveDate) -> Result<NaiveDate, DateRefused> {
    use chrono::Datelike as _;
    let found = match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day),
        // Eight years hold a 29 February, even around a century.
        None => (today.year()..=today.year().saturating_add(8))
            .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
            .find(|date| *date >= today),
    };
    found.ok_or(DateRefused::Impossible { day, month, year })
}

fn spoken(day: u32, month: u32, year: Option<i32>) -> String {
    let name = u8::try_from(month).ok().and_then(|month| chrono::Month::try_from(month).ok());
    let month = name.map_or_else(|| format!("month {month}"), |month| month.name().to_owned());
    match (name, year) {
        (Some(_), Some(year)) => format!("{day} {month} {year}"),
        (Some(_), None) => format!("{day} {month}"),
        (None, _) => month,
    }
}

fn whole(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
