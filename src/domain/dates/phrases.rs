//! Dates in words: "tomorrow", "in 3 weeks", "next Friday", "end of month", "12 March 2027".

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

use super::words::{self, Unit};
use super::{DateRefused, day_of};

/// A date in words; `None` when this is none.
pub(super) fn read(words: &[&str], today: NaiveDate) -> Option<Result<NaiveDate, DateRefused>> {
    let far_away = || DateRefused::NotADate;
    one_phrase(words, today)
        .or_else(|| stretch(words, today))
        .or_else(|| edge(words, today))
        .map(|date| date.ok_or_else(far_away))
        .or_else(|| named_weekday(words, today).map(Ok))
        .or_else(|| day_and_month(words, today))
}

/// Words that are one date. The inner `None` is a date beyond the calendar.
fn one_phrase(words: &[&str], today: NaiveDate) -> Option<Option<NaiveDate>> {
    let days = match words {
        ["today" | "heute" | "aujourd'hui" | "hoy"] => 0,
        ["tomorrow" | "tmrw" | "tomorow" | "morgen" | "demain" | "manana"] => 1,
        ["day", "after", "tomorrow"] | ["ubermorgen" | "uebermorgen" | "apres-demain"] | ["pasado", "manana"] => 2,
        ["yesterday" | "gestern" | "hier" | "ayer"] => -1,
        ["day", "before", "yesterday"] | ["vorgestern" | "avant-hier" | "anteayer"] => -2,
        _ => return None,
    };
    Some(moved(today, Unit::Day, days))
}

/// "in 3 weeks", "3 weeks from now", "dans deux mois", "3 days ago".
fn stretch(words: &[&str], today: NaiveDate) -> Option<Option<NaiveDate>> {
    let (sign, words) = match words {
        ["in" | "dans" | "en", rest @ ..] | ["dentro", "de", rest @ ..] => (1, rest),
        ["vor" | "hace", rest @ ..] | ["il", "y", "a", rest @ ..] => (-1, rest),
        [rest @ .., "from", "now" | "today"] | [rest @ .., "from" | "ab", "heute"] => (1, rest),
        [rest @ .., "ago"] => (-1, rest),
        rest => (1, rest),
    };
    let (count, unit) = match words {
        [count, "of", unit] | ["a", count @ "couple", "of", unit] | [count, unit] => {
            (words::number(count)?, words::unit(unit)?)
        }
        _ => return None,
    };
    Some(moved(today, unit, sign * i32::try_from(count).ok()?))
}

/// A week, a month, a year: this, the next or the last one.
fn relative(words: &[&str]) -> Option<(i32, Unit)> {
    match words {
        ["this" | "diese" | "diesen" | "dieses" | "ce" | "cette" | "este" | "esta", unit] => {
            Some((0, words::unit(unit)?))
        }
        [unit] => Some((0, words::unit(unit)?)),
        [word, unit] if is_next(word) || is_coming(word) => Some((1, words::unit(unit)?)),
        [unit, "prochain" | "prochaine" | "proximo" | "proxima"] | [unit, "que", "viene"] => {
            Some((1, words::unit(unit)?))
        }
        ["last" | "letzte" | "letzten" | "letzter" | "letztes", unit]
        | [unit, "dernier" | "derniere" | "pasado" | "pasada"] => Some((-1, words::unit(unit)?)),
        _ => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Begin,
    End,
}

/// The beginning or the end of a week, a month or a year: "end of month", "Ende März", "next week", "June 2027".
fn edge(words: &[&str], today: NaiveDate) -> Option<Option<NaiveDate>> {
    // Whether the words name no edge: "next week" and "June" are their first days.
    let mut alone = false;
    let (edge, rest) = match words {
        ["eom" | "monatsende"] => (Edge::End, &["month"][..]),
        ["jahresende"] => (Edge::End, &["year"][..]),
        ["end" | "ende" | "fin" | "finales", rest @ ..] => (Edge::End, rest),
        ["start" | "beginning" | "begin" | "anfang" | "beginn" | "debut" | "principios" | "inicio", rest @ ..] => {
            (Edge::Begin, rest)
        }
        ["in" | "en", month] if words::month(month).is_some() => (Edge::Begin, &words[1..]),
        rest => {
            alone = true;
            (Edge::Begin, rest)
        }
    };
    let skipped = rest.iter().take_while(|word| words::is_leading(word)).count();
    let rest = if alone { rest } else { &rest[skipped..] };
    if let Some((offset, unit)) = relative(rest) {
        // "this month" and "month" name no day; "next month" is its first.
        if alone && (offset <= 0 || unit == Unit::Day) {
            return (offset < 0).then(|| moved(today, unit, offset));
        }
        return Some(moved(first_of(unit, today)?, unit, offset).and_then(|begin| edge_of(edge, unit, begin)?));
    }
    let (month, year) = match rest {
        [month] => (words::month(month)?, None),
        [month, year] | [month, "de" | "del", year] => {
            (words::month(month)?, Some(words::year(year).filter(|_| year.len() == 4)?))
        }
        _ => return None,
    };
    let in_year = |year| NaiveDate::from_ymd_opt(year, month, 1).and_then(|begin| edge_of(edge, Unit::Month, begin)?);
    let year = year.unwrap_or_else(|| {
        let this_year = today.year();
        if in_year(this_year).is_some_and(|date| date >= today) { this_year } else { this_year.saturating_add(1) }
    });
    Some(in_year(year))
}

fn first_of(unit: Unit, date: NaiveDate) -> Option<NaiveDate> {
    match unit {
        Unit::Day => Some(date),
        Unit::Week => Some(date.week(Weekday::Mon).checked_first_day()?),
        Unit::Month => date.with_day(1),
        Unit::Year => NaiveDate::from_ymd_opt(date.year(), 1, 1),
    }
}

/// The end of a week is its Friday.
#[expect(clippy::option_option, reason = "the outer one says that it is a date, the inner that the calendar has it")]
fn edge_of(edge: Edge, unit: Unit, date: NaiveDate) -> Option<Option<NaiveDate>> {
    let begin = first_of(unit, date)?;
    if edge == Edge::Begin {
        return Some(Some(begin));
    }
    Some(match unit {
        Unit::Day => Some(begin),
        Unit::Week => begin.checked_add_days(Days::new(4)),
        Unit::Month | Unit::Year => moved(begin, unit, 1).and_then(|next| next.pred_opt()),
    })
}

/// "Monday" is the next one, not today; "this Monday" may be today; "next Monday" is in the week after this one.
fn named_weekday(words: &[&str], today: NaiveDate) -> Option<NaiveDate> {
    let from = |date: NaiveDate, day| date.iter_days().take(7).find(|date| date.weekday() == day);
    match words {
        [word, day] if is_next(word) => {
            let next_week = today.week(Weekday::Mon).checked_last_day()?.succ_opt()?;
            from(next_week, words::weekday(day)?)
        }
        ["this" | "diesen" | "diese" | "ce" | "este", day] => from(today, words::weekday(day)?),
        ["last" | "letzten" | "letzter", day] | [day, "dernier" | "pasado"] => {
            let week_ago = today.checked_sub_days(Days::new(7))?;
            from(week_ago, words::weekday(day)?)
        }
        [word, day] if is_coming(word) => from(today.succ_opt()?, words::weekday(day)?),
        [day] | [day, "prochain" | "proximo"] | [day, "que", "viene"] => from(today.succ_opt()?, words::weekday(day)?),
        [day, "week"] => from(today.succ_opt()?, words::weekday(day)?)?.checked_add_days(Days::new(7)),
        _ => None,
    }
}

fn is_next(word: &str) -> bool {
    matches!(
        word,
        "next"
            | "nachste"
            | "nachsten"
            | "nachster"
            | "nachstes"
            | "naechste"
            | "naechsten"
            | "naechster"
            | "naechstes"
    )
}

fn is_coming(word: &str) -> bool {
    matches!(word, "coming" | "kommende" | "kommenden" | "kommender" | "kommendes" | "prochain" | "proximo" | "proxima")
}

/// "12 March", "March 12th, 2027", "Thu 12. März", "12 de marzo de 2027", "12-Mar-2027".
fn day_and_month(words: &[&str], today: NaiveDate) -> Option<Result<NaiveDate, DateRefused>> {
    let parts: Vec<&str> = words.iter().flat_map(|word| word.split(['-', '/'])).collect();
    let parts: Vec<&str> =
        parts.into_iter().filter(|word| !matches!(*word, "of" | "de" | "del" | "the" | "den" | "le" | "el")).collect();
    let (said, parts) = match parts.as_slice() {
        [first, rest @ ..] if words::weekday_before(first).is_some() => (words::weekday_before(first), rest),
        rest => (None, rest),
    };
    let (day, month, year) = match parts {
        [day, month] if words::month(month).is_some() => (day, month, None),
        [month, day] => (day, month, None),
        [day, month, year] if words::month(month).is_some() => (day, month, Some(year)),
        [month, day, year] => (day, month, Some(year)),
        _ => return None,
    };
    let (day, month) = (words::day(day)?, words::month(month)?);
    let year = year.map(|year| words::year(year).ok_or(())).transpose().ok()?;
    Some(day_of(day, month, year, today).and_then(|date| on_weekday(date, said)))
}

/// The date, when it is on the day of the week that was said with it.
pub(super) fn on_weekday(date: NaiveDate, said: Option<Weekday>) -> Result<NaiveDate, DateRefused> {
    match said {
        Some(said) if said != date.weekday() => Err(DateRefused::OtherWeekday { date, said }),
        _ => Ok(date),
    }
}

fn moved(date: NaiveDate, unit: Unit, count: i32) -> Option<NaiveDate> {
    let months = |count: i32| {
        let months = Months::new(count.unsigned_abs());
        if count < 0 { date.checked_sub_months(months) } else { date.checked_add_months(months) }
    };
    match unit {
        Unit::Day => date.checked_add_signed(chrono::TimeDelta::days(count.into())),
        Unit::Week => date.checked_add_signed(chrono::TimeDelta::weeks(count.into())),
        Unit::Month => months(count),
        Unit::Year => months(count.checked_mul(12)?),
    }
}
