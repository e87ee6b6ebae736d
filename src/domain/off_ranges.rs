//! Days off as people write them: one day or range a line, or with commas: "24 Dec – 2 Jan, 3 May".
//!
//! Owns: taking the text apart, and what is wrong with each piece that cannot be used. Must not: know a date (see `dates`).

use chrono::{Datelike as _, NaiveDate};

use super::dates::{self, DateRefused};
use super::settings::OffRange;

/// The longest stretch, in days: a year, leap years included.
const LONGEST: i64 = 366;
/// Without a year, an end that lies before its beginning is one of next year only if it is not farther away than this.
const ACROSS_NEW_YEAR: i64 = 183;
/// Ranges that somebody may have.
const MOST: usize = 40;
/// Words between two dates, longest first; they stand between spaces.
const BETWEEN: [&str; 10] =
    [" through ", " until ", " till ", " thru ", " hasta ", " bis ", " to ", " au ", " al ", " - "];

/// Why a piece of the text is no day off, with the piece.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{piece}”: {why}")]
pub struct Unread {
    /// As it was written, shortened.
    pub piece: String,
    /// What is wrong with it.
    pub why: RangeRefused,
}

/// Why a range cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RangeRefused {
    /// One of its dates.
    #[error(transparent)]
    Date(#[from] DateRefused),
    /// It ends before it begins.
    #[error("it ends before it begins; if you mean next year, write the year")]
    EndsBefore,
    /// It is over.
    #[error("it was over on {}", .last.format("%-d %B %Y"))]
    Over {
        /// Its last day.
        last: NaiveDate,
    },
    /// Longer than a year.
    #[error("that is {days} days, and a year is the most")]
    TooLong {
        /// How long.
        days: i64,
    },
    /// More ranges than anybody needs.
    #[error("40 entries are the most")]
    TooMany,
}

/// Reads days off. `locale` is the writer's language tag, which decides between 3/12 and 12/3.
///
/// # Errors
/// Every piece that cannot be used; then none is.
pub fn read(text: &str, today: NaiveDate, locale: Option<&str>) -> Result<Vec<OffRange>, Vec<Unread>> {
    let (mut ranges, mut wrong) = (Vec::new(), Vec::new());
    for line in text.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty()) {
        // A date may have a comma in it: "Friday, 3 May", "Dec 24, 2026".
        if let Ok(range) = range(line, today, locale) {
            ranges.push(range);
            continue;
        }
        for piece in pieces(line, today, locale) {
            match range(&piece, today, locale) {
                Ok(range) => ranges.push(range),
                Err(why) => wrong.push(Unread { piece: piece.chars().take(80).collect(), why }),
            }
        }
    }
    if ranges.len() > MOST {
        wrong.push(Unread { piece: "…".to_owned(), why: RangeRefused::TooMany });
    }
    if wrong.is_empty() { Ok(OffRange::joined(ranges)) } else { Err(wrong) }
}

/// Parted at commas; a year alone belongs to what is before it, the name of a day to what is behind it.
fn pieces(line: &str, today: NaiveDate, locale: Option<&str>) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for piece in line.split(',').map(str::trim).filter(|piece| !piece.is_empty()) {
        match pieces.last_mut() {
            Some(before) if piece.len() == 4 && piece.bytes().all(|byte| byte.is_ascii_digit()) => {
                before.push(' ');
                before.push_str(piece);
            }
            Some(before) if !before.contains(char::is_whitespace) && is_weekday_of(before, piece, today, locale) => {
                before.push(' ');
                before.push_str(piece);
            }
            _ => pieces.push(piece.to_owned()),
        }
    }
    pieces
}

/// Whether a word is the name of the day on which, or not on which, a date is.
fn is_weekday_of(word: &str, piece: &str, today: NaiveDate, locale: Option<&str>) -> bool {
    let together = dates::read(&format!("{word} {piece}"), today, locale);
    !word.contains(|letter: char| letter.is_ascii_digit())
        && matches!(together, Ok(_) | Err(DateRefused::OtherWeekday { .. } | DateRefused::Past { .. }))
}

/// One day, or from one to another.
fn range(piece: &str, today: NaiveDate, locale: Option<&str>) -> Result<OffRange, RangeRefused> {
    let Some((begin, end)) = parted(piece) else {
        let day = dates::read(piece, today, locale).map_err(|refused| match refused {
            DateRefused::Past { date } => RangeRefused::Over { last: date },
            other => other.into(),
        })?;
        return Ok(OffRange { first: day, last: day });
    };
    // What began before today may still last.
    let first = match dates::read(&begin, today, locale) {
        Err(DateRefused::Past { date }) => date,
        read => read?,
    };
    let last = match dates::read(&end, first, locale) {
        Err(DateRefused::Past { .. }) => return Err(RangeRefused::EndsBefore),
        read => read?,
    };
    let days = (last - first).num_days() + 1;
    if !says_year(&end) && last.year() > first.year() && days > ACROSS_NEW_YEAR {
        return Err(RangeRefused::EndsBefore);
    }
    if last < today {
        return Err(RangeRefused::Over { last });
    }
    if days > LONGEST { Err(RangeRefused::TooLong { days }) } else { Ok(OffRange { first, last }) }
}

fn says_year(text: &str) -> bool {
    text.split(|character: char| !character.is_ascii_digit()).any(|digits| digits.len() >= 4)
}

/// Beginning and end of a range; `None` for a single day. "24–31 Dec" has its month at the end.
fn parted(piece: &str) -> Option<(String, String)> {
    let piece = piece.strip_prefix("from ").or_else(|| piece.strip_prefix("From ")).unwrap_or(piece);
    let (begin, end) = piece
        .split_once(['–', '—', '…'])
        .or_else(|| BETWEEN.iter().find_map(|word| piece.split_once(word)))
        .or_else(|| {
            // "24-31 Dec", but not 2026-12-24 nor 3-12.
            let (begin, end) = piece.split_once('-')?;
            (!end.contains('-') && end.contains(char::is_alphabetic)).then_some((begin, end))
        })?;
    let (begin, end) = (begin.trim(), end.trim());
    let number = begin.trim_end_matches('.');
    let only_a_day = !number.is_empty() && number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    if only_a_day && let Some(at) = end.find(|character: char| !character.is_ascii_digit()) {
        return Some((format!("{number}{}", &end[at..]), end.to_owned()));
    }
    Some((begin.to_owned(), end.to_owned()))
}
