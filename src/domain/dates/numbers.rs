//! Dates in figures: 2027-03-12, 12.3., 3/12/2027.

use chrono::NaiveDate;

use super::words::{digits, weekday_before, year};
use super::{DateRefused, Order, day_of};

/// A date in figures, after the name of a day or alone; `None` when this is none.
pub(super) fn read(words: &[&str], today: NaiveDate, order: Order) -> Option<Result<NaiveDate, DateRefused>> {
    let (said, words) = match words {
        [first, rest @ ..] if weekday_before(first).is_some() => (weekday_before(first), rest),
        _ => (None, words),
    };
    let joined: String = words.concat();
    let joined = joined.as_str();
    // "12. 3." and "12 / 3" are written with spaces, too; "12 3" is not a date.
    if words.len() > 1 && !words[..words.len() - 1].iter().zip(&words[1..]).all(|(left, right)| is_joint(left, right)) {
        return None;
    }
    let date = figures(joined, today, order)?;
    Some(date.and_then(|date| super::phrases::on_weekday(date, said)))
}

fn is_joint(left: &str, right: &str) -> bool {
    left.ends_with(['.', '/', '-']) || right.starts_with(['.', '/', '-'])
}

fn figures(text: &str, today: NaiveDate, order: Order) -> Option<Result<NaiveDate, DateRefused>> {
    if text.len() == 8
        && let Some(number) = digits(text, 8)
    {
        return Some(day_of(number % 100, number / 100 % 100, i32::try_from(number / 10_000).ok(), today));
    }
    let mark = ['-', '/', '.'].into_iter().find(|mark| text.contains(*mark))?;
    let parts: Vec<&str> = text.split(mark).collect();
    match *parts.as_slice() {
        // The year first is the same everywhere.
        [first, month, day] if first.len() == 4 => {
            Some(day_of(digits(day, 2)?, digits(month, 2)?, Some(year(first)?), today))
        }
        // With full stops the day is first, and the last one may be missing.
        [day, month, ""] | [day, month] if mark == '.' => {
            Some(choose(digits(day, 2)?, digits(month, 2)?, None, today, Order::DayFirst))
        }
        [first, second, last] => {
            let order = if mark == '.' { Order::DayFirst } else { order };
            Some(choose(digits(first, 2)?, digits(second, 2)?, Some(year(last)?), today, order))
        }
        [first, second] => Some(choose(digits(first, 2)?, digits(second, 2)?, None, today, order)),
        _ => None,
    }
}

/// Day and month in the writer's order, or in the other when only that makes a date.
fn choose(
    first: u32,
    second: u32,
    year: Option<i32>,
    today: NaiveDate,
    order: Order,
) -> Result<NaiveDate, DateRefused> {
    let day_first = day_of(first, second, year, today);
    let month_first = day_of(second, first, year, today);
    match (order, day_first, month_first) {
        (Order::Unknown, Ok(day_first), Ok(month_first)) if day_first != month_first => {
            Err(DateRefused::Ambiguous { day_first, month_first })
        }
        (Order::MonthFirst, day_first, month_first) => {
            // What is wrong is told of the month that exists.
            if month_first.is_ok() || (day_first.is_err() && (1..=12).contains(&first)) {
                month_first
            } else {
                day_first
            }
        }
        (Order::DayFirst | Order::Unknown, day_first, month_first) => {
            if day_first.is_ok() || (month_first.is_err() && (1..=12).contains(&second)) {
                day_first
            } else {
                month_first
            }
        }
    }
}
