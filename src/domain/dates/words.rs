//! The words dates are made of, in English, German, French and Spanish, without capitals and accents.
//!
//! Owns: the tables, and bringing a text into their form. Must not: know what a phrase means.

use chrono::Weekday;

/// Months by number, with every spelling and abbreviation in use.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "janner", "jaenner", "janvier", "janv", "enero", "ene"],
    &["february", "feb", "februar", "feber", "fevrier", "fevr", "fev", "febrero"],
    &["march", "mar", "marz", "maerz", "mrz", "mars", "marzo"],
    &["april", "apr", "avril", "avr", "abril", "abr"],
    &["may", "mai", "mayo"],
    &["june", "jun", "juni", "juin", "junio"],
    &["july", "jul", "juli", "juillet", "juil", "julio"],
    &["august", "aug", "aout", "agosto", "ago"],
    &["september", "sep", "sept", "septembre", "septiembre", "setiembre"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre"],
    &["november", "nov", "novembre", "noviembre"],
    &["december", "dec", "dezember", "dez", "decembre", "diciembre", "dic"],
];

/// Days of the week. What is a month as well ("mar") is not here, and two letters are not enough.
const WEEKDAYS: [(Weekday, &[&str]); 7] = [
    (Weekday::Mon, &["monday", "mon", "montag", "lundi", "lun", "lunes"]),
    (Weekday::Tue, &["tuesday", "tue", "tues", "dienstag", "mardi", "martes"]),
    (Weekday::Wed, &["wednesday", "wed", "weds", "mittwoch", "mercredi", "miercoles", "mie"]),
    (Weekday::Thu, &["thursday", "thu", "thur", "thurs", "donnerstag", "jeudi", "jueves", "jue"]),
    (Weekday::Fri, &["friday", "fri", "freitag", "vendredi", "viernes", "vie"]),
    (Weekday::Sat, &["saturday", "sat", "samstag", "sonnabend", "samedi", "sam", "sabado"]),
    (Weekday::Sun, &["sunday", "sun", "sonntag", "dimanche", "dim", "domingo"]),
];

/// Numbers in words.
const NUMBERS: [&[&str]; 12] = [
    &["a", "an", "one", "ein", "eine", "einem", "einer", "einen", "un", "une", "una", "uno"],
    &["two", "zwei", "deux", "dos", "couple"],
    &["three", "drei", "trois", "tres"],
    &["four", "vier", "quatre", "cuatro"],
    &["five", "funf", "fuenf", "cinq", "cinco"],
    &["six", "sechs", "seis"],
    &["seven", "sieben", "sept", "siete"],
    &["eight", "acht", "huit", "ocho"],
    &["nine", "neun", "neuf", "nueve"],
    &["ten", "zehn", "dix", "diez"],
    &["eleven", "elf", "onze", "once"],
    &["twelve", "zwolf", "zwoelf", "douze", "doce"],
];

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

const UNITS: [(Unit, &[&str]); 4] = [
    (Unit::Day, &["day", "days", "tag", "tage", "tagen", "jour", "jours", "dia", "dias"]),
    (Unit::Week, &["week", "weeks", "woche", "wochen", "semaine", "semaines", "semana", "semanas"]),
    (Unit::Month, &["month", "months", "monat", "monate", "monaten", "monats", "mois", "mes", "meses"]),
    (Unit::Year, &["year", "years", "jahr", "jahre", "jahren", "jahres", "an", "ans", "annee", "ano", "anos"]),
];

/// Words that lead to a date and say nothing about it.
const LEADING: [&str; 36] = [
    "until", "till", "til", "on", "by", "from", "the", "of", "bis", "zum", "zu", "am", "ab", "den", "dem", "der",
    "des", "vom", "im", "le", "la", "l", "jusqu'a", "jusqu'au", "au", "du", "de", "el", "hasta", "del", "al", "para",
    "d", "die", "das", "a",
];

pub(super) fn month(word: &str) -> Option<u32> {
    (1..).zip(MONTHS).find(|(_, names)| names.contains(&word)).map(|(number, _)| number)
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(_, names)| names.contains(&word)).map(|(day, _)| *day)
}

/// A day of the week in front of a date, where German's two letters are enough: "Do 12.3.".
pub(super) fn weekday_before(word: &str) -> Option<Weekday> {
    const SHORT: [&str; 7] = ["mo", "di", "mi", "do", "fr", "sa", "so"];
    weekday(word).or_else(|| WEEKDAYS.iter().zip(SHORT).find(|(_, short)| *short == word).map(|((day, _), _)| *day))
}

pub(super) fn unit(word: &str) -> Option<Unit> {
    UNITS.iter().find(|(_, names)| names.contains(&word)).map(|(unit, _)| *unit)
}

/// A number in words or digits.
pub(super) fn number(word: &str) -> Option<u32> {
    if let Some((number, _)) = (1..).zip(NUMBERS).find(|(_, names)| names.contains(&word)) {
        return Some(number);
    }
    digits(word, 4)
}

/// A day of the month: `12`, `12.`, `12th`, `1er`, `1º`.
pub(super) fn day(word: &str) -> Option<u32> {
    let bare = ["st", "nd", "rd", "th", "ter", "ten", "er", ".", "º", "°", "o"]
        .iter()
        .find_map(|suffix| word.strip_suffix(suffix))
        .unwrap_or(word);
    digits(bare, 2)
}

/// A year: `2027`, or `27` and `'27`.
pub(super) fn year(word: &str) -> Option<i32> {
    let bare = word.strip_prefix('\'').unwrap_or(word);
    let number = digits(bare, 4).and_then(|number| i32::try_from(number).ok())?;
    match bare.len() {
        4 => Some(number),
        2 => Some(2000 + number),
        _ => None,
    }
}

/// ASCII digits and nothing else, at most so many.
pub(super) fn digits(word: &str, most: usize) -> Option<u32> {
    let plain = !word.is_empty() && word.len() <= most && word.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| word.parse().ok()).flatten()
}

pub(super) fn is_leading(word: &str) -> bool {
    LEADING.contains(&word)
}

/// Words of a text, without capitals, accents and commas; a full stop stays where it belongs to a number.
pub(super) fn of(text: &str) -> Vec<String> {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            'à' | 'á' | 'â' | 'ä' | 'ã' => plain.push('a'),
            'è' | 'é' | 'ê' | 'ë' => plain.push('e'),
            'ì' | 'í' | 'î' | 'ï' => plain.push('i'),
            'ò' | 'ó' | 'ô' | 'ö' => plain.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => plain.push('u'),
            'ç' => plain.push('c'),
            'ñ' => plain.push('n'),
            'ß' => plain.push_str("ss"),
            '’' | 'ʼ' => plain.push('\''),
            '–' | '—' | '‑' => plain.push('-'),
            ',' | ';' | '(' | ')' => plain.push(' '),
            // Accents that stand on their own, as some keyboards write them.
            '\u{300}'..='\u{36f}' => {}
            other => plain.push(other),
        }
    }
    plain.split_whitespace().map(tidied).filter(|word| !word.is_empty()).collect()
}

/// Without an article that has grown onto it, and without the marks at its end that end a sentence or an abbreviation:
/// "Sept." is "sept", "d'avril" is "avril", "12." stays.
fn tidied(word: &str) -> String {
    let word = word.strip_prefix("d'").or_else(|| word.strip_prefix("l'")).unwrap_or(word);
    let word = word.trim_end_matches(['!', '?', ':']);
    let is_number = word.starts_with(|first: char| first.is_ascii_digit());
    if is_number { word.to_owned() } else { word.trim_end_matches('.').to_owned() }
}
